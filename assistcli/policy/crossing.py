"""Where comparisons cross: on which sides of them missing quantities can lie together, and which fact turns.

A comparison parts all that missing quantities may be in two sides, an equation in three; several comparisons
part it in cells. What a rule gives is the same all over a cell, so one point of each is enough to try.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import inf
from typing import NamedTuple

from assistcli.policy.region import (
    Box,
    Ends,
    Monomial,
    Number,
    Point,
    Sum,
    find_point,
    opposed,
    raised,
    value_at,
    without,
)
from assistcli.policy.region import whole as in_whole_numbers

ANOTHER = "\0"
"""A second answer to the fact that is varied."""
MOST_CELLS = 8
"""Cells that are looked for while facts of one case are missing: some milliseconds."""


class Side(NamedTuple):
    """One side of a comparison: whether it holds there, and what the quantities must fulfil to lie there."""

    holds: bool
    demands: tuple[Sum, ...]


class Parting(NamedTuple):
    """The quantities that a comparison hangs on, from where to where they go, and its sides."""

    box: Box
    sides: tuple[Side, ...]


def is_new(parting: Parting, found: Sequence[Parting]) -> bool:
    """Whether *parting* parts otherwise than all *found*; 低于 parts as 不低于 does."""
    demands = [side.demands for side in parting.sides]
    return not any(
        len(demands) == len(other.sides) and all(side.demands in demands for side in other.sides)
        for other in found
    )


class Cell(NamedTuple):
    """What must be fulfilled to lie in a cell, and one point of it."""

    demands: tuple[Sum, ...]
    point: Point


def sides_of(relation: str, rest: Mapping[Monomial, Number]) -> tuple[Side, ...]:
    """The sides of the comparison of *rest* with zero."""
    terms = in_whole_numbers(rest)
    above, below = (terms,), (opposed(terms),)
    up_to, from_on = (opposed(terms, 1),), (raised(terms, 1),)
    return {
        "lt": (Side(True, below), Side(False, from_on)),
        "ge": (Side(True, from_on), Side(False, below)),
        "gt": (Side(True, above), Side(False, up_to)),
        "le": (Side(True, up_to), Side(False, above)),
        "eq": (Side(False, above), Side(False, below), Side(True, up_to + from_on)),
        "ne": (Side(True, above), Side(True, below), Side(False, up_to + from_on)),
    }[relation]


def cells_between(lines: Sequence[Sequence[Side]], box: Box, most: int = MOST_CELLS) -> list[Cell] | None:
    """The cells that *lines* part *box* into; ``None`` where they are too many or too hard to find."""
    found = [Cell((), {name: start for name, (start, _) in box.items()})]
    for sides in lines:
        grown = [_cell(cell, side, box) for cell in found for side in sides]
        found = [cell for cell in grown if cell and cell.point]
        if None in grown or len(found) > most:
            return None
    return found


def _cell(cell: Cell, side: Side, box: Box) -> Cell | None:
    """What of *cell* lies on *side*: without a point if nothing does, ``None`` if that was not found out."""
    demands = (*cell.demands, *side.demands)
    if all(value_at(demand, cell.point) >= 1 for demand in side.demands):
        return Cell(demands, cell.point)
    reached, point = find_point(demands, box)
    return None if reached is None else Cell(demands, point)


def turns_on(name: str, cells: Sequence[Cell], results: Sequence[object], box: Box) -> bool:
    """Whether *name* alone may lead from one of *cells* to one of another result; also if not found out."""
    wider = {**box, ANOTHER: box[name]}
    for (cell, result), (other, another) in combinations(zip(cells, results, strict=True), 2):
        if result != another:
            moved = tuple(_renamed(demand, name) for demand in other.demands)
            if _can_be((*cell.demands, *moved), wider):
                return True
    return False


def _can_be(demands: Sequence[Sum], box: Box) -> bool:
    """Whether some point of *box* fulfils *demands*; also if not found out.

    A fact that only one demand hangs on is at whichever of its ends is better: it need not be searched for.
    """
    for name in box:
        held = [demand for demand in demands if any(name in names for names in demand)]
        if len(held) == 1 and all(names.count(name) < 2 for names in held[0]):
            others = [demand for demand in demands if demand is not held[0]]
            return any(_can_be([*others, best], box) for best in _at_ends(held[0], name, box[name]))
    return find_point(demands, box)[0] is not False


def _at_ends(demand: Sum, name: str, ends: Ends) -> Iterator[Sum]:
    """What *demand* comes to with *name* at either of its *ends*; far off, its factor alone counts."""
    factor = {without(names, name): number for names, number in demand.items() if name in names}
    rest = {names: number for names, number in demand.items() if name not in names}
    for end in ends:
        if end == inf:
            yield factor
        else:
            there = {names: int(end) * number for names, number in factor.items()}
            yield {names: rest.get(names, 0) + there.get(names, 0) for names in rest.keys() | there.keys()}


def _renamed(terms: Sum, name: str) -> Sum:
    return {
        tuple(sorted(ANOTHER if n == name else n for n in names)): factor for names, factor in terms.items()
    }
