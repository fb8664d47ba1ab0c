"""A comparison of quantities as a line with facts on either side of it: exact also while facts are missing.

Cleared of fractions a comparison is a sum of products compared with zero. With the known facts put in, what
is left is a sum over the missing ones, each a whole number from its least upward. Where no missing fact is
multiplied by itself, the sum is at its lowest and highest at the ends of their ranges: so what every answer
agrees on is found, however often a fact occurs. Not reckoned out, only bounded, are: a missing fact times
itself; equality with a sum of missing facts that each count several times (coins that do not fit); and which
facts count where missing ones are multiplied by one another.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import floor, gcd, inf, isqrt, lcm

from assistcli.policy.expression import Comparison
from assistcli.policy.kleene import Facts, Test
from assistcli.policy.polynomial import Monomial, cleared
from assistcli.policy.quantity import Quantity
from assistcli.policy.scope import BUILT_IN, TODAY, YEAR, Scope, facts_in, names_in
from assistcli.policy.span import Span, compare_spans, span_of_field

MOST_REMEMBERED = 4_096
NO_NAMES: frozenset[str] = frozenset()
ZERO: Span = (Fraction(0), Fraction(0))

Number = int | Fraction
Rest = Mapping[Monomial, Number]
"""A sum over missing facts, in whole numbers as long as no figure in it is a fraction: far quicker."""

Sides = tuple[Quantity, Quantity]


class Line:
    """The comparison *node*, its bare numbers read in *unit*, that *holds* judges where no fact is missing.

    Everything else about it is made on first need, its sides by *sides*.
    """

    def __init__(
        self, node: Comparison, scope: Scope, unit: str, holds: Test, sides: Callable[[], Sides]
    ) -> None:
        self.node = node
        self.holds = holds
        self.unit = unit
        self._scope = scope
        self._make_sides = sides
        self._remembered: dict[tuple[object, ...], bool | None] = {}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(sorted({*facts_in(self.node, self._scope), *names_in(self.node, self._scope)}))

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts of a case that the comparison looks at."""
        return facts_in(self.node, self._scope) - BUILT_IN.keys()

    @cached_property
    def _cleared(self) -> tuple[Rest, frozenset[str]] | None:
        found = None if self.unit == "date" else cleared(self.node, self._scope, self.unit)
        if found is None:
            return None
        scale = lcm(*(factor.denominator for factor in found[0].values()))
        return {names: int(factor * scale) for names, factor in found[0].items()}, found[1]

    @cached_property
    def _sides(self) -> Sides:
        return self._make_sides()

    def sure(self, facts: Facts) -> bool | None:
        """What every way to answer the missing facts agrees on; ``None`` where they differ.

        Remembered by the facts it looks at: where facts are missing, the same is asked many times over.
        """
        key = tuple(map(facts.get, self._names))
        if key not in self._remembered:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._reckon(facts)
        return self._remembered[key]

    def _reckon(self, facts: Facts) -> bool | None:
        if self._cleared is None:
            left, right = self._sides
            return compare_spans(self.node.relation, left.span(facts), right.span(facts))
        rest = self.rest(facts)
        if rest is None:
            return None
        known = compare_spans(self.node.relation, self._range(rest), ZERO)
        if known is None and self.node.relation in {"eq", "ne"} and _never_zero(rest):
            return self.node.relation == "ne"
        return known

    def wants(self, facts: Facts) -> frozenset[str]:
        """The missing facts on which an undecided comparison hangs."""
        rest = self.rest(facts) if self._cleared else None
        if rest is None:
            return self.facts - facts.keys() if self._cleared is None or self._stated(facts) else NO_NAMES
        return frozenset(name for names in rest for name in names)

    def rest(self, facts: Facts) -> Rest | None:
        """The sum with the known *facts* put in; ``None``: a figure is not in force, or a divisor is 0."""
        if self._cleared is None:
            return None
        terms, divisors = self._cleared
        values: dict[str, Number] = {}
        for name in {name for names in terms for name in names} | divisors:
            value = self._value(name, facts)
            if value is None and name in self._scope.parameters:
                return None
            if value is not None and (name not in divisors or value > 0):
                values[name] = value
            elif value is not None:
                return None
        return _put_in(terms, values)

    def by_fractions(self, facts: Facts) -> bool | None:
        """What the two sides, each reckoned out as a fraction, give; ``None`` where a fact is missing."""
        left, right = (side.exact(facts) for side in self._sides)
        if left is None or right is None:
            return None
        a, b = Fraction(*left), Fraction(*right)
        return compare_spans(self.node.relation, (a, a), (b, b))

    def solved(self, facts: Facts, name: str) -> int | None:
        """The whole number that *name* must be to lie exactly on the line; ``None`` where none does."""
        rest = self.rest({n: v for n, v in facts.items() if n != name})
        if rest is None or any(names not in {(), (name,)} for names in rest) or (name,) not in rest:
            return None
        root = Fraction(-rest.get((), 0)) / Fraction(rest[(name,)])
        return int(root) if root.denominator == 1 else None

    def multiplied(self, facts: Facts) -> bool:
        """Whether missing facts are multiplied by one another: then ``wants`` may name one too many."""
        return any(len(names) > 1 for names in self.rest(facts) or ())

    def turns(self, facts: Facts, name: str) -> list[int] | None:
        """Where the comparison may turn as *name* alone varies: the whole numbers at and beside each point.

        ``None`` where that cannot be said, as another fact is missing.
        """
        if name not in self.facts:
            return []
        if self._cleared is None:
            return None
        rest = self.rest({n: v for n, v in facts.items() if n != name})
        if rest is None:
            return []
        if any(other != name for names in rest for other in names):
            return None
        factors = [Fraction(rest.get((name,) * power, 0)) for power in range(3)]
        return sorted({point + step for point in _roots(*factors) for step in (-1, 0, 1, 2)})

    def _stated(self, facts: Facts) -> bool:
        """Whether every figure that the comparison names is, or may still come to be, in force."""
        terms, _ = self._cleared or ({}, NO_NAMES)
        parameters = self._scope.parameters
        return all(
            self._value(name, facts) is not None or parameters[name].by not in {"", *facts}
            for names in terms
            for name in names
            if name in parameters
        )

    def _value(self, name: str, facts: Facts) -> Number | None:
        parameter = self._scope.parameters.get(name)
        if parameter is None or parameter.everywhere:
            return None if facts.get(name) is None else int(facts[name])
        place = facts.get(parameter.by) if parameter.by else ""
        if place is None:
            return None
        figure = parameter.in_force(int(facts.get(YEAR, 0)), str(place), str(facts.get(TODAY, "")))
        return None if figure is None else Fraction(*figure)

    def _range(self, rest: Rest) -> Span:
        names = {name for term in rest for name in term}
        spans = {name: span_of_field(self._scope.fields[name]) for name in names}
        squared = {name for term in rest for name in term if term.count(name) > 1}
        closed = sorted(name for name, span in spans.items() if span[1] < inf and name not in squared)
        ranges = []
        for ends in product(*(spans[name] for name in closed)):
            there = _put_in(rest, {n: int(end) for n, end in zip(closed, ends, strict=True)})
            ranges.append(_range_upward(_shifted(there, spans)))
        return min(low for low, _ in ranges), max(high for _, high in ranges)


def _range_upward(shifted: Rest) -> Span:
    """The lowest and highest of a sum whose names are all whole numbers from 0 upward."""
    start = shifted.get((), 0)
    factors = [factor for names, factor in shifted.items() if names]
    return (
        -inf if any(factor < 0 for factor in factors) else start,
        inf if any(factor > 0 for factor in factors) else start,
    )


def _put_in(terms: Rest, values: Mapping[str, Number]) -> Rest:
    """*terms* with *values* in place of their names; nothing of what cancels out is left."""
    total: dict[Monomial, Number] = {}
    for names, factor in terms.items():
        left = tuple(name for name in names if name not in values)
        for name in names:
            factor *= values.get(name, 1)  # noqa: PLW2901 — the factor of this term alone
        total[left] = total.get(left, 0) + factor
    return {names: factor for names, factor in total.items() if factor}


def _shifted(terms: Rest, spans: Mapping[str, Span]) -> Rest:
    """*terms* with each name counted from its least."""
    total: dict[Monomial, Number] = {}
    for names, factor in terms.items():
        for kept in product((True, False), repeat=len(names)):
            left = tuple(n for n, keep in zip(names, kept, strict=True) if keep)
            part = factor
            for name, keep in zip(names, kept, strict=True):
                part *= 1 if keep else int(spans[name][0])
            total[left] = total.get(left, 0) + part
    return {names: factor for names, factor in total.items() if factor}


def _never_zero(rest: Rest) -> bool:
    """Whether no whole numbers make *rest* zero, as its factors have a divisor that its constant has not."""
    scale = lcm(*(factor.denominator for factor in rest.values()))
    common = gcd(*(int(factor * scale) for names, factor in rest.items() if names))
    return common > 0 and int(rest.get((), 0) * scale) % common != 0


def _roots(constant: Fraction, slope: Fraction, bend: Fraction) -> Iterator[int]:
    """The whole numbers around each point where constant + slope x + bend x² is zero."""
    if not bend:
        if slope:
            yield floor(-constant / slope)
        return
    scale = lcm(constant.denominator, slope.denominator, bend.denominator)
    inside = int((slope * slope - 4 * bend * constant) * scale * scale)
    if inside >= 0:
        for width in (-isqrt(inside), isqrt(inside)):
            point = floor((width - slope * scale) / (2 * bend * scale))
            yield from (point - 1, point, point + 1)
