"""The short way to a verdict, where every fact is known and no two conditions hang on the same reading.

Then readings need not be combined: the benefit is refused when some condition fails under each of its
options, granted when every condition holds under each, and depends on just those readings whose options
differ.
"""

from collections.abc import Sequence

from assistcli.policy.kleene import Facts
from assistcli.policy.plan import Ground, Plan
from assistcli.policy.reading import DISAGREE, Dependence

ELIGIBLE, NOT_ELIGIBLE, DEPENDS = "eligible", "not_eligible", DISAGREE


def short_verdict(plan: Plan, held: Sequence[bool | None]) -> tuple[str, tuple[Dependence[str], ...]] | None:
    """Verdict on *plan* and the readings it depends on; ``None`` where the long way must be gone."""
    if not plan.independent:
        return None
    split: list[Ground] = []
    refused = False
    for ground in plan.reasons:
        values = [held[place] for place in ground.tests]
        if None in values:
            return None
        if True not in values:
            refused = True
        elif False in values:
            split.append(ground)
    if refused:
        return NOT_ELIGIBLE, ()
    if not split:
        return ELIGIBLE, ()
    return DEPENDS, tuple(_dependence(ground, held, alone=len(split) == 1) for ground in split)


def _dependence(ground: Ground, held: Sequence[bool | None], *, alone: bool) -> Dependence[str]:
    granted = ELIGIBLE if alone else None
    options = {option: granted if held[place] else NOT_ELIGIBLE for option, place in ground.options}
    return Dependence(ground.condition.test.readings[0], options)


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
