"""What a printed number is made of: its items, how they add up to what is printed, and what it means.

A table gives each number of it an ``Opening``. The items are made when somebody looks, not with the table.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from assistcli.money import format_yuan

Cell = int | str | None
R = TypeVar("R")
Place = tuple[int, int]
"""Row and column of a cell, counted from 0."""


FACT, OFFICE = "Case", "Office"


class Trace(NamedTuple):
    """Which record says so: its kind (``Fund``) and id, and the state that counts (``part``).

    A fact of a case is ``Case`` with the name of the fact as its part, a figure of a college ``Office`` with
    the college as its id.
    """

    kind: str
    id: str
    part: str = ""


class Item(NamedTuple):
    """One thing that a number counts: 1, or fen; whose it is, when it was and what."""

    number: int = 1
    case: str = ""
    day: date | None = None
    what: str = ""
    trace: Trace | None = None


def itself(number: int) -> Cell:
    """*number* as it is."""
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A number: its ``items``, its ``meaning`` in words with the clause, how their sum is printed.

    ``money``: the items are fen. A text cell that lists what was done has items and no sum: ``shows`` is
    ``None``.
    """

    items: Callable[[], Sequence[Item]]
    meaning: str
    shows: Callable[[int], Cell] | None = itself
    money: bool = False

    def agrees_with(self, cell: Cell) -> bool:
        """Whether the items add up to what is printed in *cell*."""
        return self.shows is None or self.shows(total(self.items())) == cell


class RowOpenings(Mapping[Place, Opening], Generic[R]):
    """Openings of a long list, made when somebody looks: *make* gives those of one record by column."""

    def __init__(self, records: Sequence[R], make: Callable[[R], Mapping[int, Opening]]) -> None:
        """Take the *records* of the rows, one of each."""
        self._records = records
        self._make = make

    def __getitem__(self, place: Place) -> Opening:
        """What the cell at *place* is made of."""
        row, column = place
        if not 0 <= row < len(self._records):
            raise KeyError(place)
        return self._make(self._records[row])[column]

    def __iter__(self) -> Iterator[Place]:
        """The places of all cells that open."""
        for row, record in enumerate(self._records):
            for column in self._make(record):
                yield row, column

    def __len__(self) -> int:
        """How many cells open."""
        return sum(1 for _ in self)


def total(items: Iterable[Item]) -> int:
    """The sum of *items*, in fen where they are money."""
    return sum(item.number for item in items)


def open_persons(cases: Sequence[str], meaning: str) -> Opening:
    """A number of persons: *cases* are their ids, each as often as it counts."""
    return Opening(items=partial(_persons, cases), meaning=meaning)


def _persons(cases: Sequence[str]) -> list[Item]:
    return [Item(case=case) for case in cases]


def open_aside(items: Sequence[Item], *, money: bool = False) -> Opening:
    """What a note below a table speaks of; it need not be one number. *money*: the items are fen."""
    return Opening(items=partial(list, items), meaning="这条附注说的", shows=None, money=money)


def open_money(items: Sequence[Item], meaning: str) -> Opening:
    """An amount printed in yuan; *items* are fen."""
    return Opening(items=partial(list, items), meaning=meaning, shows=format_yuan, money=True)


def open_difference(first: Opening, last: Opening, meaning: str, shows: Callable[[int], Cell]) -> Opening:
    """What came to *last* since *first*, and as less than nothing what went."""
    return Opening(items=partial(_changed, first, last), meaning=meaning, shows=shows, money=last.money)


def _changed(first: Opening, last: Opening) -> list[Item]:
    """Items of *last* that are not in *first*, then those of *first* that are gone, turned round."""
    before, after = list(first.items()), list(last.items())
    return [*_without(after, before), *(i._replace(number=-i.number) for i in _without(before, after))]


def _without(items: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    """*items* less *others*, each as often as it is there."""
    left = Counter(others)
    kept = []
    for item in items:
        if left[item] > 0:
            left[item] -= 1
        else:
            kept.append(item)
    return kept
