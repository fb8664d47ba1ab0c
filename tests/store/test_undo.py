"""What every backend must do: history, and undo."""

import pytest

from store.backend import Backend
from store.errors import StoreConflictError, StoreMissingError
from tests.store.samples import put


def test_history_tells_who_when_what(backend: Backend) -> None:
    """All versions of a record, oldest first, deletion and second life included."""
    put(backend, a={"n": 1}, b={})
    put(backend, a={"n": 2})
    put(backend, a=None)
    put(backend, a={"n": 3})
    entries = list(backend.history("cases", "a"))
    assert [entry.document for entry in entries] == [{"n": 1}, {"n": 2}, None, {"n": 3}]
    assert [entry.transaction for entry in entries] == [1, 2, 3, 4]
    assert [entry.before for entry in entries] == [None, 1, 3, 4]
    assert {(entry.at, entry.by, entry.command) for entry in entries} == {
        ("2026-03-02T09:30:00+08:00", "李老师", "add")
    }
    assert [entry.sequence for entry in backend.history()] == [1, 2, 3, 4, 5]
    assert [entry.id for entry in backend.history("cases")] == ["a", "b", "a", "a", "a"]
    assert list(backend.history("cases", "z")) == []


def test_transactions_newest_first_with_their_size(backend: Backend) -> None:
    put(backend, a={}, b={}, c={})
    put(backend, a={"x": 1})
    assert [(record.number, record.size, record.command) for record in backend.transactions()] == [
        (2, 1, "add"),
        (1, 3, "add"),
    ]


def test_entries_and_entry_by_number(backend: Backend) -> None:
    """A transaction's lines and a single version are reached by their numbers."""
    for round_number in range(5):
        put(backend, **{f"c{i}": {"n": round_number} for i in range(round_number + 1)})
    assert [entry.id for entry in backend.entries(3)] == ["c0", "c1", "c2"]
    assert [backend.entry(number).sequence for number in range(1, 16)] == list(range(1, 16))
    for number in (0, 16):
        with pytest.raises(StoreMissingError):
            backend.entry(number)
    with pytest.raises(StoreMissingError):
        list(backend.entries(6))


def test_undo_reverses_one_whole_command(backend: Backend) -> None:
    """Changed, made and deleted records are as before; the history grows."""
    put(backend, a={"n": 1}, b={"n": 1})
    put(backend, a={"n": 2}, b=None, c={"n": 2})
    done = backend.undo(by="王老师")
    assert (done.number, done.undoes, done.by) == (3, 2, "王老师")
    assert dict(backend.scan("cases")) == {"a": {"n": 1}, "b": {"n": 1}}
    assert len(list(backend.history())) == 8


def test_undo_goes_further_back_each_time(backend: Backend) -> None:
    """None means the last one not undone; an undone undo counts again."""
    for number in (1, 2, 3):
        put(backend, a={"n": number})
    backend.undo(by="x")
    backend.undo(by="x")
    assert backend.get("cases", "a") == {"n": 1}
    backend.undo(5, by="x")
    assert backend.get("cases", "a") == {"n": 2}
    assert backend.undo(by="x").undoes == 2
    assert backend.undo(by="x").undoes == 1
    assert backend.get("cases", "a") is None
    with pytest.raises(StoreMissingError):
        backend.undo(by="x")


def test_undo_refuses_to_lose_a_later_change(backend: Backend) -> None:
    """The error names the records; nothing is written."""
    put(backend, a={"n": 1}, b={"n": 1})
    put(backend, b={"n": 2})
    with pytest.raises(StoreConflictError) as caught:
        backend.undo(1, by="x")
    assert caught.value.records == (("cases", "b"),)
    assert "cases/b" in str(caught.value)
    assert len(list(backend.transactions())) == 2
    backend.undo(by="x")
    backend.undo(1, by="x")
    assert backend.tables() == []


def test_undo_twice_is_refused(backend: Backend) -> None:
    put(backend, a={})
    backend.undo(1, by="x")
    with pytest.raises(StoreConflictError):
        backend.undo(1, by="x")
    with pytest.raises(StoreMissingError):
        backend.undo(9, by="x")
