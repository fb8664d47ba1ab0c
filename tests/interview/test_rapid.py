"""Quick entry: one line per person, checked at once, kept in a draft, saved all at once."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.context import Context
from assistcli.errors import CancelledError, ConfirmationError
from assistcli.interview.answers import Author
from assistcli.interview.dialogue import Move
from assistcli.interview.likeness import likeness_of
from assistcli.interview.rapid import RapidSheet, register_many, split_line
from assistcli.model import Case
from tests.conftest import Assist
from tests.interview.scripted import KEEP, ScriptedTerminal

AUTHOR = Author(by="李老师", day=date(2013, 6, 1))
COLUMNS = ("学号", "姓名", "手机号码")


@pytest.fixture
def book(store: Path) -> Casebook:
    """The casebook of a fresh store."""
    return open_casebook(Context(store=store, today=AUTHOR.day))


def run(
    book: Casebook, *replies: str | Move | None, columns: Sequence[str] = COLUMNS, like: str = ""
) -> tuple[list[Case], ScriptedTerminal]:
    """The cases that *replies* make, and the terminal they were given at."""
    terminal = ScriptedTerminal(*replies)
    sheet = RapidSheet(book, AUTHOR, columns, likeness_of(book, like) if like else None)
    cases = register_many(book, terminal, sheet, lambda cases: None)
    assert terminal.used_up
    return cases, terminal


@pytest.mark.parametrize(
    "line",
    [
        "1\t张三\t139",
        "1,张三,139",
        "1，张三，139",
        "1、张三、139",
        "1 张三 139",
        " 1\t 张三\t139 ",
    ],
)
def test_cells_stand_between_tabs_commas_or_marks(line: str) -> None:
    """The strongest separator that the line has is the one; blanks count only where there is no other."""
    assert split_line(line) == ["1", "张三", "139"]


def test_an_empty_cell_between_tabs_stays_empty() -> None:
    """What stands in the third column stays in the third column; commas inside cells stay too."""
    assert split_line("1\t\t甲，乙、丙") == ["1", "", "甲，乙、丙"]


def test_each_line_is_a_case(book: Casebook) -> None:
    """Missing cells are unknown; the summary comes before saving."""
    cases, terminal = run(book, "10800001,张三,13800000000", "10800002,李晓明", "", "是")
    assert [(c.student_no, c.name, c.value("手机号码")) for c in cases] == [
        ("10800001", "张三", "13800000000"), ("10800002", "李晓明", None),
    ]  # fmt: skip
    assert cases[0].facts["姓名"].source == "快速登记"
    assert "1. 10800001　张三　13800000000" in "\n".join(terminal.said)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("10800002,李晓明,139", "电话号码"),
        ("10800001,李晓明", "学号与第 1 行 张三 相同"),
        ("10800009,李晓明", "已登记给 甲同学"),
        (",李晓明", "缺学号"),
        ("10800002,", "姓名：姓名不能留空"),
        ("10800002,李晓明,13900000000,多余", "有 4 栏，应最多 3 栏：学号、姓名、手机号码"),
    ],
)
def test_a_bad_line_is_told_at_once_and_stands_there_to_be_mended(
    book: Casebook, assist: Assist, bad: str, said: str
) -> None:
    """It is the old answer of the next prompt; the good line goes in."""
    assist("add", "--set", "学号=10800009", "--set", "姓名=甲同学")
    cases, terminal = run(book, "10800001,张三", bad, "10800002,李晓明", "", "是")
    assert said in "\n".join(terminal.said)
    assert terminal.prompts[2].default == bad
    assert [case.name for case in cases] == ["张三", "李晓明"]


def test_a_cell_is_read_as_the_question_reads_it(book: Casebook) -> None:
    """Parts of listed words and pinyin are understood, and what is in no list is refused."""
    cases, terminal = run(
        book, "1,张三,满,jx", "2,李晓明,火星族,", "2,李晓明,回族,机械", "", "是",
        columns=("学号", "姓名", "民族", "学院"),
    )  # fmt: skip
    assert [(case.value("民族"), case.value("学院")) for case in cases] == [
        ("满族", "机械学院"),
        ("回族", "机械学院"),
    ]
    assert "民族：没有「火星族」" in "\n".join(terminal.said)


def test_many_lines_pasted_at_once_with_their_header(book: Casebook) -> None:
    """The header sets the columns; good lines are taken, each bad one is mended in turn."""
    pasted = "姓名\t学号\t性别\n张三\t1\t男\n李晓明\t2\t丙\n王小丽\t3\t女\n赵强\t2\t不明"
    cases, terminal = run(book, pasted, "李晓明\t2\t女", "赵强\t4\t男", "", "是")
    assert [(c.name, c.student_no, c.value("性别")) for c in cases] == [
        ("张三", "1", "男"), ("王小丽", "3", "女"), ("李晓明", "2", "女"), ("赵强", "4", "男"),
    ]  # fmt: skip
    assert [prompt.default for prompt in terminal.prompts[1:3]] == ["李晓明\t2\t丙", "赵强\t2\t不明"]


def test_the_last_line_can_be_had_back_and_a_waiting_one_dropped(book: Casebook) -> None:
    """``<`` gives the last line back for mending; a blank answer drops the one that waits, saying so."""
    cases, terminal = run(
        book, "1,张三", Move.BACK, "1,张三丰", "x y z w", "", Move.WHY, "", "否", "2,李晓明", "", "是"
    )
    assert [case.name for case in cases] == ["张三丰", "李晓明"]
    assert terminal.prompts[2].default == "1\t张三\t"
    assert "已略过：x y z w" in "\n".join(terminal.said)
    assert "2. 姓名（必填）" in "\n".join(terminal.said)


def test_leaving_loses_no_line(book: Casebook) -> None:
    """Lines taken and the one that waits come back; what no longer fits is asked again."""
    with pytest.raises(CancelledError, match="add --rapid"):
        run(book, "1,张三\n2,李晓明\n3,王小丽,139", None)
    cases, terminal = run(book, "是", "3,王小丽", "", "是")
    assert [case.name for case in cases] == ["张三", "李晓明", "王小丽"]
    assert "已答 2 项" in terminal.asked()[0]
    assert terminal.prompts[1].default == "3,王小丽,139"


def test_what_the_class_shares_is_taken_over(book: Casebook, assist: Assist) -> None:
    """Shared facts need no column, say whose they are, and a cell of the line wins over them."""
    assist("add", "--set", "学号=9", "--set", "姓名=甲同学", "--set", "学院=机械学院", "--set", "班级=1081")
    columns = ("学号", "姓名", "班级")
    cases, terminal = run(book, "1,张三", "2,李晓明,1082", "", "是", columns=columns, like="9")
    assert terminal.said[0] == "每一行都沿用 甲同学 9：学院 机械学院、班级 1081（行里写了的以行里为准）"
    assert [(c.value("学院"), c.value("班级")) for c in cases] == [("机械学院", "1081"), ("机械学院", "1082")]
    assert cases[0].facts["学院"].source == "沿用 甲同学 9"
    assert cases[1].facts["班级"].source == "快速登记"


def test_without_wishes_the_columns_are_what_every_case_is_asked(book: Casebook, assist: Assist) -> None:
    """In the order of the questions, less what is taken over or follows from another column."""
    assert RapidSheet(book, AUTHOR, (), None).columns[:4] == ["学号", "姓名", "身份证号", "民族"]
    assist("add", "--set", "学号=9", "--set", "姓名=甲同学", "--set", "学院=机械学院", "--set", "班级=1081")
    columns = RapidSheet(book, AUTHOR, (), likeness_of(book, "9")).columns
    assert not {"学院", "班级", "性别"} & set(columns)


def test_nothing_typed_is_nothing_saved(book: Casebook) -> None:
    """And leaves no draft."""
    with pytest.raises(ConfirmationError):
        run(book, "")


def test_a_line_kept_is_typed_again_unchanged(book: Casebook) -> None:
    """Enter on a line that does not fit tells the reason again and keeps it waiting."""
    _, terminal = run(book, "1,张三,139", KEEP, "1,张三", "", "是")
    assert sum("电话号码" in said for said in terminal.said) == 2
