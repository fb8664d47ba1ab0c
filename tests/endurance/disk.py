"""A disk as a power cut leaves it: calls recorded, and played back only as far as they were synced.

What was synced is there. Of unsynced writes any set of 512-byte blocks may be, whatever their order;
of unsynced changes of names any beginning, for each folder on its own.
"""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BLOCK = 512
MISSING = -1  # number of no file
Event = tuple[Any, ...]  # name of the call, then what matters of it


class Recorder:
    """Does every call and notes it."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, name: str, real: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        """Do the call and note it."""
        at = os.lseek(args[0], 0, os.SEEK_CUR) if name == "write" and args[0] > 2 else 0
        result = real(*args)
        if name == "open":
            self.events.append((name, result, str(args[0]), args[1] & os.O_CREAT, args[1] & os.O_TRUNC))
        elif name == "write":
            self.events.append((name, args[0], at, bytes(args[1])[:result]))
        elif name in {"fsync", "ftruncate"}:
            self.events.append((name, *args))
        elif name in {"replace", "rename", "link"}:
            self.events.append((name, str(args[0]), str(args[1])))
        else:
            self.events.append((name, str(args[0])))
        return result


@dataclass
class File:
    """Bytes surely on disk, bytes as the programs see them, and the writes in between."""

    synced: bytes = b""
    seen: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # (offset, data) or (size, None)

    def write(self, offset: int, data: bytes) -> None:
        """Write, unsynced."""
        _put(self.seen, offset, data)
        self.pending.append((offset, data))

    def cut(self, size: int) -> None:
        """Cut or lengthen, unsynced."""
        _resize(self.seen, size)
        self.pending.append((size, None))

    def sync(self) -> None:
        """Bring everything to disk."""
        self.synced, self.pending = bytes(self.seen), []

    def after_cut(self, chance: random.Random) -> bytes:
        """What may be on disk."""
        content, share = bytearray(self.synced), chance.choice((0.0, 0.5, 0.9, 1.0))
        for offset, data in self.pending:
            if data is None:
                if chance.random() < share:
                    _resize(content, offset)
                continue
            start = 0
            while start < len(data):
                end = min(len(data), (offset + start) // BLOCK * BLOCK + BLOCK - offset)
                if chance.random() < share:
                    _put(content, offset + start, data[start:end])
                start = end
        return bytes(content)


@dataclass(frozen=True)
class Change:
    """Names changed: one gone, one new, or both in one step as a rename is."""

    gone: str | None
    new: str | None
    number: int

    @property
    def folders(self) -> set[str]:
        """The folders that it changes."""
        return {str(Path(path).parent) for path in (self.gone, self.new) if path}

    def apply(self, names: dict[str, int]) -> None:
        """Make the change."""
        if self.gone:
            names.pop(self.gone, None)
        if self.new:
            names[self.new] = self.number


class Disk:
    """The files under one folder, played forward from how they stand in a wholly synced copy."""

    def __init__(self, copy: Path, folder: Path) -> None:
        self.root = str(folder)
        self.files: list[File] = []
        self.seen: dict[str, int] = {}  # path → number of the file, or MISSING for a folder
        self.synced: dict[str, int] = {}
        self.pending: list[Change] = []
        self.open: dict[int, str | int] = {}  # descriptor → path of a folder, or number of a file
        for path in (copy, *copy.rglob("*")):
            name = str(folder / path.relative_to(copy))
            number = MISSING if path.is_dir() else self._new(path.read_bytes())
            self.seen[name] = self.synced[name] = number

    def play(self, event: Event) -> None:
        """One call."""
        name, *args = event
        if name in {"write", "ftruncate", "fsync"}:
            self._play_descriptor(name, args)
        elif name == "open":
            self._play_open(*args)
        elif name in {"replace", "rename", "link"}:
            self._play_move(name, *args)
        elif args[0].startswith(self.root):
            if name == "mkdir":
                self.seen[args[0]] = MISSING
                self.pending.append(Change(None, args[0], MISSING))
            else:
                self.seen.pop(args[0], None)
                self.pending.append(Change(args[0], None, MISSING))

    def after_cut(self, target: Path, chance: random.Random) -> None:
        """Lay out what may be on disk."""
        names = dict(self.synced)
        stopped: set[str] = set()
        for change in self.pending:
            if stopped & change.folders or chance.random() < 0.3:
                stopped |= change.folders
            else:
                change.apply(names)
        for path, number in sorted(names.items()):
            place = target / os.path.relpath(path, self.root)
            if number == MISSING:
                if place.parent.is_dir() or path == self.root:
                    place.mkdir(mode=0o700, exist_ok=True)
            elif place.parent.is_dir():
                place.write_bytes(self.files[number].after_cut(chance))
                place.chmod(0o600)

    def _play_descriptor(self, name: str, args: list[Any]) -> None:
        """A call on an open file or folder."""
        what = self.open.get(args[0])
        if isinstance(what, str):
            self._sync_names(what)
        elif what is not None and name == "write":
            self.files[what].write(args[1], args[2])
        elif what is not None and name == "ftruncate":
            self.files[what].cut(args[1])
        elif what is not None:
            self.files[what].sync()

    def _play_open(self, descriptor: int, path: str, creating: int, truncating: int) -> None:
        """A file or folder opened, perhaps made."""
        self.open.pop(descriptor, None)
        if not path.startswith(self.root):
            return
        if creating and path not in self.seen:
            self.seen[path] = self._new(b"")
            self.pending.append(Change(None, path, self.seen[path]))
        number = self.seen.get(path, MISSING)
        self.open[descriptor] = path if number == MISSING else number
        if truncating and number != MISSING and self.files[number].seen:
            self.files[number].cut(0)

    def _play_move(self, name: str, source: str, target: str) -> None:
        """A file under a new name."""
        if not (source.startswith(self.root) and source in self.seen):
            return
        number = self.seen[source] if name == "link" else self.seen.pop(source)
        self.seen[target] = number
        self.pending.append(Change(source if name != "link" else None, target, number))

    def _sync_names(self, folder: str) -> None:
        """Bring the changes in one folder to disk."""
        for change in self.pending:
            if folder in change.folders:
                change.apply(self.synced)
        self.pending = [change for change in self.pending if folder not in change.folders]

    def _new(self, data: bytes) -> int:
        """Number of a new file."""
        self.files.append(File(data, bytearray(data)))
        return len(self.files) - 1


def _resize(content: bytearray, size: int) -> None:
    """Cut, or lengthen with zeros."""
    del content[size:]
    content.extend(bytes(size - len(content)))


def _put(content: bytearray, offset: int, data: bytes) -> None:
    """Write at a place; a hole before it is zeros."""
    if len(content) < offset:
        _resize(content, offset)
    content[offset : offset + len(data)] = data
