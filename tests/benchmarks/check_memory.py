"""``assist check`` and ``list`` over whole stores: their memory must not grow with the store.

    python -m tests.benchmarks.check_memory [households ...]        (10000 100000)

Every household has an income of its own. Each command runs in a process of its own; printed are its peak
memory, its processor time and how many lines it gave. The largest store may take at most a tenth more memory
than the smallest. This process imports nothing of the program: a child's peak counts what it was forked from.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from assistcli.model import Case

TODAY = date(2018, 8, 1)
SIZES = (10_000, 100_000)
MOST_GROWTH = 1.10


class Run(NamedTuple):
    """What one command took: megabytes at its peak, seconds of processor, lines it printed."""

    peak: float
    seconds: float
    lines: int


def households(count: int) -> Iterator["Case"]:
    """Invented households of yinchuan-2018, each with an income of its own."""
    from assistcli.model import HOUSEHOLD, Case, Fact
    from tests.benchmarks.policy_speed import make_households

    for number, stated in enumerate(make_households(count)):
        own = {
            **stated,
            "家庭年度总收入": stated["家庭年度总收入"] + number,
            "姓名": f"子女{number}",
            "职工姓名": f"职工{number}",
        }
        facts = {n: Fact(value=v, raw=str(v), source="表", day=TODAY, by="示例") for n, v in own.items()}
        yield Case(
            id=f"C{number:06}",
            pack="yinchuan-2018",
            year=2018,
            subject=HOUSEHOLD,
            opened=TODAY,
            facts=facts,
        )


def build(folder: Path, count: int) -> None:
    """Make a store of *count* households in one transaction."""
    from assistcli.book.casebook import create_casebook
    from assistcli.context import Context
    from assistcli.model import Office

    context = Context(store=folder, today=TODAY)
    office = Office(unit="示例总工会", year=2018, packs=("yinchuan-2018",))
    book = create_casebook(folder, context, office, "示例")
    with book.writing("benchmark", "示例") as page:
        for case in households(count):
            page.put_case(case)
    context.close()


def run(folder: Path, *words: str) -> Run:
    """One command over the store in *folder*; every line that it prints is read and let go."""
    command = [sys.executable, "-m", "assistcli", "--store", str(folder), "--today", str(TODAY), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        lines = sum(1 for _ in process.stdout or ())
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return Run(usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime, lines)


def measured(sizes: Sequence[int]) -> Iterator[tuple[str, list[Run]]]:
    """Each command with its runs over stores of *sizes*."""
    with tempfile.TemporaryDirectory() as folder:
        stores = [Path(folder) / str(size) for size in sizes]
        for store, size in zip(stores, sizes, strict=True):
            command = [
                sys.executable,
                "-m",
                "tests.benchmarks.check_memory",
                "--build",
                str(store),
                str(size),
            ]
            subprocess.run(command, check=True)
        for words in (("check", "--json"), ("check",), ("list", "--json"), ("list",)):
            yield " ".join(words), [run(store, *words) for store in stores]


def main(sizes: Sequence[int] = SIZES) -> int:
    """Print every command's memory by size of store; 1 if one's grows with it."""
    missed = 0
    for name, runs in measured(sizes):
        growth = runs[-1].peak / runs[0].peak
        missed += growth > MOST_GROWTH
        told = "；".join(
            f"{size} 户 {r.peak:.1f} MB {r.seconds:.1f} s {r.lines} 行"
            for size, r in zip(sizes, runs, strict=True)
        )
        sys.stdout.write(f"{growth:5.2f}  （上限 {MOST_GROWTH}）  assist {name}：{told}\n")
        sys.stdout.flush()
    return 1 if missed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main([int(word) for word in sys.argv[1:]] or SIZES))
