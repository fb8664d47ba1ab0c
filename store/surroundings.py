"""Where the store lives: foreign files in it, modes, sync folders, network drives."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from store.index import NAME as INDEX
from store.index import SEAL
from store.lock import HOLDER, LOCK
from store.manifest import ARCHIVE, LOG, NAME, TEMPORARY, TORN
from store.tail import HEAD

OWN_FILES = (NAME, HEAD, INDEX, f"{INDEX}-journal", SEAL, LOCK, HOLDER)
OWN_FOLDERS = (LOG, ARCHIVE, TORN, TEMPORARY)
_SEGMENT = re.compile(r"\d{6}\.jsonl")
# What sync programs call a second version: 坚果云, 百度网盘, OneDrive, Dropbox, Syncthing, Windows, WPS.
_CONFLICT = re.compile(r"冲突|conflict", re.IGNORECASE)
_SECOND = re.compile(r"副本|\(\d+\)|（\d+）|-[A-Z0-9]*(?:DESKTOP|LAPTOP)-", re.IGNORECASE)
_OUR_SUFFIXES = frozenset({".json", ".jsonl", ".sqlite", ".seal", ".lock", ".toml"})
_SYNCED = re.compile(
    r"onedrive|dropbox|nutstore|坚果云|baidu|百度网盘|wpsdrive|wps ?(cloud|云)|icloud|google ?drive|微云",
    re.IGNORECASE,
)


def find_copies(folder: Path) -> Iterator[Path]:
    """Second versions that a sync program made, and whatever else is not ours among our files."""
    for path in _children(folder):
        if _CONFLICT.search(path.name) or (path.suffix in _OUR_SUFFIXES and _SECOND.search(path.name)):
            yield path
    for name in (LOG, ARCHIVE):
        for path in _children(folder / name):
            if not _SEGMENT.fullmatch(path.name):
                yield path


def find_segments(folder: Path) -> Iterator[Path]:
    """Every file that is named as a segment."""
    for name in (LOG, ARCHIVE):
        yield from (path for path in _children(folder / name) if _SEGMENT.fullmatch(path.name))


def find_pieces(folder: Path) -> Iterator[Path]:
    """What unfinished writes left, set aside."""
    yield from _children(folder / TORN)


def find_open_modes(folder: Path) -> Iterator[Path]:
    """Our files and folders that others than their owner can read (not on Windows, which has no modes)."""
    if os.name == "nt":
        return
    for path in own_paths(folder):
        if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield path


def own_paths(folder: Path) -> Iterator[Path]:
    """The store's folder and every file and folder in it that is ours."""
    yield folder
    for name in OWN_FILES:
        if (folder / name).exists():
            yield folder / name
    for name in OWN_FOLDERS:
        if (folder / name).is_dir():
            yield folder / name
            yield from _children(folder / name)


def is_synced(folder: Path) -> bool:
    """Whether the folder lies where a sync program copies it to other machines."""
    return any(_SYNCED.search(part) for part in folder.absolute().parts)


def _children(folder: Path) -> list[Path]:
    """What stands in a folder, sorted; nothing if there is none."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
