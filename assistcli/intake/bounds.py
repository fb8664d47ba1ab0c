"""What a file may weigh before it is opened: looked at from outside, so that a bomb never unfolds.

A spreadsheet is read into memory as a full rectangle. One cell at XFD1048576 would be seventeen thousand
million cells, so the corner is looked for in the packed XML first.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistcli.errors import DataRejectedError, MissingFileError

FILE_BYTES = 64 << 20
UNPACKED_BYTES = 320 << 20
UNPACKED_RATIO = 200
RATIO_MATTERS_FROM = 24 << 20
PARTS = 4_000
ROWS = 120_000
COLUMNS = 512
CELLS = 4_200_000
REPEATED_TEXT_BYTES = 96 << 20
LONG_TEXT = 2_000
LONGEST_ROW_NUMBER = 8

# What a sheet may span without a look at every address: 99,999 rows by columns A to AZ is still small enough.
UNMEASURED_ROWS = 1
UNMEASURED_COLUMNS = 1

_SHARED_TEXTS = "sharedstrings.xml"
_CHUNK = 1 << 18  # looked at several times: what stays in the processor's cache takes two thirds as long
_OVERLAP = 8 << 10
# One quick look for anything behind «r=» but an address up to column AZ and row 99999, whole or cut off by
# the window's end, and for other spellings of «r=». What is near is described, not what is far: one try for
# each of 400,000 cells instead of three saves a third of the look.
_FAR = re.compile(rb'r(?:="(?!A?[A-Za-z]?\d{1,5}(?:"|\Z)|A?[A-Za-z]?\Z)|=[^"]|\s)')
_FAR_COLUMN = re.compile(rb"""\br\s*=\s*["'][A-Za-z]{3,}\d""")
_COLUMN = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,2})\d""")
_ROW = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*(\d+)""")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:<f\b[^>]*>[^<]*</f>)?<v>([^<]*)</v>""")
# Formulas are looked for by the rare letter behind «<», in half the time.
_FORMULA = re.compile(rb"f[\s/>]")
_EMPTY_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</(?:\w+:)?c>"
)
_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
_FROM_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true)["']""")
_ELEMENT = re.compile(rb"<[A-Za-z_]")
_SHARED = re.compile(rb'\bt="s"[^>]*>\s*<v>(\d+)</v>')


@dataclass(slots=True)
class PartScan:
    """What a part's XML shows from outside.

    Of a sheet its far corner and the cells whose formula gave no value, of the shared texts the longest.
    """

    row: int = UNMEASURED_ROWS
    column: int = UNMEASURED_COLUMNS
    longest: int = 0
    flaws: dict[tuple[int, int], str] = field(default_factory=dict)


def check_size(path: Path) -> None:
    """Refuse a file that is missing, a folder, empty or too big to be a list of people."""
    if not path.is_file():
        raise MissingFileError(path)
    size = path.stat().st_size
    if not size:
        raise DataRejectedError(f"文件「{path.name}」是空的（0 字节）；请重新导出")
    if size > FILE_BYTES:
        raise DataRejectedError(
            f"文件「{path.name}」有 {size >> 20} MB，最大 {FILE_BYTES >> 20} MB；请删去图片或分成几个文件"
        )


def check_area(rows: int, columns: int, where: str) -> None:
    """Refuse a rectangle of cells that no list of people fills."""
    if columns > COLUMNS:
        raise DataRejectedError(f"{where}：有 {columns} 列，最多 {COLUMNS} 列；请删去右边远处的单元格再导入")
    if rows > ROWS or rows * columns > CELLS:
        raise DataRejectedError(
            f"{where}：范围 {rows} 行 × {columns} 列，超出可处理的大小（{ROWS} 行、{CELLS // 10_000} 万格）；"
            "请删去下方远处的单元格，或分成几个文件"
        )


def check_package(path: Path) -> None:
    """Refuse a package that is broken, a bomb, or declares entities, whatever it holds.

    Raises:
        DataRejectedError: it is one of these.
    """
    scan_package(path)


def scan_package(path: Path) -> dict[str, PartScan]:
    """What each worksheet part of an xlsx file shows from outside, by its path in the package.

    Raises:
        DataRejectedError: the package is broken, a bomb, or reaches too far.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return _scan_parts(package, path.name)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise DataRejectedError(
            f"文件「{path.name}」已损坏，打不开；请用 Excel 或 WPS 打开后另存为 xlsx"
        ) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise DataRejectedError(f"文件「{path.name}」已损坏，解压不了；请重新导出") from error
        raise


def _scan_parts(package: zipfile.ZipFile, name: str) -> dict[str, PartScan]:
    parts = package.infolist()
    _check_weight(parts, name)
    scans: dict[str, PartScan] = {}
    longest = 0
    for part in parts:
        lowered = part.filename.lower()
        if not lowered.endswith((".xml", ".rels")):
            continue
        scan = PartScan()
        _scan_part(package, part, scan, name)
        if "worksheets/" in lowered and lowered.endswith(".xml"):
            check_area(scan.row, scan.column, f"文件「{name}」")
            scans[part.filename] = scan
        longest = max(longest, scan.longest)
    if longest >= LONG_TEXT:
        _check_repeated_text(package, scans, name)
    return scans


def _check_weight(parts: list[zipfile.ZipInfo], name: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    bomb = unpacked > RATIO_MATTERS_FROM and unpacked / packed > UNPACKED_RATIO
    if len(parts) > PARTS or unpacked > UNPACKED_BYTES or bomb:
        raise DataRejectedError(
            f"文件「{name}」解压后有 {unpacked >> 20} MB（压缩前的 {unpacked // packed} 倍），不像名单；"
            "请把名单复制到新工作簿另存后再导入"
        )


def _scan_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, scan: PartScan, name: str) -> None:
    """Fill *scan*; a part never unfolds beyond the size that was weighed."""
    lowered, begun = part.filename.lower(), False
    for window, _ in _windows(package, part):
        # A declaration stands before the first element; behind it, it is no XML and is not read as such.
        if not begun and (b"<!DOCTYPE" in window or b"<!ENTITY" in window):
            raise DataRejectedError(f"文件「{name}」内含 XML 实体声明，不予打开；请另存后再导入")
        begun = begun or bool(_ELEMENT.search(window))
        if "worksheets/" in lowered:
            _scan_window(window, scan, name)
        elif lowered.endswith(_SHARED_TEXTS):
            scan.longest = max(scan.longest, *map(len, window.split(b"</si>")))


def _windows(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Pieces of one part that overlap, so that nothing is cut in two, each with its count of fresh bytes."""
    tail = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield tail + chunk, len(chunk)
            tail = chunk[-_OVERLAP:]


def _scan_window(window: bytes, scan: PartScan, name: str) -> None:
    if _FAR.search(window):
        _measure_window(window, scan, name)
    _note_flaws(window, scan)


def _measure_window(window: bytes, scan: PartScan, name: str) -> None:
    if _FAR_COLUMN.search(window):
        raise DataRejectedError(f"文件「{name}」在 ZZ 列以后还有单元格；请删去右边远处的单元格再导入")
    for letters in set(_COLUMN.findall(window)):
        scan.column = max(scan.column, column_number(letters.decode().upper()))
    rows = set(_ROW.findall(window))
    if any(len(row) > LONGEST_ROW_NUMBER for row in rows):
        raise DataRejectedError(f"文件「{name}」的行号超出 Excel 的范围；请重新导出")
    scan.row = max([scan.row, *map(int, rows)])


def _note_flaws(window: bytes, scan: PartScan) -> None:
    """Cells whose formula failed or was never computed: the reader would show them blank, as if unknown."""
    if b't="e"' in window:
        for attributes, error in _ERROR_CELL.findall(window):
            _note_flaw(scan, attributes, f"公式出错（{error.decode('utf-8', 'replace')}）")
    if _FORMULA.search(window):
        for attributes in _EMPTY_FORMULA.findall(window):
            if b't="str"' not in attributes:
                _note_flaw(scan, attributes, "公式没有算出的值")


def _note_flaw(scan: PartScan, attributes: bytes, reason: str) -> None:
    address = _ADDRESS.search(attributes)
    if address and len(scan.flaws) < CELLS // 100:
        scan.flaws[int(address[2]) - 1, column_number(address[1].decode()) - 1] = reason


def counts_from_1904(path: Path) -> bool:
    """Whether the workbook at *path* counts days from 1904, as Excel for the Mac once did."""
    with zipfile.ZipFile(path) as package:
        part = next((name for name in package.namelist() if name.lower() == "xl/workbook.xml"), None)
        return bool(part and _FROM_1904.search(package.read(part)))


def column_number(letters: str) -> int:
    """A column's number from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _check_repeated_text(package: zipfile.ZipFile, scans: dict[str, PartScan], name: str) -> None:
    """Refuse long texts stored once and shown in very many cells: small packed, gigabytes in memory."""
    shared = next(part for part in package.namelist() if part.lower().endswith(_SHARED_TEXTS))
    lengths = list(map(len, package.read(shared).split(b"</si>")))
    shown = 0
    for part in scans:
        for window, fresh in _windows(package, package.getinfo(part)):
            own = window[-fresh:]
            shown += sum(
                lengths[number] for number in map(int, _SHARED.findall(own)) if number < len(lengths)
            )
    if shown > REPEATED_TEXT_BYTES:
        raise DataRejectedError(f"文件「{name}」中重复的长文字共 {shown >> 20} MB，不像名单；请清理后再导入")
