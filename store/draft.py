"""A transaction being put together, and what it will write."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from store.archive import LinesAhead
from store.backend import Document
from store.document import dump_document
from store.errors import StoreError, StoreMissingError
from store.layer import Layer, Place, Slot, View
from store.reading import Reader, TextOf
from store.spool import SPOOL, Spool
from store.values import Keys, Word, words_of


class Draft(NamedTuple):
    """One line to be written: a version, and what it follows."""

    table: str
    id: str
    place: Place | None  # in the spool; None: deleted
    before: int | None  # sequence of the version before it
    first: int | None  # position of the record if it was alive; None: it is made here
    origin: dict[str, str] | None
    words: Sequence[Word]  # by which the index shall find it


class DraftTransaction(Reader):
    """Puts and deletes over a view, kept as JSON text until the transaction ends."""

    def __init__(
        self,
        base: View,
        sequence: int,
        keys: Keys,
        texts: Callable[[str], TextOf],
        spool: Spool,
        *,
        by: str,
        command: str,
    ) -> None:
        self.keys = keys
        self.by, self.command = by, command
        self.undoes: int | None = None
        self.number: int | None = None
        self.drafts: list[Draft] = []
        self.layer = Layer(base, sequence + 1)
        self.spool = spool
        self._ahead = LinesAhead(spool.read)
        self._known = base.names()
        self._base_sequence = sequence
        self._base_texts = texts
        self._open = True

    def put(self, table: str, id: str, document: Document) -> None:
        """Write the record when the transaction ends."""
        self.add(table, id, document, origin=None)

    def delete(self, table: str, id: str) -> None:
        """Delete the record when the transaction ends; it must exist."""
        self.add(table, id, None, origin=None)

    def add(self, table: str, id: str, document: Document | None, *, origin: dict[str, str] | None) -> None:
        """Append one version; merged ones carry where they come from."""
        self._require_open(table, id)
        place = None if document is None else self.spool.add(dump_document(document))
        old = self._slot(table, id)
        alive = bool(old and old.first)
        if document is None and not alive and origin is None:
            raise StoreMissingError("没有这条记录，无法删除", where=f"{table}/{id}")
        sequence = self._base_sequence + len(self.drafts) + 1
        first = old.first if old and alive else None
        words = words_of(document, self.keys.get(table, ())) if document else ()
        self.drafts.append(Draft(table, id, place, old.sequence if old else None, first, origin, words))
        slot = Slot((first or sequence) if place else 0, sequence, place)
        self.layer.set_slot(table, id, slot, words, (place is not None) - alive)

    def text(self, version: Draft) -> bytes:
        """JSON text of a version's document; ``null`` for a deletion."""
        return self._ahead.read(version.place) if version.place else b"null"

    def end(self) -> None:
        """Take no further puts."""
        self._open = False

    def _slot(self, table: str, id: str) -> Slot | None:
        """The newest version; a table that the store never held need not be looked at for each record."""
        return self.layer.slot(table, id) if table in self._known else self.layer.own_slot(table, id)

    def _require_open(self, table: str, id: str) -> None:
        """StoreError after the end, and for names that no file could carry."""
        if not self._open:
            raise StoreError("这次写入已经结束", where=f"{table}/{id}")
        if not (isinstance(table, str) and isinstance(id, str) and table and id):
            raise StoreError("表名和记录编号必须是非空文字", where=f"{table!r}/{id!r}")

    def _view(self) -> View:
        """The store with this transaction's own changes on top."""
        return self.layer

    def _text(self, table: str, record: str, slot: Slot) -> bytes | None:
        """JSON text of a document, from this transaction or from below."""
        return self._texts(table)(record, slot)

    def _texts(self, table: str) -> TextOf:
        """What gives the text of one record after the other, from this transaction or from below."""
        below = self._base_texts(table)

        def text_of(record: str, slot: Slot) -> bytes | None:
            if slot.place is not None and slot.place.segment == SPOOL:
                return self.spool.read(slot.place)
            return below(record, slot)

        return text_of
