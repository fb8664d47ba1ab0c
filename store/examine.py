"""A look at every byte of the journal that goes on behind damage: sound lines, and flaws."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from store.layer import Place
from store.line import START, digest_of, is_sound, load_line, prev_of
from store.manifest import Manifest, Segment, segment_path
from store.segment import Chain, Line, Position, last_commit, named_records, numbered
from store.tail import find_damage

UNSOUND = "这一行的内容与校验不符"
LOOSE = "这一行与上一行接不上：中间缺行、多行，或次序被改"
FOREIGN = "这一行不是日志内容"
NO_HEADER = "日志开头的说明行已损坏"
NO_FILE = "日志文件不见了"
SIZE = "日志长度与清单不符"
MISSING = "缺少记录"


class Flaw(NamedTuple):
    """One spot of a segment that is not as it was written."""

    path: Path
    line: int | None  # counted from 1
    place: Place
    reason: str
    records: tuple[str, ...] = ()
    sequence: int | None = None  # number of the line, where it can still be read


class Extent(NamedTuple):
    """How much of the newest segment counts, and what stands behind it."""

    end: int
    torn: int


def examine_journal(folder: Path, manifest: Manifest) -> Iterator[Line | Flaw]:
    """Every line of archive and log in order, and every flaw where it stands."""
    chain = Chain(Position(0, 0, 0, 0, START))
    for segment in manifest.segments:
        path = segment_path(folder, segment.number)
        if not path.exists():
            chain.loosen()
            yield Flaw(path, None, Place(segment.number, 0, 0), NO_FILE)
            continue
        end = path.stat().st_size
        if segment.size is None:
            end = find_extent(path).end
        elif segment.size != end:
            yield Flaw(path, None, Place(segment.number, min(end, segment.size), 0), SIZE)
        yield from _examine(path, segment, chain, end)


def find_extent(path: Path) -> Extent:
    """Where the newest segment ends: an unfinished write behind it does not count, damage does."""
    size, end = path.stat().st_size, _end_of(path)
    with path.open("rb") as file:
        file.seek(end.offset)
        damaged = find_damage(file.read(), end) is not None
    return Extent(size, 0) if damaged else Extent(end.offset, size - end.offset)


def _end_of(path: Path) -> Position:
    """The position behind a segment's last commit, or behind its header."""
    end = last_commit(path, Position(0, 0, 0, 0, START))
    if end.offset:
        return end
    with path.open("rb") as file:
        header = file.readline(1 << 12)
    members = load_line(header) if is_sound(header) else {}
    if "segment" not in members:
        return end
    sequence, transaction = members["first"] - 1, members.get("transaction", 1) - 1
    return Position(0, len(header), sequence, transaction, digest_of(header))


def _examine(path: Path, segment: Segment, chain: Chain, end: int) -> Iterator[Line | Flaw]:
    """Lines and flaws of one segment."""
    number, offset, bad = 1, 0, 0
    with path.open("rb") as file:
        while offset < end:
            raw = file.readline()[: end - offset]
            place = Place(segment.number, offset, len(raw))
            before = chain.sequence
            for item in _judge(path, segment, chain, place, raw, number):
                if isinstance(item, Line) and chain.sequence > before + 1 + bad and "gap" not in item.members:
                    yield Flaw(
                        path, number, place._replace(length=0), _missing(before + 1, chain.sequence - 1)
                    )
                bad = 0 if isinstance(item, Line) else bad + 1
                yield item
            offset, number = offset + len(raw), number + 1
    if offset == 0:
        yield Flaw(path, 1, Place(segment.number, 0, 0), NO_HEADER)


def _judge(
    path: Path, segment: Segment, chain: Chain, place: Place, raw: bytes, number: int
) -> Iterator[Line | Flaw]:
    """What one line is."""
    members = load_line(raw) if is_sound(raw) else None
    if place.offset == 0 and (members is None or "segment" in members):
        yield from _enter(path, segment, chain, place, raw if members else b"")
        return
    line = chain.next_line(place, raw)
    if line is not None:
        yield line
        return
    names, sequence = tuple(named_records(raw)), numbered(raw)
    if members is None or "seq" not in members:
        chain.loosen()
        yield Flaw(path, number, place, UNSOUND if raw.startswith(b'{"seq"') else FOREIGN, names, sequence)
        return
    yield Flaw(path, number, place, LOOSE, names, sequence)
    chain.resume(Line(place, raw, members))
    yield Line(place, raw, members)


def _enter(path: Path, segment: Segment, chain: Chain, place: Place, raw: bytes) -> Iterator[Flaw]:
    """Flaws of a segment's header; the chain goes on behind it."""
    members = load_line(raw) if raw else {}
    first = members.get("first", 0)
    if members.get("segment") != segment.number or not first:
        chain.loosen()
        yield Flaw(path, 1, place, NO_HEADER)
        return
    if chain.head is not None and (prev_of(raw) != chain.head or first != chain.sequence + 1):
        chain.loosen()
        yield Flaw(path, 1, place, LOOSE)
    if first > chain.sequence + 1:
        yield Flaw(path, 1, place._replace(length=0), _missing(chain.sequence + 1, first - 1))
    if chain.head is None:
        chain.left = None
    chain.head, chain.sequence = digest_of(raw), max(first - 1, chain.sequence)


def _missing(first: int, last: int) -> str:
    """How many lines are not there."""
    return f"{MISSING}：第 {first} 到第 {last} 条"
