"""Choosing from the whole list (名额): at most so many persons, or such a share of them, in a named order.

Who is chosen by the order is said, and where the last place falls among equals, all of these are named for a
person to decide: no order is made up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistcli.policy.kleene import Facts
from assistcli.policy.source import Citation
from assistcli.values import Value

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A cap on how many get a benefit: *most* persons, or *share* (numerator, denominator) of the listed.

    ``order`` names the facts that rank them, first the weightiest; with ``-`` the larger value goes first.
    """

    benefit: str
    most: int | None
    share: tuple[int, int] | None
    order: tuple[str, ...]
    citation: Citation

    def places(self, listed: int) -> int:
        """How many of *listed* persons can be chosen; part of a person is dropped."""
        limits = [] if self.most is None else [self.most]
        limits += [listed * self.share[0] // self.share[1]] if self.share else []
        return min([listed, *limits])


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """Who is chosen, who ties for the last places, who waits, and who cannot be ranked: a fact is missing."""

    chosen: tuple[T, ...]
    tied: tuple[T, ...]
    waiting: tuple[T, ...]
    unranked: tuple[T, ...]
    places: int


def choose(selection: Selection, eligible: Mapping[T, Facts], listed: int) -> Choice[T]:
    """Choose among the *eligible* of a list of *listed* persons."""
    names = [name.removeprefix("-") for name in selection.order]
    unranked = tuple(who for who, facts in eligible.items() if any(name not in facts for name in names))
    ranked = sorted(
        (who for who in eligible if who not in unranked), key=lambda who: _rank(selection, eligible[who])
    )
    places = selection.places(listed)
    if len(ranked) <= places and not (unranked and len(eligible) > places):
        return Choice(tuple(ranked), (), (), unranked, places)
    return _cut(selection, ranked, eligible, unranked, places)


def _cut(
    selection: Selection,
    ranked: Sequence[T],
    eligible: Mapping[T, Facts],
    unranked: tuple[T, ...],
    places: int,
) -> Choice[T]:
    """Cut the *ranked* at the last place; those who are equal to the first left out are tied.

    Somebody who cannot be ranked may stand before anyone: then nobody is surely chosen but by free places.
    """
    sure = max(places - len(unranked), 0)
    if len(ranked) <= sure:
        return Choice(tuple(ranked), (), (), unranked, places)
    edge = _rank(selection, eligible[ranked[sure]])
    before = [who for who in ranked if _rank(selection, eligible[who]) < edge]
    equal = [who for who in ranked if _rank(selection, eligible[who]) == edge]
    after = ranked[len(before) + len(equal) :]
    if len(before) == sure:
        return Choice(tuple(before), (), (*equal, *after), unranked, places)
    return Choice(tuple(before), tuple(equal), tuple(after), unranked, places)


def _rank(selection: Selection, facts: Facts) -> tuple[tuple[int, str], ...]:
    return tuple(_place(facts[name.removeprefix("-")], name.startswith("-")) for name in selection.order)


def _place(value: Value, larger_first: bool) -> tuple[int, str]:
    if isinstance(value, int):
        return (-int(value) if larger_first else int(value)), ""
    return 0, value
