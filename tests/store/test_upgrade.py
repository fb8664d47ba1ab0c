"""Upgrades: step by step, after a backup, and finished if interrupted."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from store import manifest as manifests
from store import upgrade
from store.errors import StoreConflictError, StoreError, StoreVersionError
from store.journal import JournalBackend
from store.manifest import NAME, read_manifest
from store.opening import open_store
from store.upgrade import upgrade_store
from tests.store.conftest import KEYS
from tests.store.samples import fixed_clock, put


def split_name(table: str, record: str, document: dict[str, Any]) -> dict[str, Any]:
    """Schema 1 → 2: the name becomes a fact."""
    return {**document, "facts": {"姓名": document["name"]}} if table == "cases" else document


def count_up(table: str, record: str, document: dict[str, Any]) -> dict[str, Any]:
    """Schema 2 → 3."""
    return {**document, "n": document.get("n", 0) + 1}


STEPS = {1: split_name, 2: count_up}


@pytest.fixture
def filled(store: JournalBackend, folder: Path) -> Path:
    """A store of schema 1."""
    put(store, a={"name": "张三"}, b={"name": "李四"})
    put(store, "contacts", k={"case": "a"})
    store.close()
    return folder


def run(folder: Path, schema: int) -> upgrade.Upgrade:
    """Upgrade to a schema."""
    return upgrade_store(folder, KEYS, schema, STEPS, by="李老师", clock=fixed_clock)


def test_all_steps_in_one_transaction_after_a_backup(filled: Path) -> None:
    done = run(filled, 3)
    assert (done.before, done.after, done.changed) == (1, 3, 3)
    store = open_store(filled, KEYS, schema=3)
    assert store.get("cases", "a") == {"name": "张三", "facts": {"姓名": "张三"}, "n": 1}
    assert store.get("contacts", "k") == {"case": "a", "n": 1}
    assert next(store.transactions()).size == 3
    assert next(store.history("cases", "a")).document == {"name": "张三"}
    store.close()
    assert done.backup is not None
    with zipfile.ZipFile(done.backup) as archive:
        assert b'"schema": 1' in archive.read(NAME)


def test_nothing_to_do(filled: Path) -> None:
    assert run(filled, 1).changed == 0
    assert run(filled, 1).backup is None


def test_older_program_refuses_politely_afterwards(filled: Path) -> None:
    run(filled, 2)
    before = (filled / NAME).read_bytes()
    with pytest.raises(StoreVersionError, match="升级本程序"):
        open_store(filled, KEYS, schema=1)
    assert (filled / NAME).read_bytes() == before


def test_missing_step_changes_nothing(filled: Path) -> None:
    before = (filled / NAME).read_bytes()
    with pytest.raises(StoreError, match="3 → 4"):
        run(filled, 4)
    assert (filled / NAME).read_bytes() == before


@pytest.mark.parametrize("moment", ["before the records", "after the records"])
def test_interrupted_upgrade_is_finished(filled: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Nobody can work with half of it, and no step runs twice."""
    writes: list[object] = []
    real = manifests.write_manifest

    def stop(folder: Path, manifest: manifests.Manifest) -> None:
        writes.append(manifest)
        if len(writes) == 2:
            raise KeyboardInterrupt
        real(folder, manifest)

    def fail(table: str, record: str, document: dict[str, Any]) -> dict[str, Any]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if moment == "after the records":
            patch.setattr(upgrade, "write_manifest", stop)
            steps = STEPS
        else:
            steps = {1: fail, 2: fail}
        with pytest.raises(KeyboardInterrupt):
            upgrade_store(filled, KEYS, 3, steps, by="x")
    assert read_manifest(filled).upgrading == 1
    for schema in (1, 3):
        with pytest.raises(StoreVersionError):
            open_store(filled, KEYS, schema=schema)
    run(filled, 3)
    store = open_store(filled, KEYS, schema=3)
    assert store.get("cases", "b") == {"name": "李四", "facts": {"姓名": "李四"}, "n": 1}
    store.close()


def test_undo_does_not_reach_behind_an_upgrade(filled: Path) -> None:
    """Older documents would come back under the new schema."""
    run(filled, 2)
    store = open_store(filled, KEYS)
    for number in (None, 1, 3):
        with pytest.raises(StoreConflictError, match="升级"):
            store.undo(number, by="x")
    put(store, c={"name": "王五"})
    store.undo(by="x")
    store.close()


def test_file_format_steps(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later layout of the files: one function per step, after a backup of the whole folder."""
    seen: list[int] = []

    def step(folder: Path) -> None:
        seen.append(manifests.FORMAT)
        members = manifests._parse(folder / NAME, (folder / NAME).read_bytes())
        manifests.write_manifest(folder, manifests._build(folder / NAME, {**members, "format": 2}))

    monkeypatch.setattr(manifests, "FORMAT", 2)
    monkeypatch.setitem(upgrade.FORMAT_STEPS, 1, step)
    with pytest.raises(StoreVersionError) as caught:
        open_store(filled, KEYS)
    assert (caught.value.found, caught.value.known) == (1, 2)
    done = run(filled, 1)
    assert seen == [2]
    assert done.backup is not None
    store = open_store(filled, KEYS, schema=1)
    assert store.count("cases") == 2
    store.close()


def test_every_format_has_its_step() -> None:
    """Whoever raises FORMAT writes the function."""
    assert set(upgrade.FORMAT_STEPS) == set(range(1, manifests.FORMAT))
