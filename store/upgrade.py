"""Upgrades: one function per step, a backup before it; a newer store is refused, never guessed at.

Two numbers: ``format`` is how the files are laid out and belongs to this package, ``schema`` is how
the documents are made and belongs to the caller.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

from store import manifest as manifests
from store.backend import Document
from store.backup import keep_copy
from store.errors import StoreError, explaining
from store.journal import JournalBackend
from store.lock import hold_lock
from store.manifest import read_format, read_manifest, write_manifest
from store.undo import UPGRADE
from store.values import Keys

Step = Callable[[str, str, Document], Document]  # table, id, document → document one version on

# From this format to the next: rewrites the folder, the manifest last. Empty: there is only format 1.
FORMAT_STEPS: dict[int, Callable[[Path], None]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What an upgrade did."""

    before: int  # schema
    after: int
    changed: int  # records rewritten
    backup: Path | None  # None: nothing had to be done


def upgrade_store(
    path: Path | str,
    keys: Keys,
    schema: int,
    steps: Mapping[int, Step],
    *,
    by: str,
    clock: Callable[[], datetime] | None = None,
    timeout: float = 5.0,
) -> Upgrade:
    """Bring files and documents to what this program knows, after a backup; finishes an interrupted one."""
    folder, now = Path(path), clock or (lambda: datetime.now(UTC).astimezone())
    at = now().isoformat(timespec="seconds")
    with explaining("升级数据文件夹", folder):
        backup = _upgrade_format(folder, by, at, timeout)
        manifest = read_manifest(folder)
        before = manifest.schema if manifest.upgrading is None else manifest.upgrading
        if before >= schema and manifest.upgrading is None:
            return Upgrade(before=before, after=before, changed=0, backup=backup)
        missing = [number for number in range(before, schema) if number not in steps]
        if missing:
            raise StoreError("本程序没有这一步升级", where=f"版本 {missing[0]} → {missing[0] + 1}")
        backup = backup or keep_copy(folder, f"before-schema-{schema}", by=by, at=at, timeout=timeout)
        write_manifest(folder, replace(manifest, schema=schema, upgrading=before))
        backend = JournalBackend(folder, keys, clock, timeout)
        try:
            changed = _rewrite(backend, before, [steps[number] for number in range(before, schema)], by)
        finally:
            backend.close()
        write_manifest(folder, replace(read_manifest(folder), upgrading=None))
    return Upgrade(before=before, after=schema, changed=changed, backup=backup)


def _upgrade_format(folder: Path, by: str, at: str, timeout: float) -> Path | None:
    """Run the steps that the layout of the files needs; the backup made before, if any did."""
    found = read_format(folder)
    if found >= manifests.FORMAT:
        return None
    backup = keep_copy(folder, f"before-format-{manifests.FORMAT}", by=by, at=at, timeout=timeout)
    with hold_lock(folder, timeout, by=by, command="升级", at=at):
        for number in range(found, manifests.FORMAT):
            FORMAT_STEPS[number](folder)
    return backup


def _rewrite(backend: JournalBackend, before: int, steps: Sequence[Step], by: str) -> int:
    """Number of records that the steps changed, in one transaction."""
    command, changed = f"{UPGRADE} {before} {before + len(steps)}", 0
    last = next(backend.transactions(), None)
    if last is not None and last.command == command:
        return last.size  # this far an interrupted upgrade had come
    with backend.transaction(by=by, command=command) as change:
        for table in backend.tables():
            for record, document in backend.scan(table):
                new = reduce(lambda old, step: step(table, record, old), steps, document)
                if new != backend.get(table, record):
                    change.put(table, record, new)
                    changed += 1
    return changed
