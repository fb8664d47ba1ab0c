"""Changing a case by questions, without a terminal."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.commands.edit import save_changes
from assistcli.context import Context
from assistcli.errors import CancelledError, ConfirmationError
from assistcli.interview.answers import Author
from assistcli.interview.dialogue import Move
from assistcli.interview.revision import revise
from assistcli.model import Case
from tests.interview.scripted import KEEP, ScriptedTerminal

WOMAN = "330102199102030020"
MAN = "330102199102030012"
AUTHOR = Author(by="李老师", day=date(2013, 6, 1))


@pytest.fixture
def book(store: Path, student: Callable[..., str]) -> Casebook:
    """A casebook with one student."""
    student(手机号码="13800000000", 生源地="宁波", 身份证号=WOMAN)
    return open_casebook(Context(store=store, today=AUTHOR.day))


def the_case(book: Casebook) -> Case:
    """The student."""
    return book.case("10800001")


def run(book: Casebook, *replies: str | Move | None) -> tuple[list[str], ScriptedTerminal]:
    """The changed fields after *replies*, and the terminal."""
    terminal, case = ScriptedTerminal(*replies), the_case(book)
    changed = revise(book, case, terminal, AUTHOR, lambda facts: save_changes(book, case.id, facts, AUTHOR))
    assert terminal.used_up
    return changed, terminal


def test_fields_are_chosen_changed_and_saved_together(book: Casebook) -> None:
    """The current value is the default; blank clears; one entry in the history."""
    changed, terminal = run(book, "手机", "13900000000", "生源", "", "", "是")
    assert changed == ["手机号码", "生源地"]
    assert terminal.prompts[1].default == "13800000000"
    assert (the_case(book).value("手机号码"), the_case(book).value("生源地")) == ("13900000000", None)
    assert "手机号码：13800000000 → 13900000000" in "\n".join(terminal.said)


def test_nothing_changed_asks_nothing_more(book: Casebook) -> None:
    """Keeping every value is no change."""
    assert run(book, "手机", KEEP, "")[0] == []
    assert run(book, "")[0] == []


def test_the_summary_leads_back_to_more_changes(book: Casebook) -> None:
    """``<`` at a field leaves it alone, at the summary goes on changing."""
    replies = ("手机", Move.BACK, "生源", "绍兴", "", Move.BACK, "班级", "1081", "", "是")
    assert run(book, *replies)[0] == ["生源地", "班级"]


def test_why_shows_the_clause(book: Casebook) -> None:
    """``?`` cites, and the question comes again."""
    changed, terminal = run(book, "民族", Move.WHY, "满", "", "是")
    assert changed == ["民族"]
    assert "少数民族学生" in "\n".join(terminal.said)


def test_secret_values_are_never_shown(book: Casebook) -> None:
    """Blank keeps the ID number, 不详 clears it; it stands nowhere on the screen."""
    changed, terminal = run(book, "身份证", "", "身份证", "不详", "", "是")
    assert changed == ["身份证号"]
    shown = [*terminal.said, *(f"{p.hint}{p.default}{dict(p.remarks)}" for p in terminal.prompts)]
    assert WOMAN not in "\n".join(shown)


def test_what_cannot_stand_is_said_at_saving(book: Casebook) -> None:
    """A contradiction is mended without losing the other changes."""
    replies = ("性别", "男", "手机", "13900000000", "", "是", "身份证", MAN, "", "是")
    changed, terminal = run(book, *replies)
    assert "性别与身份证号矛盾" in "\n".join(terminal.said)
    assert changed == ["性别", "手机号码", "身份证号"]


def test_a_number_of_somebody_else_is_refused_at_once(book: Casebook, student: Callable[..., str]) -> None:
    """One's own number is no collision."""
    student("10800002")
    changed, terminal = run(book, "学号", "10800002", "10800003", "", "是")
    assert changed == ["学号"]
    assert "已登记" in terminal.said[0]


def test_leaving_keeps_the_changes_for_the_next_time(book: Casebook) -> None:
    """They are offered again for this case."""
    with pytest.raises(CancelledError, match="草稿"):
        run(book, "手机", "13900000000", None)
    assert run(book, "是", "", "是")[0] == ["手机号码"]


def test_leaving_without_a_change_leaves_nothing(book: Casebook) -> None:
    """No draft, no question the next time."""
    with pytest.raises(CancelledError, match="没有写入"):
        run(book, "手机", None)
    assert run(book, "")[0] == []


def test_saying_no_throws_the_changes_away(book: Casebook) -> None:
    """Nothing is written, and the next sitting starts from what is on record."""
    with pytest.raises(ConfirmationError, match="没有保存"):
        run(book, "手机", "13900000000", "", "否")
    assert run(book, "")[0] == []
    assert the_case(book).value("手机号码") == "13800000000"
