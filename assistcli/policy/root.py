"""Where a sum of powers of one whole number changes its sign: found by halving from bend to bend."""

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from assistcli.policy.region import power_sum

Factors = Sequence[int]
"""Of the powers 0, 1, 2 …"""


def sign_changes(factors: Factors, start: int, end: int | float) -> set[int]:
    """The numbers from *start* to *end* on both sides of every change of sign of the sum with *factors*."""
    slopes = list(_slopes(factors))
    last = int(end) if end < inf else max([start, *map(_beyond, slopes)])
    stops = {start, last}
    for slope in reversed(slopes[1:]):
        stops |= _changes(slope, stops)
    return _changes(factors, stops) if slopes else set()


def _slopes(factors: Factors) -> list[Factors]:
    """*factors*, those of their slope, of its slope, and so on down to a straight line."""
    found = []
    while len(factors) > 1:
        if factors[-1]:
            found.append(factors)
            factors = [power * factor for power, factor in enumerate(factors)][1:]
        else:
            factors = factors[:-1]
    return found


def _beyond(factors: Factors) -> int:
    """A number beyond which the sum keeps its sign (Cauchy's bound)."""
    return 2 + max(map(abs, factors[:-1])) // abs(factors[-1])


def _changes(factors: Factors, stops: set[int]) -> set[int]:
    """The numbers around each change of sign; from one of *stops* to the next the sum only rises or falls."""
    found: set[int] = set()
    for low, high in pairwise(sorted(stops)):
        before, floor, ceiling = _sign(factors, low), low, high
        while ceiling - floor > 1 and _sign(factors, high) != before:
            middle = (floor + ceiling) // 2
            if _sign(factors, middle) == before:
                floor = middle
            else:
                ceiling = middle
        if _sign(factors, high) != before:
            found |= {floor, ceiling, min(ceiling + 1, high)}
    return found


def _sign(factors: Factors, x: int) -> int:
    value = power_sum(factors, x)
    return (value > 0) - (value < 0)
