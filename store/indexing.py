"""Keeping the index in step with the journal: is it good, build it anew, bring it up to date."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from errno import EIO
from itertools import chain, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.files import make_folder, move_file, remove_tree
from store.home import index_home
from store.index import NAME, Index, make_index, open_index, seal_index
from store.intake import Row, rows_of
from store.layer import Layer, Place, Slot
from store.ledger import Ledger
from store.manifest import TEMPORARY, segment_path
from store.segment import stands_at
from store.tail import Survey, base_position
from store.values import Keys

if TYPE_CHECKING:
    from store.draft import DraftTransaction


def usable_index(folder: Path, survey: Survey, keys: Keys, *, writing: bool = False) -> Index | None:
    """The index on disk, if it belongs to this very journal and knows the keys."""
    index = open_index(index_home(folder, survey.manifest.store), writing=writing)
    if index is None:
        return None
    try:
        if (
            index.belongs_to(survey.manifest.identity)
            and index.covers(keys)
            and _is_behind(folder, survey, index)
        ):
            return index
    except (sqlite3.Error, ValueError):
        pass
    index.close()
    return None


def build_index(folder: Path, survey: Survey, keys: Keys, *, on_disk: bool) -> Index:
    """A new index over everything; on disk where possible, else in memory."""
    if on_disk:
        with suppress(OSError, sqlite3.Error):
            return _build_on_disk(folder, survey, keys)
    return _build(None, folder, survey, keys)


def renew_index(
    folder: Path, survey: Survey, keys: Keys, draft: "DraftTransaction", places: Sequence[Place]
) -> None:
    """Bring the index on disk up to the end of the journal; failing costs time, never an answer.

    The newest lines are those of *draft*: they need not be read again.
    """
    with suppress(OSError, sqlite3.Error):
        index = usable_index(folder, survey, keys, writing=True)
        if index is None:
            _build_on_disk(folder, survey, keys).close()
            return
        try:
            lines = Ledger(folder, survey.manifest, survey.end).lines(index.position)
            if index.has_just(keys):
                start = survey.end.sequence - len(places)
                older = rows_of(takewhile(lambda line: line.members["seq"] <= start, lines), keys)
                index.apply_rows(chain(older, _rows_of_draft(draft, places, start)), survey.end)
            else:
                index.apply_lines(lines, survey.end)
        finally:
            index.close()
        seal_index(index.path.parent)


def _rows_of_draft(draft: "DraftTransaction", places: Sequence[Place], start: int) -> Iterator[Row]:
    """What the lines of a draft mean to the index."""
    for sequence, (version, place) in enumerate(zip(draft.drafts, places, strict=True), start + 1):
        first = version.first or 0
        slot = Slot((first or sequence) if version.place else 0, sequence, place)
        reborn = version.before is not None and not first
        yield Row(version.table, version.id, slot, first, reborn, version.words)


def build_temporary(folder: Path, survey: Survey) -> Index:
    """A new index without keys in tmp/, for a command to look things up in and remove."""
    make_folder(folder / TEMPORARY)
    path = folder / TEMPORARY / f"once-{NAME}"
    try:
        return _build(path, folder, survey, {})
    except sqlite3.Error as error:
        remove_tree(path)
        raise StoreError(
            "临时索引写不下去", where=f"{path}，{error}", advice="没有改动任何内容。请腾出空间后再试。"
        ) from None


def lay_tail(folder: Path, survey: Survey, index: Index, layer: Layer, keys: Keys) -> None:
    """Lay the lines that the index does not know yet over it."""
    for row in rows_of(Ledger(folder, survey.manifest, survey.end).lines(index.position), keys):
        slot, was_alive = row.slot, False
        if row.old_first or row.reborn:  # damage may have lost what came before: what is there decides
            known = layer.slot(row.table, row.record)
            was_alive = bool(known and known.first)
            if slot.first:
                slot = slot._replace(first=known.first if known and was_alive else slot.sequence)
        layer.set_slot(row.table, row.record, slot, row.words, (slot.first > 0) - was_alive)


def _is_behind(folder: Path, survey: Survey, index: Index) -> bool:
    """Whether the index ends at a line that stands in the journal."""
    at, end, manifest = index.position, survey.end, survey.manifest
    if not manifest.base <= at.segment <= end.segment or at.sequence > end.sequence:
        return False
    return stands_at(segment_path(folder, at.segment), at)


def _build_on_disk(folder: Path, survey: Survey, keys: Keys) -> Index:
    """A new index in the place of the old one."""
    home = index_home(folder, survey.manifest.store)
    if home is None:
        raise OSError(EIO, "没有放索引的地方", str(folder))
    make_folder(home / TEMPORARY)
    temporary = home / TEMPORARY / NAME
    try:
        _build(temporary, folder, survey, keys).close()
        _sync(temporary)
        remove_tree(home / f"{NAME}-journal")  # SQLite would roll an old one back into the new file
        move_file(temporary, home / NAME)
    except BaseException:
        remove_tree(temporary)
        raise
    seal_index(home)
    index = open_index(home)
    if index is None:
        raise OSError(EIO, "索引写不下去", str(home))
    return index


def _build(path: Path | None, folder: Path, survey: Survey, keys: Keys) -> Index:
    """A new index over everything, in a file or in memory."""
    start = base_position(folder, survey.manifest)
    index = make_index(path, survey.manifest.identity, keys, start)
    try:
        index.apply_lines(Ledger(folder, survey.manifest, survey.end).lines(start), survey.end)
        index.finish()
    except BaseException:
        index.close()
        raise
    return index


def _sync(path: Path) -> None:
    """Bring a finished file to disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
