"""Places (名额): at most so many persons, or such a share of a list, in the order that the notice names.

Nothing is drawn or made up: who ties for the last place, who hangs on a fact not known, on an unadopted
reading or on a rounding that the notice does not state, is named for a person to decide.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from assistcli.policy.citation import Citation
from assistcli.policy.kleene import Facts
from assistcli.policy.reading import Combination, Open, Reading, combinations

T = TypeVar("T")
Prefix = tuple[Fraction, ...]
"""What is known of somebody's rank, the weightiest first, up to the first fact that is missing."""

WITHIN, TIED, WAITING, OPEN, DEPENDS = "within", "tied", "waiting", "open", "depends"
DOWN, UP, HALF_UP = "舍去", "进一", "四舍五入"
ENTITLED, LISTED = "符合", "名单"
AFTER_ALL = Fraction(10**30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """One thing that ranks people (先后): a fact or a formula, which end goes first, and the clause."""

    name: str
    larger_first: bool
    value: Open[Callable[[Facts], Fraction | None]]
    facts: frozenset[str]
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A cap on how many get a benefit: *most* persons, or a *share* (numerator, denominator) of a list.

    ``of`` says of whom the share is; a blank ``rounding``: the notice does not say what becomes of part of a
    person. The ranks stand weightiest first; those with another clause than the places' own break ties.
    """

    benefit: str
    most: int | None
    share: tuple[int, int] | None
    of: str
    rounding: str
    ranks: tuple[Rank, ...]
    readings: tuple[Reading, ...]
    citation: Citation

    def places(self, listed: int, entitled: int) -> tuple[int, int]:
        """The least and the most persons of the list that can be chosen; they differ by rounding alone."""
        if self.share is None:
            return self.most or 0, self.most or 0
        numerator, denominator = self.share
        exact = Fraction(numerator * (entitled if self.of == ENTITLED else listed), denominator)
        down, up = int(exact), -int(-exact // 1)
        near = int(exact + Fraction(1, 2))
        bounds = {DOWN: (down, down), UP: (up, up), HALF_UP: (near, near)}.get(self.rounding, (down, up))
        return bounds if self.most is None else (min(bounds[0], self.most), min(bounds[1], self.most))


@dataclass(frozen=True, slots=True)
class Position(Generic[T]):
    """Where somebody stands: within, tied, waiting, open (a fact is missing) or depends.

    ``ahead`` counts who surely goes before; ``decides`` is the rank that drew the border of the places.
    """

    who: T
    status: str
    ahead: int
    missing: tuple[str, ...]
    decides: Rank | None


@dataclass(frozen=True, slots=True)
class Placing(Generic[T]):
    """A list ranked: the least and the most places, and every entitled person's position, in order."""

    least: int
    most: int
    positions: tuple[Position[T], ...]


def rank_list(
    selection: Selection, entitled: Mapping[T, Facts], listed: int, adopted: Mapping[str, str]
) -> Placing[T]:
    """The *entitled* of a list of *listed* persons ranked, under every reading not *adopted*."""
    least, most = selection.places(listed, len(entitled))
    worlds = [
        _stand(selection, entitled, places, combination)
        for combination in combinations(selection.readings, adopted)
        for places in sorted({least, most})
    ]
    positions = tuple(_merged([world[who] for world in worlds]) for who in worlds[0]) if worlds else ()
    return Placing(least, most, positions)


def _merged(positions: Sequence[Position[T]]) -> Position[T]:
    first = positions[0]
    if all(position.status == first.status for position in positions):
        return first
    return Position(first.who, DEPENDS, first.ahead, first.missing, None)


def _stand(
    selection: Selection, entitled: Mapping[T, Facts], places: int, combination: Combination
) -> dict[T, Position[T]]:
    """Everybody's position for so many *places*, by one combination of readings, the foremost first."""
    known = {who: _prefix(selection, facts, combination) for who, facts in entitled.items()}
    count = len(selection.ranks)
    order = _Order(list(known.values()), count)
    found: dict[T, tuple[str, int]] = {}
    for who in sorted(known, key=known.__getitem__):
        ahead, equal, unsure = order.around(known[who])
        found[who] = _status(ahead, equal, unsure, places), ahead
    outer = [known[who] for who, (status, _) in found.items() if status != WITHIN]
    inner = [known[who] for who, (status, _) in found.items() if status == WITHIN]
    edges = {WITHIN: outer[:1], WAITING: inner[-1:]}
    return {
        who: Position(
            who,
            status,
            ahead,
            tuple(sorted(_missing(selection, entitled[who], combination))),
            _border(selection, known[who], edges.get(status, [])),
        )
        for who, (status, ahead) in found.items()
    }


def _status(ahead: int, equal: int, unsure: int, places: int) -> str:
    """By how many surely go before, are surely equal (oneself counted), and may be either or behind."""
    if ahead + equal + unsure <= places:
        return WITHIN
    if ahead >= places:
        return WAITING
    return TIED if ahead + unsure < places < ahead + equal else OPEN


class _Order:
    """How many stand before, level with, or in no certain order to a rank, without comparing all pairs."""

    def __init__(self, prefixes: Sequence[Prefix], full: int) -> None:
        self._full = full
        self._sorted = sorted(prefixes)
        self._same = Counter(prefixes)

    def around(self, mine: Prefix) -> tuple[int, int, int]:
        """Of the others surely before, surely level (oneself counted), and uncertain."""
        before = bisect_left(self._sorted, mine)
        shorter = sum(self._same[mine[:length]] for length in range(len(mine)) if length < self._full)
        if len(mine) == self._full:
            return before - shorter, self._same[mine], shorter
        after = bisect_right(self._sorted, (*mine, AFTER_ALL))
        return before - shorter, 1, shorter + after - before - 1


def _prefix(selection: Selection, facts: Facts, combination: Combination) -> Prefix:
    found: list[Fraction] = []
    for rank in selection.ranks:
        value = rank.value.at({name: combination[name] for name in rank.value.readings})(facts)
        if value is None:
            break
        found.append(-value if rank.larger_first else value)
    return tuple(found)


def _missing(selection: Selection, facts: Facts, combination: Combination) -> set[str]:
    known = len(_prefix(selection, facts, combination))
    return {name for rank in selection.ranks[known : known + 1] for name in rank.facts if name not in facts}


def _border(selection: Selection, mine: Prefix, edge: Sequence[Prefix]) -> Rank | None:
    """The rank at which *mine* parts from the *edge* of the places."""
    for other in edge:
        for rank, a, b in zip(selection.ranks, mine, other, strict=False):
            if a != b:
                return rank
    return None
