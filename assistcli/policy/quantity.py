"""Arithmetic over facts, exact: every quantity is a pair (numerator, denominator), money in fen.

Nothing is ever rounded here; two quotients are compared by cross-multiplication.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from assistcli.money import parse_yuan
from assistcli.policy.expression import Arithmetic, ExpressionError, Literal, Name, Node
from assistcli.policy.scope import Ratio, Scope, find_field
from assistcli.values import Value

Facts = Mapping[str, Value]
Quantity = Callable[[Facts], Ratio | None]

UNIT_OF_KIND = {"money": "money", "count": "number", "year": "number", "yesno": "yesno"}


def unit_of(node: Node, scope: Scope) -> str:
    """Unit of *node*: money, number, text, yesno; ``plain`` for a bare number that takes its neighbour's."""
    match node:
        case Literal(_, number):
            return "plain" if number else "text"
        case Name(text) if text in scope.formulas:
            return unit_of(scope.formulas[text], scope)
        case Name(text) if text in scope.parameters:
            return scope.parameters[text][1]
        case Name():
            return UNIT_OF_KIND.get(find_field(node, scope).kind, "text")
        case Arithmetic("+" | "-", left, right):
            return _joint_unit(unit_of(left, scope), unit_of(right, scope), node.column)
        case Arithmetic("*" | "/", left, right):
            return _product_unit(unit_of(left, scope), unit_of(right, scope), node.sign, node.column)
    raise ExpressionError("这里应是金额或数字", getattr(node, "column", 1))


def _joint_unit(left: str, right: str, column: int) -> str:
    if left in {"plain", right}:
        return right
    if right == "plain":
        return left
    raise ExpressionError("单位不同，不能相加减", column)


def _product_unit(left: str, right: str, sign: str, column: int) -> str:
    if {left, right} & {"text", "yesno"}:
        raise ExpressionError("文字和是非不能乘除", column)
    if sign == "*" and left == right == "money":
        raise ExpressionError("金额不能乘以金额", column)
    if left == "money" or (right == "money" and sign == "*"):
        return "number" if left == right else "money"
    if right == "money":
        raise ExpressionError("数字不能除以金额", column)
    return "plain" if left == right == "plain" else "number"


def compile_quantity(node: Node, scope: Scope, unit: str) -> Quantity:
    """The quantity that *node* states, bare numbers read in *unit* (money: yuan, kept as fen)."""
    match node:
        case Literal(value, True):
            ratio = _literal_ratio(str(value), unit)
            return lambda _facts: ratio
        case Name(text) if text in scope.formulas:
            return compile_quantity(scope.formulas[text], scope, unit)
        case Name(text) if text in scope.parameters:
            constant = scope.parameters[text][0]
            return lambda _facts: constant
        case Name(text):
            return _fact_quantity(text)
        case Arithmetic():
            return _arithmetic(node, scope, unit)
    raise ExpressionError("这里应是金额或数字", getattr(node, "column", 1))


def _literal_ratio(text: str, unit: str) -> Ratio:
    if unit == "money":
        return parse_yuan(text), 1
    return Decimal(text).as_integer_ratio()


def _fact_quantity(name: str) -> Quantity:
    def quantity(facts: Facts) -> Ratio | None:
        value = facts.get(name)
        return None if value is None else (int(value), 1)

    return quantity


def _arithmetic(node: Arithmetic, scope: Scope, unit: str) -> Quantity:
    product = node.sign in "*/"
    left_unit = unit_of(node.left, scope) if product else unit
    left = compile_quantity(node.left, scope, left_unit)
    right = compile_quantity(node.right, scope, unit_of(node.right, scope) if product else unit)
    combine = _COMBINE[node.sign]
    if product and unit == "money" and unit_of(node, scope) == "plain":
        combine = _in_fen(combine)

    def quantity(facts: Facts) -> Ratio | None:
        a, b = left(facts), right(facts)
        return None if a is None or b is None else combine(a, b)

    return quantity


def _in_fen(combine: Callable[[Ratio, Ratio], Ratio | None]) -> Callable[[Ratio, Ratio], Ratio | None]:
    """As *combine*, for a product of bare numbers that stands for yuan."""

    def scaled(a: Ratio, b: Ratio) -> Ratio | None:
        result = combine(a, b)
        return None if result is None else (result[0] * 100, result[1])

    return scaled


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


_COMBINE: dict[str, Callable[[Ratio, Ratio], Ratio | None]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
}
