"""A process that works on a store until it is killed: ``worker FOLDER SCRATCH SEED CALL ROUND``.

Reads the records it starts from on stdin; says ``["begin", records after]`` before each command and
``["done", null]`` after it. With a CALL it kills itself inside that call.
"""

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tests.endurance.faults import intercepted
from tests.endurance.office import BESIDE, WRITING, Office, dump_state, load_state, thresholds


class Death:
    """Kills the process in the middle of the call with a certain number."""

    def __init__(self, at: int) -> None:
        self.left, self._done_first = at, at % 2

    def __call__(self, name: str, real: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        """Do the call, or half of it and die."""
        self.left -= 1
        if self.left == 0:
            if name == "write":
                real(args[0], bytes(args[1])[: len(args[1]) // 2])
            elif self._done_first:
                real(*args)
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        return real(*args)


def say(word: str, what: object) -> None:
    """Tell the parent, at once."""
    os.write(1, json.dumps([word, what]).encode() + b"\n")


@thresholds(3000, 20_000)
def main() -> None:
    """Work until killed."""
    folder, scratch, seed, at_call, round_number = sys.argv[1:]
    state = load_state(json.loads(sys.stdin.buffer.readline()))
    chance = random.Random(int(seed))  # noqa: S311 — a trial must be repeatable
    office = Office(Path(folder), Path(scratch), chance, state, f"{round_number}-")
    kinds = (*WRITING, *BESIDE)
    death = Death(int(at_call)) if int(at_call) else None
    for _ in range(12):
        command = office.think(office.chance.choice(kinds))
        say("begin", dump_state(command.after))
        with intercepted(death) if death else nullcontext():
            command.run()
        say("done", [])
        office.succeed(command)


if __name__ == "__main__":
    main()
