"""A file opened in the program that the system keeps for its kind: Word or WPS."""

import os
import subprocess
import sys
from pathlib import Path

SECONDS = 3  # an opener that failed has said so by then; one that still runs shows the file


def open_file(path: Path) -> bool:
    """Whether *path* was given to a program that opens it; the terminal stays as it is.

    Not ``typer.launch``: on Windows that calls ``start``, which is no program but a word of the shell.
    """
    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 — a template of the user's own store
            return True
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        quiet = subprocess.DEVNULL
        started = subprocess.Popen(  # noqa: S603 — a fixed program; the path is one argument
            [opener, path], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
        return started.wait(SECONDS) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False
