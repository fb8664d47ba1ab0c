"""One segment file of the journal: read forward with every check, found backward from its end."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from store.errors import StoreDamagedError
from store.files import open_private, read_at
from store.layer import Place, Slot
from store.line import (
    SUFFIX,
    digest_of,
    ends_with_digest,
    head_after,
    is_sound,
    load_line,
    prev_of,
    seal_members,
)
from store.manifest import Manifest, Segment

_BLOCK = 1 << 16


class Position(NamedTuple):
    """A point between two transactions, and what the next line must follow."""

    segment: int
    offset: int
    sequence: int
    transaction: int
    head: str


class Line(NamedTuple):
    """One sound line: where it stands, its bytes and its members."""

    place: Place
    raw: bytes
    members: dict[str, Any]

    def slot(self) -> tuple[Slot, int]:
        """What the line makes of its record, and how many records that adds."""
        members = self.members
        kept, first = members.get("kept"), members.get("first")
        alive, sequence = members["document"] is not None, kept or members["seq"]
        slot = Slot((first or sequence) if alive else 0, sequence, self.place)
        return slot, alive - (first is not None and not kept)


def header_line(manifest: Manifest, position: Position, at: str) -> tuple[bytes, Position]:
    """First line of a new segment, and the position behind it."""
    members = {
        "journal": manifest.store,
        "schema": manifest.schema,
        "segment": position.segment,
        "first": position.sequence + 1,
        "transaction": position.transaction + 1,
        "at": at,
    }
    raw, digest = seal_members(members, position.head)
    return raw, position._replace(offset=len(raw), head=digest)


def enter_segment(path: Path, number: int, before: Position) -> Position:
    """The position behind a segment's header, which must follow *before*."""
    with path.open("rb") as file:
        raw = file.readline(1 << 12)
    if is_sound(raw):
        members = load_line(raw)
        found = (members.get("segment"), members.get("first"), prev_of(raw))
        if found == (number, before.sequence + 1, before.head):
            return before._replace(segment=number, offset=len(raw), head=digest_of(raw))
    raise StoreDamagedError("日志的开头已损坏", file=str(path), line=1)


def behind_header(path: Path, segment: Segment) -> Position:
    """The position behind a sound segment's header."""
    with path.open("rb") as file:
        raw = file.readline(1 << 12)
    return Position(segment.number, len(raw), segment.first - 1, segment.transaction - 1, digest_of(raw))


def stands_at(path: Path, position: Position) -> bool:
    """Whether the line that ends at a position has the hash it should have."""
    with path.open("rb") as file:
        file.seek(max(0, position.offset - SUFFIX))
        return ends_with_digest(file.read(min(SUFFIX, position.offset)), position.head)


def read_lines(path: Path, position: Position, end: int) -> Iterator[Line]:
    """Every line from a position up to *end*, each checked against the one before it."""
    offset, chain = position.offset, Chain(position)
    with path.open("rb") as file:
        file.seek(offset)
        while offset < end:
            raw = file.readline()
            line = chain.next_line(Place(position.segment, offset, len(raw)), raw)
            if line is None:
                raise damage_at(path, offset, raw)
            yield line
            offset += len(raw)


class Chain:
    """Checks line after line: sound, and following the one before."""

    def __init__(self, position: Position) -> None:
        self.sequence, self.transaction = position.sequence, position.transaction
        self.head: str | None = position.head  # None: the line before is not known
        self.left: int | None = 0  # lines still to come in this transaction; None: not known

    def next_line(self, place: Place, raw: bytes) -> Line | None:
        """The line if it is the right one to come next, else None."""
        if not is_sound(raw) or (self.head is not None and self.head != prev_of(raw)):
            return None
        line = Line(place, raw, load_line(raw))
        if not self._continues(line.members):
            return None
        self.resume(line)
        return line

    def resume(self, line: Line) -> None:
        """Go on behind this line, whatever came before it."""
        members = line.members
        self.sequence, self.transaction = members["seq"], members["tx"]
        self.head = head_after(line.raw, members)
        self.left = None if "gap" in members else members["left"]

    def loosen(self) -> None:
        """Take any later line next: what stands between is not sound."""
        self.head = self.left = None

    def _continues(self, members: dict[str, Any]) -> bool:
        """Whether a line's numbers follow those of the line before it."""
        sequence, transaction = members.get("seq", 0), members.get("tx", 0)
        if self.head is None:
            return bool(sequence > self.sequence)
        if "gap" in members:
            return bool(members["gap"] == self.sequence + 1)
        if sequence != self.sequence + 1:
            return False
        if self.left is None:
            return bool(transaction >= self.transaction)
        if self.left:
            return bool(transaction == self.transaction and members["left"] == self.left - 1)
        return bool(transaction == self.transaction + 1)


def damage_at(path: Path, offset: int, raw: bytes) -> StoreDamagedError:
    """The error that names file, line and, where still readable, the record."""
    return StoreDamagedError(
        "日志里有一行已损坏", file=str(path), line=line_number(path, offset), records=named_records(raw)
    )


def line_number(path: Path, offset: int) -> int:
    """Number of the line that starts at *offset*, counted from 1."""
    count = 1
    with path.open("rb") as file:
        while offset > 0 and (block := file.read(min(_BLOCK, offset))):
            count += block.count(b"\n")
            offset -= len(block)
    return count


def named_records(raw: bytes) -> list[str]:
    """``table/id`` of a damaged line, where that much can still be read."""
    import re

    found = re.search(rb'"table":"([^"]{1,200})","id":"([^"]{1,200})"', raw)
    return [f"{found[1].decode('utf-8', 'replace')}/{found[2].decode('utf-8', 'replace')}"] if found else []


def numbered(raw: bytes) -> int | None:
    """Number of a damaged line, where it can still be read."""
    import re  # only for what is damaged

    found = re.match(rb'\{"seq":(\d{1,15}),', raw)
    return int(found[1]) if found else None


def lines_backward(path: Path, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Offset and bytes of every piece that a newline ends, last first, between two line starts."""
    descriptor = open_private(path, os.O_RDONLY)
    try:
        rest, at = b"", end
        while at > start:
            length = min(_BLOCK, at - start)
            at -= length
            pieces = (read_at(descriptor, at, length) + rest).split(b"\n")
            offset = at + sum(map(len, pieces)) + len(pieces) - 1
            for piece in reversed(pieces[1:]):
                offset -= len(piece)
                yield offset, piece
                offset -= 1
            rest = pieces[0]
        if end > start:
            yield start, rest
    finally:
        os.close(descriptor)


def last_commit(path: Path, start: Position) -> Position:
    """The position behind the last line that ends a transaction; *start* if there is none after it."""
    size = path.stat().st_size
    for offset, piece in lines_backward(path, start.offset, size):
        raw = piece + b"\n"
        if offset + len(raw) <= size and is_sound(raw):
            members = load_line(raw)
            if members.get("left") == 0:
                return behind(Line(Place(start.segment, offset, len(raw)), raw, members))
    return start


def behind(line: Line) -> Position:
    """The position behind a line."""
    place, members = line.place, line.members
    end = place.offset + place.length
    return Position(place.segment, end, members["seq"], members["tx"], head_after(line.raw, members))
