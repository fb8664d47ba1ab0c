"""Picking a case from the list."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.context import Context
from assistcli.errors import CaseLookupError
from assistcli.interview import choosing
from assistcli.interview.choosing import chosen_case
from assistcli.interview.drafts import Draft, DraftFile
from tests.interview.scripted import ScriptedTerminal

Student = Callable[..., str]


@pytest.fixture
def book(store: Path, student: Student) -> Casebook:
    """The casebook of a store with four students, two of one name."""
    for number, name in (("1", "单雪梅"), ("2", "张三"), ("3", "张三"), ("4", "张思德")):
        student(number, 姓名=name)
    return open_casebook(Context(store=store, today=date(2013, 6, 1)))


@pytest.mark.parametrize(
    ("typed", "number"),
    [("sxm", "1"), ("单", "1"), ("1", "1"), ("张三 3", "3"), ("zsd", "4"), ("思德", "4"), ("４", "4")],
)
def test_a_case_is_picked_by_name_number_or_pinyin(book: Casebook, typed: str, number: str) -> None:
    """Whole or in part."""
    assert chosen_case(book, ScriptedTerminal(typed), "", "log").student_no == number


@pytest.mark.parametrize("typed", ["", "张三", "zs", "火星"])
def test_nobody_is_picked_by_what_fits_several_or_none(book: Casebook, typed: str) -> None:
    """It is asked again, with those that fit."""
    terminal = ScriptedTerminal(typed, "sxm")
    assert chosen_case(book, terminal, "", "log").student_no == "1"
    assert len(terminal.said) == 1


def test_who_stands_on_the_command_line_is_not_asked_for(book: Casebook) -> None:
    """No question is put."""
    assert chosen_case(book, ScriptedTerminal(), "2", "log").name == "张三"


def test_whose_draft_waits_is_said_first(book: Casebook) -> None:
    """Only drafts of the same command."""
    for name in ("log.{}", "claim.{}"):
        DraftFile(book.folder, name.format(book.case("4").id)).keep(Draft())
    terminal = ScriptedTerminal("zsd")
    chosen_case(book, terminal, "", "log")
    assert terminal.said == ["有未完成的草稿：张思德 4；选这个人可以继续"]


def test_a_very_long_list_is_not_shown_and_numbers_still_work(
    book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a hundred thousand names."""
    monkeypatch.setattr(choosing, "MOST_LISTED", 3)
    terminal = ScriptedTerminal("zsd", "4")
    assert chosen_case(book, terminal, "", "log").name == "张思德"
    assert terminal.prompts[0].choices == ()
    assert "没有找到「zsd」" in terminal.said[0]


def test_without_any_case_there_is_nothing_to_pick(store: Path) -> None:
    """What to do first is said."""
    empty = open_casebook(Context(store=store, today=date(2013, 6, 1)))
    with pytest.raises(CaseLookupError, match="assist add"):
        chosen_case(empty, ScriptedTerminal(), "", "log")
