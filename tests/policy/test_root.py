"""Every change of sign is between two of the numbers returned."""

from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from assistcli.policy.root import sign_changes


def sign_at(factors: list[int], x: int) -> int:
    value: int = sum(factor * x**power for power, factor in enumerate(factors))
    return (value > 0) - (value < 0)


@settings(max_examples=300, deadline=None)
@given(
    factors=st.lists(st.integers(-60, 60), max_size=6),
    start=st.integers(0, 3),
    end=st.one_of(st.just(inf), st.integers(4, 60)),
)
def test_between_two_numbers_the_sign_stays(factors: list[int], start: int, end: int | float) -> None:
    """Tried at every number up to a hundred, beyond which these sums keep their sign."""
    found = sign_changes(factors, start, end)
    last = min(end, 100)
    signs = {x: sign_at(factors, x) for x in range(start, int(last) + 1)}
    for x in range(start, int(last)):
        if signs[x] != signs[x + 1]:
            assert {x, x + 1} <= found


def test_a_cubic_turns_where_it_does() -> None:
    """n³ < 30 holds for three people, not for four."""
    assert {3, 4} <= sign_changes([-30, 0, 0, 1], 1, inf)


def test_large_amounts_are_found_by_halving() -> None:
    assert 10**14 in sign_changes([-(10**14), 1], 0, inf)
