"""The index: where each record's newest line stands. SQLite, disposable, rebuilt from the journal at will."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from store.files import note_file, open_private
from store.intake import BY_ID, BY_TABLE, Intake, Row, rows_of
from store.layer import Place, Slot
from store.segment import Line, Position
from store.values import Keys, Word

NAME, SEAL = "index.sqlite", "index.seal"
NOWHERE = Path(":memory:")
_VERSION, _PAGE = "1", 500
# A record's position (first) is its row number, so new records are appended to every tree but one.
_TABLES = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE tables(t INTEGER PRIMARY KEY, name TEXT UNIQUE, live INTEGER NOT NULL DEFAULT 0);
CREATE TABLE keys(k INTEGER PRIMARY KEY, t INTEGER, name TEXT, UNIQUE(t, name));
CREATE TABLE records(first INTEGER PRIMARY KEY, t INTEGER, id TEXT, seq INTEGER,
    segment INTEGER, start INTEGER, size INTEGER);
CREATE TABLE gone(t INTEGER, id TEXT, seq INTEGER, segment INTEGER, start INTEGER, size INTEGER,
    PRIMARY KEY(t, id)) WITHOUT ROWID;
CREATE TABLE words(k INTEGER, value TEXT, first INTEGER, PRIMARY KEY(k, value, first)) WITHOUT ROWID;
"""
_ONE = (
    "SELECT id, first, seq, segment, start, size FROM records WHERE t=? AND id=? UNION ALL"
    " SELECT id, 0, seq, segment, start, size FROM gone WHERE t=? AND id=?"
)
_MATCHES = (
    "SELECT id, first, seq, segment, start, size FROM words CROSS JOIN records USING(first)"
    " WHERE k=? AND value=? ORDER BY words.first"
)
_SIZE = "SELECT (SELECT count(*) FROM records) + (SELECT count(*) FROM gone)"
_NEWEST = (
    "SELECT max((SELECT coalesce(max(seq), 0) FROM records WHERE t=?),"
    " (SELECT coalesce(max(seq), 0) FROM gone WHERE t=?))"
)
_NEXT = (
    "SELECT id, first, seq, segment, start, size FROM records WHERE t=? AND first>? ORDER BY first LIMIT ?"
)
_ALL = (
    "SELECT name, id, first, seq, segment, start, size FROM records JOIN tables USING(t) UNION ALL"
    " SELECT name, id, 0, seq, segment, start, size FROM gone JOIN tables USING(t) ORDER BY first, seq"
)


class Index:
    """A view of all records up to one position of the journal."""

    def __init__(self, connection: sqlite3.Connection, path: Path = NOWHERE) -> None:
        self._base = connection
        self.path = path
        self._tables: dict[str, int] | None = None
        self._keys: dict[tuple[int, str], int] = {}
        self.position = Position(*json.loads(self._meta("position") or "[]"))

    def slot(self, table: str, record: str) -> Slot | None:
        """The newest version, also of a deleted record; None if it never was."""
        at = (self.table_number(table), record)
        if at[0] < 0:
            return None
        row = self._base.execute(_ONE, at * 2).fetchone()
        return _slot(row)[1] if row else None

    def matches(self, table: str, word: Word) -> list[tuple[str, Slot]]:
        """Living records that may hold *word*, in insertion order."""
        number = self.key_number(table, word[0])
        return [_slot(row) for row in self._base.execute(_MATCHES, (number, word[1]))]

    def page(self, table: str, after: int) -> list[tuple[str, Slot]]:
        """The next living records whose position is greater than *after*, in insertion order."""
        rows = self._base.execute(_NEXT, (self.table_number(table), after, _PAGE))
        return [
            (record, Slot(first, sequence, Place(segment, start, size)))
            for record, first, sequence, segment, start, size in rows
        ]

    def tally(self, table: str) -> int:
        """Number of living records."""
        row = self._base.execute("SELECT live FROM tables WHERE name=?", (table,)).fetchone()
        return int(row[0]) if row else 0

    def newest(self, table: str) -> int:
        """Sequence of the newest version of any record, a deletion too; 0 if there never was one."""
        number = self.table_number(table)
        return int(self._base.execute(_NEWEST, (number, number)).fetchone()[0])

    def names(self) -> set[str]:
        """Tables that hold or once held a record."""
        return {row[0] for row in self._base.execute("SELECT name FROM tables")}

    def size(self) -> int:
        """Number of records, those deleted included."""
        return int(self._base.execute(_SIZE).fetchone()[0])

    def everything(self) -> Iterator[tuple[str, str, Slot]]:
        """Table, record and slot of every record, the deleted ones included."""
        for row in self._base.execute(_ALL):
            yield (row[0], *_slot(row[1:]))

    def select(self, sql: str, *values: Any) -> Iterator[Any]:
        """Rows of a question that only an examination asks."""
        return iter(self._base.execute(sql, values))

    def keys(self) -> dict[str, tuple[str, ...]]:
        """The members indexed here, per table."""
        return {table: tuple(keys) for table, keys in json.loads(self._meta("keys") or "{}").items()}

    def covers(self, keys: Keys) -> bool:
        """Whether every key asked for is indexed here."""
        known = self.keys()
        return all(set(members) <= set(known.get(table, ())) for table, members in keys.items())

    def has_just(self, keys: Keys) -> bool:
        """Whether these keys and no others are indexed here."""
        return self._meta("keys") == json.dumps(sorted_keys(keys))

    def belongs_to(self, store: str) -> bool:
        """Whether this is an index of that store, written by this version."""
        return self._meta("store") == store and self._meta("version") == _VERSION

    def apply_lines(self, lines: Iterable[Line], position: Position) -> None:
        """Take in the lines up to *position*, all or none."""
        self.apply_rows(rows_of(lines, self.keys()), position)

    def apply_rows(self, rows: Iterable[Row], position: Position) -> None:
        """Take in versions that bring the index to *position*, all or none."""
        with self._base:
            Intake(self._base).take(rows)
            self._base.execute("UPDATE meta SET value=? WHERE name='position'", (json.dumps(position),))
        self._tables = None  # there may be new ones
        self.position = position

    def finish(self) -> None:
        """Make a freshly built index quick to ask."""
        self._base.executescript(f"{BY_ID}; {BY_TABLE};")

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def __del__(self) -> None:
        """Let go of the file, where a store was not closed."""
        if hasattr(self, "_base"):  # Ctrl-C may have come before there was one
            self._base.close()

    def table_number(self, table: str) -> int:
        """Number of a table; -1 if it has none yet."""
        if self._tables is None:
            self._tables = dict(self._base.execute("SELECT name, t FROM tables"))
        return self._tables.get(table, -1)

    def key_number(self, table: str, key: str) -> int:
        """Number of an indexed member of a table; -1 if it has none yet."""
        at = (self.table_number(table), key)
        if at not in self._keys:
            row = self._base.execute("SELECT k FROM keys WHERE t=? AND name=?", at).fetchone()
            if row is None:
                return -1
            self._keys[at] = row[0]
        return self._keys[at]

    def _meta(self, name: str) -> str | None:
        """A word about the index."""
        row = self._base.execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()
        return str(row[0]) if row else None


def sorted_keys(keys: Keys) -> dict[str, list[str]]:
    """Keys in the one order in which they are noted."""
    return {table: sorted(keys[table]) for table in sorted(keys)}


def make_index(path: Path | None, store: str, keys: Keys, position: Position) -> Index:
    """A new, empty index in a file, or in memory; slow to ask until it is finished."""
    if path is None:
        connection = sqlite3.connect(":memory:")
    else:
        os.close(open_private(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC))
        connection = sqlite3.connect(path)
        connection.executescript("PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF; PRAGMA cache_size=-32000;")
    try:
        return _filled(connection, path or NOWHERE, store, keys, position)
    except BaseException:
        connection.close()
        raise


def _filled(connection: sqlite3.Connection, path: Path, store: str, keys: Keys, position: Position) -> Index:
    """The index with its tables and what is known about it."""
    connection.executescript(_TABLES)
    meta = {
        "version": _VERSION,
        "store": store,
        "keys": json.dumps(sorted_keys(keys)),
        "position": json.dumps(position),
    }
    connection.executemany("INSERT INTO meta VALUES(?,?)", meta.items())
    connection.commit()
    return Index(connection, path)


def open_index(home: Path | None, *, writing: bool = False) -> Index | None:
    """The index on disk; None if there is none, or somebody else than us has touched it."""
    if home is None or _read_seal(home) != _seal_of(home / NAME):
        return None
    path = home / NAME
    mode = "rw" if writing else "ro"
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=0.2)
    except sqlite3.Error:
        return None
    try:
        connection.execute("PRAGMA synchronous=FULL")
        return Index(connection, path)
    except (sqlite3.Error, ValueError, TypeError):
        connection.close()
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
    return row[0], Slot(row[1], row[2], Place(row[3], row[4], row[5]))
