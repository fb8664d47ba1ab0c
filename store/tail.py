"""Where the journal ends, and whether what stands there is what was last acknowledged."""

import io
from pathlib import Path
from typing import NamedTuple

from store.errors import StoreDamagedError
from store.files import note_file
from store.layer import Place
from store.line import START, is_sound, load_line, seal_members
from store.manifest import NAME, Manifest, read_manifest, segment_path
from store.segment import Chain, Position, damage_at, enter_segment, last_commit, stands_at

HEAD = "head.json"


class Survey(NamedTuple):
    """What a look at the files says before any record is read."""

    manifest: Manifest
    end: Position  # behind the last finished transaction
    torn: int  # bytes behind it: a write that never finished
    stamp: tuple[int, ...]  # changes whenever the journal does


def survey_store(folder: Path) -> Survey:
    """How the store stands; StoreDamagedError where acknowledged bytes are missing or not sound."""
    acknowledged = read_head(folder)  # before anything else: all of it may grow meanwhile
    stamp = _manifest_stamp(folder)
    manifest = read_manifest(folder)
    for segment in manifest.live:
        _require_size(segment_path(folder, segment.number), segment.size)
    path = segment_path(folder, manifest.current.number)
    stamp += (_size(path),)
    end = last_commit(path, _behind_header(folder, manifest, len(manifest.segments) - 1))
    if acknowledged:
        _require_acknowledged(folder, manifest, end, acknowledged)
    torn = _size(path) - end.offset
    if torn > 0:
        _require_torn(path, end)
    return Survey(manifest, end, torn, stamp)


def base_position(folder: Path, manifest: Manifest) -> Position:
    """The position from which the records are read."""
    live = next(i for i, segment in enumerate(manifest.segments) if segment.number == manifest.base)
    return _behind_header(folder, manifest, live)


def stamp_of(folder: Path, manifest: Manifest) -> tuple[int, ...]:
    """Numbers that change whenever anybody appends, or replaces the manifest."""
    return (*_manifest_stamp(folder), _size(segment_path(folder, manifest.current.number)))


def _manifest_stamp(folder: Path) -> tuple[int, ...]:
    """Numbers that change whenever the manifest is replaced; none without a manifest."""
    try:
        state = (folder / NAME).stat()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return state.st_mtime_ns, state.st_size, state.st_ino


def note_head(folder: Path, end: Position) -> None:
    """Leave word how far the journal is acknowledged; lost without harm.

    Sealed like a line: half of a new note over half of an old one must not be believed.
    """
    raw, _ = seal_members(end._asdict(), START)
    note_file(folder / HEAD, raw)


def read_head(folder: Path) -> Position | None:
    """How far the journal was acknowledged, as far as known."""
    try:
        raw = (folder / HEAD).read_bytes()
    except OSError:
        return None
    if not is_sound(raw):
        return None
    members = load_line(raw)
    return Position(*(members[name] for name in Position._fields))


def find_damage(piece: bytes, end: Position) -> tuple[int, bytes] | None:
    """Offset and bytes of the first line behind *end* that no unfinished write can have left.

    A killed write leaves whole lines that follow the chain, then a part of one without its end; a
    power cut leaves holes of NUL. A finished line that is not sound was changed afterwards.
    """
    chain, offset = Chain(end), 0
    for raw in io.BytesIO(piece):
        if not is_sound(raw):
            if b"\0" not in raw and (raw.endswith(b"\n") or is_sound(raw[:-1] + b"\n")):
                return offset, raw
            chain.loosen()
        elif chain.next_line(Place(end.segment, offset, len(raw)), raw) is None:
            return offset, raw
        offset += len(raw)
    return None


def _behind_header(folder: Path, manifest: Manifest, index: int) -> Position:
    """The position behind the header of one of the segments."""
    segment = manifest.segments[index]
    before = Position(0, 0, 0, 0, START)
    if index:
        sealed = manifest.segments[index - 1]
        head = sealed.head or START
        before = Position(sealed.number, sealed.size or 0, segment.first - 1, segment.transaction - 1, head)
    return enter_segment(segment_path(folder, segment.number), segment.number, before)


def _require_size(path: Path, size: int | None) -> None:
    """A sealed segment has exactly its size; the current one exists."""
    found = _size(path)
    if size is not None and found != size:
        raise StoreDamagedError(f"日志长度不对：应为 {size} 字节，现为 {found} 字节", file=str(path))


def _size(path: Path) -> int:
    """Bytes of a segment, which must be there."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        raise StoreDamagedError("日志文件不见了", file=str(path)) from None


def _require_acknowledged(folder: Path, manifest: Manifest, end: Position, known: Position) -> None:
    """What was acknowledged must still stand in the journal."""
    numbers = {segment.number for segment in manifest.segments}
    path = segment_path(folder, known.segment)
    if known.segment < manifest.base and not path.exists():
        return  # the archive is missing: history says so when asked, work goes on
    beyond = known.segment > end.segment or (known.segment == end.segment and known.offset > end.offset)
    if beyond or (known.segment in numbers and not stands_at(path, known)):
        raise StoreDamagedError(
            f"日志与上次确认的结尾（第 {known.sequence} 条）对不上，可能被截断、替换，或同步软件还没有同步完",
            file=str(path),
        )


def _require_torn(path: Path, end: Position) -> None:
    """StoreDamagedError if the bytes behind the last commit are not just an unfinished write."""
    with path.open("rb") as file:
        file.seek(end.offset)
        piece = file.read()
    damage = find_damage(piece, end)
    if damage is not None:
        raise damage_at(path, end.offset + damage[0], damage[1])
