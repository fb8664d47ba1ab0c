"""What an undecided rule could still become: every way to fill in the missing facts that matter.

Kleene's logic first; where it says unknown, the missing facts that fall into finitely many classes are
enumerated, so that an answer which is certain is given, and only facts that can change it are asked for. A
missing quantity that is reckoned with cannot be enumerated: it is bounded, and what its bounds do not settle
stays open.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from assistcli.derivation import derived_value
from assistcli.fields import Field
from assistcli.policy.amount import NO_AMOUNT, Amounts, Payment, amounts_under
from assistcli.policy.kleene import NO_NAMES, Facts
from assistcli.policy.landmark import Landmark, marks_by_fact, representatives
from assistcli.policy.rules import Test
from assistcli.policy.span import span_of_field
from assistcli.values import Value

MOST_COMPLETIONS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is undecided: tests that must all hold, and the payments that depend on further tests."""

    tests: tuple[Test, ...]
    payments: tuple[Payment, ...]
    pick: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule gives: whether it holds (``None``: open), and the amounts that are then possible."""

    holds: bool | None
    amounts: Amounts = NO_AMOUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What may still come of an undecided rule: the result, and the facts that decide."""

    outcome: Outcome
    missing: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A missing fact and the ways to fill it, each with what follows from it. No ways: a quantity.

    ``names`` are the facts in the rule that become known with it.
    """

    name: str
    ways: tuple[Facts, ...]
    names: frozenset[str]


def foresee(
    question: Question, facts: Facts, fields: Mapping[str, Field], year: int, most: int = MOST_COMPLETIONS
) -> Outlook:
    """What *question*, undecided on *facts*, can still become; at most *most* completions are tried."""
    gaps = gaps_of(question, facts, fields, year)
    finite, quantities = [gap for gap in gaps if gap.ways], [gap for gap in gaps if not gap.ways]
    if prod(len(gap.ways) for gap in finite) > most:
        everything = frozenset(gap.name for gap in gaps)
        return Outlook(outcome=answer(question, facts)[0], missing=everything)
    outcomes: dict[tuple[int, ...], Outcome] = {}
    missing: set[str] = set()
    for picked, completed in _completions(finite, facts):
        outcomes[picked], wanted = _settled(question, completed, quantities, fields)
        missing |= wanted
    missing |= {gap.name for place, gap in enumerate(finite) if _matters(place, outcomes)}
    return Outlook(outcome=joined(outcomes.values()), missing=frozenset(missing))


def _settled(
    question: Question, facts: Facts, quantities: Sequence[Gap], fields: Mapping[str, Field]
) -> tuple[Outcome, frozenset[str]]:
    """What *question* comes to on *facts*, and the *quantities* that keep it open.

    A quantity that is missing alone is tried on every side of the points where it turns a comparison.
    """
    outcome, open_facts = answer(question, facts)
    left = [gap for gap in quantities if not open_facts.isdisjoint(gap.names)]
    values = _sides(question, facts, fields[left[0].name]) if len(left) == 1 == len(left[0].names) else []
    if not values:
        return outcome, frozenset(gap.name for gap in left)
    outcomes = {answer(question, {**facts, left[0].name: value})[0] for value in values}
    return joined(outcomes), frozenset({left[0].name}) if len(outcomes) > 1 else NO_NAMES


def _sides(question: Question, facts: Facts, field: Field) -> list[int]:
    """A value of *field* on every side of the points where it turns *question*; none where these are open."""
    tests = [*question.tests, *(payment.when for payment in question.payments)]
    turns = [line.turns(facts, field.name) for test in tests for line in test.lines]
    marks = [mark for test in tests for mark in test.marks if mark.fact == field.name]
    if None in turns or any(field.name in payment.row.facts for payment in question.payments):
        return []
    points = {point for found in turns for point in found or ()}
    points |= {int(value) + step for mark in marks for value in mark.members or () for step in (-1, 0, 1)}
    least, most = span_of_field(field)
    return [int(least), *sorted(point for point in points if least < point <= most)]


def answer(question: Question, facts: Facts) -> tuple[Outcome, frozenset[str]]:
    """What *question* comes to on *facts*, and the facts on which whatever is open depends."""
    values = [test.sure(facts) for test in question.tests]
    holds = all_hold(values)
    if holds is False:
        return Outcome(False), frozenset()
    open_facts: set[str] = set()
    for test, value in zip(question.tests, values, strict=True):
        open_facts |= test.wants(facts) if value is None else NO_NAMES
    amounts, undecided = amounts_under(question.payments, question.pick, facts)
    return Outcome(holds, amounts), frozenset(open_facts | undecided)


def joined(outcomes: Iterable[Outcome]) -> Outcome:
    """What several possible *outcomes* have in common, with all the amounts that remain possible."""
    found = set(outcomes)
    holds = {outcome.holds for outcome in found}
    amounts: Amounts = frozenset().union(*(outcome.amounts for outcome in found))
    return Outcome(holds.pop() if len(holds) == 1 else None, amounts)


def all_hold(values: Sequence[bool | None]) -> bool | None:
    """Kleene's conjunction: false beats unknown beats true."""
    if False in values:
        return False
    return None if None in values else True


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


def _completions(finite: Sequence[Gap], facts: Facts) -> Iterator[tuple[tuple[int, ...], Facts]]:
    for picked in product(*(range(len(gap.ways)) for gap in finite)):
        completed = dict(facts)
        for place, gap in zip(picked, finite, strict=True):
            completed.update(gap.ways[place])
        yield picked, completed


def _matters(place: int, outcomes: Mapping[tuple[int, ...], Outcome]) -> bool:
    """Whether two completions that differ only at *place* give different outcomes."""
    seen: dict[tuple[int, ...], Outcome] = {}
    for picked, outcome in outcomes.items():
        rest = picked[:place] + picked[place + 1 :]
        if seen.setdefault(rest, outcome) != outcome:
            return True
    return False
