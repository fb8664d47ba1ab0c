"""Index and journal held against each other: does a line agree, and what stood in lost bytes."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress

from store.index import Index
from store.layer import Place
from store.manifest import Manifest
from store.segment import Line, Position

_STANDING = (
    "SELECT name, id FROM records JOIN tables USING(t)"
    " WHERE segment=? AND start>=? AND start<? ORDER BY first LIMIT 100"
)
_BETWEEN = "SELECT name, id, seq FROM records JOIN tables USING(t) WHERE seq BETWEEN ? AND ? ORDER BY seq"


def indexed_end(index: Index | None, manifest: Manifest) -> Position | None:
    """How far the index knew the journal of this very store: only what was on disk is ever indexed."""
    with suppress(sqlite3.Error):
        if index is not None and index.belongs_to(manifest.identity):
            return index.position
    return None


def agrees(index: Index, line: Line) -> bool:
    """Whether what the index knows of a line's record fits the line."""
    members = line.members
    if "gap" in members or members["seq"] > index.position.sequence:
        return True
    try:
        known = index.slot(members["table"], members["id"])
    except sqlite3.Error:
        known = None
    if known is None:
        return False
    slot, _ = line.slot()
    return known.sequence > slot.sequence or (known.sequence, known.first) == (slot.sequence, slot.first)


def names_at(index: Index, place: Place) -> Iterator[str]:
    """``table/id`` of the records whose newest version stands in these bytes."""
    end = place.offset + max(place.length, 1)
    with suppress(sqlite3.Error):
        for table, record in index.select(_STANDING, place.segment, place.offset, end):
            yield f"{table}/{record}"


def names_between(index: Index, first: int, last: int) -> Iterator[tuple[str, int]]:
    """``table/id`` and number of the newest versions between two line numbers."""
    with suppress(sqlite3.Error):
        for table, record, sequence in index.select(_BETWEEN, first, last):
            yield f"{table}/{record}", sequence
