"""Single prompts, typed key by key into prompt_toolkit's own pipe."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from assistcli.errors import CancelledError, UsageError
from assistcli.interview.dialogue import Jump, Move, Prompt
from assistcli.interview.questions import case_questions
from assistcli.policy.pack import load_pack
from assistcli.prompts import Matches, PersonTerminal, confirm

ENTER, SHIFT_TAB, DOWN, BACKSPACE, END = "\r", "\x1b[Z", "\x1b[B", "\x7f", "\x1b[F"
CTRL_C, CTRL_D, CTRL_U, CTRL_Z = "\x03", "\x04", "\x15", "\x1a"
PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"

QUESTIONS = {question.name: question for question in case_questions(load_pack("zust-2013"))}

Keys = Callable[[str], None]


@pytest.fixture
def keys() -> Iterator[Keys]:
    """A function that types keys ahead and closes the input: a prompt that wants more ends, not hangs."""
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):

        def type_in(text: str) -> None:
            pipe.send_text(text)
            pipe.close()

        yield type_in


def prompt(name: str, default: str = "") -> Prompt:
    """The prompt for field *name*."""
    question = QUESTIONS[name]
    return Prompt(words=question.words, default=default, choices=question.choices, settle=question.settle)


@pytest.mark.parametrize(
    ("name", "typed", "answer"),
    [
        ("姓名", "张三", "张三"),
        ("姓名", f"张{CTRL_Z}三", "张三"),
        ("申请理由", f"{PASTE}家中\r\n变故{PASTE_END}", "家中  变故"),
        ("民族", "满", "满族"),
        ("民族", "维吾", "维吾尔族"),
        ("民族", "", ""),
        ("民族", DOWN + DOWN, "蒙古族"),
        ("全日制", "是", "是"),
        ("全日制", "√", "是"),
        ("全日制", "Ｎ", "否"),
        ("毕业年份", "２０１３", "2013"),
    ],
)
def test_what_is_typed_is_taken(keys: Keys, name: str, typed: str, answer: str) -> None:
    """Also full-width digits, marks, parts of a listed word, and pasted lines; blank is unknown."""
    keys(typed + ENTER)
    assert PersonTerminal().ask(prompt(name)) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "张三"),
        ("李晓明", "李晓明"),
        (END + "丰", "张三丰"),
        (BACKSPACE + "李", "李"),
        (CTRL_U + "李", "李"),
        (f"{PASTE}李晓明\n{PASTE_END}", "李晓明"),
    ],
)
def test_the_old_answer_is_kept_replaced_or_mended(keys: Keys, typed: str, answer: str) -> None:
    """Enter keeps it, typing replaces it as in any Windows field, an arrow key lets it be mended."""
    keys(typed + ENTER)
    assert PersonTerminal().ask(prompt("姓名", "张三")) == answer


def test_backspace_makes_an_answer_unknown_again(keys: Keys) -> None:
    """The old answer goes as a whole."""
    keys(BACKSPACE + ENTER)
    assert PersonTerminal().ask(prompt("民族", "满族")) == ""


@pytest.mark.parametrize(
    ("typed", "move"),
    [
        (f"<{ENTER}", Move.BACK),
        (f"＜{ENTER}", Move.BACK),
        (SHIFT_TAB, Move.BACK),
        (f"?{ENTER}", Move.WHY),
        (f"？{ENTER}", Move.WHY),
    ],
)
@pytest.mark.parametrize(("name", "old"), [("姓名", ""), ("姓名", "张三"), ("民族", ""), ("民族", "满族")])
def test_moves_are_understood_at_any_prompt(keys: Keys, typed: str, move: Move, name: str, old: str) -> None:
    """Half and full width, with and without an old answer, in lists and in plain lines."""
    keys(typed)
    assert PersonTerminal().ask(prompt(name, old)) is move


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("before", ["", "张"])
def test_leaving_is_an_error_of_its_own(keys: Keys, key: str, before: str) -> None:
    """Ctrl-C and Ctrl-D leave, whatever was typed."""
    keys(before + key)
    with pytest.raises(CancelledError):
        PersonTerminal().ask(prompt("姓名"))


@pytest.mark.parametrize(
    ("name", "wrong", "right", "answer"),
    [("民族", "族", "回", "回族"), ("民族", "火星", "", ""), ("姓名", "", "张三", "张三")],
)
def test_what_does_not_fit_is_asked_again(keys: Keys, name: str, wrong: str, right: str, answer: str) -> None:
    """Several matches are no answer, and never the first of them."""
    keys(wrong + ENTER + right + ENTER)
    assert PersonTerminal().ask(prompt(name)) == answer


@pytest.mark.parametrize(
    ("typed", "whole_list", "count"),
    [("", False, 58), ("尔", False, 4), ("汉族", False, 1), ("汉族", True, 58)],
)
def test_the_list_shows_what_matches(typed: str, whole_list: bool, count: int) -> None:
    """Chinese letters filter anywhere in the word; asking for the list beside an answer shows it whole."""
    event = CompleteEvent(completion_requested=whole_list, text_inserted=not whole_list)
    assert len(list(Matches(prompt("民族")).get_completions(Document(typed), event))) == count


def test_a_window_that_can_draw_no_question_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a Windows window without a console's screen buffer; never a traceback."""

    def no_screen_buffer(_session: object) -> None:
        raise OSError

    monkeypatch.setattr("prompt_toolkit.application.current.AppSession.output", property(no_screen_buffer))
    with pytest.raises(UsageError, match="--set 字段=值"):
        PersonTerminal()


@pytest.mark.parametrize(
    ("typed", "answer"), [("hanzu", "汉族"), ("mz", ""), ("menggu", "蒙古族"), ("WWEZ", "维吾尔族")]
)
def test_pinyin_answers_a_list(keys: Keys, typed: str, answer: str) -> None:
    """One match is the answer; of several (满族 and 苗族 …) none is, and it is asked again."""
    keys(typed + ENTER + ENTER)
    assert PersonTerminal().ask(prompt("民族")) == answer


@pytest.mark.parametrize("typed", [">班级", "＞班级", ">bj"])
def test_a_jump_is_understood_at_any_prompt(keys: Keys, typed: str) -> None:
    """In a plain line and in a list, with the name whole, or spelt."""
    keys(typed + ENTER)
    asked = replace(prompt("民族"), jumps=("学号", "班级"))
    assert PersonTerminal().ask(asked) == Jump("班级")


def test_jumps_are_listed_while_typed() -> None:
    """Behind the sign the names of the questions are listed, not the answers."""
    asked = replace(prompt("民族"), jumps=("学号", "班级"))
    event = CompleteEvent(text_inserted=True)
    found = Matches(asked).get_completions(Document(">b"), event)
    assert [completion.text for completion in found] == [">班级"]


def test_lines_pasted_from_a_spreadsheet_keep_their_cells(keys: Keys) -> None:
    """Tabs and line ends come through where lines are asked for; a typed tab is one too."""
    keys(f"{PASTE}1\t张三\r\n2\t李晓明\r\n{PASTE_END}{ENTER}")
    asked = Prompt(words="行", settle=lambda text: text, pasted=True)
    assert PersonTerminal().ask(asked) == "1\t张三\n2\t李晓明"


def test_a_typed_tab_parts_cells(keys: Keys) -> None:
    """As in the spreadsheet."""
    keys(f"1\t张三{ENTER}")
    asked = Prompt(words="行", settle=lambda text: text, pasted=True)
    assert PersonTerminal().ask(asked) == "1\t张三"


@pytest.mark.parametrize(
    ("typed", "answer"), [("是", True), ("y", True), ("否", False), (f"也许{ENTER}n", False), ("＜\r√", True)]
)
def test_confirming_takes_chinese_answers(keys: Keys, typed: str, answer: bool) -> None:
    """是, 否, y, n and marks; anything else is asked again."""
    keys(typed + ENTER)
    assert confirm("删除吗？") is answer
