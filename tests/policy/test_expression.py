"""The condition language: what is read, in which order, and what is refused where."""

import pytest

from assistcli.policy.expression import (
    Comparison,
    ExpressionError,
    Junction,
    Literal,
    Membership,
    Name,
    Negation,
    is_one_word,
    parse_condition,
)


def test_not_binds_before_and_and_before_or() -> None:
    node = parse_condition("甲 或 乙 且 非 丙")
    assert isinstance(node, Junction)
    assert not node.every
    first, second = node.parts
    assert isinstance(first, Name)
    assert isinstance(second, Junction)
    assert second.every
    assert isinstance(second.parts[1], Negation)


def test_products_bind_before_sums() -> None:
    node = parse_condition("甲 加 乙 乘 丙 低于 3")
    assert isinstance(node, Comparison)
    assert getattr(node.left, "sign", "") == "+"


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        ("收入 低于 840", "收入 < 840"),
        ("收入 低于 840", "收入＜840"),
        ("收入 不高于 840", "收入 ≤ 840"),
        ("收入 至少 840", "收入 >= 840"),
        ("档案类别 属于 [困难职工, 困难劳模]", "档案类别 属于【困难职工，困难劳模】"),
        ("(甲 且 乙) 或 丙", "（甲 且 乙） 或 丙"),
        ("收入 除以 2 乘 3 低于 840", "收入／2＊3＜840"),
        ("档案类别 属于 [困难职工]", "档案类别 属于［困难职工］"),
    ],
)
def test_full_width_punctuation_and_signs_mean_the_same(words: str, signs: str) -> None:
    assert shape(words) == shape(signs)


def shape(text: str) -> str:
    """The tree of *text* without columns."""
    import re

    return re.sub(r"column=\d+", "", repr(parse_condition(text)))


def test_a_list_holds_choices_numbers_and_quoted_texts() -> None:
    node = parse_condition('考取年度 属于 [2009, 2010, "其他 年份"]')
    assert isinstance(node, Membership)
    assert [item.value for item in node.items if isinstance(item, Literal)] == ["2009", "2010", "其他 年份"]


def test_a_word_that_only_begins_with_digits_is_a_name() -> None:
    assert isinstance(parse_condition("18岁以上"), Name)


@pytest.mark.parametrize(
    ("text", "column", "told"),
    [
        ("在档 在校", 4, "前缺少 且 或 或"),
        ("在档 且", 5, "句尾处应是字段"),
        ("(在档", 4, "括号缺「)」"),
        ("档案类别 属于 困难职工", 9, "属于 后面缺「[」"),
        ("在档 且 且 在校", 6, "「且」处应是字段"),
        ("", 1, "句尾处应是字段"),
        ("0" * 21, 1, "数字过长"),
        ("非 " * 30 + "甲", 43, "非 连用过多"),
        ("(" * 30, 22, "嵌套过深"),
    ],
)
def test_what_does_not_fit_is_told_with_its_column(text: str, column: int, told: str) -> None:
    with pytest.raises(ExpressionError, match=told.replace("[", r"\[").replace(")", r"\)")) as caught:
        parse_condition(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("收入线", True),
        ("收入 线", False),
        ("低于", False),
        ("是", False),
        ("", False),
        ("840", False),
        ("甲" * 41, False),
    ],
)
def test_a_name_is_one_word_and_no_operator(text: str, plain: bool) -> None:
    assert is_one_word(text) is plain
