"""Filled forms read back: what a person typed in Word or WPS, by label, never by guess.

A value is what stands between its label and the next one, or in the gaps of its sentence. A label that
is gone gives no value and is reported; two answers to one field are reported too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from forms.cells import Cell, Page, squeeze
from forms.continuation import ANNEX, annex_heading
from forms.errors import TemplateError
from forms.fit import MORE
from forms.formmap import FormMap, Listing, Place, Sentence
from forms.marks import MARK, NUMBER, Kind, parse_mark
from forms.mixups import are_several, loose_paragraphs, mixed_labels

_Spot = tuple[str, Sequence[Sequence[Cell]], Sequence[Cell], Cell]  # where, table, row, label
_DRAWN = "_＿"  # a line for ink, on which a person types
_TICKED = frozenset("☑☒√✓✔■")
_HEADING = re.compile(rf".{{1,60}}{re.escape(annex_heading(''))}")
_EMPTY_DATE = re.compile(r"[\s年月日]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one filled form says."""

    values: Mapping[str, str]  # field → text as typed, "" where left blank; 是 for a ticked box
    lists: Mapping[str, Sequence[Mapping[str, str]]]
    missing: tuple[str, ...]  # fields whose place is gone
    doubtful: Mapping[str, tuple[str, ...]]  # field → its differing answers; not among the values
    places: Mapping[str, str] = field(default_factory=dict)  # field → where it was found
    mixed: Mapping[str, Sequence[str]] = field(default_factory=dict)  # field → labels within its answer
    several: bool = False  # forms of several people
    loose: int = 0  # paragraphs that the form neither prints nor asks for


def read_form(page: Page, form: FormMap) -> Reading:
    """What *page* says, as a form of the template mapped by *form*."""
    answers: dict[str, list[tuple[str, str]]] = {}
    seen = _find_labels(page)
    lost = tuple(form.labels - seen.keys())  # typed over, or with their answer in the same cell
    copies: defaultdict[int, dict[str, str]] = defaultdict(dict)
    joined: dict[str, tuple[str, ...]] = {}
    for place in form.places:
        for number, (cells, where) in enumerate(_place_answers(place, seen, form.labels, lost)):
            copies[number][_key(place)] = value = _value("".join(cells), place.kind, place.names)
            if len(cells) > 1:
                joined[_key(place)] = tuple(cells)
            parts = _with_annex(value, _key(place), page)
            answers.setdefault(_key(place), []).extend((part, where) for part in parts)
    for sentence in form.sentences:
        for name, text in _sentence_answers(page, sentence, frozenset(answers)):
            answers.setdefault(name, []).append((text, "正文"))
    texts = {name: tuple(dict.fromkeys(text for text, _ in found if text)) for name, found in answers.items()}
    wanted = [*map(_key, form.places), *(name for sentence in form.sentences for name in sentence.names)]
    missing = tuple(name for name in dict.fromkeys(wanted) if name not in answers)
    if missing:  # whose answer may be the second cell that was taken for a part of the first
        texts |= joined
    return Reading(
        values={name: found[0] if found else "" for name, found in texts.items() if len(found) < 2},
        lists={listing.group: _read_rows(page, listing, form.labels) for listing in form.listings},
        missing=missing,
        doubtful={name: found for name, found in texts.items() if len(found) > 1},
        places={name: found[0][1] for name, found in answers.items()},
        mixed={name: mixed for name, found in texts.items() if (mixed := mixed_labels(found, lost))},
        several=are_several([copies[number] for number in range(len(copies))]),
        loose=loose_paragraphs(page, form),
    )


def _key(place: Place) -> str:
    """Name of what a place holds; two fields in one cell are read as one, for nobody can part them."""
    return "+".join(place.names)


def _value(text: str, kind: Kind, names: Sequence[str]) -> str:
    """*text* as typed, without the blanks around it; nothing for what the form prints for *names* itself."""
    words = MARK.sub(lambda mark: "" if _names_one_of(mark[1], names) else mark[0], text)
    words = words.strip().strip(_DRAWN).strip()
    if kind is Kind.BOX:
        return "是" if set(words) & _TICKED else ""
    if kind in (Kind.DATE, Kind.INKED_DATE, Kind.INKED_DAY) and _EMPTY_DATE.fullmatch(words):
        return ""
    return words


def _names_one_of(inside: str, names: Sequence[str]) -> bool:
    """Whether the words *inside* braces are a placeholder of *names*: one that was never filled."""
    try:
        return parse_mark(inside).name in names
    except TemplateError:
        return False


def _with_annex(text: str, name: str, page: Page) -> list[str]:
    """*text* with what stands on the 附页; both apart, as two answers, where they do not join any more."""
    rest = _annex(name, page)
    if not rest or (text.endswith(MORE) and text.count(MORE) == 1):
        return [text.removesuffix(MORE) + rest if rest else text]
    return [text, rest]


def _annex(name: str, page: Page) -> str:
    """What the 附页 says of *name*: all paragraphs up to the next heading."""
    headings = [at for at, words in enumerate(page.paragraphs) if words.strip() == annex_heading(name)]
    if not headings:
        return ""
    parts = page.paragraphs[headings[0] + 1 :]
    ends = (at for at, words in enumerate(parts) if words.startswith(ANNEX) or _HEADING.fullmatch(words))
    return "\n".join(parts[: next(ends, None)]).rstrip()


def _find_labels(page: Page) -> dict[str, list[_Spot]]:
    """Every cell of *page* by its squeezed text, in reading order."""
    spots: dict[str, list[_Spot]] = {}
    for number, table in enumerate(page.tables, 1):
        for row in table:
            for cell in row:
                if not cell.continued and cell.text.strip():
                    spots.setdefault(squeeze(cell.text), []).append(
                        (f"表 {number} 第 {cell.row + 1} 行", table, row, cell)
                    )
    return spots


def _place_answers(
    place: Place, seen: Mapping[str, list[_Spot]], labels: frozenset[str], lost: Sequence[str]
) -> Iterator[tuple[list[str], str]]:
    """Each answer of *place*, in one cell or in those it was split into, and where it stands."""
    found = _spots(place, seen)
    for where, table, row, cell in found:
        cells = _below(table, cell, labels) if place.above else _behind(row, cell, labels, lost)
        if cells is not None:
            text = _beside("".join(cells), place.label)
            yield [text] if text else [part for part in cells if part], where
    if not found and not place.above and place.alike == 1:
        for words, spots in seen.items():
            if words.startswith(place.label) and words not in labels:
                yield from (
                    ([text], where)
                    for where, _, _, cell in spots
                    if (text := _beside(cell.text, place.label))
                )


def _spots(place: Place, seen: Mapping[str, list[_Spot]]) -> list[_Spot]:
    """Where *place*'s label stands; of several alike its own, if all of them are still there."""
    if MARK.search(place.label):
        pattern = re.compile(".*".join(map(re.escape, MARK.split(place.label)[::2])))
        found = [spot for words, spots in seen.items() if pattern.fullmatch(words) for spot in spots]
    else:
        found = seen.get(place.label, [])
    if place.alike == 1:
        return list(found)
    return [found[place.order]] if len(found) == place.alike else []


def _behind(
    row: Sequence[Cell], label: Cell, labels: frozenset[str], lost: Sequence[str]
) -> list[str] | None:
    """Texts of the cells between *label* and the next label; a person may have split the cell."""
    texts: list[str] = []
    for cell in row:
        if cell.column > label.column:
            if squeeze(cell.text) in labels and cell.text.strip():
                break
            if lost and _begins_with_label(cell.text, lost, sure=not texts):
                break
            texts.append(cell.text.strip())
    return texts or None


def _begins_with_label(text: str, lost: Sequence[str], *, sure: bool) -> bool:
    """Whether *text* is one of the *lost* labels and its answer; where that must be *sure*, with a colon."""
    return any(_beside(text, label) or (not sure and squeeze(text).startswith(label)) for label in lost)


def _below(table: Sequence[Sequence[Cell]], label: Cell, labels: frozenset[str]) -> list[str] | None:
    for row in table[label.row + 1 :]:
        for cell in row:
            if cell.column == label.column and not cell.continued:
                return None if squeeze(cell.text) in labels and cell.text.strip() else [cell.text]
    return None


def _beside(text: str, label: str) -> str | None:
    """What follows *label* and a colon in the same cell."""
    if ":" not in text and "：" not in text:
        return None
    found = _beside_pattern(label).match(text)
    return found[1] if found else None


@cache
def _beside_pattern(label: str) -> re.Pattern[str]:
    loose = r"\s*".join(map(re.escape, label))
    return re.compile(rf"\s*{loose}\s*[：:]\s*(.+)", re.DOTALL)


def _sentence_answers(page: Page, sentence: Sentence, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Answers in the gaps of *sentence*, but for *known* fields, which have a cell of their own."""
    if known.issuperset(sentence.names):
        return
    for text in page.texts():
        found = sentence.pattern.fullmatch(text)
        if found:
            for name, kind, words in zip(sentence.names, sentence.kinds, found.groups(), strict=True):
                if name not in known:
                    yield name, _value(words, kind, sentence.names)


def _read_rows(page: Page, listing: Listing, labels: frozenset[str]) -> list[dict[str, str]]:
    """Records of a list: the rows under its heading, without blank ones and sums."""
    rows: list[dict[str, str]] = []
    for table in page.tables:
        columns: dict[int, str] = {}
        for row in table:
            if _is_heading(row, labels):
                columns |= {cell.column: listing.columns[label] for cell in row
                            if (label := squeeze(cell.text)) in listing.columns}  # fmt: skip
            elif len(columns) * 3 >= len(listing.columns) * 2:
                record = {
                    columns[cell.column]: _value(cell.text, Kind.TEXT, (columns[cell.column],))
                    for cell in row
                    if cell.column in columns
                }
                if any(text for name, text in record.items() if name != NUMBER):
                    rows.append(record)
    return rows


def _is_heading(row: Sequence[Cell], labels: frozenset[str]) -> bool:
    """Whether *row* is made of labels: a heading, or a sum that begins with one."""
    words = [squeeze(cell.text) for cell in row if not cell.continued and cell.text.strip()]
    return bool(words) and (words[0] in labels or sum(word in labels for word in words) * 2 > len(words))
