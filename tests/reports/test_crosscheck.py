"""R2-31, R2-32: each check of the printed numbers, provoked by itself, says which, how much, what to do."""

from datetime import date

import pytest

from assistcli.reports.cells import cell_rules, code_of, figures_of
from assistcli.reports.crosscheck import check_figures
from tests.reports.union_year import PACK, YEAR, by_hand, union_year

DAY = date(2011, 8, 31)
RULES = cell_rules(PACK) or {}
SOUND = by_hand(union_year(DAY))
SUMS = [(1, (2, 3, 4, 5)), (6, (7, 8, 9)), (10, (11, 12, 13)), (14, (16, 18, 20)), (15, (17, 19, 21)),
        (24, (25, 26))]  # fmt: skip
"""(01) to (04) and (06) as REQUIREMENTS words them, by the line of the table."""
AT_MOST = [(14, 10), (15, 6), (22, 10), (23, 6)]
"""(04)A ≤ (03)A, its money ≤ (02)A, (05)A ≤ (03)A, its money ≤ (02)A."""
STUDIED_HERE, THIS_YEAR = 41, 25


def told(numbers: list[int]) -> list[str]:
    """What is found in the *numbers* of the 42 cells."""
    found = check_figures(RULES, figures_of(RULES["cell"], numbers, YEAR), DAY)
    return [f"{fault.told}。{fault.remedy}" for fault in found]


def changed(line: int, number: int) -> list[int]:
    """The sound numbers with another one in *line*."""
    return [number if place == line else n for place, n in enumerate(SOUND, 1)]


def test_nothing_is_said_of_numbers_that_agree() -> None:
    """The invented year adds up."""
    assert told(SOUND) == []


def test_the_checks_are_those_of_the_requirements() -> None:
    """None more, none less."""
    assert [(rule["total"], tuple(rule["parts"])) for rule in RULES["sum"]] == SUMS
    hard = [(rule["part"], rule["whole"]) for rule in RULES["at_most"] if not rule.get("soft")]
    assert hard == AT_MOST
    (soft,) = (rule for rule in RULES["at_most"] if rule.get("soft"))
    assert (soft["part"], soft["whole"]) == (STUDIED_HERE, THIS_YEAR)


@pytest.mark.parametrize(("whole", "parts"), SUMS)
@pytest.mark.parametrize("more", [1, -1])
def test_a_sum_that_is_off_by_one(whole: int, parts: tuple[int, ...], more: int) -> None:
    """One person, one fen too many or too few in the total or in a part: an error that names them all."""
    for line in (whole, *parts):
        sign = 1 if line == whole else -1
        numbers = changed(line, SOUND[line - 1] + more)
        fault = next(text for text in told(numbers) if f"第 {whole} 行" in text and "各分项" in text)
        figures = {figure.line: figure for figure in figures_of(RULES["cell"], numbers, YEAR)}
        assert fault.startswith(f"截至 {DAY} 核对不符：{figures[whole].told}")
        assert code_of(RULES["cell"][whole - 1]) in fault
        assert f"（第 {'＋'.join(map(str, parts))} 行）" in fault
        assert "＋".join(figures[part].shows(numbers[part - 1]) for part in parts) in fault
        assert f"差 {figures[whole].shows(sign * more)}。" in fault
        assert f"--as-of {DAY} --who {whole},4" in fault
        assert "assist edit" in fault or "请核对" in fault


@pytest.mark.parametrize(("part", "whole"), AT_MOST)
def test_a_part_that_is_over_its_whole(part: int, whole: int) -> None:
    """Equal is right; one more is an error that names both cells and figures."""
    equal = changed(part, SOUND[whole - 1])
    assert not any("多于" in text for text in told(equal))
    numbers = changed(part, SOUND[whole - 1] + 1)
    (fault,) = (text for text in told(numbers) if "多于" in text)
    figures = {figure.line: figure for figure in figures_of(RULES["cell"], numbers, YEAR)}
    assert fault.startswith(f"截至 {DAY} 核对不符：{figures[part].told}，多于{figures[whole].told}，多 ")
    assert figures[part].shows(1) in fault
    assert "请核对" in fault
    assert f"--who {part},4" in fault


def test_who_studies_here_may_be_more_than_the_graduates() -> None:
    """R2-33: (15) counts by the place of study, so it is pointed out and no error."""
    (remark,) = told(changed(STUDIED_HERE, SOUND[THIS_YEAR - 1] + 2))
    assert remark.startswith(f"截至 {DAY} 请留意：第 41 行（15）（A）")
    assert "按就读地统计" in remark
    assert "核对不符" not in remark
