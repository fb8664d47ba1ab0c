"""What an undecided rule could still become: every way to fill in the missing facts that matter.

Kleene's logic first; where it says unknown, the missing facts that fall into finitely many classes are
enumerated, so that an answer which is certain is given, and only facts that can change it are asked for. A
missing quantity that is reckoned with cannot be enumerated: it is tried on every side of the comparisons that
hang on it. What is then not settled stays open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from assistcli.fields import Field
from assistcli.policy.amount import NO_AMOUNT, Amounts, amounts_under
from assistcli.policy.crossing import Parting, cells_between, is_new, turns_on
from assistcli.policy.gap import Gap, Question, completions, gaps_of
from assistcli.policy.kleene import NO_NAMES, Facts
from assistcli.policy.span import span_of_field

MOST_COMPLETIONS = 60_000


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


def foresee(
    question: Question, facts: Facts, fields: Mapping[str, Field], year: int, most: int = MOST_COMPLETIONS
) -> Outlook:
    """What *question*, undecided on *facts*, can still become; at most *most* completions are tried."""
    if _finite(question) <= facts.keys():
        outcome, wanted = answer(question, facts)
        if not wanted or _hangs_on_one(question, facts):
            return Outlook(outcome=outcome, missing=wanted)
    gaps = gaps_of(question, facts, fields, year)
    finite, quantities = [gap for gap in gaps if gap.ways], [gap for gap in gaps if not gap.ways]
    if prod(len(gap.ways) for gap in finite) > most:
        everything = frozenset(gap.name for gap in gaps)
        return Outlook(outcome=answer(question, facts)[0], missing=everything)
    outcomes: dict[tuple[int, ...], Outcome] = {}
    missing: set[str] = set()
    for picked, completed in completions(finite, facts):
        outcomes[picked], names = _settled(question, completed, quantities, fields)
        missing |= names
    missing |= {gap.name for place, gap in enumerate(finite) if _matters(place, outcomes)}
    return Outlook(outcome=joined(outcomes.values()), missing=frozenset(missing))


def _finite(question: Question) -> frozenset[str]:
    """The facts that *question* only looks up, or compares with figures."""
    if not question.payments:
        return frozenset().union(*[test.finite for test in question.tests])
    return frozenset().union(
        *[test.finite for test in question.tests], *[p.when.finite | p.row.facts for p in question.payments]
    )


def _settled(
    question: Question, facts: Facts, quantities: Sequence[Gap], fields: Mapping[str, Field]
) -> tuple[Outcome, frozenset[str]]:
    """What *question* comes to on *facts*, and the *quantities* that keep it open.

    A quantity that is missing alone is tried on every side of the points where it turns a comparison; several
    on which several comparisons hang, at a point of every cell between these.
    """
    outcome, open_facts = answer(question, facts)
    left = [gap for gap in quantities if not open_facts.isdisjoint(gap.names)]
    if not left or _hangs_on_one(question, facts):
        return outcome, frozenset([gap.name for gap in left])
    values = _sides(question, facts, fields[left[0].name]) if len(left) == 1 == len(left[0].names) else []
    if not values:
        return _between(question, facts, left) or (outcome, frozenset([gap.name for gap in left]))
    outcomes = {answer(question, {**facts, left[0].name: value})[0] for value in values}
    return joined(outcomes), frozenset({left[0].name}) if len(outcomes) > 1 else NO_NAMES


def _hangs_on_one(question: Question, facts: Facts) -> bool:
    """Whether a single comparison keeps *question* open: then what turns it turns the whole."""
    open_tests = [test for test in question.tests if test.sure(facts) is None]
    paid = all(payment.when.sure(facts) is not None for payment in question.payments)
    return paid and len(open_tests) == 1 and len(open_tests[0].hinges(facts)) == 1


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


def _between(
    question: Question, facts: Facts, quantities: Sequence[Gap]
) -> tuple[Outcome, frozenset[str]] | None:
    """What *question* comes to in the cells between its comparisons; ``None`` where they are not found."""
    partings = _partings(question, facts)
    box = {name: span for parting in partings for name, span in parting.box.items()}
    if any(gap.names != {gap.name} or gap.name not in box for gap in quantities):
        return None
    cells = cells_between([parting.sides for parting in partings], box)
    if cells is None or any(not payment.row.facts.isdisjoint(box) for payment in question.payments):
        return None
    outcomes = [answer(question, {**facts, **cell.point})[0] for cell in cells]
    turning = [gap.name for gap in quantities if turns_on(gap.name, cells, outcomes, box)]
    return joined(outcomes), frozenset(turning)


def _partings(question: Question, facts: Facts) -> list[Parting]:
    """How the comparisons that *question* hangs on part the quantities; none where something else does."""
    tests = [*question.tests, *(payment.when for payment in question.payments)]
    hinges = {hinge for test in tests if test.sure(facts) is None for hinge in test.hinges(facts)}
    found: list[Parting] = []
    for hinge in hinges:
        parting = hinge.parting(facts)
        if parting is None:
            return []
        if is_new(parting, found):
            found.append(parting)
    return found


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


def _matters(place: int, outcomes: Mapping[tuple[int, ...], Outcome]) -> bool:
    """Whether two completions that differ only at *place* give different outcomes."""
    seen: dict[tuple[int, ...], Outcome] = {}
    for picked, outcome in outcomes.items():
        rest = picked[:place] + picked[place + 1 :]
        if seen.setdefault(rest, outcome) != outcome:
            return True
    return False
