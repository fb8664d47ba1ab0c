"""Files to sheets of cells: xlsx, xls and ods by calamine, csv, tsv, json, jsonl, tables of web pages."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.errors import DataRejectedError
from assistcli.intake import bounds, opendocument, webpage
from assistcli.intake.compound import counts_from_1904, largest_sheet
from assistcli.intake.delimited import read_delimited
from assistcli.intake.objects import read_objects
from assistcli.intake.sheet import Cell, Sheet
from assistcli.intake.wording import OBJECT_SUFFIXES

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_ZIP = b"PK\x03\x04"
_NO_TABLES = (b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z\xbc", b"{\\rtf", b"\x1f\x8b")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def read_sheets(path: Path, known: frozenset[str]) -> list[Sheet]:
    """Every sheet of the file; *known* are folded header words, by which a text file's encoding is told.

    Raises:
        DataRejectedError: the file cannot or must not be read; the text says what to do.
    """
    bounds.check_size(path)
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(_ZIP):
        return _read_ods(path) if opendocument.is_document(path) else _read_xlsx(path)
    if head.startswith(_OLE):
        return _read_xls(path)
    return _read_text(path, head, known)


def _read_text(path: Path, head: bytes, known: frozenset[str]) -> list[Sheet]:
    suffix = path.suffix.lower()
    plain = head.decode("utf-16", "ignore").encode() if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    start = plain.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(webpage.STARTS) or (start.startswith(b"<?xml") and b"<html" in start):
        return webpage.read_web_page(path)
    if start.startswith((b"<?xml", b"mime-version:", b"<!doctype")):
        raise DataRejectedError(
            f"文件「{path.name}」其实是网页或 XML，不是工作簿；请用 Excel 或 WPS 打开后另存为 xlsx"
        )
    if start.startswith(_NO_TABLES):
        raise DataRejectedError(
            f"文件「{path.name}」不是表格（是图片、PDF、压缩包或文稿）；"
            "名单请给 xlsx、xls、csv 或 json，填好的表请存成 docx"
        )
    if suffix in OBJECT_SUFFIXES:
        return [read_objects(path)]
    if suffix in {".csv", ".tsv", ".txt", ".xls"}:
        return [read_delimited(path, known)]
    raise DataRejectedError(f"不认识「{path.name}」的格式；请另存为 xlsx、xls、csv 或 json 再导入")


def _read_xlsx(path: Path) -> list[Sheet]:
    scans = bounds.scan_package(path)
    if not scans:
        raise DataRejectedError(f"文件「{path.name}」里没有工作表；请给 xlsx、xls、csv 或 json")
    flaws = {part: scan.flaws for part, scan in scans.items() if scan.flaws}
    sheets = _read_calamine(path, _flaws_by_sheet(path, flaws) if flaws else {})
    if bounds.counts_from_1904(path):
        return [replace(sheet, from_1904=True) for sheet in sheets]
    return sheets


def _read_ods(path: Path) -> list[Sheet]:
    scans = opendocument.scan_document(path)
    sheets = _read_calamine(path, {name: scan.flaws for name, scan in scans.items()})
    return [
        replace(sheet, merged=scans[sheet.name].merged) if sheet.name in scans else sheet for sheet in sheets
    ]


def _read_xls(path: Path) -> list[Sheet]:
    try:
        data = path.read_bytes()
        rows, columns = largest_sheet(data)
    except ValueError as error:
        raise DataRejectedError(f"文件「{path.name}」已损坏；请用 Excel 或 WPS 打开后另存为 xlsx") from error
    bounds.check_area(rows, columns, f"文件「{path.name}」")
    from_1904 = counts_from_1904(data)
    return [replace(sheet, from_1904=from_1904) for sheet in _read_calamine(path, {})]


def _flaws_by_sheet(
    path: Path, flaws: Mapping[str, Mapping[tuple[int, int], str]]
) -> dict[str, Mapping[tuple[int, int], str]]:
    """The damaged cells by the sheet's name, which stands in other parts than its cells."""
    import zipfile

    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(path) as package:
        book = etree.fromstring(package.read("xl/workbook.xml"), parser)
        links = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {str(link.get("Id")): str(link.get("Target")).split("xl/")[-1].lstrip("/") for link in links}
    found: dict[str, Mapping[tuple[int, int], str]] = {}
    for sheet in book.iterfind(".//{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        cells = flaws.get("xl/" + targets.get(str(link), ""))
        if cells:
            found[str(sheet.get("name"))] = cells
    return found


def _read_calamine(path: Path, flaws: Mapping[str, Mapping[tuple[int, int], str]]) -> list[Sheet]:
    try:
        return _load_sheets(path, flaws)
    except (DataRejectedError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust reader is no Exception
        if type(error).__name__ == "PasswordError" or "assword" in str(error) or "ncrypt" in str(error):
            raise DataRejectedError(
                f"文件「{path.name}」设了打开密码；请在 Excel 或 WPS 里去掉密码再导入"
            ) from error
        raise DataRejectedError(
            f"文件「{path.name}」打不开（文件损坏或格式不对）；请用 Excel 或 WPS 打开后另存为 xlsx"
        ) from error


def _load_sheets(path: Path, flaws: Mapping[str, Mapping[tuple[int, int], str]]) -> list[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    sheets = []
    with CalamineWorkbook.from_path(path) as book:
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            bounds.check_area(
                sheet.total_height, sheet.total_width, f"文件「{path.name}」工作表「{about.name}」"
            )
            sheets.append(
                Sheet(
                    name=about.name,
                    rows=_rows_of(sheet),
                    merged=[(*start, *end) for start, end in sheet.merged_cell_ranges or ()],
                    hidden=about.visible != SheetVisibleEnum.Visible,
                    flaws=flaws.get(about.name, {}),
                )
            )
    return sheets


def _rows_of(sheet: "CalamineSheet") -> list[list[Cell]]:
    """The rows of a sheet from its first row and column; equal texts are one object, to halve the memory."""
    margin: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    texts: dict[str, str] = {}
    same = texts.setdefault
    rows = sheet.iter_rows()
    return [margin + [same(cell, cell) if cell.__class__ is str else cell for cell in row] for row in rows]
