"""The store on disk: an append-only journal with an index that may be thrown away.

What only a writer needs is imported when writing begins: most commands only look something up.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store.backend import TransactionRecord
from store.errors import StoreError, explaining
from store.manifest import TEMPORARY
from store.records import JournalRecords
from store.tail import note_head, read_head, stamp_of
from store.values import Keys

if TYPE_CHECKING:
    from store.draft import DraftTransaction

FOLD_BYTES = 1 << 16  # journal bytes behind the index before a writer brings it up to date
SEGMENT_BYTES = 1 << 26


class JournalBackend(JournalRecords):
    """Records in a folder; one writer at a time."""

    def __init__(
        self, folder: Path, keys: Keys, clock: Callable[[], datetime] | None = None, timeout: float = 5.0
    ) -> None:
        self.notices: list[str] = []  # what the user should hear of, though nothing failed
        super().__init__(folder, keys, clock, timeout)

    @contextmanager
    def drafting(self, *, by: str, command: str) -> "Iterator[DraftTransaction]":
        """A transaction under the writer's lock; on disk when it ends, or nothing of it."""
        from store.draft import DraftTransaction
        from store.spool import Spool

        with self.writing(by=by, command=command):
            sequence, spool = self._survey.end.sequence, Spool(self.folder / TEMPORARY)
            draft = DraftTransaction(
                self._layer, sequence, self.keys, self._texts, spool, by=by, command=command
            )
            try:
                yield draft
                draft.end()
                with explaining("写入", self.folder):
                    self._write(draft)
            finally:
                draft.end()
                spool.close()

    @contextmanager
    def writing(self, *, by: str, command: str) -> Iterator[None]:
        """Hold the writer's lock, with everything up to date and tidy."""
        from store.lock import hold_lock

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
                yield
            finally:
                self._writing = False

    def undo(self, transaction: int | None = None, *, by: str) -> TransactionRecord:
        """The new transaction that reverses *transaction* (None: the last one not undone)."""
        from store.undo import undo_transaction

        return undo_transaction(self, transaction, by=by)

    def compact(self, *, by: str) -> None:
        """Begin a new segment with the records as they are; older ones become the archive."""
        from store.compaction import compact_store  # rarely asked for

        with self.writing(by=by, command="整理"), explaining("整理数据文件夹", self.folder):
            self._segments.close()  # Windows moves no file that is open
            compact_store(self.folder, self._survey, by=by, at=self._now())
            self._take(*self._look())

    def _prepare(self) -> None:
        """Under the lock: be up to date, and clear away what an interrupted command left."""
        from store.append import keep_torn, settle_tail, sweep_segment, sweep_temporary
        from store.archive import finish_archiving

        sweep_temporary(self.folder)
        self._refresh()
        survey = self._survey
        sweep_segment(self.folder, survey.manifest)
        if survey.torn:
            name = keep_torn(self.folder, survey, self._now())
            self.notices.append(f"上次写入没有完成，残缺的内容移到了 {name}，没有删除。")
            self._survey = survey._replace(torn=0, stamp=stamp_of(self.folder, survey.manifest))
        if survey.end != read_head(self.folder):
            settle_tail(self.ledger())
            note_head(self.folder, survey.end)
        if survey.manifest.base > survey.manifest.segments[0].number:
            self._segments.close()
            finish_archiving(self.folder, survey.manifest)

    def _write(self, draft: "DraftTransaction") -> None:
        """Bring the draft to disk, then the index up to date if it is far behind."""
        from store.append import append_drafts, begin_segment
        from store.indexing import renew_index

        if not draft.drafts:
            return
        at, survey = self._now(), self._survey
        self._survey = survey._replace(stamp=())  # whatever happens now, look again before answering
        if survey.end.offset >= SEGMENT_BYTES:
            manifest, end = begin_segment(self.folder, survey.manifest, survey.end, at)
            survey = survey._replace(manifest=manifest, end=end)
        end, places = append_drafts(self.folder, survey, draft, at)
        draft.number = end.transaction
        note_head(self.folder, end)
        stamp = stamp_of(self.folder, survey.manifest)
        self._survey = survey._replace(end=end, stamp=stamp)
        known = self._index_position()
        if end.segment == known.segment and end.offset - known.offset <= FOLD_BYTES:
            behind = end.sequence - len(places) + 1
            self._layer.absorb(draft.layer, lambda slot: slot._replace(place=places[slot.sequence - behind]))
        else:
            renew_index(self.folder, self._survey, self.keys, draft, places)
            self._survey = self._survey._replace(stamp=())
