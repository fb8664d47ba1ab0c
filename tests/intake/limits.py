"""What a file may cost at most: ten seconds and half a gigabyte, enforced by the system in a child."""

import os
import pickle
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS, MEMORY = 10, 512 << 20


def within_limits(action: Callable[[], Any], seconds: int = SECONDS) -> Any:
    """What *action* returns, or its exception raised; a child that is stopped by a limit fails the test."""
    if not sys.platform.startswith("linux"):
        return action()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _act(action, writer, seconds)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        told = stream.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == 0, f"stopped after {seconds} s of work or {MEMORY >> 20} MB: {status}"
    done, result = pickle.loads(told)  # noqa: S301 — written by our own child
    if done:
        return result
    raise result


def _act(action: Callable[[], Any], writer: int, most_seconds: int) -> None:
    """Do *action* under the limits, tell the parent, and end this child."""
    status = 1
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + MEMORY
        spent = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(spent.ru_utime + spent.ru_stime) + most_seconds
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        try:
            told = pickle.dumps((True, action()))
        except Exception as error:
            told = pickle.dumps((False, error))
        with os.fdopen(writer, "wb") as stream:
            stream.write(told)
        status = 0
    finally:
        os._exit(status)
