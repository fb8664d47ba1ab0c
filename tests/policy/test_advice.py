"""Words that clerks often write in a condition get advice what to write instead."""

import pytest

from assistcli.policy.advice import advise_on
from assistcli.policy.expression import ExpressionError, parse_condition


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("今年", "年份"), ("50%", "乘 50 除以 100"), ("1000元", "只写 1000"), ("3人", "只写 3"),
        ("!在档", "非 在档"),
        ("5万", "阿拉伯"), ("一千元", "阿拉伯"), ("收入低于线", "低于"), ("收入不低于线", "不低于"),
    ],
)  # fmt: skip
def test_a_usual_slip_is_named(word: str, told: str) -> None:
    assert told in advise_on(word)


@pytest.mark.parametrize("word", ["在当", "人均收入", "档" * 100, "x"])
def test_any_other_word_gets_none(word: str) -> None:
    """The nearest name is proposed instead."""
    assert advise_on(word) == ""


@pytest.mark.parametrize(
    ("text", "told", "column"),
    [
        ("在档 && 统招", "运算词没有「&&」，写「且」", 4),
        ("在档 AND 统招", "运算词没有「AND」，写「且」", 4),
        ("在档 || 统招", "写「或」", 4), ("在档 以及 统招", "写「且」", 4), ("在档 和 统招", "写「且」", 4),
        ("not 在档", "运算词没有「not」，写「非」", 1),
        ("不是 在档", "写「非」", 1), ("! 在档", "写「非」", 1),
        ("家庭人口 == 3", "运算词没有「==」，写「为」", 6), ("家庭人口 != 3", "写「不为」", 6),
        ("家庭人口 <> 3", "写「不为」", 6), ("学校所在省 in [宁夏]", "写「属于」", 7),
        ("家庭年度总收入 低于 50,000", "数字里不写逗号，如 50000", 14),
        ("家庭年度总收入 低于 50，000", "数字里不写逗号，如 50000", 14),
        ("家庭人口 属于 [50,000]", "数字里不写逗号", 13),
    ],
)  # fmt: skip
def test_an_operator_of_another_language_is_named_with_our_own(text: str, told: str, column: int) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse_condition(text)
    assert told in str(refused.value)
    assert refused.value.column == column
