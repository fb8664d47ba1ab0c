"""Stores to test with: a fixed clock, the same keys everywhere."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from store.journal import JournalBackend
from store.opening import create_store, open_store

KEYS = {"cases": ("student_no", "id_number", "name"), "contacts": ("case",)}
CHINA = timezone(timedelta(hours=8))


def fixed_clock() -> datetime:
    """The one moment at which all tests happen."""
    return datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the store of a test lives."""
    return tmp_path / "存储"


@pytest.fixture
def store(folder: Path) -> Iterator[JournalBackend]:
    """A fresh store on disk."""
    backend = create_store(folder, KEYS, clock=fixed_clock, timeout=0)
    yield backend
    backend.close()


@pytest.fixture
def reopen(folder: Path) -> Iterator[Callable[[], JournalBackend]]:
    """A function that opens the store once more."""
    opened: list[JournalBackend] = []

    def open_again() -> JournalBackend:
        opened.append(open_store(folder, KEYS, clock=fixed_clock, timeout=0))
        return opened[-1]

    yield open_again
    for backend in opened:
        backend.close()
