"""The short way to a verdict, where no two conditions hang on the same reading or on the same missing fact.

Then readings and answers need not be combined: each condition is settled for itself, as true, false or open
under each of its options, and the verdict follows from these.
"""

from collections.abc import Iterator, Sequence

from assistcli.policy.kleene import Facts
from assistcli.policy.plan import Plan
from assistcli.policy.reading import Dependence
from assistcli.policy.standing import Standing
from assistcli.policy.statement import DEPENDS, ELIGIBLE, NOT_ELIGIBLE, WORD, overall_word

Short = tuple[str, tuple[str, ...], tuple[Dependence[str], ...]]
"""A verdict's word, the facts missing, and the readings it depends on."""


def short_verdict(standings: Sequence[Standing]) -> Short | None:
    """The verdict from conditions that hang on no common reading; ``None`` where two lack the same fact."""
    if any(True not in standing.values and None not in standing.values for standing in standings):
        return NOT_ELIGIBLE, (), ()
    gaps = [standing.gaps for standing in standings]
    if sum(map(len, gaps)) > len(frozenset().union(*gaps)):
        return None
    missing = frozenset().union(*(standing.missing for standing in standings))
    words = {WORD[result] for result in _results(standings)}
    depends = tuple(_dependences(standings)) if len(words) > 1 else ()
    return overall_word(words), tuple(sorted(missing)), depends


def _results(standings: Sequence[Standing]) -> set[bool | None]:
    """What all *standings* together can come to, each read in any of its ways and none hopeless."""
    found: set[bool | None] = {value for each in standings for value in each.values if not value}
    return found | {True} if all(True in each.values for each in standings) else found


def _dependences(standings: Sequence[Standing]) -> Iterator[Dependence[str]]:
    """The readings that change the verdict, with what each option leads to where the others agree."""
    for standing in standings:
        if len(set(standing.values)) > 1:
            others = [other for other in standings if other is not standing]
            beside = _results(others) or {True}
            if False in standing.values or True in beside:
                yield Dependence(standing.ground.condition.test.readings[0], _options(standing, beside))


def _options(standing: Standing, beside: set[bool | None]) -> dict[str, str | None]:
    return {
        option: _agreed(value, beside)
        for option, value in zip(standing.ground.options, standing.values, strict=True)
    }


def _agreed(value: bool | None, beside: set[bool | None]) -> str | None:
    """The word for one option of *value* where others come to one of *beside*; ``None``: they disagree."""
    if value is False:
        return NOT_ELIGIBLE
    results = beside if value else {False if other is False else None for other in beside}
    return WORD[next(iter(results))] if len(results) == 1 else None


def short_word(plan: Plan, facts: Facts) -> str | None:
    """The verdict on *plan* without a word of reason; ``None`` where the long way must be gone."""
    if not plan.independent:
        return None
    word = ELIGIBLE
    for first, others in plan.checks:
        value, split = first(facts), False
        if value is None:
            return None
        for other in others:
            another = other(facts)
            if another is None:
                return None
            split = split or another is not value
        if split:
            word = DEPENDS
        elif not value:
            return NOT_ELIGIBLE
    return word
