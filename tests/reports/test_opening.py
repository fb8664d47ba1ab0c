"""Every number of every table opens to what it is made of, over years of chance, and says where it stands."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistcli.assistance import Application, Member
from assistcli.followup.elsewhere import AID_STATES
from assistcli.followup.roster import Place, holders
from assistcli.policy.citation import Citation
from assistcli.policy.practice import Quota, Role
from assistcli.reports.aids import aid_table
from assistcli.reports.bulletin import bulletin_table
from assistcli.reports.cells import cell_table
from assistcli.reports.classes import class_table
from assistcli.reports.indicators import Yardstick, indicator_table
from assistcli.reports.ledger import ledger_table
from assistcli.reports.opening import Item, Opening, open_difference, open_money, total
from assistcli.reports.roster import roster_table
from assistcli.reports.statistics import side_by_side
from tests.reports.opened import assert_every_number_opens, numbers_of
from tests.reports.test_cells import CUT_OFF, HAND_IN, UNITS
from tests.reports.union_year import PACK, YEAR, by_hand, invented_contacts, union_year

SEEDS = st.integers(0, 10**6)
DAYS = st.integers(0, 400).map(lambda n: date(2010, 12, 25) + timedelta(days=n))
CITED = Citation(clause="三", quote="示例")
DIVISORS = {place: {"万元": 1_000_000, "元": 100}[unit] for unit, places in UNITS.items() for place in places}


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, day=DAYS)
def test_the_cells_open_to_what_a_plain_loop_counts(seed: int, day: date) -> None:
    """All 42: the items add up to the number, and the number is that of loops which know no program."""
    material = union_year(day, seed, 40)
    table = cell_table(PACK, "统计表", material)
    assert len(numbers_of(table)) == 42
    assert_every_number_opens(table)
    for place, expected in enumerate(by_hand(material, seed), 1):
        assert total(table.openings[place - 1, 3].items()) == expected
        assert Decimal(str(table.rows[place - 1][3])) == Decimal(expected) / DIVISORS.get(place, 1)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, day=DAYS)
def test_the_records_behind_the_cells_are_those_of_a_plain_loop(seed: int, day: date) -> None:
    """Not only as many: the very payments, talks, funds, fairs and posts, each by its id."""
    material = union_year(day, seed, 40)
    table = cell_table(PACK, "统计表", material)
    behind = [[item.trace and item.trace.id for item in table.openings[row, 3].items()] for row in range(42)]
    in_time = [f for f in material.funds if f.day.year == YEAR and f.day <= day]
    loans = [f.id for f in in_time if f.kind == "小额担保贷款"]
    held = [a for a in material.activities if a.day.year == YEAR and a.day <= day and a.kind != "推进会"]
    graduates = {c.id for c in material.cases if c.value("毕业年份") in (2009, 2010, 2011)}
    talks = [
        talk.id
        for talk in invented_contacts(material.cases, seed)
        if talk.case in graduates and talk.kind == "创业指导" and not talk.mass and not talk.missed
        and talk.day.year == YEAR and talk.day <= day
    ]  # fmt: skip
    paid = [
        case.id
        for case in material.cases
        if case.value("助学资金") and "2011" <= case.text("发放日期") <= day.isoformat()
    ]
    raised = [f.id for f in in_time if not f.out and not f.kind]
    assert behind[0] == raised
    assert behind[5] == behind[9] == paid
    assert behind[34] == behind[35] == loans
    assert behind[29] == [a.id for a in held]
    assert behind[30] == [a.id for a in held if a.posts and not a.again]
    assert sorted(filter(None, behind[32])) == sorted(talks)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, first=DAYS, days=st.integers(1, 200))
def test_what_came_between_two_days_opens_too(seed: int, first: date, days: int) -> None:
    """Side by side: the difference is what is new less what is gone, to the fen."""
    both = [first, first + timedelta(days=days)]
    tables = {day: cell_table(PACK, "统计表", union_year(day, seed, 40)) for day in both}
    assert_every_number_opens(side_by_side(tables))


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, day=DAYS, since=st.one_of(st.none(), DAYS))
def test_the_general_tables_open(seed: int, day: date, since: date | None) -> None:
    """Indicators, bulletin and classes: every count and every percentage; the ledger what it tells of."""
    material = union_year(day, seed, 30)
    quotas = (Quota(kind="技能培训", least=1, by="", period="", citation=CITED),)
    yardstick = Yardstick(indicators=(), targets=(), quotas=quotas)
    objects = material.cases[::2]
    made = [
        indicator_table(material, objects, yardstick, "指标表"),
        bulletin_table(material, since, "通报"),
        class_table(material, quotas, lambda case: {}, "小班统计"),
    ]
    for table in made:
        assert numbers_of(table)
        assert_every_number_opens(table)
    ledger = ledger_table(material, "台账")
    talks = [
        c for c in invented_contacts(material.cases, seed) if c.day <= day and not c.mass and not c.missed
    ]
    assert sum(len(opening.items()) for opening in ledger.openings.values()) == len(talks)


@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["甲奖", "乙金"]), st.sampled_from(AID_STATES))),
)
def test_the_aids_open(entries: list[tuple[int, str, str]]) -> None:
    """Who got each aid, by the last entry of each."""
    cases = union_year(CUT_OFF, 1, 6).cases
    states: dict[str, dict[str, Application]] = {}
    for n, (case, aid, status) in enumerate(entries):
        entry = Application(id=f"G{n}", case=f"H{case:03}", day=HAND_IN, aid=aid, status=status, by="李老师")
        states.setdefault(entry.case, {})[aid] = entry
    table = aid_table(cases, states, ["甲奖", "乙金"], "助学政策落实表")
    assert_every_number_opens(table)
    got = [entry for by_aid in states.values() for entry in by_aid.values() if entry.status == "已获得"]
    assert sum(int(cell or 0) for cell in table.rows[-1][4:]) == len(got)


@given(st.integers(0, 4), st.lists(st.sampled_from("甲乙丙丁戊"), max_size=6))
def test_the_roster_opens(wanted: int, names: list[str]) -> None:
    """应配, 已配 and 缺, also where more hold a role than are wanted."""
    members = [
        Member(id=f"M{n}", day=HAND_IN, unit="1班", role="领导", name=name, by="李老师")
        for n, name in enumerate(names)
    ]
    held = tuple(holders(members, CUT_OFF).get(("1班", "领导"), ()))
    role = Role(name="领导", citation=CITED, count=wanted, per="班级")
    table = roster_table([Place(unit="1班", role=role, members=held)], "名册")
    assert_every_number_opens(table)
    assert table.rows[0][2:5] == (wanted, len(set(names)), max(wanted - len(set(names)), 0))


def test_a_number_that_does_not_add_up_is_found() -> None:
    """A fen less, and the opening does not agree with what is printed."""
    items = [Item(100, "C1"), Item(250, "C2")]
    assert open_money(items, "示例").agrees_with("3.50")
    assert not open_money(items[:1], "示例").agrees_with("3.50")


def test_a_difference_cancels_what_is_in_both() -> None:
    """What is on both days is no change; what is twice and was once came once; what is gone counts below."""
    one, two, three = Item(1, "C1"), Item(1, "C2"), Item(1, "C3")
    first = Opening(items=lambda: [one, two], meaning="")
    last = Opening(items=lambda: [one, one, three], meaning="")
    came = open_difference(first, last, "", str).items()
    assert came == [one, three, two._replace(number=-1)]


@pytest.mark.parametrize("day", [HAND_IN, CUT_OFF])
def test_a_cell_says_what_it_counts(day: date) -> None:
    """Unit, days, whose, and the place in the notice, in words."""
    table = cell_table(PACK, "统计表", union_year(day))
    told = [table.openings[row, 3].meaning for row in range(42)]
    assert all(text.startswith(f"{row[2]}＝") for text, row in zip(told, table.rows, strict=True))
    assert all(f"（附件3{row[0]}）" in text for text, row in zip(told, table.rows, strict=True))
    assert told[7] == (
        f"万元＝发放日期在 {YEAR}-01-01 至 {day} 的个案，助学资金相加；就学阶段：高中、中职"
        "（附件3（02）（C））"
    )
    assert len(set(told)) == 42
