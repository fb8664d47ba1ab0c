"""A document as a reader sees it: tables of cells with their text, and the paragraphs beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from forms.asides import Asides, set_aside
from forms.wordml import Element, attribute, w

_P, _R, _T, _TBL, _TR, _TC, _SYM, _SPAN, _MERGE, _BODY = (
    w(name) for name in ("p", "r", "t", "tbl", "tr", "tc", "sym", "gridSpan", "vMerge", "body")
)
_BREAKS = {w("br"): "\n", w("cr"): "\n", w("tab"): "\t", w("noBreakHyphen"): "-"}
_SEEN = (_P, _T, _TBL, _TR, _TC, _SYM, _SPAN, _MERGE, *_BREAKS)
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
    asides: Asides  # what is beside it, and not read

    def texts(self) -> Iterator[str]:
        """Every paragraph outside tables, then every cell."""
        yield from self.paragraphs
        for table in self.tables:
            yield from (cell.text for row in table for cell in row)


@lru_cache(maxsize=2048)  # forms of one kind repeat their labels
def squeeze(text: str) -> str:
    """*text* as labels are compared: half-width, without blanks and without a colon at its end."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).rstrip(":")


@dataclass(slots=True)
class _Draft:
    """A cell while it is read."""

    span: int = 1
    continued: bool = False
    paragraphs: list[list[str]] = field(default_factory=list)


def read_page(root: Element) -> Page:
    """The tables and paragraphs of a document's *root*, which is used up: deleted text goes.

    Text is what would print with all tracked changes accepted, without words crossed out. A table in a cell
    counts as a table of its own; text boxes are left out.
    """
    asides = set_aside(root)
    reader = _Reader()
    for element in root.iter(*_SEEN):
        reader.take(element)
    return reader.page(asides)


class _Reader:
    """Gathers cells and paragraphs in one walk over a document."""

    def __init__(self) -> None:
        self._tables: dict[Element, list[list[_Draft]]] = {}
        self._rows: dict[Element, list[_Draft]] = {}
        self._cells: dict[Element, _Draft] = {}
        self._outside: list[list[str]] = []
        self._words: list[str] = []
        self._cell = _Draft()

    def take(self, element: Element) -> None:
        """Read *element*, the next in document order."""
        tag = element.tag
        if tag == _T:
            self._words.append(element.text or "")
        elif tag == _P:
            self._begin_paragraph(element)
        elif tag in (_TBL, _TR, _TC):
            self._begin_part(element, str(tag))
        elif tag == _SPAN:
            given = attribute(element, "val")
            self._cell.span = int(given) if given.isdigit() else 1
        elif tag == _MERGE:
            self._cell.continued = attribute(element, "val", "continue") == "continue"
        elif tag == _SYM:
            self._words.append(
                _SYMBOLS.get((attribute(element, "font"), attribute(element, "char").upper()), "")
            )
        else:
            self._take_break(element)

    def _take_break(self, element: Element) -> None:
        parent = element.getparent()
        if parent is not None and parent.tag == _R:  # w:tab is also a tab stop
            self._words.append(_BREAKS[str(element.tag)])

    def _begin_paragraph(self, element: Element) -> None:
        self._words = []
        holder = element.getparent()
        if holder is not None and holder.tag != _TC:
            holder = next(element.iterancestors(_TC, _BODY), None)
        cell = None if holder is None else self._cells.get(holder)
        (self._outside if cell is None else cell.paragraphs).append(self._words)

    def _begin_part(self, element: Element, tag: str) -> None:
        if tag == _TBL:
            self._tables[element] = []
        elif tag == _TR:
            row = self._rows[element] = []
            self._tables[next(element.iterancestors(_TBL))].append(row)
        else:
            self._cell = self._cells[element] = _Draft()
            self._rows[next(element.iterancestors(_TR))].append(self._cell)

    def page(self, asides: Asides) -> Page:
        """What was read."""
        tables = (tuple(map(_finish_row, range(len(rows)), rows)) for rows in self._tables.values())
        return Page(tuple(tables), tuple(map("".join, self._outside)), asides)


def _finish_row(place: int, drafts: list[_Draft]) -> tuple[Cell, ...]:
    column = 0
    cells = []
    for draft in drafts:
        text = "\n".join(map("".join, draft.paragraphs)).rstrip("\n")
        cells.append(Cell(place, column, draft.span, text, draft.continued))
        column += draft.span
    return tuple(cells)
