"""A comparison of quantities as a line with facts on either side of it: exact also while facts are missing.

Cleared of fractions a comparison is a sum of products compared with zero. With the known facts put in, what
is left is a sum over the missing ones, each a whole number from its least upward. Without squares and ends
the signs of its factors say what every answer agrees on, however often a fact occurs. Otherwise, and for what
turns it where missing facts are multiplied by one another, points on either side are searched for
(``region``). A search that is given up leaves the comparison open and names every fact in it: never a wrong
answer, perhaps a needless question. ``beyond_reach`` says where that may happen.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from math import inf

from assistcli.policy.crossing import Parting, cells_between, sides_of, turns_on
from assistcli.policy.expression import Comparison
from assistcli.policy.kleene import NO_NAMES, Facts, Test
from assistcli.policy.polynomial import cleared
from assistcli.policy.quantity import Quantity
from assistcli.policy.region import Box, Monomial, Number, whole
from assistcli.policy.remainder import Rest, divided, is_reached, is_straight, put_in, span_of
from assistcli.policy.scope import BUILT_IN, TODAY, YEAR, Scope, facts_in, names_in
from assistcli.policy.span import Span, compare_spans, ends_of_field

MOST_REMEMBERED = 4_096
ZERO: Span = (Fraction(0), Fraction(0))

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
        self._wanted: dict[frozenset[tuple[Monomial, Number]], frozenset[str]] = {}

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
        return whole(found[0]), found[1]

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
        known = compare_spans(self.node.relation, span_of(rest, self._ends), ZERO)
        plain = self.node.relation not in {"eq", "ne"} and is_reached(rest, self._ends)
        return known if known is not None or plain else self._searched(rest)

    def _searched(self, rest: Rest) -> bool | None:
        """What all sides that can be reached agree on."""
        sides, box = sides_of(self.node.relation, rest), self._box(rest)
        reached = {side.holds for side in sides if cells_between([[side]], box) != []}
        return reached.pop() if len(reached) == 1 else None

    def wants(self, facts: Facts) -> frozenset[str]:
        """The missing facts on which an undecided comparison hangs."""
        rest = self.rest(facts) if self._cleared else None
        if rest is None:
            return self.facts - facts.keys() if self._cleared is None or self._stated(facts) else NO_NAMES
        names = frozenset([name for term in rest for name in term])
        if is_straight(rest) and all(self._ends[name][1] == inf for name in names):
            return names
        key = frozenset(rest.items())
        if key not in self._wanted:
            if len(self._wanted) >= MOST_REMEMBERED:
                self._wanted.clear()
            self._wanted[key] = self._turning(rest, names)
        return self._wanted[key]

    def _turning(self, rest: Rest, names: frozenset[str]) -> frozenset[str]:
        """The facts of *rest* that alone lead from a side that holds to one that does not."""
        box, found, results = self._box(rest), [], []
        for side in sides_of(self.node.relation, rest):
            cells = cells_between([[side]], box)
            if cells is None:
                return names
            found += cells
            results += [side.holds] * len(cells)
        return frozenset(name for name in names if turns_on(name, found, results, box))

    def parting(self, facts: Facts) -> Parting | None:
        """How the comparison parts what the missing quantities may be; ``None`` where that cannot be said."""
        rest = self.rest(facts)
        return None if rest is None else Parting(self._box(rest), sides_of(self.node.relation, rest))

    def _box(self, rest: Rest) -> Box:
        return {name: self._ends[name] for name in sorted({name for term in rest for name in term})}

    @cached_property
    def _ends(self) -> Box:
        fields = self._scope.fields
        return {name: ends_of_field(fields[name]) for name in self._looked_at if name in fields}

    @cached_property
    def _looked_at(self) -> frozenset[str]:
        terms, divisors = self._cleared or ({}, NO_NAMES)
        return divisors.union(*terms)

    def rest(self, facts: Facts) -> Rest | None:
        """The sum with the known *facts* put in; ``None``: a figure is not in force, or a divisor is 0."""
        if self._cleared is None:
            return None
        terms, divisors = self._cleared
        values: dict[str, Number] = {}
        for name in self._looked_at:
            value = self._value(name, facts)
            if value is not None and (name not in divisors or value > 0):
                values[name] = value
            elif value is not None or name in self._scope.parameters:
                return None
        return divided(put_in(terms, values), self._ends)

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

    @property
    def beyond_reach(self) -> bool:
        """Whether a search among missing facts may be given up: then ``wants`` may name one too many."""
        if self._cleared is None:
            return len(self.facts) > 1
        terms = [[name for name in names if name in self._scope.fields] for names in self._cleared[0]]
        held = self.node.relation in {"eq", "ne"} and any(len(names) > 1 for names in terms)
        return held or any(len(names) > len(set(names)) for names in terms)

    def turns(self, facts: Facts, name: str) -> list[int] | None:
        """Numbers on every side of each point where the comparison turns as *name* alone varies.

        ``None`` where that cannot be said, as another fact is missing.
        """
        from assistcli.policy.root import sign_changes  # only where numbers are tried

        if name not in self.facts:
            return []
        if self._cleared is None:
            return None
        rest = self.rest({n: v for n, v in facts.items() if n != name})
        if rest is None:
            return []
        if any(other != name for names in rest for other in names):
            return None
        powers, terms = max(map(len, rest), default=0), whole(rest)
        factors = [terms.get((name,) * power, 0) for power in range(powers + 1)]
        return sorted(sign_changes(factors, *self._ends[name]))

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
            return facts.get(name)  # type: ignore[return-value]  # a quantity is a whole number
        place = facts.get(parameter.by) if parameter.by else ""
        if place is None:
            return None
        figure = parameter.in_force(int(facts.get(YEAR, 0)), str(place), str(facts.get(TODAY, "")))
        return None if figure is None else Fraction(*figure)
