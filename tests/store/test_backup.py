"""Backup and restore: one file, proved by restoring it."""

import os
import re
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from store.backup import make_backup, restore_backup
from store.doctor import check_store
from store.errors import StoreDamagedError, StoreError, StoreLockedError, StoreMissingError
from store.files import move_file
from store.journal import JournalBackend
from store.opening import open_store
from tests.store.conftest import KEYS
from tests.store.samples import damage_line, fixed_clock, journal, put


@pytest.fixture
def filled(store: JournalBackend, folder: Path) -> JournalBackend:
    """A store with history, an archive, and the office's own files."""
    put(store, a={"name": "张三"}, b={"name": "李四"})
    put(store, b=None)
    store.compact(by="x")
    put(store, c={"name": "王五"})
    (folder / "assist.toml").write_text("单位 = '学生处'", encoding="utf-8")
    (folder / "packs").mkdir()
    (folder / "packs" / "自定.toml").write_text("x = 1")
    return store


def everything(folder: Path) -> object:
    """Records and history."""
    store = open_store(folder, KEYS)
    found = (list(store.scan("cases")), list(store.history()), store.head())
    store.close()
    return found


def test_restored_store_is_the_same(filled: JournalBackend, folder: Path, tmp_path: Path) -> None:
    """Records, history, hash, and the files beside them."""
    done = make_backup(folder, tmp_path / "b.zip", by="李老师", clock=fixed_clock)
    assert (done.records, done.head, done.size) == (
        {"cases": 2},
        filled.head(),
        (tmp_path / "b.zip").stat().st_size,
    )
    restored = restore_backup(tmp_path / "b.zip", tmp_path / "neu", by="李老师")
    assert restored.head == done.head
    assert everything(tmp_path / "neu") == everything(folder)
    assert (tmp_path / "neu" / "assist.toml").read_text("utf-8") == "单位 = '学生处'"
    assert (tmp_path / "neu" / "packs" / "自定.toml").exists()
    assert check_store(tmp_path / "neu").ok
    assert list((folder / "tmp").iterdir()) == []


def test_index_and_lock_stay_at_home(filled: JournalBackend, folder: Path, tmp_path: Path) -> None:
    make_backup(folder, tmp_path / "b.zip", by="x")
    names = zipfile.ZipFile(tmp_path / "b.zip").namelist()
    assert not [name for name in names if "index" in name or "writer" in name or name.startswith("tmp")]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_backup_is_private(filled: JournalBackend, folder: Path, tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        make_backup(folder, tmp_path / "b.zip", by="x")
        restore_backup(tmp_path / "b.zip", tmp_path / "neu", by="x")
    finally:
        os.umask(old)
    modes = {
        stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "b.zip", *(tmp_path / "neu").rglob("*")]
    }
    assert modes == {0o600, 0o700}


def test_nothing_is_overwritten(filled: JournalBackend, folder: Path, tmp_path: Path) -> None:
    """Neither an older backup nor a store; nor does a backup go where it would be lost as well."""
    (tmp_path / "b.zip").write_bytes(b"older")
    for target in (tmp_path / "b.zip", folder / "b.zip", tmp_path / "nowhere" / "b.zip"):
        with pytest.raises(StoreError):
            make_backup(folder, target, by="x")
    assert (tmp_path / "b.zip").read_bytes() == b"older"
    make_backup(folder, tmp_path / "c.zip", by="x")
    before = everything(folder)
    with pytest.raises(StoreError, match="已经有"):
        restore_backup(tmp_path / "c.zip", folder, by="x")
    assert everything(folder) == before


def test_replaced_store_is_kept_aside(filled: JournalBackend, folder: Path, tmp_path: Path) -> None:
    make_backup(folder, tmp_path / "b.zip", by="x")
    before = everything(folder)
    put(filled, d={"name": "赵六"})
    newer = everything(folder)
    filled.close()
    restore_backup(tmp_path / "b.zip", folder, by="x", replace=True, clock=fixed_clock)
    assert everything(folder) == before
    aside = folder / "replaced-20260302093000"
    assert everything(aside) == newer
    make_backup(folder, tmp_path / "c.zip", by="x")
    assert not [name for name in zipfile.ZipFile(tmp_path / "c.zip").namelist() if "replaced" in name]


def test_damaged_store_is_not_backed_up_in_silence(
    filled: JournalBackend, folder: Path, tmp_path: Path
) -> None:
    """The error says so; there is no file that looks like a backup."""
    filled.close()
    damage_line(journal(folder, 1), 3, "李四".encode(), b"xxxxxx")
    with pytest.raises(StoreDamagedError):
        make_backup(folder, tmp_path / "b.zip", by="x")
    assert not list(tmp_path.glob("b.zip*"))


@pytest.mark.parametrize("how", ["cut", "flip", "other zip", "no zip", "empty"])
def test_bad_backup_is_refused(filled: JournalBackend, folder: Path, tmp_path: Path, how: str) -> None:
    """Nothing is made, nothing is touched."""
    file = tmp_path / "b.zip"
    make_backup(folder, file, by="x")
    data = file.read_bytes()
    if how == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif how == "flip":
        at = data.index(b"000002.jsonl") + 60
        file.write_bytes(data[:at] + bytes([data[at] ^ 8]) + data[at + 1 :])
    elif how == "other zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("x.txt", "y")
    else:
        file.write_bytes(b"PK" if how == "no zip" else b"")
    with pytest.raises(StoreDamagedError) as caught:
        restore_backup(file, tmp_path / "neu", by="x")
    assert not (tmp_path / "neu").exists()
    said = str(caught.value).replace(str(file), "").replace("log/000002.jsonl", "")
    assert not re.search("[A-Za-z]{3}", said)


def test_a_folder_that_was_there_stays_when_restoring_fails(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"PK")
    (tmp_path / "neu").mkdir()
    (tmp_path / "neu" / "x").touch()
    with pytest.raises(StoreDamagedError):
        restore_backup(tmp_path / "b.zip", tmp_path / "neu", by="x")
    assert (tmp_path / "neu" / "x").exists()


def test_a_file_is_no_folder_to_restore_into(filled: JournalBackend, folder: Path, tmp_path: Path) -> None:
    make_backup(folder, tmp_path / "b.zip", by="x")
    with pytest.raises(StoreError, match="这是一个文件，不是文件夹"):
        restore_backup(tmp_path / "b.zip", tmp_path / "b.zip", by="x")


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "C:\\x", "..\\x", "a:b"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, "y")
    with pytest.raises(StoreDamagedError, match="文件名"):
        restore_backup(tmp_path / "b.zip", tmp_path / "neu", by="x")
    assert not (tmp_path / "x").exists()


def test_no_file_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        restore_backup(tmp_path / "none.zip", tmp_path / "neu", by="x")
    with pytest.raises(StoreMissingError):
        make_backup(tmp_path, tmp_path / "b.zip", by="x")


def test_backup_waits_for_writers(filled: JournalBackend, folder: Path, tmp_path: Path) -> None:
    with filled.transaction(by="李老师", command="y"), pytest.raises(StoreLockedError, match="李老师"):
        make_backup(folder, tmp_path / "b.zip", by="x", timeout=0)


def test_backup_to_another_disk(
    filled: JournalBackend, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a rename is not possible the bytes are copied, under another name until complete."""
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.parent != Path(target).parent:
            raise OSError(18, "Invalid cross-device link")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    make_backup(folder, tmp_path / "b.zip", by="x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "存储"]
    restore_backup(tmp_path / "b.zip", tmp_path / "neu", by="x")
    assert everything(tmp_path / "neu") == everything(folder)


def test_interrupted_restore_can_be_done_again(
    filled: JournalBackend,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reopen: Callable[[], JournalBackend],
) -> None:
    """Killed while moving files in: nothing is lost, the same command finishes."""
    make_backup(folder, tmp_path / "b.zip", by="x")
    before, neu = everything(folder), tmp_path / "neu"
    moves: list[Path] = []
    real = move_file

    def stop(source: Path, target: Path) -> None:
        moves.append(source)
        if len(moves) == 3:
            raise KeyboardInterrupt
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr("store.backup.move_file", stop)
        with pytest.raises(KeyboardInterrupt):
            restore_backup(tmp_path / "b.zip", neu, by="x")
    assert not (neu / "store.json").exists()
    restore_backup(tmp_path / "b.zip", neu, by="x", replace=True)
    assert everything(neu) == before
