"""What the names in a condition mean: facts, parameters and formulas of one pack, under given readings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assistcli.fields import Field
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
from assistcli.policy.packtext import LONGEST_WORD, propose
from assistcli.policy.reading import Combination, Open

Ratio = tuple[int, int]

YEAR, TODAY = "年份", "今天"
BUILT_IN = {
    YEAR: Field(name=YEAR, kind="year", sensitivity="S1", of=frozenset()),
    TODAY: Field(name=TODAY, kind="date", sensitivity="S1", of=frozenset()),
}
"""Facts that no case holds: the notice year of the case, and the day of the check."""

LARGEST_FORMULA = 200
OWN_FACT = "；字段表里没有的，先写成 [[fact]]（assist help 政策包）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value of a parameter (money in fen): from which day on (ISO), for which place if not for all."""

    since: str
    place: str
    value: Ratio

    @property
    def start(self) -> str:
        """From when on, in words: a year, or a day in the middle of one."""
        return f"{self.since[:4]} 年" if self.since.endswith("-01-01") else f"{self.since} "


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A dated figure (参数); ``by`` names the fact that holds the place, where it differs by place."""

    unit: str
    figures: tuple[Figure, ...]
    by: str = ""

    @property
    def everywhere(self) -> bool:
        """Whether one whole figure a year holds for all places: then it stands among the given facts."""
        return not self.by and all(figure.value[1] == 1 for figure in self.figures)

    def in_force(self, year: int, place: str, today: str = "") -> Ratio | None:
        """The figure for *place* on *today* (ISO), kept inside the notice year; its last day without one.

        None before the first figure, or for another place.
        """
        last = f"{year:04}-12-31"
        day = max(f"{year:04}-01-01", min(today or last, last))
        known = [figure for figure in self.figures if figure.since <= day and figure.place == place]
        return max(known, key=lambda figure: figure.since).value if known else None

    def facts(self) -> frozenset[str]:
        """Names of the facts that decide which figure applies."""
        return frozenset({YEAR, self.by} if self.by else {YEAR})


Rows = tuple[tuple[Node | None, Node], ...]
"""Rows of a formula: (when, value); the first row that holds gives the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Facts of the catalogue and of the pack, parameters, and formulas read by one *combination*.

    ``units`` are those of formulas, as far as they were found; they are the same by every combination.
    """

    fields: Mapping[str, Field]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    formulas: Mapping[str, Open[Rows]] = field(default_factory=dict)
    combination: Combination = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def rows(self, name: str) -> Rows:
        """The rows of the formula *name*, under the scope's combination of readings."""
        return self.formulas[name].at(self.combination)

    def every_row(self, name: str) -> Iterator[tuple[Node | None, Node]]:
        """The rows of the formula *name* under every combination."""
        for rows in self.formulas[name].under.values():
            yield from rows

    def names(self) -> list[str]:
        """Every name a condition may use."""
        return [*self.fields, *self.parameters, *self.formulas]


def facts_in(node: Node, scope: Scope) -> frozenset[str]:
    """Names of the facts that *node* looks at, formulas opened."""
    names: set[str] = set()
    for leaf in _leaves(node, scope):
        if leaf.text in scope.parameters:
            names |= scope.parameters[leaf.text].facts()
        elif leaf.text in scope.fields:
            names.add(leaf.text)
    return frozenset(names)


def divisors_in(node: Node) -> Iterator[Node]:
    """Everything that *node* divides by, formulas left closed."""
    for part in _walk(node):
        if isinstance(part, Arithmetic) and part.sign == "/":
            yield part.right


def mentions(node: Node | None, name: str) -> bool:
    """Whether *node* itself names *name*, formulas left closed."""
    return node is not None and any(isinstance(part, Name) and part.text == name for part in _walk(node))


def names_in(node: Node, scope: Scope) -> Iterator[str]:
    """Every name in *node*, those inside its formulas after the formula's own."""
    for part in _walk(node):
        if isinstance(part, Name):
            yield part.text
            if part.text in scope.formulas:
                for piece in _pieces(scope.rows(part.text)):
                    yield from names_in(piece, scope)


def readings_of(node: Node, scope: Scope) -> tuple[str, ...]:
    """Ids of the readings that the formulas in *node* depend on, in order of first use."""
    found: dict[str, None] = {}
    for part in _walk(node):
        if isinstance(part, Name) and part.text in scope.formulas:
            found |= dict.fromkeys(scope.formulas[part.text].readings)
            for piece in _pieces(scope.every_row(part.text)):
                found |= dict.fromkeys(readings_of(piece, scope))
    return tuple(found)


def size_of(node: Node, scope: Scope) -> int:
    """How many parts *node* has, formulas opened under every reading."""
    count = 0
    for part in _walk(node):
        count += 1
        if isinstance(part, Name) and part.text in scope.formulas:
            count += sum(size_of(piece, scope) for piece in _pieces(scope.every_row(part.text)))
    return count


def _pieces(rows: Iterable[tuple[Node | None, Node]]) -> Iterator[Node]:
    return (piece for row in rows for piece in row if piece is not None)


def _leaves(node: Node, scope: Scope) -> Iterator[Name]:
    for part in _walk(node):
        if isinstance(part, Name) and part.text in scope.formulas:
            for piece in _pieces(scope.rows(part.text)):
                yield from _leaves(piece, scope)
        elif isinstance(part, Name):
            yield part


def _walk(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(_parts(part)))


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
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
    from assistcli.policy.advice import advise_on  # only for a name that nothing goes by

    hint = advise_on(node.text) or propose(node.text, scope.names()) or OWN_FACT
    raise ExpressionError(
        f"没有名为「{node.text[:LONGEST_WORD]}」的字段、参数或公式{hint}", node.column, node.text
    )
