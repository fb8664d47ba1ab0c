"""Syntax trees compiled to three-valued tests over facts: true, false, or ``None`` where a fact is missing.

Money is integer fen and quotients are compared by cross-multiplication: no threshold is rounded across.
"""

import operator
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from assistcli.fields import Field
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
from assistcli.policy.kleene import Facts, Test, Truth, joined, negated, same
from assistcli.policy.line import Line
from assistcli.policy.packtext import propose
from assistcli.policy.polynomial import compile_cleared
from assistcli.policy.quantity import Quantity, make_quantity, unit_of
from assistcli.policy.reading import Open
from assistcli.policy.rowwise import row_by_row
from assistcli.policy.scope import Scope, divisors_in, facts_in, find_field, names_in
from assistcli.values import Value


def compile_truth(node: Node, scope: Scope) -> Truth:
    """The three-valued test that *node* states.

    Raises:
        ExpressionError: unknown name, or operands that cannot be compared.
    """
    match node:
        case Junction(every, parts):
            return joined(every, [compile_truth(part, scope) for part in parts])
        case Negation(part):
            return negated(compile_truth(part, scope))
        case Comparison():
            return _comparison(node, scope)
        case Membership():
            return _membership(node, scope)
        case Literal(bool() as value, False):
            return same(lambda _facts: value)
        case Name() if find_field(node, scope).kind == "yesno":
            return same(_fact(node.text), node.text)
    column = getattr(node, "column", 1)
    raise ExpressionError("这里应是能判断是否的条件", column)


def compile_quantity(node: Node, scope: Scope, unit: str) -> Quantity:
    """The quantity that *node* states, bare numbers read in *unit* (money: yuan, kept as fen)."""
    return make_quantity(node, scope, unit, compile_truth)


def demand_divisors(node: Node, scope: Scope) -> None:
    """Let *node* pass if nothing it divides by may be zero.

    Raises:
        ExpressionError: something may be.
    """
    for divisor in divisors_in(node):
        low, high = compile_quantity(divisor, scope, unit_of(divisor, scope)).span({})
        if low <= 0 <= high:
            raise ExpressionError("除数可能为 0", getattr(divisor, "column", 1))


def _fact(name: str) -> Test:
    return lambda facts: facts.get(name)  # type: ignore[return-value]  # a yesno field holds bool or nothing


_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


def _comparison(node: Comparison, scope: Scope) -> Truth:
    unit = unit_of(node.left, scope)
    if unit in {"text", "yesno"} and not isinstance(node.left, Literal):
        return _text_comparison(node, scope)
    return _compared(node, scope, common_unit(unit, unit_of(node.right, scope), node.column))


def _compared(node: Comparison, scope: Scope, unit: str) -> Truth:
    if name := next((leaf for leaf in names_in(node, scope) if _has_rows(leaf, scope)), ""):
        return _by_row(node, scope, name, unit)
    quick = None if unit == "date" else compile_cleared(node, scope, unit, _COMPARE[node.relation])
    holds = quick or _crossed(node, scope, unit)
    line = Line(node, scope, unit, holds, partial(_sides, node, scope, unit))

    def sure(facts: Facts) -> bool | None:
        known = holds(facts)
        return line.sure(facts) if known is None else known

    alone = frozenset({line})
    return Truth(holds, sure, line.wants, lambda _facts: alone, (line,))


def _crossed(node: Comparison, scope: Scope, unit: str) -> Test:
    left, right = _sides(node, scope, unit)
    compare = _COMPARE[node.relation]

    def test(facts: Facts) -> bool | None:
        a = left.exact(facts)
        b = None if a is None else right.exact(facts)
        return None if a is None or b is None else compare(a[0] * b[1], b[0] * a[1])

    return test


def _sides(node: Comparison, scope: Scope, unit: str) -> tuple[Quantity, Quantity]:
    return compile_quantity(node.left, scope, unit), compile_quantity(node.right, scope, unit)


def _by_row(node: Comparison, scope: Scope, name: str, unit: str) -> Truth:
    """The comparison row by row of the formula *name* in it."""
    rows: list[tuple[Truth | None, Truth]] = []
    names: set[str] = set()
    for when, value in scope.rows(name):
        single = replace(scope, formulas={**scope.formulas, name: Open.settled(((None, value),))})
        rows.append((compile_truth(when, scope) if when else None, _compared(node, single, unit)))
        names |= facts_in(when, scope) if when else set()
    return row_by_row(rows, tuple(sorted(names)))


def _has_rows(name: str, scope: Scope) -> bool:
    return name in scope.formulas and scope.rows(name)[0][0] is not None


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

    return same(test, name)


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
        if field.kind not in {"text", "choice", "month", "phone", "id"}:
            meant = "只能是 是 或 否" if field.kind == "yesno" else "不能与文字比较"
            raise ExpressionError(f"「{field.name}」{meant}，不是「{node.text}」", node.column, node.text)
        if field.choices and node.text not in field.choices:
            hint = propose(node.text, field.choices)
            raise ExpressionError(f"「{node.text}」不是「{field.name}」的选项{hint}", node.column, node.text)
        return node.text
    raise ExpressionError("列表里应是选项、文字或数字", 1)
