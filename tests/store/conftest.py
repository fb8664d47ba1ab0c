"""Stores to test with: a fixed clock, the same keys everywhere."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store import journal
from store.backend import Backend
from store.journal import JournalBackend
from store.memory import MemoryBackend
from store.opening import create_store, open_store
from tests.store.samples import fixed_clock, put

KEYS = {"cases": ("student_no", "id_number", "name"), "contacts": ("case",)}

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


@pytest.fixture
def segmented(store: JournalBackend, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of three segments."""
    monkeypatch.setattr(journal, "SEGMENT_BYTES", 700)
    put(store, a={"name": "张三"}, b={"name": "李四"}, c={"name": "王五"})
    put(store, a={"name": "张三", "n": 2}, d={"name": "赵六"})
    put(store, e={"name": "孙七"})
    put(store, a={"name": "张三", "n": 3})
    put(store, b={"name": "李四", "n": 2})
    store.close()
    return folder
