"""Writing to the journal: what is torn is kept aside, what is written is on disk or not there."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from store.draft import Draft, DraftTransaction
from store.errors import StoreError
from store.files import (
    make_folder,
    open_private,
    read_at,
    remove_tree,
    stamp_of_time,
    sync_folder,
    write_all,
    write_file,
)
from store.layer import Place
from store.ledger import Ledger
from store.line import is_sound, load_line, seal_line
from store.manifest import LOG, TEMPORARY, TORN, Manifest, Segment, segment_path, write_manifest
from store.segment import Position, header_line
from store.tail import Survey
from store.values import dump_json, dump_text

_CHUNK = 1 << 20


class Appended(NamedTuple):
    """What was brought to disk."""

    end: Position
    places: list[Place]  # of each line


def append_drafts(folder: Path, survey: Survey, draft: DraftTransaction, at: str) -> Appended:
    """The new end of the journal, once every line of the draft is on disk; else nothing of it is."""
    path, end = segment_path(folder, survey.end.segment), survey.end
    descriptor = open_private(path, os.O_RDWR)
    try:
        if os.lseek(descriptor, 0, os.SEEK_END) != end.offset:
            raise StoreError("日志在写入期间被别的程序改动，没有写入", where=str(path), advice="请稍后再试。")
        try:
            return _append(descriptor, draft, at, end)
        except BaseException:
            _take_back(descriptor, end.offset)
            raise
    finally:
        os.close(descriptor)


def keep_torn(folder: Path, survey: Survey, at: str) -> str:
    """Name of the file in torn/ that now holds the unfinished bytes behind the end."""
    path = segment_path(folder, survey.end.segment)
    target = folder / TORN / f"{path.stem}-{survey.end.offset}-{stamp_of_time(at)}.part"
    make_folder(target.parent)
    descriptor = open_private(path, os.O_RDWR)
    try:
        write_file(target, read_at(descriptor, survey.end.offset, survey.torn))
        sync_folder(target.parent)
        os.ftruncate(descriptor, survey.end.offset)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return f"{TORN}/{target.name}"


def settle_tail(ledger: Ledger) -> None:
    """Write the last transaction again, which nobody acknowledged, and bring it to disk.

    After a failed fsync the system may take unwritten pages for written; syncing alone would lie.
    """
    end = ledger.end
    if not end.transaction:
        return
    start = ledger.start_of(end.transaction)
    if start.segment != end.segment:
        return
    descriptor = open_private(segment_path(ledger.folder, end.segment), os.O_RDWR)
    try:
        tail = read_at(descriptor, start.offset, end.offset - start.offset)
        os.lseek(descriptor, start.offset, os.SEEK_SET)
        write_all(descriptor, tail)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def begin_segment(folder: Path, manifest: Manifest, end: Position, at: str) -> tuple[Manifest, Position]:
    """The manifest with a new segment, which is on disk, and the position behind its header."""
    number = manifest.current.number + 1
    path = folder / LOG / f"{number:06d}.jsonl"
    raw, position = header_line(manifest, end._replace(segment=number), at)
    if path.exists() and not is_leftover(path):
        raise StoreError(
            "日志里有清单不知道的一段，没有写入", where=str(path), advice="请运行 assist doctor 查看。"
        )
    write_file(path, raw)
    sync_folder(path.parent)
    sealed = replace(manifest.current, size=end.offset, head=end.head)
    new = Segment(number=number, first=end.sequence + 1, transaction=end.transaction + 1)
    grown = manifest.with_segments(*manifest.segments[:-1], sealed, new)
    write_manifest(folder, grown)
    return grown, position


def is_leftover(path: Path) -> bool:
    """Whether a segment that no manifest lists holds nothing that is not elsewhere too.

    So it is when a command was killed just before the manifest: a header, and what compaction repeats.
    """
    with path.open("rb") as file:
        for number, raw in enumerate(file):
            if not is_sound(raw):
                return number == 0 and not raw.endswith(b"\n")  # a header that was not finished
            if load_line(raw).keys() & {"seq", "kept"} == {"seq"}:
                return False
    return True


def sweep_segment(folder: Path, manifest: Manifest) -> None:
    """Remove the segment that a killed command made and did not list."""
    path = folder / LOG / f"{manifest.current.number + 1:06d}.jsonl"
    if path.exists() and is_leftover(path):
        path.unlink()
        sync_folder(path.parent)


def sweep_temporary(folder: Path) -> None:
    """Remove what an interrupted command left in tmp/ (under the writer's lock nobody else uses it)."""
    for child in list((folder / TEMPORARY).iterdir()) if (folder / TEMPORARY).is_dir() else ():
        remove_tree(child)


def _append(descriptor: int, draft: DraftTransaction, at: str, end: Position) -> Appended:
    """Write the lines; the last one follows only when all others are on disk.

    So a power cut cannot leave the last line of a transaction without the ones before it.
    """
    raw, head, waiting = b"", end.head, bytearray()
    places, offset = [], end.offset
    for members in _members(draft, at, end):
        waiting += raw
        raw, head = seal_line(members, head)
        places.append(Place(end.segment, offset, len(raw)))
        offset += len(raw)
        if len(waiting) > _CHUNK:
            write_all(descriptor, waiting)
            waiting = bytearray()
    if len(draft.drafts) > 1:
        write_all(descriptor, waiting)
        os.fsync(descriptor)
    write_all(descriptor, raw)
    os.fsync(descriptor)
    new_end = Position(end.segment, offset, end.sequence + len(draft.drafts), end.transaction + 1, head)
    return Appended(new_end, places)


def _members(draft: DraftTransaction, at: str, end: Position) -> Iterator[bytes]:
    """Each line's members, still open at the end."""
    who = b'"at":%b,"by":%b,"command":%b' % (dump_json(at), dump_json(draft.by), dump_json(draft.command))
    size = len(draft.drafts)
    for index, version in enumerate(draft.drafts):
        numbers = b'{"seq":%d,"tx":%d,"left":%d' % (
            end.sequence + index + 1,
            end.transaction + 1,
            size - index - 1,
        )
        names = b'"table":%b,"id":%b' % (dump_text(version.table), dump_text(version.id))
        extras = _extras(version, draft.undoes)
        yield b'%b,%b,%b%b,"document":%b' % (numbers, who, names, extras, draft.text(version))


def _extras(version: Draft, undoes: int | None) -> bytes:
    """The members that only some lines have."""
    if version.before is None and version.first is None and undoes is None and version.origin is None:
        return b""  # a new record: nearly every line of an import
    members = {"was": version.before, "first": version.first, "undoes": undoes, "origin": version.origin}
    present = {name: value for name, value in members.items() if value is not None}
    return b"," + dump_json(present)[1:-1] if present else b""


def _take_back(descriptor: int, offset: int) -> None:
    """Cut off what a failed write left; if even that fails, the next start keeps it aside."""
    try:
        os.ftruncate(descriptor, offset)
        os.fsync(descriptor)
    except OSError:
        return
