"""Answers worth trying: those that the rules tell apart."""

from assistcli.policy.kleene import Facts
from assistcli.policy.landmark import SOMETHING_ELSE, Landmark, representatives
from assistcli.policy.rules import Benefit
from assistcli.policy.span import span_of_field
from assistcli.policy.verdict import Judge
from assistcli.values import Value


def turning_points(judge: Judge, benefit: Benefit, given: Facts, name: str) -> set[int]:
    """Numbers at and beside which *name* may turn *benefit*, other missing quantities at their least."""
    fields = judge.pack.fields
    quantities = [gap.name for gap in judge.gaps(given) if not gap.ways]
    facts = {**{n: int(span_of_field(fields[n])[0]) for n in quantities}, **judge.complete(given)}
    tests = judge.tests_of(benefit)
    points = {point for test in tests for line in test.lines for point in line.turns(facts, name) or ()}
    marks = [mark for test in tests for mark in test.marks if mark.fact == name]
    exact = {int(value) for mark in marks for value in mark.members or ()}
    rules = [field.derivation for field in fields.values() if field.derivation]
    exact |= {judge.year for rule in rules if rule.source == name and rule.equals_year}
    return points | {value + step for value in exact for step in (-1, 0, 1)}


def values_to_try(judge: Judge, name: str, given: Facts) -> list[Value]:
    """Values that stand for all answers to *name* that rules tell apart; none for open quantities."""
    field = judge.pack.fields[name]
    marks = [mark for mark in judge.landmarks if mark.fact == name]
    for other in judge.pack.fields.values():
        rule = other.derivation
        if rule and rule.source == name and not rule.part:
            members = frozenset[Value]({judge.year}) if rule.equals_year else frozenset[Value](rule.no)
            marks.append(Landmark(name, members=members))
    if not marks:
        return []
    if field.choices:
        return [*field.choices]
    return [
        value for value in representatives(field, marks, judge.complete(given)) if value != SOMETHING_ELSE
    ]
