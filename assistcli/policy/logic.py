"""Syntax trees compiled to three-valued tests over facts: true, false, or ``None`` where a fact is missing.

Money is integer fen and quotients are compared by cross-multiplication: no threshold is rounded across.
"""

from collections.abc import Callable

from assistcli.fields import Field, nearest_names
from assistcli.policy.expression import (
    Comparison,
    ExpressionError,
    Junction,
    Literal,
    Membership,
    Name,
    Negation,
    Node,
)
from assistcli.policy.quantity import Facts, compile_quantity, unit_of
from assistcli.policy.scope import Scope, find_field
from assistcli.values import Value

Truth = Callable[[Facts], bool | None]


def compile_truth(node: Node, scope: Scope) -> Truth:
    """The three-valued test that *node* states.

    Raises:
        ExpressionError: unknown name, or operands that cannot be compared.
    """
    match node:
        case Junction(every, parts):
            return _junction(every, tuple(compile_truth(part, scope) for part in parts))
        case Negation(part):
            return _negation(compile_truth(part, scope))
        case Comparison():
            return _comparison(node, scope)
        case Membership():
            return _membership(node, scope)
        case Literal(bool() as value, False):
            return _constant(value)
        case Name() if find_field(node, scope).kind == "yesno":
            return _fact(node.text)
    column = getattr(node, "column", 1)
    raise ExpressionError("这里应是能判断是否的条件", column)


def _constant(value: bool) -> Truth:
    return lambda _facts: value


def _fact(name: str) -> Truth:
    return lambda facts: facts.get(name)  # type: ignore[return-value]  # a yesno field holds bool or nothing


def _junction(every: bool, parts: tuple[Truth, ...]) -> Truth:
    def test(facts: Facts) -> bool | None:
        result: bool | None = every
        for part in parts:
            value = part(facts)
            if value is None:
                result = None
            elif value is not every:
                return value
        return result

    return test


def _negation(part: Truth) -> Truth:
    def test(facts: Facts) -> bool | None:
        value = part(facts)
        return None if value is None else not value

    return test


_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "eq": int.__eq__,
    "ne": int.__ne__,
    "lt": int.__lt__,
    "le": int.__le__,
    "gt": int.__gt__,
    "ge": int.__ge__,
}


def _comparison(node: Comparison, scope: Scope) -> Truth:
    unit = unit_of(node.left, scope)
    if unit in {"text", "yesno"}:
        return _text_comparison(node, scope)
    other = unit_of(node.right, scope)
    if unit == "plain":
        unit = other
    if other not in {unit, "plain"}:
        raise ExpressionError("两边的单位不同，不能比较", node.column)
    left, right = compile_quantity(node.left, scope, unit), compile_quantity(node.right, scope, unit)
    compare = _COMPARE[node.relation]

    def test(facts: Facts) -> bool | None:
        a, b = left(facts), right(facts)
        if a is None or b is None:
            return None
        return compare(a[0] * b[1], b[0] * a[1])

    return test


def _text_comparison(node: Comparison, scope: Scope) -> Truth:
    if node.relation not in {"eq", "ne"} or not isinstance(node.left, Name):
        raise ExpressionError("文字只能用 为、不为、属于、不属于 来比较", node.column)
    members = Membership(node.left, (node.right,), node.relation == "eq", node.column)
    return _membership(members, scope)


def _membership(node: Membership, scope: Scope) -> Truth:
    if not isinstance(node.left, Name):
        raise ExpressionError("属于 左边应是字段", node.column)
    name, known = node.left.text, find_field(node.left, scope)
    items = frozenset(_item(item, known) for item in node.items)
    inside = node.inside

    def test(facts: Facts) -> bool | None:
        value = facts.get(name)
        return None if value is None else (value in items) is inside

    return test


def _item(node: Node, field: Field) -> Value:
    """The value that a list entry, or the right side of 为, names for *field*."""
    if isinstance(node, Literal):
        return int(node.value) if node.number else node.value
    if isinstance(node, Name):
        if field.choices and node.text not in field.choices:
            near = nearest_names(node.text, field.choices)
            hint = f"；是不是「{near[0]}」？" if near else ""
            raise ExpressionError(f"「{node.text}」不是「{field.name}」的选项{hint}", node.column, node.text)
        return node.text
    raise ExpressionError("列表里应是选项、文字或数字", 1)
