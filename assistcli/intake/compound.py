"""The far corner of an xls file, told before its cells are unfolded into a full rectangle.

[MS-CFB] holds the stream «Workbook» in chains of sectors, [MS-XLS] that stream as records; only the places of
cells are looked at. Sixteen million empty cells would take more than a gigabyte.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

_LAST = 0xFFFFFFFA
_SMALL_SECTOR = 64
_SMALL_LIMIT = 4096
_STREAMS = ("Workbook", "Book")
_SHEET_START = 0x0809
# NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING, FORMULA; MULRK has its last column at the end.
_CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0006, 0x0406, 0x0206})
_CELL_ROW = 0x00BD
_DATE_MODE = 0x0022


@dataclass(frozen=True, slots=True, kw_only=True)
class Compound:
    """A compound file: its bytes, its sector size and the table that chains the sectors."""

    data: bytes
    sector: int
    table: Sequence[int]

    @classmethod
    def open(cls, data: bytes) -> Self:
        """The compound file in *data*.

        Raises:
            ValueError: it is none.
        """
        try:
            sector = 1 << min(struct.unpack_from("<H", data, 30)[0], 12)
            numbers = list(struct.unpack_from("<109I", data, 76))
            following = struct.unpack_from("<I", data, 68)[0]
            while following < _LAST and len(numbers) < len(data) // sector:
                more = struct.unpack_from(f"<{sector // 4}I", data, (following + 1) * sector)
                numbers += more[:-1]
                following = more[-1]
        except (struct.error, IndexError) as error:
            raise ValueError("no compound file") from error
        pieces = b"".join(data[(number + 1) * sector :][:sector] for number in numbers if number < _LAST)
        return cls(data=data, sector=sector, table=struct.unpack(f"<{len(pieces) // 4}I", _whole(pieces)))

    def workbook(self) -> bytes:
        """The stream that holds the workbook; blank if there is none.

        Raises:
            ValueError: the folder or a table is cut off.
        """
        try:
            return self._find_workbook()
        except (struct.error, IndexError) as error:
            raise ValueError("a compound file cut off") from error

    def _find_workbook(self) -> bytes:
        folder = self._chain(struct.unpack_from("<I", self.data, 48)[0])
        entries = [folder[place : place + 128] for place in range(0, len(folder) - 127, 128)]
        for entry in entries:
            if _entry_name(entry) in _STREAMS:
                start, size = struct.unpack_from("<II", entry, 116)
                return (
                    self._small(entries[0], start, size) if size < _SMALL_LIMIT else self._chain(start)[:size]
                )
        return b""

    def _chain(self, start: int) -> bytes:
        return b"".join(
            self.data[(number + 1) * self.sector :][: self.sector] for number in _follow(self.table, start)
        )

    def _small(self, root: bytes, start: int, size: int) -> bytes:
        """A stream below 4,096 bytes: it lies in the root's stream, in sectors of 64 bytes."""
        holder = self._chain(struct.unpack_from("<I", root, 116)[0])
        links = self._chain(struct.unpack_from("<I", self.data, 60)[0])
        table = struct.unpack(f"<{len(links) // 4}I", _whole(links))
        places = (number * _SMALL_SECTOR for number in _follow(table, start))
        return b"".join(holder[place : place + _SMALL_SECTOR] for place in places)[:size]


def largest_sheet(data: bytes) -> tuple[int, int]:
    """Rows and columns of the sheet that would unfold to most cells.

    Raises:
        ValueError: *data* is no compound file.
    """
    largest, row, column = (0, 0), 0, 0
    for kind, body in _records(Compound.open(data).workbook()):
        if kind == _SHEET_START:
            largest, row, column = max(largest, (row, column), key=_area), 0, 0
        elif kind in _CELLS and len(body) >= 4:
            place = struct.unpack_from("<HH", body)
            row, column = max(row, place[0] + 1), max(column, place[1] + 1)
        elif kind == _CELL_ROW and len(body) >= 6:
            row = max(row, struct.unpack_from("<H", body)[0] + 1)
            column = max(column, struct.unpack_from("<H", body, len(body) - 2)[0] + 1)
    return max(largest, (row, column), key=_area)


def counts_from_1904(data: bytes) -> bool:
    """Whether the workbook counts days from 1904: its record DATEMODE says so.

    Raises:
        ValueError: *data* is no compound file.
    """
    return any(
        kind == _DATE_MODE and body[:2] == b"\1\0" for kind, body in _records(Compound.open(data).workbook())
    )


def _area(corner: tuple[int, int]) -> int:
    return corner[0] * corner[1]


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _follow(table: Sequence[int], start: int) -> Iterator[int]:
    """The numbers of a chain; one that runs in a circle ends after as many as there are."""
    for _ in table:
        if start >= len(table):
            return
        yield start
        start = table[start]


def _entry_name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(length - 2, 0)].decode("utf-16-le", "replace") if length <= 64 else ""


def _whole(pieces: bytes) -> bytes:
    return pieces[: len(pieces) // 4 * 4]
