"""One writer at a time; who waits is told for whom."""

import errno
import os
import warnings
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest

from store.errors import StoreError, StoreLockedError
from store.journal import JournalBackend
from store.lock import hold_lock, read_holder
from tests.store.samples import put

AT = "2026-03-02T09:30:00+08:00"


def test_second_writer_hears_who_writes_and_since_when(
    store: JournalBackend, reopen: Callable[[], JournalBackend]
) -> None:
    """The message names person, time and command; readers go on."""
    put(store, a={"n": 1})
    other = reopen()
    with store.transaction(by="李老师", command="import 名单.xlsx") as change:
        change.put("cases", "a", {"n": 2})
        with pytest.raises(StoreLockedError) as caught:
            put(other, b={})
        assert other.get("cases", "a") == {"n": 1}
    assert (caught.value.holder, caught.value.since) == ("李老师", AT)
    assert "李老师" in str(caught.value)
    assert "名单.xlsx" in str(caught.value)
    assert other.get("cases", "a") == {"n": 2}
    put(other, b={})


def test_lock_of_a_dead_process_is_no_lock(folder: Path, store: JournalBackend) -> None:
    """A lock file that lies about means nothing: the system's lock died with its holder."""
    (folder / "writer.lock").write_bytes(b"")
    (folder / "writer.json").write_text('{"by": "王老师", "since": "2020-01-01"}', encoding="utf-8")
    put(store, a={})
    assert read_holder(folder)["by"] == "李老师"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"by": 1}', "\0"])
def test_unreadable_holder_is_nobody(folder: Path, store: JournalBackend, text: str) -> None:
    (folder / "writer.json").write_text(text)
    assert read_holder(folder).get("by") in {None, "1"}


def test_lock_is_released_after_an_exception(
    store: JournalBackend, reopen: Callable[[], JournalBackend]
) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction(by="x", command="y"):
        raise ZeroDivisionError
    put(reopen(), a={})


def test_drive_without_locks_is_explained(
    folder: Path, store: JournalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    with pytest.raises(StoreError, match="本机硬盘"):
        put(store, a={})
    assert store.tables() == []


def test_marker_file_instead_of_a_lock_is_said(
    folder: Path, store: JournalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On some network drives the library can only leave a marker file; the user hears of it."""

    def fall_back(self: filelock.BaseFileLock, **_: object) -> None:
        warnings.warn("flock not supported on this filesystem", stacklevel=2)
        self.__class__ = filelock.SoftFileLock

    monkeypatch.setattr(filelock.FileLock, "acquire", fall_back)
    monkeypatch.setattr(filelock.SoftFileLock, "release", lambda *_: None)
    put(store, a={})
    assert "标记文件" in store.notices[0]


def test_lock_says_whether_the_system_keeps_it(tmp_path: Path) -> None:
    with hold_lock(tmp_path, 0, by="x", command="y", at=AT) as by_system:
        assert by_system
