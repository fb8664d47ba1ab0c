"""Compaction: the same records, the whole history, one chain."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store.doctor import check_store
from store.errors import StoreError, StoreMissingError
from store.journal import JournalBackend
from store.manifest import read_manifest
from tests.store.samples import put


def test_records_and_history_are_the_same(
    store: JournalBackend, folder: Path, reopen: Callable[[], JournalBackend]
) -> None:
    """Order, undo, second lives and the check run through archive and log alike."""
    put(store, a={"n": 1}, b={"n": 1}, c={"n": 1})
    put(store, a={"n": 2})
    put(store, b=None)
    before = (list(store.scan("cases")), [entry.document for entry in store.history()])
    store.compact(by="李老师")
    put(store, b={"n": 3})
    again = reopen()
    assert list(again.scan("cases")) == [*before[0], ("b", {"n": 3})]
    assert [entry.document for entry in again.history()] == [*before[1], {"n": 3}]
    assert [entry.document for entry in again.history("cases", "b")] == [{"n": 1}, None, {"n": 3}]
    assert [entry.document for entry in again.history("cases", "a")] == [{"n": 1}, {"n": 2}]
    assert sorted(path.name for path in (folder / "archive").iterdir()) == ["000001.jsonl"]
    assert sorted(path.name for path in (folder / "log").iterdir()) == ["000002.jsonl"]
    report = check_store(folder)
    assert (report.ok, report.records) == (True, {"cases": 3})
    again.undo(by="x")
    again.undo(by="x")
    assert again.get("cases", "b") == {"n": 1}


def test_compaction_itself_is_no_command(store: JournalBackend) -> None:
    """It shows in no history and cannot be undone."""
    put(store, a={})
    store.compact(by="x")
    store.compact(by="x")
    assert [record.command for record in store.transactions()] == ["add"]
    assert list(store.entries(2)) == []
    with pytest.raises(StoreMissingError):
        store.undo(2, by="x")
    assert store.undo(by="x").undoes == 1
    assert store.tables() == []


def test_nothing_to_compact(store: JournalBackend) -> None:
    with pytest.raises(StoreError):
        store.compact(by="x")


def test_segment_that_is_still_open_is_archived_later(
    store: JournalBackend, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows does not move a file that somebody has open; the next writer does."""
    put(store, a={"n": 1})

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(13, "in use", str(source))

    with monkeypatch.context() as patch:
        patch.setattr("store.archive.move_file", refuse)
        store.compact(by="x")
        assert store.get("cases", "a") == {"n": 1}
        assert len(list((folder / "log").iterdir())) == 2
        assert [entry.document for entry in store.history()] == [{"n": 1}]
    put(store, b={})
    assert [path.name for path in (folder / "archive").iterdir()] == ["000001.jsonl"]
    assert read_manifest(folder).base == 2


def test_missing_archive_does_not_stop_work(store: JournalBackend, folder: Path) -> None:
    """Records do not need it; history says what is missing, the doctor too."""
    put(store, a={"n": 1})
    store.compact(by="x")
    (folder / "archive" / "000001.jsonl").unlink()
    put(store, a={"n": 2})
    assert store.get("cases", "a") == {"n": 2}
    with pytest.raises(StoreError, match="不见了"):
        list(store.history())
    assert not check_store(folder).ok
