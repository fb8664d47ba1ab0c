"""The store on disk: an append-only journal with an index that may be thrown away."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from store.append import append_drafts, begin_segment, keep_torn, settle_tail, sweep_temporary
from store.backend import Entry, TransactionRecord
from store.draft import DraftTransaction, Writer
from store.errors import StoreError, StoreLockedError, explaining
from store.files import open_private, read_at
from store.guard import GuardedIndex
from store.index import Index
from store.indexing import build_index, fold_lines, lay_tail, usable_index
from store.layer import Layer, Slot, View
from store.ledger import Ledger
from store.line import document_text, is_sound
from store.lock import hold_lock
from store.manifest import TEMPORARY, segment_path
from store.tail import Survey, note_head, read_head, stamp_of, survey_store
from store.undo import undo_transaction
from store.values import Keys, dump_json

FOLD_BYTES = 1 << 16  # journal bytes behind the index before a writer brings it up to date
SEGMENT_BYTES = 1 << 26


class JournalBackend(Writer):
    """Records in a folder; reading needs no lock, writing holds one."""

    def __init__(
        self, folder: Path, keys: Keys, clock: Callable[[], datetime] | None = None, timeout: float = 5.0
    ) -> None:
        self.folder = folder
        self.keys = keys
        self.timeout = timeout
        self.notices: list[str] = []
        self._clock = clock or (lambda: datetime.now(UTC).astimezone())
        self._files: dict[int, int] = {}
        self._writing = self._closed = False
        with explaining("打开存储", folder):
            self._tidy()
            survey, index = self._look()
            self._guard = GuardedIndex(index, self._recover)
            self._layer = Layer(self._guard, 1)
            self._take(survey, index)

    @contextmanager
    def drafting(self, *, by: str, command: str) -> Iterator[DraftTransaction]:
        """A transaction under the writer's lock; on disk when it ends, or nothing of it."""
        if self._writing:
            raise StoreError("上一次写入还没有结束", where=command)
        self._view()
        with hold_lock(self.folder, self.timeout, by=by, command=command, at=self._now()) as by_system:
            if not by_system:
                self.notices.append("这个文件夹所在的磁盘不支持系统锁，改用标记文件；请不要多人同时写入。")
            self._writing = True
            try:
                with explaining("写入", self.folder):
                    self._prepare()
                sequence = self._survey.end.sequence
                draft = DraftTransaction(self._layer, sequence, self.keys, self._text, by=by, command=command)
                try:
                    yield draft
                finally:
                    draft.end()
                with explaining("写入", self.folder):
                    self._write(draft)
            finally:
                self._writing = False

    def history(self, table: str | None = None, id: str | None = None) -> Iterator[Entry]:
        """Versions, oldest first: of everything, of one table, or of one record."""
        ledger = self._ledger()
        if table is not None and id is not None:
            slot = self._layer.slot(table, id)
            yield from ledger.history(table, id, slot.sequence) if slot else ()
            return
        for entry in ledger.versions():
            if table in {None, entry.table} and id in {None, entry.id}:
                yield entry

    def transactions(self) -> Iterator[TransactionRecord]:
        """Finished transactions, newest first."""
        return self._ledger().transactions()

    def entries(self, transaction: int) -> Iterator[Entry]:
        """The lines of one transaction in order."""
        return self._ledger().entries(transaction)

    def entry(self, sequence: int) -> Entry:
        """The version with this sequence number."""
        return self._ledger().entry(sequence)

    def undo(self, transaction: int | None = None, *, by: str) -> TransactionRecord:
        """The new transaction that reverses *transaction* (None: the last one not undone)."""
        return undo_transaction(self, transaction, by=by)

    def head(self) -> str:
        """Hash of the newest line: what a printed copy pins the whole history down with."""
        self._view()
        return self._survey.end.head

    def close(self) -> None:
        """Let go of files; reading afterwards is an error."""
        if not self._closed:
            self._guard.index.close()
            self._close_files()
        self._closed = True

    def _view(self) -> View:
        """The records as they stand on disk now."""
        if self._closed:
            raise StoreError("存储已经关闭", where=str(self.folder))
        if not self._writing and self._survey.stamp != stamp_of(self.folder, self._survey.manifest):
            self._reload()
        return self._layer

    def _text(self, table: str, record: str, slot: Slot) -> bytes:
        """JSON text of a document; the line must be the right one, else the index is made anew."""
        if slot.text is not None:
            return slot.text
        raw = self._line(slot)
        if not _is_version(raw, table, record):
            self._recover()  # reads every line, so damage is named here
            raw = self._line(self._layer.slot(table, record) or slot)
        return document_text(raw)

    def _line(self, slot: Slot) -> bytes:
        """The bytes that a slot points to."""
        if slot.place is None:
            return b""
        segment, offset, length = slot.place
        if segment not in self._files:
            self._files[segment] = open_private(segment_path(self.folder, segment), os.O_RDONLY)
        return read_at(self._files[segment], offset, length)

    def _ledger(self) -> Ledger:
        """The lines as they stand on disk now."""
        self._view()
        return Ledger(self.folder, self._survey.manifest, self._survey.end)

    def _reload(self) -> None:
        """Look at the files, and take the index with the lines behind it."""
        self._take(*self._look())

    def _look(self) -> tuple[Survey, Index]:
        """What the files say, and an index that fits them."""
        survey = survey_store(self.folder)
        return survey, usable_index(self.folder, survey, self.keys) or self._build(survey)

    def _take(self, survey: Survey, index: Index) -> None:
        """Answer from this index from now on."""
        if self._guard.index is not index:
            self._guard.index.close()
            self._guard.index = index
        self._close_files()
        layer = Layer(self._guard, index.position.sequence + 1)
        lay_tail(self.folder, survey, index, layer, self.keys)
        self._layer.become(layer)
        self._survey = survey

    def _build(self, survey: Survey) -> Index:
        """A new index: on disk if we may write, else in memory."""
        if self._writing:
            return build_index(self.folder, survey, self.keys, on_disk=True)
        try:
            with hold_lock(self.folder, 0, by="", command="重建索引", at=self._now()):
                return build_index(self.folder, survey, self.keys, on_disk=True)
        except StoreLockedError:
            return build_index(self.folder, survey, self.keys, on_disk=False)

    def _recover(self) -> None:
        """Make the index anew, because it gave a wrong answer."""
        survey = survey_store(self.folder)
        self._take(survey, self._build(survey))

    def _prepare(self) -> None:
        """Under the lock: be up to date, and clear away what an interrupted command left."""
        sweep_temporary(self.folder)
        self._reload()
        if self._survey.torn:
            name = keep_torn(self.folder, self._survey, self._now())
            self.notices.append(f"上次写入没有完成，残缺的内容移到了 {name}，没有删除。")
        settle_tail(self.folder, self._survey.end, read_head(self.folder))

    def _write(self, draft: DraftTransaction) -> None:
        """Bring the draft to disk, then the index up to date if it is far behind."""
        if not draft.drafts:
            return
        at = self._now()
        survey = self._survey
        if survey.end.offset >= SEGMENT_BYTES:
            manifest, end = begin_segment(self.folder, survey.manifest, survey.end, at)
            survey = survey._replace(manifest=manifest, end=end)
        self._survey = survey._replace(stamp=())  # whatever happens now, look again before answering
        end = append_drafts(self.folder, survey, draft, at)
        note_head(self.folder, end)
        draft.number = end.transaction
        stamp = stamp_of(self.folder, survey.manifest)
        self._survey = survey._replace(end=end, torn=0, stamp=stamp)
        self._layer.absorb(draft.layer)
        known = self._guard.index.position
        if end.segment != known.segment or end.offset - known.offset > FOLD_BYTES:
            self._fold()

    def _fold(self) -> None:
        """Bring the index up to date; failing that costs time, never an answer."""
        fold_lines(self.folder, self._survey)
        self._survey = self._survey._replace(stamp=())

    def _tidy(self) -> None:
        """Sweep up after an interrupted command, if nobody is writing."""
        temporary = self.folder / TEMPORARY
        if temporary.is_dir() and any(temporary.iterdir()):
            with (
                suppress(StoreError),
                hold_lock(self.folder, 0, by="", command="清理临时文件", at=self._now()),
            ):
                sweep_temporary(self.folder)

    def _close_files(self) -> None:
        """Let go of the segments."""
        for descriptor in self._files.values():
            os.close(descriptor)
        self._files.clear()

    def _now(self) -> str:
        """The time as the journal writes it."""
        return self._clock().isoformat(timespec="seconds")


def _is_version(raw: bytes, table: str, record: str) -> bool:
    """Whether a line is sound and about this record."""
    return is_sound(raw) and b',"table":%b,"id":%b,' % (dump_json(table), dump_json(record)) in raw
