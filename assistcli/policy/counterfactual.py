"""What would have to be different (反事实): single changes of one fact that turn a refusal into a grant.

Only facts that the pack lists under ``may_change`` are tried: those that may honestly differ, be mended or be
proven. Nobody is told to be somebody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assistcli.fields import Field
from assistcli.policy.inquiry import values_to_try
from assistcli.policy.kleene import Facts
from assistcli.policy.rules import Benefit
from assistcli.policy.statement import ELIGIBLE
from assistcli.policy.verdict import Judge
from assistcli.values import Value

LARGEST = {"money": 10**14, "count": 10_000}
IS, AT_MOST, AT_LEAST = "=", "≤", "≥"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that would do: *field* ``=``, ``≤`` or ``≥`` *value*."""

    field: str
    relation: str
    value: Value


def turning_changes(judge: Judge, benefit: Benefit, given: Facts) -> list[Change]:
    """The smallest single changes of *given* that make *benefit* eligible; none where no single one does."""
    if judge.word(benefit, given) == ELIGIBLE:
        return []
    looked_at = judge.facts_of(benefit)
    found: list[Change] = []
    for name in judge.pack.may_change:
        if name in given and name in looked_at:
            found += _changes_of(judge, benefit, given, judge.pack.fields[name])
    return found


def _changes_of(judge: Judge, benefit: Benefit, given: Facts, field: Field) -> Iterator[Change]:
    if field.kind in LARGEST:
        yield from _thresholds(judge, benefit, given, field)
        return
    for value in values_to_try(judge, field.name, given):
        if value != given[field.name] and _grants(judge, benefit, given, field.name, value):
            yield Change(field=field.name, relation=IS, value=value)


def _thresholds(judge: Judge, benefit: Benefit, given: Facts, field: Field) -> Iterator[Change]:
    """The nearest value below, and the nearest above, from which on the benefit is granted."""
    now, name = int(given[field.name]), field.name
    for relation, farthest in ((AT_MOST, field.least), (AT_LEAST, LARGEST[field.kind])):
        if not _grants(judge, benefit, given, name, farthest):
            continue
        granted, refused = farthest, now
        while abs(granted - refused) > 1:
            middle = (granted + refused) // 2
            if _grants(judge, benefit, given, name, middle):
                granted = middle
            else:
                refused = middle
        yield Change(field=name, relation=relation, value=granted)


def _grants(judge: Judge, benefit: Benefit, given: Facts, name: str, value: Value) -> bool:
    """Whether *benefit* is granted once *name* is *value*, and what followed from the old one is gone."""
    changed = {n: v for n, v in given.items() if not _follows(judge.pack.fields[n], name)}
    return judge.word(benefit, {**changed, name: value}) == ELIGIBLE


def _follows(field: Field, source: str) -> bool:
    return field.derivation is not None and field.derivation.source == source
