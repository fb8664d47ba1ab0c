"""Speed of import beside merely reading the file: ``python -m tests.benchmarks.intake_speed``.

``assist import`` against python-calamine, which it reads with: whole fresh processes, CPU seconds (user and
system) and memory at its peak, the fastest of several rounds in which they take turns. Every imported store
is counted before a figure is believed.

The limits are for the list as openpyxl writes it, as exports of other systems do. The same list as Excel and
WPS keep it, with shared texts, is measured beside it: there calamine needs a quarter less and we as much as
before.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from math import inf
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.intake_list import write_list

LIMIT_FIRST, LIMIT_AGAIN, LIMIT_MEMORY_MB, LIMIT_GROWTH = 4.0, 3.0, 250, 1.25
LIMIT_SOME = 4.0  # ours: a list that has changed a little costs no more than a new one
ONE_CHANGED_IN = 20
SMALL, LARGE = 10_000, 100_000
READ = "import sys; from python_calamine import CalamineWorkbook as B; B.from_path(sys.argv[1])"
READ += ".get_sheet_by_index(0).to_python()"


class Cost(NamedTuple):
    """What one process cost."""

    seconds: float  # CPU
    memory: int  # MB at its peak
    output: str = ""


class Figures(NamedTuple):
    """What lists of one size cost: reading alone, first import, the same file again, one changed a little."""

    reading: Cost
    first: Cost
    again: Cost
    some: Cost


def run(words: Sequence[str]) -> Cost:
    """One fresh process."""
    with tempfile.TemporaryFile("w+") as stream:
        child = subprocess.Popen([sys.executable, *words], stdout=stream, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        stream.seek(0)
        output = stream.read()
    if child.returncode:
        raise SystemExit(output)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss >> 10, output)


def assist(store: Path, *words: str) -> Cost:
    """One command of the program."""
    return run(["-m", "assistcli", "--store", str(store), "--today", "2013-06-01", *words])


def measure(folder: Path, count: int, rounds: int, *, shared: bool = False) -> Figures:
    """The cheapest of *rounds* for a list of *count* students, its texts *shared* or not."""
    path = write_list(folder / f"名单{count}.xlsx", count)
    changed = write_list(folder / f"改动{count}.xlsx", count, changed=ONE_CHANGED_IN)
    if shared:
        path, changed = _shared(path), _shared(changed)
    stores = (folder / f"{path.stem}-{number}" for number in range(rounds))
    found = [_round(store, path, changed, count) for store in stores]
    return Figures(*(min(costs) for costs in zip(*found, strict=True)))


def _shared(path: Path) -> Path:
    """The workbook with shared texts, made elsewhere: a child's peak of memory counts its parent's too."""
    target = path.with_stem(f"{path.stem}共用")
    run(["-m", "tests.benchmarks.shared_texts", str(path), str(target)])
    return target


def _round(store: Path, path: Path, changed: Path, count: int) -> Figures:
    run(["-m", "assistcli", "init", str(store), "--pack", "zust-2013", "--unit", "某学院", "--year", "2013"])
    reading = run(["-c", READ, str(path)])
    first = assist(store, "import", str(path), "--json")
    again = assist(store, "import", str(path), "--json")
    some = assist(store, "import", str(changed), "--json")
    _demand(json.loads(first.output), added=count, unchanged=0, rejected=0, written=True)
    _demand(json.loads(again.output), added=0, unchanged=count, rejected=0, written=False)
    moved = count // ONE_CHANGED_IN
    _demand(json.loads(some.output), changed=moved, unchanged=count - moved, rejected=0, written=True)
    return Figures(reading, first, again, some)


def _demand(report: dict[str, object], **expected: object) -> None:
    found = {name: report[name] for name in expected}
    if found != expected:
        raise SystemExit(f"not what was to be imported: {found}")


def main() -> None:
    """Measure, print, and end with 1 where a limit is passed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.intake_speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", type=int, default=LARGE, help="rows of the long list; 0 leaves it out")
    wanted = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        small = measure(Path(folder), SMALL, wanted.rounds)
        held = show_small(small)
        show_shared(measure(Path(folder), SMALL, wanted.rounds, shared=True))
        if wanted.large:
            held &= show_growth(small, measure(Path(folder), wanted.large, 1), wanted.large // SMALL)
    sys.exit(0 if held else 1)


def show_small(found: Figures) -> bool:
    """Whether the short list keeps within the limits; every figure is printed."""
    print(f"{SMALL:,} rows x 40 columns: calamine reads {found.reading.seconds:.2f} s")
    held = show_against_reading(found, (LIMIT_FIRST, LIMIT_AGAIN, LIMIT_SOME))
    return held and max(cost.memory for cost in found[1:]) <= LIMIT_MEMORY_MB


def show_shared(found: Figures) -> None:
    """The short list with shared texts, for information."""
    print(f"the same with shared texts: calamine reads {found.reading.seconds:.2f} s")
    show_against_reading(found, (inf, inf, inf))


def show_against_reading(found: Figures, limits: Sequence[float]) -> bool:
    """Whether first import, the same again and a changed list cost no more than so many times the reading."""
    names = ("first import", "same file again", "one row in twenty changed")
    held = [
        show(name, cost, cost.seconds / found.reading.seconds, limit)
        for name, cost, limit in zip(names, found[1:], limits, strict=True)
    ]
    return all(held)


def show_growth(small: Figures, large: Figures, times: int) -> bool:
    """Whether a list so many times as long costs about so many times as much; calamine has no limit."""
    names = ("reading", "first import", "same file again", "some changed")
    limits = (inf, LIMIT_GROWTH, LIMIT_GROWTH, LIMIT_GROWTH)
    held = [
        show(f"{name}, {times} x the rows", long, long.seconds / short.seconds / times, limit)
        for name, short, long, limit in zip(names, small, large, limits, strict=True)
    ]
    return all(held)


def show(name: str, cost: Cost, ratio: float, limit: float) -> bool:
    """Whether *ratio* is within *limit*; the figure is printed."""
    held = ratio <= limit
    mark = "" if limit == inf else f" (limit {limit:g})" if held else f" (limit {limit:g})  PASSED"
    print(f"  {name:32} {cost.seconds:7.2f} s  {cost.memory:5} MB  {ratio:5.2f} x{mark}")
    return held


if __name__ == "__main__":
    main()
