"""The program on pseudo-terminals of its own, for tests of keys, signals and kills."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY

pexpect = pytest.importorskip("pexpect")

Start = Callable[..., Any]
GO_ON = "继续上次未完成的"


def starter(folder: Path) -> Iterator[Start]:
    """A function that starts the program in *folder* on a terminal of its own; all end with the test."""
    running = []
    told = {
        "TERM": "xterm",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PROMPT_TOOLKIT_NO_CPR": "1",
        "ASSIST_TODAY": TODAY,
        "XDG_DATA_HOME": str(folder / "home"),
    }

    def begin(*arguments: str, **environment: str) -> Any:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "assistcli", *arguments],
            env={**os.environ, **told, **environment},
            encoding="utf-8",
            dimensions=(40, 120),
            timeout=60,
            cwd=str(folder),
        )
        running.append(child)
        return child

    yield begin
    for child in running:
        child.close(force=True)


def answer(child: Any, question: str, text: str) -> None:
    """Wait for *question*, then type *text* and Enter."""
    child.expect_exact(question)
    child.send(text + "\r")


def finish(child: Any, words: str) -> int:
    """Wait for *words* and the end; returns the exit code."""
    child.expect_exact(words)
    child.expect(pexpect.EOF)
    child.close()
    code: int = child.exitstatus
    return code


def kill(child: Any, question: str) -> None:
    """Wait for *question*, begin an answer, and end the program as a power cut does."""
    child.expect_exact(question)
    child.send("半")
    child.kill(signal.SIGKILL)
    child.expect(pexpect.EOF)


def kill_at_each(begin: Callable[[], Any], steps: Sequence[tuple[str, str]], last: str) -> Any:
    """A run that stands at *last* after a kill at each of *steps* (question, answer), resumed each time."""
    kill(begin(), steps[0][0])
    for number, (question, text) in enumerate(steps):
        child = begin()
        if number:
            answer(child, GO_ON, "是")
        answer(child, question, text)
        kill(child, steps[number + 1][0] if number + 1 < len(steps) else last)
    child = begin()
    answer(child, GO_ON, "是")
    return child
