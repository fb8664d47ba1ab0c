"""The syntax tree of a condition, and the error that says where a condition cannot be read."""

from dataclasses import dataclass


class ExpressionError(Exception):
    """A condition cannot be read; carries the column (1-based) and, where there is one, the odd word."""

    def __init__(self, message: str, column: int, word: str = "") -> None:
        super().__init__(message)
        self.column = column
        self.word = word


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, parameter or formula, by its name; also a bare choice such as 特别困难 beside 为."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A number (exact decimal text), a quoted text, or 是/否."""

    value: str | bool
    number: bool
    column: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """加 减 乘 除以 of two quantities."""

    sign: str
    left: "Node"
    right: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One relation (eq ne lt le gt ge) between two quantities or texts."""

    relation: str
    left: "Node"
    right: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Membership:
    """属于 / 不属于 a list."""

    left: "Node"
    items: tuple["Node", ...]
    inside: bool
    column: int


@dataclass(frozen=True, slots=True)
class Junction:
    """All (且) or any (或) of the parts."""

    every: bool
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """非."""

    part: "Node"


Node = Name | Literal | Arithmetic | Comparison | Membership | Junction | Negation
