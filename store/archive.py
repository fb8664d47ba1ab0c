"""Segment files: read wherever they stand, moved to the archive when compaction has put them behind it."""

import os
from collections.abc import Callable
from pathlib import Path

from store.files import make_folder, move_file, open_private, read_at, sync_folder
from store.layer import Place
from store.manifest import ARCHIVE, LOG, Manifest, segment_path

_BLOCK = 1 << 16
_NEAR = 1 << 14  # bytes that are cheaper to read than to jump over


class OpenSegments:
    """Reads lines, keeping the files open until told to let go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptors: dict[int, int] = {}

    def read(self, place: Place) -> bytes:
        """The bytes at a place."""
        segment, offset, length = place
        if segment not in self._descriptors:
            self._descriptors[segment] = open_private(segment_path(self._folder, segment), os.O_RDONLY)
        return read_at(self._descriptors[segment], offset, length)

    def close(self) -> None:
        """Let go of the files; reading opens them again."""
        for descriptor in self._descriptors.values():
            os.close(descriptor)
        self._descriptors.clear()

    def __del__(self) -> None:
        """Let go of the files, where a store was not closed."""
        self.close()


class LinesAhead:
    """Reads lines that mostly stand one behind the other, a block at a time; one after a jump alone."""

    def __init__(self, read: Callable[[Place], bytes]) -> None:
        self._read = read
        self._segment, self._start, self._block = 0, 0, b""

    def read(self, place: Place) -> bytes:
        """The bytes at a place."""
        segment, offset, length = place
        begin = offset - self._start
        if segment != self._segment or begin < 0 or begin + length > len(self._block):
            follows = segment == self._segment and 0 <= begin <= len(self._block) + _NEAR
            size = max(length, _BLOCK) if follows else length
            self._block = self._read(Place(segment, offset, size))
            self._segment, self._start, begin = segment, offset, 0
        return self._block[begin : begin + length]


def finish_archiving(folder: Path, manifest: Manifest) -> None:
    """Move segments that are archive by now; one that somebody has open waits for the next time."""
    waiting = [
        folder / LOG / segment.name
        for segment in manifest.segments
        if segment.number < manifest.base and (folder / LOG / segment.name).exists()
    ]
    if not waiting:
        return
    make_folder(folder / ARCHIVE)
    for path in waiting:
        try:
            move_file(path, folder / ARCHIVE / path.name)
        except PermissionError:
            continue
    sync_folder(folder / ARCHIVE)
    sync_folder(folder / LOG)
