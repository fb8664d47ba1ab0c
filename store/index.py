"""The index: where each record's newest line stands. SQLite, disposable, rebuilt from the journal at will."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from store.files import note_file, open_private
from store.layer import Place, Slot
from store.segment import Line, Position
from store.values import Keys, Word, words_of

NAME, SEAL = "index.sqlite", "index.seal"
NOWHERE = Path(":memory:")
_VERSION = "1"
_PAGE = 500
_TABLES = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE tables(t INTEGER PRIMARY KEY, name TEXT UNIQUE, live INTEGER NOT NULL DEFAULT 0);
CREATE TABLE records(t INTEGER, id TEXT, first INTEGER, seq INTEGER,
    segment INTEGER, start INTEGER, size INTEGER, PRIMARY KEY(t, id)) WITHOUT ROWID;
CREATE TABLE words(t INTEGER, key TEXT, value TEXT, id TEXT, PRIMARY KEY(t, key, value, id)) WITHOUT ROWID;
"""
_ORDER = "CREATE INDEX position ON records(t, first) WHERE first > 0"
_ONE = "SELECT id, first, seq, segment, start, size FROM records WHERE t=? AND id=?"
_MATCHES = (
    "SELECT id, first, seq, segment, start, size FROM words JOIN records USING(t, id)"
    " WHERE t=? AND key=? AND value=? AND first>0 ORDER BY first"
)
_ALL = (
    "SELECT name, id, first, seq, segment, start, size FROM records JOIN tables USING(t)"
    " ORDER BY t, first, seq"
)
_STANDING = (
    "SELECT name, id FROM records JOIN tables USING(t)"
    " WHERE segment=? AND start>=? AND start<? ORDER BY first LIMIT 100"
)
_BETWEEN = "SELECT name, id, seq FROM records JOIN tables USING(t) WHERE seq BETWEEN ? AND ? ORDER BY seq"
_NEXT = (
    "SELECT id, first, seq, segment, start, size FROM records WHERE t=? AND first>? AND first>0"
    " ORDER BY first LIMIT ?"
)
_PUT = "INSERT OR REPLACE INTO records VALUES(?,?,?,?,?,?,?)"
_WORD = "INSERT OR IGNORE INTO words VALUES(?,?,?,?)"


class Index:
    """A view of all records up to one position of the journal."""

    def __init__(self, connection: sqlite3.Connection, path: Path = NOWHERE) -> None:
        self._base = connection
        self.path = path
        self._tables: dict[str, int] = {}
        self.position = self._read_position()

    def slot(self, table: str, record: str) -> Slot | None:
        """The newest version, also of a deleted record; None if it never was."""
        row = self._base.execute(_ONE, (self._number(table), record)).fetchone()
        return _slot(row)[1] if row else None

    def matches(self, table: str, word: Word) -> list[tuple[str, Slot]]:
        """Living records that may hold *word*, in insertion order."""
        return [_slot(row) for row in self._base.execute(_MATCHES, (self._number(table), *word))]

    def page(self, table: str, after: int) -> list[tuple[str, Slot]]:
        """The next living records whose position is greater than *after*, in insertion order."""
        rows = self._base.execute(_NEXT, (self._number(table), after, _PAGE))
        return [_slot(row) for row in rows]

    def tally(self, table: str) -> int:
        """Number of living records."""
        row = self._base.execute("SELECT live FROM tables WHERE name=?", (table,)).fetchone()
        return int(row[0]) if row else 0

    def names(self) -> set[str]:
        """Tables that hold or once held a record."""
        return {row[0] for row in self._base.execute("SELECT name FROM tables")}

    def size(self) -> int:
        """Number of records, those deleted included."""
        return int(self._base.execute("SELECT count(*) FROM records").fetchone()[0])

    def everything(self) -> Iterator[tuple[str, str, Slot]]:
        """Table, record and slot of every record, table by table in insertion order."""
        for row in self._base.execute(_ALL):
            yield (row[0], *_slot(row[1:]))

    def agrees(self, line: Line) -> bool:
        """Whether what is known of a line's record fits the line."""
        members = line.members
        if "gap" in members or members["seq"] > self.position.sequence:
            return True
        known, (slot, _) = self.slot(members["table"], members["id"]), line.slot()
        if known is None or known.sequence < slot.sequence:
            return line.place.segment < self.position.segment and known is None
        return known.sequence > slot.sequence or known.first == slot.first

    def names_at(self, place: Place) -> tuple[str, ...]:
        """``table/id`` of the records whose newest version stands in these bytes."""
        end = place.offset + max(place.length, 1)
        rows = self._base.execute(_STANDING, (place.segment, place.offset, end))
        return tuple(f"{table}/{record}" for table, record in rows)

    def names_between(self, first: int, last: int) -> Iterator[tuple[str, int]]:
        """``table/id`` and number of the newest versions between two line numbers."""
        for table, record, sequence in self._base.execute(_BETWEEN, (first, last)):
            yield f"{table}/{record}", sequence

    def covers(self, keys: Keys) -> bool:
        """Whether every key asked for is indexed here."""
        known = json.loads(self._meta("keys") or "{}")
        return all(set(members) <= set(known.get(table, ())) for table, members in keys.items())

    def keys(self) -> dict[str, tuple[str, ...]]:
        """The members indexed here, per table."""
        return {table: tuple(keys) for table, keys in json.loads(self._meta("keys") or "{}").items()}

    def belongs_to(self, store: str) -> bool:
        """Whether this is an index of that store, written by this version."""
        return self._meta("store") == store and self._meta("version") == _VERSION

    def apply_lines(self, lines: Iterable[Line], position: Position) -> None:
        """Take in the lines up to *position*, all or none."""
        with self._base:
            keys = self.keys()
            for line in lines:
                self._apply(line, keys)
            self._write_position(position)
        self.position = position

    def finish(self) -> None:
        """Make a freshly built index quick to walk."""
        self._base.execute(_ORDER)
        self._base.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _apply(self, line: Line, keys: Keys) -> None:
        """Take in one line."""
        members = line.members
        if "gap" in members:
            return
        table, record, document = members["table"], members["id"], members["document"]
        number = self._number(table, make=True)
        slot, change = line.slot()
        self._base.execute(_PUT, (number, record, slot.first, slot.sequence, *line.place))
        if document is not None and table in keys:
            words = words_of(document, keys[table])
            self._base.executemany(_WORD, [(number, key, value, record) for key, value in words])
        if change:
            self._base.execute("UPDATE tables SET live=live+? WHERE t=?", (change, number))

    def _number(self, table: str, *, make: bool = False) -> int:
        """Number of a table; -1 if it has none yet."""
        if table not in self._tables:
            if make:
                self._base.execute("INSERT OR IGNORE INTO tables(name) VALUES(?)", (table,))
            row = self._base.execute("SELECT t FROM tables WHERE name=?", (table,)).fetchone()
            if row is None:
                return -1
            self._tables[table] = row[0]
        return self._tables[table]

    def _meta(self, name: str) -> str | None:
        """A word about the index."""
        row = self._base.execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()
        return str(row[0]) if row else None

    def _read_position(self) -> Position:
        """The position up to which the index knows the journal."""
        return Position(*json.loads(self._meta("position") or "[]"))

    def _write_position(self, position: Position) -> None:
        """Note how far the index knows the journal."""
        self._base.execute("UPDATE meta SET value=? WHERE name='position'", (json.dumps(position),))


def make_index(path: Path | None, store: str, keys: Keys, position: Position) -> Index:
    """A new, empty index in a file, or in memory."""
    if path is None:
        connection = sqlite3.connect(":memory:")
    else:
        os.close(open_private(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC))
        connection = sqlite3.connect(path)
        connection.executescript("PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF; PRAGMA cache_size=-32000;")
    connection.executescript(_TABLES)
    words: dict[str, Any] = {table: sorted(members) for table, members in keys.items()}
    meta = {"version": _VERSION, "store": store, "keys": json.dumps(words), "position": json.dumps(position)}
    connection.executemany("INSERT INTO meta VALUES(?,?)", meta.items())
    connection.commit()
    return Index(connection, path or NOWHERE)


def open_index(home: Path | None, *, writing: bool = False) -> Index | None:
    """The index on disk; None if there is none, or somebody else than us has touched it."""
    if home is None or _read_seal(home) != _seal_of(home / NAME):
        return None
    path = home / NAME
    mode = "rw" if writing else "ro"
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=0.2)
        connection.execute("PRAGMA synchronous=FULL")
        return Index(connection, path)
    except (sqlite3.Error, ValueError, TypeError):
        return None


def seal_index(home: Path) -> None:
    """Note size and time of the index, by which a foreign or half-done change shows."""
    note_file(home / SEAL, (_seal_of(home / NAME) or "").encode())


def _read_seal(home: Path) -> str:
    """What was noted when we last wrote the index."""
    try:
        return (home / SEAL).read_text("ascii")
    except (OSError, ValueError):
        return ""


def _seal_of(path: Path) -> str | None:
    """Size and time of a file."""
    try:
        state = path.stat()
    except OSError:
        return None
    return f"{state.st_size} {state.st_mtime_ns}"


def _slot(row: tuple[str, int, int, int, int, int]) -> tuple[str, Slot]:
    """Record and slot of a row."""
    return row[0], Slot(row[1], row[2], None, Place(row[3], row[4], row[5]))
