"""What every backend's commit has in common. Loads nothing that only a writer needs."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from store.backend import Change, Transaction
from store.errors import StoreError
from store.reading import Reader

if TYPE_CHECKING:
    from store.draft import DraftTransaction


class Writer(Reader):
    """A reader that also commits: one path for one change, many, and the store's own commands."""

    def transaction(self, *, by: str, command: str) -> AbstractContextManager[Transaction]:
        """A transaction; commits on leaving, drops everything on an exception."""
        return self.drafting(by=by, command=command)

    def drafting(self, *, by: str, command: str) -> "AbstractContextManager[DraftTransaction]":
        """The same, open to the store's own commands (undo, merge)."""
        raise NotImplementedError

    def commit(self, changes: Sequence[Change], *, by: str, command: str) -> int:
        """Number of the new transaction; all changes or none are on disk when it returns."""
        with self.drafting(by=by, command=command) as draft:
            for change in changes:
                draft.add(change.table, change.id, change.document, origin=None)
            if not draft.drafts:
                raise StoreError("没有要写入的内容", where=command)
        if draft.number is None:
            raise StoreError("没有写入", where=command)
        return draft.number
