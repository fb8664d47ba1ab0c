"""The interface of every store: records in tables, one commit at a time. Knows no files."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One record as it shall be; without a document it is deleted (its history stays)."""

    table: str
    id: str
    document: Document | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One version of one record, as the journal keeps it for ever."""

    sequence: int  # number of the line in the journal, counted from 1
    transaction: int
    at: str  # ISO date and time with zone
    by: str
    command: str
    table: str
    id: str
    document: Document | None  # None: deleted here
    before: int | None = None  # sequence of the version before this one
    digest: str = ""  # identity of this version in every store that knows it
    origin: dict[str, str] | None = None  # merged in: who wrote it first, when, in which store
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionRecord:
    """One finished command: who, when, what, and how many lines."""

    number: int
    at: str
    by: str
    command: str
    size: int
    undoes: int | None = None  # the transaction that this one reversed


class Readable(Protocol):
    """Records that may be read: as they stand, or as a transaction sees them."""

    def get(self, table: str, id: str) -> Document | None:
        """The document of a record, or None."""

    def find(self, table: str, key: str, value: object) -> list[tuple[str, Document]]:
        """Records whose indexed *key* holds *value*, in insertion order; StoreError if not indexed."""

    def beginning(self, table: str, key: str, start: str, most: int) -> list[str]:
        """Texts in the indexed *key* of some record that begin with *start*, sorted, *most* at most."""

    def scan(self, table: str) -> Iterator[tuple[str, Document]]:
        """All records of a table in insertion order, one at a time."""

    def count(self, table: str) -> int:
        """Number of records in a table."""

    def newest(self, table: str) -> int:
        """Sequence of the newest version of any record of a table, a deletion too; 0 if there is none."""


class Transaction(Readable, Protocol):
    """One transaction being put together; it sees its own puts, nobody else does."""

    number: int | None

    def put(self, table: str, id: str, document: Document) -> None:
        """Write the record when the transaction ends."""

    def delete(self, table: str, id: str) -> None:
        """Delete the record when the transaction ends; it must exist."""


class Backend(Readable, Protocol):
    """A place that keeps records and never forgets a version."""

    def tables(self) -> list[str]:
        """Names of the tables that hold at least one record, sorted."""

    def commit(self, changes: Sequence[Change], *, by: str, command: str) -> int:
        """Number of the new transaction; all changes or none are on disk when it returns."""

    def transaction(self, *, by: str, command: str) -> AbstractContextManager[Transaction]:
        """A transaction that holds the writer's lock, commits on leaving and drops all on an exception."""

    def history(self, table: str | None = None, id: str | None = None) -> Iterator[Entry]:
        """Versions, oldest first: of everything, of one table, or of one record."""

    def transactions(self) -> Iterator[TransactionRecord]:
        """Finished transactions, newest first."""

    def entries(self, transaction: int) -> Iterator[Entry]:
        """The lines of one transaction in order; StoreMissingError if there is none."""

    def entry(self, sequence: int) -> Entry:
        """The version with this sequence number; StoreMissingError if there is none."""

    def undo(self, transaction: int | None = None, *, by: str) -> TransactionRecord:
        """The new transaction that reverses *transaction* (None: the last one not undone)."""

    def close(self) -> None:
        """Let go of files and locks; reading afterwards is an error."""
