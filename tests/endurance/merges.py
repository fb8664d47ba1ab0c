"""Merges: A+B = B+A, nothing lost, clashes listed alike from both sides, undo exact."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from store.backend import Change, Document
from store.doctor import check_store
from store.errors import StoreConflictError, StoreError
from store.journal import JournalBackend
from store.merge import Merge, merge_stores, plan_merge
from store.opening import create_store, open_store

KEYS = {"cases": ("student_no",)}
IDS = [f"c{number}" for number in range(6)]
SWAPPED = {"ours": "theirs", "theirs": "ours"}
Decisions = dict[tuple[str, str, str], str]


def run(count: int, seed: int, folder: Path) -> str:
    """Figures of *count* merges, each made both ways."""
    chance = random.Random(seed)  # noqa: S311 — a trial must be repeatable
    done = clashes = undone = 0
    while done < count:
        with _pair(folder, chance) as (ours, theirs):
            for _ in range(chance.randrange(1, 4)):
                trial = Trial(folder, chance, ours, theirs)
                clashes += trial.merge()
                undone += trial.undo_and_repeat() if chance.random() < 0.3 else 0
                if chance.random() < 0.6:
                    trial.take_over()
                done += 1
            assert check_store(ours.folder).ok
    return f"{done} merges both ways, {clashes} with conflicts, {undone} undone and made again"


@contextmanager
def _pair(folder: Path, chance: random.Random) -> Iterator[tuple[JournalBackend, JournalBackend]]:
    """A store and a colleague's: mostly a copy of it, sometimes one of its own."""
    moment = datetime(2026, 3, 2, tzinfo=UTC)

    def clock() -> datetime:
        return moment + timedelta(seconds=chance.randrange(10**6))  # laptops' clocks differ

    for name in ("ours", "theirs"):
        shutil.rmtree(folder / name, ignore_errors=True)
    first = create_store(folder / "ours", KEYS, clock=clock)
    _work(first, chance)
    first.close()
    if chance.random() < 0.85:
        shutil.copytree(folder / "ours", folder / "theirs")
    else:
        create_store(folder / "theirs", KEYS).close()
    stores = [open_store(folder / name, KEYS, clock=clock) for name in ("ours", "theirs")]
    yield stores[0], stores[1]
    for store in stores:
        store.close()


class Trial:
    """One merge of two stores that have both been worked on."""

    def __init__(
        self, folder: Path, chance: random.Random, ours: JournalBackend, theirs: JournalBackend
    ) -> None:
        self.folder, self.chance, self.ours, self.theirs = folder, chance, ours, theirs
        for store in (ours, theirs):
            _work(store, chance)
            if chance.random() < 0.1:
                with suppress(StoreError):
                    store.compact(by="x")
        self.before = _records(ours)
        self.decisions: Decisions = {}

    def merge(self) -> bool:
        """Whether there were clashes; both ways give the same, and nothing is lost."""
        plans = plan_merge(self.ours, self.theirs), plan_merge(self.theirs, self.ours)
        assert _clashes(plans[0]) == _clashes(plans[1], swapped=True)
        paths = [(clash.table, clash.id, clash.path) for clash in plans[0].conflicts]
        self.decisions = {path: self.chance.choice(("ours", "theirs")) for path in paths}
        swapped = {path: SWAPPED[decision] for path, decision in self.decisions.items()}
        if paths:
            self._is_refused_undecided()
        with (
            _copy(self.ours, self.folder / "ours-copy") as ours,
            _copy(self.theirs, self.folder / "theirs-copy") as theirs,
        ):
            merge_stores(theirs, ours, by="y", decisions=swapped)
            versions = _versions(self.ours) | _versions(self.theirs)
            self.number = merge_stores(self.ours, self.theirs, by="x", decisions=self.decisions).transaction
            assert _records(self.ours) == _records(theirs)
            assert versions <= _versions(self.ours)
            assert versions <= _versions(theirs)
            again = plan_merge(self.ours, theirs)
            assert (again.added, again.changed, again.conflicts) == ((), (), ())
        return bool(paths)

    def undo_and_repeat(self) -> bool:
        """Whether there was anything to undo; undo is exact, and the merge can be made again."""
        if self.number is None:
            return False
        merged = _records(self.ours)
        self.ours.undo(self.number, by="x")
        assert _records(self.ours) == self.before
        merge_stores(self.ours, self.theirs, by="x", decisions=self.decisions)
        assert _records(self.ours) == merged
        return True

    def take_over(self) -> None:
        """The colleague takes the result over, without any question."""
        swapped = {path: SWAPPED[decision] for path, decision in self.decisions.items()}
        merge_stores(self.theirs, self.ours, by="y", decisions=swapped)
        assert _records(self.theirs) == _records(self.ours)

    def _is_refused_undecided(self) -> None:
        """While a clash is open, nothing is written."""
        with suppress(StoreConflictError):
            merge_stores(self.ours, self.theirs, by="x")
            raise AssertionError("merged over an open conflict")
        assert _records(self.ours) == self.before


@contextmanager
def _copy(store: JournalBackend, folder: Path) -> Iterator[JournalBackend]:
    """A copy of a store, for a while."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(store.folder, folder)
    copy = open_store(folder, KEYS)
    yield copy
    copy.close()
    shutil.rmtree(folder)


def _work(store: JournalBackend, chance: random.Random) -> None:
    """A few random commands."""
    for _ in range(chance.randrange(4)):
        known = dict(store.scan("cases"))
        changes: dict[str, Document | None] = {}
        for id in chance.sample(IDS, chance.randrange(1, 3)):
            gone = id in known and chance.random() < 0.15
            changes[id] = None if gone else _edited(known.get(id), chance)
        rows = [Change(table="cases", id=id, document=document) for id, document in changes.items()]
        store.commit(rows, by=chance.choice("甲乙"), command="edit")


def _edited(document: Document | None, chance: random.Random) -> Document:
    """A document with one or two fields changed."""
    new: dict[str, Any] = {"student_no": "0", "facts": {}, **(document or {})}
    new["facts"] = dict(new["facts"])
    for _ in range(chance.randrange(1, 3)):
        field = chance.choice(("姓名", "民族", "student_no", "学院"))
        if field == "student_no":
            new[field] = str(chance.randrange(4))
        elif chance.random() < 0.2:
            new["facts"].pop(field, None)
        else:
            new["facts"][field] = chance.randrange(4)
    return new


def _records(store: JournalBackend) -> dict[str, Document]:
    """All records."""
    return dict(store.scan("cases"))


def _versions(store: JournalBackend) -> set[tuple[str, str]]:
    """Every document that ever was, by record."""
    return {(entry.id, repr(_sorted(entry.document))) for entry in store.history() if entry.document}


def _sorted(value: Any) -> Any:
    """The same value, whatever the order of its members."""
    if isinstance(value, dict):
        return sorted((key, _sorted(below)) for key, below in value.items())
    return value


def _clashes(merge: Merge, *, swapped: bool = False) -> set[tuple[str, ...]]:
    """What a merge asks a person, seen from our side."""
    return {
        (
            clash.table,
            clash.id,
            clash.path,
            *map(repr, (clash.theirs, clash.ours) if swapped else (clash.ours, clash.theirs)),
        )
        for clash in merge.conflicts
    }
