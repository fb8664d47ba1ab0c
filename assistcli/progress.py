"""How far long work is: told on standard error, on a terminal, after the first second; never to a script."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 1.0  # seconds before anything is shown
PAUSE = 0.1  # seconds between two pictures of the bar
WIDTH = 24


def watch(items: Sequence[T], what: str) -> Iterator[T]:
    """*items* one by one; a bar on the terminal says how many of them *what* is done with."""
    if not sys.stderr.isatty():
        yield from items
        return
    due = time.monotonic() + PATIENCE
    shown = False
    try:
        for done, item in enumerate(items):
            if time.monotonic() >= due:
                _draw(what, done, len(items))
                shown, due = True, time.monotonic() + PAUSE
            yield item
    finally:
        if shown:
            _wipe()


def count_on(items: Iterable[T], what: str) -> Iterator[T]:
    """*items* one by one, of which nobody knows how many there are; the terminal shows the count so far."""
    if not sys.stderr.isatty():
        yield from items
        return
    due, shown = time.monotonic() + PATIENCE, False
    try:
        for done, item in enumerate(items):
            if time.monotonic() >= due:
                sys.stderr.write(f"\r{what} 已看 {done}……")
                sys.stderr.flush()
                shown, due = True, time.monotonic() + PAUSE
            yield item
    finally:
        if shown:
            _wipe()


def _wipe() -> None:
    sys.stderr.write("\r\x1b[K")
    sys.stderr.flush()


def _draw(what: str, done: int, count: int) -> None:
    filled = WIDTH * done // count
    sys.stderr.write(f"\r{what} [{'#' * filled}{'-' * (WIDTH - filled)}] {done}/{count}")
    sys.stderr.flush()


def announce(text: str) -> None:
    """Say on a terminal that something long begins of which nobody knows how far it is."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
