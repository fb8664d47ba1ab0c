"""What would have to be different (反事实): the smallest changes of one fact, else of two, that would do.

Of known facts only those are tried that the pack lists under ``may_change``: those that may honestly differ,
be mended or be proven. Nobody is told to be somebody else. A missing fact may turn out either way and is
tried alone too, but a secret one (S3) only if it is listed.

A number is tried on both sides of every point where it turns a comparison, the other missing quantities taken
at their least; between two such points no verdict changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistcli.derivation import follows_from
from assistcli.fields import HIDDEN, Field
from assistcli.policy.answers import turning_points, values_to_try
from assistcli.policy.kleene import Facts
from assistcli.policy.rules import Benefit
from assistcli.policy.span import span_of_field
from assistcli.policy.statement import ELIGIBLE
from assistcli.policy.verdict import Judge
from assistcli.values import Value

LARGEST = {"money": 10**14, "count": 10_000, "year": 2_999}
IS, AT_MOST, AT_LEAST = "=", "≤", "≥"
MOST_PAIRS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that would do: *field* ``=``, ``≤`` or ``≥`` *value*, and at most *until* if that is given.

    ``missing`` says that the fact is not known now; ``also`` is the change of a second fact that it needs.
    """

    field: str
    relation: str
    value: Value
    until: Value | None = None
    missing: bool = False
    also: "Change | None" = None


def turning_changes(judge: Judge, benefit: Benefit, given: Facts) -> list[Change]:
    """The smallest single changes of *given* that make *benefit* eligible; where none does, pairs."""
    if judge.word(benefit, given) == ELIGIBLE:
        return []
    fields = list(_changeable(judge, benefit, given))
    single = [change for field in fields for change in changes_of(judge, benefit, given, field)]
    return single or _pairs(judge, benefit, given, [field for field in fields if field.name in given])


def _changeable(judge: Judge, benefit: Benefit, given: Facts) -> Iterator[Field]:
    """The facts that bear on *benefit* and may honestly be otherwise than *given*."""
    pack, looked_at = judge.pack, judge.facts_of(benefit)
    missing = judge.verdict(benefit, given).missing
    for name in dict.fromkeys([*pack.may_change, *missing]):
        listed = name in pack.may_change and name in looked_at and name in given
        if listed or (
            name in missing and (name in pack.may_change or pack.fields[name].sensitivity != HIDDEN)
        ):
            yield pack.fields[name]


def _pairs(judge: Judge, benefit: Benefit, given: Facts, fields: Sequence[Field]) -> list[Change]:
    """Changes of two known facts, the first as near to what it is as can be; at most ``MOST_PAIRS``."""
    found: list[Change] = []
    for first, second in combinations(fields, 2):
        for value in _nearest_first(answers_to(judge, benefit, given, first), given.get(first.name)):
            changed = {**_without(judge, given, first.name), first.name: value}
            after = next(iter(changes_of(judge, benefit, changed, second)), None)
            if after:
                found.append(Change(field=first.name, relation=IS, value=value, also=after))
                break
        if len(found) == MOST_PAIRS:
            break
    return found


def _nearest_first(values: Sequence[Value], now: Value | None) -> list[Value]:
    others = [value for value in values if value != now]
    if isinstance(now, int) and not isinstance(now, bool):
        return sorted(others, key=lambda value: abs(int(value) - now))
    return others


def changes_of(judge: Judge, benefit: Benefit, given: Facts, field: Field) -> Iterator[Change]:
    """The smallest changes of *field* alone that make *benefit* eligible."""
    values = answers_to(judge, benefit, given, field)
    granted = [_grants(judge, benefit, given, field.name, value) for value in values]
    missing = field.name not in given
    if field.kind not in LARGEST:
        for value, grants in zip(values, granted, strict=True):
            if grants and value != given.get(field.name):
                yield Change(field=field.name, relation=IS, value=value, missing=missing)
        return
    runs = list(_runs([int(value) for value in values], granted))
    yield from (_change(field, run, missing) for run in _beside(runs, given.get(field.name)))


def _runs(values: Sequence[int], granted: Sequence[bool]) -> Iterator[tuple[int | None, int | None]]:
    """The stretches of *values* that are *granted*: first and last, ``None`` where there is no end."""
    start = None
    for place, grants in enumerate(granted):
        if grants and (place == 0 or not granted[place - 1]):
            start = place
        if grants and (place == len(values) - 1 or not granted[place + 1]) and start is not None:
            yield (values[start] if start else None, values[place] if place < len(values) - 1 else None)


def _beside(
    runs: Sequence[tuple[int | None, int | None]], now: Value | None
) -> list[tuple[int | None, int | None]]:
    """The nearest of *runs* below and above what the fact is now; all where it is missing."""
    if now is None:
        return list(runs)
    below = [run for run in runs if run[1] is not None and run[1] < int(now)]
    above = [run for run in runs if run[0] is not None and run[0] > int(now)]
    return [*below[-1:], *above[:1]]


def _change(field: Field, run: tuple[int | None, int | None], missing: bool) -> Change:
    first, last = run
    if first is None or first == last:
        relation, value, until = (IS if first == last else AT_MOST), last or 0, None
    else:
        relation, value, until = AT_LEAST, first, last
    return Change(field=field.name, relation=relation, value=value, until=until, missing=missing)


def answers_to(judge: Judge, benefit: Benefit, given: Facts, field: Field) -> list[Value]:
    """Answers to *field* that stand for all of them; numbers ascending, from the least to the largest."""
    if field.kind not in LARGEST:
        return values_to_try(judge, field.name, given)
    least, most = int(span_of_field(field)[0]), LARGEST[field.kind]
    points = turning_points(judge, benefit, given, field.name)
    return [*sorted({least, most, *(point for point in points if least <= point <= most)})]


def _grants(judge: Judge, benefit: Benefit, given: Facts, name: str, value: Value) -> bool:
    """Whether *benefit* is granted once *name* is *value*, and what followed from the old one is gone."""
    return judge.word(benefit, {**_without(judge, given, name), name: value}) == ELIGIBLE


def _without(judge: Judge, given: Facts, source: str) -> dict[str, Value]:
    """*given* without what follows from *source*."""
    return {name: value for name, value in given.items() if not follows_from(judge.pack.fields[name], source)}
