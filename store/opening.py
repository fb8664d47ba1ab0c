"""Opening and making stores: the one place that decides which backend a path means."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from store.errors import StoreError, explaining
from store.files import make_folder, sync_folder, write_file
from store.journal import JournalBackend
from store.line import START
from store.manifest import FORMAT, LOG, NAME, Manifest, Segment, holds_lines, require_schema, write_manifest
from store.segment import Position, header_line
from store.values import Keys

Clock = Callable[[], datetime]


def open_store(
    path: Path | str,
    keys: Keys | None = None,
    clock: Clock | None = None,
    timeout: float = 5.0,
    schema: int | None = None,
) -> JournalBackend:
    """The store in a folder; reading it needs no lock, writing waits *timeout* seconds for one.

    With *schema*, StoreVersionError unless the documents are of exactly that version.
    """
    if schema is not None:
        require_schema(Path(path), schema)
    return JournalBackend(Path(path), keys or {}, clock, timeout)


def create_store(
    path: Path | str,
    keys: Keys | None = None,
    clock: Clock | None = None,
    timeout: float = 5.0,
    schema: int = 1,
) -> JournalBackend:
    """A new, empty store in a folder; what else lies there is left alone."""
    from store.lock import hold_lock  # only a new store needs it here

    folder = Path(path)
    at = (clock() if clock else datetime.now(UTC).astimezone()).isoformat(timespec="seconds")
    with explaining("新建数据文件夹", folder):
        make_folder(folder)
        with hold_lock(folder, timeout, by="", command="新建数据文件夹", at=at):
            _refuse_existing(folder)
            folder.chmod(0o700)
            _write_first(folder, at, schema)
    return open_store(folder, keys, clock, timeout)


def is_store(path: Path | str) -> bool:
    """Whether a folder holds a store, be it damaged."""
    folder = Path(path)
    return (folder / NAME).exists() or holds_lines(folder)


def _refuse_existing(folder: Path) -> None:
    """StoreError if anything of a store is here already."""
    if is_store(folder):
        raise StoreError(
            "这里已经有数据文件夹，没有改动", where=str(folder), advice="请另选一个文件夹，或直接使用它。"
        )


def _write_first(folder: Path, at: str, schema: int) -> None:
    """The first segment, then the manifest that makes it a store."""
    from secrets import token_hex  # only to make a store

    first = Segment(number=1, first=1, transaction=1)
    manifest = Manifest(store=token_hex(16), format=FORMAT, schema=schema, base=1, segments=(first,))
    raw, _ = header_line(manifest, Position(1, 0, 0, 0, START), at)
    make_folder(folder / LOG)
    write_file(folder / LOG / first.name, raw)
    sync_folder(folder / LOG)
    write_manifest(folder, manifest)
