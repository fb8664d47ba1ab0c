"""The index may be thrown away: no answer depends on it."""

import gc
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from store import home, indexing
from store import journal as journals
from store.index import NAME, SEAL, Index, open_index
from store.journal import JournalBackend
from store.opening import open_store
from tests.store.conftest import KEYS
from tests.store.samples import put

Reopen = Callable[[], JournalBackend]


@pytest.fixture
def filled(store: JournalBackend, monkeypatch: pytest.MonkeyPatch) -> JournalBackend:
    """A store whose index is on disk and behind the journal."""
    monkeypatch.setattr(journals, "FOLD_BYTES", 2000)
    for start in range(0, 30, 5):
        numbers = range(start, start + 5)
        put(store, **{f"c{number:02d}": {"name": f"张{number % 7}", "n": number} for number in numbers})
    put(store, c03=None, c04={"name": "李四"})
    return store


def answers(store: JournalBackend) -> object:
    """Everything that can be asked."""
    return (
        list(store.scan("cases")),
        [store.find("cases", "name", f"张{number}") for number in range(8)],
        store.count("cases"),
        [store.get("cases", f"c{number:02d}") for number in range(31)],
        store.tables(),
    )


def damage(folder: Path, how: str) -> None:
    """Do something to the index."""
    path = folder / NAME
    if how == "delete":
        path.unlink()
    elif how == "unseal":
        (folder / SEAL).unlink()
    elif how == "truncate":
        path.write_bytes(path.read_bytes()[:5000])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "garbage":
        path.write_bytes(os.urandom(20_000))
    elif how == "flip":
        data = bytearray(path.read_bytes())
        for at in range(4000, len(data), 97):
            data[at] ^= 4
        path.write_bytes(bytes(data))


@pytest.mark.parametrize("how", ["delete", "unseal", "truncate", "empty", "garbage", "flip"])
@pytest.mark.parametrize("resealed", [False, True])
def test_no_answer_changes(
    filled: JournalBackend, folder: Path, reopen: Reopen, how: str, resealed: bool
) -> None:
    """Whatever happens to the index, between openings."""
    expected = answers(filled)
    filled.close()
    damage(folder, how)
    if resealed and how in {"truncate", "empty", "garbage"}:
        state = (folder / NAME).stat()
        (folder / SEAL).write_text(f"{state.st_size} {state.st_mtime_ns}")
    again = reopen()
    assert answers(again) == expected
    put(again, new={"name": "张1"})
    assert again.count("cases") == 30


@pytest.mark.parametrize("how", ["delete", "truncate", "empty", "garbage", "flip"])
def test_no_answer_changes_while_open(filled: JournalBackend, folder: Path, how: str) -> None:
    """Also under a program that has it open."""
    expected = answers(filled)
    damage(folder, how)
    assert answers(filled) == expected


def test_wrong_place_in_the_index_is_noticed(filled: JournalBackend, folder: Path) -> None:
    """A row that points to another record's line gives the right document all the same."""
    expected = answers(filled)
    base = sqlite3.connect(folder / NAME)
    base.execute("UPDATE records SET start=(SELECT start FROM records WHERE id='c07') WHERE id<'c10'")
    base.commit()
    base.close()
    assert answers(filled) == expected


def test_record_that_only_the_index_knows_is_none(filled: JournalBackend, folder: Path) -> None:
    """A row for which there is no line: found out, and no answer."""
    expected = answers(filled)
    base = sqlite3.connect(folder / NAME)
    base.execute(
        "INSERT INTO records SELECT 9999, t, 'ghost', seq, segment, start, size FROM records LIMIT 1"
    )
    base.commit()
    base.close()
    assert filled.get("cases", "ghost") is None
    assert answers(filled) == expected


def test_index_ahead_of_the_journal_is_made_anew(
    filled: JournalBackend, folder: Path, reopen: Reopen
) -> None:
    """The journal was put back to an older state by hand: the index knows lines that are not there."""
    journal = folder / "log" / "000001.jsonl"
    kept = journal.read_bytes().splitlines(keepends=True)[:6]
    filled.close()
    journal.write_bytes(b"".join(kept))
    (folder / "head.json").unlink()
    again = reopen()
    assert [id for id, _ in again.scan("cases")] == [f"c{number:02d}" for number in range(5)]
    put(again, x={"name": "张9"})
    assert [id for id, _ in reopen().find("cases", "name", "张9")] == ["x"]


def test_index_of_another_store_is_not_believed(filled: JournalBackend, folder: Path, tmp_path: Path) -> None:
    from store.opening import create_store

    other = create_store(tmp_path / "other", KEYS)
    put(other, z={"name": "王五"})
    other.close()
    for name in (NAME, SEAL):
        (tmp_path / "other" / name).write_bytes((folder / name).read_bytes())
    state = (tmp_path / "other" / NAME).stat()
    (tmp_path / "other" / SEAL).write_text(f"{state.st_size} {state.st_mtime_ns}")
    again = open_store(tmp_path / "other", KEYS)
    assert dict(again.scan("cases")) == {"z": {"name": "王五"}}
    again.close()


def test_full_disk_falls_back_to_memory(
    filled: JournalBackend, folder: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No room for an index: slower, but every answer and every write as before."""
    expected = answers(filled)
    (folder / SEAL).unlink()

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(indexing, "_build_on_disk", full)
    again = reopen()
    assert answers(again) == expected
    put(again, new={"name": "张1"})
    assert again.count("cases") == 30
    assert not (folder / SEAL).exists()


def test_reader_without_the_lock_builds_in_memory(
    filled: JournalBackend, folder: Path, reopen: Reopen
) -> None:
    """A missing index while somebody writes: the reader answers all the same and writes nothing."""
    expected = answers(filled)
    with filled.transaction(by="x", command="y"):
        (folder / SEAL).unlink()
        assert answers(reopen()) == expected
        assert not (folder / SEAL).exists()
    assert answers(reopen()) == expected
    assert (folder / SEAL).exists()


def test_folded_index_equals_a_new_one(filled: JournalBackend, folder: Path, reopen: Reopen) -> None:
    """Brought up to date step by step, it is what building it at once gives."""
    put(filled, **{f"d{number}": {"name": "赵六"} for number in range(40)})
    folded = open_index(folder)
    assert folded is not None
    rows = list(folded.everything())
    folded.close()
    (folder / SEAL).unlink()
    reopen()
    built = open_index(folder)
    assert built is not None
    assert list(built.everything()) == rows
    built.close()


def test_network_drive_keeps_the_index_in_a_local_cache(
    store: JournalBackend, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite cannot be trusted over a network: the store's folder holds no index then."""
    put(store, a={"name": "张三"})
    store.close()
    (folder / NAME).unlink()
    monkeypatch.setattr(home, "is_network", lambda _: True)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    again = open_store(folder, KEYS)
    assert [id for id, _ in again.find("cases", "name", "张三")] == ["a"]
    again.close()
    assert not (folder / NAME).exists()
    assert [path.name for path in (tmp_path / "cache").rglob("*.sqlite")] == [NAME]


def test_kind_of_drive_is_read_from_the_mounts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/a / ext4 rw 0 0\nserver:/x /mnt/my\\040share nfs4 rw 0 0\n//s/y /mnt/smb cifs rw 0 0\n"
    )
    monkeypatch.setattr(home, "MOUNTS", mounts)
    kinds = {
        path: home.mounted_as(path) for path in ("/home/x", "/mnt/my share/存储", "/mnt/smb", "/mnt/smbx")
    }
    assert kinds == {"/home/x": "ext4", "/mnt/my share/存储": "nfs4", "/mnt/smb": "cifs", "/mnt/smbx": "ext4"}


def test_an_index_interrupted_in_the_making_goes_without_a_word() -> None:
    """Ctrl-C may come before it has a connection: nothing is told behind 已中断."""
    unmade = Index.__new__(Index)
    del unmade
    gc.collect()
