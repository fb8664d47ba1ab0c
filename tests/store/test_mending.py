"""Mending: order, gaps, and interruptions."""

import errno
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from store.doctor import check_store
from store.errors import StoreError
from store.journal import JournalBackend
from store.repair import fix_store
from tests.endurance.faults import intercepted
from tests.endurance.injections import Failing
from tests.store.samples import damage_line, fix, fixed_clock, journal

Reopen = Callable[[], JournalBackend]


def test_moved_and_repeated_lines_are_put_right_without_loss(segmented: Path, reopen: Reopen) -> None:
    """Order comes from the numbers, merge markers and second copies go."""
    path = journal(segmented, 1)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1:4] = [
        b"<<<<<<< HEAD\n",
        lines[3],
        lines[1],
        b"=======\n",
        lines[1],
        lines[2],
        b">>>>>>> theirs\n",
    ]
    good = sorted(reopen().scan("cases"))
    path.write_bytes(b"".join(lines))
    assert fix(segmented).losses == ()
    assert sorted(reopen().scan("cases")) == good


def test_history_and_undo_go_round_the_gap(segmented: Path, reopen: Reopen) -> None:
    """Versions that are left are shown; what was lost cannot be undone and says so."""
    damage_line(journal(segmented, 2), 2, b'"n":2', b'"n":8')
    fix(segmented)
    again = reopen()
    assert [entry.document for entry in again.history("cases", "a")] == [
        {"name": "张三"},
        {"name": "张三", "n": 3},
    ]
    with pytest.raises(StoreError):
        again.undo(4, by="x")
    assert again.undo(by="x").undoes == 5


def test_repair_that_is_interrupted_anywhere_is_done_again(
    segmented: Path, tmp_path: Path, reopen: Reopen
) -> None:
    """Whichever call fails, the originals are safe and the same command finishes."""
    path = journal(segmented, 1)
    damage_line(path, 4, "王五".encode(), b"xxxxxx")
    damaged, kept = path.read_bytes(), tmp_path / "kept"
    shutil.copytree(segmented, kept)
    fix(segmented)
    expected, calls = dict(reopen().scan("cases")), 0
    while True:
        calls += 1
        shutil.rmtree(segmented)
        shutil.copytree(kept, segmented)
        fault = Failing(calls, errno.EIO, forever=False)
        with suppress(StoreError), intercepted(fault):
            fix_store(segmented, by="x", clock=fixed_clock)
        if not fault.failed:
            break
        assert any(damaged == found.read_bytes() for found in segmented.rglob("000001.jsonl"))
        fix_store(segmented, by="x", clock=fixed_clock)
        assert check_store(segmented).ok
        assert dict(reopen().scan("cases")) == expected
    assert calls > 30
