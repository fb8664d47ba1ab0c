"""Whole numbers that fulfil several demands at once, searched for region by region.

A demand is a sum of products of facts that must be at least 1. A region is dropped where some demand, or two
of them added up so that a product cancels out, stays below 1 all over it; it is settled where a point of it
fulfils all; else it is halved. Demands whose facts are not multiplied by themselves nor held to one value are
settled in a few regions; to find points on a curve can be as hard as to factor a number, so the search ends.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import gcd, inf, lcm

Number = int | Fraction
Monomial = tuple[str, ...]
Sum = Mapping[Monomial, int]
Ends = tuple[int, int | float]
"""From where to where a fact may go; endless upward where the end is infinite."""

Box = Mapping[str, Ends]

Point = Mapping[str, int]
MOST_REGIONS = 300
FAR = 10**13


def find_point(demands: Sequence[Sum], box: Box) -> tuple[bool | None, Point]:
    """Whether a point of *box* fulfils all *demands*, and one that does; ``None``: the search is given up."""
    waiting = deque([(list(demands), dict(box), 0)])
    for _ in range(MOST_REGIONS):
        if not waiting:
            return False, {}
        left, region, depth = waiting.popleft()
        left = _sharpened(left, region)
        if any(highest(demand, region) < 1 for demand in left) or _exclusive(left, region):
            continue
        if not _capped(left, region):
            continue
        if point := _point_at_edge(left, region):
            return True, point
        waiting.extend((left, half, depth + 1) for half in _halves(left, region, depth))
    return None, {}


def whole(terms: Mapping[Monomial, Number]) -> dict[Monomial, int]:
    """*terms* multiplied so that all factors are whole numbers."""
    scale = lcm(*(factor.denominator for factor in terms.values()))
    return {names: int(factor * scale) for names, factor in terms.items()}


def opposed(terms: Sum, more: int = 0) -> dict[Monomial, int]:
    """*more* less *terms*."""
    return raised({names: -factor for names, factor in terms.items()}, more)


def raised(terms: Sum, more: int) -> dict[Monomial, int]:
    """*terms* and *more*."""
    return {**terms, (): terms.get((), 0) + more}


def value_at(terms: Sum, point: Point) -> int:
    """What *terms* come to at *point*."""
    total = 0
    for names, factor in terms.items():
        for name in names:
            factor *= point[name]  # noqa: PLW2901 — this term alone
        total += factor
    return total


def highest(terms: Sum, region: Box) -> int | float:
    """A bound that *terms* do not exceed anywhere in *region*."""
    tops: dict[Monomial, int | float] = {}
    for names, factor in _from_corner(terms, region).items():
        endless = tuple(name for name in names if region[name][1] == inf)
        top: int | float = factor
        if factor > 0:
            for name in names:
                top *= 1 if name in endless else region[name][1] - region[name][0]
        elif len(endless) < len(names):
            continue
        tops[endless] = tops.get(endless, 0) + top
    ended = tops.pop((), 0)
    return inf if any(top > 0 for top in tops.values()) else ended


def _shared(terms: Sum) -> str:
    """A fact that every one of *terms* is multiplied by; blank for none."""
    return min(set.intersection(*map(set, terms)), default="") if terms else ""


def without(names: Monomial, name: str) -> Monomial:
    """*names* with *name* once less."""
    place = names.index(name)
    return names[:place] + names[place + 1 :]


def _sharpened(demands: Sequence[Sum], region: dict[str, Ends]) -> list[Sum]:
    """*demands* as sharp as whole numbers allow, none twice; of a product also what is multiplied in it."""
    found: list[Sum] = []
    for demand in demands:
        terms = {names: factor for names, factor in demand.items() if factor}
        sharper: list[Sum] = [terms]
        while shared := _shared(terms):
            terms = {without(names, shared): factor for names, factor in terms.items()}
            region[shared] = (max(1, region[shared][0]), region[shared][1])
            sharper = [demand, terms]
        found += [each for each in map(_rounded, sharper) if each not in found and each != {(): 1}]
    return found


def _rounded(terms: Sum) -> Sum:
    """*terms* divided by what all their factors share; whole numbers leave no more of the constant."""
    step = gcd(*(factor for names, factor in terms.items() if names)) or 1
    constant = (terms.get((), 0) - 1) // step + 1
    left = {names: factor // step for names, factor in terms.items() if names}
    return {**left, (): constant} if left else {(): min(constant, 1)}


def _from_corner(terms: Sum, region: Box) -> dict[Monomial, int]:
    """*terms* with every fact counted from its lowest in *region*."""
    total: dict[Monomial, int] = {}
    for names, factor in terms.items():
        for kept in product((True, False), repeat=len(names)):
            left, part = [], factor
            for name, keep in zip(names, kept, strict=True):
                if keep:
                    left.append(name)
                else:
                    part *= region[name][0]
            if part:
                total[tuple(left)] = total.get(tuple(left), 0) + part
    return total


def _exclusive(demands: Sequence[Sum], region: Box) -> bool:
    """Whether two *demands*, added up so that a product cancels out, contradict each other in *region*."""
    widths = {name: (0, end - start) for name, (start, end) in region.items()}
    for a, b in combinations([_from_corner(demand, region) for demand in demands], 2):
        for k, m in {_cancelling(a[names], b[names]) for names in a.keys() & b.keys() if names}:
            added = {names: k * a.get(names, 0) + m * b.get(names, 0) for names in a.keys() | b.keys()}
            if k and highest(added, widths) < k + m:
                return True
    return False


def _cancelling(x: int, y: int) -> tuple[int, int]:
    """How often to take *x* and *y* so that they add up to zero; not at all where both have one sign."""
    step = gcd(x, y)
    return (abs(y) // step, abs(x) // step) if x * y < 0 else (0, 0)


def _capped(demands: Sequence[Sum], region: dict[str, Ends]) -> bool:
    """Whether anything is left of *region* without what lies beyond the reach of some of *demands*."""
    for demand in demands:
        room = highest(demand, region) - 1
        for names, factor in _from_corner(demand, region).items() if room < inf else ():
            if len(names) == 1 and factor < 0:
                start, end = region[names[0]]
                region[names[0]] = (start, min(end, start + int(room) // -factor))
    return all(start <= end for start, end in region.values())


def _point_at_edge(demands: Sequence[Sum], region: Box) -> Point:
    """A point of *region* that fulfils *demands*, all facts but one at an end of theirs; empty for none."""
    return _point_among(demands, region, 3) or _point_among(demands, region, 4)


def _point_among(demands: Sequence[Sum], region: Box, most: int) -> Point:
    """Such a point with at most *most* numbers tried for each end; the far one is the last of them."""
    for name in region:
        others = [other for other in region if other != name]
        for picked in product(*(_ends(*region[other])[:most] for other in others)):
            point = dict(zip(others, picked, strict=True))
            found = _stretch([_put_in(demand, name, point) for demand in demands], region[name])
            if found is not None:
                return {**point, name: found}
    return {}


def _ends(start: int, end: int | float) -> tuple[int, ...]:
    if end == inf:
        return start, start + 1, 8 * start + 7, FAR + start
    return tuple({start: None, int(end): None})


def _put_in(terms: Sum, name: str, point: Point) -> list[int]:
    """Factors of the powers of *name* once all other facts are as at *point*."""
    factors = [0] * (2 + max((names.count(name) for names in terms), default=0))
    for names, factor in terms.items():
        for other in names:
            factor *= 1 if other == name else point[other]  # noqa: PLW2901 — this term alone
        factors[names.count(name)] += factor
    return factors


def _stretch(demands: Sequence[Sequence[int]], span: Ends) -> int | None:
    """A number of *span* that fulfils all *demands* on it; of those with squares only ends are tried."""
    start, end = span
    for constant, slope, *bends in demands:
        if any(bends):
            return next((x for x in _ends(*span) if all(power_sum(d, x) >= 1 for d in demands)), None)
        if slope > 0:
            start = max(start, -((constant - 1) // slope))
        elif slope < 0:
            end = min(end, (constant - 1) // -slope)
        elif constant < 1:
            return None
    return start if start <= end else None


def power_sum(factors: Sequence[int], x: int) -> int:
    """What the powers of *x*, 0, 1, 2 …, times their *factors* come to."""
    value = 0
    for factor in reversed(factors):
        value = value * x + factor
    return value


def _halves(demands: Sequence[Sum], region: Box, depth: int) -> Iterator[dict[str, Ends]]:
    """*region* parted in two along one of the facts that *demands* hang on, each in its turn."""
    names = {name for demand in demands for term in demand for name in term}
    wide = sorted(name for name in names if region[name][0] < region[name][1])
    if wide:
        name = wide[depth % len(wide)]
        start, end = region[name]
        middle = 8 * start if end == inf else (start + int(end)) // 2
        yield {**region, name: (start, middle)}
        yield {**region, name: (middle + 1, end)}
