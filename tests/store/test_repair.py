"""Repair: on a copy, by name, once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import StoreDamagedError, StoreError, StoreLockedError, StoreMissingError
from store.journal import JournalBackend
from store.repair import fix_store
from tests.store.samples import damage_line, fix, journal, put, snapshot

Reopen = Callable[[], JournalBackend]


def test_sound_store_is_left_alone(segmented: Path) -> None:
    done = fix_store(segmented, by="x")
    assert (done.changed, done.losses, done.kept) == (False, (), "")


def test_lost_newest_version_falls_back_and_is_named(segmented: Path, reopen: Reopen) -> None:
    """The record is as before the lost change, and the report says which and since when."""
    path = journal(segmented, 2)
    damaged = path.read_bytes().replace(b'"n":2', b'"n":9', 1)
    path.write_bytes(damaged)
    done = fix(segmented)
    (loss,) = done.losses
    assert loss.record == "cases/a"
    assert "只缺一个旧版本" in loss.message
    assert reopen().get("cases", "a") == {"name": "张三", "n": 3}
    assert (segmented / done.kept / path.name).read_bytes() == damaged


def test_lost_only_version_is_named_as_lost(segmented: Path, reopen: Reopen) -> None:
    path = journal(segmented, 1)
    damage_line(path, 4, "王五".encode(), b"\0\0\0\0\0\0")
    done = fix(segmented)
    assert [(loss.record, "已丢失" in loss.message) for loss in done.losses] == [("cases/c", True)]
    again = reopen()
    assert [id for id, _ in again.scan("cases")] == ["a", "b", "d", "e"]
    assert again.find("cases", "name", "王五") == []


def test_name_that_cannot_be_read_comes_from_the_index(segmented: Path) -> None:
    """The index still knows what stood in the lost bytes."""
    path = journal(segmented, 1)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[3] = b"\0" * len(lines[3])
    path.write_bytes(b"".join(lines))
    assert [loss.record for loss in fix(segmented).losses] == ["cases/c"]


def test_unreadable_name_without_an_index_is_counted(segmented: Path) -> None:
    path = journal(segmented, 1)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[3] = b"?" * 20 + b"\n"
    path.write_bytes(b"".join(lines))
    (segmented / "index.seal").unlink()
    (loss,) = fix(segmented).losses
    assert loss.record == ""
    assert "1 条" in loss.message


@pytest.mark.parametrize("number", [1, 2, 3])
def test_missing_segment(segmented: Path, reopen: Reopen, number: int) -> None:
    """What is left stays usable; what is gone is named by the index."""
    before = dict(reopen().scan("cases"))
    journal(segmented, number).unlink()
    done = fix(segmented)
    after = dict(reopen().scan("cases"))
    changed = {f"cases/{id}" for id in before if before[id] != after.get(id)}
    assert changed <= {loss.record for loss in done.losses} or "" in {loss.record for loss in done.losses}
    put(reopen(), new={})


@pytest.mark.parametrize("lines", [0, 1, 2])
def test_cut_end_is_noted_as_lost(segmented: Path, reopen: Reopen, lines: int) -> None:
    """Numbers go on behind the gap: a lost line's number is never given to another."""
    last = journal(segmented, 3)
    before = list(reopen().history())[-1].sequence
    last.write_bytes(b"".join(last.read_bytes().splitlines(keepends=True)[:lines]))
    assert fix(segmented).losses
    again = reopen()
    put(again, new={})
    assert list(again.history())[-1].sequence == before + 1


def test_lost_manifest_is_made_from_the_segments(segmented: Path, reopen: Reopen) -> None:
    good = list(reopen().scan("cases"))
    (segmented / "store.json").write_bytes(b"")
    assert fix(segmented).losses == ()
    assert list(reopen().scan("cases")) == good
    (segmented / "store.json").unlink()
    assert fix(segmented).losses == ()
    assert list(reopen().scan("cases")) == good


def test_lost_manifest_of_a_compacted_store(segmented: Path, reopen: Reopen) -> None:
    """The archive stays archive."""
    store = reopen()
    store.compact(by="x")
    put(store, e=None)
    good, history = list(store.scan("cases")), len(list(store.history()))
    store.close()
    (segmented / "store.json").unlink()
    assert fix(segmented).losses == ()
    again = reopen()
    assert (list(again.scan("cases")), len(list(again.history()))) == (good, history)


def test_journal_exchanged_for_another_is_accepted_on_request(
    store: JournalBackend, folder: Path, reopen: Reopen
) -> None:
    """Lines that differ from what was acknowledged: refused, until a person says repair."""
    put(store, a={})
    old = journal(folder).read_bytes()
    put(store, b={"x": 1})
    head = (folder / "head.json").read_bytes()
    store.close()
    journal(folder).write_bytes(old)
    (folder / "head.json").unlink()
    other = reopen()
    put(other, c={"y": 1})
    put(other, d={"y": 1})
    other.close()
    (folder / "head.json").write_bytes(head)
    with pytest.raises(StoreDamagedError):
        reopen()
    fix(folder)
    assert reopen().count("cases") == 3


def test_repair_waits_for_writers(store: JournalBackend, folder: Path) -> None:
    with store.transaction(by="李老师", command="y"), pytest.raises(StoreLockedError):
        fix_store(folder, by="x", timeout=0)


def test_original_stays_when_the_copy_is_not_whole(segmented: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing takes the store's place unchecked."""
    damage_line(journal(segmented, 1), 3, "李四".encode(), b"xxxxxx")
    before = snapshot(segmented)
    monkeypatch.setattr("store.mending.Mender._note", lambda *_: None)
    with pytest.raises(StoreError, match="没有改动"):
        fix_store(segmented, by="x")
    after = snapshot(segmented)
    assert all(
        after[path] == text
        for path, text in before.items()
        if path.name not in {"writer.json", "writer.lock"}
    )
    assert list((segmented / "tmp").iterdir()) == []


def test_nothing_left_to_repair(tmp_path: Path, store: JournalBackend, folder: Path) -> None:
    """Neither manifest nor segments: only a backup helps, and that is said."""
    store.close()
    (folder / "store.json").write_bytes(b"x")
    journal(folder).unlink()
    with pytest.raises(StoreDamagedError, match="备份"):
        fix_store(folder, by="x")


def test_no_store_here(tmp_path: Path) -> None:
    """Nothing is left behind where nothing was."""
    with pytest.raises(StoreMissingError):
        fix_store(tmp_path / "nowhere", by="x")
    with pytest.raises(StoreMissingError):
        fix_store(tmp_path, by="x")
    assert list(tmp_path.iterdir()) == []


def test_modes_are_closed(segmented: Path) -> None:
    import os
    import stat

    if os.name == "nt":
        pytest.skip("Windows has no modes")
    journal(segmented).chmod(0o644)
    (segmented / "log").chmod(0o777)
    fix_store(segmented, by="x")
    assert stat.S_IMODE(journal(segmented).stat().st_mode) == 0o600
    assert stat.S_IMODE((segmented / "log").stat().st_mode) == 0o700
