"""How far long work is: told on standard error, on a terminal, after the first second; never to a script."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 1.0  # seconds before anything is shown
PAUSE = 0.1  # seconds between two pictures of the bar
WIDTH = 24


def watch(items: Sequence[T], what: str) -> Iterator[T]:
    """*items* one by one; a bar on the terminal says how many of them *what* is done with."""
    return _watched(items, lambda done: _bar(what, done, len(items)))


def count_on(items: Iterable[T], what: str) -> Iterator[T]:
    """*items* one by one, of which nobody knows how many there are; the terminal shows the count so far."""
    return _watched(items, lambda done: f"{what} 已看 {done}……")


def _watched(items: Iterable[T], picture: Callable[[int], str]) -> Iterator[T]:
    """*items* one by one; the terminal shows the *picture* of how many are done."""
    if not sys.stderr.isatty():
        yield from items
        return
    due, shown = time.monotonic() + PATIENCE, False
    try:
        for done, item in enumerate(items):
            if time.monotonic() >= due:
                _draw(f"\r{picture(done)}")
                shown, due = True, time.monotonic() + PAUSE
            yield item
    finally:
        if shown:
            _draw("\r\x1b[K")


def _bar(what: str, done: int, count: int) -> str:
    filled = WIDTH * done // count
    return f"{what} [{'#' * filled}{'-' * (WIDTH - filled)}] {done}/{count}"


def _draw(picture: str) -> None:
    sys.stderr.write(picture)
    sys.stderr.flush()


def announce(text: str) -> None:
    """Say on a terminal that something long begins of which nobody knows how far it is."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
