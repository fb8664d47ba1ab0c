"""Merging a colleague's store into ours: versions unite, clashes are for a person to decide.

A version is the same wherever it went: it keeps the hash of the line that it was first written as.
So whatever one side has and the other lacks can be told without asking which store was copied when.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from store.backend import Document
from store.draft import DraftTransaction
from store.errors import StoreConflictError, StoreError, StoreVersionError
from store.journal import JournalBackend
from store.line import DIGEST
from store.sides import COMMAND, Event, Key, Side, common_prefix, entry_or_none, last_author, side_since
from store.threeway import Clash, merge_documents

OURS, THEIRS = "ours", "theirs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One field that both changed differently, with who changed it last and when."""

    table: str
    id: str
    path: str  # dotted, e.g. facts.姓名; empty: one side deleted what the other changed
    base: Any
    ours: Any
    theirs: Any
    ours_by: str
    ours_at: str
    theirs_by: str
    theirs_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What a merge does, or did once it has a transaction."""

    added: tuple[Key, ...]
    changed: tuple[Key, ...]
    versions: int  # lines of history that come over
    conflicts: tuple[Conflict, ...]
    transaction: int | None = None  # None: nothing written


Decisions = Mapping[tuple[str, str, str], str]  # (table, id, path) → "ours" or "theirs"


def plan_merge(ours: JournalBackend, theirs: JournalBackend) -> Merge:
    """What merging would do; writes nothing."""
    return _Merging(ours, theirs, {}).run(None)


def merge_stores(
    ours: JournalBackend, theirs: JournalBackend, *, by: str, decisions: Decisions | None = None
) -> Merge:
    """Bring every version of *theirs* into *ours* as one transaction that undo reverses.

    StoreConflictError, and nothing written, while a conflict is not decided.
    """
    with ours.drafting(by=by, command=COMMAND) as draft:
        merge = _Merging(ours, theirs, decisions or {}).run(draft)
        if merge.conflicts:
            raise _undecided(merge.conflicts)
    return replace(merge, transaction=draft.number)


class _Merging:
    """One merge under way."""

    def __init__(self, ours: JournalBackend, theirs: JournalBackend, decisions: Decisions) -> None:
        _require_mergeable(ours, theirs)
        mine, yours = ours.ledger(), theirs.ledger()
        fork = common_prefix(mine, yours)
        self._fork = fork
        self._ours, self._theirs = side_since(mine, fork), side_since(yours, fork)
        self._decisions = decisions
        self._conflicts: list[Conflict] = []

    def run(self, draft: DraftTransaction | None) -> Merge:
        """Go through every record that they have a version of which we lack."""
        added: list[Key] = []
        changed: list[Key] = []
        versions = 0
        for key, yours in self._theirs.events.items():
            mine = self._ours.events.get(key, [])
            known = {event.digest for event in mine}
            new = [event for event in yours if event.digest not in known]
            if not new:
                continue
            before = self._document(self._ours, key, mine)
            after = self._merged(key, mine, yours, before)
            if before != after:
                (added if before is None else changed).append(key)
            versions += len(new)
            if draft is not None and not self._conflicts:
                self._write(draft, key, new, after)
        return Merge(
            added=tuple(added), changed=tuple(changed), versions=versions, conflicts=tuple(self._conflicts)
        )

    def _merged(
        self, key: Key, mine: list[Event], yours: list[Event], ours: Document | None
    ) -> Document | None:
        """The record with both sides' changes."""
        theirs = self._theirs.ledger.entry(yours[-1].sequence).document
        known = {event.digest for event in yours}
        if all(event.digest in known for event in mine):
            return theirs
        bases = self._bases(key, mine, yours)
        return merge_documents(bases, ours, theirs, lambda clash: self._choose(key, clash, mine, yours))

    def _bases(self, key: Key, mine: list[Event], yours: list[Event]) -> list[Document | None]:
        """The last version that both know, as each side has it; usually one and the same."""
        common = {event.digest for event in mine} & {event.digest for event in yours}
        if not common:
            return [self._document(self._theirs, key, [], before=yours[0])]
        sides = ((self._ours, mine), (self._theirs, yours))
        last = {
            event.digest: side.ledger.entry(event.sequence).document
            for side, events in sides
            for event in [next(event for event in reversed(events) if event.digest in common)]
        }
        return [last[digest] for digest in sorted(last)]

    def _document(
        self, side: Side, key: Key, events: list[Event], before: Event | None = None
    ) -> Document | None:
        """The newest document of a side, or the one from before the two parted."""
        if events:
            return side.ledger.entry(events[-1].sequence).document
        first = before or self._theirs.events[key][0]
        entry = entry_or_none(self._theirs.ledger, first.sequence)
        while entry is not None and entry.sequence > self._fork:
            entry = entry_or_none(self._theirs.ledger, entry.before)
        return entry.document if entry else None

    def _choose(self, key: Key, clash: Clash, mine: list[Event], yours: list[Event]) -> Any:
        """What a person decided, else note the conflict."""
        decision = self._decisions.get((*key, clash.path))
        if decision == THEIRS:
            return clash.theirs
        if decision != OURS:
            ours_by, ours_at = last_author(self._ours, mine, clash.path)
            theirs_by, theirs_at = last_author(self._theirs, yours, clash.path)
            self._conflicts.append(
                Conflict(
                    table=key[0],
                    id=key[1],
                    path=clash.path,
                    base=clash.base,
                    ours=clash.ours,
                    theirs=clash.theirs,
                    ours_by=ours_by,
                    ours_at=ours_at,
                    theirs_by=theirs_by,
                    theirs_at=theirs_at,
                )
            )
        return clash.ours

    def _write(
        self,
        draft: DraftTransaction,
        key: Key,
        new: list[Event],
        after: Document | None,
    ) -> None:
        """Their versions in order, then the merged one if it is none of them."""
        document = None
        for event in new:
            entry = self._theirs.ledger.entry(event.sequence)
            origin = entry.origin or {"by": entry.by, "at": entry.at, "command": entry.command}
            document = entry.document
            draft.add(*key, document, origin={**origin, "digest": event.digest})
        if document != after:
            mine = self._ours.events.get(key, [])
            digest = _merged_digest(mine, self._theirs.events[key], after)
            draft.add(*key, after, origin={"digest": digest})


def _merged_digest(mine: list[Event], yours: list[Event], document: Document | None) -> str:
    """Identity of a merged version: the same on whichever side it is made."""
    parents = sorted(events[-1].digest if events else "" for events in (mine, yours))
    text = json.dumps([parents, document], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:DIGEST]


def _require_mergeable(ours: JournalBackend, theirs: JournalBackend) -> None:
    """StoreError for a store with itself, or of another schema."""
    if ours.folder.resolve() == theirs.folder.resolve():
        raise StoreError("不能把数据文件夹与它自己合并", where=str(ours.folder))
    mine, yours = ours.ledger().manifest.schema, theirs.ledger().manifest.schema
    if mine != yours:
        raise StoreVersionError(
            "两个数据文件夹的版本不同，没有合并",
            where=f"{theirs.folder}，版本 {yours}，本数据文件夹为 {mine}",
            advice="请先用同一版本的程序打开（升级）两个数据文件夹。",
            found=yours,
            known=mine,
        )


def _undecided(conflicts: tuple[Conflict, ...]) -> StoreConflictError:
    """The error that names what a person has to decide."""
    records = tuple(dict.fromkeys((conflict.table, conflict.id) for conflict in conflicts))
    names = [f"{conflict.table}/{conflict.id} {conflict.path or '整条记录'}" for conflict in conflicts]
    return StoreConflictError(
        f"有 {len(conflicts)} 处两边改得不一样，没有合并",
        where="、".join(names[:5]) + ("……" if len(names) > 5 else ""),
        advice="请逐处决定取哪一边，再合并。",
        records=records,
    )
