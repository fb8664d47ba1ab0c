"""The journal as one chain over all segments: forward with every check, backward, and by number."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.backend import Entry, TransactionRecord
from store.errors import StoreDamagedError, StoreMissingError
from store.files import open_private, read_at
from store.layer import Place
from store.line import START, digest_of, is_sound, load_line
from store.manifest import Manifest, Segment, segment_path
from store.segment import Line, Position, behind, damage_at, enter_segment, lines_backward, read_lines

_CHUNK = 1 << 11
_NUMBERS = re.compile(rb'\{"seq":(?P<seq>\d+),"tx":(?P<tx>\d+),"left":(?P<left>\d+),(?P<gap>"gap")?')


class Ledger:
    """The lines of a store up to *end*."""

    def __init__(self, folder: Path, manifest: Manifest, end: Position) -> None:
        self.folder = folder
        self.manifest = manifest
        self.end = end

    def lines(self, position: Position | None = None) -> Iterator[Line]:
        """Every line from a position (None: the very first) to the end, each checked."""
        at = position or Position(0, 0, 0, 0, START)
        for segment in self.manifest.segments:
            if segment.number < at.segment:
                continue
            path = self._path(segment.number)
            if segment.number > at.segment:
                at = enter_segment(path, segment.number, at)
            line = None
            for line in read_lines(path, at, self._size(segment)):
                yield line
            at = behind(line) if line else at

    def versions(self) -> Iterator[Entry]:
        """Every version that is not a repetition, oldest first."""
        return (entry_of(line) for line in self.lines() if not line.members.keys() & {"kept", "gap"})

    def entries(self, transaction: int) -> Iterator[Entry]:
        """The lines of one transaction in order."""
        place = self._first_line("tx", transaction)
        for line in self._lines_from(place):
            if line.members["tx"] != transaction:
                return
            if not line.members.keys() & {"kept", "gap"}:
                yield entry_of(line)

    def entry(self, sequence: int) -> Entry:
        """The version with this sequence number."""
        line = next(self._lines_from(self._first_line("seq", sequence)))
        if line.members.keys() & {"gap", "kept"}:
            raise StoreMissingError("这条历史已经丢失", where=f"第 {sequence} 条")
        return entry_of(line)

    def history(self, table: str, record: str, newest: int) -> list[Entry]:
        """All versions of one record, oldest first, from the newest one's sequence."""
        try:
            versions = [self.entry(newest)]
            while (before := versions[-1].before) is not None:
                versions.append(self.entry(before))
        except StoreMissingError:  # a repair left a gap: look at every line instead
            return [entry for entry in self.versions() if (entry.table, entry.id) == (table, record)]
        return versions[::-1]

    def transactions(self) -> Iterator[TransactionRecord]:
        """Finished transactions, newest first."""
        last: dict[str, Any] = {}
        for transaction, left, members in self._numbers_backward():
            if last and transaction != last["tx"]:
                yield from _records(last)
            last = members or last
            last["size"] = left + 1
        if last:
            yield from _records(last)

    def start_of(self, transaction: int) -> Place:
        """Place of the first line of a transaction."""
        return self._first_line("tx", transaction)

    def read(self, place: Place) -> bytes:
        """The bytes of the line at a place."""
        path = self._path(place.segment)
        descriptor = open_private(path, os.O_RDONLY)
        try:
            return read_at(descriptor, place.offset, place.length)
        finally:
            os.close(descriptor)

    def _numbers_backward(self) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """Transaction and lines to come of every line, last first, with all members of each last one."""
        transaction = 0
        for segment in reversed(self.manifest.segments):
            path = self._path(segment.number)
            for offset, piece in lines_backward(path, 0, self._size(segment)):
                found = _NUMBERS.match(piece)
                ends = found is not None and int(found["tx"]) != transaction
                if (ends or (piece and not found)) and not is_sound(piece + b"\n"):
                    raise damage_at(path, offset, piece)
                if found and not found["gap"]:
                    transaction = int(found["tx"])
                    yield transaction, int(found["left"]), load_line(piece) if ends else {}

    def since(self, sequence: int) -> Iterator[Line]:
        """Every sound line with a higher number."""
        if sequence >= self.end.sequence:
            return
        place = self._locate("seq", sequence + 1)
        yield from self._lines_from(place)
        for segment in self.manifest.segments:
            if segment.number > place.segment:
                yield from self._lines_from(Place(segment.number, 0, 0))

    def digest(self, sequence: int) -> str | None:
        """Hash of the line with this number; None if it was lost."""
        raw = self.read(self._locate("seq", sequence))
        return digest_of(raw) if raw and load_line(raw).get("seq") == sequence else None

    def _first_line(self, member: str, number: int) -> Place:
        """Place of the first line whose *member* is *number*."""
        place = self._locate(member, number)
        if place.length == 0 or load_line(self.read(place)).get(member) != number:
            raise StoreMissingError("没有这条历史", where=f"第 {number} 号")
        return place

    def _locate(self, member: str, number: int) -> Place:
        """Place of the first line whose *member* is at least *number* (both only ever grow)."""
        segment = self._segment_with(member, number)
        path = self._path(segment.number)
        low, high = 0, self._size(segment)
        descriptor = open_private(path, os.O_RDONLY)
        try:
            while low < high:
                middle = (low + high) // 2
                start, raw = _line_behind(descriptor, middle, high)
                if raw and _number(path, start, raw, member) < number:
                    low = start + len(raw)
                else:
                    high = middle
            length = len(_line_at(descriptor, low)) if low < self._size(segment) else 0
            return Place(segment.number, low, length)
        finally:
            os.close(descriptor)

    def _segment_with(self, member: str, number: int) -> Segment:
        """The segment that holds the first line with this number."""
        for segment in reversed(self.manifest.segments):
            if (segment.first if member == "seq" else segment.transaction) <= number:
                return segment
        raise StoreMissingError("没有这条历史", where=f"第 {number} 号")

    def _lines_from(self, place: Place) -> Iterator[Line]:
        """Sound lines of one segment from a place on."""
        path = self._path(place.segment)
        segment = self.manifest.segments[place.segment - self.manifest.segments[0].number]
        end, offset = self._size(segment), place.offset
        with path.open("rb") as file:
            file.seek(offset)
            while offset < end:
                raw = file.readline()
                if not is_sound(raw):
                    raise damage_at(path, offset, raw)
                members = load_line(raw)
                if "seq" in members:
                    yield Line(Place(place.segment, offset, len(raw)), raw, members)
                offset += len(raw)

    def _path(self, number: int) -> Path:
        """The file of a segment, which must be there."""
        path = segment_path(self.folder, number)
        if not path.exists():
            raise StoreDamagedError("日志文件不见了", file=str(path))
        return path

    def _size(self, segment: Segment) -> int:
        """Bytes of a segment that count."""
        return self.end.offset if segment.size is None else segment.size


def entry_of(line: Line) -> Entry:
    """The version that a line holds."""
    members = line.members
    origin = members.get("origin")
    return Entry(
        sequence=members["seq"],
        transaction=members["tx"],
        at=members["at"],
        by=members["by"],
        command=members["command"],
        table=members["table"],
        id=members["id"],
        document=members["document"],
        before=members.get("was"),
        digest=origin["digest"] if origin else digest_of(line.raw),
        origin=origin,
        undoes=members.get("undoes"),
    )


def _records(members: dict[str, Any]) -> Iterator[TransactionRecord]:
    """The transaction whose last line has these members; none for what compaction repeats."""
    if "kept" not in members:
        yield TransactionRecord(
            number=members["tx"],
            at=members["at"],
            by=members["by"],
            command=members["command"],
            size=members["size"],
            undoes=members.get("undoes"),
        )


def _line_behind(descriptor: int, offset: int, high: int) -> tuple[int, bytes]:
    """Start and bytes of the first whole line that starts at or behind *offset*."""
    if offset:
        offset += len(_line_at(descriptor, offset - 1)) - 1
    return (offset, _line_at(descriptor, offset)) if offset < high else (high, b"")


def _line_at(descriptor: int, offset: int) -> bytes:
    """Bytes from *offset* up to and with the next line end."""
    parts: list[bytes] = []
    while part := read_at(descriptor, offset, _CHUNK):
        cut = part.find(b"\n") + 1
        if cut:
            return b"".join((*parts, part[:cut]))
        parts.append(part)
        offset += len(part)
    return b"".join(parts)


def _number(path: Path, offset: int, raw: bytes, member: str) -> int:
    """A number that a line carries; a header comes before every line."""
    if not is_sound(raw):
        raise damage_at(path, offset, raw)
    found = _NUMBERS.match(raw)
    return int(found[member]) if found else 0
