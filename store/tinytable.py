"""TinyDB's table over a store: its documents and queries, one path for reading and one for writing.

Only here is tinydb imported. Ids are text and come from the caller: insert a ``Document`` with its
``doc_id``, or give *new_id*.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, NoReturn

from tinydb.queries import QueryLike
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from store.backend import Backend, Change
from store.errors import StoreConflictError, StoreError

Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]


class StoreTable(Table):
    """A table whose documents live in a store; each call that writes is one transaction."""

    document_id_class = str  # type: ignore[assignment]  # tinydb means it to be replaced, and types it as int

    def __init__(
        self, backend: Backend, name: str, *, by: str, command: str, new_id: Callable[[], str] | None = None
    ) -> None:
        storage = MemoryStorage()  # type: ignore[no-untyped-call]  # never asked; Table wants one
        super().__init__(storage, name, cache_size=0)
        self._backend = backend
        self._by, self._command = by, command
        self._new_id = new_id

    # reading

    def __iter__(self) -> Iterator[Document]:
        return self._documents(None)

    def __len__(self) -> int:
        return self._backend.count(self.name)

    def search(self, cond: QueryLike) -> list[Document]:
        """Documents that match, in insertion order."""
        return list(self._documents(cond))

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        """One document by id or query, or the documents with these ids."""
        if doc_id is not None:
            return self._document(doc_id)
        if doc_ids is not None:
            found = (self._document(each) for each in dict.fromkeys(doc_ids))
            return [document for document in found if document is not None]
        if cond is None:
            raise StoreError("请给出查询条件或编号")
        return next(self._documents(cond), None)

    def count(self, cond: QueryLike) -> int:
        """Number of documents that match."""
        return sum(1 for _ in self._documents(cond))

    def _document(self, doc_id: str) -> Document | None:
        """The document with an id."""
        found = self._backend.get(self.name, doc_id)
        return None if found is None else _tiny(found, doc_id)

    def _documents(self, cond: QueryLike | None) -> Iterator[Document]:
        """The one path for reading: documents in insertion order, one at a time."""
        for record, document in self._backend.scan(self.name):
            if cond is None or cond(document):
                yield _tiny(document, record)

    # writing

    def insert(self, document: Mapping[str, Any]) -> Any:
        """Id of the new document."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> Any:
        """Ids of the new documents, written in one transaction."""
        new: dict[str, dict[str, Any]] = {}
        for document in documents:
            record = self._id_for(document)
            if record in new or self._backend.get(self.name, record) is not None:
                raise StoreConflictError("编号已经有记录", where=f"{self.name}/{record}")
            new[record] = dict(document)
        self._write(new)
        return list(new)

    def update(
        self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None
    ) -> Any:
        """Ids of the documents changed; without a condition it would be all of them, so it is refused."""
        if cond is None and doc_ids is None:
            self._refuse_all("update")
        changed: dict[str, dict[str, Any]] = {}
        for document in self._chosen(cond, doc_ids):
            _apply(fields, document)
            changed[str(document.doc_id)] = dict(document)
        self._write(changed)
        return list(changed)

    def update_multiple(self, updates: Iterable[tuple[Fields, QueryLike]]) -> Any:
        """Ids of the documents changed by any of the updates, in one transaction."""
        rules = list(updates)
        changed: dict[str, dict[str, Any]] = {}
        for document in self._documents(None):
            for fields, cond in rules:
                if cond(document):
                    _apply(fields, document)
                    changed[str(document.doc_id)] = dict(document)
        self._write(changed)
        return list(changed)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> Any:
        """Ids of the documents changed, else of the one inserted."""
        if cond is None and not isinstance(document, Document):
            raise StoreError("请给出查询条件，或用带编号的 Document")
        ids = None if cond is not None else [document.doc_id]  # type: ignore[attr-defined]  # a Document, as checked
        return self.update(document, cond, ids) or [self.insert(document)]

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None) -> Any:
        """Ids of the documents removed; without a condition it would be all of them, so it is refused."""
        if cond is None and doc_ids is None:
            self._refuse_all("remove")
        gone = [str(document.doc_id) for document in self._chosen(cond, doc_ids)]
        self._write(dict.fromkeys(gone))
        return gone

    def truncate(self) -> NoReturn:
        """Refused: it would rewrite the whole table."""
        self._refuse_all("truncate")

    def _chosen(self, cond: QueryLike | None, doc_ids: Iterable[Any] | None) -> list[Document]:
        """The documents meant by a condition or by ids."""
        return self.get(doc_ids=list(doc_ids)) if doc_ids is not None else list(self._documents(cond))

    def _write(self, documents: Mapping[str, dict[str, Any] | None]) -> None:
        """The one path for writing: a transaction; None deletes."""
        changes = [
            Change(table=self.name, id=record, document=document) for record, document in documents.items()
        ]
        if changes:
            self._backend.commit(changes, by=self._by, command=self._command)

    def _id_for(self, document: Mapping[str, Any]) -> str:
        """Id of a new document."""
        if isinstance(document, Document):
            return str(document.doc_id)
        if self._new_id is None:
            raise StoreError(
                "新记录没有编号", where=self.name, advice="请用带 doc_id 的 Document，或给出 new_id。"
            )
        return self._new_id()

    def _refuse_all(self, what: str) -> NoReturn:
        """Say so instead of doing it slowly."""
        raise StoreError(
            f"{what} 会改写整张表，没有执行", where=self.name, advice="请给出条件，或逐条提交（commit）。"
        )

    def _read_table(self) -> NoReturn:
        """Refused: it would read the whole table into memory."""
        self._refuse_all("_read_table")

    def _update_table(self, updater: Any) -> NoReturn:
        """Refused: it would rewrite the whole table."""
        self._refuse_all("_update_table")


def _tiny(document: dict[str, Any], record: str) -> Document:
    """A document as TinyDB hands it out."""
    return Document(document, record)  # type: ignore[arg-type]  # ids are text here


def _apply(fields: Fields, document: Document) -> None:
    """Change a document in place."""
    if callable(fields):
        fields(document)
    else:
        document.update(fields)
