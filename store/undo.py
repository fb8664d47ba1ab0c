"""Undo: one whole earlier transaction reversed by a new one; nothing is ever taken out of the journal."""

from collections.abc import Container, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from store.backend import Backend, Document, Entry, TransactionRecord
from store.draft import DraftTransaction
from store.errors import StoreConflictError, StoreMissingError

UPGRADE = "upgrade"  # first word of a command that no undo may reach behind


class Undoable(Backend, Protocol):
    """A backend that lets the store's own commands draft."""

    def drafting(self, *, by: str, command: str) -> AbstractContextManager[DraftTransaction]:
        """A transaction open to the store's own commands."""


def undo_transaction(backend: Undoable, number: int | None, *, by: str) -> TransactionRecord:
    """The new transaction that reverses *number*, or the last one not undone."""
    with backend.drafting(by=by, command="undo") as draft:
        target = find_target(backend, number)
        _refuse_conflicts(backend, draft, target)
        for table, record, document in _reversals(backend, target):
            if document is not None:
                draft.put(table, record, document)
            elif draft.get(table, record) is not None:
                draft.delete(table, record)
        draft.undoes = target.number
    return next(backend.transactions())


def find_target(
    backend: Backend, number: int | None, *, passed: Container[str] = frozenset()
) -> TransactionRecord:
    """The transaction to reverse; errors when there is none or it is undone already.

    Where no number is given, those of the *passed* commands are passed over.
    """
    newer: list[TransactionRecord] = []
    for record in backend.transactions():
        _refuse_upgrade(record)
        newer.append(record)
        is_open = record.undoes is None and record.command not in passed
        if number is None and is_open and record.number not in undone_by(newer):
            return record
        if record.number == number:
            _refuse_undone(record, undone_by(newer))
            return record
    raise StoreMissingError(
        "没有可以撤销的操作", where=f"第 {number} 条" if number else "", advice="编号见 assist history。"
    )


def undone_by(newest_first: Iterable[TransactionRecord]) -> dict[int, int]:
    """Which transactions are undone, and by which; an undo that was itself undone does not count."""
    undone: dict[int, int] = {}
    for record in newest_first:
        if record.undoes is not None and record.number not in undone:
            undone[record.undoes] = record.number
    return undone


def _refuse_upgrade(record: TransactionRecord) -> None:
    """StoreConflictError at an upgrade: behind it the records are of another make."""
    if record.command.partition(" ")[0] == UPGRADE:
        raise StoreConflictError(
            "升级和升级以前的操作不能撤销",
            where=f"第 {record.number} 条",
            advice="需要时请用升级前的备份恢复。",
        )


def _refuse_undone(record: TransactionRecord, undone: dict[int, int]) -> None:
    """StoreConflictError if the transaction is undone already."""
    if record.number in undone:
        by = undone[record.number]
        raise StoreConflictError(
            "这条命令已经撤销过", where=f"由第 {by} 条撤销", advice=f"要恢复它：assist undo {by}"
        )


def _refuse_conflicts(backend: Backend, draft: DraftTransaction, target: TransactionRecord) -> None:
    """StoreConflictError naming every record that another command changed afterwards."""
    last: dict[tuple[str, str], int] = {}
    for entry in backend.entries(target.number):
        last[entry.table, entry.id] = entry.sequence
    changed = [
        (table, record)
        for (table, record), sequence in last.items()
        if _changed_since(backend, draft, table, record, sequence)
    ]
    if changed:
        names = "、".join(f"{table}/{record}" for table, record in changed[:5])
        raise StoreConflictError(
            f"第 {target.number} 条命令之后，有 {len(changed)} 条记录又被改过，没有撤销",
            where=names + ("……" if len(changed) > 5 else ""),
            advice="请先撤销后来的操作，或者直接修改这些记录。",
            records=changed,
        )


def _changed_since(backend: Backend, draft: DraftTransaction, table: str, record: str, sequence: int) -> bool:
    """Whether the record no longer is what the line *sequence* made it."""
    slot = draft.layer.slot(table, record)
    if slot is not None and slot.sequence == sequence:
        return False
    return draft.get(table, record) != backend.entry(sequence).document


def _reversals(backend: Backend, target: TransactionRecord) -> Iterator[tuple[str, str, Document | None]]:
    """Every record that the transaction touched, with its document from before."""
    seen = set()
    for entry in backend.entries(target.number):
        if (entry.table, entry.id) not in seen:
            seen.add((entry.table, entry.id))
            yield entry.table, entry.id, _document_before(backend, entry)


def _document_before(backend: Backend, entry: Entry) -> Document | None:
    """What the record was before *entry*; None if it was not there."""
    return None if entry.before is None else backend.entry(entry.before).document
