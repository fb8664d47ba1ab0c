"""What is left of a comparison once the known facts are put in: a sum over the missing ones."""

from collections.abc import Mapping
from math import inf

from assistcli.policy.region import Box, Monomial, Number, highest, opposed, power_sum, whole
from assistcli.policy.span import Bound, Span

Rest = Mapping[Monomial, Number]
"""A sum over missing facts, in whole numbers as long as no figure in it is a fraction: far quicker."""


def put_in(terms: Rest, values: Mapping[str, Number]) -> Rest:
    """*terms* with *values* in place of their names; nothing of what cancels out is left."""
    total: dict[Monomial, Number] = {}
    for names, factor in terms.items():
        left = names
        for name in names:
            if name in values:
                factor *= values[name]  # noqa: PLW2901 — the factor of this term alone
                left = tuple([n for n in left if n != name])
        total[left] = total.get(left, 0) + factor
    return {names: factor for names, factor in total.items() if factor}


def is_straight(rest: Rest) -> bool:
    """Whether no fact in *rest* is multiplied by one."""
    return max(map(len, rest), default=0) < 2


def divided(rest: Rest, ends: Box) -> Rest:
    """*rest* without what multiplies all of it and is always positive: its sign is the same."""
    for name in () if is_straight(rest) else sorted({name for names in rest for name in names}):
        powers, others = _parted(rest, name)
        if len(powers) > 1 and _is_positive(powers, *ends[name]):
            return divided(others, ends)
    return rest


def _parted(rest: Rest, name: str) -> tuple[list[int], Rest]:
    """Factors of the powers of *name* that multiply all of *rest*, and what they multiply; none if none."""
    by_others: dict[Monomial, dict[int, Number]] = {}
    for names, factor in rest.items():
        others = tuple([n for n in names if n != name])
        by_others.setdefault(others, {})[len(names) - len(others)] = factor
    first, *more = by_others.values()
    degree = max(first)
    if any(first.keys() != powers.keys() for powers in more) or any(
        powers[n] * first[degree] != first[n] * powers[degree] for powers in more for n in first
    ):
        return [], {}
    sign = 1 if first[degree] > 0 else -1
    terms = whole({(name,) * power: sign * factor for power, factor in first.items()})
    return (
        [terms.get((name,) * power, 0) for power in range(degree + 1)],
        {others: powers[degree] for others, powers in by_others.items()},
    )


def _is_positive(powers: list[int], start: int, end: int | float) -> bool:
    """Whether the sum of *powers* is above zero from *start* to *end*."""
    from assistcli.policy.root import sign_changes  # only where facts are multiplied

    return power_sum(powers, start) > 0 and not sign_changes(powers, start, end)


def span_of(rest: Rest, ends: Box) -> Span:
    """The least and the most that *rest* can be; no more than bounds where facts are multiplied."""
    if not is_straight(rest):
        terms = whole(rest)
        return -highest(opposed(terms), ends), highest(terms, ends)
    low: Bound = rest.get((), 0)
    high = low
    for names, factor in rest.items():
        start, end = ends[names[0]] if names else (0, 0)
        low += factor * (start if factor > 0 else end)
        high += factor * (end if factor > 0 else start)
    return low, high


def is_reached(rest: Rest, ends: Box) -> bool:
    """Whether *rest* comes as near to either end of its span as one likes: no square, no end in a product."""
    return is_straight(rest) or all(
        len(names) == len(set(names)) and all(ends[name][1] == inf for name in names) for names in rest
    )
