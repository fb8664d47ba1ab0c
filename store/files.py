"""Files that only their owner can read, and that are on disk when we say so.

Every write of the store goes through this module, so that a test can make any of them fail.
"""

import os
import time
from pathlib import Path
from typing import IO

_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)
ON_WINDOWS = os.name == "nt"
_REPLACE_TRIES = 20  # Windows refuses to replace a file while a reader or a virus scanner has it open


def make_folder(path: Path) -> None:
    """Create a folder (and those above it) that only its owner can enter."""
    if path.is_dir():
        return
    make_folder(path.parent)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        return
    sync_folder(path.parent)


def open_private(path: Path, flags: int) -> int:
    """Descriptor of a file; a new one gets mode 0600 before a byte is in it."""
    return os.open(path, flags | _BINARY, 0o600)


def write_all(descriptor: int, data: bytes | bytearray) -> None:
    """Write every byte, however many calls the system wants for it."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def read_at(descriptor: int, offset: int, length: int) -> bytes:
    """Up to *length* bytes from *offset* (os.pread is missing on Windows)."""
    os.lseek(descriptor, offset, os.SEEK_SET)
    parts = []
    while length > 0 and (part := os.read(descriptor, length)):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def read_file(path: Path) -> bytes:
    """All bytes of a file, waiting a little while Windows has it between two names."""
    for left in reversed(range(_REPLACE_TRIES)):
        try:
            return path.read_bytes()
        except PermissionError:
            if not left or not ON_WINDOWS:
                raise
            time.sleep(0.05)
    return b""


def sync_folder(path: Path) -> None:
    """Bring a folder's names to disk; Windows has no such call and needs none."""
    if ON_WINDOWS:
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_file(path: Path, data: bytes) -> None:
    """Write a new file of mode 0600 and bring it to disk."""
    descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, data: bytes, temporary: Path) -> None:
    """Put *data* in the place of *path* in one step, by way of *temporary*."""
    write_file(temporary, data)
    move_file(temporary, path)
    sync_folder(path.parent)


def move_file(source: Path, target: Path) -> None:
    """Rename over *target*, waiting a little for those who have it open."""
    for left in reversed(range(_REPLACE_TRIES)):
        try:
            source.replace(target)
        except PermissionError:
            if not left or not ON_WINDOWS:
                raise
            time.sleep(0.05)
        else:
            return


def note_file(path: Path, data: bytes) -> None:
    """Write a hint that may be lost: no syncing, no error."""
    try:
        descriptor = open_private(path, os.O_WRONLY | os.O_CREAT)
    except OSError:
        return
    try:
        write_all(descriptor, data)
        os.ftruncate(descriptor, len(data))
    except OSError:
        pass
    finally:
        os.close(descriptor)


def remove_tree(path: Path) -> None:
    """Remove a file or folder that we made; what cannot go stays."""
    try:
        if path.is_dir() and not path.is_symlink():
            for child in path.iterdir():
                remove_tree(child)
            path.rmdir()
        else:
            path.unlink()
    except OSError:
        return


def copy_stream(stream: IO[bytes], target: Path) -> None:
    """Write what a stream holds into a file of mode 0600."""
    descriptor = open_private(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        while block := stream.read(1 << 20):
            write_all(descriptor, block)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def stamp_of_time(at: str) -> str:
    """Digits of an ISO time, to name a file by."""
    return "".join(character for character in at if character.isdigit())[:14]
