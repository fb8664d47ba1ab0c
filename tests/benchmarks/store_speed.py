"""Speed of the store in whole fresh processes: ``python -m tests.benchmarks.store_speed``.

Against TinyDB's own storage, SQLite with a JSON column, and one plain fsynced append. Each figure is
the fastest of several processes, in milliseconds, Python's own start included; in brackets the
operation alone. Sizes are options; the large store is built first and takes its time.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.store_child import case

BATCH = 10_000


class Cost(NamedTuple):
    """What one operation cost."""

    process: float  # ms, whole
    alone: float  # ms
    memory: int  # kB at its peak


class Bench:
    """Stores of one size, and what operations cost in them."""

    def __init__(self, folder: Path, cases: int, contacts: int, repeat: int) -> None:
        folder.mkdir()
        self.folder, self.cases, self.contacts, self.repeat = folder, cases, contacts, repeat
        self._next = {"cases": cases, "contacts": contacts}

    def build(self, engine: str) -> None:
        """Fill the store of one engine."""
        for operation, total in (("bulk", self.cases), ("contacts", self.contacts)):
            for start in range(0, total, BATCH):
                self._child(engine, operation, start, size=min(BATCH, total - start))

    def measure(self, engine: str, operation: str) -> Cost:
        """Cheapest of several fresh processes."""
        return min(self._once(engine, operation) for _ in range(self.repeat))

    def _once(self, engine: str, operation: str) -> Cost:
        """One fresh process; each writes other records."""
        table = {"add": "cases", "bulk": "cases", "log": "contacts", "contacts": "contacts"}.get(operation)
        number = self.cases // 2
        if table:
            number = self._next[table]
            self._next[table] += BATCH if operation == "bulk" else 1
        return self._child(engine, operation, number)

    def _child(self, engine: str, operation: str, number: int, size: int = BATCH) -> Cost:
        """Run one operation in a process of its own."""
        words = [engine, operation, str(self.folder), str(number), str(max(self.cases, 1)), str(size)]
        begin = time.perf_counter()
        command = [sys.executable, "-m", "tests.benchmarks.store_child", *words]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        process = time.perf_counter() - begin
        alone, memory = json.loads(done.stdout)
        return Cost(process * 1000, alone * 1000, memory)


def main() -> None:
    """Build the stores, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.store_speed", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--contacts", type=int, default=2_000_000)
    parser.add_argument(
        "--tiny-cases", type=int, default=10_000, help="cases in the store of TinyDB's own storage"
    )
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="where to build (default: the system's temporary folder)")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
        Report(Path(folder), wanted).run()


class Report:
    """Measures and prints, table by table."""

    def __init__(self, folder: Path, wanted: Any) -> None:
        self.wanted = wanted
        self.empty = Bench(folder / "empty", 0, 0, wanted.repeat)
        self.large = Bench(folder / "large", wanted.cases, wanted.contacts, wanted.repeat)
        self.cases_only = Bench(folder / "cases", wanted.cases, 0, wanted.repeat)
        self.tiny = Bench(folder / "tiny", wanted.tiny_cases, 0, max(2, wanted.repeat // 3))

    def run(self) -> None:
        """Everything in order."""
        for engine in ("store", "sqlite"):
            self.large.build(engine)
            self.empty.measure(engine, "look_up")
        self.cases_only.build("store")
        self.tiny.build("tinydb")
        self._print_growth()
        self._print_bulk()
        self._print_rebuild()

    def _print_growth(self) -> None:
        """The same command in an empty store and in a large one."""
        size = f"{self.wanted.cases:,} cases, {self.wanted.contacts:,} contacts"
        say(f"\nOne command, empty store → store of {size}")
        for operation in ("add", "log", "look_up"):
            for engine in ("store", "sqlite"):
                small, big = self.empty.measure(engine, operation), self.large.measure(engine, operation)
                limit = "≤ 1.20" if engine == "store" else ""
                say(_row(f"{operation} {engine}", small, big, limit))
            name = f"{operation} tinydb ({self.wanted.tiny_cases:,} cases)"
            say(
                _row(
                    name, self.empty.measure("tinydb", operation), self.tiny.measure("tinydb", operation), ""
                )
            )
        say(f"{'add floor: one fsynced append':42} {_cost(self.empty.measure('floor', 'add'))}")

    def _print_bulk(self) -> None:
        """Ten thousand cases in one command."""
        size = sum(len(json.dumps(case(number)[1], ensure_ascii=False).encode()) for number in range(BATCH))
        say(f"\nBulk insert of {BATCH:,} cases ({size / 1e6:.1f} MB of JSON) into a small store")
        plain = self.empty.measure("sqlite", "bulk")
        for engine in ("store", "sqlite", "floor", "tinydb"):
            cost = plain if engine == "sqlite" else self.empty.measure(engine, "bulk")
            limits = "≤ 2.00, memory ≤ 4.00" if engine == "store" else ""
            ratio = cost.process / plain.process
            memory = cost.memory * 1024 / size
            say(f"{engine:42} {_cost(cost)}  {ratio:5.2f} × SQLite, memory {memory:4.2f} × JSON  {limits}")

    def _print_rebuild(self) -> None:
        """The index thrown away, against reading the same bytes."""
        say(f"\nRebuilding the index of {self.wanted.cases:,} cases")
        parse, rebuild = (self.cases_only.measure("store", operation) for operation in ("parse", "rebuild"))
        say(f"{'reading and parsing the same bytes':42} {_cost(parse)}")
        say(f"{'rebuilding the index':42} {_cost(rebuild)}  {rebuild.process / parse.process:5.2f} ×  ≤ 3.00")


def _row(name: str, small: Cost, big: Cost, limit: str) -> str:
    """One line of the first table."""
    return f"{name:42} {_cost(small)} → {_cost(big)}  {big.process / small.process:5.2f} ×  {limit}"


def _cost(cost: Cost) -> str:
    """Milliseconds of the process and of the operation alone."""
    return f"{cost.process:8.1f} ({cost.alone:8.1f})"


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
