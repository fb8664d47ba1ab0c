"""Files that hold people's data: written beside their place, for their owner only, and put there whole."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from assistcli.errors import DataRejectedError


def replace_file(path: Path, write: Callable[[Path], object]) -> Path:
    """*path*, now holding what *write* put into a draft beside it; readable by its owner only.

    Raises:
        DataRejectedError: the folder cannot be written, or the file is open in Excel or WPS.
    """
    draft = make_draft(path)
    try:
        write(draft)
        draft.replace(path)
    except PermissionError as error:
        raise DataRejectedError(
            f"「{path.name}」正被 Excel 或 WPS 打开，没有写入；请关闭后再试，或换个文件名"
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return path


def make_draft(path: Path) -> Path:
    """An empty private file in the folder of *path*.

    Raises:
        DataRejectedError: the folder is missing or cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise DataRejectedError(f"文件夹「{path.parent}」不存在或不能写；请换个文件夹") from error
    os.close(handle)
    return Path(name)
