"""Words that clerks often write in a condition get advice what to write instead."""

import pytest

from assistcli.policy.advice import advise_on


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("今年", "年份"), ("50%", "乘 50 除以 100"), ("1000元", "只写 1000"), ("3人", "只写 3"),
        ("5万", "阿拉伯"), ("一千元", "阿拉伯"), ("收入低于线", "低于"), ("收入不低于线", "不低于"),
    ],
)  # fmt: skip
def test_a_usual_slip_is_named(word: str, told: str) -> None:
    assert told in advise_on(word)


@pytest.mark.parametrize("word", ["在当", "人均收入", "档" * 100, "x"])
def test_any_other_word_gets_none(word: str) -> None:
    """The nearest name is proposed instead."""
    assert advise_on(word) == ""
