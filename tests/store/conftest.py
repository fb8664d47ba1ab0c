"""Stores to test with: a fixed clock, the same keys everywhere."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from store import journal
from store.backend import Backend
from store.journal import JournalBackend
from store.memory import MemoryBackend
from store.opening import create_store, open_store

KEYS = {"cases": ("student_no", "id_number", "name"), "contacts": ("case",)}
CHINA = timezone(timedelta(hours=8))


def fixed_clock() -> datetime:
    """The one moment at which all tests happen."""
    return datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)


Factory = Callable[[Path], Backend]


def _memory(folder: Path) -> Backend:
    return MemoryBackend(KEYS, clock=fixed_clock)


def _journal(folder: Path) -> Backend:
    return create_store(folder, KEYS, clock=fixed_clock)


BACKENDS: dict[str, Factory] = {"memory": _memory, "journal": _journal}
EAGER = "journal, index and segment renewed at every commit"


@pytest.fixture(params=[*BACKENDS, EAGER])
def backend(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Backend]:
    """Each backend in turn, and the journal at the edge of its thresholds."""
    if request.param == EAGER:
        monkeypatch.setattr(journal, "FOLD_BYTES", 0)
        monkeypatch.setattr(journal, "SEGMENT_BYTES", 400)
    made = BACKENDS.get(request.param, _journal)(tmp_path / "s")
    yield made
    made.close()


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
