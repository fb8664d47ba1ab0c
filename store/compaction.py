"""Compaction: the records as they are begin a new segment; the older segments become the archive.

The new segment is one more transaction of the same chain. Its lines repeat newest versions and say
which (``kept``), so history, undo and the checks run through archive and log alike.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from store.archive import OpenSegments, finish_archiving
from store.errors import StoreError
from store.files import move_file, open_private, remove_tree, sync_folder, write_all
from store.index import Index
from store.indexing import build_temporary
from store.layer import Slot
from store.line import document_text, seal_line
from store.manifest import LOG, TEMPORARY, Segment, write_manifest
from store.segment import Position, header_line
from store.tail import Survey, note_head
from store.values import dump_json


def compact_store(folder: Path, survey: Survey, *, by: str, at: str) -> None:
    """Write the new segment, make it the base, move the older ones (under the writer's lock)."""
    manifest, end = survey.manifest, survey.end
    new = Segment(number=manifest.current.number + 1, first=end.sequence + 1, transaction=end.transaction + 1)
    new_end = _write_kept(folder, survey, new, by, at)
    move_file(folder / TEMPORARY / new.name, folder / LOG / new.name)
    sync_folder(folder / LOG)
    sealed = replace(manifest.current, size=end.offset, head=end.head)
    grown = replace(manifest.with_segments(*manifest.segments[:-1], sealed, new), base=new.number)
    write_manifest(folder, grown)
    note_head(folder, new_end)
    finish_archiving(folder, grown)


def _write_kept(folder: Path, survey: Survey, new: Segment, by: str, at: str) -> Position:
    """The end of the new segment, written to tmp/ and on disk."""
    segments = OpenSegments(folder)
    index = build_temporary(folder, survey)  # reads every line: damage is found before it is archived
    try:
        total = index.size()
        if not total:
            raise StoreError("数据文件夹里还没有记录，不必整理", where=str(folder))
        before = survey.end._replace(segment=new.number)
        header, start = header_line(survey.manifest, before, at)
        who = b'"at":%b,"by":%b,"command":%b' % (dump_json(at), dump_json(by), dump_json("整理"))
        lines = _kept_lines(segments, index, start, total, who)
        return _write_segment(folder / TEMPORARY / new.name, header, lines, start, total)
    finally:
        segments.close()  # Windows moves no file that is open
        index.close()
        remove_tree(index.path)


def _write_segment(
    path: Path, header: bytes, lines: Iterator[tuple[bytes, str]], start: Position, total: int
) -> Position:
    """The end of a new segment once it is on disk."""
    descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        write_all(descriptor, header)
        head = start.head
        for raw, head in lines:  # noqa: B007 — the last one's hash is what remains
            write_all(descriptor, raw)
        os.fsync(descriptor)
        offset = os.lseek(descriptor, 0, os.SEEK_CUR)
    finally:
        os.close(descriptor)
    return Position(start.segment, offset, start.sequence + total, start.transaction + 1, head)


def _kept_lines(
    segments: OpenSegments, index: Index, start: Position, total: int, who: bytes
) -> Iterator[tuple[bytes, str]]:
    """The repeated lines and their hashes."""
    head = start.head
    for count, (table, record, slot) in enumerate(index.everything(), 1):
        numbers = b'{"seq":%d,"tx":%d,"left":%d' % (
            start.sequence + count,
            start.transaction + 1,
            total - count,
        )
        names = b'"table":%b,"id":%b,"kept":%d' % (dump_json(table), dump_json(record), slot.sequence)
        first = b',"first":%d' % slot.first if slot.first else b""
        text = _document(segments, slot)
        raw, head = seal_line(b'%b,%b,%b%b,"document":%b' % (numbers, who, names, first, text), head)
        yield raw, head


def _document(segments: OpenSegments, slot: Slot) -> bytes:
    """JSON text of a slot's document; ``null`` for a deleted record, whose trace is kept."""
    return document_text(segments.read(slot.place)) if slot.place and slot.first else b"null"
