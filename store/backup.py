"""Backup into one file, which counts only after it has been restored and checked; and restore.

The file is a plain zip of the folder: records, history, and whatever else lies there (settings,
packs, templates). It is not encrypted.
"""

import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import ENOTDIR
from pathlib import Path

from store.errors import StoreError, explaining
from store.files import copy_stream, make_folder, move_file, remove_tree, stamp_of_time, sync_folder
from store.index import NAME as INDEX
from store.index import SEAL
from store.lock import hold_lock
from store.manifest import NAME, TEMPORARY, read_manifest
from store.opening import is_store
from store.package import ASIDE, BACKUPS, pack_folder, unpack_store
from store.tail import note_head, survey_store

_TRIAL, _PART = "restored", "backup.part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A finished backup, or what one held."""

    file: Path
    size: int  # bytes
    head: str  # hash of the newest line
    records: dict[str, int]  # table → living records


def make_backup(
    path: Path | str,
    target: Path | str,
    *,
    by: str,
    clock: Callable[[], datetime] | None = None,
    timeout: float = 5.0,
    leave_out: Collection[str] = (),
) -> Backup:
    """Write the whole store into one new file and prove it by restoring it.

    Files and folders of the names *leave_out*, which are somebody else's in the store's folder, stay out.
    """
    folder, file = Path(path), Path(target)
    at = (clock() if clock else datetime.now(UTC).astimezone()).isoformat(timespec="seconds")
    read_manifest(folder)
    _refuse_place(folder, file)
    with explaining("备份", file), hold_lock(folder, timeout, by=by, command="backup", at=at):
        survey_store(folder)
        make_folder(folder / TEMPORARY)
        part, trial = folder / TEMPORARY / _PART, folder / TEMPORARY / _TRIAL
        try:
            pack_folder(folder, part, leave_out)
            remove_tree(trial)
            report = unpack_store(part, trial)
            size = _deliver(part, file)
        finally:
            remove_tree(trial)
            remove_tree(part)
    return Backup(file=file, size=size, head=report.head, records=report.records)


def keep_copy(folder: Path, name: str, *, by: str, at: str, timeout: float) -> Path:
    """A zip of the folder as it is, in backups/; for use before an upgrade, whatever the format."""
    target = folder / BACKUPS / f"{name}-{stamp_of_time(at)}.zip"
    with hold_lock(folder, timeout, by=by, command="backup", at=at):
        make_folder(target.parent)
        make_folder(folder / TEMPORARY)
        part = folder / TEMPORARY / _PART
        pack_folder(folder, part)
        with zipfile.ZipFile(part) as archive:
            bad = archive.testzip()
        if bad is not None:
            raise StoreError("备份没有写对，没有升级", where=f"{target}，{bad}")
        move_file(part, target)
        sync_folder(target.parent)
    return target


def restore_backup(
    source: Path | str,
    path: Path | str,
    *,
    by: str,
    replace: bool = False,
    clock: Callable[[], datetime] | None = None,
    timeout: float = 5.0,
) -> Backup:
    """Make a store out of a backup; an existing one is only replaced if asked, and kept aside."""
    file, folder = Path(source), Path(path)
    at = (clock() if clock else datetime.now(UTC).astimezone()).isoformat(timespec="seconds")
    with explaining("恢复", folder):
        if not file.is_file():
            raise StoreError("没有这个备份文件", where=str(file))
        with _made(folder), hold_lock(folder, timeout, by=by, command="restore", at=at):
            if is_store(folder) and not replace:
                raise StoreError(
                    "这里已经有数据文件夹，没有改动",
                    where=str(folder),
                    advice="请恢复到另一个文件夹；确要替换就加 --replace，现有内容整个移到一旁保留。",
                )
            trial = folder / TEMPORARY / _TRIAL
            remove_tree(trial)
            try:
                report = unpack_store(file, trial)
                _move_in(folder, trial, at)
            finally:
                remove_tree(trial)
    return Backup(file=file, size=file.stat().st_size, head=report.head, records=report.records)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder, made if need be; one that was made for nothing is not left behind."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(ENOTDIR, "", str(folder))
    fresh = not folder.exists()
    make_folder(folder)
    try:
        yield
    except BaseException:
        if fresh and not (folder / NAME).exists():
            remove_tree(folder)
        raise


def _refuse_place(folder: Path, file: Path) -> None:
    """StoreError where a backup must not go."""
    if file.exists():
        raise StoreError("备份文件已经存在，没有覆盖", where=str(file), advice="请换一个文件名。")
    if not file.parent.is_dir():
        raise StoreError("没有这个文件夹", where=str(file.parent), advice="请先建好文件夹，或另选位置。")
    if file.absolute().parent.resolve().is_relative_to(folder.resolve()):
        raise StoreError(
            "备份不能放在数据文件夹里面", where=str(file), advice="请放到别处，最好是另一块磁盘。"
        )


def _deliver(part: Path, file: Path) -> int:
    """Put the finished file where it is wanted, also on another disk; its size in bytes."""
    try:
        part.rename(file)
    except OSError:  # another disk
        beside = file.with_name(f"{file.name}.part")
        with part.open("rb") as stream:
            copy_stream(stream, beside)
        beside.rename(file)
    sync_folder(file.parent)
    return file.stat().st_size


def _move_in(folder: Path, trial: Path, at: str) -> None:
    """Let the restored files take their places, the manifest last; what was there is kept aside."""
    aside = folder / f"{ASIDE}-{stamp_of_time(at)}"
    while aside.exists():
        aside = aside.with_name(f"{aside.name}x")
    names = sorted(path.name for path in trial.iterdir() if path.name not in {NAME, TEMPORARY})
    for name in (NAME, *names, INDEX, SEAL):
        if (folder / name).exists():
            make_folder(aside)
            move_file(folder / name, aside / name)
    for name in (*names, NAME):
        move_file(trial / name, folder / name)
    sync_folder(folder)
    note_head(folder, survey_store(folder).end)
