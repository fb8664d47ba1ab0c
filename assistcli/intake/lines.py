"""What each row below a header is: a person, or a total, section, note, example, blank or repeated header.

Every row of a file is accounted for; a row is only taken for something else than a person when nothing in its
key columns could name one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from assistcli.intake.sheet import Row, plain_text
from assistcli.intake.table import Table
from assistcli.intake.vocabulary import fold_header, words
from assistcli.values import clean_text, fold_text


class LineKind(StrEnum):
    """What a row is (行的种类), in the word shown to people."""

    PERSON = "数据"
    TITLE = "标题"
    HEADER = "表头"
    BLANK = "空行"
    TOTAL = "小计合计"
    SECTION = "分节"
    NOTE = "附注"
    EXAMPLE = "示例"
    INSTRUCTION = "填写说明"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the file that is no person: its number from 1, what it is, and its text."""

    sheet: str
    row: int
    kind: LineKind
    text: str = ""


_KEY_KINDS = frozenset({"学号", "身份证号", "职工身份证号"})
_TOTAL_TAIL = re.compile(r"[:：]?\d*[人名户份条]?")
_KEYLIKE = re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z._\-/]{3,}")
_HEAD_COUNT = re.compile(r"(?:共|合计|小计|总计)?(\d{1,6})[人名]")
_FEW = 2
SURE_KEY = 6
LONGEST_HEADING = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReader:
    """Tells the kind of each row of one table."""

    keys: tuple[int, ...]
    names: frozenset[int]
    head: int
    header: frozenset[tuple[int, str]]
    columns: frozenset[int]

    @classmethod
    def build(cls, table: Table) -> Self:
        """A reader for the rows of *table*."""
        plain = [column for column in table.columns if len(column.match.fields) == 1]
        keys = [column.index for column in plain if column.match.fields[0].name in _KEY_KINDS]
        names = [column.index for column in plain if column.match.fields[0].name.endswith("姓名")]
        labels = {(column.index, fold_header(column.header)) for column in (*table.columns, *table.ignored)}
        return cls(
            keys=tuple(keys),
            names=frozenset(names),
            head=max([*keys, *names, 3]) + 1,
            header=frozenset(labels),
            columns=frozenset(column.index for column in table.columns),
        )

    def kind(self, row: Row) -> LineKind:
        """What *row* is."""
        first = row[0] if row else ""
        marked = bool(first) and isinstance(first, str) and fold_text(first) in words().examples
        length = 0 if marked else self._key_length(row)
        # A sum may have a count in a key column; six digits and more are no count of people.
        if length >= SURE_KEY or (length and not self._is_total(row)):
            return LineKind.PERSON
        return self._odd_kind(row)

    def _key_length(self, row: Row) -> int:
        """Length of the first key that could name a person; 0 if none does."""
        for place in self.keys:
            if place < len(row) and row[place] != "":
                text = plain_text(row[place]).strip()
                if _KEYLIKE.fullmatch(text):
                    return len(text)
        return 0

    def _is_total(self, row: Row) -> bool:
        return any(isinstance(cell, str) and "计" in cell and is_total(cell) for cell in row[: self.head])

    def _odd_kind(self, row: Row) -> LineKind:
        filled = [(place, text) for place, cell in enumerate(row) if (text := clean_text(plain_text(cell)))]
        if not filled:
            return LineKind.BLANK
        first = fold_text(filled[0][1]).strip(":：")
        if first in words().examples:
            return LineKind.EXAMPLE
        if any(is_total(text) for _, text in filled[:4]):
            return LineKind.TOTAL
        if self._repeats_header(filled):
            return LineKind.HEADER
        return self._loose_kind(filled, first)

    def _loose_kind(self, filled: Sequence[tuple[int, str]], first: str) -> LineKind:
        if first in words().instructions and filled[0][0] == 0:
            return LineKind.INSTRUCTION
        if _starts_as_note(first) and not self._has_text_in_keys(filled):
            return LineKind.NOTE
        if len(filled) == 1 and not self._may_be_person(*filled[0]):
            return LineKind.NOTE if len(filled[0][1]) > LONGEST_HEADING else LineKind.SECTION
        return LineKind.PERSON

    def _has_text_in_keys(self, filled: Sequence[tuple[int, str]]) -> bool:
        return any(place in self.keys and re.search(r"\d{4}", text) for place, text in filled)

    def _may_be_person(self, place: int, text: str) -> bool:
        """Whether a lone cell could be what is left of a person: a name, or a key with a digit."""
        if len(text) > LONGEST_HEADING:
            return False
        return place in self.names or (place in self.keys and bool(re.search(r"\d", text)))

    def _repeats_header(self, filled: Sequence[tuple[int, str]]) -> bool:
        same = sum((place, fold_header(text)) in self.header for place, text in filled)
        return same >= _FEW and same * 2 >= len(filled)


def _starts_as_note(first: str) -> bool:
    """Whether a folded text opens like a line below a table: 「注：」, 「填表人：」, 「说明1」."""
    return any(
        first == note or (first.startswith(note) and first[len(note)] in ":1.、(") for note in words().notes
    )


def is_total(text: str) -> bool:
    """Whether *text* heads a sum: 合计, 信息学院小计, 总计：240人."""
    folded = fold_text(text)
    for word in words().totals:
        before, found, after = folded.rpartition(word)
        if found and len(before) <= 12 and not before[-1:].isdigit() and _TOTAL_TAIL.fullmatch(after):
            return True
    return False


def stated_count(row: Row) -> int | None:
    """The number of people that a total row states (240人); ``None`` if it states none, or several."""
    found = {int(match[1]) for cell in row if (match := _HEAD_COUNT.fullmatch(fold_text(plain_text(cell))))}
    return found.pop() if len(found) == 1 else None


def line_text(row: Row) -> str:
    """The words of a row, for the account of what was not read as a person."""
    return " ".join(text for cell in row if (text := clean_text(plain_text(cell))))[:80]
