"""Files that hold people's data: written beside their place, for their owner only, and put there whole."""

import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread

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


@contextmanager
def held_interrupts() -> Iterator[Callable[[], None]]:
    """While this lasts Ctrl-C waits for the function given, or for the end.

    A workbook that is broken off in the middle of a call leaves the library's own writers open; when they are
    swept up they complain on the screen of the person who only wanted to stop.
    """
    pressed = False

    def note_it(_number: int, _frame: object) -> None:
        nonlocal pressed
        pressed = True

    def let_in() -> None:
        if pressed:
            raise KeyboardInterrupt

    if current_thread() is not main_thread():  # nobody else hears signals
        yield let_in
        return
    before = signal.signal(signal.SIGINT, note_it)
    try:
        yield let_in
    finally:
        signal.signal(signal.SIGINT, before)
    let_in()


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
