"""Arithmetic over facts, exact: every quantity is a pair (numerator, denominator), money in fen.

Nothing is ever rounded here; two quotients are compared by cross-multiplication. Dates count as days.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from assistcli.errors import DataRejectedError
from assistcli.money import parse_yuan
from assistcli.policy.expression import Arithmetic, ExpressionError, Literal, Name, Node
from assistcli.policy.kleene import Facts, Truth
from assistcli.policy.scope import TODAY, YEAR, Parameter, Ratio, Scope, find_field
from assistcli.policy.span import ANYTHING, Span, hull, joint_span, span_of_field

TruthMaker = Callable[[Node, Scope], Truth]

UNIT_OF_KIND = {"money": "money", "count": "number", "year": "number", "yesno": "yesno", "date": "date"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a case: its exact value (``None``: a fact is missing), and its bounds meanwhile."""

    exact: Callable[[Facts], Ratio | None]
    span: Callable[[Facts], Span]


def unit_of(node: Node, scope: Scope) -> str:
    """Unit of *node*: money, number, date, text, yesno; ``plain`` for a bare number of any unit."""
    match node:
        case Literal(_, number):
            return "plain" if number else "text"
        case Name(text) if text in scope.formulas:
            if text not in scope.units:
                units = {unit_of(value, scope) for _, value in scope.every_row(text)}
                scope.units[text] = _one_unit(units, node.column)
            return scope.units[text]
        case Name(text) if text in scope.parameters:
            return scope.parameters[text].unit
        case Name():
            return UNIT_OF_KIND.get(find_field(node, scope).kind, "text")
        case Arithmetic("+" | "-", left, right):
            return _one_unit({unit_of(left, scope), unit_of(right, scope)}, node.column)
        case Arithmetic("*" | "/", left, right):
            return _product_unit(unit_of(left, scope), unit_of(right, scope), node.sign, node.column)
    raise ExpressionError("这里应是金额或数字", getattr(node, "column", 1))


def _one_unit(units: set[str], column: int) -> str:
    real = units - {"plain"}
    if len(real) > 1:
        raise ExpressionError("单位不同，不能相加减", column)
    return real.pop() if real else "plain"


def _product_unit(left: str, right: str, sign: str, column: int) -> str:
    if {left, right} & {"text", "yesno", "date"}:
        raise ExpressionError("文字、日期和是非不能乘除", column)
    if sign == "*" and left == right == "money":
        raise ExpressionError("金额不能乘以金额", column)
    if left == "money" or (right == "money" and sign == "*"):
        return "number" if left == right else "money"
    if right == "money":
        raise ExpressionError("数字不能除以金额", column)
    return "plain" if left == right == "plain" else "number"


def make_quantity(node: Node, scope: Scope, unit: str, truth_of: TruthMaker) -> Quantity:
    """The quantity that *node* states, bare numbers read in *unit* (money: yuan, kept as fen).

    *truth_of* compiles what the rows of a formula apply to, conditions that may hold quantities again.
    """
    match node:
        case Literal(value):
            return _constant(literal_ratio(str(value), node, unit))
        case Name(text) if text in scope.formulas:
            return _formula(text, scope, unit, truth_of)
        case Name(text) if text in scope.parameters:
            return _parameter(scope.parameters[text])
        case Name():
            return _fact_quantity(node, scope)
        case Arithmetic():
            return _arithmetic(node, scope, unit, truth_of)
    raise ExpressionError("这里应是金额或数字", getattr(node, "column", 1))


def literal_ratio(text: str, node: Literal, unit: str) -> Ratio:
    """The number *text* in *unit*: yuan as fen, a date as a day.

    Raises:
        ExpressionError: it is none.
    """
    try:
        if unit == "date":
            return date.fromisoformat(text).toordinal(), 1
        if node.number:
            return (parse_yuan(text), 1) if unit == "money" else Decimal(text).as_integer_ratio()
    except (ValueError, DataRejectedError) as error:
        shown = str(error) if unit == "money" else f"「{text}」不是日期，应写成 2018-08-31 的样子"
        raise ExpressionError(shown, node.column, text) from None
    raise ExpressionError(f"「{text}」不是数字", node.column, text)


def _constant(ratio: Ratio) -> Quantity:
    fraction = Fraction(*ratio)
    return Quantity(lambda _facts: ratio, lambda _facts: (fraction, fraction))


def _spanned(exact: Callable[[Facts], Ratio | None], fallback: Span) -> Quantity:
    def span(facts: Facts) -> Span:
        value = exact(facts)
        return fallback if value is None else (Fraction(*value), Fraction(*value))

    return Quantity(exact, span)


def _fact_quantity(node: Name, scope: Scope) -> Quantity:
    field, name = find_field(node, scope), node.text

    def number(facts: Facts) -> Ratio | None:
        value = facts.get(name)
        return None if value is None else (int(value), 1)

    def day(facts: Facts) -> Ratio | None:
        value = facts.get(name)
        return None if value is None else (date.fromisoformat(str(value)).toordinal(), 1)

    return _spanned(day if field.kind == "date" else number, span_of_field(field))


def _parameter(parameter: Parameter) -> Quantity:
    """The figure in force on the day of the check; none before the first one, or for a place not listed."""

    def figure(facts: Facts) -> Ratio | None:
        year, place = facts.get(YEAR), facts.get(parameter.by) if parameter.by else ""
        if year is None or place is None:
            return None
        return parameter.in_force(int(year), str(place), str(facts.get(TODAY, "")))

    values = [Fraction(*known.value) for known in parameter.figures]
    ever = (min(values), max(values)) if values else ANYTHING

    def span(facts: Facts) -> Span:
        value = figure(facts)
        if value is not None:
            return Fraction(*value), Fraction(*value)
        return ANYTHING if YEAR in facts else ever  # of a figure not in force nothing is known

    return Quantity(figure, span)


def _formula(name: str, scope: Scope, unit: str, truth_of: TruthMaker) -> Quantity:
    rows = [
        (truth_of(when, scope).sure if when else None, make_quantity(value, scope, unit, truth_of))
        for when, value in scope.rows(name)
    ]

    def reachable(facts: Facts) -> Iterator[tuple[bool, Quantity]]:
        for when, value in rows:
            holds = when(facts) if when else True
            if holds is not False:
                yield bool(holds), value
            if holds:
                return

    def exact(facts: Facts) -> Ratio | None:
        for certain, value in reachable(facts):
            return value.exact(facts) if certain else None
        return None

    def span(facts: Facts) -> Span:
        found = list(reachable(facts))
        return hull([value.span(facts) for _, value in found]) if found and found[-1][0] else ANYTHING

    return rows[0][1] if rows[0][0] is None else Quantity(exact, span)


def _arithmetic(node: Arithmetic, scope: Scope, unit: str, truth_of: TruthMaker) -> Quantity:
    product, sign = node.sign in "*/", node.sign
    left, right = (
        make_quantity(side, scope, unit_of(side, scope) if product else unit, truth_of)
        for side in (node.left, node.right)
    )
    combine, scale = COMBINE[sign], 1
    if product and unit == "money" and unit_of(node, scope) == "plain":
        scale = 100  # a product of bare numbers that stands for yuan

    def exact(facts: Facts) -> Ratio | None:
        a = left.exact(facts)
        b = None if a is None else right.exact(facts)
        result = None if a is None or b is None else combine(a, b)
        return result if result is None or scale == 1 else (result[0] * scale, result[1])

    def span(facts: Facts) -> Span:
        if (value := exact(facts)) is not None:
            return Fraction(*value), Fraction(*value)
        low, high = joint_span(sign, left.span(facts), right.span(facts))
        return low * scale, high * scale

    return Quantity(exact, span)


def _add(a: Ratio, b: Ratio) -> Ratio:
    return a[0] * b[1] + b[0] * a[1], a[1] * b[1]


def _subtract(a: Ratio, b: Ratio) -> Ratio:
    return a[0] * b[1] - b[0] * a[1], a[1] * b[1]


def _multiply(a: Ratio, b: Ratio) -> Ratio:
    return a[0] * b[0], a[1] * b[1]


def _divide(a: Ratio, b: Ratio) -> Ratio | None:
    """*a* ÷ *b* with a positive denominator; a division by zero is unknown, never a verdict."""
    if b[0] == 0:
        return None
    sign = 1 if b[0] > 0 else -1
    return sign * a[0] * b[1], sign * a[1] * b[0]


COMBINE: dict[str, Callable[[Ratio, Ratio], Ratio | None]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
}
