"""SIGKILL at a random moment over every writing command; then the store is as before or as after.

    python -m tests.endurance.command_kills --count 2000

Each round forks this warm process, runs one real command in the child and kills it after a random pause. What
the child reported done must be there; what it did not must be there whole or not at all; nothing may be left
over after the next start. POSIX only.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.cli import run
from assistcli.context import Context
from store.doctor import check_store

TODAY = "2013-06-01"
LONGEST_PAUSE = 0.05
ROWS = 6
SOMEBODY = "10800001"
Seen = Callable[[Casebook], int]


@dataclass(frozen=True)
class Round:
    """One command and how to count its traces: none, or *whole* of them."""

    words: tuple[str, ...]
    traces: Seen
    whole: int = 1


@dataclass
class Tally:
    """What happened over all rounds."""

    kills: int = 0
    finished: int = 0
    acknowledged_lost: int = 0
    halves: int = 0
    unsound: int = 0
    leftovers: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, halved, damaged or left over."""
        return not (self.acknowledged_lost or self.halves or self.unsound or self.leftovers)


def quietly(words: tuple[str, ...]) -> int:
    """Exit code of one command whose words go nowhere."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        kept = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = nowhere
        try:
            return run(words)
        finally:
            sys.stdout, sys.stderr = kept


def kill_during(words: tuple[str, ...], pause: float) -> int | None:
    """Exit code of the command if it ended before the kill after *pause* seconds, else ``None``."""
    child = os.fork()
    if child == 0:
        os._exit(quietly(words))
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else None


def rounds(folder: Path, rng: random.Random) -> Iterator[Round]:
    """Writing commands without end, each with traces of its own."""
    for number in count(1):
        yield rng.choice(MAKERS)(Desk(folder, number))


@dataclass(frozen=True)
class Desk:
    """Where a round plays, and its number, which makes its traces its own."""

    folder: Path
    number: int

    @property
    def program(self) -> tuple[str, ...]:
        """The options before the command."""
        return ("--store", str(self.folder), "--today", TODAY)

    @property
    def student(self) -> str:
        """A student number that no other round uses."""
        return f"9{self.number:07d}"

    @property
    def text(self) -> str:
        """Words that no other round uses."""
        return f"第{self.number}次"


def _adding(desk: Desk) -> Round:
    facts = ("--set", f"姓名=甲{desk.student}", "--set", f"学号={desk.student}")
    return Round((*desk.program, "add", *facts), lambda book: len(book.found("student_no", desk.student)))


def _logging(desk: Desk) -> Round:
    def traces(book: Casebook) -> int:
        return sum(contact.text == desk.text for contact in book.contacts(book.case(SOMEBODY).id))

    return Round((*desk.program, "log", SOMEBODY, "电话", "岗位推荐", desk.text), traces)


def _importing(desk: Desk) -> Round:
    keys = [f"8{desk.number:05d}{row}" for row in range(ROWS)]
    path = desk.folder.parent / "名单.csv"
    lines = [f"{key},乙同学,机械学院" for key in keys]
    path.write_text("\n".join(["学号,姓名,学院", *lines]) + "\n", encoding="utf-8")
    words = (*desk.program, "import", str(path))
    return Round(words, lambda book: sum(len(book.found("student_no", key)) for key in keys), ROWS)


def _editing(desk: Desk) -> Round:
    words = (*desk.program, "edit", SOMEBODY, "--set", f"申请理由={desk.text}")
    return Round(words, lambda book: int(book.case(SOMEBODY).text("申请理由") == desk.text))


def _counting(desk: Desk) -> Round:
    def traces(book: Casebook) -> int:
        figures = book.office().college_figures.get("机械学院", {})
        return int(figures.get("毕业生数") == desk.number)

    words = (*desk.program, "unit", "set", f"毕业生数={desk.number}", "--college", "机械学院")
    return Round(words, traces)


def _removing(desk: Desk) -> Round:
    quietly((*desk.program, "add", "--set", f"姓名=丙{desk.student}", "--set", f"学号={desk.student}"))
    words = (*desk.program, "remove", desk.student, "--yes")
    return Round(words, lambda book: 1 - len(book.found("student_no", desk.student)))


def _undoing(desk: Desk) -> Round:
    quietly((*desk.program, "add", "--set", f"姓名=丁{desk.student}", "--set", f"学号={desk.student}"))
    return Round((*desk.program, "undo"), lambda book: 1 - len(book.found("student_no", desk.student)))


def _adopting(desk: Desk) -> Round:
    option = ("any-grade", "top-grade")[desk.number % 2]

    def traces(book: Casebook) -> int:
        return sum(entry.word == desk.text for entry in book.office().adoptions)

    words = (*desk.program, "pack", "adopt", "A-31", option, "--by", "示例", "--word", desk.text)
    return Round(words, traces)


def _backing_up(desk: Desk) -> Round:
    path = desk.folder.parent / f"备份{desk.number}.zip"
    return Round((*desk.program, "backup", str(path)), lambda _book: int(path.exists()))


MAKERS = (
    _adding, _logging, _importing, _editing, _counting, _removing, _undoing, _adopting, _backing_up,
)  # fmt: skip


def judge(folder: Path, played: Round, code: int | None, tally: Tally) -> None:
    """Hold the store against what the command reported."""
    book = open_casebook(Context(store=folder, today=date.fromisoformat(TODAY)))
    with book.writing("next start", "示例"):
        pass
    traces = played.traces(book)
    book.backend.close()
    tally.kills += code is None
    tally.finished += code == 0
    tally.acknowledged_lost += code == 0 and traces != played.whole
    tally.halves += traces not in {0, played.whole}
    tally.unsound += not check_store(folder).ok
    tally.leftovers += any((folder / "tmp").glob("*"))


def play(kills: int, seed: int) -> Tally:
    """Rounds until *kills* commands were killed."""
    rng, tally = random.Random(seed), Tally()  # noqa: S311 — a seed to repeat the run, no secret
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "store"
        quietly(("init", str(folder), "--pack", "zust-2013", "--unit", "示例", "--year", "2013"))
        quietly(("--store", str(folder), "add", "--set", "姓名=甲同学", "--set", f"学号={SOMEBODY}"))
        for played in rounds(folder, rng):
            code = kill_during(played.words, rng.random() * LONGEST_PAUSE)
            judge(folder, played, code, tally)
            if tally.kills >= kills or not tally.clean:
                break
    return tally


def main() -> int:
    """Play and print the tally; 1 if anything was not as promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tally = play(options.count, options.seed)
    print(tally)
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
