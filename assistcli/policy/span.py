"""Bounds of a quantity while facts are missing: what it can be at least and at most.

Bounds are exact fractions or infinite; a bound that is only approached counts as reached, so nothing is
called certain that is not.
"""

from fractions import Fraction
from math import inf

from assistcli.fields import Field

Bound = Fraction | float
"""A fraction, or plus or minus infinity; never a finite float."""

Span = tuple[Bound, Bound]

ANYTHING: Span = (-inf, inf)
FIRST_YEAR, LAST_YEAR = Fraction(1900), Fraction(2999)


def span_of_field(field: Field) -> Span:
    """What a missing answer to *field* may be: money is never negative, a count is at least its least."""
    if field.kind == "money":
        return Fraction(0), inf
    if field.kind == "count":
        return Fraction(field.least), inf
    return (FIRST_YEAR, LAST_YEAR) if field.kind == "year" else ANYTHING


def ends_of_field(field: Field) -> tuple[int, int | float]:
    """The least and the most whole number that a missing answer to the quantity *field* may be."""
    start, end = span_of_field(field)
    return int(start), int(end) if isinstance(end, Fraction) else end


def joint_span(sign: str, a: Span, b: Span) -> Span:
    """Bounds of *a* and *b* combined by ``+ - * /``."""
    if sign == "+":
        return a[0] + b[0], a[1] + b[1]
    if sign == "-":
        return a[0] - b[1], a[1] - b[0]
    if sign == "*":
        return _product(a, b)
    if b[0] <= 0 <= b[1]:
        return ANYTHING
    return _product(a, (_inverse(b[1]), _inverse(b[0])))


def _product(a: Span, b: Span) -> Span:
    corners = [_times(x, y) for x in a for y in b]
    return min(corners), max(corners)


def _times(x: Bound, y: Bound) -> Bound:
    return Fraction(0) if x == 0 or y == 0 else x * y


def _inverse(bound: Bound) -> Fraction:
    return 1 / bound if isinstance(bound, Fraction) else Fraction(0)


def hull(spans: list[Span]) -> Span:
    """The smallest span that holds all *spans*."""
    return min(span[0] for span in spans), max(span[1] for span in spans)


def compare_spans(relation: str, a: Span, b: Span) -> bool | None:
    """Whether every value of *a* stands in *relation* (lt le gt ge eq ne) to every value of *b*."""
    if relation in {"gt", "ge"}:
        return compare_spans({"gt": "lt", "ge": "le"}[relation], b, a)
    if relation in {"eq", "ne"}:
        apart = a[1] < b[0] or b[1] < a[0]
        same = a[0] == a[1] == b[0] == b[1]
        return (relation == "ne") if apart else (relation == "eq") if same else None
    if a[1] < b[0] or (relation == "le" and a[1] <= b[0]):
        return True
    return False if a[0] > b[1] or (relation == "lt" and a[0] >= b[1]) else None
