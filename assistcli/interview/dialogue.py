"""Talking with a person: prompts, moves, jumps, and short series of questions. Knows no prompting library."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Protocol

from assistcli.errors import DataRejectedError
from assistcli.interview.questions import YES_NO, pick
from assistcli.values import NO_WORDS, YES_WORDS, clean_text, fold_text


class Move(Enum):
    """What a person may type in the place of an answer."""

    BACK = "<"
    WHY = "?"


@dataclass(frozen=True, slots=True)
class Jump:
    """``>班级`` or ``>8`` in the place of an answer: the question to go to, by its name."""

    to: str


Reply = str | Move | Jump
JUMP = ">"
LISTED_JUMPS = 40


def settle_plain(text: str) -> str:
    """*text* without control characters, on one line."""
    return clean_text(text.replace("\r", "\n").replace("\n", " "))


def settle_yes_no(text: str) -> str:
    """是 or 否, however *text* says it.

    Raises:
        DataRejectedError: it says neither.
    """
    word = fold_text(text)
    if word in YES_WORDS:
        return YES_NO[0]
    if word in NO_WORDS:
        return YES_NO[1]
    raise DataRejectedError("请答 是 或 否")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One line to be typed: its number, the question, the old answer, the listed ones, and what is taken.

    ``remarks`` stand beside the listed answers and are searched as well. ``jumps`` names the questions that
    can be jumped to, in the order of their numbers. ``pasted`` says that several lines may be pasted at once.
    """

    words: str
    mark: str = "?"
    hint: str = ""
    default: str = ""
    choices: Sequence[str] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)
    settle: Callable[[str], str] = settle_plain
    keys: str = "< 或 Shift-Tab 上一题"
    jumps: Sequence[str] = ()
    pasted: bool = False


class Terminal(Protocol):
    """Where questions are put."""

    def ask(self, prompt: Prompt) -> Reply:
        """The settled answer to *prompt*, a move, or a jump."""
        ...

    def say(self, text: str) -> None:
        """Show *text*."""
        ...


def read_move(prompt: Prompt, text: str) -> Move | Jump | None:
    """The move or jump that *text* is in the place of an answer; ``None`` where it is an answer.

    Raises:
        DataRejectedError: it jumps to a question that is not there.
    """
    folded = fold_text(text)
    if move := next((move for move in Move if move.value == folded), None):
        return move
    if prompt.jumps and folded.startswith(JUMP):
        return Jump(find_jump(prompt.jumps, folded.removeprefix(JUMP)))
    return None


def read_reply(prompt: Prompt, text: str) -> Reply:
    """What *text* means at *prompt*: a move, a jump, or a settled answer.

    Raises:
        DataRejectedError: it does not fit; the message says what would.
    """
    return read_move(prompt, text) or prompt.settle(text)


def find_jump(names: Sequence[str], wanted: str) -> str:
    """The one of *names* that *wanted* is the number or a part of.

    Raises:
        DataRejectedError: none is, or nothing is wanted; the message lists them with their numbers.
    """
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    if not wanted or wanted.isdecimal():
        listed = "、".join(f"{number} {name}" for number, name in enumerate(names[:LISTED_JUMPS], 1))
        raise DataRejectedError(f"可跳到（输入 > 和编号或名称）：{listed}")
    return pick(names, wanted)


def ask_series(
    terminal: Terminal, prompts: Sequence[Prompt], given: Sequence[str], keep: Callable[[Sequence[str]], None]
) -> list[str]:
    """The answers to *prompts*, one after the other, after those *given* already; ``<`` goes back to one.

    *keep* is told the answers after each of them.
    """
    answers = list(given)
    kept = [*given, *(prompt.default for prompt in prompts[len(given) :])]
    while len(answers) < len(prompts):
        at = len(answers)
        reply = terminal.ask(replace(prompts[at], default=kept[at]))
        if isinstance(reply, str):
            kept[at] = reply
            answers.append(reply)
            keep(answers)
        elif reply is Move.BACK and answers:
            answers.pop()
    return answers


def confirm(terminal: Terminal, words: str, default: str = "") -> bool:
    """Whether the person says 是 to *words*."""
    prompt = Prompt(
        words=words, hint="（是/否）", default=default, choices=YES_NO, settle=settle_yes_no, keys=""
    )
    reply: Reply = Move.BACK
    while not isinstance(reply, str):
        reply = terminal.ask(prompt)
    return reply == YES_NO[0]
