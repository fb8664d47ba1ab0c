"""Rounded amounts: printed parts add up to the printed total, nothing is off by a whole step, all is told."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistcli.model import Case
from assistcli.reports.cells import cell_rules, cell_table
from assistcli.reports.material import Material
from assistcli.reports.rounding import half_up, round_amounts, share_out
from assistcli.reports.statistics import difference
from tests.reports.opened import assert_every_number_opens
from tests.reports.test_cells import UNITS
from tests.reports.union_year import PACK, YEAR, by_hand, fact, union_year

DAY = date(2011, 8, 31)
RULES = cell_rules(PACK) or {}
PARTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=6)


@given(PARTS, st.integers(0, 5))
def test_shared_parts_add_up_and_are_near(parts: list[int], decimals: int) -> None:
    """Their sum is the total half up; each is its floor or one more, the largest rests first."""
    step = 1_000_000 // 10**decimals
    shared = share_out(parts, step)
    assert sum(shared) == half_up(sum(parts), step)
    raised = [part % step for part, n in zip(parts, shared, strict=True) if n == part // step + 1]
    kept = [part % step for part, n in zip(parts, shared, strict=True) if n == part // step]
    assert len(raised) + len(kept) == len(parts)
    assert not raised or not kept or min(raised) >= max(kept)
    assert all(raised)


@given(st.integers(0, 10**9), st.integers(0, 5))
def test_half_up_is_that_of_the_textbook(fen: int, decimals: int) -> None:
    """Against decimal arithmetic."""
    step = 1_000_000 // 10**decimals
    assert half_up(fen, step) == int((Decimal(fen) / step).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


@given(st.integers(0, 10**6), st.integers(0, 5))
def test_the_table_adds_up_as_printed(seed: int, decimals: int) -> None:
    """Every sum of 万元 in the 42 cells, each within a step of the exact one; the rest is as it was."""
    material = union_year(DAY, seed, 25)
    material = Material(
        cases=[case for case in material.cases if case.text("就学阶段")], year=YEAR, day=DAY,
        talks=material.talks, outcomes=material.outcomes, funds=material.funds,
        activities=material.activities, jobs=material.jobs,
    )  # fmt: skip
    table, exact = cell_table(PACK, "统计表", material, decimals), cell_table(PACK, "统计表", material)
    assert_every_number_opens(table)
    shown = {line: Decimal(str(row[3])) for line, row in enumerate(table.rows, 1)}
    step = Decimal(1).scaleb(-decimals)
    for line, fen in enumerate(by_hand(material, seed), 1):
        if line in UNITS["万元"]:
            assert abs(shown[line] - Decimal(fen) / 1_000_000) < step
            assert -shown[line].as_tuple().exponent == decimals  # type: ignore[operator]  # a finite number
        else:
            assert table.rows[line - 1] == exact.rows[line - 1]
    for rule in RULES["sum"]:
        assert shown[rule["total"]] == sum(shown[part] for part in rule["parts"])


def test_what_was_shared_or_hidden_is_told() -> None:
    """0.00004 万元 prints 0.00, and the table says so; the number still opens to its fen."""
    amounts = {1: 40_000, 2: 13_333, 3: 13_333, 4: 13_334, 5: 40}
    rounding = round_amounts(amounts, [(1, (2, 3, 4))], 1_000_000, 2)
    assert rounding.printed == {1: "0.04", 2: "0.01", 3: "0.01", 4: "0.02", 5: "0.00"}
    assert (rounding.shared, rounding.hidden) == ((4,), (5,))
    (note,) = rounding.notes(2, "万元")
    assert note == (
        "金额按万元保留 2 位小数，逐笔的精确数用 --who 打开；"
        "第 4 行按最大余额法取舍，使分项之和等于总数；第 5 行不是零，舍入后为 0"
    )


def test_rounding_hides_no_fault() -> None:
    """Parts that do not add up are rounded by themselves, and the check is that of the exact numbers."""
    bare = {"助学资金": fact(1), "发放日期": fact("2011-08-02")}
    lost = Case(id="X", pack=PACK, year=YEAR, subject="household", opened=DAY, facts=bare)
    table = cell_table(PACK, "统计表", Material(cases=[lost], year=YEAR, day=DAY), 2)
    assert table.rows[5][3] == "0.00"
    assert any("核对不符：第 6 行" in note and "差 0.000001 万元" in note for note in table.notes)
    assert any("第 6 行不是零" in note for note in table.notes)


def test_without_decimals_nothing_is_rounded() -> None:
    """As many as the fen has are as good as none."""
    material = union_year(DAY)
    assert cell_table(PACK, "统计表", material, 6).rows == cell_table(PACK, "统计表", material).rows


def test_a_difference_keeps_the_decimals_of_the_table() -> None:
    """0.20 beside 0.30 and 0.50, as the office set its 万元; whole counts stay whole."""
    assert difference("0.30", "0.50") == "0.20"
    assert difference(3, 1) == -2
    assert difference("—", 1) is None
