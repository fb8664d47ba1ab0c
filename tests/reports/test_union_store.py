"""The union year of 300 households in stores of its two notices: the 42 cells, the survey, the money."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistcli.book.casebook import Casebook, create_casebook
from assistcli.book.entered import event_entered
from assistcli.census.survey import survey
from assistcli.census.tables import build_table, find_rule, table_rules
from assistcli.context import Context
from assistcli.model import Case, Office
from assistcli.money import parse_yuan
from assistcli.reports.material import Material
from assistcli.reports.opening import FACT
from assistcli.reports.statistics import percent
from tests.reports.opened import assert_every_number_opens
from tests.reports.test_cells import CUT_OFF, HAND_IN, UNITS
from tests.reports.union_year import (
    PACK,
    PLACED,
    YEAR,
    by_hand,
    fact,
    invented_contacts,
    union_year,
)

YINCHUAN = "yinchuan-2018"
END = date(2011, 12, 31)
Rows = dict[str, tuple[Any, ...]]


def in_file(case: Case, chance: random.Random) -> Case:
    """The same child under the other notice: in the file or not, in need of work or not."""
    stated = {
        "在档": chance.random() < 0.8,
        "就业困难": chance.random() < 0.7,
        "零就业家庭": chance.random() < 0.2,
    }
    facts = {**case.facts, **{name: fact(value) for name, value in stated.items()}}
    return replace(case, pack=YINCHUAN, facts=facts)


def store_of(folder: Path, pack: str, year: Material, cases: list[Case]) -> Casebook:
    """The year in a store of *pack*, its events in no order of days."""
    office = Office(unit="某区总工会", year=YEAR, packs=(pack,))
    made = create_casebook(folder, Context(store=folder, today=END), office, "李老师")
    outcomes = [outcome for group in year.outcomes.values() for outcome in group]
    events: list[Any] = [*outcomes, *year.funds, *year.activities, *year.jobs, *invented_contacts(year.cases)]
    random.Random(9).shuffle(events)  # noqa: S311 — the same every time, nothing secret
    with made.writing("test", "李老师") as page:
        for case in cases:
            page.put_case(case)
        for event in events:
            page.put_event(event)
    return made


@pytest.fixture(scope="module")
def year() -> Material:
    """The invented year."""
    return union_year(END)


@pytest.fixture(scope="module")
def dalian(year: Material, tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    """Its store under dalian-2011."""
    return store_of(tmp_path_factory.mktemp("dalian") / "store", PACK, year, list(year.cases))


@pytest.fixture(scope="module")
def files(year: Material) -> list[Case]:
    """The children under yinchuan-2018."""
    chance = random.Random(4)  # noqa: S311 — the same every time, nothing secret
    return [in_file(case, chance) for case in year.cases]


@pytest.fixture(scope="module")
def yinchuan(year: Material, files: list[Case], tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    """Its store under yinchuan-2018."""
    return store_of(tmp_path_factory.mktemp("yinchuan") / "store", YINCHUAN, year, files)


def table(book: Casebook, name: str, day: date) -> list[tuple[Any, ...]]:
    """The rows of a table as of a day."""
    rules = table_rules(book.the_pack())
    return list(build_table(find_rule(rules, name), survey(book, as_of=day)).rows)


@pytest.mark.parametrize("day", [HAND_IN, CUT_OFF, END])
def test_the_cells_from_the_store_are_what_a_plain_loop_says(dalian: Casebook, day: date) -> None:
    """All 42, from records and as of a day, at both cut-offs and at the year's end."""
    units = {place: unit for unit, places in UNITS.items() for place in places}
    expected = [
        Decimal(n) / {"万元": 1_000_000, "元": 100}.get(units.get(place, ""), 1)
        for place, n in enumerate(by_hand(union_year(day)), 1)
    ]
    assert [Decimal(str(row[3])) for row in table(dalian, "statistics", day)] == expected


@pytest.mark.parametrize("day", [HAND_IN, END])
def test_the_money_of_the_union_agrees_with_its_cells(dalian: Casebook, year: Material, day: date) -> None:
    """Every source raised and spent; the aid of the cells is the aid of the purses."""
    rows = {row[0]: [parse_yuan(str(cell)) for cell in row[1:]] for row in table(dalian, "funds", day)}
    uses = ("小额担保贷款", "求职补贴")
    for source in {fund.source for fund in year.funds if fund.day <= day}:
        mine = [fund for fund in year.funds if fund.source == source and fund.day <= day]
        spent = sum(fund.amount for fund in mine if fund.out or fund.kind in uses)
        came = sum(fund.amount for fund in mine) - spent
        assert rows[source] == [came, 0, spent, came - spent]
    aid = sum(
        int(case.value("助学资金") or 0)
        for case in year.cases
        if case.text("发放日期") and case.text("发放日期") <= day.isoformat()
    )
    assert rows["（未注明来源）"] == [0, aid, 0, -aid]
    assert rows["合计"] == [sum(line[n] for name, line in rows.items() if name != "合计") for n in range(4)]


def plainly(year: Material, files: list[Case], day: date) -> Callable[[str], list[Case]]:
    """Groups of children by plain loops: graduates, placed, helped and who the notice is about."""
    placed = set()
    for case, outcomes in year.outcomes.items():
        past = sorted((o.day, o.id, o.status) for o in outcomes if o.day <= day)
        if past and past[-1][2] in PLACED:
            placed.add(case)
    talked = {c.case for c in invented_contacts(year.cases) if c.day <= day and not c.mass and not c.missed}

    def group(name: str) -> list[Case]:
        tests: dict[str, Callable[[Case], object]] = {
            "毕业": lambda c: c.value("毕业年份") in (2009, 2010, 2011),
            "没说": lambda c: c.value("毕业年份") is None,
            "大专": lambda c: c.text("就学阶段") == "大专以上",
            "落实": lambda c: c.id in placed,
            "帮扶": lambda c: c.id in talked,
            "对象": lambda c: c.value("在档") and c.value("就业困难"),
            "零就业": lambda c: c.value("零就业家庭"),
        }
        wanted = name.split()
        return [
            case
            for case in files
            if all(bool(tests[word.lstrip("非")](case)) != word.startswith("非") for word in wanted)
        ]

    return group


@pytest.mark.parametrize("day", [HAND_IN, CUT_OFF, END])
def test_the_survey_and_the_targets_of_the_other_notice(
    yinchuan: Casebook, year: Material, files: list[Case], day: date
) -> None:
    """R1-14 … R1-18: four numbers, households once, coverage, 60 % over three wholes, 100 %."""
    found: Rows = {row[0]: row[1:] for row in table(yinchuan, "indicators", day)}
    group = plainly(year, files, day)
    for name, words in (("高校毕业生", "毕业"), ("已实现就业", "毕业 落实"), ("需要帮扶", "毕业 非落实")):
        assert found[name][1] == len(group(words)), name
    unknown = len(group("没说 大专"))
    assert unknown > 0
    assert found["是否在校未知"][1] == unknown
    assert found["在校子女（学生）"][1] == len(group("非毕业")) - unknown
    assert found["家庭"][1] == 150
    mine, placed, helped = group("毕业 对象"), group("毕业 对象 落实"), group("毕业 对象 帮扶")
    both = group("毕业 对象 帮扶 落实")
    needing = len(mine) - len(placed) + len(both)
    for name, part, whole in (
        ("就业帮扶覆盖率", len(helped), needing),
        ("帮扶就业率（全部毕业生）", len(placed), len(mine)),
        ("帮扶就业率（需要帮扶的）", len(both), needing),
        ("帮扶就业率（受过帮扶的）", len(both), len(helped)),
        ("零就业家庭毕业生帮扶就业率", len(group("毕业 对象 零就业 落实")), len(group("毕业 对象 零就业"))),
    ):
        assert found[name][1:4] == (part, whole, percent(part, whole)), name
        assert found[name][5] == whole - part
    held = [a for a in year.activities if a.day <= day]
    for kind in {activity.kind for activity in held}:
        offered = sum(a.posts or 0 for a in held if a.kind == kind and not a.again)
        assert found.get(f"{kind}提供岗位", (0, 0))[1] == offered
        assert found[kind][1] == sum(a.kind == kind for a in held)
    posts = [job.openings or 1 for job in year.jobs if job.day <= day]
    assert (found["岗位"][1], found["用人单位"][1]) == (sum(posts), 1)
    assert found["系统录入率"][1:3] == (0, len(group("对象")))
    assert "至少 60%" in found["帮扶就业率（全部毕业生）"][4]
    assert "至少 100%" in found["零就业家庭毕业生帮扶就业率"][4]


@pytest.mark.parametrize("name", ["statistics", "indicators", "funds", "bulletin", "ledger"])
def test_every_number_of_the_store_opens_to_its_records(dalian: Casebook, name: str) -> None:
    """On three days; every record that is named is in the journal, and every person in the store."""
    rule = find_rule(table_rules(dalian.the_pack()), name)
    for day in (HAND_IN, CUT_OFF, END):
        over = survey(dalian, as_of=day, named=True)
        made = build_table(rule, over)
        assert_every_number_opens(made)
        known = {case.id for case in over.cases}
        items = {item for opening in made.openings.values() for item in opening.items()}
        assert {item.case for item in items} <= {"", *known}
        for kind, id, state in {item.trace for item in items if item.trace}:
            assert id in known if kind == FACT else event_entered(dalian.backend, kind, id, state)
