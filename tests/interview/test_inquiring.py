"""``check --ask`` asks just what the verdicts hang on, settling most with each question."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistcli.book.casebook import open_casebook
from assistcli.context import Context
from assistcli.desk.assessment import Assessor
from assistcli.errors import CancelledError
from assistcli.interview.dialogue import Move, Prompt
from assistcli.interview.hearing import hearing_lines
from assistcli.interview.inquiring import ask_missing
from tests.conftest import Assist

LEAVE, STOP = "Ctrl-C", "<"


class Desk:
    """A person who answers from a list and remembers what was asked."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.told: list[str] = []
        self.closing: list[str] = []

    def ask(self, prompt: Prompt) -> str | Move:
        """The answer that the list has for the prompt."""
        name = next(name for name in self.answers if name in prompt.words)
        if self.answers[name] in {LEAVE, STOP}:
            if self.answers[name] == LEAVE:
                raise CancelledError("已中断，没有写入")
            return Move.BACK
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
    hearing = ask_missing(book, assessor.judge(case), case, desk, "李老师")
    changed = hearing.case
    desk.closing = hearing_lines(hearing, assessor.verdicts(changed), assessor.pack(changed))
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
    assert desk.asked == ["身心有缺陷", "灾害地区"]
    assert desk.closing[1:] == [
        "提问到此结束：甲同学",
        "  已写入 2 项：身心有缺陷、灾害地区 是（最后一项写错了：assist undo）",
        "  结论：符合 A、B4；不符合 B1、B2、B3、B5",
        "  下一步：打印申请表 assist form approval 10800002",
    ]
    assert "提问" in assist("show", number).stdout


def test_what_a_person_does_not_know_is_asked_once(store: Path, student: Callable[..., str]) -> None:
    desk = Desk(就业能力特别弱="", 贫困生等级="", 民族="", 身心="", 单亲="", 灾害="", 突发="", 学业="")
    assert "unknown" in ask(store, student("10800003"), desk)
    assert len(desk.asked) == len(set(desk.asked))
    assert desk.closing[2] == "  没有写入"
    assert desk.closing[3] == f"  答不知道、没有写入：{'、'.join(known(desk.asked))}"
    assert desk.closing[-1].startswith("  下一步：问明后登记 assist edit 10800003 --set ")


def known(asked: list[str]) -> list[str]:
    """The full names of what was *asked*."""
    full = ("身心有缺陷", "单亲家庭", "灾害地区", "突发性事件", "学业困难")
    return [next((name for name in full if name.startswith(start)), start) for start in asked]


def test_who_stops_is_told_what_stands_and_how_to_go_on(store: Path, student: Callable[..., str]) -> None:
    """< leaves the rest open: what is written, what was not asked, the verdicts so far, the command."""
    facts = {"贫困生等级": "特别困难", "民族": "汉族", "单亲家庭": "否", "学业困难": "否"}
    number = student("10800004", 就业能力特别弱="是", **facts)
    desk = Desk(身心有缺陷="否", 灾害地区=STOP, 突发性事件=STOP)
    ask(store, number, desk)
    assert desk.closing[1] == "提问到此停止：甲同学"
    assert "已写入 1 项：身心有缺陷（" in desk.closing[2]
    assert desk.closing[3] == "  没有问到：灾害地区、突发性事件"
    assert "待核实 B4" in desk.closing[4]
    assert desk.closing[5] == "  下一步：接着问 assist check 10800004 --ask"


def test_who_breaks_off_is_told_what_was_written(store: Path, student: Callable[..., str]) -> None:
    """Ctrl-C after an answer must not say that nothing was written."""
    number = student(
        "10800005", 就业能力特别弱="是", 贫困生等级="特别困难", 民族="汉族", 单亲家庭="否", 学业困难="否"
    )
    with pytest.raises(CancelledError, match=r"已写入：身心有缺陷。接着问：assist .*check 10800005 --ask"):
        ask(store, number, Desk(身心有缺陷="否", 灾害地区=LEAVE, 突发性事件=LEAVE))
    with pytest.raises(CancelledError, match="没有写入"):
        ask(store, number, Desk(灾害地区=LEAVE, 突发性事件=LEAVE))
