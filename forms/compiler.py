"""From the XML of a part to its program: tokens set into the tree, the text cut at the tokens.

A token is ``@@salt:code…@@``, its salt a number that the part does not contain, so that no text of a
template can pass for one.
"""

from __future__ import annotations

import re
from itertools import count

from forms.boxes import Sizes, measure_box, photo_room
from forms.errors import TemplateError
from forms.fit import Box
from forms.marks import MARK, Kind, Mark
from forms.package import Chunk, make_chunk
from forms.pages import page_turn
from forms.program import (
    BreakSlot,
    IdSlot,
    PhotoSlot,
    Program,
    RowsSlot,
    SectionSlot,
    SizeSlot,
    Slot,
    TextSlot,
)
from forms.runs import first_run, paragraph_text, take_marks
from forms.schema import names_before
from forms.wordml import Element, attribute, child, ensure_child, nearest, own, w

_BEFORE_BREAK = names_before("pPr", "pageBreakBefore")
_BEFORE_SPACING = names_before("pPr", "spacing")
_BEFORE_SIZE = names_before("rPr", "sz")
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


class Compiler:
    """Compiles one part; made anew for each."""

    def __init__(self, root: Element, raw: bytes, sizes: Sizes) -> None:
        text = raw.decode("utf-8", "replace")
        self._salt = next(f"{number}" for number in count() if f"@@{number}:" not in text)
        self._root, self._sizes = root, sizes
        self.marks: list[Mark] = []
        self._homes: list[Element | None] = []  # the row of each mark
        self._boxes: dict[int, Box] = {}
        self._slots: dict[str, Slot] = {}
        self._rows: dict[str, tuple[str, int, Element]] = {}

    def token(self, code: str) -> str:
        """The token for *code*."""
        return f"@@{self._salt}:{code}@@"

    def add_slot(self, code: str, slot: Slot) -> str:
        """Register *slot* under *code*; returns its token."""
        self._slots[code] = slot
        return self.token(code)

    def place_marks(self) -> None:
        """Set a token for every placeholder, and for the sizes of cells that cannot grow."""
        measured = []
        for paragraph in self._root.iter(w("p")):
            first = len(self.marks)
            words = MARK.sub("", paragraph_text(paragraph))
            found = take_marks(paragraph, self._add_mark)
            self._homes += [nearest(paragraph, "tr")] * len(found)
            if any(mark.kind is Kind.PHOTO for mark in found):
                self._place_photo(paragraph, words, found)
            elif found:
                measured.append((paragraph, self._measure(paragraph, words, range(first, len(self.marks)))))
        for paragraph, box in measured:
            if box is not None:
                self._make_elastic(paragraph, box)

    def _add_mark(self, mark: Mark) -> str:
        self.marks.append(mark)
        number = len(self.marks) - 1
        return self.add_slot(f"t{number}", TextSlot(number, mark))

    def _place_photo(self, paragraph: Element, words: str, found: list[Mark]) -> None:
        """Give the photo a paragraph of its own, whose line is as high as it; an exact one would cut it."""
        mark = found[0]
        if words.strip() or len(found) > 1:
            raise TemplateError(f"{mark} 是照片，要单独放一段，前后不能有别的字。")
        spacing = ensure_child(ensure_child(paragraph, "pPr", ()), "spacing", _BEFORE_SPACING)
        spacing.set(w("line"), "240")
        spacing.set(w("lineRule"), "auto")
        self._slots[f"t{len(self.marks) - 1}"] = PhotoSlot(mark, *photo_room(paragraph, mark.size))

    def _measure(self, paragraph: Element, fixed: str, numbers: range) -> Box | None:
        run = first_run(paragraph, self.token(f"t{numbers[0]}"))
        if run is None:
            return None
        size = self._sizes.of(paragraph, run)
        box = measure_box(paragraph, size, len(self._boxes), fixed, tuple(numbers))
        if box is not None:
            self._boxes[box.number] = box
        return box

    def _make_elastic(self, paragraph: Element, box: Box) -> None:
        for run in own(paragraph, "r", "p"):
            if run.find(w("t")) is not None and self._sizes.of(paragraph, run) == box.size:
                self._free_size(run, box)
        spacing = child(paragraph, "pPr", "spacing")
        if spacing is not None and box.line is not None:
            slot = SizeSlot(box.number, attribute(spacing, "line"), is_line=True)
            spacing.set(w("line"), self.add_slot(f"l{box.number}", slot))

    def _free_size(self, run: Element, box: Box) -> None:
        properties = ensure_child(run, "rPr", ())
        default = str(int(box.size * 2))
        token = self.add_slot(f"s{box.number}", SizeSlot(box.number, default, is_line=False))
        for tag, before in (("sz", _BEFORE_SIZE), ("szCs", (*_BEFORE_SIZE, "sz"))):
            ensure_child(properties, tag, before).set(w("val"), token)

    def place_rows(self) -> None:
        """Set tokens around every row that repeats."""
        rows: dict[Element, list[Mark]] = {}
        for mark, row in zip(self.marks, self._homes, strict=True):
            if row is not None:
                rows.setdefault(row, []).append(mark)
            elif mark.group:
                raise TemplateError(f"{mark} 要放在表格的一行里，那一行会按名单重复。")
        repeating = [(row, inside) for row, inside in rows.items() if any(mark.group for mark in inside)]
        for order, (row, inside) in enumerate(repeating):
            self._wrap_row(order, row, inside)

    def _wrap_row(self, order: int, row: Element, inside: list[Mark]) -> None:
        groups = {mark.group for mark in inside if mark.group}
        if len(groups) > 1:
            raise TemplateError(f"表格同一行里用了几个名单（{'、'.join(sorted(groups))}）。一行只能用一个。")
        page_rows = max(mark.page_rows for mark in inside)
        self._rows[f"r{order}"] = (groups.pop(), page_rows, row)
        _write_before(row, self.token(f"r{order}"))
        row.tail = self.token(f"e{order}") + (row.tail or "")

    def place_break(self, paragraph: Element) -> None:
        """Set a token where *paragraph*, the first of all, may have to begin a new page."""
        properties = ensure_child(paragraph, "pPr", ())
        token = self.add_slot("b0", BreakSlot())
        place = sum(1 for element in properties if element.tag in {w(name) for name in _BEFORE_BREAK})
        if place:
            properties[place - 1].tail = token + (properties[place - 1].tail or "")
        else:
            properties.text = token + (properties.text or "")

    def place_section(self, paragraph: Element) -> None:
        """Set a token where a record's own section may have to end."""
        properties = ensure_child(paragraph, "pPr", ())
        token = self.add_slot("z0", SectionSlot())
        change = properties.find(w("pPrChange"))
        if change is not None:
            properties.remove(change)
        if len(properties):
            properties[-1].tail = token
        else:
            properties.text = token

    def place_ids(self) -> None:
        """Set tokens for ids and bookmark names, and drop the ids that Word makes up again by itself."""
        for element in self._root.iter():
            for name in (f"{_WORD_2010}paraId", f"{_WORD_2010}textId"):
                element.attrib.pop(name, "")
        numeric, bookmarks = self._numeric_ids(), list(self._root.iter(w("bookmarkStart")))
        places: dict[tuple[str, str], int] = {}
        keys = [places.setdefault((family, old), len(places)) for _, _, family, old in numeric]
        for (element, name, _, _), number in zip(numeric, keys, strict=True):
            element.set(name, self.add_slot(f"i{number}", IdSlot(number, len(places), "")))
        for number, start in enumerate(bookmarks):
            slot = IdSlot(number, 0, start.get(w("name"), "")[:30])
            start.set(w("name"), self.add_slot(f"n{number}", slot))

    def _numeric_ids(self) -> list[tuple[Element, str, str, str]]:
        found = []
        for element in self._root.iter(w("bookmarkStart"), w("bookmarkEnd")):
            found.append((element, w("id"), "bookmark", element.get(w("id"), "")))
        found += [(drawing, "id", "drawing", str(n)) for n, drawing in enumerate(self._root.iter(_DOC_PR))]
        controls = (element.find(w("id")) for element in self._root.iter(w("sdtPr")))
        named = enumerate(control for control in controls if control is not None)
        return found + [(control, w("val"), "control", str(place)) for place, control in named]

    def compile(self, text: str) -> Program:
        """The program of *text*, which holds this compiler's tokens."""
        return self._assemble(re.split(f"@@{self._salt}:([a-z]\\d+)@@", text), [0], "")

    def _assemble(self, pieces: list[str], at: list[int], row: str) -> Program:
        plain, elastic, boxes = _Steps(), _Steps(), dict[int, Box]()
        while at[0] < len(pieces):
            piece = pieces[at[0]]
            at[0] += 1
            if at[0] % 2:
                plain.add(piece)
                elastic.add(piece)
            elif piece == f"e{row[1:]}" and row:
                break
            elif piece in self._rows:
                group, page_rows, row_element = self._rows[piece]
                turn = self.compile(page_turn(row_element)) if page_rows else None
                slot = RowsSlot(group, page_rows, self._assemble(pieces, at, piece), turn)
                plain.add(slot)
                elastic.add(slot)
            else:
                self._add_step(self._slots[piece], plain, elastic, boxes)
        placed = tuple((box, tuple(self.marks[number] for number in box.marks)) for box in boxes.values())
        return Program(plain=plain.done(), elastic=elastic.done() if boxes else (), boxes=placed)

    def _add_step(self, slot: Slot, plain: _Steps, elastic: _Steps, boxes: dict[int, Box]) -> None:
        if isinstance(slot, SizeSlot):
            boxes[slot.box] = self._boxes[slot.box]
            plain.add(slot.default)
        else:
            plain.add(slot)
        elastic.add(slot)


class _Steps:
    """Collects steps, joining neighbouring XML into one chunk."""

    def __init__(self) -> None:
        self._steps: list[Chunk | Slot] = []
        self._text: list[str] = []

    def add(self, step: str | Slot) -> None:
        if isinstance(step, str):
            self._text.append(step)
            return
        self._flush()
        self._steps.append(step)

    def _flush(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if text:
            self._steps.append(make_chunk(text))

    def done(self) -> tuple[Chunk | Slot, ...]:
        self._flush()
        return tuple(self._steps)


def _write_before(element: Element, token: str) -> None:
    previous = element.getprevious()
    parent = element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + token
    elif parent is not None:
        parent.text = (parent.text or "") + token
