"""Ctrl-C at any moment: the store is as before or as after, and no half file stands about."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from tests.conftest import Assist
from tests.intake.builders import HEADER, students, write_xlsx

INTERRUPTED = 130
ROOMS = tuple(str(Path(__file__).parents[2] / room) for room in ("assistcli", "store"))
MOMENTS = 12
COUNT = 30
# Python drops a signal that comes while a half-used generator, an index or open segments are put away:
# that run goes on.
PUT_AWAY = (
    "ignore:Exception ignored in. <(generator|function (Index|OpenSegments).__del__)"
    ":pytest.PytestUnraisableExceptionWarning"
)


@contextmanager
def counted(act: Callable[[int], None]) -> Iterator[None]:
    """Calls *act* with the number of each call of a function of the program."""
    number = 0

    def look(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal number
        if event == "call" and frame.f_code.co_filename.startswith(ROOMS):
            number += 1
            act(number)

    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(None)


def interrupt_at(moment: int) -> Callable[[int], None]:
    """Sends the signal of Ctrl-C at one of the calls."""

    def act(number: int) -> None:
        if number == moment:
            signal.raise_signal(signal.SIGINT)

    return act


def calls_of(command: Callable[[], object]) -> int:
    """How many calls one whole run of *command* makes."""
    last = 0

    def note(number: int) -> None:
        nonlocal last
        last = number

    with counted(note):
        command()
    return last


def code_of(command: Callable[[], int]) -> int:
    """The exit code of *command*, interrupted before or after it could say so itself too."""
    try:
        return command()
    except KeyboardInterrupt:
        return INTERRUPTED


def moments(calls: int) -> list[int]:
    """Moments spread over a run, its last calls among them."""
    spread = [1 + calls * place // MOMENTS for place in range(MOMENTS)]
    return [*spread, *(calls - back for back in (2, 5, 10, 20, 40, 80))]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.filterwarnings(PUT_AWAY)
@pytest.mark.parametrize("wrong", [False, True], ids=["sound list", "list with an error"])
def test_an_import_is_whole_or_not_at_all(assist: Assist, store: Path, tmp_path: Path, wrong: bool) -> None:
    """All rows or none, the marked copy whole or not there, nothing left in the clerk's folder."""
    folder = tmp_path / "名单"
    folder.mkdir()
    rows = [HEADER, *students(COUNT)]
    if wrong:
        rows[5][5] = "330106199103041234"
    path = write_xlsx(folder / "a.xlsx", rows)
    marked = folder / "a.有错.xlsx"
    words = ("import", str(path), *(("--partial",) if wrong else ()))
    whole = COUNT - wrong

    def once() -> int:
        return code_of(lambda: assist(*words, code=None).code)

    calls = calls_of(once)
    expected = once()
    for moment in moments(calls):
        while len(assist("list", "--json").json):
            assist("undo")
        marked.unlink(missing_ok=True)
        with counted(interrupt_at(moment)):
            code = once()
        assert code in {INTERRUPTED, expected, 3 * wrong}, moment
        assert len(assist("list", "--json").json) in {0, whole}, moment
        assert assist("doctor", "--json").json["ok"], moment
        assert {left.name for left in folder.iterdir()} <= {path.name, marked.name}, moment
        assert not list((store / "tmp").iterdir()), moment
        if marked.exists():
            assert assist("import", str(marked), "--dry-run", "--json", code=None).json["read"] == COUNT


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.filterwarnings(PUT_AWAY)
@pytest.mark.parametrize("words", [("export", "--out"), ("template", "--out")], ids=["export", "template"])
def test_a_file_is_whole_or_not_there(
    assist: Assist, store: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    assist("import", str(write_xlsx(tmp_path / "a.xlsx", [HEADER, *students(COUNT)])))
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "b.xlsx"
    assist(*words, str(folder / "before.xlsx"))  # what is read only once in a process is read by now
    (folder / "before.xlsx").unlink()
    calls = calls_of(lambda: assist(*words, str(target)))
    size = target.stat().st_size
    for moment in moments(calls):
        target.unlink(missing_ok=True)
        with counted(interrupt_at(moment)):
            code = code_of(lambda: assist(*words, str(target), code=None).code)
        assert code in {INTERRUPTED, 0}, moment
        left = list(folder.iterdir())
        assert left in ([], [target]), moment
        assert not left or abs(target.stat().st_size - size) < 100, moment
