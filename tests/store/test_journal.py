"""The journal on disk: torn tails, damage, segments, and other processes."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from store import journal as journals
from store.errors import StoreDamagedError, StoreError
from store.journal import JournalBackend
from store.manifest import read_manifest
from tests.store.samples import damage_line, journal, put

Reopen = Callable[[], JournalBackend]
TORN = [b'{"seq":2,"tx":2,"left"', b"\0" * 50, b'{"seq":2,' + b"\0" * 40 + b'"}\n', b'{"seq"\0:2}\n{"seq":3']


def test_one_json_object_per_line(store: JournalBackend, folder: Path) -> None:
    """A person can open the file in a text editor and read it."""
    put(store, c1={"name": "张三"})
    header, line = journal(folder).read_text("utf-8").splitlines()
    assert json.loads(header)["segment"] == 1
    members = json.loads(line)
    assert list(members)[:7] == ["seq", "tx", "left", "at", "by", "command", "table"]
    assert members["document"] == {"name": "张三"}
    assert (members["by"], members["at"]) == ("李老师", "2026-03-02T09:30:00+08:00")
    assert "张三" in line


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


def test_damage_before_sound_lines_is_never_cut(store: JournalBackend, folder: Path, reopen: Reopen) -> None:
    """The error names file, line and record; nothing is changed, reading or writing."""
    put(store, a={"name": "张三"})
    put(store, b={"name": "李四"})
    put(store, c={"name": "王五"})
    damage_line(journal(folder), 3, "李四".encode(), "李五".encode())
    (folder / "index.seal").unlink()
    before = journal(folder).read_bytes()
    with pytest.raises(StoreDamagedError) as caught:
        reopen()
    assert (caught.value.line, caught.value.records) == (3, ("cases/b",))
    assert "000001.jsonl" in str(caught.value)
    with pytest.raises(StoreDamagedError):
        store.get("cases", "b")
    assert store.get("cases", "a") == {"name": "张三"}
    assert journal(folder).read_bytes() == before


def test_damaged_last_line_is_damage_not_torn(store: JournalBackend, folder: Path, reopen: Reopen) -> None:
    """A finished line that was changed was acknowledged once: it is not set aside."""
    put(store, a={"name": "张三"})
    put(store, b={"name": "李四"})
    for old, new in (("李四".encode(), b"xxxxxx"), (b'"}\n', b'"}X'), (b'"}\n', b'"]\n')):
        good = journal(folder).read_bytes()
        damage_line(journal(folder), 3, old, new)
        (folder / "head.json").unlink(missing_ok=True)
        with pytest.raises(StoreDamagedError):
            reopen()
        journal(folder).write_bytes(good)


@pytest.mark.parametrize("lines", [0, 1, 2])
def test_cut_off_acknowledged_lines_are_missed(
    store: JournalBackend, folder: Path, reopen: Reopen, lines: int
) -> None:
    """A journal shorter than acknowledged (cut, an old copy, half synced) is refused."""
    put(store, a={})
    put(store, b={})
    kept = journal(folder).read_bytes().splitlines(keepends=True)[: lines + 0]
    journal(folder).write_bytes(b"".join(kept))
    with pytest.raises(StoreDamagedError):
        reopen()


def test_journal_replaced_by_another_is_noticed(store: JournalBackend, folder: Path, reopen: Reopen) -> None:
    """An older copy that has grown since is not what was acknowledged."""
    put(store, a={})
    old = journal(folder).read_bytes()
    put(store, b={"x": 1})
    head = (folder / "head.json").read_bytes()
    journal(folder).write_bytes(old)
    (folder / "head.json").unlink()
    put(reopen(), c={"y": 1})
    (folder / "head.json").write_bytes(head)
    with pytest.raises(StoreDamagedError, match="对不上"):
        reopen()


@pytest.mark.parametrize("text", [b"", b"{", b"[1]", b'{"segment": 1}', b"\0" * 100])
def test_lost_note_of_the_end_does_no_harm(
    store: JournalBackend, folder: Path, reopen: Reopen, text: bytes
) -> None:
    put(store, a={})
    (folder / "head.json").write_bytes(text)
    again = reopen()
    put(again, b={})
    assert again.count("cases") == 2


def test_segments_follow_one_another(
    store: JournalBackend, folder: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sealed segments are noted with size and hash; a shorter one is refused at once."""
    monkeypatch.setattr(journals, "SEGMENT_BYTES", 500)
    for number in range(9):
        put(store, **{f"c{number}": {"name": "张三", "n": number}})
    manifest = read_manifest(folder)
    assert len(manifest.segments) > 3
    again = reopen()
    assert again.count("cases") == 9
    assert [entry.sequence for entry in again.history()] == list(range(1, 10))
    path = journal(folder, 2)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(StoreDamagedError, match="长度"):
        reopen()
    path.unlink()
    with pytest.raises(StoreDamagedError, match="不见了"):
        reopen()


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


def test_readers_see_what_others_write(store: JournalBackend, reopen: Reopen) -> None:
    """Without opening again, through new segments and compaction."""
    reader = reopen()
    put(store, a={"n": 1})
    assert reader.get("cases", "a") == {"n": 1}
    store.compact(by="x")
    put(store, a={"n": 2}, b={})
    assert [reader.get("cases", "a"), reader.count("cases")] == [{"n": 2}, 2]


def test_scan_goes_on_while_others_compact(
    store: JournalBackend, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every record once, though files move and the index is renewed meanwhile."""
    monkeypatch.setattr("store.index._PAGE", 3)
    put(store, **{f"c{number:02d}": {"n": number} for number in range(20)})
    reader, seen = reopen(), []
    for id, _ in reader.scan("cases"):
        seen.append(id)
        if len(seen) == 5:
            store.compact(by="x")
            reader.count("cases")
    assert seen == [f"c{number:02d}" for number in range(20)]


def test_leftovers_are_swept_at_the_next_start(store: JournalBackend, folder: Path, reopen: Reopen) -> None:
    """By a reader too, unless somebody is writing just now."""
    (folder / "tmp" / "fix").mkdir(parents=True)
    (folder / "tmp" / "fix" / "f").write_bytes("张三".encode())
    with store.transaction(by="x", command="y"):
        (folder / "tmp" / "mine").write_bytes(b"x")
        reopen()
        assert (folder / "tmp" / "mine").exists()
    reopen()
    assert list((folder / "tmp").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_every_file_is_private(folder: Path, umask: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Journal, index, lock, notes, torn pieces, archive: 0600, folders 0700, whatever the umask."""
    monkeypatch.setattr(journals, "SEGMENT_BYTES", 300)
    monkeypatch.setattr(journals, "FOLD_BYTES", 0)
    old = os.umask(umask)
    try:
        from store.opening import create_store

        store = create_store(folder)
        put(store, a={}, b={})
        with journal(folder).open("ab") as file:
            file.write(b"torn")
        put(store, c={})
        put(store, d={})
        store.compact(by="x")
        store.close()
    finally:
        os.umask(old)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.glob("*/")]} == {0o700}


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
