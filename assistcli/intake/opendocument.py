"""An ods file looked at before it is unfolded: its far corners, merged cells, and formulas without a value.

A few bytes repeat a row a million times; the reader would write every one of them out.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.errors import DataRejectedError
from assistcli.intake import bounds
from assistcli.intake.sheet import Range

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TEXT = b"application/vnd.oasis.opendocument.text"
_FARTHEST = 1 << 20


@dataclass(slots=True)
class DocumentScan:
    """What one sheet shows from outside: rows and columns up to its last content, merges and flaws."""

    rows: int = 0
    columns: int = 0
    merged: list[Range] = field(default_factory=list)
    flaws: dict[tuple[int, int], str] = field(default_factory=dict)


def is_document(path: Path) -> bool:
    """Whether the package at *path* is an OpenDocument, as LibreOffice and some WPS save it."""
    try:
        with zipfile.ZipFile(path) as package:
            return {CONTENT, "mimetype"} <= set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _refuse_text(package: zipfile.ZipFile, name: str) -> None:
    with package.open("mimetype") as stream:
        if stream.read(len(_TEXT)) == _TEXT:
            raise DataRejectedError(
                f"文件「{name}」是文稿（odt），不是表格；"
                "填好的表请在 Word 或 WPS 里另存为 docx，名单请存成 xlsx"
            )


def scan_document(path: Path) -> dict[str, DocumentScan]:
    """What each sheet of the ods file shows from outside, by its name.

    Raises:
        DataRejectedError: the file is broken, a bomb, encrypted, no spreadsheet, or reaches too far.
    """
    from lxml import etree

    bounds.check_package(path)
    scans: dict[str, DocumentScan] = {}
    try:
        with zipfile.ZipFile(path) as package, package.open(CONTENT) as stream:
            _refuse_text(package, path.name)
            events = etree.iterparse(stream, tag=f"{_TABLE}table", resolve_entities=False, no_network=True)
            for _, table in events:
                name = str(table.get(f"{_TABLE}name"))
                scans[name] = _scan_table(table, f"文件「{path.name}」工作表「{name}」")
                table.clear()
    except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, RuntimeError, ValueError) as error:
        raise DataRejectedError(
            f"文件「{path.name}」已损坏或设了密码，打不开；请用 WPS 或 LibreOffice 打开后另存为 xlsx"
        ) from error
    return scans


def _scan_table(table: "_Element", where: str) -> DocumentScan:
    scan, row = DocumentScan(), 0
    for line in table.iter(f"{_TABLE}table-row"):
        times = _repeated(line, "number-rows-repeated")
        width = _scan_row(line, row, scan)
        row += times
        if width:
            scan.rows, scan.columns = row, max(scan.columns, width)
            bounds.check_area(scan.rows, scan.columns, where)
    return scan


def _scan_row(line: "_Element", row: int, scan: DocumentScan) -> int:
    """The width of a row up to its last cell with content."""
    width = 0
    for place, times, cell in _cells(line):
        reason = _flaw(cell)
        if reason:
            scan.flaws[row, place] = reason
        if reason or len(cell):
            width = place + times
            down, across = (_repeated(cell, f"number-{kind}-spanned") for kind in ("rows", "columns"))
            if down > 1 or across > 1:
                scan.merged.append((row, place, row + down - 1, place + across - 1))
    return width


def _cells(line: "_Element") -> Iterator[tuple[int, int, "_Element"]]:
    """(place, how often it stands there, cell) for each cell of a row."""
    place = 0
    for cell in line:
        if cell.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            times = _repeated(cell, "number-columns-repeated")
            yield place, times, cell
            place += times


def _flaw(cell: "_Element") -> str:
    """Why a formula's cell has no value that could be read; blank if it has."""
    if cell.get(f"{_TABLE}formula") is None:
        return ""
    if cell.get(f"{_CALC}value-type") == "error":
        return f"公式出错（{''.join(map(str, cell.itertext()))[:20]}）"
    return "" if len(cell) else "公式没有算出的值"


def _repeated(element: "_Element", name: str) -> int:
    text = str(element.get(f"{_TABLE}{name}") or "1")
    return min(int(text), _FARTHEST) if text.isdecimal() and len(text) < 10 else _FARTHEST
