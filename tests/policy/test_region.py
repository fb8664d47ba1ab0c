"""A point is found where one fulfils all demands, and none is said to be where there is one."""

from itertools import product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistcli.policy.region import Box, Sum, find_point, value_at

NAMES = ("x", "y", "z")
NUMBERS = (*range(13), 100, 10**5)

factors = st.integers(-9, 9).filter(bool)
products = st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(lambda names: tuple(sorted(names)))
demands = st.lists(st.dictionaries(products, factors, min_size=1, max_size=4), min_size=1, max_size=3)
boxes = st.fixed_dictionaries(
    {name: st.tuples(st.integers(0, 1), st.one_of(st.just(inf), st.integers(1, 20))) for name in NAMES}
)


@settings(max_examples=100, deadline=None)
@given(demands=demands, box=boxes)
def test_a_point_is_found_exactly_where_one_is(demands: list[Sum], box: Box) -> None:
    """Products of two facts, some with an end: the search ends, and what it finds fulfils all."""
    found, point = find_point(demands, box)
    assert found is not None
    if found:
        assert all(value_at(demand, point) >= 1 for demand in demands)
        assert all(start <= point[name] <= end for name, (start, end) in box.items())
    else:
        for picked in product(NUMBERS, repeat=3):
            tried = dict(zip(NAMES, picked, strict=True))
            if all(start <= tried[name] <= end for name, (start, end) in box.items()):
                assert not all(value_at(demand, tried) >= 1 for demand in demands)


ENDLESS: Box = {"x": (0, inf), "y": (0, inf)}


@pytest.mark.parametrize(
    ("demands", "found"),
    [
        ([{("x",): 3, ("y",): 5, (): -6}, {("x",): -3, ("y",): -5, (): 8}], False),  # 3x + 5y = 7
        ([{("x",): 3, ("y",): 5, (): -7}, {("x",): -3, ("y",): -5, (): 9}], True),  # 3x + 5y = 8
        ([{("x",): 1, ("y",): -1}, {("x",): -1, ("y",): 1}], False),  # x > y > x
        ([{("x",): 10, ("y",): -10, (): -2}, {("x",): -10, ("y",): 10, (): 8}], False),  # 3 ≤ 10(x - y) ≤ 7
        ([{("x",): 1, ("y",): -1008000, (): -(10**9)}, {("y",): 1, (): -5000}], True),
        ([{("x", "x"): 1, (): -99}, {("x", "x"): -1, (): 101}], True),  # x² = 100
        ([{("x", "x"): 1, (): -98}, {("x", "x"): -1, (): 100}], False),  # x² = 99
    ],
)
def test_what_is_settled(demands: list[Sum], found: bool) -> None:
    assert find_point(demands, ENDLESS)[0] is found


def test_a_search_that_would_take_too_long_is_given_up() -> None:
    """The least y for which x² = 61y² + 1 has nine digits: nothing is claimed, nobody waits."""
    curve: Sum = {("x", "x"): 1, ("y", "y"): -61}
    over = {names: -factor for names, factor in curve.items()} | {(): 2}
    assert find_point([{**curve, (): 0}, over, {("y",): 1}], ENDLESS)[0] is None
