"""Writing to the journal: torn tails, failed syncs, new segments, large transactions."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store import journal as journals
from store.errors import StoreError
from store.journal import JournalBackend
from tests.store.samples import journal, put

Reopen = Callable[[], JournalBackend]
TORN = [b'{"seq":2,"tx":2,"left"', b"\0" * 50, b'{"seq":2,' + b"\0" * 40 + b'"}\n', b'{"seq"\0:2}\n{"seq":3']


@pytest.mark.parametrize("piece", TORN)
def test_unfinished_write_is_kept_aside(
    store: JournalBackend, folder: Path, reopen: Reopen, piece: bytes
) -> None:
    """Readers pass over it, the next writer moves it to torn/, nothing is thrown away."""
    put(store, a={"n": 1})
    with journal(folder).open("ab") as file:
        file.write(piece)
    reader = reopen()
    assert dict(reader.scan("cases")) == {"a": {"n": 1}}
    assert not (folder / "torn").exists()
    put(reader, b={})
    assert "torn/" in reader.notices[0]
    (kept,) = (folder / "torn").iterdir()
    assert kept.read_bytes() == piece
    assert reopen().count("cases") == 2


def test_transaction_without_its_last_line_is_torn(
    store: JournalBackend, folder: Path, reopen: Reopen
) -> None:
    """Sound lines of a command that never finished are none of the store's records."""
    put(store, a={"n": 1})
    whole = journal(folder).read_bytes()
    put(store, b={}, c={}, d={})
    lines = journal(folder).read_bytes()[len(whole) :].splitlines(keepends=True)
    (folder / "head.json").unlink()
    for cut in (lines[:1], lines[:2], [*lines[:2], lines[2][:40]]):
        journal(folder).write_bytes(whole + b"".join(cut))
        assert [id for id, _ in reopen().scan("cases")] == ["a"]
    again = reopen()
    put(again, e={})
    assert [id for id, _ in again.scan("cases")] == ["a", "e"]


def test_leftover_of_a_failed_new_segment_is_no_obstacle(
    store: JournalBackend, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A header or what compaction repeats is swept, lines that stand nowhere else are not."""
    put(store, a={})
    monkeypatch.setattr(journals, "SEGMENT_BYTES", 1)
    leftover = folder / "log" / "000002.jsonl"
    leftover.write_bytes(b'{"journal":"')
    put(store, b={})
    assert store.count("cases") == 2
    foreign = folder / "log" / "000003.jsonl"
    foreign.write_bytes(journal(folder, 2).read_bytes() * 3)
    before = foreign.read_bytes()
    with pytest.raises(StoreError, match="doctor"):
        put(store, c={})
    assert foreign.read_bytes() == before
    assert store.count("cases") == 2


def test_unacknowledged_end_is_written_again(
    store: JournalBackend, folder: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a failed fsync the system may believe lies: the last transaction is written anew."""
    put(store, a={"n": 1})
    head = (folder / "head.json").read_bytes()
    put(store, b={"n": 2}, c={"n": 3})
    (folder / "head.json").write_bytes(head)
    written: list[bytes] = []
    real = os.write

    def record(descriptor: int, data: bytes) -> int:
        written.append(bytes(data))
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", record)
    before = journal(folder).read_bytes()
    put(reopen(), d={})
    assert before.splitlines(keepends=True)[2:] == written[1].splitlines(keepends=True)
    assert journal(folder).read_bytes().startswith(before)


def test_failed_fsync_is_not_taken_for_success(
    store: JournalBackend, folder: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command fails, the lines are taken back, the next command works."""
    put(store, a={})

    def fail(descriptor: int) -> None:
        raise OSError(5, os.strerror(5))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(StoreError, match="磁盘读写出错"):
            put(store, b={})
    assert store.get("cases", "b") is None
    put(store, c={})
    assert [id for id, _ in reopen().scan("cases")] == ["a", "c"]


def test_writing_past_the_lock_is_noticed(store: JournalBackend, folder: Path) -> None:
    """Where locks fail (some network drives) another program's lines are not overwritten."""
    put(store, a={})
    with store.transaction(by="x", command="y") as change:
        change.put("cases", "b", {})
        with journal(folder).open("ab") as file:
            file.write(b"foreign")
        with pytest.raises(StoreError, match="别的程序"):
            store._write(change)  # type: ignore[arg-type]
        journal(folder).write_bytes(journal(folder).read_bytes()[: -len(b"foreign")])
    assert store.count("cases") == 2


def test_large_transaction_spools_to_a_private_file(store: JournalBackend, folder: Path) -> None:
    """Texts beyond a megabyte wait in tmp/, are read back there, and are gone afterwards."""
    text = "求职" * 1000
    with store.transaction(by="x", command="import") as change:
        for number in range(400):
            change.put("cases", f"c{number}", {"name": f"张{number}", "text": text})
        (spool,) = (folder / "tmp").glob("spool-*")
        assert spool.stat().st_size > 1 << 20
        assert [change.get("cases", f"c{number}") for number in (0, 399)] == [
            {"name": f"张{number}", "text": text} for number in (0, 399)
        ]
    assert list((folder / "tmp").iterdir()) == []
    assert store.get("cases", "c7") == {"name": "张7", "text": text}
    assert [id for id, _ in store.find("cases", "name", "张399")] == ["c399"]
