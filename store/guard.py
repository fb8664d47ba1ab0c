"""An index that may break at any moment without anybody noticing but the journal."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from store.index import Index
from store.layer import Slot
from store.values import Word

T = TypeVar("T")

_BEGINNING = "SELECT DISTINCT value FROM words WHERE k=? AND value>=? AND value<? ORDER BY value LIMIT ?"


class GuardedIndex:
    """A view that asks an index, and asks *recover* for a new one whenever SQLite complains."""

    def __init__(self, index: Index, recover: Callable[[], None]) -> None:
        self.index = index
        self._recover = recover

    def slot(self, table: str, record: str) -> Slot | None:
        """The newest version, also of a deleted record; None if it never was."""
        return self._ask(lambda index: index.slot(table, record))

    def matches(self, table: str, word: Word) -> list[tuple[str, Slot]]:
        """Living records that may hold *word*, in insertion order."""
        return self._ask(lambda index: index.matches(table, word))

    def words(self, table: str, start: Word, most: int) -> list[Word]:
        """Words that begin as *start* does, sorted, *most* at most; records that held them may be gone."""
        return self._ask(lambda index: _words(index, table, start, most))

    def walk(self, table: str, after: int = 0) -> Iterator[tuple[str, Slot]]:
        """Living records whose position is greater than *after*, in insertion order, page by page."""
        while page := self._ask(partial(Index.page, table=table, after=after)):
            yield from page
            after = page[-1][1].first

    def tally(self, table: str) -> int:
        """Number of living records."""
        return self._ask(lambda index: index.tally(table))

    def newest(self, table: str) -> int:
        """Sequence of the newest version of any record, a deletion too; 0 if there never was one."""
        return self._ask(lambda index: index.newest(table))

    def names(self) -> set[str]:
        """Tables that hold or once held a record."""
        return self._ask(lambda index: index.names())

    def _ask(self, question: Callable[[Index], T]) -> T:
        """The answer, if need be from a new index."""
        index = self.index
        try:
            return question(index)
        except sqlite3.Error:
            if self.index is index:
                self._recover()
            return question(self.index)


def _words(index: Index, table: str, start: Word, most: int) -> list[Word]:
    key, value = start
    rows = index.select(_BEGINNING, index.key_number(table, key), value, value + chr(sys.maxunicode), most)
    return [(key, row[0]) for row in rows]
