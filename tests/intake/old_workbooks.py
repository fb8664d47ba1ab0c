"""Workbooks in the format of Excel 97 (xls), as ministries and old systems still send them.

No kept-up library writes these, so the few records that a plain list needs are written here: [MS-XLS] BIFF8
inside a compound file [MS-CFB] of 512-byte sectors.
"""

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512
_GLOBALS, _SHEET = 0x0005, 0x0010


def write_xls(
    path: Path,
    rows: Sequence[Sequence[Any]],
    *,
    sheet: str = "Sheet1",
    merged: Iterable[tuple[int, ...]] = (),
) -> Path:
    """An xls file whose one sheet holds *rows*; *merged* ranges are (top, bottom, left, right) from 0."""
    cells = b"".join(
        _cell(row, column, value)
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
        if value not in {"", None}
    )
    areas = list(merged)
    merges = _record(
        0xE5, struct.pack("<H", len(areas)) + b"".join(struct.pack("<4H", *area) for area in areas)
    )
    body = _start(_SHEET) + cells + (merges if areas else b"") + _record(0x0A)
    name = sheet.encode("utf-16-le")
    head = _start(_GLOBALS) + _record(0x42, struct.pack("<H", 1200))
    offset = len(head) + 4 + 8 + len(name) + 4
    bound = _record(0x85, struct.pack("<IBBBB", offset, 0, 0, len(sheet), 1) + name)
    path.write_bytes(_compound(head + bound + _record(0x0A) + body))
    return path


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _start(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _cell(row: int, column: int, value: Any) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, (int, float)):
        return _record(0x203, place + struct.pack("<d", value))
    text = str(value).encode("utf-16-le")
    return _record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text)


def _compound(stream: bytes) -> bytes:
    """A compound file with one stream, Workbook, long enough to need no small sectors."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // _SECTOR)
    tables = -(-(count + 1) // (_SECTOR // 4 - 1)) or 1
    chain = [_FAT] * tables + [_END] + [tables + 2 + place for place in range(count - 1)] + [_END]
    chain += [_FREE] * (tables * _SECTOR // 4 - len(chain))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    folder = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, tables + 1, len(stream))
    body = struct.pack(f"<{len(chain)}I", *chain) + folder.ljust(_SECTOR, b"\0")
    return header + body + stream.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", _FREE, _FREE, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
