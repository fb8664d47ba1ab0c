"""Rewriting damaged segments: every sound line as it was, a note where lines are lost.

The note (``gap``) says which numbers are missing and which hash the line behind it follows, so the
chain of the lines that are left can still be checked to the byte.
"""

import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from store.files import open_private, write_all
from store.layer import Place
from store.line import START, digest_of, head_after, is_sound, load_line, prev_of, seal_members
from store.manifest import Manifest, Segment
from store.segment import Chain, Line, Position, header_line


class Border(NamedTuple):
    """What the segment behind a mended one expects: its first numbers, and the hash it follows."""

    first: int
    transaction: int
    head: str


class Damaged(NamedTuple):
    """A segment to be mended."""

    path: Path
    segment: Segment
    end: int  # bytes that count
    border: Border | None  # None: nothing follows, or its header is lost as well
    known: Position | None  # how far the journal was acknowledged


class Mender:
    """Writes segment after segment, each following the one before."""

    def __init__(self, manifest: Manifest, by: str, at: str) -> None:
        self._manifest, self._by, self._at = manifest, by, at
        self._chain = Chain(Position(0, 0, 0, 0, START))
        self._target = -1
        self.gaps: list[tuple[int, int]] = []
        self.left_out = 0

    def skip(self, end: Position) -> None:
        """Pass a segment that is sound; *end* is the position behind it."""
        self._chain = Chain(end)

    def mend(self, damaged: Damaged, target: Path) -> Segment:
        """Write a sound version to *target*; returns the segment as it is now."""
        chain, number = self._chain, damaged.segment.number
        first, transaction = chain.sequence + 1, chain.transaction + 1
        self._target = open_private(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        try:
            self._begin(damaged)
            for line in _in_order(damaged):
                self._take(line)
            self._finish(damaged)
            os.fsync(self._target)
            size = os.lseek(self._target, 0, os.SEEK_CUR)
        finally:
            os.close(self._target)
        if damaged.segment.size is None:
            return Segment(number=number, first=first, transaction=transaction)
        return Segment(number=number, first=first, transaction=transaction, size=size, head=chain.head)

    def _begin(self, damaged: Damaged) -> None:
        """The header: the old one if it still fits."""
        chain, number = self._chain, damaged.segment.number
        raw = _first_line(damaged.path)
        members = load_line(raw) if is_sound(raw) else {}
        fits = (number, chain.sequence + 1) == (members.get("segment"), members.get("first"))
        if not fits or prev_of(raw) != chain.head:
            before = Position(number, 0, chain.sequence, chain.transaction, chain.head or START)
            raw, _ = header_line(self._manifest, before, self._at)
        write_all(self._target, raw)
        chain.head, chain.left = digest_of(raw), 0

    def _take(self, line: Line) -> None:
        """Write a line as it was, with a note before it if some are missing."""
        members = line.members
        if members["seq"] <= self._chain.sequence or members["tx"] < self._chain.transaction:
            self.left_out += 1
            return
        if self._chain.next_line(line.place, line.raw) is None:
            self._note(members["seq"] - 1, members["tx"], prev_of(line.raw))
            self._chain.next_line(line.place, line.raw)
        write_all(self._target, line.raw)

    def _finish(self, damaged: Damaged) -> None:
        """Make the end fit what follows, or what was acknowledged."""
        chain, border = self._chain, damaged.border
        if border is not None:
            if (chain.sequence + 1, chain.transaction + 1, chain.head) != border:
                self._note(max(border.first - 1, chain.sequence), border.transaction - 1, border.head)
        elif damaged.segment.size is None:
            last, transaction = _last_numbers(damaged, chain.sequence)
            if last > chain.sequence or chain.left != 0:
                self._note(max(last, chain.sequence), max(transaction, chain.transaction), None)

    def _note(self, last: int, transaction: int, follows: str | None) -> None:
        """Write a note that everything up to number *last* is lost."""
        first = self._chain.sequence + 1
        who = {"at": self._at, "by": self._by, "command": "doctor --fix"}
        members: dict[str, Any] = {"seq": last, "tx": transaction, "left": 0, "gap": first, **who}
        if follows is not None:
            members["next"] = follows
        raw, _ = seal_members(members, self._chain.head or START)
        write_all(self._target, raw)
        self._chain.resume(Line(Place(0, 0, 0), raw, members))
        if last >= first:
            self.gaps.append((first, last))


def border_of(path: Path, segment: Segment) -> Border | None:
    """What a segment expects before it; None if its header is not sound."""
    raw = _first_line(path)
    members = load_line(raw) if is_sound(raw) else {}
    return Border(members["first"], segment.transaction, prev_of(raw)) if "first" in members else None


def _in_order(damaged: Damaged) -> Iterator[Line]:
    """Sound lines by number; of several with one number the one that fits the line before it first."""
    lines = [line for line in _sound_lines(damaged) if line is not None]
    lines.sort(key=lambda line: int(line.members["seq"]))
    head = ""
    for _, group in groupby(lines, key=lambda line: int(line.members["seq"])):
        same = sorted(group, key=lambda line: prev_of(line.raw) != head)
        yield from same
        head = head_after(same[0].raw, same[0].members)


def _sound_lines(damaged: Damaged) -> Iterator[Line | None]:
    """Every line but the header, wherever it stands; None for each that is not sound."""
    left = damaged.end
    if not left:
        return
    with damaged.path.open("rb") as file:
        for raw in file:
            if left <= 0:
                return
            left -= len(raw)
            members = load_line(raw) if is_sound(raw) else None
            if members is None or "seq" in members:
                (members or {}).pop("document", None)  # only numbers are needed from here on
                yield None if members is None else Line(Place(0, 0, len(raw)), raw, members)


def _first_line(path: Path) -> bytes:
    """The first line of a file; empty if there is none."""
    if not path.exists():
        return b""
    with path.open("rb") as file:
        return file.readline(1 << 12)


def _last_numbers(damaged: Damaged, sequence: int) -> tuple[int, int]:
    """The last line and transaction: as acknowledged, else as many as there are damaged lines."""
    if damaged.known:
        return damaged.known.sequence, damaged.known.transaction
    lost = sum(line is None for line in _sound_lines(damaged))
    transactions = [line.members["tx"] for line in _sound_lines(damaged) if line]
    return sequence + lost, max(transactions, default=0) + lost
