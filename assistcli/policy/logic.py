"""Syntax trees compiled to three-valued tests over facts: true, false, or ``None`` where a fact is missing.

Money is integer fen and quotients are compared by cross-multiplication: no threshold is rounded across.
"""

from collections.abc import Callable
from dataclasses import dataclass

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
from assistcli.policy.span import compare_spans
from assistcli.values import Value

Test = Callable[[Facts], bool | None]


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition: by Kleene's logic alone, and with the bounds of missing quantities considered."""

    holds: Test
    sure: Test


def compile_truth(node: Node, scope: Scope) -> Truth:
    """The three-valued test that *node* states.

    Raises:
        ExpressionError: unknown name, or operands that cannot be compared.
    """
    match node:
        case Junction(every, parts):
            return _junction(every, [compile_truth(part, scope) for part in parts])
        case Negation(part):
            inner = compile_truth(part, scope)
            return Truth(_negation(inner.holds), _negation(inner.sure))
        case Comparison():
            return _comparison(node, scope)
        case Membership():
            return _membership(node, scope)
        case Literal(bool() as value, False):
            return _same(lambda _facts: value)
        case Name() if find_field(node, scope).kind == "yesno":
            return _same(_fact(node.text))
    column = getattr(node, "column", 1)
    raise ExpressionError("这里应是能判断是否的条件", column)


def _same(test: Test) -> Truth:
    return Truth(test, test)


def _fact(name: str) -> Test:
    return lambda facts: facts.get(name)  # type: ignore[return-value]  # a yesno field holds bool or nothing


def _junction(every: bool, parts: list[Truth]) -> Truth:
    join = _all_of if every else _any_of
    return Truth(join(tuple(p.holds for p in parts)), join(tuple(p.sure for p in parts)))


def _all_of(parts: tuple[Test, ...]) -> Test:
    def test(facts: Facts) -> bool | None:
        result: bool | None = True
        for part in parts:
            value = part(facts)
            if value is None:
                result = None
            elif not value:
                return False
        return result

    return test


def _any_of(parts: tuple[Test, ...]) -> Test:
    def test(facts: Facts) -> bool | None:
        result: bool | None = False
        for part in parts:
            value = part(facts)
            if value:
                return True
            if value is None:
                result = None
        return result

    return test


def _negation(part: Test) -> Test:
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
    if unit in {"text", "yesno"} and not isinstance(node.left, Literal):
        return _text_comparison(node, scope)
    unit = common_unit(unit, unit_of(node.right, scope), node.column)
    left, right = compile_quantity(node.left, scope, unit), compile_quantity(node.right, scope, unit)
    compare, relation = _COMPARE[node.relation], node.relation

    def holds(facts: Facts) -> bool | None:
        a = left.exact(facts)
        b = None if a is None else right.exact(facts)
        return None if a is None or b is None else compare(a[0] * b[1], b[0] * a[1])

    def sure(facts: Facts) -> bool | None:
        known = holds(facts)
        return compare_spans(relation, left.span(facts), right.span(facts)) if known is None else known

    return Truth(holds, sure)


def common_unit(left: str, right: str, column: int) -> str:
    """The unit in which two sides of a comparison are read; a date may be compared with its text."""
    if "date" in {left, right} and {left, right} <= {"date", "text"}:
        return "date"
    if left != right and "plain" not in {left, right}:
        raise ExpressionError("两边的单位不同，不能比较", column)
    return right if left == "plain" else left


def _text_comparison(node: Comparison, scope: Scope) -> Truth:
    if node.relation not in {"eq", "ne"} or not isinstance(node.left, Name):
        raise ExpressionError("文字只能用 为、不为、属于、不属于 来比较", node.column)
    members = Membership(node.left, (node.right,), node.relation == "eq", node.column)
    return _membership(members, scope)


def _membership(node: Membership, scope: Scope) -> Truth:
    if not isinstance(node.left, Name):
        raise ExpressionError("属于 左边应是字段", node.column)
    name, inside = node.left.text, node.inside
    items = member_values(node, scope)

    def test(facts: Facts) -> bool | None:
        value = facts.get(name)
        return None if value is None else (value in items) is inside

    return _same(test)


def member_values(node: Membership, scope: Scope) -> frozenset[Value]:
    """The values that the list of *node* names for its field."""
    known = find_field(node.left, scope) if isinstance(node.left, Name) else None
    return frozenset(_item(item, known) for item in node.items) if known else frozenset()


def _item(node: Node, field: Field) -> Value:
    """The value that a list entry, or the right side of 为, names for *field*."""
    if isinstance(node, Literal) and node.number:
        if "." in str(node.value) or field.kind not in {"count", "year", "text"}:
            raise ExpressionError(f"「{node.value}」不能与「{field.name}」比较", node.column)
        return str(node.value) if field.kind == "text" else int(node.value)
    if isinstance(node, Literal):
        if isinstance(node.value, bool) != (field.kind == "yesno"):
            raise ExpressionError(f"「{field.name}」不能与这个值比较", node.column)
        return node.value
    if isinstance(node, Name):
        if field.choices and node.text not in field.choices:
            near = nearest_names(node.text, field.choices)
            hint = f"；是不是「{near[0]}」？" if near else ""
            raise ExpressionError(f"「{node.text}」不是「{field.name}」的选项{hint}", node.column, node.text)
        return node.text
    raise ExpressionError("列表里应是选项、文字或数字", 1)
