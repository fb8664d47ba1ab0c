"""A short round of each trial; ``python -m tests.endurance`` runs the long ones."""

from pathlib import Path

from tests.endurance import damage, injections, kills, merges, power, tampering, writers

SEED = 20260302


def test_kills(tmp_path: Path) -> None:
    """Killed at any moment: before or after, nothing acknowledged lost, nothing left lying about."""
    assert "0 lost" in kills.run(10, SEED, tmp_path)


def test_failing_calls(tmp_path: Path) -> None:
    """Any call may fail: a clear error, the store whole, the next command works."""
    assert injections.run(144, SEED, tmp_path).startswith("144 faults")


def test_power_cuts(tmp_path: Path) -> None:
    """Unsynced writes lost in any order: what was acknowledged is there, whatever became of the index."""
    assert power.run(80, SEED, tmp_path).startswith("80 images")


def test_damaged_files(tmp_path: Path) -> None:
    """Never read as empty, never overwritten, named, repaired on a copy."""
    assert damage.run(60, SEED, tmp_path).startswith("60 damaged files")


def test_many_writers(tmp_path: Path) -> None:
    """Every append of every process is there."""
    assert "60 of them there" in writers.run(1, SEED, tmp_path, processes=4, appends=15)


def test_merges(tmp_path: Path) -> None:
    """A+B = B+A, nothing lost, undo exact."""
    assert "merges both ways" in merges.run(20, SEED, tmp_path)


def test_tampering(tmp_path: Path) -> None:
    """Every edit to history is found."""
    assert "all found" in tampering.run(40, SEED, tmp_path)
