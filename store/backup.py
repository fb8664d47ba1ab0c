"""Backup into one file, which counts only after it has been restored and checked; and restore.

The file is a plain zip of the folder: records, history, and whatever else lies there (settings,
packs, templates). It is not encrypted.
"""

import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from store.doctor import Report, check_store
from store.errors import StoreDamagedError, StoreError, explaining
from store.files import (
    copy_stream,
    make_folder,
    move_file,
    open_private,
    remove_tree,
    stamp_of_time,
    sync_folder,
    write_all,
)
from store.index import NAME as INDEX
from store.index import SEAL
from store.lock import HOLDER, LOCK, hold_lock
from store.manifest import NAME, TEMPORARY, read_manifest
from store.opening import is_store
from store.tail import note_head, survey_store

_TRIAL, _PART, _ASIDE = "restored", "backup.part", "replaced"
BACKUPS = "backups"
_LEFT_OUT = frozenset({INDEX, f"{INDEX}-journal", SEAL, LOCK, HOLDER, TEMPORARY, BACKUPS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A finished backup, or what one held."""

    file: Path
    size: int  # bytes
    head: str  # hash of the newest line
    records: dict[str, int]  # table → living records


class _Sink(io.RawIOBase):
    """A file for zipfile to write to, by the one path that all our writes take."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def seekable(self) -> bool:
        """Yes: zipfile goes back to fill in sizes."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """The new position."""
        return os.lseek(self._descriptor, offset, whence)

    def write(self, data: Any, /) -> int:
        """Number of bytes written: all of them."""
        block = bytes(data)
        write_all(self._descriptor, block)
        return len(block)


def make_backup(
    path: Path | str,
    target: Path | str,
    *,
    by: str,
    clock: Callable[[], datetime] | None = None,
    timeout: float = 5.0,
) -> Backup:
    """Write the whole store into one new file and prove it by restoring it."""
    folder, file = Path(path), Path(target)
    at = (clock() if clock else datetime.now(UTC).astimezone()).isoformat(timespec="seconds")
    read_manifest(folder)
    _refuse_place(folder, file)
    with explaining("备份", file), hold_lock(folder, timeout, by=by, command="backup", at=at):
        survey_store(folder)
        make_folder(folder / TEMPORARY)
        part, trial = folder / TEMPORARY / _PART, folder / TEMPORARY / _TRIAL
        try:
            _pack(folder, part)
            remove_tree(trial)
            report = _unpack(part, trial)
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
        part = target.with_suffix(".part")
        _pack(folder, part)
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
        make_folder(folder)
        with hold_lock(folder, timeout, by=by, command="restore", at=at):
            if is_store(folder) and not replace:
                raise StoreError(
                    "这里已经有一个存储，没有改动",
                    where=str(folder),
                    advice="请恢复到另一个文件夹；确要替换时，现有内容会整个移到一旁保留。",
                )
            trial = folder / TEMPORARY / _TRIAL
            remove_tree(trial)
            report = _unpack(file, trial)
            _move_in(folder, trial, at)
    return Backup(file=file, size=file.stat().st_size, head=report.head, records=report.records)


def _refuse_place(folder: Path, file: Path) -> None:
    """StoreError where a backup must not go."""
    if file.exists():
        raise StoreError("备份文件已经存在，没有覆盖", where=str(file), advice="请换一个文件名。")
    if not file.parent.is_dir():
        raise StoreError("没有这个文件夹", where=str(file.parent), advice="请先建好文件夹，或另选位置。")
    if file.absolute().parent.resolve().is_relative_to(folder.resolve()):
        raise StoreError(
            "备份不能放在存储自己的文件夹里", where=str(file), advice="请放到别处，最好是另一块磁盘。"
        )


def _pack(folder: Path, part: Path) -> None:
    """Write everything but what can be made anew into a zip."""
    descriptor = open_private(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    try:
        with zipfile.ZipFile(
            _Sink(descriptor), "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False
        ) as archive:
            for path in _contents(folder):
                archive.write(path, path.relative_to(folder).as_posix())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _contents(folder: Path) -> Iterator[Path]:
    """Files worth keeping; links are not followed."""
    for path in sorted(folder.iterdir()):
        if path.name in _LEFT_OUT or path.name.startswith(f"{_ASIDE}-") or path.is_symlink():
            continue
        if path.is_dir():
            yield from (
                child for child in sorted(path.rglob("*")) if child.is_file() and not child.is_symlink()
            )
        elif path.is_file():
            yield path


def _unpack(file: Path, trial: Path) -> Report:
    """What the doctor says of a backup unpacked into *trial*; errors unless the store is whole."""
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if not entry.is_dir():
                    _unpack_one(archive, entry, trial)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise StoreDamagedError(
            f"备份文件不完整或不是备份（{error}）", file=str(file), advice="请换一份备份。没有改动任何文件。"
        ) from None
    if not (trial / NAME).is_file():
        raise StoreDamagedError(
            "这不是本程序的备份", file=str(file), advice="请换一份备份。没有改动任何文件。"
        )
    report = check_store(trial)
    if report.mendable:
        first = next(problem for problem in report.problems if problem.level == "error")
        raise StoreDamagedError(
            f"备份里的存储不完整：{first.message}",
            file=str(file),
            advice="请先运行 assist doctor。没有改动任何文件。",
        )
    return report


def _unpack_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, trial: Path) -> None:
    """Write one file of a backup, never outside *trial*."""
    parts = PurePosixPath(entry.filename).parts
    if not parts or any(part in {"..", "/"} or "\\" in part or ":" in part for part in parts):
        raise StoreDamagedError("备份里有不该有的文件名，没有恢复", file=repr(entry.filename)[:80])
    target = trial.joinpath(*parts)
    make_folder(target.parent)
    with archive.open(entry) as stream:
        copy_stream(stream, target)


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
    aside = folder / f"{_ASIDE}-{stamp_of_time(at)}"
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
