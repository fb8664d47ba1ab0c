"""A document as a reader sees it: tables of cells with their text, and the paragraphs beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from forms.wordml import Element, attribute, w

_P, _R, _T, _TBL, _TR, _TC, _TC_PR = (w(name) for name in ("p", "r", "t", "tbl", "tr", "tc", "tcPr"))
_BREAKS = {w("br"): "\n", w("cr"): "\n", w("tab"): "\t", w("noBreakHyphen"): "-"}
_SKIPPED = frozenset(
    w(name) for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "pict", "drawing", "txbxContent")
)
_SYM, _ROW_DELETED = w("sym"), f"{w('trPr')}/{w('del')}"
# How Word and WPS write a tick that was picked from the table of symbols.
_SYMBOLS = {
    ("Wingdings", "F0FE"): "☑", ("Wingdings", "F0FD"): "☒", ("Wingdings", "F0FC"): "✓",
    ("Wingdings", "F0A8"): "□", ("Wingdings", "F06F"): "□", ("Wingdings", "F071"): "□",
    ("Wingdings 2", "F052"): "☑", ("Wingdings 2", "F054"): "☒", ("Wingdings 2", "F050"): "✓",
    ("Wingdings 2", "F0A3"): "□", ("Wingdings 2", "F02A"): "□",
}  # fmt: skip
_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it begins on its table's grid, how far it reaches, and its text."""

    row: int
    column: int
    span: int
    text: str
    continued: bool  # the lower part of a vertically merged cell


@dataclass(frozen=True, slots=True)
class Page:
    """What a document says, in order: the rows of each table, and the paragraphs outside tables."""

    tables: tuple[tuple[tuple[Cell, ...], ...], ...]
    paragraphs: tuple[str, ...]


def squeeze(text: str) -> str:
    """*text* as labels are compared: half-width, without blanks and without a colon at its end."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).rstrip(":")


def text_of(element: Element) -> str:
    """Text of *element* as it would print with all tracked changes accepted; paragraphs on lines."""
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts).rstrip("\n")


def _collect(element: Element, parts: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag == _T:
            parts.append(child.text or "")
        elif tag in _BREAKS:
            parts.append(_BREAKS[tag])
        elif tag == _SYM:
            parts.append(_SYMBOLS.get((attribute(child, "font"), attribute(child, "char").upper()), ""))
        elif tag not in _SKIPPED:
            _collect(child, parts)
            if tag == _P:
                parts.append("\n")


def read_page(root: Element) -> Page:
    """The tables and paragraphs of a document's *root*; a table in a cell counts as a table of its own."""
    body = root.find(w("body"))
    blocks = [] if body is None else list(_blocks(body))
    tables = tuple(_read_table(table) for table in root.iter(_TBL))
    return Page(tables, tuple(text_of(block) for block in blocks if block.tag == _P))


def _blocks(container: Element) -> Iterator[Element]:
    for child in container:
        if child.tag in (_P, _TBL):
            yield child
        elif child.tag not in _SKIPPED:
            yield from _blocks(child)


def _read_table(table: Element) -> tuple[tuple[Cell, ...], ...]:
    return tuple(_read_row(row, place) for place, row in enumerate(_parts(table, _TR)))


def _parts(container: Element, tag: str) -> Iterator[Element]:
    """Rows of a table, or cells of a row, through content controls and tracked changes."""
    for child in container:
        if child.tag == tag:
            if child.find(_ROW_DELETED) is None:
                yield child
        elif child.tag not in (_TBL, _TC_PR) and child.tag not in _SKIPPED:
            yield from _parts(child, tag)


def _read_row(row: Element, place: int) -> tuple[Cell, ...]:
    column = 0
    cells = []
    for cell in _parts(row, _TC):
        properties = cell.find(_TC_PR)
        span = _span(properties)
        merge = None if properties is None else properties.find(w("vMerge"))
        continued = merge is not None and attribute(merge, "val", "continue") == "continue"
        cells.append(Cell(place, column, span, text_of(cell), continued))
        column += span
    return tuple(cells)


def _span(properties: Element | None) -> int:
    given = attribute(None if properties is None else properties.find(w("gridSpan")), "val", "1")
    return int(given) if given.isdigit() else 1
