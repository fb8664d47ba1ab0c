"""A disk that is really full: 256 KB of tmpfs, filled until nothing goes any more."""

import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import StoreError
from tests.endurance.office import Office, thresholds


@thresholds(8000, 60_000)
def run(count: int, seed: int, folder: Path) -> str:
    """Figures of *count* runs; says so where no such disk can be had."""
    if not _may_mount():
        return "left out: no right to mount a small disk here"
    chance = random.Random(seed)  # noqa: S311 — a trial must be repeatable
    kept = refused = 0
    for _ in range(count):
        with _small_disk(folder / "disk") as disk:
            kept_now, refused_now = _fill(disk, folder, chance)
            kept, refused = kept + kept_now, refused + refused_now
    return f"{count} full disks: {kept} acknowledged records, all there; {refused} commands refused"


def _fill(disk: Path, folder: Path, chance: random.Random) -> tuple[int, int]:
    """Records acknowledged before the disk was full, and commands refused afterwards."""
    office = Office(disk / "store", folder, chance)
    refused = 0
    while refused < 10:
        command = office.think(chance.choice(("add", "edit", "import", "compact")))
        try:
            command.run()
        except StoreError:
            refused += 1
        else:
            office.succeed(command)
        found = office.found()
        assert found in (office.state, command.after)
        office.state = found
    return len(office.state), refused


@contextmanager
def _small_disk(point: Path) -> Iterator[Path]:
    """A file system of 256 KB."""
    point.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(point)], check=True)
    try:
        yield point
    finally:
        subprocess.run(["umount", "-l", str(point)], check=True)
        point.rmdir()


def _may_mount() -> bool:
    """Whether this process may mount a file system."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and Path("/proc/mounts").exists()
