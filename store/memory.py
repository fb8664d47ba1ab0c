"""A store that lives in memory: for tests, dry runs, and as the measure of every other backend."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from store.backend import Entry, TransactionRecord
from store.commit import Writer
from store.draft import Draft, DraftTransaction
from store.errors import StoreError, StoreMissingError
from store.layer import EmptyView, Layer, Slot, View
from store.spool import Spool
from store.undo import undo_transaction
from store.values import Keys, load_document


class MemoryBackend(Writer):
    """All versions in a list, the newest of each record in one layer."""

    def __init__(self, keys: Keys | None = None, clock: Callable[[], datetime] | None = None) -> None:
        self.keys = keys or {}
        self._clock = clock or (lambda: datetime.now(UTC).astimezone())
        self._layer = Layer(EmptyView(), 1)
        self._versions: list[tuple[Draft, bytes, TransactionRecord]] = []
        self._records: list[TransactionRecord] = []
        self._writing = False

    @contextmanager
    def drafting(self, *, by: str, command: str) -> Iterator[DraftTransaction]:
        """A transaction over the layer; nothing of it stays after an exception."""
        if self._writing:
            raise StoreError("上一次写入还没有结束", where=command)
        draft = DraftTransaction(
            self._layer, len(self._versions), self.keys, self._texts, Spool(None), by=by, command=command
        )
        self._writing = True
        try:
            yield draft
            self._keep(draft)
        finally:
            draft.end()
            self._writing = False

    def history(self, table: str | None = None, id: str | None = None) -> Iterator[Entry]:
        """Versions, oldest first: of everything, of one table, or of one record."""
        for sequence, (draft, _, _) in enumerate(self._versions, 1):
            if table in {None, draft.table} and id in {None, draft.id}:
                yield self.entry(sequence)

    def transactions(self) -> Iterator[TransactionRecord]:
        """Finished transactions, newest first."""
        return reversed(self._records)

    def entries(self, transaction: int) -> Iterator[Entry]:
        """The lines of one transaction in order."""
        if not 0 < transaction <= len(self._records):
            raise StoreMissingError("没有这次操作", where=f"第 {transaction} 次")
        record = self._records[transaction - 1]
        for sequence, (_, _, owner) in enumerate(self._versions, 1):
            if owner is record:
                yield self.entry(sequence)

    def entry(self, sequence: int) -> Entry:
        """The version with this sequence number."""
        if not 0 < sequence <= len(self._versions):
            raise StoreMissingError("没有这条历史", where=f"第 {sequence} 条")
        draft, text, record = self._versions[sequence - 1]
        return Entry(
            sequence=sequence,
            transaction=record.number,
            at=record.at,
            by=record.by,
            command=record.command,
            table=draft.table,
            id=draft.id,
            document=load_document(text) if draft.place else None,
            before=draft.before,
            digest=f"{sequence:032x}",
            origin=draft.origin,
            undoes=record.undoes,
        )

    def undo(self, transaction: int | None = None, *, by: str) -> TransactionRecord:
        """The new transaction that reverses *transaction* (None: the last one not undone)."""
        return undo_transaction(self, transaction, by=by)

    def close(self) -> None:
        """Nothing to let go of."""

    def _keep(self, draft: DraftTransaction) -> None:
        """Make a draft part of the store."""
        if not draft.drafts:
            return
        record = TransactionRecord(
            number=len(self._records) + 1,
            at=self._clock().isoformat(timespec="seconds"),
            by=draft.by,
            command=draft.command,
            size=len(draft.drafts),
            undoes=draft.undoes,
        )
        self._records.append(record)
        self._versions += [(version, draft.text(version), record) for version in draft.drafts]
        self._layer.absorb(draft.layer, lambda slot: slot._replace(place=None))
        draft.number = record.number

    def _view(self) -> View:
        """The newest versions."""
        return self._layer

    def _text(self, table: str, record: str, slot: Slot) -> bytes:
        """JSON text of a document; everything here is in memory."""
        return self._versions[slot.sequence - 1][1]
