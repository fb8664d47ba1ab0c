"""What can go wrong in a store, in the reader's language: what happened, where, what to do next."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class StoreError(Exception):
    """Something the store could not do; its text is one to three Chinese lines for the user."""

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        self.what = what
        self.where = where
        self.advice = advice
        head = f"{what}（{where}）" if where else what
        super().__init__(f"{head}\n{advice}" if advice else head)


class StoreMissingError(StoreError):
    """There is no store, or no such record or transaction in it."""


class StoreLockedError(StoreError):
    """Somebody else is writing; *holder* and *since* say who and since when, as far as known."""

    def __init__(
        self, what: str, *, where: str = "", advice: str = "", holder: str = "", since: str = ""
    ) -> None:
        super().__init__(what, where=where, advice=advice)
        self.holder = holder
        self.since = since


class StoreNoLockError(StoreError):
    """No lock can be had in this folder: no right to write there, or a drive that knows no locks."""


class StoreDamagedError(StoreError):
    """Bytes that were once acknowledged are not sound: in *file*, *line*, the named *records*."""

    def __init__(
        self,
        what: str,
        *,
        file: str = "",
        line: int | None = None,
        records: Sequence[str] = (),
        advice: str = "",
    ) -> None:
        place = f"{file} 第 {line} 行" if line else file
        named = "、".join(records)
        super().__init__(
            what,
            where="，".join(part for part in (place, named) if part),
            advice=advice
            or "没有改动任何文件。请运行 assist doctor 查看，assist doctor --fix 在副本上修复。",
        )
        self.file = file
        self.line = line
        self.records = tuple(records)


class StoreConflictError(StoreError):
    """Carrying on would overwrite somebody's change; *records* lists (table, id)."""

    def __init__(
        self, what: str, *, where: str = "", advice: str = "", records: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(what, where=where, advice=advice)
        self.records = tuple(records)


class StoreVersionError(StoreError):
    """The store is of another version than this program; *found* and *known* are the numbers."""

    def __init__(
        self, what: str, *, where: str = "", advice: str = "", found: int = 0, known: int = 0
    ) -> None:
        super().__init__(what, where=where, advice=advice)
        self.found = found
        self.known = known


_REASONS = {
    errno.ENOSPC: ("磁盘已满", "请腾出空间后再试；已经保存的内容不受影响。"),
    errno.EDQUOT: ("磁盘配额已用完", "请腾出空间后再试；已经保存的内容不受影响。"),
    errno.EACCES: ("没有权限", "请检查文件夹权限，或关闭占用文件的程序后再试。"),
    errno.EPERM: ("没有权限", "请检查文件夹权限，或关闭占用文件的程序后再试。"),
    errno.EROFS: ("磁盘是只读的", "请换一个可以写入的位置。"),
    errno.EIO: ("磁盘读写出错", "请尽快备份，并检查这块磁盘。"),
    errno.ENOENT: ("没有这个文件或文件夹", "请核对路径后再试。"),
    errno.ENOTDIR: ("这是一个文件，不是文件夹", "请核对路径后再试。"),
    errno.EISDIR: ("这是一个文件夹，不是文件", "请核对路径后再试。"),
    errno.EEXIST: ("已经有同名的文件", "请换一个名称。"),
    errno.ENAMETOOLONG: ("文件名过长", "请换一个短些的名称。"),
    errno.EBUSY: ("文件正被占用", "请关闭占用文件的程序后再试。"),
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in Chinese where we know the words."""
    known = _REASONS.get(error.errno or 0)
    return known[0] if known else error.strerror or type(error).__name__


@contextmanager
def explaining(action: str, path: Path) -> Iterator[None]:
    """Turn what the system refuses into a StoreError that says what was being done, and where."""
    try:
        yield
    except OSError as error:
        _, advice = _REASONS.get(error.errno or 0, ("", "请检查磁盘后再试。"))
        where = str(error.filename) if isinstance(error.filename, str) else str(path)
        raise StoreError(f"{action}失败：{reason_of(error)}", where=where, advice=advice) from error
