"""The limits of the hostile files bite: a greedy and an endless reading are stopped."""

import itertools
import sys

import pytest

from tests.intake.limits import within_limits

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limits are Linux's")


def test_a_greedy_reading_is_stopped() -> None:
    with pytest.raises(MemoryError):
        within_limits(lambda: len(bytearray(700 << 20)))


def test_an_endless_reading_is_stopped() -> None:
    with pytest.raises(AssertionError, match="stopped after 1 s"):
        within_limits(lambda: sum(1 for _ in itertools.count()), seconds=1)


def test_what_the_child_found_comes_back() -> None:
    assert within_limits(lambda: "退回") == "退回"
    with pytest.raises(ValueError, match="x"):
        within_limits(lambda: int("x"))
