"""The writer's lock: one writer at a time, readers never wait."""

import json
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import StoreLockedError, StoreNoLockError, reason_of
from store.files import note_file

LOCK, HOLDER = "writer.lock", "writer.json"


@contextmanager
def hold_lock(folder: Path, timeout: float, *, by: str, command: str, at: str) -> Iterator[bool]:
    """Hold the lock; yields whether the system itself keeps it (False: only a marker file does)."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=timeout, mode=0o600, thread_local=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # filelock's English word on network shares; we say it ourselves
            lock.acquire(poll_interval=0.02)
    except Timeout:
        raise _locked(folder) from None
    except OSError as error:
        raise StoreNoLockError(
            "这个文件夹里不能加写入锁，没有写入",
            where=f"{folder / LOCK}，{reason_of(error)}",
            advice="请检查文件夹权限；网络盘不支持文件锁时，请把数据文件夹放在本机硬盘上。",
        ) from None
    try:
        _note_holder(folder, by, command, at)
        yield type(lock).__name__ != "SoftFileLock"
    finally:
        lock.release()


def read_holder(folder: Path) -> dict[str, str]:
    """Who wrote last or is writing now, as far as known."""
    try:
        holder = json.loads((folder / HOLDER).read_bytes())
    except (OSError, ValueError):
        return {}
    return {key: str(value) for key, value in holder.items()} if isinstance(holder, dict) else {}


def _note_holder(folder: Path, by: str, command: str, at: str) -> None:
    """Leave a word for whoever waits."""
    machine = os.environ.get("COMPUTERNAME") or (os.uname().nodename if hasattr(os, "uname") else "")
    holder = {"by": by, "since": at, "command": command, "pid": os.getpid(), "machine": machine}
    note_file(folder / HOLDER, json.dumps(holder, ensure_ascii=False).encode("utf-8", "replace"))


def _locked(folder: Path) -> StoreLockedError:
    """The error that says who holds the lock and since when."""
    holder = read_holder(folder)
    who, since = holder.get("by", ""), holder.get("since", "")
    detail = f"{who or '不知是谁'}，自 {since or '不知何时'} 起，{holder.get('command', '')}"
    machine = f"，电脑 {holder['machine']}，进程 {holder.get('pid', '')}" if holder.get("machine") else ""
    return StoreLockedError(
        "别的窗口或同事正在写入，没有写入任何内容",
        where=detail + machine,
        advice="请等对方完成后再试；程序已关闭时锁会自动释放，不必删除任何文件。",
        holder=who,
        since=since,
    )
