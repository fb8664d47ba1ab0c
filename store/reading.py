"""Reading records through a view: the one path that every store and transaction shares."""

from collections.abc import Callable, Iterator
from functools import partial

from store.backend import Document
from store.errors import StoreError
from store.layer import Slot, View
from store.values import Keys, load_document, word_value, words_of

TextOf = Callable[[str, Slot], bytes | None]  # JSON text of a record; None if the slot was wrong


class Reader:
    """Answers get, find, scan and count from a view; subclasses say which and load documents."""

    keys: Keys

    def _view(self) -> View:
        """The records as they stand now."""
        raise NotImplementedError

    def _text(self, table: str, record: str, slot: Slot) -> bytes | None:
        """JSON text of the document that a slot points to; None if the slot was wrong."""
        raise NotImplementedError

    def get(self, table: str, id: str) -> Document | None:
        """The document of a record, or None."""
        slot = self._view().slot(table, id)
        return self._load(table, id, slot) if slot and slot.first else None

    def find(self, table: str, key: str, value: object) -> list[tuple[str, Document]]:
        """Records whose indexed *key* holds *value*, in insertion order."""
        if key not in self.keys.get(table, ()):
            raise StoreError(
                f"{table} 没有按 {key} 编索引", advice="请改用 scan 逐条查找，或在打开时把它列入 keys。"
            )
        word = (key, word_value(value))
        found = ((id, self._load(table, id, slot)) for id, slot in self._view().matches(table, word))
        return [(id, document) for id, document in found if document and word in words_of(document, (key,))]

    def beginning(self, table: str, key: str, start: str, most: int) -> list[str]:
        """Texts in the indexed *key* of some record that begin with *start*, sorted, *most* at most."""
        known = self._view().words(table, (key, word_value(start)), most)
        texts = (word[1].removeprefix(word_value("")) for word in known)
        return [text for text in texts if self.find(table, key, text)]

    def scan(self, table: str) -> Iterator[tuple[str, Document]]:
        """All records of a table in insertion order, one at a time."""
        text_of = self._texts(table)
        for id, slot in self._view().walk(table):
            text = text_of(id, slot)
            if text is not None:
                yield id, load_document(text)

    def count(self, table: str) -> int:
        """Number of records in a table."""
        return self._view().tally(table)

    def newest(self, table: str) -> int:
        """Sequence of the newest version of any record of a table, a deletion too; 0 if there is none."""
        return self._view().newest(table)

    def tables(self) -> list[str]:
        """Names of the tables that hold at least one record, sorted."""
        view = self._view()
        return sorted(name for name in view.names() if view.tally(name))

    def _texts(self, table: str) -> TextOf:
        """What gives the text of one record after the other, asked in the order of a walk."""
        return partial(self._text, table)

    def _load(self, table: str, record: str, slot: Slot) -> Document | None:
        """Document that a slot points to; None if the slot was wrong."""
        text = self._text(table, record, slot)
        return None if text is None else load_document(text)
