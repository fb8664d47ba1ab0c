"""The manifest: whole or refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from store import manifest as manifests
from store.errors import StoreDamagedError, StoreMissingError, StoreVersionError
from store.journal import JournalBackend
from store.manifest import NAME, read_manifest, write_manifest
from store.opening import create_store, is_store, open_store


def test_reads_back(store: JournalBackend, folder: Path) -> None:
    found = read_manifest(folder)
    changed = replace(found, schema=7)
    write_manifest(folder, changed)
    assert read_manifest(folder) == changed


def test_every_changed_byte_is_refused(store: JournalBackend, folder: Path) -> None:
    """Damage is never taken for another store, and the file is left as it is."""
    good = (folder / NAME).read_bytes()
    for at in range(len(good)):
        bad = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        (folder / NAME).write_bytes(bad)
        with pytest.raises(StoreDamagedError):
            read_manifest(folder)
        assert (folder / NAME).read_bytes() == bad


def test_manifest_that_means_the_same_is_refused_too(store: JournalBackend, folder: Path) -> None:
    """It is written by us alone: repeated lines and stray bytes are somebody else's work."""
    good = (folder / NAME).read_bytes()
    lines = good.splitlines(keepends=True)
    for bad in (good + b" ", b" " + good, good.replace(b"\n", b"\r\n"), b"".join([*lines[:2], *lines[1:]])):
        (folder / NAME).write_bytes(bad)
        with pytest.raises(StoreDamagedError):
            read_manifest(folder)


@pytest.mark.parametrize(
    "text", [b"", b"\xef\xbb\xbf{}", b"[]", b"null", b"{}", b"\0" * 300, b"<<<<<<< HEAD\n{}"]
)
def test_what_is_no_manifest_is_refused(store: JournalBackend, folder: Path, text: bytes) -> None:
    (folder / NAME).write_bytes(text)
    with pytest.raises(StoreDamagedError) as caught:
        open_store(folder)
    assert "doctor" in str(caught.value)


def test_newer_format_is_refused_politely(
    store: JournalBackend, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older program says what it found, what it knows, and that nothing was changed."""
    with monkeypatch.context() as patch:
        patch.setattr(manifests, "FORMAT", 9)
        write_manifest(folder, replace(read_manifest_of(folder), format=9))
    before = (folder / NAME).read_bytes()
    with pytest.raises(StoreVersionError) as caught:
        open_store(folder)
    assert (caught.value.found, caught.value.known) == (9, manifests.FORMAT)
    assert "没有改动" in str(caught.value)
    assert (folder / NAME).read_bytes() == before


def read_manifest_of(folder: Path) -> manifests.Manifest:
    """The manifest without looking at its format."""
    members = json.loads((folder / NAME).read_bytes())
    segments = tuple(manifests.Segment(**segment) for segment in members["segments"])
    return manifests.Manifest(store=members["store"], format=1, schema=1, base=1, segments=segments)


def test_lost_manifest_is_damage_not_absence(store: JournalBackend, folder: Path) -> None:
    """A store whose manifest is gone is never taken for an empty place."""
    with store.transaction(by="x", command="y") as change:
        change.put("cases", "a", {})
    (folder / NAME).unlink()
    assert is_store(folder)
    with pytest.raises(StoreDamagedError):
        open_store(folder)


def test_no_store_here(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="assist init"):
        open_store(tmp_path)
    with pytest.raises(StoreMissingError):
        open_store(tmp_path / "nowhere")


def test_killed_creation_can_be_done_again(store: JournalBackend, folder: Path) -> None:
    """Without a manifest and without a record it never was a store."""
    store.close()
    (folder / NAME).unlink()
    with pytest.raises(StoreMissingError):
        open_store(folder)
    create_store(folder).close()
