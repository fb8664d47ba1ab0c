"""Kills: a process dies at any moment of any command, by a signal or at one of its own calls."""

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store.backup import restore_backup
from store.opening import create_store
from tests.endurance.office import KEYS, Office, State, dump_state, load_state

PER_STORE = 25


def run(count: int, seed: int, folder: Path) -> str:
    """Figures of *count* kills, half of them by a signal at random, half inside a call."""
    chance = random.Random(seed)  # noqa: S311 — a trial must be repeatable
    killed = acknowledged = torn = 0
    while killed < count:
        trial = Trial(folder / "store", folder / "scratch", chance)
        for _ in range(min(PER_STORE, count - killed)):
            acknowledged += trial.kill()
            killed += 1
        pieces = trial.folder / "torn"
        torn += len(list(pieces.iterdir())) if pieces.is_dir() else 0
        shutil.rmtree(folder / "store")
        shutil.rmtree(folder / "scratch")
    return f"{killed} kills, {acknowledged} commands acknowledged, 0 lost, {torn} torn tails kept"


class Trial:
    """One store that is killed again and again."""

    def __init__(self, folder: Path, scratch: Path, chance: random.Random) -> None:
        self.folder, self.scratch, self.chance = folder, scratch, chance
        scratch.mkdir()
        create_store(folder, KEYS).close()
        self.state: State = {}
        self.rounds = 0

    def kill(self) -> int:
        """Number of commands that one process had acknowledged when it died; the store is checked."""
        self.rounds += 1
        at_call = self.chance.randrange(1, 120) if self.chance.random() < 0.5 else 0
        numbers = (self.chance.randrange(1 << 30), at_call, self.rounds)
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.endurance.worker", self.folder, self.scratch, *map(str, numbers)],
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
        )
        with worker:
            assert worker.stdin
            assert worker.stdout
            worker.stdin.write(json.dumps(dump_state(self.state)).encode() + b"\n")
            worker.stdin.close()
            begun = worker.stdout.readline()
            if not at_call:
                time.sleep(self.chance.random() * 0.06)
                worker.kill()
            said = begun + worker.stdout.read()
        assert worker.returncode != 1, "the worker failed"
        return self._check(list(_words(said)))

    def _check(self, said: list[tuple[str, State]]) -> int:
        """Hold the store against what the process said: all it acknowledged, and nothing by halves."""
        done, allowed = 0, [self.state]
        for word, state in said:
            if word == "begin":
                allowed = [self.state, state]
            else:
                done, self.state = done + 1, allowed[-1]
                allowed = [self.state]
        self._finish_restore()
        office = Office(self.folder, self.scratch, self.chance, self.state)
        found = office.inspect()
        assert found in allowed, (said[-1][0], len(found), [len(state) for state in allowed])
        self.state = found
        return done

    def _finish_restore(self) -> None:
        """A restore killed while moving in is done again, as its user would."""
        if not (self.folder / "store.json").exists():
            newest = max(self.scratch.glob("backup-*.zip"), key=lambda path: path.stat().st_mtime_ns)
            restore_backup(newest, self.folder, by="李老师", replace=True)


def _words(said: bytes) -> Iterator[tuple[str, State]]:
    """What the process said, without a word it was killed over."""
    for line in said.splitlines():
        with suppress(ValueError):
            word, rows = json.loads(line)
            yield word, load_state(rows)
