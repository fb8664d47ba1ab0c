"""Texts of an open transaction: in memory while they are few, else in a file that only we can read."""

import os
from pathlib import Path

from store.files import make_folder, open_private, read_at, remove_tree, write_all
from store.layer import Place

SPOOL = 0  # number of no segment: marks places in here
_LIMIT = 1 << 20


class Spool:
    """Takes texts and gives them back; *folder* None keeps everything in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / f"spool-{os.getpid()}" if folder else None
        self._file = -1
        self._start = 0  # bytes that are in the file
        self._recent = bytearray()

    def add(self, text: bytes) -> Place:
        """Where the text stands from now on."""
        place = Place(SPOOL, self._start + len(self._recent), len(text))
        self._recent += text
        if self._path is not None and len(self._recent) > _LIMIT:
            self._spill(self._path)
        return place

    def read(self, place: Place) -> bytes:
        """The text at a place."""
        offset = place.offset - self._start
        if offset >= 0:
            return bytes(self._recent[offset : offset + place.length])
        return read_at(self._file, place.offset, place.length)

    def close(self) -> None:
        """Forget everything."""
        self._recent.clear()
        if self._file >= 0 and self._path is not None:
            os.close(self._file)
            self._file = -1
            remove_tree(self._path)

    def _spill(self, path: Path) -> None:
        """Move what is in memory to the file."""
        if self._file < 0:
            make_folder(path.parent)
            self._file = open_private(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        os.lseek(self._file, self._start, os.SEEK_SET)
        write_all(self._file, self._recent)
        self._start += len(self._recent)
        self._recent = bytearray()
