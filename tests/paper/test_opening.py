"""A file is opened by the system's own means, without a word on the terminal."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistcli.paper.opening import open_file


class Opener:
    """Stands for the system's opener: how its call ends."""

    def __init__(self, ends: int | Exception) -> None:
        self._ends = ends
        self.calls: list[tuple[list[Any], dict[str, Any]]] = []

    def __call__(self, command: list[Any], **options: Any) -> "Opener":
        """Start the program."""
        self.calls.append((command, options))
        if isinstance(self._ends, OSError):
            raise self._ends
        return self

    def wait(self, seconds: float) -> int:
        """The exit code, or that it still runs after *seconds*."""
        if isinstance(self._ends, Exception):
            raise self._ends
        return self._ends


@pytest.mark.parametrize("platform", ["linux", "darwin"])
@pytest.mark.parametrize(
    ("ends", "opened"),
    [(0, True), (3, False), (subprocess.TimeoutExpired("x", 3), True), (FileNotFoundError("x"), False)],
)
def test_whether_a_file_was_opened_is_known(
    monkeypatch: pytest.MonkeyPatch, platform: str, ends: int | Exception, opened: bool
) -> None:
    """One that still runs shows the file; one that is not there shows nothing."""
    opener = Opener(ends)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(subprocess, "Popen", opener)
    assert open_file(Path("表.docx")) is opened
    [(command, options)] = opener.calls
    assert command == ["open" if platform == "darwin" else "xdg-open", Path("表.docx")]
    assert options["stderr"] == options["stdout"] == options["stdin"] == subprocess.DEVNULL


@pytest.mark.parametrize(("fails", "opened"), [(None, True), (OSError("no program"), False)])
def test_on_windows_the_system_is_asked_itself(
    monkeypatch: pytest.MonkeyPatch, fails: OSError | None, opened: bool
) -> None:
    """``start`` is a word of the shell there: as a program it is never found."""
    asked: list[Path] = []

    def startfile(path: Path) -> None:
        asked.append(path)
        if fails:
            raise fails

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("os.startfile", startfile, raising=False)
    assert open_file(Path("表.docx")) is opened
    assert asked == [Path("表.docx")]
