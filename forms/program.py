"""A template after compiling: unchanging XML and slots, run once per record.

A program holds two ways through the same XML: ``plain``, for values that fit (nearly all), and
``elastic``, where the font sizes of limited cells are slots too. Which one is taken is decided for
each record, and within a table for each row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from forms.errors import RecordError
from forms.fit import Box, Fitted, fit_texts
from forms.marks import NUMBER, Mark
from forms.media import Media
from forms.package import Chunk
from forms.photo import Photo
from forms.values import plain_text, xml_text

Piece = Chunk | str
Values = Mapping[str, object]
NOTHING: Values = {}
PERSON_NAME = "姓名"  # tells the rows of a list apart on an 附页


@dataclass(slots=True)
class Copies:
    """Counts the copies of template XML in one document, so that ids stay unique; holds its photos."""

    made: int = 0
    media: Media = field(default_factory=Media)

    def next(self) -> int:
        """Number of the next copy, from 0."""
        self.made += 1
        return self.made - 1


@dataclass(slots=True)
class Scope:
    """What slots see while one record, or one row of it, is printed."""

    values: Values
    copies: Copies
    copy: int = 0
    record: int = 0  # place of the record in the document, from 0
    row: Values = field(default_factory=dict)
    row_index: int = 0
    blank: bool = False  # a row without a record
    numbered: bool = False  # a blank row that fills up the page keeps its number, as on the paper form
    section: str = ""  # page setup that ends this record, "" where a page break does
    fitted: dict[int, Fitted] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)  # placeholder in a limited cell → what fits there
    overflow: list[tuple[str, str]] = field(default_factory=list)  # (field, what did not fit)

    def text_of(self, mark: Mark) -> str:
        """What *mark* prints here, as plain text."""
        if self.blank:
            return str(self.row_index + 1) if self.numbered and mark.name == NUMBER else ""
        if not mark.group:
            return mark.text(self.values.get(mark.name))
        value = self.row.get(mark.name)
        if value is None and mark.name == NUMBER:
            return str(self.row_index + 1)
        return mark.text(value)

    def value_of(self, mark: Mark) -> object:
        """What the record has for *mark*."""
        return (self.row if mark.group else self.values).get(mark.name)

    def caption(self, mark: Mark) -> str:
        """What names *mark* on an 附页: the field, and in a list the row and whose it is."""
        if not mark.group:
            return mark.name
        whose = plain_text(self.row.get(PERSON_NAME))
        return f"第{self.row_index + 1}行 {whose} {mark.name}".replace("  ", " ")


class Slot(Protocol):
    """A place in the XML whose content depends on the record."""

    def emit(self, scope: Scope, out: list[Piece]) -> None:
        """Append the slot's content to *out*."""


@dataclass(frozen=True, slots=True)
class TextSlot:
    """A placeholder."""

    number: int
    mark: Mark

    def emit(self, scope: Scope, out: list[Piece]) -> None:
        """Append the value, escaped; of a value too long for its cell the part that fits."""
        text = scope.shown.get(self.number)
        out.append(xml_text(scope.text_of(self.mark) if text is None else text))


@dataclass(frozen=True, slots=True)
class PhotoSlot:
    """A placeholder for a photo, with the room it has, in EMU."""

    mark: Mark
    width: int
    height: int

    def emit(self, scope: Scope, out: list[Piece]) -> None:
        """Append the photo; without one, the word that is printed in its box."""
        value = scope.value_of(self.mark)
        if isinstance(value, Photo):
            photo = scope.copies.media.place(value, self.width, self.height)
            out.append(f'</w:t>{photo}<w:t xml:space="preserve">')
        else:
            out.append(xml_text(scope.text_of(self.mark)))


@dataclass(frozen=True, slots=True)
class SizeSlot:
    """Font size or line height of a limited cell."""

    box: int
    default: str
    is_line: bool

    def emit(self, scope: Scope, out: list[Piece]) -> None:
        """Append half-points of size, or twentieths of a point of line height."""
        fitted = scope.fitted.get(self.box)
        if fitted is None:
            out.append(self.default)
        elif self.is_line:
            out.append(self.default if fitted.line is None else str(int(fitted.line * 20)))
        else:
            out.append(str(int(fitted.size * 2)))


@dataclass(frozen=True, slots=True)
class IdSlot:
    """An id or bookmark name that must not occur twice in a document."""

    number: int
    total: int
    name: str  # bookmark name; "" for a numeric id

    def emit(self, scope: Scope, out: list[Piece]) -> None:
        """Append the id of this copy."""
        if self.name:
            out.append(f"{self.name}_{scope.copy}" if scope.copy else self.name)
        else:
            out.append(str(self.number + 1 + scope.copy * self.total))


@dataclass(frozen=True, slots=True)
class BreakSlot:
    """Start of a new page before each further record."""

    def emit(self, scope: Scope, out: list[Piece]) -> None:
        """Append the page break where one is due."""
        if scope.record:
            out.append("<w:pageBreakBefore/>")


@dataclass(frozen=True, slots=True)
class SectionSlot:
    """End of a record's own section, where the template's page setup asks for one."""

    def emit(self, scope: Scope, out: list[Piece]) -> None:
        """Append the section properties of all records but the last."""
        if scope.section:
            out.append(scope.section)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Steps of one part of a template, or of one repeating row."""

    plain: tuple[Chunk | Slot, ...]
    elastic: tuple[Chunk | Slot, ...] = ()
    boxes: tuple[tuple[Box, tuple[Mark, ...]], ...] = ()

    def run(self, scope: Scope, out: list[Piece]) -> None:
        """Append this part, filled for *scope*, to *out*."""
        steps = self.plain
        if self.boxes and self._fit(scope):
            steps = self.elastic
        for step in steps:
            if isinstance(step, Chunk):
                out.append(step)
            else:
                step.emit(scope, out)

    def _fit(self, scope: Scope) -> bool:
        for box, marks in self.boxes:
            texts = [scope.text_of(mark) for mark in marks]
            for number, text in zip(box.marks, texts, strict=True):
                scope.shown[number] = text
            fitted = fit_texts(box, texts)
            if fitted is None:
                continue
            scope.fitted[box.number] = fitted
            scope.shown |= fitted.shown
            names = dict(zip(box.marks, marks, strict=True))
            scope.overflow += [(scope.caption(names[number]), rest) for number, rest in fitted.rest.items()]
        return bool(scope.fitted)


@dataclass(frozen=True, slots=True)
class RowsSlot:
    """A table row that repeats for each record of a list."""

    group: str
    page_rows: int
    body: Program
    page_turn: Program | None  # ends the table and begins it anew on the next page

    def emit(self, scope: Scope, out: list[Piece]) -> None:
        """Append one row per record and blank ones to the end of the page; at least one row."""
        rows = list_of(scope.values, self.group)
        page = self.page_rows or 1
        total = max(1, -(-len(rows) // page)) * page
        for index in range(total):
            row = Scope(
                scope.values,
                scope.copies,
                copy=scope.copies.next(),
                record=scope.record if index == 0 else 0,
                row=rows[index] if index < len(rows) else NOTHING,
                row_index=index,
                blank=index >= len(rows),
                numbered=bool(self.page_rows),
                overflow=scope.overflow,
            )
            if index and self.page_turn and index % page == 0:
                self.page_turn.run(Scope(scope.values, scope.copies, copy=scope.copies.next()), out)
            self.body.run(row, out)


def list_of(values: Values, group: str) -> Sequence[Values]:
    """Records of list *group* in *values*; empty when there is none, and a record alone is a list of one."""
    found = values.get(group)
    if found is None:
        return ()
    if isinstance(found, Mapping):
        return (found,)
    if isinstance(found, Sequence) and not isinstance(found, str):
        rows = [row for row in found if isinstance(row, Mapping)]
        if len(rows) == len(found):
            return rows
    raise RecordError(f"“{group}”应是一组记录，收到的是“{plain_text(found)[:20]}”。请按名单给出各行。")
