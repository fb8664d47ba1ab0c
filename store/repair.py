"""Repair: on a copy, checked before it takes the place of the original, which is kept as it was."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from store.comparison import names_between
from store.doctor import Report, check_store
from store.errors import StoreDamagedError, StoreError, explaining
from store.examine import FOREIGN, UNSOUND, find_extent
from store.files import make_folder, move_file, remove_tree, stamp_of_time, sync_folder, write_file
from store.home import index_home
from store.index import SEAL, open_index
from store.inventory import KEPT, guess_manifest
from store.journal import JournalBackend
from store.lock import hold_lock
from store.manifest import (
    LOG,
    NAME,
    TEMPORARY,
    Manifest,
    Segment,
    read_manifest,
    segment_path,
    write_manifest,
)
from store.mending import Damaged, Mender, border_of
from store.opening import is_store
from store.segment import Position, behind_header, last_commit
from store.surroundings import find_open_modes
from store.tail import HEAD, note_head, survey_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What could not be saved."""

    record: str  # table/id; empty when even the name is lost
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What a repair did."""

    changed: bool
    before: Report
    after: Report
    kept: str = ""  # folder with the damaged files, byte for byte
    losses: tuple[Loss, ...] = ()
    left_out: int = 0  # sound lines that contradict others, in the kept files only


def fix_store(
    path: Path | str, *, by: str, clock: Callable[[], datetime] | None = None, timeout: float = 5.0
) -> Repair:
    """Repair a store and say by name what is lost; a sound store is left as it is."""
    folder = Path(path)
    at = (clock() if clock else datetime.now(UTC).astimezone()).isoformat(timespec="seconds")
    if not is_store(folder):
        read_manifest(folder)  # says that nothing is here, before a lock file is
    with (
        explaining("修复数据文件夹", folder),
        hold_lock(folder, timeout, by=by, command="doctor --fix", at=at),
    ):
        close_modes(folder)
        before = check_store(folder)
        if not before.mendable:
            return Repair(changed=False, before=before, after=before)
        copy = folder / TEMPORARY / "fix"
        remove_tree(copy)
        try:
            mender, manifest, mended = _mend_copy(folder, copy, before, by, at)
            names = dict(_names_lost(folder, before, mender))
            kept = _keep_originals(folder, mended, at)
            _put_in_place(folder, copy, manifest, mended)
        finally:
            remove_tree(copy)
    losses = tuple(_losses(folder, names, mender))
    after = check_store(folder)
    return Repair(
        changed=True, before=before, after=after, kept=kept, losses=losses, left_out=mender.left_out
    )


def close_modes(folder: Path) -> None:
    """Make every file of ours readable to its owner alone."""
    for path in find_open_modes(folder):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _mend_copy(
    folder: Path, copy: Path, before: Report, by: str, at: str
) -> tuple[Mender, Manifest, list[int]]:
    """A whole, checked copy of the journal; which segments are not the originals."""
    manifest = _known_manifest(folder)
    damaged = {flaw.place.segment for flaw in before.flaws}
    if before.cut or not damaged:
        damaged.add(manifest.current.number)
    make_folder(copy / LOG)
    mender, segments = Mender(manifest, by, at), []
    for segment in manifest.segments:
        source = segment_path(folder, segment.number)
        if segment.number in damaged:
            segments.append(
                mender.mend(
                    _damaged(folder, manifest, segment, source, before.known), copy / LOG / segment.name
                )
            )
        else:
            _link(source, copy / LOG / segment.name)
            segments.append(_pass(mender, segment, source))
    mended = replace(manifest.with_segments(*segments), repairs=manifest.repairs + 1)
    write_manifest(copy, mended)
    if check_store(copy).flaws:
        raise StoreError(
            "修复后的副本仍不完整，没有改动数据文件夹", where=str(folder), advice="请保留文件夹并求助。"
        )
    return mender, mended, sorted(damaged)


def _known_manifest(folder: Path) -> Manifest:
    """The manifest, or what the segments say of it."""
    with suppress(StoreDamagedError):
        return read_manifest(folder)
    guessed = guess_manifest(folder)
    if guessed is None:
        raise StoreDamagedError("日志和清单都不见了，无法修复", file=str(folder), advice="请从备份恢复。")
    return guessed


def _damaged(
    folder: Path, manifest: Manifest, segment: Segment, source: Path, known: Position | None
) -> Damaged:
    """What has to be known to mend a segment."""
    following = next((other for other in manifest.segments if other.number == segment.number + 1), None)
    end = source.stat().st_size if source.exists() else 0
    if following is None:
        end = find_extent(source).end if end else 0
        return Damaged(source, segment, end, None, known)
    border = border_of(segment_path(folder, following.number), following)
    return Damaged(source, segment, end, border, None)


def _pass(mender: Mender, segment: Segment, source: Path) -> Segment:
    """A sound segment, with its size and hash."""
    end = last_commit(source, behind_header(source, segment))
    mender.skip(end)
    return segment if segment.size is None else replace(segment, size=source.stat().st_size, head=end.head)


def _keep_originals(folder: Path, mended: list[int], at: str) -> str:
    """Name of the new folder that holds the damaged files as they were."""
    kept = folder / f"{KEPT}-{stamp_of_time(at)}"
    while kept.exists():
        kept = kept.with_name(kept.name + "x")
    make_folder(kept)
    originals = [folder / NAME, folder / HEAD, *(segment_path(folder, number) for number in mended)]
    for path in originals:
        if path.exists():
            _link(path, kept / path.name)
    sync_folder(kept)
    return kept.name


def _put_in_place(folder: Path, copy: Path, manifest: Manifest, mended: list[int]) -> None:
    """Let the checked copy take the place of what was damaged."""
    for number in mended:
        target = segment_path(folder, number)
        make_folder(target.parent)
        move_file(copy / LOG / target.name, target)
        sync_folder(target.parent)
    remove_tree(folder / HEAD)
    home = index_home(folder, manifest.store)
    if home is not None:
        remove_tree(home / SEAL)
    write_manifest(folder, manifest)
    note_head(folder, survey_store(folder).end)


def _link(source: Path, target: Path) -> None:
    """The same bytes under a second name; a copy where the disk knows no links."""
    try:
        os.link(source, target)
    except OSError:
        write_file(target, source.read_bytes())


def _names_lost(folder: Path, before: Report, mender: Mender) -> Iterator[tuple[str, int | None]]:
    """Records of which a version is lost, with that version's number where known."""
    for flaw in before.flaws:
        if flaw.reason in {UNSOUND, FOREIGN}:
            yield from ((record, flaw.sequence) for record in flaw.records)
    index = open_index(index_home(folder, _known_manifest(folder).store))
    if index is not None:
        for first, last in mender.gaps:
            yield from names_between(index, first, last)
        index.close()


def _losses(folder: Path, names: dict[str, int | None], mender: Mender) -> Iterator[Loss]:
    """What could not be saved, by name."""
    backend = JournalBackend(folder, {})
    try:
        for record, lost in names.items():
            yield Loss(record=record, message=_fate(backend, record, lost))
    finally:
        backend.close()
    for first, last in mender.gaps:
        unnamed = last - first + 1 - sum(first <= (lost or first) <= last for lost in names.values())
        if unnamed > 0:
            yield Loss(record="", message=f"第 {first} 到第 {last} 条之间有 {unnamed} 条已不可读，名称不详")


def _fate(backend: JournalBackend, record: str, lost: int | None) -> str:
    """What is left of a record of which a version is lost."""
    table, _, name = record.partition("/")
    versions, document = list(backend.history(table, name)), backend.get(table, name)
    if not versions and document is None:
        return "已丢失，没有更早的版本（名称读自损坏的行，可能有误）"
    newest = versions[-1] if versions else None
    if document is not None and (newest is None or newest.document != document):
        return "现在的内容完好，只缺旧版本"
    if newest is None or (lost is not None and newest.sequence > lost):
        return f"现在的内容完好，只缺一个旧版本（第 {lost} 条）"
    state = "已删除的状态" if newest.document is None else "内容"
    return f"退回到 {newest.at} 的{state}（第 {newest.sequence} 条），之后的修改已丢失"
