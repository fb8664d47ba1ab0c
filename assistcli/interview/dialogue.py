"""Talking with a person: prompts, moves, and short series of questions. Knows no prompting library."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Protocol

from assistcli.errors import DataRejectedError
from assistcli.interview.questions import YES_NO
from assistcli.values import NO_WORDS, YES_WORDS, clean_text, fold_text


class Move(Enum):
    """What a person may type in the place of an answer."""

    BACK = "<"
    WHY = "?"


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

    ``remarks`` stand beside the listed answers and are searched as well.
    """

    words: str
    mark: str = "?"
    hint: str = ""
    default: str = ""
    choices: Sequence[str] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)
    settle: Callable[[str], str] = settle_plain
    keys: str = "< 或 Shift-Tab 上一题"


class Terminal(Protocol):
    """Where questions are put."""

    def ask(self, prompt: Prompt) -> str | Move:
        """The settled answer to *prompt*, or a move."""
        ...

    def say(self, text: str) -> None:
        """Show *text*."""
        ...


def ask_series(terminal: Terminal, prompts: Sequence[Prompt]) -> list[str]:
    """The answers to *prompts*, one after the other; ``<`` goes back to the one before."""
    answers: list[str] = []
    kept = [prompt.default for prompt in prompts]
    while len(answers) < len(prompts):
        at = len(answers)
        reply = terminal.ask(replace(prompts[at], default=kept[at]))
        if isinstance(reply, str):
            kept[at] = reply
            answers.append(reply)
        elif reply is Move.BACK and answers:
            answers.pop()
    return answers


def confirm(terminal: Terminal, words: str, default: str = "") -> bool:
    """Whether the person says 是 to *words*."""
    prompt = Prompt(
        words=words, hint="（是/否）", default=default, choices=YES_NO, settle=settle_yes_no, keys=""
    )
    reply: str | Move = Move.BACK
    while isinstance(reply, Move):
        reply = terminal.ask(prompt)
    return reply == YES_NO[0]
