"""What the names in a condition mean: facts, parameters and formulas of one pack."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistcli.fields import Field, nearest_names
from assistcli.policy.expression import (
    Arithmetic,
    Comparison,
    ExpressionError,
    Junction,
    Membership,
    Name,
    Negation,
    Node,
)

Ratio = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Facts of the catalogue and of the pack, parameters as (ratio, unit) with money in fen, formulas."""

    fields: Mapping[str, Field]
    parameters: Mapping[str, tuple[Ratio, str]] = field(default_factory=dict)
    formulas: Mapping[str, Node] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Every name a condition may use."""
        return [*self.fields, *self.parameters, *self.formulas]


def facts_of(node: Node, scope: Scope) -> frozenset[str]:
    """Names of the facts that *node* looks at, formulas opened."""
    if isinstance(node, Name) and node.text not in scope.formulas:
        return frozenset({node.text} & scope.fields.keys())
    return frozenset().union(*(facts_of(part, scope) for part in _parts(node, scope)))


def _parts(node: Node, scope: Scope) -> tuple[Node, ...]:
    match node:
        case Name(text):
            return (scope.formulas[text],)
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return left, right
        case Membership(left) | Negation(left):
            return (left,)
        case Junction(_, parts):
            return parts
    return ()


def find_field(node: Name, scope: Scope) -> Field:
    """The field that *node* names.

    Raises:
        ExpressionError: nothing goes by that name; the message proposes the nearest.
    """
    if node.text in scope.fields:
        return scope.fields[node.text]
    near = nearest_names(node.text, scope.names())
    hint = f"；是不是「{near[0]}」？" if near else ""
    raise ExpressionError(f"没有名为「{node.text}」的字段、参数或公式{hint}", node.column, node.text)
