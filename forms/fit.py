"""Long text in a cell that cannot grow: counted in em widths, shrunk to 9 pt, the rest put on an 附页.

A cell is limited where its row has an exact height: Word would cut the words off there without a sign.
Every other cell grows, and nothing here touches it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from forms.seam import find_seam

SMALLEST = 9.0  # points; smaller is not read on paper
MORE = "（下接附页）"

_AUTO_LINE = 1.35  # line height of 仿宋 and 宋体 per point of size, with room for a fallback font
_TIGHT_LINE = 1.2
_LITTLE = 0.75  # smaller than that, two lines look better
_WIDEST_LATIN = 0.75  # em
_SEAM = 0.25  # em that Word and LibreOffice put between Chinese and Latin letters or figures
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_WORDS = re.compile("[^\\s\u2e80-\ua4cf\uac00-\ud7a3\uff01-\uff60\U00020000-\U0003ffff]+")
_SEAMS = re.compile(f"[0-9A-Za-z](?=[{_HAN}])|[{_HAN}](?=[0-9A-Za-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Room of one paragraph in a cell that cannot grow; lengths in points."""

    number: int
    width: float
    height: float  # left for this paragraph
    size: float
    line: float | None  # exact line height; None for automatic
    indent: float = 0.0  # of the first line
    fixed: str = ""  # the paragraph's own words, without its placeholders
    marks: tuple[int, ...] = ()  # its placeholders, by their number in the template
    fixed_width: float = field(init=False, compare=False)  # em of the paragraph's own words, at most
    sure: int = field(init=False, compare=False)  # characters of any kind that fit beyond doubt
    sure_latin: int = field(init=False, compare=False)  # the same, of plain letters and figures

    def __post_init__(self) -> None:
        """Count once what nearly every value is then measured by."""
        room, columns = self.width - self.indent, self.width / self.size
        # Two neighbouring lines hold more than one line's width, so this many are always enough.
        lines = (self.lines_at(self.size) - 1) * columns / 2 - self.indent / self.size
        most = max(room / self.size, lines) / (1 + _SEAM)
        latin = room / self.size / _WIDEST_LATIN
        broken = "\n" in self.fixed
        width = text_width(self.fixed) + _SEAM * (len(self.marks) + 1) if self.fixed else 0.0
        object.__setattr__(self, "fixed_width", width)
        object.__setattr__(self, "sure", -1 if broken else int(most) - len(self.fixed))
        object.__setattr__(self, "sure_latin", -1 if self.fixed else int(latin))

    def surely_holds(self, texts: Sequence[str]) -> bool:
        """Whether *texts*, one per placeholder, fit as the template stands, by their length alone."""
        text = texts[0] if len(texts) == 1 else "".join(texts)
        length = len(text)
        if length > self.sure and (length > self.sure_latin or not text.isascii()):
            return False
        return "\n" not in text

    def lines_at(self, size: float) -> int:
        """Whole lines that the room holds at *size*; at least 1."""
        return max(1, int((self.height + 0.5) / self.line_at(size)))

    def line_at(self, size: float) -> float:
        """Line height at *size*: tightens with the text, never looser than the template's."""
        if self.line is None:
            return size * _AUTO_LINE
        return self.line if size >= self.size else min(self.line, size * _TIGHT_LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """How one paragraph has to be set so that nothing of it is lost."""

    size: float
    line: float | None
    shown: dict[int, str] = field(default_factory=dict)  # placeholder number → the part that fits
    rest: dict[int, str] = field(default_factory=dict)  # placeholder number → what goes on the 附页


def fit_texts(box: Box, texts: Sequence[str]) -> Fitted | None:
    """How to set *texts*, one per placeholder of *box*; None when they fit as the template stands."""
    if box.surely_holds(texts):
        return None
    whole = box.fixed + "".join(texts)
    plainly = _surely_wraps if box.lines_at(box.size) > 1 else _is_short
    if plainly(box, whole):
        return None
    size = _one_line_size(box, whole)
    if size:
        return Fitted(size=size, line=_line(box, size))
    size = box.size
    while size >= SMALLEST:
        if _fits(box, whole, size):
            return None if size == box.size else Fitted(size=size, line=_line(box, size))
        size = max(size - 0.5, SMALLEST) if size > SMALLEST else 0.0
    return _cut(box, texts, min(SMALLEST, box.size))


def _is_short(box: Box, text: str) -> bool:
    """Whether *text* takes one line as the template stands."""
    columns = box.width / box.size
    if len(text) > 2 * columns or "\n" in text:
        return False
    return text_width(text) + box.indent / box.size <= columns


def _surely_wraps(box: Box, text: str) -> bool:
    """Whether *text* has room on several lines, were each character of its values as wide as can be."""
    # No line is left emptier than the longest word, nor than one character.
    least = box.width / box.size - 1 - max(1, max(map(len, _WORDS.findall(text)), default=0))
    values = (len(text) - len(box.fixed)) * (1 + _SEAM)
    widest = box.fixed_width + values + box.indent / box.size
    return least > 0 and "\n" not in text and int(widest / least) + 1 <= box.lines_at(box.size)


def _one_line_size(box: Box, text: str) -> float:
    """The size at which *text* stays on the one line of its cell, if a little smaller will do; else 0."""
    if box.lines_at(box.size) > 1 or len(text) * box.size * 0.5 > box.width or "\n" in text:
        return 0.0
    widest = box.width * box.size / (text_width(text) * box.size + box.indent)
    size = int(widest * 2) / 2
    return size if max(SMALLEST, box.size * _LITTLE) <= size < box.size else 0.0


def _line(box: Box, size: float) -> float | None:
    return None if box.line is None else box.line_at(size)


def _fits(box: Box, text: str, size: float) -> bool:
    columns, indent, lines = box.width / size, box.indent / size, box.lines_at(size)
    if 2 * (len(text) * (1 + _SEAM) + indent) / columns + 1 + text.count("\n") <= lines:  # as in Box.sure
        return True
    if len(text) < 4 * columns * lines and "\n" not in text:
        width = text_width(text) + indent
        # No line is left emptier than the longest word, nor than one character.
        least = columns - 1 - max(1, max(map(len, _WORDS.findall(text)), default=0))
        if width <= columns or (least > 0 and int(width / least) + 1 <= lines):
            return True
    return wrap(text, columns, indent, lines)[1] == len(text)


def _cut(box: Box, texts: Sequence[str], size: float) -> Fitted:
    longest = max(range(len(texts)), key=lambda place: len(texts[place]))
    others = box.fixed + "".join(text for place, text in enumerate(texts) if place != longest)
    text = texts[longest]
    _, end = wrap(others + MORE + text, box.width / size, box.indent / size, box.lines_at(size))
    end = find_seam(text, max(0, end - len(others) - len(MORE)))
    mark = box.marks[longest]
    return Fitted(size=size, line=_line(box, size), shown={mark: text[:end] + MORE}, rest={mark: text[end:]})


@lru_cache(maxsize=1 << 14)
def em_width(character: str) -> float:
    """Width of *character* in em, on the generous side."""
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    return _WIDEST_LATIN if character.isupper() or character in "@%&—…mwMW" else 0.56


def text_width(text: str) -> float:
    """Width of *text* on one line, in em."""
    return sum(map(em_width, text)) + _SEAM * len(_SEAMS.findall(text))


def wrap(text: str, columns: float, indent: float, most: int | None) -> tuple[int, int]:
    """Lines that *text* takes at *columns* em a line, and the index where line *most* is full.

    Latin words stay whole unless longer than a line; one em a line is kept for punctuation that
    may not begin the next.
    """
    limit = max(columns - 1, 1.0)
    lines, used, at, word = 1, indent, 0, 0
    word_width = 0.0
    while at < len(text):
        character = text[at]
        if character == "\n":
            lines, used, word, word_width = lines + 1, 0.0, at + 1, 0.0
        else:
            width = em_width(character)
            breaks = character == " " or width == 1.0
            if _SEAMS.match(text, at):
                width += _SEAM
            if used + width > limit:
                carried = 0.0 if breaks or word_width + width > limit or word_width == used else word_width
                at_break = word if carried else at
                lines, used = lines + 1, carried
                if most is not None and lines > most:
                    return most, at_break
            used += width
            word, word_width = (at + 1, 0.0) if breaks else (word, word_width + width)
        if most is not None and lines > most:
            return most, at
        at += 1
    return lines, len(text)
