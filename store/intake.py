"""Taking new versions into the index, many at a time."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from store.layer import Slot
from store.segment import Line
from store.values import Keys, Word, words_of

BY_ID = "CREATE UNIQUE INDEX IF NOT EXISTS ids ON records(t, id)"
BY_TABLE = "CREATE INDEX IF NOT EXISTS ordered ON records(t)"
_BATCH = 2000
_AT_ONCE = 100  # rows for one statement: with seven columns still fewer values than any SQLite takes
_RECORD = "INSERT INTO records VALUES"
_WORD = "INSERT OR IGNORE INTO words VALUES"
_MOVE = "UPDATE records SET seq=?, segment=?, start=?, size=? WHERE first=? AND id=?"
_FIRST = "SELECT first FROM records WHERE t=? AND id=?"
_DROP = "DELETE FROM records WHERE first=? AND id=?"
_DROP_LOST = "DELETE FROM records WHERE t=? AND id=?"
_GONE = "INSERT OR REPLACE INTO gone VALUES(?,?,?,?,?,?)"


class Row(NamedTuple):
    """One new version of a record, as the index takes it in."""

    table: str
    record: str
    slot: Slot  # with its place
    old_first: int  # position that the record had before; 0 if it was not there
    reborn: bool  # whether it was there once and was deleted
    words: Iterable[Word]


class Intake:
    """Collects new records and words, and writes them batch by batch."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._tables: dict[str, int] = {}
        self._keys: dict[tuple[str, str], int] = {}
        self._records: list[tuple[object, ...]] = []
        self._words: list[tuple[int, str, int]] = []
        self._change: dict[str, int] = {}

    def take(self, rows: Iterable[Row]) -> None:
        """Take in every row; the caller ends the transaction."""
        for row in rows:
            self._take(row)
            if len(self._records) >= _BATCH or len(self._words) >= 2 * _BATCH:
                self._flush()
        self._flush()
        changes = ((change, table) for table, change in self._change.items())
        self._base.executemany("UPDATE tables SET live=live+? WHERE name=?", changes)

    def _take(self, row: Row) -> None:
        """Take in one row."""
        slot, number = row.slot, self._table(row.table)
        if slot.first and not row.old_first and not row.reborn:
            first, change = slot.first, 1
            self._records.append((first, number, row.record, slot.sequence, *_place(slot)))
        else:
            self._flush()  # what follows touches rows written before
            first, change = self._replace(row, number) if slot.first else self._delete(row, number)
        self._change[row.table] = self._change.get(row.table, 0) + change
        self._words += [(self._key(row.table, key), value, first) for key, value in row.words]

    def _replace(self, row: Row, number: int) -> tuple[int, int]:
        """Position of a record that had versions before, and how many records that adds.

        Damage may have lost the version that made or deleted it: what is there decides.
        """
        version = (row.slot.sequence, *_place(row.slot))
        if row.old_first and self._base.execute(_MOVE, (*version, row.old_first, row.record)).rowcount:
            return row.old_first, 0
        self._base.execute(BY_ID)  # a new index has it only when it is finished
        known = self._base.execute(_FIRST, (number, row.record)).fetchone()
        if known:
            self._base.execute(_MOVE, (*version, known[0], row.record))
            return known[0], 0
        self._base.execute("DELETE FROM gone WHERE t=? AND id=?", (number, row.record))
        self._insert(_RECORD, [(row.slot.sequence, number, row.record, *version)])
        return row.slot.sequence, 1

    def _delete(self, row: Row, number: int) -> tuple[int, int]:
        """No position, and how many records it takes away."""
        gone = self._base.execute(_DROP, (row.old_first, row.record)).rowcount
        if not gone:
            self._base.execute(BY_ID)
            gone = self._base.execute(_DROP_LOST, (number, row.record)).rowcount
        self._base.execute(_GONE, (number, row.record, row.slot.sequence, *_place(row.slot)))
        return 0, -gone

    def _flush(self) -> None:
        """Write what is collected."""
        self._insert(_RECORD, self._records)
        self._insert(_WORD, self._words)
        self._records.clear()
        self._words.clear()

    def _insert(self, start: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Insert *rows*, a hundred by one statement: that takes a third less time than one by one."""
        one = f"({','.join('?' * len(rows[0]))})" if rows else ""
        whole = len(rows) - len(rows) % _AT_ONCE
        for place in range(0, whole, _AT_ONCE):
            values = [value for row in rows[place : place + _AT_ONCE] for value in row]
            self._base.execute(start + ",".join([one] * _AT_ONCE), values)
        if whole < len(rows):
            self._base.executemany(start + one, rows[whole:])

    def _table(self, table: str) -> int:
        """Number of a table, made if need be."""
        if table not in self._tables:
            self._base.execute("INSERT OR IGNORE INTO tables(name) VALUES(?)", (table,))
            row = self._base.execute("SELECT t FROM tables WHERE name=?", (table,)).fetchone()
            self._tables[table] = row[0]
        return self._tables[table]

    def _key(self, table: str, key: str) -> int:
        """Number of an indexed member, made if need be."""
        if (table, key) not in self._keys:
            at = (self._table(table), key)
            self._base.execute("INSERT OR IGNORE INTO keys(t, name) VALUES(?,?)", at)
            row = self._base.execute("SELECT k FROM keys WHERE t=? AND name=?", at).fetchone()
            self._keys[table, key] = row[0]
        return self._keys[table, key]


def rows_of(lines: Iterable[Line], keys: Keys) -> Iterator[Row]:
    """What lines of the journal mean to the index."""
    for line in lines:
        members = line.members
        if "gap" in members:
            continue
        table, document, kept = members["table"], members["document"], members.get("kept", 0)
        old_first = 0 if kept else members.get("first", 0)
        words = words_of(document, keys[table]) if document and table in keys else ()
        reborn = "was" in members and not old_first
        yield Row(table, members["id"], line.slot()[0], old_first, reborn, words)


def _place(slot: Slot) -> tuple[int, ...]:
    """Segment, offset and length of a slot."""
    return slot.place or (0, 0, 0)
