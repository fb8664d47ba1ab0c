"""``python -m tests.endurance --kills 2000 …``: every trial, with its figures; exit code 1 if one fails."""

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.endurance import damage, full_disk, injections, kills, merges, power, tampering, writers

TRIALS: dict[str, tuple[Callable[[int, int, Path], str], int, str]] = {
    "kills": (kills.run, 2000, "kills at random moments and inside calls"),
    "injections": (injections.run, 4000, "calls that fail, once or for ever"),
    "power": (power.run, 1000, "images of a disk after a power cut"),
    "damage": (damage.run, 1000, "damaged files"),
    "writers": (writers.run, 10, "rounds of 8 processes × 200 appends"),
    "merges": (merges.run, 1000, "merges of two stores, both ways"),
    "tampering": (tampering.run, 500, "edits to history"),
    "full-disk": (full_disk.run, 50, "runs on a disk of 256 KB (needs the right to mount one)"),
}


def main() -> int:
    """Run the trials that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance", description=__doc__)
    for name, (_, count, what) in TRIALS.items():
        parser.add_argument(
            f"--{name}", type=int, default=count, metavar="N", help=f"{what} (default {count})"
        )
    parser.add_argument("--seed", type=int, default=1, help="another seed, other trials")
    wanted = vars(parser.parse_args())
    failed = False
    for name, (trial, _, _) in TRIALS.items():
        count = wanted[name.replace("-", "_")]
        if count:
            failed |= not _tried(name, trial, count, wanted["seed"])
    return int(failed)


def _tried(name: str, trial: Callable[[int, int, Path], str], count: int, seed: int) -> bool:
    """Whether a trial passed; prints its figures."""
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        try:
            figures = trial(count, seed, Path(folder))
        except Exception:
            figures = f"FAILED\n{traceback.format_exc()}"
    sys.stdout.write(f"{name:11} {figures} ({time.perf_counter() - begin:.0f} s)\n")
    sys.stdout.flush()
    return not figures.startswith("FAILED")


if __name__ == "__main__":
    sys.exit(main())
