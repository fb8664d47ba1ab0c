"""Records as they stand: a view, and a layer of changes lying over another view.

The same layer serves three times: the newest journal lines over the index, the puts of an
open transaction over both, and everything at once in a store that lives in memory.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

from store.values import Word


class Place(NamedTuple):
    """Where a line stands: segment number, offset and length in bytes."""

    segment: int
    offset: int
    length: int


class Slot(NamedTuple):
    """The newest version of one record, alive or deleted, and where its document stands."""

    first: int  # sequence of the version that made the record: its position; 0 when deleted
    sequence: int
    place: Place | None


class View(Protocol):
    """What can be asked about records without reading their documents."""

    def slot(self, table: str, record: str) -> Slot | None:
        """The newest version, also of a deleted record; None if it never was."""

    def matches(self, table: str, word: Word) -> list[tuple[str, Slot]]:
        """Living records that may hold *word*, in insertion order."""

    def words(self, table: str, start: Word, most: int) -> list[Word]:
        """Words that begin as *start* does, sorted, *most* at most; records that held them may be gone."""

    def walk(self, table: str, after: int = 0) -> Iterator[tuple[str, Slot]]:
        """Living records whose position is greater than *after*, in insertion order."""

    def tally(self, table: str) -> int:
        """Number of living records."""

    def newest(self, table: str) -> int:
        """Sequence of the newest version of any record, a deletion too; 0 if there never was one."""

    def names(self) -> set[str]:
        """Tables that hold or once held a record."""


class EmptyView:
    """A view without records: what lies under a store in memory."""

    def slot(self, table: str, record: str) -> Slot | None:
        """None: nothing is here."""
        return None

    def matches(self, table: str, word: Word) -> list[tuple[str, Slot]]:
        """No record."""
        return []

    def words(self, table: str, start: Word, most: int) -> list[Word]:
        """No word."""
        return []

    def walk(self, table: str, after: int = 0) -> Iterator[tuple[str, Slot]]:
        """No record."""
        return iter(())

    def tally(self, table: str) -> int:
        """Zero."""
        return 0

    def newest(self, table: str) -> int:
        """Zero."""
        return 0

    def names(self) -> set[str]:
        """No table."""
        return set()


class Layer:
    """Changes over *base*; every record first put here has a position from *start* on."""

    def __init__(self, base: View, start: int) -> None:
        self.base = base
        self.start = start
        self._slots: dict[str, dict[str, Slot]] = {}
        self._words: dict[str, dict[Word, list[str]]] = {}
        self._change: dict[str, int] = {}

    def set_slot(self, table: str, record: str, slot: Slot, words: Iterable[Word], change: int) -> None:
        """Lay a new version over whatever is below; *change* is the number of records it adds."""
        self._change[table] = self._change.get(table, 0) + change
        self._slots.setdefault(table, {})[record] = slot
        found = self._words.setdefault(table, {})
        for word in words:
            found.setdefault(word, []).append(record)

    def slot(self, table: str, record: str) -> Slot | None:
        """The newest version, also of a deleted record; None if it never was."""
        return self.own_slot(table, record) or self.base.slot(table, record)

    def own_slot(self, table: str, record: str) -> Slot | None:
        """The version laid here; None where there is none, whatever is below."""
        return self._slots.get(table, {}).get(record)

    def matches(self, table: str, word: Word) -> list[tuple[str, Slot]]:
        """Living records that may hold *word*, in insertion order."""
        own = self._slots.get(table, {})
        found = [(record, slot) for record, slot in self.base.matches(table, word) if record not in own]
        mine = dict.fromkeys(self._words.get(table, {}).get(word, ()))
        found += [(record, own[record]) for record in mine if own[record].first]
        return sorted(found, key=_position) if mine else found

    def words(self, table: str, start: Word, most: int) -> list[Word]:
        """Words that begin as *start* does, sorted, *most* at most; records that held them may be gone."""
        mine = self._words.get(table, {})
        found = {word for word in mine if word[0] == start[0] and word[1].startswith(start[1])}
        return sorted(found.union(self.base.words(table, start, most)))[:most]

    def walk(self, table: str, after: int = 0) -> Iterator[tuple[str, Slot]]:
        """Living records whose position is greater than *after*, in insertion order."""
        own = self._slots.get(table, {})
        if not own:
            yield from self.base.walk(table, after)
            return
        last = max(after, self.start - 1)
        for record, slot in self.base.walk(table, after):
            mine = own.get(record, slot)
            if mine.first == slot.first:
                last = max(last, mine.first)
                yield record, mine
        fresh = [(record, slot) for record, slot in own.items() if slot.first > last]
        yield from sorted(fresh, key=_position)

    def tally(self, table: str) -> int:
        """Number of living records."""
        return self.base.tally(table) + self._change.get(table, 0)

    def newest(self, table: str) -> int:
        """Sequence of the newest version of any record, a deletion too; 0 if there never was one."""
        own = max((slot.sequence for slot in self._slots.get(table, {}).values()), default=0)
        return own or self.base.newest(table)

    def names(self) -> set[str]:
        """Tables that hold or once held a record."""
        return self.base.names() | self._slots.keys()

    def become(self, other: "Layer") -> None:
        """Turn into another layer, under whoever holds this one."""
        self.base, self.start = other.base, other.start
        self._slots, self._words, self._change = other._slots, other._words, other._change

    def absorb(self, upper: "Layer", settle: Callable[[Slot], Slot]) -> None:
        """Take over every change of a layer that lay on this one; *settle* says where it stands now."""
        for table, slots in upper._slots.items():
            settled = {record: settle(slot) for record, slot in slots.items()}
            self._slots.setdefault(table, {}).update(settled)
        for table, words in upper._words.items():
            own = self._words.setdefault(table, {})
            for word, records in words.items():
                own.setdefault(word, []).extend(records)
        for table, change in upper._change.items():
            self._change[table] = self._change.get(table, 0) + change


def _position(item: tuple[str, Slot]) -> int:
    """Position of a record among its table's."""
    return item[1].first
