"""The missing facts that an undecided rule looks at, and the ways to fill them in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from assistcli.derivation import derived_value
from assistcli.fields import Field
from assistcli.policy.amount import Payment
from assistcli.policy.kleene import Facts
from assistcli.policy.landmark import Landmark, marks_by_fact, representatives
from assistcli.policy.rules import Test
from assistcli.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is undecided: tests that must all hold, and the payments that depend on further tests."""

    tests: tuple[Test, ...]
    payments: tuple[Payment, ...]
    pick: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A missing fact and the ways to fill it, each with what follows from it. No ways: a quantity.

    ``names`` are the facts in the rule that become known with it.
    """

    name: str
    ways: tuple[Facts, ...]
    names: frozenset[str]


def gaps_of(question: Question, facts: Facts, fields: Mapping[str, Field], year: int) -> list[Gap]:
    """The missing facts that *question* looks at."""
    tests = [*question.tests, *(payment.when for payment in question.payments)]
    marks = [mark for test in tests for mark in test.marks]
    marks += [mark for payment in question.payments for mark in payment.row.marks]
    by_fact = marks_by_fact([mark for mark in marks if mark.fact not in facts])
    sources = dict.fromkeys(_source_of(name, facts, fields) for name in sorted(by_fact))
    return [
        Gap(
            name=source,
            ways=_ways(source, by_fact, facts, fields, year),
            names=frozenset(name for name in by_fact if _source_of(name, facts, fields) == source),
        )
        for source in sources
    ]


def _source_of(name: str, facts: Facts, fields: Mapping[str, Field]) -> str:
    """The fact to ask for so that *name* becomes known: itself, or what it follows from.

    A part of an ID number is asked for itself: nobody is asked for a number to learn a sex.
    """
    rule = fields[name].derivation
    return rule.source if rule and not rule.part and rule.source not in facts else name


def _ways(
    source: str,
    marks: Mapping[str, list[Landmark]],
    facts: Facts,
    fields: Mapping[str, Field],
    year: int,
) -> tuple[Facts, ...]:
    """Each way to fill *source*, without those that contradict an answer already given."""
    ways = []
    derived = [(n, f.derivation) for n, f in fields.items() if f.derivation and f.derivation.source == source]
    own = list(marks.get(source, ()))
    for name, rule in derived:
        if rule and (name in facts or name in marks):
            members = frozenset({year}) if rule.equals_year else frozenset[Value](rule.no)
            own.append(Landmark(source, members=members))
    for value in representatives(fields[source], own, facts):
        way: dict[str, Value] = {source: value}
        for name, rule in derived:
            if rule and (name in facts or name in marks):
                follows = derived_value(rule, value, year)
                if follows is not None:
                    way[name] = follows
        if all(facts.get(name, value) == value for name, value in way.items()):
            ways.append(way)
    return tuple(ways)


def completions(finite: Sequence[Gap], facts: Facts) -> Iterator[tuple[tuple[int, ...], Facts]]:
    """Every way to fill the *finite* gaps: which way of each was picked, and the facts then known."""
    for picked in product(*(range(len(gap.ways)) for gap in finite)):
        completed = dict(facts)
        for place, gap in zip(picked, finite, strict=True):
            completed.update(gap.ways[place])
        yield picked, completed
