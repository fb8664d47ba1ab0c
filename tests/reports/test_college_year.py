"""One invented college year: 200 students, 11 months of events, every rate worked out by plain loops."""

import random
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistcli.assistance import Outcome, Pairing, Plan, Recommendation
from assistcli.book.casebook import Casebook, create_casebook
from assistcli.census.survey import survey
from assistcli.census.tables import build_table, find_rule, table_rules
from assistcli.context import Context
from assistcli.model import Case, Contact, Fact, Office, Stage
from assistcli.reports.statistics import StatisticsTable, percent
from tests.reports.opened import assert_every_number_opens

PACK = "sicau-horticulture-2023"
FIRST, LAST = date(2022, 9, 1), date(2023, 7, 31)
PLACED = {"签约", "保研", "入职"}
COLLEGES, HELPERS = ("园艺学院", "茶学院"), ("周老师", "吴老师", "")
MONTHS = [date(2022 + m // 12, m % 12 + 1, monthrange(2022 + m // 12, m % 12 + 1)[1]) for m in range(8, 19)]


def some_day(chance: random.Random) -> date:
    """A day of the college year."""
    return FIRST + timedelta(days=chance.randint(0, (LAST - FIRST).days))


def student(number: int, chance: random.Random) -> Case:
    """One invented student; a few facts are unknown."""
    facts: dict[str, bool | int | str] = {
        "姓名": f"学生{number}", "学号": f"2019{number:04}", "学院": chance.choice(COLLEGES),
        "毕业年份": 2023,
    }  # fmt: skip
    if chance.random() < 0.8:
        facts["排摸日期"] = "2022-09-20"
    if chance.random() < 0.3:
        facts["零就业家庭"] = chance.random() < 0.5
    return Case(
        id=f"C{number:03}", pack=PACK, year=2023, subject="student", opened=FIRST,
        facts={n: Fact(value=v, raw=str(v), source="表", day=FIRST, by="李老师") for n, v in facts.items()},
    )  # fmt: skip


class Year:
    """The events of the year, in plain lists."""

    def __init__(self) -> None:
        chance = random.Random(2023)  # noqa: S311 — the same year every time, nothing secret
        self.cases = [student(number, chance) for number in range(200)]
        self.contacts: list[Contact] = []
        self.outcomes: list[Outcome] = []
        self.others: list[Pairing | Plan | Recommendation] = []
        for case in self.cases:
            self._live(case.id, chance)

    def _live(self, case: str, chance: random.Random) -> None:
        for n in range(chance.randint(0, 8)):
            self.contacts.append(
                Contact(
                    id=f"{case}K{n}", case=case, day=some_day(chance), channel="电话", text="谈话",
                    by="李老师", kind=chance.choice(["职业指导", "岗位推荐"]), mass=chance.random() < 0.2,
                )
            )  # fmt: skip
        for n in range(chance.randint(0, 2)):
            status = chance.choice(["签约", "意向", "保研", "待就业"])
            self.outcomes.append(
                Outcome(id=f"{case}O{n}", case=case, day=some_day(chance), status=status, by="李老师")
            )
        helper = chance.choice(HELPERS)
        if helper:
            self.others.append(Pairing(id=f"{case}P", case=case, day=FIRST, helper=helper, by="李老师"))
        if chance.random() < 0.3:
            day = some_day(chance)
            stage = Stage(state="拒绝", day=day, by="李老师", reason="地点")
            self.others.append(
                Recommendation(
                    id=f"{case}R", case=case, day=day, employer="某公司", by="李老师", stages=(stage,)
                )
            )

    def standing(self, case: str, day: date) -> str:
        """The last status of *case* on *day*."""
        past = sorted((o.day, o.id, o.status) for o in self.outcomes if o.case == case and o.day <= day)
        return past[-1][2] if past else ""

    def talks(self, case: str, day: date, after: date = date.min) -> int:
        """Talks with *case* after one day and up to another."""
        return sum(c.case == case and after < c.day <= day and not c.mass for c in self.contacts)

    def advised(self, case: str, day: date) -> bool:
        """Whether a job was recommended to *case* by *day*."""
        return any(isinstance(e, Recommendation) and e.case == case and e.day <= day for e in self.others)


@pytest.fixture(scope="module")
def year() -> Year:
    """The invented year."""
    return Year()


@pytest.fixture(scope="module")
def book(year: Year, tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    """The same year in a store, entered in no order of days."""
    folder: Path = tmp_path_factory.mktemp("college") / "store"
    office = Office(unit="某校", year=2023, packs=(PACK,))
    made = create_casebook(folder, Context(store=folder, today=LAST), office, "李老师")
    events = [*year.contacts, *year.outcomes, *year.others]
    random.Random(7).shuffle(events)  # noqa: S311 — late and back-dated entries, the same every time
    with made.writing("test", "李老师") as page:
        for case in year.cases:
            page.put_case(case)
        for event in events:
            page.put_event(event)
    return made


def table(book: Casebook, name: str, day: date, since: date | None = None) -> StatisticsTable:
    """The table *name* as of *day*."""
    rules = table_rules(book.pack(PACK))
    return build_table(find_rule(rules, name), survey(book, as_of=day), since)


@pytest.mark.parametrize("day", MONTHS)
def test_every_rate_at_the_end_of_every_month(book: Casebook, year: Year, day: date) -> None:
    """Numbers, wholes and percentages by plain loops, as of eleven past days."""
    ids = [case.id for case in year.cases]
    placed = {id for id in ids if year.standing(id, day) in PLACED}
    helped = {id for id in ids if year.talks(id, day) or year.advised(id, day)}
    needing = {id for id in ids if id in helped or id not in placed}
    zero = {case.id for case in year.cases if case.value("零就业家庭") is True}
    paired = {e.case for e in year.others if isinstance(e, Pairing)}
    expected = {
        "排摸率": (sum(bool(case.text("排摸日期")) for case in year.cases), 200),
        "结对率": (len(paired - placed), 200 - len(placed)),
        "就业帮扶覆盖率": (len(helped), len(needing)),
        "帮扶就业率（全部毕业生）": (len(placed), 200),
        "帮扶就业率（需要帮扶的）": (len(placed & needing), len(needing)),
        "帮扶就业率（受过帮扶的）": (len(placed & helped), len(helped)),
        "零就业家庭毕业生帮扶就业率": (len(placed & zero), len(zero)),
        "就业率": (len(placed), 200),
    }
    rows = {row[0]: row for row in table(book, "indicators", day).rows}
    for name, (count, whole) in expected.items():
        assert rows[name][2:5] == (count, whole, percent(count, whole)), name
        assert rows[name][6] == whole - count
    intents = sum(year.standing(id, day) == "意向" for id in ids)
    assert rows.get("未落实：意向", (0, 0, 0))[2] == intents


@pytest.mark.parametrize(("since", "day"), [(MONTHS[2], MONTHS[3]), (MONTHS[3], MONTHS[5]), (FIRST, LAST)])
def test_the_bulletin_of_a_period(book: Casebook, year: Year, since: date, day: date) -> None:
    """Entries, persons, new placements: parts add up to the whole, by college and by helper."""
    rows = table(book, "bulletin", day, since).rows
    whole = rows[0]
    ids = [case.id for case in year.cases]
    spoken = {id for id in ids if year.talks(id, day, since)}
    placed = {id for id in ids if year.standing(id, day) in PLACED}
    before = {id for id in ids if year.standing(id, since) in PLACED}
    advised = sum(isinstance(e, Recommendation) and since < e.day <= day for e in year.others)
    talks = sum(year.talks(id, day, since) for id in ids)
    assert whole[2:] == (
        200, talks, len(spoken), advised, len(before), len(placed - before), len(before - placed),
        len(placed), 200 - len(placed), len(set(ids) - placed - spoken),
    )  # fmt: skip
    for kind in ("学院", "帮扶者"):
        parts = [row for row in rows if row[0] == kind]
        for column in range(2, 12):
            assert sum(int(row[column] or 0) for row in parts) == whole[column]


def test_the_charts_of_the_bulletin_show_its_numbers(book: Casebook) -> None:
    """Every bar adds up to the row it stands for."""
    made = table(book, "bulletin", MONTHS[5], MONTHS[3])
    colleges, helpers = made.charts
    for chart, kind in ((colleges, "学院"), (helpers, "帮扶者")):
        rows = {row[1]: row for row in made.rows if row[0] == kind}
        assert list(chart.labels) == list(rows)
        for bar, label in enumerate(chart.labels):
            row = rows[label]
            drawn = chart.values(bar)
            if kind == "学院":
                assert drawn == [int(row[9] or 0) - int(row[7] or 0), row[7], row[10]]
                assert sum(drawn) == row[2]
            else:
                assert drawn == [row[4], row[11]]


def test_every_number_opens_to_so_many(book: Casebook) -> None:
    """The people behind a number are as many as the number says."""
    for name in ("indicators", "bulletin"):
        made = table(book, name, LAST)
        assert_every_number_opens(made)


def test_the_share_of_the_report() -> None:
    """§9.5: 62 of 173 are 35.8 %, one decimal, half up."""
    assert percent(62, 173) == "35.8%"
    assert percent(1, 2000) == "0.1%"
    assert percent(0, 0) == "—"
