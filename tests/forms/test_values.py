"""Values in print: nothing raises, nothing is guessed, nothing passes for markup."""

from datetime import date
from decimal import Decimal

import pytest

from forms.values import (
    box_text,
    capital_amount,
    date_text,
    inked_date,
    inked_day,
    is_yes,
    plain_text,
    xml_text,
)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, ""),
        (True, "是"),
        (False, "否"),
        (0, "0"),
        (Decimal("12.50"), "12.50"),
        ("张\x00三\x1b[31m\x7f", "张三[31m"),
        ("一\r\n二\r三\u2028四\x0b五", "一\n二\n三\n四\n五"),
        ("半\ud800边", "半边"),
        ("䶮𬭎\u202eabc\u200f", "䶮𬭎\u202eabc\u200f"),
    ],
)
def test_plain_text_drops_only_what_a_form_cannot_hold(value: object, printed: str) -> None:
    assert plain_text(value) == printed


def test_markup_is_escaped_and_breaks_become_elements() -> None:
    """A value can add line breaks and tabs to its run, nothing else."""
    assert xml_text("A&B<学院>") == "A&amp;B&lt;学院&gt;"
    assert xml_text("一\n二\t三").count("<w:br/>") == 1
    assert "<w:tab/>" in xml_text("二\t三")


@pytest.mark.parametrize("value", [True, "是", "√", "1", "Y", " yes "])
def test_yes_in_every_spelling_ticks_the_box(value: object) -> None:
    assert is_yes(value)
    assert box_text(value) == "☑"


@pytest.mark.parametrize("value", [False, None, "", "否", "不详", "未知", 0, 2])
def test_no_and_unknown_leave_the_box_open(value: object) -> None:
    assert box_text(value) == "□"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("2026-11-21", "2026年11月21日"),
        (date(2026, 6, 3), "2026年6月3日"),
        ("2026/6/3", "2026年6月3日"),
        ("2026年6月3日", "2026年6月3日"),
        ("2026-02-30", "2026-02-30"),
        ("1968-09", "1968年9月"),
        ("1968.12", "1968年12月"),
        ("1968年12月", "1968年12月"),
        ("1968-13", "1968-13"),
        ("下周", "下周"),
        (None, ""),
    ],
)
def test_dates_print_as_an_office_writes_them(value: object, printed: str) -> None:
    assert date_text(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("500.00", "人民币伍佰元整"),
        (0, "人民币零元整"),
        ("0.50", "人民币伍角整"),
        ("0.05", "人民币伍分"),
        ("1000.05", "人民币壹仟元零伍分"),
        ("1234.56", "人民币壹仟贰佰叁拾肆元伍角陆分"),
        ("10000", "人民币壹万元整"),
        ("10001", "人民币壹万零壹元整"),
        ("100500", "人民币壹拾万零伍佰元整"),
        ("1010", "人民币壹仟零壹拾元整"),
        ("100000001", "人民币壹亿零壹元整"),
        ("20010000", "人民币贰仟零壹万元整"),
        ("1,000元", "人民币壹仟元整"),
        ("0.001", "0.001"),
        ("-5", "-5"),
        ("NaN", "NaN"),
        ("很多", "很多"),
        ("", ""),
    ],
)
def test_amounts_in_capitals(value: object, printed: str) -> None:
    assert capital_amount(value) == printed


@pytest.mark.parametrize("blank", [None, ""])
def test_a_blank_date_leaves_its_room_for_ink(blank: object) -> None:
    assert inked_date(blank) == "　　　　年　　月　　日"
    assert inked_day(blank) == "　　月　　日"


def test_a_known_date_is_printed_and_no_other() -> None:
    assert inked_date("2011-07-05") == "2011年7月5日"
    assert inked_day("2011-07-05") == "7月5日"
    assert inked_day("七月底") == "七月底"
