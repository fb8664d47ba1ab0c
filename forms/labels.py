"""Forms that nobody made from a template of ours, read by the labels they print.

A value is the one cell behind its label, or what follows the label and a colon. A row made of labels is a
heading: nothing behind them is a value.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from forms.cells import Cell, Page, squeeze
from forms.readback import Reading

NameOf = Callable[[str], str | None]
"""The field that a squeezed label names; None where it is no label."""

_GAP = re.compile(r"\t|\s{2,}|\u3000+")
_MARKS = " ，,；;。"
_NEXT = re.compile(rf"[{_MARKS}]([^：:{_MARKS}]{{1,20}})\s*[：:]")
_BESIDE = re.compile(r"([^：:]{1,20})[：:]\s*(.+)", re.DOTALL)


def read_labels(page: Page, name_of: NameOf) -> Reading:
    """What *page* says, by every label that *name_of* knows; differing answers to one field are doubtful."""
    answers: dict[str, dict[str, str]] = {}
    for name, text, where in (*_in_tables(page, name_of), *_in_paragraphs(page, name_of)):
        answers.setdefault(name, {}).setdefault(text.strip(), where)
    texts = {name: tuple(text for text in found if text) for name, found in answers.items()}
    return Reading(
        values={name: found[0] if found else "" for name, found in texts.items() if len(found) < 2},
        lists={},
        missing=(),
        doubtful={name: found for name, found in texts.items() if len(found) > 1},
        places={name: next(iter(found.values())) for name, found in answers.items()},
    )


def _in_tables(page: Page, name_of: NameOf) -> Iterator[tuple[str, str, str]]:
    for number, table in enumerate(page.tables, 1):
        for place, row in enumerate(table, 1):
            for name, text in _in_row(row, name_of):
                yield name, text, f"表 {number} 第 {place} 行"


def _in_row(row: Sequence[Cell], name_of: NameOf) -> Iterator[tuple[str, str]]:
    names = [None if cell.continued else name_of(squeeze(cell.text)) for cell in row]
    heading = sum(name is not None for name in names) * 2 > len(row)
    for place, (cell, name) in enumerate(zip(row, names, strict=True)):
        if name is None:
            yield from _beside(cell.text, name_of)
        elif not heading and place + 1 < len(row) and names[place + 1] is None:
            yield name, row[place + 1].text


def _in_paragraphs(page: Page, name_of: NameOf) -> Iterator[tuple[str, str, str]]:
    for place, line in enumerate(page.paragraphs, 1):
        for piece in _pieces(line, name_of):
            for name, text in _beside(piece, name_of):
                yield name, text, f"第 {place} 段"


def _pieces(line: str, name_of: NameOf) -> Iterator[str]:
    """Parts of *line*, each of one label and its value: wide gaps divide, and a known label behind a mark."""
    for piece in _GAP.split(line):
        begins = [found.start(1) for found in _NEXT.finditer(piece) if name_of(squeeze(found[1]))]
        yield from (piece[a:b].rstrip(_MARKS) for a, b in itertools.pairwise([0, *begins]))
        yield piece[begins[-1] if begins else 0 :]


def _beside(text: str, name_of: NameOf) -> Iterator[tuple[str, str]]:
    """The value that stands in one text with its label: 姓名：张三."""
    found = _BESIDE.fullmatch(text.strip())
    name = name_of(squeeze(found[1])) if found else None
    if found and name:
        yield name, found[2].strip(" _＿")
