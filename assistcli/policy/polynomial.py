"""Comparisons cleared of fractions: whole numbers multiplied and added, compared with zero.

``(收入 减 学费) 除以 12 除以 人口 低于 收入线`` becomes ``收入 - 学费 - 12 × 收入线 × 人口 < 0``: exact, and
several times quicker than fractions. Denominators may be positive figures and counts of at least one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assistcli.policy.expression import Arithmetic, Comparison, Literal, Name, Node
from assistcli.policy.kleene import Facts, Test
from assistcli.policy.quantity import literal_ratio, unit_of
from assistcli.policy.region import Monomial, Number, whole, without
from assistcli.policy.scope import Scope

Sum = Mapping[Monomial, Number]

ONE: Sum = {(): 1}
WHOLE_KINDS = frozenset({"money", "count", "year"})
MOST_TERMS = 20


@dataclass(frozen=True, slots=True)
class _Ratio:
    above: Sum
    below: Sum


Compare = Callable[[int, int], bool]


def compile_cleared(node: Comparison, scope: Scope, unit: str, compare: Compare) -> Test | None:
    """The comparison *node* cleared of fractions; ``None`` where it cannot be."""
    found = cleared(node, scope, unit)
    difference, divisors = found or ({}, frozenset())
    if not difference or max(map(len, difference)) > 2 or not _whole(difference, scope):
        return None
    terms = whole(difference)
    if not divisors and sorted(terms.values()) == [-1, 1] and all(len(names) == 1 for names in terms):
        (name,), (other,) = sorted(terms, key=lambda names: -terms[names])
        return _plain(name, other, compare)
    return _evaluator(terms, divisors, compare)


def cleared(node: Comparison, scope: Scope, unit: str) -> tuple[Sum, frozenset[str]] | None:
    """Left less right of *node* as one sum, and the names it was multiplied by; ``None``: it cannot be."""
    a, b = _clear(node.left, scope, unit), _clear(node.right, scope, unit)
    if a is None or b is None:
        return None
    difference = _add(_times(a.above, b.below), _times(b.above, a.below), -1)
    divisors = frozenset(name for part in (a.below, b.below) for names in part for name in names)
    difference = _divided(difference, divisors)
    return (difference, divisors) if len(difference) <= MOST_TERMS else None


def _divided(terms: Sum, divisors: frozenset[str]) -> Sum:
    """*terms* without those of the positive *divisors* that all of them share."""
    for name in divisors:
        while terms and all(name in names for names in terms):
            terms = {without(names, name): factor for names, factor in terms.items()}
    return terms


def _whole(terms: Sum, scope: Scope) -> bool:
    """Whether every figure in *terms* is a whole number for all places, found among the facts."""
    return all(
        scope.parameters[name].everywhere for names in terms for name in names if name in scope.parameters
    )


def _evaluator(terms: Mapping[Monomial, int], divisors: frozenset[str], compare: Compare) -> Test:
    constant = terms.get((), 0)
    single = tuple((factor, names[0]) for names, factor in terms.items() if len(names) == 1)
    double = tuple((factor, *names) for names, factor in terms.items() if len(names) == 2)
    guarded = tuple(divisors)

    def test(facts: Facts) -> bool | None:
        total = constant
        try:
            for factor, name in single:
                total += factor * facts[name]  # type: ignore[operator]  # only whole-number facts come here
            for factor, name, other in double:
                total += factor * facts[name] * facts[other]  # type: ignore[operator]
            for name in guarded:
                if facts[name] <= 0:  # type: ignore[operator]
                    return None
        except KeyError:
            return None
        return compare(total, 0)

    return test


def _plain(name: str, other: str, compare: Compare) -> Test:
    def test(facts: Facts) -> bool | None:
        try:
            return compare(facts[name], facts[other])  # type: ignore[arg-type]  # whole numbers, both
        except KeyError:
            return None

    return test


def _clear(node: Node, scope: Scope, unit: str) -> _Ratio | None:
    match node:
        case Literal(value, True):
            above, below = literal_ratio(str(value), node, unit)
            return _Ratio({(): above if below == 1 else Fraction(above, below)}, ONE)
        case Name(text) if text in scope.formulas:
            rows = scope.rows(text)
            return _clear(rows[0][1], scope, unit) if rows[0][0] is None else None
        case Name(text) if text in scope.parameters:
            return _Ratio({(text,): 1}, ONE)
        case Name(text) if text in scope.fields and scope.fields[text].kind in WHOLE_KINDS:
            return _Ratio({(text,): 1}, ONE)
        case Arithmetic():
            return _clear_arithmetic(node, scope, unit)
    return None


def _clear_arithmetic(node: Arithmetic, scope: Scope, unit: str) -> _Ratio | None:
    product = node.sign in "*/"
    if product and unit == "money" and unit_of(node, scope) == "plain":
        yuan = _clear_arithmetic(node, scope, "plain")
        return yuan and _Ratio(_times(yuan.above, {(): 100}), yuan.below)
    a = _clear(node.left, scope, unit_of(node.left, scope) if product else unit)
    b = _clear(node.right, scope, unit_of(node.right, scope) if product else unit)
    if a is None or b is None:
        return None
    if node.sign == "*":
        return _Ratio(_times(a.above, b.above), _times(a.below, b.below))
    if node.sign == "/":
        below = _times(a.below, b.above)
        return _Ratio(_times(a.above, b.below), below) if _positive(b.above, scope) else None
    sign = 1 if node.sign == "+" else -1
    return _Ratio(_add(_times(a.above, b.below), _times(b.above, a.below), sign), _times(a.below, b.below))


def _positive(divisor: Sum, scope: Scope) -> bool:
    """Whether *divisor* is one positive figure, or a count of at least one times it."""
    if len(divisor) != 1:
        return False
    names, factor = next(iter(divisor.items()))
    return factor > 0 and all(_always_positive(name, scope) for name in names)


def _always_positive(name: str, scope: Scope) -> bool:
    if name in scope.parameters:
        return all(figure.value[0] > 0 for figure in scope.parameters[name].figures)
    return scope.fields[name].least > 0


def _times(a: Sum, b: Sum) -> Sum:
    product: dict[Monomial, Number] = {}
    for names, factor in a.items():
        for others, other in b.items():
            key = tuple(sorted(names + others))
            product[key] = product.get(key, 0) + factor * other
    return product


def _add(a: Sum, b: Sum, sign: int) -> Sum:
    total = dict(a)
    for names, factor in b.items():
        total[names] = total.get(names, 0) + sign * factor
    return {names: factor for names, factor in total.items() if factor}
