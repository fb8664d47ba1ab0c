"""Forms that are more than one answer to each blank: told, never guessed at."""

import copy
from typing import Any

import pytest

from forms.mixups import are_several, mixed_labels
from tests.forms.people import HOUSEHOLD, PERSON
from tests.forms.test_readback import MAPS, edited, printed, read


@pytest.mark.parametrize(
    ("copies", "several"),
    [
        ([{"姓名": "张三", "学号": "1"}], False),
        ([{"姓名": "张三", "学号": "1"}, {"姓名": "张三", "学号": "1"}], False),
        ([{"姓名": "张三", "学号": "1"}, {"姓名": "李晓明", "学号": ""}], True),
        ([{"姓名": "", "学号": "1"}, {"姓名": "李晓明", "学号": ""}], True),
        ([{"姓名": "", "学号": ""}, {"姓名": "李晓明", "学号": "2"}], False),
        ([{"姓名": "张三", "学号": "1", "班级": "甲"}, {"班级": "乙"}], False),
    ],
)
def test_two_forms_in_one_file_are_two_people_unless_one_is_blank_or_the_same(
    copies: list[dict[str, str]], several: bool
) -> None:
    """One more row with a label that was there already is no second form."""
    assert are_several(copies) is several


def test_a_second_person_without_a_name_is_still_a_second_person() -> None:
    """The blanks of one would be filled with the answers of the other."""

    def add(opened: Any) -> None:
        first = opened.tables[0]
        first._tbl.addnext(copy.deepcopy(first._tbl))
        for row, column in ((0, 1), (1, 5)):
            opened.tables[row].rows[row].cells[column + 2 * row].text = ""

    assert read(edited(add)).several


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("机械学院 班级 机械091 学号：10800001", ["学号", "班级"]),
        ("班级：机械091", ["班级"]),
        ("机械班级第一", []),
        ("我的学号忘了", []),
    ],
)
def test_a_label_in_an_answer_stands_as_labels_do(text: str, found: list[str]) -> None:
    assert mixed_labels([text], {"班级", "学号"}) == found


def test_merged_cells_are_told() -> None:
    def merge(opened: Any) -> None:
        row = opened.tables[0].rows[1]
        row.cells[1].merge(row.cells[-1]).text = "机械学院 班级 机械091 学号 10800001"

    assert read(edited(merge)).mixed == {"学院": ["学号", "班级"]}
    assert not read(printed("zust-2013/approval", PERSON)).mixed


def test_words_beside_the_form_are_counted() -> None:
    """A remark at the end is nobody's answer; it was lost without a word."""
    assert read(edited(lambda opened: opened.add_paragraph("另：我换了手机。"))).loose == 1


@pytest.mark.parametrize("name", sorted(MAPS))
def test_nothing_that_we_print_is_loose(name: str) -> None:
    long = {"申请理由": "家庭困难，求职不顺。" * 300, "家庭致困原因": "患病，自付医药费。" * 300}
    for record in ({}, {**PERSON, **HOUSEHOLD, "本单位资助": True}, {**PERSON, **HOUSEHOLD, **long}):
        reading = read(printed(name, record), name)
        assert not reading.loose
        assert not reading.several
