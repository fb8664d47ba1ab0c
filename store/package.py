"""A store as one zip file: packed, and unpacked only if it is whole and stays in its place."""

import io
import os
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from store.doctor import Report, check_store
from store.errors import StoreDamagedError
from store.files import copy_stream, make_folder, open_private, write_all
from store.index import NAME as INDEX
from store.index import SEAL
from store.lock import HOLDER, LOCK
from store.manifest import NAME, TEMPORARY

ASIDE, BACKUPS = "replaced", "backups"  # what restoring and upgrading keep; no backup holds older ones
_LEFT_OUT = frozenset({INDEX, f"{INDEX}-journal", SEAL, LOCK, HOLDER, TEMPORARY, BACKUPS})


def pack_folder(folder: Path, part: Path, leave_out: Collection[str] = ()) -> None:
    """Write everything but what can be made anew, and what shall be left out, into a zip."""
    descriptor = open_private(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    try:
        with zipfile.ZipFile(
            _Sink(descriptor), "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False
        ) as archive:
            for path in _contents(folder, _LEFT_OUT.union(leave_out)):
                archive.write(path, path.relative_to(folder).as_posix())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unpack_store(file: Path, trial: Path) -> Report:
    """What the doctor says of a backup unpacked into *trial*; errors unless the store is whole."""
    _unpack_all(file, trial)
    if not (trial / NAME).is_file():
        raise StoreDamagedError(
            "这不是本程序的备份", file=str(file), advice="请换一份备份。没有改动任何文件。"
        )
    report = check_store(trial)
    if report.mendable:
        first = next(problem for problem in report.problems if problem.level == "error")
        raise StoreDamagedError(
            f"备份里的数据文件夹不完整：{first.message}",
            file=str(file),
            advice="请先运行 assist doctor。没有改动任何文件。",
        )
    return report


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


def _contents(folder: Path, left_out: Collection[str]) -> Iterator[Path]:
    """Files worth keeping; links are not followed."""
    for path in sorted(folder.iterdir()):
        if path.name in left_out or path.name.startswith(f"{ASIDE}-") or path.is_symlink():
            continue
        if path.is_dir():
            yield from (
                child for child in sorted(path.rglob("*")) if child.is_file() and not child.is_symlink()
            )
        elif path.is_file():
            yield path


def _unpack_all(file: Path, trial: Path) -> None:
    """Write every file of a backup; the reasons that zipfile has are English and help nobody."""
    name = ""
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                name = entry.filename
                if not entry.is_dir():
                    _unpack_one(archive, entry, trial)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        what = f"备份文件不完整，读不出其中的 {name!r:.80}" if name else "这不是备份文件，或没有复制完整"
        raise StoreDamagedError(what, file=str(file), advice="请换一份备份。没有改动任何文件。") from None


def _unpack_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, trial: Path) -> None:
    """Write one file of a backup, never outside *trial*."""
    parts = PurePosixPath(entry.filename).parts
    if not parts or any(part in {"..", "/"} or "\\" in part or ":" in part for part in parts):
        raise StoreDamagedError("备份里有不该有的文件名，没有恢复", file=repr(entry.filename)[:80])
    target = trial.joinpath(*parts)
    make_folder(target.parent)
    with archive.open(entry) as stream:
        copy_stream(stream, target)
