"""Failing disks: any one call of any command fails, once or from then on."""

import errno
import os
import random
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from store.errors import StoreError
from tests.endurance.faults import intercepted
from tests.endurance.office import BESIDE, WRITING, Command, Office, thresholds

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, getattr(errno, "EDQUOT", errno.ENOSPC))
PER_COMMAND = 24


class Failing:
    """Lets the call number *at* fail, and every later one of the same name if *forever*."""

    def __init__(self, at: int, error: int, *, forever: bool) -> None:
        self.at, self.error, self.forever = at, error, forever
        self.count = 0
        self.failed = ""

    def __call__(self, name: str, real: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        """Do the call or fail."""
        self.count += 1
        if self.count == self.at or (self.forever and name == self.failed):
            self.failed = name
            if name == "write" and self.count % 2:
                real(args[0], bytes(args[1])[: len(args[1]) // 2])  # a part of it still reaches the disk
            raise OSError(self.error, os.strerror(self.error))
        return real(*args)


@thresholds(3000, 20_000)
def run(count: int, seed: int, folder: Path) -> str:
    """Figures of *count* injections."""
    chance = random.Random(seed)  # noqa: S311 — a trial must be repeatable
    office, kinds = Office(folder / "store", folder, chance), (*WRITING, *BESIDE)
    done = errors = 0
    while done < count:
        command = office.think(kinds[(done // PER_COMMAND) % len(kinds)])
        calls = _rehearse(office, command)
        for _ in range(min(PER_COMMAND, count - done)):
            fault = Failing(chance.randrange(calls) + 1, chance.choice(ERRORS), forever=chance.random() < 0.5)
            errors += _inject(office, command, fault)
            done += 1
        command.run()
        office.succeed(command)
        for aside in office.folder.glob("replaced-*"):
            shutil.rmtree(aside)
        if len(office.state) > 400:
            shutil.rmtree(office.folder)
            office = Office(folder / "store", folder, chance)
    return f"{done} faults, {errors} reported as errors, the rest without effect on the command"


def _rehearse(office: Office, command: Command) -> int:
    """Number of calls that the command makes, on a copy."""
    counter = Failing(-1, 0, forever=False)
    _on_copy(office, partial(_must, command, counter))
    return max(counter.count, 1)


def _must(command: Command, counter: Failing) -> None:
    """Carry out a command under no fault."""
    assert _intercept(command, counter)


def _intercept(command: Command, fault: Failing) -> bool:
    """Whether the command succeeded under a fault."""
    try:
        with intercepted(fault):
            command.run()
    except StoreError:
        if not fault.failed:
            raise
        return False
    return True


def _on_copy(office: Office, work: Callable[[], None]) -> None:
    """Work on the store, then put everything back as it was."""
    kept = office.scratch / "kept"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(office.folder, kept)
    extra = set(office.scratch.iterdir())
    try:
        work()
    finally:
        shutil.rmtree(office.folder)
        shutil.copytree(kept, office.folder)
        for path in set(office.scratch.iterdir()) - extra:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


def _inject(office: Office, command: Command, fault: Failing) -> bool:
    """Whether the fault was reported; whatever it was, the store is whole and goes on."""
    reported: list[bool] = []

    def work() -> None:
        ok = _intercept(command, fault)
        reported.append(not ok)
        _settle(office, command, fault, ok=ok)

    _on_copy(office, work)
    return reported[0]


def _settle(office: Office, command: Command, fault: Failing, *, ok: bool) -> None:
    """Check the store after a fault: as before or as after, and the next command works."""
    place = (
        f"{command.kind}, call {fault.at} ({fault.failed}), {errno.errorcode[fault.error]}, {fault.forever}"
    )
    if command.kind == "restore" and not ok and not (office.folder / "store.json").exists():
        command.run()  # interrupted while moving in: the same command finishes
        ok = True
    state = office.inspect()
    allowed = [command.after] if ok else [office.state, command.after]
    assert state in allowed, place
    office.next_works(state)
