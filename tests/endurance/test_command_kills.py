"""A short run of the kills over whole commands (``python -m tests.endurance.command_kills`` runs 2,000)."""

import sys

import pytest

from tests.endurance.command_kills import play


@pytest.mark.skipif(sys.platform == "win32", reason="kills need fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_kill_leaves_the_store_before_or_after() -> None:
    """60 kills: nothing acknowledged is lost, nothing halved, damaged or left over."""
    tally = play(60, seed=20130506)
    assert tally.kills == 60
    assert tally.clean, tally
