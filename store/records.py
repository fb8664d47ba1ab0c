"""The reading half of the store on disk: records through index and tail, versions through the journal."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from json.encoder import encode_basestring as quote
from pathlib import Path
from typing import TypeVar

from store.archive import LinesAhead, OpenSegments
from store.backend import Entry, TransactionRecord
from store.commit import Writer
from store.errors import StoreError, StoreLockedError, StoreNoLockError, explaining
from store.guard import GuardedIndex
from store.index import Index
from store.indexing import build_index, lay_tail, usable_index
from store.layer import Layer, Place, Slot, View
from store.ledger import Ledger
from store.line import document_text, is_sound
from store.manifest import TEMPORARY
from store.reading import TextOf
from store.segment import Position
from store.tail import Survey, stamp_of, survey_store
from store.values import Keys

T = TypeVar("T")
_PATIENCE, _PAUSE = 2.0, 0.05  # seconds that a reader waits for a writer's index


class JournalRecords(Writer):
    """Records in a folder, as they stand on disk at each question; needs no lock."""

    def __init__(
        self, folder: Path, keys: Keys, clock: Callable[[], datetime] | None, timeout: float
    ) -> None:
        self.folder = folder
        self.timeout = timeout
        self.keys = keys
        self._clock = clock or (lambda: datetime.now(UTC).astimezone())
        self._guard: GuardedIndex | None = None
        self._segments = OpenSegments(folder)
        self._writing = self._closed = False
        with explaining("打开数据文件夹", folder):
            self._tidy()
            self._take(*self._look())

    def history(self, table: str | None = None, id: str | None = None) -> Iterator[Entry]:
        """Versions, oldest first: of everything, of one table, or of one record."""
        ledger = self.ledger()
        if table is not None and id is not None:
            slot = self._layer.slot(table, id)
            yield from self._read(ledger.history(table, id, slot.sequence) if slot else ())
            return
        for entry in self._read(ledger.versions()):
            if table in {None, entry.table} and id in {None, entry.id}:
                yield entry

    def transactions(self) -> Iterator[TransactionRecord]:
        """Finished transactions, newest first."""
        return self._read(self.ledger().transactions())

    def entries(self, transaction: int) -> Iterator[Entry]:
        """The lines of one transaction in order."""
        return self._read(self.ledger().entries(transaction))

    def entry(self, sequence: int) -> Entry:
        """The version with this sequence number."""
        with explaining("读取历史", self.folder):
            return self.ledger().entry(sequence)

    def head(self) -> str:
        """Hash of the newest line: what a printed copy pins the whole history down with."""
        return self.ledger().end.head

    def ledger(self) -> Ledger:
        """The lines as they stand on disk now."""
        self._view()
        return Ledger(self.folder, self._survey.manifest, self._survey.end)

    def close(self) -> None:
        """Let go of files; reading afterwards is an error."""
        if not self._closed and self._guard is not None:
            self._guard.index.close()
            self._segments.close()
        self._closed = True

    def _read(self, items: Iterable[T]) -> Iterator[T]:
        """The same items; what the system refuses on the way is explained."""
        with explaining("读取历史", self.folder):
            yield from items

    def _view(self) -> View:
        """The records as they stand on disk now."""
        if self._closed:
            raise StoreError("数据文件夹已经关闭", where=str(self.folder))
        if not self._writing:
            self._refresh()
        return self._layer

    def _refresh(self) -> None:
        """Look again if anybody has written."""
        with explaining("读取数据文件夹", self.folder):
            if self._survey.stamp != stamp_of(self.folder, self._survey.manifest):
                self._take(*self._look())

    def _text(self, table: str, record: str, slot: Slot) -> bytes | None:
        """JSON text of a document; the line must be the right one, else the index is made anew."""
        with explaining("读取数据文件夹", self.folder):
            raw = self._segments.read(slot.place) if slot.place else b""
            if not _is_version(raw, table, record):
                self._recover()  # reads every line, so damage is named here
                right = self._layer.slot(table, record)
                if right is None or right.place is None or not right.first:
                    return None
                raw = self._segments.read(right.place)
            return document_text(raw)

    def _texts(self, table: str) -> TextOf:
        """What gives the text of one record after the other; a line that seems wrong is looked at again."""
        read, table_name = LinesAhead(self._line).read, quote(table)

        def text_of(record: str, slot: Slot) -> bytes | None:
            raw = read(slot.place) if slot.place else b""
            names = f',"table":{table_name},"id":{quote(record)},'
            sound = names.encode() in raw and is_sound(raw)
            return document_text(raw) if sound else self._text(table, record, slot)

        return text_of

    def _line(self, place: Place) -> bytes:
        """The bytes at a place."""
        with explaining("读取数据文件夹", self.folder):
            return self._segments.read(place)

    def _look(self) -> tuple[Survey, Index]:
        """What the files say, and an index that fits them."""
        survey = survey_store(self.folder)
        return survey, usable_index(self.folder, survey, self.keys) or self._build(survey)

    def _take(self, survey: Survey, index: Index) -> None:
        """Answer from this index from now on."""
        if self._guard is None:
            self._guard = GuardedIndex(index, self._recover)
            self._layer = Layer(self._guard, 1)
        elif self._guard.index is not index:
            self._guard.index.close()
            self._guard.index = index
        self._segments.close()
        layer = Layer(self._guard, index.position.sequence + 1)
        lay_tail(self.folder, survey, index, layer, self.keys)
        self._layer.become(layer)
        self._survey = survey

    def _build(self, survey: Survey) -> Index:
        """A new index: on disk if we may write there, else in memory."""
        from store.lock import hold_lock  # a reader seldom has to

        if self._guard is not None:
            self._guard.index.close()  # Windows replaces no file that is open
        if self._writing:
            return build_index(self.folder, survey, self.keys, on_disk=True)
        try:
            with hold_lock(self.folder, 0, by="", command="重建索引", at=self._now()):
                return build_index(self.folder, survey, self.keys, on_disk=True)
        except StoreLockedError:
            return self._awaited_index(survey) or build_index(self.folder, survey, self.keys, on_disk=False)
        except StoreNoLockError:
            return build_index(self.folder, survey, self.keys, on_disk=False)

    def _awaited_index(self, survey: Survey) -> Index | None:
        """The index that whoever is writing just now may be about to finish."""
        for _ in range(int(min(self.timeout, _PATIENCE) / _PAUSE)):
            time.sleep(_PAUSE)
            if index := usable_index(self.folder, survey, self.keys):
                return index
        return None

    def _index_position(self) -> Position:
        """How far the index knows the journal."""
        return self._guard.index.position if self._guard else self._survey.end

    def _recover(self) -> None:
        """Make the index anew, because it gave a wrong answer."""
        survey = survey_store(self.folder)
        self._take(survey, self._build(survey))

    def _tidy(self) -> None:
        """Sweep up after an interrupted command, if nobody is writing."""
        temporary = self.folder / TEMPORARY
        if temporary.is_dir() and any(temporary.iterdir()):
            from store.append import sweep_temporary
            from store.lock import hold_lock

            with (
                suppress(StoreError),
                hold_lock(self.folder, 0, by="", command="清理临时文件", at=self._now()),
            ):
                sweep_temporary(self.folder)

    def _now(self) -> str:
        """The time as the journal writes it."""
        return self._clock().isoformat(timespec="seconds")


def _is_version(raw: bytes, table: str, record: str) -> bool:
    """Whether a line is sound and about this record."""
    names = f',"table":{quote(table)},"id":{quote(record)},'.encode()
    return names in raw and is_sound(raw)
