"""Files are private from their first byte on, and written whole."""

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import files

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Each umask in turn."""
    old = os.umask(request.param)
    yield request.param
    os.umask(old)


def mode(path: Path) -> int:
    """Permission bits of a file."""
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_modes_under_any_umask(umask: int, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    files.make_folder(folder)
    files.write_file(folder / "f", b"x")
    files.note_file(folder / "n", b"x")
    (folder / "f").chmod(0o644)
    files.replace_file(folder / "f", b"y", folder / "t")
    assert [mode(path) for path in (tmp_path / "a", folder, folder / "f", folder / "n")] == [
        0o700,
        0o700,
        0o600,
        0o600,
    ]


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may take fewer bytes than it is given."""
    whole = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: whole(descriptor, bytes(data[:3])))
    files.write_file(tmp_path / "f", b"0123456789")
    assert (tmp_path / "f").read_bytes() == b"0123456789"


def test_read_at_any_place(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"0123456789")
    descriptor = files.open_private(tmp_path / "f", os.O_RDONLY)
    assert [
        files.read_at(descriptor, 7, 2),
        files.read_at(descriptor, 0, 2),
        files.read_at(descriptor, 8, 9),
    ] == [
        b"78",
        b"01",
        b"89",
    ]
    os.close(descriptor)


def test_note_is_shortened(tmp_path: Path) -> None:
    files.note_file(tmp_path / "n", b"long text")
    files.note_file(tmp_path / "n", b"short")
    assert (tmp_path / "n").read_bytes() == b"short"


def test_note_never_fails(tmp_path: Path) -> None:
    files.note_file(tmp_path / "nowhere" / "n", b"x")


def test_replacing_waits_for_readers_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses while a reader has the file open: try again a little later."""
    tries: list[float] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if len(tries) < 3:
            raise PermissionError
        return real(self, target)

    monkeypatch.setattr(files, "ON_WINDOWS", True)
    monkeypatch.setattr(time, "sleep", tries.append)
    monkeypatch.setattr(Path, "replace", replace)
    (tmp_path / "a").write_bytes(b"x")
    files.move_file(tmp_path / "a", tmp_path / "b")
    assert len(tries) == 3
    assert (tmp_path / "b").read_bytes() == b"x"


def test_remove_tree_leaves_what_links_point_to(tmp_path: Path) -> None:
    (tmp_path / "keep").mkdir()
    (tmp_path / "keep" / "f").write_bytes(b"x")
    (tmp_path / "gone").mkdir()
    try:
        (tmp_path / "gone" / "link").symlink_to(tmp_path / "keep", target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    files.remove_tree(tmp_path / "gone")
    assert not (tmp_path / "gone").exists()
    assert (tmp_path / "keep" / "f").exists()
