"""What an undecided rule could still become: every way to fill in the missing facts that matter.

Kleene's logic first; where it says unknown, the finite missing facts are enumerated, so that an answer which
is certain is given, and only facts that can change it are asked for. A missing quantity cannot be enumerated:
a comparison with it stays open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from assistcli.derivation import derived_value
from assistcli.fields import Field
from assistcli.policy.rules import Test
from assistcli.values import Value

Facts = Mapping[str, Value]

MOST_COMPLETIONS = 4_096
SOMETHING_ELSE = "\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What may still come of an undecided rule: possible results, and the facts that decide between them."""

    results: frozenset[bool | None]
    missing: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """A missing fact and the ways to fill it, each with what follows from it. No ways: a quantity."""

    name: str
    ways: tuple[Facts, ...]


def outlook(tests: Sequence[Test], facts: Facts, fields: Mapping[str, Field], year: int) -> Outlook:
    """What the conjunction of *tests*, undecided on *facts*, can still become."""
    gaps = _gaps(tests, facts, fields, year)
    finite = [gap for gap in gaps if gap.ways]
    if prod(len(gap.ways) for gap in finite) > MOST_COMPLETIONS:
        return Outlook(results=frozenset({True, False, None}), missing=frozenset(gap.name for gap in gaps))
    results: dict[tuple[int, ...], bool | None] = {}
    missing: set[str] = set()
    for picked, completed in _completions(finite, facts):
        values = [test.holds(completed) for test in tests]
        results[picked] = all_hold(values)
        if results[picked] is None:
            missing |= _open_quantities(tests, values, gaps)
    missing |= {gap.name for place, gap in enumerate(finite) if _matters(place, results)}
    return Outlook(results=frozenset(results.values()), missing=frozenset(missing))


def all_hold(values: Sequence[bool | None]) -> bool | None:
    """Kleene's conjunction: false beats unknown beats true."""
    if False in values:
        return False
    return None if None in values else True


def _gaps(tests: Sequence[Test], facts: Facts, fields: Mapping[str, Field], year: int) -> list[_Gap]:
    looked_at = sorted({name for test in tests for name in test.facts if name not in facts})
    sources = dict.fromkeys(_source_of(name, facts, fields) for name in looked_at)
    return [_Gap(name=name, ways=_ways(name, looked_at, facts, fields, year)) for name in sources]


def _source_of(name: str, facts: Facts, fields: Mapping[str, Field]) -> str:
    """The fact to ask for so that *name* becomes known: itself, or what it follows from."""
    rule = fields[name].derivation
    return rule.source if rule and rule.source not in facts else name


def _ways(
    source: str, looked_at: Sequence[str], facts: Facts, fields: Mapping[str, Field], year: int
) -> tuple[Facts, ...]:
    """Each way to fill *source*, without those that contradict an answer already given."""
    ways = []
    for value in _candidates(source, fields, year):
        way: dict[str, Value] = {source: value}
        consistent = True
        for name, rule in ((n, f.derivation) for n, f in fields.items() if f.derivation):
            if rule and rule.source == source and (name in facts or name in looked_at):
                derived = derived_value(rule, value, year)
                consistent &= facts.get(name, derived) == derived
                if derived is not None and name not in facts:
                    way[name] = derived
        if consistent:
            ways.append(way)
    return tuple(ways)


def _candidates(name: str, fields: Mapping[str, Field], year: int) -> list[Value]:
    """Values that stand for all that *name* may be; none where it is a quantity or open text."""
    field = fields[name]
    if field.kind == "yesno":
        return [True, False]
    if field.choices:
        return list(field.choices)
    for other in fields.values():
        rule = other.derivation
        if rule and rule.source == name and rule.equals_year:
            return [year, year - 1]
        if rule and rule.source == name and rule.no:
            return [*sorted(rule.no), SOMETHING_ELSE]
    return []


def _completions(finite: Sequence[_Gap], facts: Facts) -> Iterator[tuple[tuple[int, ...], Facts]]:
    for picked in product(*(range(len(gap.ways)) for gap in finite)):
        completed = dict(facts)
        for place, gap in zip(picked, finite, strict=True):
            completed.update(gap.ways[place])
        yield picked, completed


def _open_quantities(tests: Sequence[Test], values: Sequence[bool | None], gaps: Sequence[_Gap]) -> set[str]:
    open_facts = {
        name for test, value in zip(tests, values, strict=True) if value is None for name in test.facts
    }
    return {gap.name for gap in gaps if not gap.ways and gap.name in open_facts}


def _matters(place: int, results: Mapping[tuple[int, ...], bool | None]) -> bool:
    """Whether two completions that differ only at *place* give different results."""
    seen: dict[tuple[int, ...], bool | None] = {}
    for picked, result in results.items():
        rest = picked[:place] + picked[place + 1 :]
        if seen.setdefault(rest, result) is not result:
            return True
    return False
