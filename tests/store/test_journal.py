"""The journal on disk: torn tails, damage, segments, and other processes."""

import gc
import json
import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from store import journal as journals
from store.backend import Change
from store.errors import StoreDamagedError
from store.journal import JournalBackend
from store.manifest import Manifest, read_manifest
from store.opening import create_store
from tests.store.samples import damage_line, journal, put

Reopen = Callable[[], JournalBackend]


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


def test_foreign_line_at_the_end_is_damage(store: JournalBackend, folder: Path, reopen: Reopen) -> None:
    """Even one that is sound in itself: a second header, another store's line."""
    put(store, a={})
    good = journal(folder).read_bytes()
    header = good.splitlines(keepends=True)[0]
    for foreign in (header, b">>>>>>> theirs\n", b"\r\n", b" \n"):
        journal(folder).write_bytes(good + foreign)
        with pytest.raises(StoreDamagedError):
            reopen()


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


def test_reader_is_not_confused_by_a_writer_in_between(
    store: JournalBackend, folder: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new segment and a new note of the end, just after the manifest was read: no damage."""
    put(store, a={})
    waiting = [store]

    def read_and_wait(folder: Path) -> Manifest:
        manifest = read_manifest(folder)
        if waiting:
            put(waiting.pop(), b={})
        return manifest

    monkeypatch.setattr(journals, "SEGMENT_BYTES", 1)
    monkeypatch.setattr("store.tail.read_manifest", read_and_wait)
    reader = reopen()
    assert reader.count("cases") == 2
    put(store, c={})
    assert reader.count("cases") == 3


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


def test_scan_notices_a_changed_byte_in_the_middle(store: JournalBackend, folder: Path) -> None:
    """Also where many lines are read at once; what came before it is still given."""
    put(store, **{f"c{number}": {"n": number} for number in range(500)})
    damage_line(journal(folder), 300, b'"n":', b'"m":')
    seen: list[str] = []
    with pytest.raises(StoreDamagedError, match=r"第 300 行"):
        seen.extend(id for id, _ in store.scan("cases"))
    assert seen == [f"c{number}" for number in range(298)]


@pytest.mark.parametrize("id", ['a"b', "\\", "换行\n", '","table":"x', "甲·乙"])
def test_scan_finds_awkward_names(store: JournalBackend, id: str) -> None:
    store.commit([Change(table=id, id=id, document={"n": 1})], by="李老师", command="add")
    assert list(store.scan(id)) == [(id, {"n": 1})]


def test_a_store_that_nobody_closed_lets_go_of_its_files(folder: Path) -> None:
    """A program that forgot it must not keep Windows from replacing the index."""
    store = create_store(folder, {"cases": ("name",)}, timeout=0)
    put(store, **{f"c{number}": {"name": "张三"} for number in range(2000)})
    assert next(store.scan("cases"))
    connection = store._guard.index._base  # type: ignore[union-attr]
    descriptors = list(store._segments._descriptors.values())
    assert descriptors
    del store
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")
    for descriptor in descriptors:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(descriptor)


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
