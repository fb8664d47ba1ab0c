"""The one place that prints: a person gets lines and tables, a script gets one JSON value."""

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import get_terminal_size
from typing import IO, Any

from assistcli.errors import UsageError
from assistcli.values import clean_text

GAP = 2
NARROWEST = 4
PADDING = 2
_WORD = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, for the screen."""

    headings: Sequence[str]
    rows: Sequence[Sequence[object]]


def prepare_streams() -> None:
    """Make the streams fit for Chinese: UTF-8 into files and pipes, replaced letters on a terminal.

    Whoever sets ``PYTHONIOENCODING`` (gbk, for ``more`` in a Chinese Windows) gets that; JSON stays UTF-8.

    Raises:
        UsageError: standard output is closed, so that nothing could be shown.
    """
    closed = [name for name in ("stdin", "stdout", "stderr") if getattr(sys, name) is None]
    for name in closed:  # in this order: else a file of the store would be opened in the place of the stream
        setattr(sys, name, _open_nothing("r" if name == "stdin" else "w"))
    wished = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and (stream.isatty() or wished):
            reconfigure(errors="replace")
        elif reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    if "stdout" in closed:
        raise UsageError("标准输出已关闭，结果无处显示；什么也没有做。请去掉 >&-，不要结果就写 > /dev/null")


def _open_nothing(mode: str) -> IO[str]:
    """A stream to or from nowhere, for as long as the program runs."""
    return Path(os.devnull).open(mode, encoding="utf-8")


def finish_streams() -> None:
    """Bring what was printed to its reader, who may have gone away.

    Raises:
        OSError: it cannot be written, as onto a full disk.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_output()
    except OSError:
        _silence_output()
        raise


def _silence_output() -> None:
    """Let what is still to be printed go nowhere, so that the interpreter does not stumble over it."""
    with suppress(OSError, ValueError):  # io.UnsupportedOperation where the stream is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(text: str) -> None:
    """Print *text*; once the reader (head, more) has had enough, nothing more is printed.

    The command goes on to its end: what it was to write is written, and its exit code says what it did.
    """
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        _silence_output()


def answer(as_json: bool, data: Any, *parts: str | Table) -> None:
    """Print *data* as the one JSON value, or *parts* for a person."""
    if as_json:
        _promise_utf8()
        _write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        return
    for part in parts:
        say(render_table(part) if isinstance(part, Table) else part)


def answer_each(items: Iterable[Any]) -> None:
    """Print *items* as the one JSON value, a list of one to a line, holding one at a time."""
    sign = "[\n"
    _promise_utf8()
    for item in items:
        _write(sign + json.dumps(item, ensure_ascii=False))
        sign = ",\n"
    _write("[]\n" if sign == "[\n" else "\n]\n")


def say(text: str = "") -> None:
    """Print *text* for a person, without control characters."""
    _write(_safe(text) + "\n")


def hand_over(text: str) -> None:
    """Print *text* as it is, for another program."""
    _write(text + "\n")


def note(text: str) -> None:
    """Print *text* beside the answer, on standard error; that nobody reads there stops nothing."""
    with suppress(BrokenPipeError):
        sys.stderr.write(_safe(text) + "\n")


def render_table(table: Table) -> str:
    """*table* as aligned text; Chinese letters count two columns, long cells wrap to fit a terminal."""
    import tabulate  # 77 ms: only where a table is shown

    rows = [["" if cell is None else clean_text(str(cell)) for cell in row] for row in table.rows]
    widths = _fitting_widths(table.headings, rows) if rows and sys.stdout.isatty() else None
    tabulate.MIN_PADDING = 0 if widths else PADDING  # beside headings; read at each call
    return tabulate.tabulate(
        rows,
        headers=list(table.headings),
        tablefmt="simple",
        disable_numparse=True,
        maxcolwidths=widths,
        maxheadercolwidths=widths,
    )


def _fitting_widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int] | None:
    """Widths that make a table fit the terminal, the widest column giving way first; ``None`` if it fits.

    A number, a day or the name of a record is broken only where nothing else is left to give way.
    """
    from wcwidth import wcswidth

    columns = list(zip(*rows, strict=True))
    heads, bodies = [wcswidth(name) for name in headings], [max(map(wcswidth, cells)) for cells in columns]
    room = get_terminal_size().columns - GAP * (len(heads) - 1)
    if sum(max(head + PADDING, body) for head, body in zip(heads, bodies, strict=True)) <= room:
        return None
    widths = [max(head, body) for head, body in zip(heads, bodies, strict=True)]
    _narrow(widths, [max(NARROWEST, *map(_longest_word, cells)) for cells in columns], room)
    _narrow(widths, [NARROWEST] * len(widths), room)
    return widths


def _narrow(widths: list[int], least: Sequence[int], room: int) -> None:
    """Take from *widths*, the widest first and none below its *least*, until all have *room*."""
    for _ in range(sum(widths) - room):
        wide = [place for place, width in enumerate(widths) if width > least[place]]
        if not wide:
            return
        widths[max(wide, key=widths.__getitem__)] -= 1


def _longest_word(cell: str) -> int:
    """Letters of the longest run of figures and plain letters in *cell*."""
    return max(map(len, _WORD.findall(cell)), default=0)


def _promise_utf8() -> None:
    """JSON is UTF-8 whatever the terminal or the environment says."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure and sys.stdout.encoding.lower() not in {"utf-8", "utf8"} and not sys.stdout.isatty():
        reconfigure(encoding="utf-8")


def interactive() -> bool:
    """Whether a person can be asked: standard input and output are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _safe(text: str) -> str:
    """*text* line by line without control characters, keeping the blanks that align it."""
    return "\n".join(_keep_margin(line) for line in text.split("\n"))


def _keep_margin(line: str) -> str:
    margin = line[: len(line) - len(line.lstrip(" "))]
    return margin + clean_text(line)
