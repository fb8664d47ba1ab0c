"""Where the answer to a fact can turn a condition: the values that stand for all it may be.

A fact that is only looked up in lists, or compared with fixed figures, falls into a few classes; one value of
each is enough to try. A quantity that is reckoned with has no such classes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistcli.fields import Field
from assistcli.policy.expression import Arithmetic, Comparison, Junction, Membership, Name, Negation, Node
from assistcli.policy.kleene import Facts
from assistcli.policy.logic import common_unit, compile_quantity, member_values
from assistcli.policy.quantity import Quantity, unit_of
from assistcli.policy.scope import BUILT_IN, Scope, facts_in
from assistcli.values import Value

SOMETHING_ELSE = "\0"
NUMBERS = frozenset({"money", "count", "year"})


@dataclass(frozen=True, slots=True)
class Landmark:
    """One place in a rule that looks at *fact*: a list, a fixed figure, or (neither) a reckoning."""

    fact: str
    members: frozenset[Value] | None = None
    line: Quantity | None = None

    @property
    def reckoned(self) -> bool:
        """Whether the fact is reckoned with here, so that every value of it may matter."""
        return self.members is None and self.line is None


def landmarks_of(node: Node, scope: Scope) -> Iterator[Landmark]:
    """Every landmark of the facts that *node* looks at, formulas opened."""
    match node:
        case Junction(_, parts):
            for part in parts:
                yield from landmarks_of(part, scope)
        case Negation(part):
            yield from landmarks_of(part, scope)
        case Membership(Name(text)):
            yield Landmark(text, members=member_values(node, scope))
        case Comparison("eq" | "ne", Name(text) as left, right) if text in scope.fields and unit_of(
            left, scope
        ) in {"text", "yesno"}:
            yield Landmark(text, members=member_values(Membership(left, (right,), True, 1), scope))
        case Comparison(_, left, right, column):
            yield from _lines(left, right, scope, column)
        case Name(text):
            yield Landmark(text, members=frozenset({True}))


def _lines(left: Node, right: Node, scope: Scope, column: int) -> Iterator[Landmark]:
    unit = common_unit(unit_of(left, scope), unit_of(right, scope), column)
    for side, other in ((left, right), (right, left)):
        if _is_number_fact(side, scope) and isinstance(side, Name) and not _case_facts(other, scope):
            yield Landmark(side.text, line=compile_quantity(other, scope, unit))
            return
    yield from _reckoned(left, scope)
    yield from _reckoned(right, scope)


def _is_number_fact(node: Node, scope: Scope) -> bool:
    known = scope.fields.get(node.text) if isinstance(node, Name) else None
    return known is not None and known.kind in NUMBERS and known.name not in BUILT_IN


def _reckoned(node: Node, scope: Scope) -> Iterator[Landmark]:
    match node:
        case Arithmetic(_, left, right):
            yield from _reckoned(left, scope)
            yield from _reckoned(right, scope)
        case Name(text) if text in scope.formulas:
            for when, value in scope.rows(text):
                yield from landmarks_of(when, scope) if when else ()
                yield from _reckoned(value, scope)
        case Name(text) if text in scope.parameters:
            parameter = scope.parameters[text]
            for place in sorted({figure.place for figure in parameter.figures} if parameter.by else ()):
                yield Landmark(parameter.by, members=frozenset({place}))
        case Name(text) if text not in BUILT_IN:
            yield Landmark(text)


def _case_facts(node: Node, scope: Scope) -> frozenset[str]:
    return facts_in(node, scope) - BUILT_IN.keys()


def representatives(field: Field, marks: Sequence[Landmark], facts: Facts) -> list[Value]:
    """Values of *field* that stand for all it may be, given its *marks*; none where that is open."""
    if any(mark.reckoned for mark in marks):
        return []
    if field.kind == "yesno":
        return [True, False]
    if field.kind in NUMBERS:
        return _numbers(field, marks, facts)
    members = [mark.members for mark in marks if mark.members is not None]
    named = sorted({str(value) for values in members for value in values})
    known = list(field.choices) or [*named, SOMETHING_ELSE]
    classes: dict[tuple[bool, ...], Value] = {}
    for value in known:
        classes.setdefault(tuple(value in values for values in members), value)
    return list(classes.values())


def _numbers(field: Field, marks: Sequence[Landmark], facts: Facts) -> list[Value]:
    """Each figure that the fact is compared with, the next below it and the next above."""
    points: set[int] = set()
    for mark in marks:
        points |= {int(value) for value in mark.members or ()}
        line = mark.line.exact(facts) if mark.line else None
        if mark.line and line is None:
            return []
        points |= {line[0] // line[1], -(-line[0] // line[1])} if line else set()
    near = {point + step for point in points for step in (-1, 0, 1)}
    return [*sorted(value for value in near if value >= field.least)]


def landmarks_of_value(node: Node, scope: Scope) -> Iterator[Landmark]:
    """Every landmark of the facts that an amount *node* is reckoned from."""
    yield from _reckoned(node, scope)


def marks_by_fact(marks: Sequence[Landmark]) -> Mapping[str, list[Landmark]]:
    """The landmarks of each fact."""
    found: dict[str, list[Landmark]] = {}
    for mark in marks:
        found.setdefault(mark.fact, []).append(mark)
    return found
