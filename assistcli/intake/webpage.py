"""Tables of a web page to sheets of text cells: many systems call such a page .xls and Excel opens it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.errors import DataRejectedError
from assistcli.intake import bounds
from assistcli.intake.sheet import Cell, Sheet

if TYPE_CHECKING:
    from lxml.etree import _Element

PAGE_BYTES = 16 << 20
STARTS = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<style", b"<head", b"<body")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_GBK = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"})


def read_web_page(path: Path) -> list[Sheet]:
    """A sheet for each table of the page that holds no other table.

    Raises:
        DataRejectedError: the page is too big, in no known encoding, reaches too far, or has no table.
    """
    from lxml import etree

    data = path.read_bytes()
    if len(data) > PAGE_BYTES:
        raise DataRejectedError(
            f"文件「{path.name}」其实是网页，而且太大；请用 Excel 或 WPS 打开后另存为 xlsx"
        )
    parser = etree.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    root = etree.fromstring(_decode(data, path.name).encode(), parser)
    tables = [] if root is None else [table for table in root.iter("table") if table.find(".//table") is None]
    if not tables:
        raise DataRejectedError(
            f"文件「{path.name}」其实是网页，里面没有表格；请用 Excel 或 WPS 打开后另存为 xlsx"
        )
    names = [f"表{number}" if len(tables) > 1 else "" for number in range(1, len(tables) + 1)]
    return [_read_table(table, name, path.name) for table, name in zip(tables, names, strict=True)]


def _decode(data: bytes, name: str) -> str:
    """The text, by its mark, by what the page says of itself, else UTF-8 or GB18030."""
    said = _CHARSET.search(data[:4096])
    stated = said[1].decode().lower() if said else ""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    if stated in _GBK:
        encodings.reverse()
    for encoding in encodings:
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeError:
            continue
    raise DataRejectedError(f"文件「{name}」是网页，文字编码认不出；请用 Excel 或 WPS 打开后另存为 xlsx")


def _read_table(table: "_Element", name: str, file: str) -> Sheet:
    """The cells of a table, each in its place; a cell over several rows is one merged cell."""
    rows: list[list[Cell]] = []
    merged: list[tuple[int, int, int, int]] = []
    taken: dict[int, int] = {}  # column → rows below for which a cell from above covers it
    for place, line in enumerate(table.iter("tr")):
        row: list[Cell] = []
        for cell in _cells(line):
            _skip_covered(row, taken)
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            bounds.check_area(place + 1, len(row) + across, f"文件「{file}」")
            if down > 1 or across > 1:
                merged.append((place, len(row), place + down - 1, len(row) + across - 1))
            taken |= dict.fromkeys(range(len(row), len(row) + across), down)
            row += [_text(cell), *[""] * (across - 1)]
        rows.append(row)
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        bounds.check_area(len(rows), len(row), f"文件「{file}」")
    return Sheet(name=name, rows=rows, merged=merged)


def _skip_covered(row: list[Cell], taken: dict[int, int]) -> None:
    """Blanks where a cell from an earlier row reaches down."""
    while taken.get(len(row), 0):
        row.append("")


def _cells(line: "_Element") -> Iterator["_Element"]:
    return (cell for cell in line if cell.tag in {"td", "th"})


def _span(cell: "_Element", name: str) -> int:
    text = str(cell.get(name) or "1").strip()
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def _text(cell: "_Element") -> str:
    return " ".join(part for text in cell.itertext() if (part := str(text).strip()))
