"""What every kind of case leads to, as far as missing facts go: the ground on which questions are chosen."""

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from assistcli.policy.kleene import Facts
from assistcli.policy.possibility import Outcome
from assistcli.policy.verdict import Judge

Ends = tuple[tuple[Outcome, frozenset[str]], ...]
"""Of every benefit under every reading: the outcome, and the quantities on which it still hangs."""


class Asking(NamedTuple):
    """Facts that are asked for one after the other, and how many kinds of answer they have together."""

    facts: tuple[str, ...]
    kinds: int


class Prospect(NamedTuple):
    """What can be asked, and the result of every kind of case, a letter each; the last varies quickest."""

    askings: tuple[Asking, ...]
    results: str


def prospect_of(judge: Judge, given: Facts, wanted: Sequence[str], most: int) -> Prospect | None:
    """What answers to the *wanted* facts lead to; ``None`` where there are more than *most* kinds of case.

    Quantities that only ever count together are asked for together. Such a group has two kinds of answer,
    which turn what hangs on it; what hangs on several groups hangs on all of them until the last is known.
    """
    gaps = {gap.name: gap for gap in judge.gaps(given)}
    finite = [gaps[name] for name in wanted if gaps[name].ways]
    if prod(len(gap.ways) for gap in finite) > most:
        return None
    left = frozenset(name for name in wanted if not gaps[name].ways)
    ends = [_ends(judge, given, picked, left) for picked in product(*(gap.ways for gap in finite))]
    groups = _groups(ends, [name for name in wanted if name in left])
    if len(ends) << len(groups) > most:
        return None
    askings = [Asking((gap.name,), len(gap.ways)) for gap in finite] + [Asking(g, 2) for g in groups]
    results = [_turned(end, groups, turned) for end in ends for turned in product((0, 1), repeat=len(groups))]
    letters = {result: chr(number) for number, result in enumerate(dict.fromkeys(results))}
    return Prospect(tuple(askings), "".join([letters[result] for result in results]))


def _ends(judge: Judge, given: Facts, picked: Sequence[Facts], left: frozenset[str]) -> Ends:
    """Where *given* and the *picked* answers lead; of the missing facts, those *left* to ask."""
    facts = dict(given)
    for way in picked:
        facts.update(way)
    return tuple([(outcome, missing & left) for outcome, missing in judge.outcomes(facts)])


def _groups(ends: Sequence[Ends], quantities: Sequence[str]) -> list[tuple[str, ...]]:
    """The *quantities*, those together that are missing together in all of the *ends*."""
    together = {missing for end in dict.fromkeys(ends) for _, missing in end if missing}
    groups: dict[frozenset[frozenset[str]], tuple[str, ...]] = {}
    for name in quantities:
        where = frozenset(missing for missing in together if name in missing)
        groups[where] = (*groups.get(where, ()), name)
    return list(groups.values())


def _turned(end: Ends, groups: Sequence[tuple[str, ...]], turned: Sequence[int]) -> tuple[object, ...]:
    """The result at *end* where the groups are *turned* to one side or the other."""
    sides = {name: side for group, side in zip(groups, turned, strict=True) for name in group[:1]}
    return tuple([(outcome, sum(sides.get(name, 0) for name in missing) % 2) for outcome, missing in end])
