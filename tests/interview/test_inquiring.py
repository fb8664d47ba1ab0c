"""``check --ask`` asks just what the verdicts hang on, settling most with each question."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from assistcli.book.casebook import open_casebook
from assistcli.context import Context
from assistcli.desk.assessment import Assessor
from assistcli.interview.dialogue import Move, Prompt
from assistcli.interview.inquiring import ask_missing
from tests.conftest import Assist


class Desk:
    """A person who answers from a list and remembers what was asked."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.told: list[str] = []

    def ask(self, prompt: Prompt) -> str | Move:
        """The answer that the list has for the prompt."""
        name = next(name for name in self.answers if name in prompt.words)
        self.asked.append(name)
        return prompt.settle(self.answers[name])

    def say(self, text: str) -> None:
        """Hear what is said."""
        self.told.append(text)


def ask(store: Path, number: str, desk: Desk) -> list[str]:
    """The verdicts on the case once *desk* was asked."""
    book = open_casebook(Context(store=store, today=date(2013, 6, 1)))
    assessor = Assessor(book)
    case = book.case(number)
    changed = ask_missing(book, assessor.judge(case), case, desk, "李老师")
    assert book.case(number).facts.keys() == changed.facts.keys()
    return [verdict.verdict for verdict in assessor.verdicts(changed)]


def test_one_answer_may_settle_everything(store: Path, student: Callable[..., str]) -> None:
    """就业能力特别弱 = 否 refuses every category: nothing else is asked."""
    desk = Desk(就业能力特别弱="否")
    assert ask(store, student("10800001"), desk) == ["not_eligible"] * 6
    assert desk.asked == ["就业能力特别弱"]


def test_only_what_is_still_open_is_asked(assist: Assist, store: Path, student: Callable[..., str]) -> None:
    number = student(
        "10800002", 就业能力特别弱="是", 贫困生等级="特别困难", 民族="汉族", 单亲家庭="否", 学业困难="否"
    )
    desk = Desk(身心有缺陷="否", 灾害地区="是", 突发性事件="否")
    verdicts = ask(store, number, desk)
    assert "unknown" not in verdicts
    assert sorted(desk.asked) == ["灾害地区", "身心有缺陷"]
    assert desk.told[-1] == f"已登记：{'、'.join(desk.asked)}；撤销一项：assist undo"
    assert "提问" in assist("show", number).stdout


def test_what_a_person_does_not_know_is_asked_once(store: Path, student: Callable[..., str]) -> None:
    desk = Desk(就业能力特别弱="", 贫困生等级="", 民族="", 身心="", 单亲="", 灾害="", 突发="", 学业="")
    assert "unknown" in ask(store, student("10800003"), desk)
    assert len(desk.asked) == len(set(desk.asked))
