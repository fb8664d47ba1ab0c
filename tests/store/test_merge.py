"""Merging two stores: everything comes over, once, and can be taken back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.doctor import check_store
from store.errors import StoreConflictError, StoreError, StoreVersionError
from store.journal import JournalBackend
from store.merge import merge_stores, plan_merge
from store.opening import create_store, open_store
from store.repair import fix_store
from tests.store.conftest import KEYS
from tests.store.samples import damage_line, fixed_clock, journal, put

Pair = tuple[JournalBackend, JournalBackend]


@pytest.fixture
def pair(store: JournalBackend, folder: Path, tmp_path: Path) -> Iterator[Pair]:
    """A store and a colleague's copy of it."""
    put(store, a={"name": "张三", "facts": {"姓名": "张三"}}, b={"name": "李四"})
    shutil.copytree(folder, tmp_path / "copy")
    other = open_store(tmp_path / "copy", KEYS, clock=fixed_clock)
    yield store, other
    other.close()


def records(store: JournalBackend) -> dict[str, object]:
    """All cases."""
    return dict(store.scan("cases"))


def test_new_and_changed_records_come_over(pair: Pair) -> None:
    ours, theirs = pair
    put(ours, a={"name": "张三", "facts": {"姓名": "张三", "民族": "汉族"}})
    put(theirs, c={"name": "王五"}, b={"name": "李四", "n": 1})
    put(theirs, a={"name": "张三丰", "facts": {"姓名": "张三"}})
    done = merge_stores(ours, theirs, by="李老师")
    assert (done.added, done.versions, done.conflicts) == ((("cases", "c"),), 3, ())
    assert set(done.changed) == {("cases", "a"), ("cases", "b")}
    assert records(ours) == {
        "a": {"name": "张三丰", "facts": {"姓名": "张三", "民族": "汉族"}},
        "b": {"name": "李四", "n": 1},
        "c": {"name": "王五"},
    }
    assert [id for id, _ in ours.find("cases", "name", "王五")] == ["c"]
    assert check_store(ours.folder).ok


def test_their_history_comes_with_its_author(pair: Pair) -> None:
    """Every version, with who wrote it first and when; the merge itself has its own author."""
    ours, theirs = pair
    put(theirs, b={"n": 1})
    put(theirs, b={"n": 2})
    merge_stores(ours, theirs, by="王老师")
    entries = list(ours.history("cases", "b"))
    assert [entry.document for entry in entries] == [{"name": "李四"}, {"n": 1}, {"n": 2}]
    assert entries[1].by == "王老师"
    assert entries[1].origin is not None
    assert (entries[1].origin["by"], entries[1].origin["command"]) == ("李老师", "add")


def test_both_ways_give_the_same(pair: Pair) -> None:
    ours, theirs = pair
    put(ours, a={"name": "张三", "facts": {}}, x={})
    put(theirs, b=None, y={"n": 1})
    merge_stores(ours, theirs, by="x")
    merge_stores(theirs, ours, by="x")
    assert records(ours) == records(theirs) == {"a": {"name": "张三", "facts": {}}, "x": {}, "y": {"n": 1}}


def test_second_merge_finds_nothing(pair: Pair) -> None:
    """What came over once does not come again, from either side."""
    ours, theirs = pair
    put(ours, a={"n": 1})
    put(theirs, b={"n": 2})
    merge_stores(ours, theirs, by="x")
    assert merge_stores(ours, theirs, by="x").transaction is None
    merge_stores(theirs, ours, by="x")
    assert plan_merge(ours, theirs).versions == plan_merge(theirs, ours).versions == 0


def test_going_on_after_a_merge(pair: Pair) -> None:
    """What was united once is common ground: only what happened since can clash."""
    ours, theirs = pair
    put(ours, a={"name": "张三", "facts": {"姓名": "张三", "x": 1}})
    put(theirs, a={"name": "张三", "facts": {"姓名": "张三", "y": 1}})
    merge_stores(ours, theirs, by="x")
    put(ours, a={"name": "张三", "facts": {"姓名": "张三", "x": 2, "y": 2}})
    put(theirs, a={"name": "张三", "facts": {"姓名": "张三", "y": 1, "z": 1}})
    assert merge_stores(ours, theirs, by="x").conflicts == ()
    assert records(ours)["a"] == {"name": "张三", "facts": {"姓名": "张三", "x": 2, "y": 2, "z": 1}}


def test_conflict_is_listed_and_nothing_written(pair: Pair) -> None:
    """Path, both values, who and when; until every one is decided the stores stay as they are."""
    ours, theirs = pair
    put(ours, a={"name": "张三", "facts": {"姓名": "张三丰"}}, c={"n": 1})
    put(theirs, a={"name": "张三", "facts": {"姓名": "张山"}}, d={"n": 1})
    (conflict,) = plan_merge(ours, theirs).conflicts
    assert (conflict.table, conflict.id, conflict.path) == ("cases", "a", "facts.姓名")
    assert (conflict.base, conflict.ours, conflict.theirs) == ("张三", "张三丰", "张山")
    assert (conflict.ours_by, conflict.theirs_at) == ("李老师", "2026-03-02T09:30:00+08:00")
    before = records(ours)
    with pytest.raises(StoreConflictError) as caught:
        merge_stores(ours, theirs, by="x")
    assert caught.value.records == (("cases", "a"),)
    assert "facts.姓名" in str(caught.value)
    assert records(ours) == before


@pytest.mark.parametrize(("decision", "name"), [("ours", "张三丰"), ("theirs", "张山")])
def test_person_decides(pair: Pair, decision: str, name: str) -> None:
    """The decision becomes a version of its own, which the other side takes over."""
    ours, theirs = pair
    put(ours, a={"name": "张三", "facts": {"姓名": "张三丰"}})
    put(theirs, a={"name": "张三", "facts": {"姓名": "张山"}})
    merge_stores(ours, theirs, by="x", decisions={("cases", "a", "facts.姓名"): decision})
    assert ours.get("cases", "a") == {"name": "张三", "facts": {"姓名": name}}
    assert merge_stores(theirs, ours, by="x").conflicts == ()
    assert records(ours) == records(theirs)
    documents = [entry.document for entry in ours.history("cases", "a")]
    assert {"name": "张三", "facts": {"姓名": "张山"}} in documents
    assert {"name": "张三", "facts": {"姓名": "张三丰"}} in documents


def test_deletion_against_change_is_a_conflict(pair: Pair) -> None:
    ours, theirs = pair
    put(ours, b=None)
    put(theirs, b={"name": "李四", "n": 1})
    (conflict,) = plan_merge(ours, theirs).conflicts
    assert (conflict.path, conflict.ours, conflict.theirs) == ("", None, {"name": "李四", "n": 1})
    merge_stores(ours, theirs, by="x", decisions={("cases", "b", ""): "theirs"})
    assert ours.get("cases", "b") == {"name": "李四", "n": 1}


def test_undo_takes_the_whole_merge_back_and_it_can_be_made_again(pair: Pair) -> None:
    ours, theirs = pair
    put(ours, a={"n": 0})
    put(theirs, b={"n": 1}, c={"n": 1})
    before = records(ours)
    done = merge_stores(ours, theirs, by="x")
    after = records(ours)
    ours.undo(done.transaction, by="x")
    assert records(ours) == before
    assert merge_stores(ours, theirs, by="x").versions == 2
    assert records(ours) == after


def test_both_deleted(pair: Pair) -> None:
    """Their deletion is a version as well, though nothing is left to delete."""
    ours, theirs = pair
    put(ours, b=None)
    put(theirs, b=None)
    assert merge_stores(ours, theirs, by="x").conflicts == ()
    assert ours.get("cases", "b") is None
    assert ours.count("cases") == 1


def test_stores_without_a_common_past(store: JournalBackend, tmp_path: Path) -> None:
    """Two laptops that began separately: all of both, and the same id twice is compared field by field."""
    other = create_store(tmp_path / "other", KEYS)
    put(store, a={"name": "张三"}, s={"x": 1, "y": 1})
    put(other, b={"name": "李四"}, s={"x": 1, "z": 1})
    merge_stores(store, other, by="x")
    assert records(store) == {"a": {"name": "张三"}, "s": {"x": 1, "y": 1, "z": 1}, "b": {"name": "李四"}}
    other.close()


def test_compaction_is_no_obstacle(pair: Pair) -> None:
    ours, theirs = pair
    put(ours, a={"n": 1})
    put(theirs, b={"n": 2})
    ours.compact(by="x")
    theirs.compact(by="x")
    merge_stores(ours, theirs, by="x")
    assert records(ours) == {"a": {"n": 1}, "b": {"n": 2}}


def test_lost_versions_come_back_from_a_copy(pair: Pair) -> None:
    """A repaired store gets from a colleague what damage took."""
    ours, theirs = pair
    put(ours, c={"n": 1})
    merge_stores(theirs, ours, by="x")
    ours.close()
    damage_line(journal(ours.folder), 4, b'"n":1', b'"n":7')
    fix_store(ours.folder, by="x")
    again = open_store(ours.folder, KEYS)
    assert again.get("cases", "c") is None
    merge_stores(again, theirs, by="x")
    assert again.get("cases", "c") == {"n": 1}
    again.close()


def test_refused_pairs(store: JournalBackend, folder: Path, tmp_path: Path) -> None:
    """A store with itself; documents of another schema."""
    same = open_store(folder)
    with pytest.raises(StoreError, match="自己"):
        plan_merge(store, same)
    newer = create_store(tmp_path / "newer", schema=2)
    with pytest.raises(StoreVersionError):
        merge_stores(store, newer, by="x")
    same.close()
    newer.close()
