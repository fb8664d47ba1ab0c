"""Which question to ask next (待问): the missing fact whose answer settles most, so that few are asked."""

from collections.abc import Sequence

from assistcli.policy.kleene import Facts
from assistcli.policy.landmark import SOMETHING_ELSE, Landmark, representatives
from assistcli.policy.statement import UNKNOWN
from assistcli.policy.verdict import Judge, Verdict
from assistcli.values import Value


def next_question(judge: Judge, given: Facts, passed: frozenset[str] = frozenset()) -> str | None:
    """The fact to ask for next so that verdicts and amounts are settled soonest; ``None``: nothing to ask.

    Facts in *passed* were asked already and are not known.
    """
    verdicts = judge.verdicts(given)
    wanted = list(
        dict.fromkeys(name for verdict in verdicts for name in verdict.missing if name not in passed)
    )
    if not wanted:
        return None
    return min(wanted, key=lambda name: (_left_open(judge, given, name), wanted.index(name)))


def open_points(verdicts: Sequence[Verdict]) -> int:
    """How much is undecided: facts still wanted, and twice as much for a verdict still open."""
    return sum(len(verdict.missing) + 2 * (verdict.verdict == UNKNOWN) for verdict in verdicts)


def _left_open(judge: Judge, given: Facts, name: str) -> float:
    """What is undecided once *name* is answered, on average over its possible answers."""
    values = values_to_try(judge, name, given)
    if not values:
        return float(open_points(judge.verdicts(given)) - 1)
    return sum(open_points(judge.verdicts({**given, name: value})) for value in values) / len(values)


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
