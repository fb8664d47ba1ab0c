"""A store at work: random commands, each with what the store must hold before and after it."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from store import journal as journals
from store.backend import Change
from store.backup import make_backup, restore_backup
from store.doctor import check_store
from store.journal import JournalBackend
from store.merge import merge_stores
from store.opening import create_store, open_store
from store.repair import fix_store

KEYS = {"cases": ("student_no", "name"), "contacts": ("case",)}
TABLES = ("cases", "contacts")
State = dict[tuple[str, str], dict[str, Any]]  # (table, id) → document
WRITING = ("add", "edit", "remove", "import", "undo", "compact", "merge")
BESIDE = ("backup", "restore", "fix")


@contextmanager
def thresholds(fold: int, segment: int) -> Iterator[None]:
    """Renew index and segment every few kilobytes, so that a short trial meets it all."""
    real = journals.FOLD_BYTES, journals.SEGMENT_BYTES
    journals.FOLD_BYTES, journals.SEGMENT_BYTES = fold, segment
    try:
        yield
    finally:
        journals.FOLD_BYTES, journals.SEGMENT_BYTES = real


@dataclass(frozen=True, slots=True)
class Command:
    """One command, and the records after it."""

    kind: str
    run: Callable[[], None]
    after: State


class Office:
    """Thinks up commands for one store; *scratch* holds the stores and backups beside it."""

    def __init__(
        self, folder: Path, scratch: Path, chance: random.Random, state: State | None = None, prefix: str = ""
    ) -> None:
        self.folder, self.scratch, self.chance = folder, scratch, chance
        self.state: State = state or {}
        self.undoable: tuple[int, State] | None = None
        self._prefix, self._count = prefix, 0
        if state is None:
            create_store(folder, KEYS).close()

    def open(self) -> JournalBackend:
        """The store, opened as a fresh process would."""
        return open_store(self.folder, KEYS, timeout=0)

    def think(self, kind: str | None = None) -> Command:
        """The next command; what it needs beside the store is there when this returns."""
        self._count += 1
        kind = kind or self.chance.choice(WRITING)
        if kind in {"undo", "compact", "edit", "remove"} and (not self.state or not self.undoable):
            kind = "add"
        if kind == "undo" and self.undoable:
            number, before = self.undoable
            return Command(kind, lambda: self._undo(number), before)
        if kind == "compact":
            return Command(kind, lambda: self._with(lambda store: store.compact(by="李老师")), self.state)
        if kind == "merge":
            return self._merge()
        if kind in BESIDE:
            return self._beside(kind)
        changes = self._changes(kind)
        return Command(kind, lambda: self._commit(changes, kind), self._applied(changes))

    def succeed(self, command: Command) -> None:
        """Take note that a command has been carried out."""
        if command.kind in WRITING:
            newest = None
            if command.kind not in {"compact", "undo"}:
                newest = self._newest()
            self.undoable = (newest, self.state) if newest else None
        self.state = command.after

    def found(self) -> State:
        """What the store holds, by one path, and by the others alike."""
        store = self.open()
        try:
            state = {(table, id): document for table in TABLES for id, document in store.scan(table)}
            for table in TABLES:
                assert store.count(table) == sum(name == table for name, _ in state)
            for (table, id), document in list(state.items())[::7]:
                assert store.get(table, id) == document
                for key in KEYS[table]:
                    assert (id, document) in store.find(table, key, document[key])
            return state
        finally:
            store.close()

    def next_works(self, state: State) -> None:
        """The next command works, and finds everything that was there."""
        document = self._document("cases")
        self._commit([Change(table="cases", id="next", document=document)], "add")
        assert self.found() == {**state, ("cases", "next"): document}

    def inspect(self) -> State:
        """The records, after every check that must pass whatever happened before."""
        state = self.found()
        report = check_store(self.folder)
        assert report.ok, [str(problem) for problem in report.problems]
        temporary = self.folder / "tmp"
        leftovers = list(temporary.iterdir()) if temporary.is_dir() else []
        assert not leftovers, leftovers
        return state

    def _changes(self, kind: str) -> list[Change]:
        """Random changes of the sort that a command makes."""
        chance = self.chance
        known = sorted(self.state)
        if kind == "edit":
            keys = chance.sample(known, min(len(known), chance.randrange(1, 4)))
            return [Change(table=table, id=id, document=self._document(table)) for table, id in keys]
        if kind == "remove":
            table, id = chance.choice(known)
            return [Change(table=table, id=id, document=None)]
        size = chance.choice((20, 100)) if kind == "import" else chance.choice((1, 1, 2))
        return [
            Change(table=table, id=f"{self._prefix}{self._count}-{number}", document=self._document(table))
            for number in range(size)
            for table in [chance.choice(TABLES)]
        ]

    def _document(self, table: str) -> dict[str, Any]:
        """An invented record."""
        chance = self.chance
        if table == "contacts":
            return {"case": str(chance.randrange(50)), "note": "电话回访，" * chance.randrange(1, 30)}
        name = chance.choice("张王李赵") + chance.choice(["三", "小明", "丽华"])
        return {"student_no": str(chance.randrange(10**6)), "name": name, "facts": {"备注": chance.random()}}

    def _applied(self, changes: list[Change]) -> State:
        """The records after some changes."""
        after = dict(self.state)
        for change in changes:
            if change.document is None:
                after.pop((change.table, change.id), None)
            else:
                after[change.table, change.id] = change.document
        return after

    def _with(self, work: Callable[[JournalBackend], object]) -> None:
        """Open the store, work, close."""
        store = self.open()
        try:
            work(store)
        finally:
            store.close()

    def _commit(self, changes: list[Change], kind: str) -> None:
        """Write changes as one command."""
        self._with(lambda store: store.commit(changes, by="李老师", command=kind))

    def _undo(self, number: int) -> None:
        """Undo a command."""
        self._with(lambda store: store.undo(number, by="李老师"))

    def _backup(self, file: Path) -> None:
        """Make a backup."""
        make_backup(self.folder, file, by="李老师", timeout=0)

    def _fix(self) -> None:
        """Repair, although nothing is broken."""
        fix_store(self.folder, by="李老师", timeout=0)

    def _newest(self) -> int:
        """Number of the newest transaction."""
        store = self.open()
        number = next(store.transactions()).number
        store.close()
        return number

    def _merge(self) -> Command:
        """Merge a colleague's store of new records."""
        other = self.scratch / f"other-{self._prefix}{self._count}"
        shutil.rmtree(other, ignore_errors=True)
        changes = self._changes("add")
        theirs = create_store(other, KEYS)
        theirs.commit(changes, by="王老师", command="add")
        theirs.close()

        def run() -> None:
            colleague = open_store(other, KEYS)
            try:
                self._with(lambda store: merge_stores(store, colleague, by="李老师"))
            finally:
                colleague.close()

        return Command("merge", run, self._applied(changes))

    def _beside(self, kind: str) -> Command:
        """A command that leaves the records as they are."""
        file = self.scratch / f"backup-{self._prefix}{self._count}.zip"
        if kind == "backup":
            return Command(kind, partial(self._backup, file), self.state)
        if kind == "fix":
            return Command(kind, self._fix, self.state)
        make_backup(self.folder, file, by="李老师", timeout=0)

        def run() -> None:
            restore_backup(file, self.folder, by="李老师", replace=True, timeout=0)

        return Command(kind, run, self.state)


def dump_state(state: State) -> list[list[Any]]:
    """Records as JSON can hold them."""
    return [[*key, document] for key, document in state.items()]


def load_state(rows: list[list[Any]]) -> State:
    """Records from parsed JSON."""
    return {(table, id): document for table, id, document in rows}
