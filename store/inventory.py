"""What the segments themselves say of a store whose manifest is lost."""

import re
from pathlib import Path
from typing import Any

from store.examine import find_extent
from store.line import START, head_after, is_sound, load_line
from store.manifest import ARCHIVE, FORMAT, LOG, Manifest, Segment
from store.segment import lines_backward

KEPT = "damaged"  # begins the names of folders where repairs keep the originals
_NAME = re.compile(r"(\d{6})\.jsonl")


def guess_manifest(folder: Path) -> Manifest | None:
    """The manifest that the segments found in log/ and archive/ add up to; None without any."""
    paths = {
        int(found[1]): path
        for name in (ARCHIVE, LOG)
        for path in sorted((folder / name).glob("*.jsonl"))
        if (found := _NAME.fullmatch(path.name))
    }
    if not paths:
        return None
    headers = {number: _first_lines(path) for number, path in sorted(paths.items())}
    known = next((header for header, _ in headers.values() if header), {})
    segments, sequence, transaction = [], 0, 0
    for number in range(min(paths), max(paths) + 1):
        header, line = headers.get(number, ({}, {}))
        sequence = header.get("first") or line.get("seq") or sequence + 1
        transaction = header.get("transaction") or line.get("tx", transaction + 1)
        segments.append(_segment(paths.get(number), number, sequence, transaction, last=number == max(paths)))
    return Manifest(
        store=known.get("journal", START),
        format=FORMAT,
        schema=known.get("schema", 1),
        base=_base(paths, headers),
        segments=tuple(segments),
        repairs=sum(1 for _ in folder.glob(f"{KEPT}-*")),
    )


def _first_lines(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Members of a segment's header and of its first line, as far as they are sound."""
    with path.open("rb") as file:
        raws = [file.readline() for _ in range(2)]
    header, line = ({**load_line(raw)} if is_sound(raw) else {} for raw in raws)
    return header if "journal" in header else {}, line if "seq" in line else {}


def _segment(path: Path | None, number: int, first: int, transaction: int, *, last: bool) -> Segment:
    """A segment, sealed with what is there unless it is the last."""
    size = head = None
    if not last:
        size, head = (0, START) if path is None else (path.stat().st_size, _head_of(path))
    return Segment(number=number, first=first, transaction=transaction, size=size, head=head)


def _head_of(path: Path) -> str:
    """Hash that the segment behind this one must follow."""
    for _, piece in lines_backward(path, 0, path.stat().st_size):
        raw = piece + b"\n"
        if is_sound(raw):
            return head_after(raw, load_line(raw))
    return START


def _base(paths: dict[int, Path], headers: dict[int, tuple[dict[str, Any], dict[str, Any]]]) -> int:
    """The last segment that begins with a finished compaction, else the first one."""
    for number in sorted(paths, reverse=True):
        if "kept" in headers[number][1] and find_extent(paths[number]).end:
            return number
    return min(paths)
