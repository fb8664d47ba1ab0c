"""The 42 cells of dalian-2011, worked out by plain loops over an invented union year of 300 households."""

from datetime import date
from decimal import Decimal

import pytest

from assistcli.model import Case
from assistcli.policy.pack import load_pack
from assistcli.reports.cells import cell_rules, cell_table, format_amount
from assistcli.reports.material import Material
from assistcli.reports.statistics import StatisticsTable, side_by_side
from tests.reports.opened import assert_every_number_opens, cases_behind
from tests.reports.union_year import PACK, YEAR, by_hand, fact, union_year

HAND_IN, CUT_OFF = date(2011, 8, 25), date(2011, 8, 31)
UNITS = {  # the cells of the notice by unit, counted from 1
    "万元": {1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 17, 19, 21, 23, 40},
    "元": {36},
}


@pytest.fixture(scope="module")
def at_cut_off() -> StatisticsTable:
    """The table of the invented year at the notice's own cut-off."""
    return cell_table(PACK, "统计表", union_year(CUT_OFF))


@pytest.mark.parametrize("day", [HAND_IN, CUT_OFF, date(2011, 12, 31), date(2011, 1, 1)])
def test_every_cell_is_what_a_plain_loop_says(day: date) -> None:
    """All 42, exactly, in the cell's unit, on four days."""
    material = union_year(day)
    table = cell_table(PACK, "统计表", material)
    units = {place: unit for unit, places in UNITS.items() for place in places}
    expected = [
        Decimal(n) / {"万元": 1_000_000, "元": 100}.get(units.get(place, ""), 1)
        for place, n in enumerate(by_hand(material), 1)
    ]
    assert [Decimal(str(row[3])) for row in table.rows] == expected


def test_the_table_has_the_notices_cells(at_cut_off: StatisticsTable) -> None:
    """42 cells in 16 groups, eight of them without a letter, each with its unit (R2-28 … R2-30)."""
    rows = at_cut_off.rows
    assert len(rows) == 42
    assert len({str(row[0])[:4] for row in rows}) == 16
    assert sum(str(row[0]).count("（") == 1 for row in rows) == 8
    for unit, places in UNITS.items():
        assert {place for place, row in enumerate(rows, 1) if row[2] == unit} == places


def test_what_a_cell_counts_can_be_recorded_under_the_notice() -> None:
    """A service cell counts a kind that the notice's log takes, (09) every fair that the notice names."""
    pack, rules = load_pack(PACK), cell_rules(PACK)
    assert rules is not None
    services = [cell["kinds"] for cell in rules["cell"] if cell["count"] == "services"]
    assert all(set(kinds) & set(pack.contact.kinds) for kinds in services)
    fairs = next(cell["kinds"] for cell in rules["cell"] if cell["count"] == "activities")
    named = next(words for words in pack.words if words.kind == "就业活动")
    assert set(named.words) <= set(fairs)


def test_persons_behind_a_number_are_as_many(at_cut_off: StatisticsTable) -> None:
    """A count of persons opens to so many different cases; entries may name one twice."""
    assert_every_number_opens(at_cut_off)
    for row, (_, _, unit, number) in enumerate(at_cut_off.rows):
        if unit == "人":
            assert len(set(cases_behind(at_cut_off, (row, 3)))) == number


def test_two_cut_offs_differ_only_by_what_came_between() -> None:
    """§9.3: take out what came after the hand-in, and the later table is the earlier one."""
    early, late = union_year(HAND_IN), union_year(CUT_OFF)
    between = {
        case.id for case in late.cases if HAND_IN.isoformat() < case.text("发放日期") <= CUT_OFF.isoformat()
    }
    tables = {day: cell_table(PACK, "统计表", m) for day, m in ((HAND_IN, early), (CUT_OFF, late))}
    first, second = (set(cases_behind(table, (9, 3))) for table in tables.values())
    assert between
    assert second - first == between
    assert first <= second
    both = side_by_side(tables)
    assert_every_number_opens(both)
    assert set(cases_behind(both, (9, 5))) == between


def test_a_missing_stage_is_told(at_cut_off: StatisticsTable) -> None:
    """R2-31: a total that is not the sum of its parts is an error that names the cells."""
    assert not any("核对不符" in note for note in at_cut_off.notes)
    material = union_year(CUT_OFF)
    bare = {"助学资金": fact(1000), "发放日期": fact("2011-08-02")}
    lost = Case(id="X", pack=PACK, year=YEAR, subject="household", opened=CUT_OFF, facts=bare)
    spoiled = Material(cases=[*material.cases, lost], year=YEAR, day=CUT_OFF)
    table = cell_table(PACK, "统计表", spoiled)
    notes = table.remarks
    assert not any("assist" in note for note in table.notes)
    whole = at_cut_off.rows[9][3]
    assert isinstance(whole, int)
    fault = next(note for note in notes if "第 10 行" in note)
    assert f"（03）（A）{at_cut_off.rows[9][1]} {whole + 1} 人" in fault
    assert "（第 11＋12＋13 行）" in fault
    assert f"＝{whole} 人，差 1 人" in fault
    assert "assist edit 个案 --set 就学阶段=…；逐笔看：assist report statistics" in fault
    assert any("没有发放日期，未计入" in note for note in notes)


@pytest.mark.parametrize(
    ("fen", "unit", "shown"),
    [(40, "万元", "0.00004"), (1, "万元", "0.000001"), (2_000_000_00, "万元", "200"), (0, "万元", "0"),
     (123_456, "元", "1234.56"), (100_000_00, "元", "100000")],
)  # fmt: skip
def test_money_prints_exactly_in_its_unit(fen: int, unit: str, shown: str) -> None:
    """§9.3: nothing is rounded; a loan in 元 is not divided by ten thousand."""
    assert format_amount(fen, unit) == shown


def test_only_a_notice_with_such_a_table_has_one() -> None:
    """Another notice has none, and a path is no name."""
    assert cell_rules("zust-2013") is None
    assert cell_rules("../statistics/dalian-2011") is None
