"""Where a template keeps its fields: behind which label, in which sentence, under which heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from forms.asides import Asides
from forms.cells import Cell, Page, read_page, squeeze
from forms.errors import TemplateError
from forms.marks import MARK, Kind, Mark, parse_mark
from forms.package import read_members
from forms.wordml import DOCUMENT, parse_part

_TICKS = "☑☒√✓✔■□☐"
_DATE = r"([\s\d０-９]*年[\s\d０-９]*月[\s\d０-９]*日|[\s\d０-９]*年[\s\d０-９]*月|[\d０-９]*[\d０-９.\-/]*)"
_GROUPS = {
    Kind.BOX: f"([{_TICKS}]?)",
    Kind.DATE: _DATE,
    Kind.INKED_DATE: _DATE,
    Kind.INKED_DAY: r"([\s\d０-９]*月[\s\d０-９]*日|[\d０-９]*[\d０-９.\-/]*)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A cell that holds nothing but fields, and the label that tells it."""

    names: tuple[str, ...]
    kind: Kind
    label: str  # squeezed
    above: bool  # the label stands above, not to the left
    order: int = 0  # which of the labels of the same words, in reading order
    alike: int = 1  # how many of them the form has


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A paragraph or cell of printed words with fields between them."""

    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A repeating row: the field of each column by the label above it."""

    group: str
    columns: Mapping[str, str]  # squeezed label → field


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMap:
    """How to read forms made from one template."""

    places: tuple[Place, ...]
    sentences: tuple[Sentence, ...]
    listings: tuple[Listing, ...]
    labels: frozenset[str]  # every label of the template's tables, squeezed
    lines: frozenset[str]  # what else it prints, squeezed
    own: Asides = field(default_factory=Asides)  # what it has beside its text, a picture for each photo
    free: bool = False  # a whole paragraph may say anything


def map_form(source: Path | str | bytes) -> FormMap:
    """The map of the template *source*."""
    members = read_members(source)
    if DOCUMENT not in members:
        raise TemplateError("这不是 Word 文档（.docx）。请在 Word 里另存为 .docx。")
    page = read_page(parse_part(members[DOCUMENT], DOCUMENT))
    places, sentences, listings = [], [], []
    for table in page.tables:
        for row in table:
            listing = _find_listing(table, row)
            if listing:
                listings.append(listing)
                continue
            for cell in row:
                found = _find_place(table, row, cell)
                if isinstance(found, Place):
                    places.append(found)
                elif found:
                    sentences.append(found)
    sentences += (made for text in page.paragraphs if (made := _make_sentence(text)))
    photos = sum(mark.kind is Kind.PHOTO for text in page.texts() for mark in _marks(text))
    return FormMap(
        places=_number_alike(places),
        sentences=tuple(sentences),
        listings=tuple(listing for listing in listings if listing.columns),
        labels=frozenset(_labels(page)),
        lines=frozenset(squeeze(text) for text in page.paragraphs if text.strip() and not MARK.search(text)),
        own=replace(page.asides, pictures=page.asides.pictures + photos),
        free=any(_marks(text) and not _make_sentence(text) for text in page.paragraphs),
    )


def _number_alike(places: Sequence[Place]) -> tuple[Place, ...]:
    """*places*, each knowing which of several labels of the same words is its own."""
    alike = Counter((place.label, place.above) for place in places)
    seen: Counter[tuple[str, bool]] = Counter()
    numbered = []
    for place in places:
        key = (place.label, place.above)
        numbered.append(replace(place, order=seen[key], alike=alike[key]))
        seen[key] += 1
    return tuple(numbered)


def _labels(page: Page) -> Iterator[str]:
    for table in page.tables:
        for row in table:
            for cell in row:
                if cell.text.strip() and not MARK.search(cell.text):
                    yield squeeze(cell.text)
                # The word in the empty box of a photo answers nothing beside it.
                yield from (squeeze(mark.name) for mark in _marks(cell.text) if mark.kind is Kind.PHOTO)


def _marks(text: str) -> list[Mark]:
    return [parse_mark(match[1]) for match in MARK.finditer(text)]


def _find_listing(table: Sequence[Sequence[Cell]], row: Sequence[Cell]) -> Listing | None:
    marks = {cell.column: found for cell in row if (found := _marks(cell.text))}
    groups = {mark.group for found in marks.values() for mark in found if mark.group}
    if not groups:
        return None
    columns = {}
    for cell in row:
        label = _label_above(table, cell)
        if label and cell.column in marks and marks[cell.column][0].kind is not Kind.PHOTO:
            columns[label] = marks[cell.column][0].name
    return Listing(group=groups.pop(), columns=columns)


def _label_above(table: Sequence[Sequence[Cell]], cell: Cell) -> str:
    for row in reversed(table[: cell.row]):
        for other in row:
            if other.column == cell.column and other.span == cell.span and not other.continued:
                return "" if MARK.search(other.text) else squeeze(other.text)
    return ""


def _find_place(table: Sequence[Sequence[Cell]], row: Sequence[Cell], cell: Cell) -> Place | Sentence | None:
    marks = _marks(cell.text)
    if not marks or any(mark.kind is Kind.PHOTO for mark in marks):
        return None
    if squeeze(MARK.sub("", cell.text)):
        return _make_sentence(cell.text)
    before = [other for other in row if other.column < cell.column]
    left = before[-1].text if before else ""
    above = "" if left.strip() else _label_above(table, cell)
    if not above and not MARK.sub("", left).strip():
        return None
    return Place(
        names=tuple(mark.name for mark in marks),
        kind=marks[0].kind,
        label=above or squeeze(left),
        above=bool(above),
    )


def _make_sentence(text: str) -> Sentence | None:
    """The pattern of *text*; blanks in its printed words may be any, a value ends where they go on."""
    marks = _marks(text)
    if (
        not marks
        or any(mark.group or mark.kind is Kind.PHOTO for mark in marks)
        or not squeeze(MARK.sub("", text))
    ):
        return None
    pattern, at = "", 0
    for match, mark in zip(MARK.finditer(text), marks, strict=True):
        pattern += _loose(text[at : match.start()]) + _GROUPS.get(mark.kind, "(.*?)")
        at = match.end()
    pattern += _loose(text[at:])
    names, kinds = tuple(mark.name for mark in marks), tuple(mark.kind for mark in marks)
    return Sentence(names=names, kinds=kinds, pattern=re.compile(rf"\s*{pattern}\s*", re.DOTALL))


def _loose(words: str) -> str:
    if words and not words.strip():
        return r"(?:\t|\s{2,})" if "\t" in words or len(words) > 1 else r"\s+"
    return r"\s*?" + "".join(re.escape(character) + r"\s*?" for character in words if not character.isspace())
