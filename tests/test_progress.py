"""The bar on a terminal: only there, only for long work, gone when the work is done."""

import io

import pytest

from assistcli import progress


class Screen(io.StringIO):
    """A terminal that keeps what was drawn."""

    def isatty(self) -> bool:
        """Yes, somebody is looking."""
        return True


def look(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A terminal as standard error, with a clock that runs half a second per look."""
    shown, clock = Screen(), iter(range(1_000))
    monkeypatch.setattr("sys.stderr", shown)
    monkeypatch.setattr("assistcli.progress.time.monotonic", lambda: next(clock) / 2)
    return shown


def test_long_work_is_told_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a second a bar, at the end a clean line; every item comes through."""
    screen = look(monkeypatch)
    assert list(progress.watch(range(10), "生成")) == list(range(10))
    drawn = screen.getvalue()
    assert "生成 [" in drawn
    assert "0/10" not in drawn
    assert drawn.endswith("\r\x1b[K")


def test_short_work_and_scripts_see_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing within the first second; nothing at all where standard error is no terminal."""
    screen = look(monkeypatch)
    assert list(progress.watch([1], "生成")) == [1]
    assert screen.getvalue() == ""
    quiet = io.StringIO()
    monkeypatch.setattr("sys.stderr", quiet)
    assert list(progress.watch(range(100), "生成")) == list(range(100))
    assert quiet.getvalue() == ""


def test_the_bar_goes_when_the_work_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves a clean line."""
    screen = look(monkeypatch)
    watching = progress.watch(range(10), "生成")
    for _ in range(5):
        next(watching)
    assert not screen.getvalue().endswith("\x1b[K")
    watching.close()  # type: ignore[attr-defined]
    assert screen.getvalue().endswith("\r\x1b[K")


def test_what_has_no_measure_is_announced_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice says nothing while it works."""
    screen = look(monkeypatch)
    progress.announce("正在转 PDF")
    assert screen.getvalue() == "正在转 PDF\n"
    quiet = io.StringIO()
    monkeypatch.setattr("sys.stderr", quiet)
    progress.announce("正在转 PDF")
    assert quiet.getvalue() == ""


def test_a_walk_of_unknown_length_tells_how_many_were_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows the end, so the count stands there; every item comes through, the line is wiped."""
    screen = look(monkeypatch)
    assert list(progress.count_on(iter(range(10)), "比较")) == list(range(10))
    drawn = screen.getvalue()
    assert "比较 已看 5……" in drawn
    assert drawn.endswith("\r\x1b[K")


def test_a_short_walk_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing within the first second."""
    screen = look(monkeypatch)
    assert list(progress.count_on([1], "比较")) == [1]
    assert screen.getvalue() == ""
