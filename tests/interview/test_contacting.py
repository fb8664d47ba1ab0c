"""Logging a contact by questions: what is asked, refused at once, and kept."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.context import Context
from assistcli.desk.logbook import contact_rule
from assistcli.errors import CancelledError
from assistcli.interview.contacting import ContactScript, Stated, ask_contact
from assistcli.interview.dialogue import Move
from assistcli.interview.drafts import kept_drafts
from tests.interview.scripted import KEEP, ScriptedTerminal

TODAY = date(2013, 6, 1)
Student = Callable[..., str]
FULL = ("电", "岗位", "谈面试", KEEP, "2013.6.17")


@pytest.fixture
def book(store: Path, student: Student) -> Casebook:
    """The casebook of a store with one student."""
    student("10800001")
    return open_casebook(Context(store=store, today=TODAY))


def run(
    book: Casebook, *replies: str | Move | None, **stated: str
) -> tuple[Mapping[str, str], ScriptedTerminal]:
    """The answers that *replies* come to, and the terminal they were given at."""
    terminal, saved = ScriptedTerminal(*replies), list[Mapping[str, str]]()
    case = book.case("10800001")
    pack = book.pack(case.pack)
    script = ContactScript(pack, contact_rule(book, pack), Stated(answers=stated, today=TODAY))
    ask_contact(book, terminal, [case], script, saved.append)
    assert terminal.used_up
    return saved[0], terminal


def test_five_questions_and_a_summary(book: Casebook) -> None:
    """Parts of words and any form of a date are understood; today is proposed."""
    answers, terminal = run(book, *FULL, "是")
    assert answers == {
        "渠道": "电话", "种类": "岗位推荐", "内容": "谈面试",
        "联系日期": "2013-06-01", "下次联系": "2013-06-17",
    }  # fmt: skip
    assert terminal.prompts[3].default == "2013-06-01"


def test_what_was_stated_is_not_asked(book: Casebook) -> None:
    """Only the rest is."""
    answers, terminal = run(book, "面谈", "", KEEP, "", "是", 种类="岗位推荐")
    assert answers == {"渠道": "面谈", "联系日期": "2013-06-01"}
    assert "服务种类" not in terminal.asked()


def test_a_next_date_before_the_contact_is_refused_at_its_question(book: Casebook) -> None:
    """Not after the last one; also against a day that was stated."""
    _, terminal = run(book, "电", "岗位", "", KEEP, "2013-05-31", "2013-06-01", "是")
    assert "早于本次 2013-06-01" in terminal.said[0]
    _, terminal = run(book, "电", "岗位", "", "2013-06-02", "2013-06-03", "是", 联系日期="2013-06-03")
    assert "早于本次 2013-06-03" in terminal.said[0]
    assert terminal.asked().count("约定的下次联系日期") == 1


def test_a_day_moved_behind_the_next_date_asks_for_that_again(book: Casebook) -> None:
    """The two are never both kept as they were."""
    answers, terminal = run(book, *FULL, ">联系日期", "2013-06-20", "2013-06-21", "是")
    assert "下次联系日 2013-06-17 早于本次 2013-06-20" in "\n".join(terminal.said)
    assert answers["下次联系"] == "2013-06-21"


def test_a_day_to_come_is_warned_of(book: Casebook) -> None:
    """It counts from that day on."""
    _, terminal = run(book, "电", "岗位", "", "2013-06-02", "", "是")
    assert "2013-06-02 晚于今天" in "\n".join(terminal.said)


@pytest.mark.parametrize(("place", "word"), [(0, "渠道：电话"), (1, "心理辅导"), (4, "四、1")])
def test_why_shows_the_notice(book: Casebook, place: int, word: str) -> None:
    """「?」 is understood at each question, in place of the answer."""
    _, terminal = run(book, *FULL[:place], Move.WHY, *FULL[place:], "是")
    assert word in "\n".join(terminal.said)


@pytest.mark.parametrize("count", range(1, len(FULL) + 1))
def test_leaving_at_any_question_keeps_all_answers_so_far(book: Casebook, count: int) -> None:
    """The draft bears the name of the case, and goes on where it stopped."""
    with pytest.raises(CancelledError, match="assist log 10800001"):
        run(book, *FULL[:count], None)
    assert [file.name for file in kept_drafts(book.folder)] == [f"log.{book.case('10800001').id}"]
    answers, terminal = run(book, "是", *FULL[count:], "是")
    assert "甲同学" in terminal.asked()[0]
    assert answers["下次联系"] == "2013-06-17"
    assert not list(kept_drafts(book.folder))
