"""Many records: all in one document, each on a new page, or one file each."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from forms.continuation import continuation_pages
from forms.errors import FormError, OutputError, RecordError, reason_of
from forms.fill import fill, fill_stories
from forms.media import Media
from forms.naming import fold_name, numbered_names
from forms.package import Chunk, MemberSpool, MemberStream, end_record, lay_out
from forms.program import Copies, Piece, Scope, Values
from forms.template import Template
from forms.wordml import DOCUMENT

_BUFFER = 1 << 18  # characters gathered before they are packed


def write_batch(template: Template, records: Iterable[Values], path: Path | str) -> int:
    """Number of records written into the one document *path*, each beginning on a new page.

    Records are streamed: memory does not grow with their number. *path* appears when it is complete,
    readable by its owner only; a file that stood there is replaced.

    Raises:
        RecordError: there is no record, or two differ in a field that the page header prints.
        OutputError: the file cannot be written.
    """
    stream = iter(records)
    first = next(stream, None)
    if first is None:
        raise RecordError("没有要打印的人。请先选定人员。")
    stories = fill_stories(template, first)
    with replacing(Path(path)) as file:
        prelude = lay_out((*template.fixed, *stories))
        file.write(prelude.body)
        document = MemberStream(file, DOCUMENT)
        with tempfile.TemporaryFile(dir=Path(path).parent) as kept:
            photos = MemberSpool(kept)
            media = Media(photos.add)
            count = _write_records(template, first, stream, document, media)
            entries = [prelude.entries, document.close()]
            if template.relationships:
                photos.add(media.relationships(template.relationships))
            entries += photos.pour(file)
        contents = b"".join(entries)
        start = file.tell()
        file.write(contents + end_record(prelude.count + len(entries) - 1, len(contents), start))
    return count


def _write_records(
    template: Template, first: Values, rest: Iterator[Values], out: MemberStream, media: Media
) -> int:
    copies, count = Copies(media=media), 0
    out.write(template.body.opening)
    buffer: list[str] = []
    length = 0
    current: Values | None = first
    while current is not None:
        following = next(rest, None)
        _check_headers(template, first, current)
        for piece in _record_pieces(template, current, copies, count, last=following is None):
            text = piece.text if isinstance(piece, Chunk) else piece
            buffer.append(text)
            length += len(text)
        if length > _BUFFER:
            out.write("".join(buffer))
            buffer.clear()
            length = 0
        current, count = following, count + 1
    out.write("".join((*buffer, template.body.section, template.body.closing)))
    return count


def _record_pieces(
    template: Template, record: Values, copies: Copies, place: int, *, last: bool
) -> list[Piece]:
    section = template.body.section if template.body.own_sections and not last else ""
    scope = Scope(record, copies, copy=copies.next(), record=place, section=section)
    pieces: list[Piece] = []
    template.body.blocks.run(scope, pieces)
    pieces += continuation_pages(scope.overflow, record, section)
    return pieces


def _check_headers(template: Template, first: Values, record: Values) -> None:
    if record is first:
        return
    for mark in template.story_marks:
        key = mark.group or mark.name
        if record.get(key) != first.get(key):
            raise RecordError(f"模板“{template.label}”的页眉页脚里有 {mark}，各人不同，不能合成一个文件。"
                              "请把它移到正文，或一人一个文件。")  # fmt: skip


def write_one(template: Template, record: Values, path: Path | str, key: str = "") -> None:
    """Write *record* alone into the document *path*, with its *key*; a file that stood there is replaced."""
    data = fill(template, record, key)
    with replacing(Path(path)) as file:
        file.write(data)


def write_each(
    template: Template, named_records: Iterable[tuple[str, Values]], folder: Path | str, key_field: str = ""
) -> list[Path]:
    """Paths written in *folder*, one per pair of file name and record, in order.

    Names come from `forms.naming.file_name`. A name that is taken is numbered; nothing is overwritten.
    Each file holds what its record says in *key_field*. Where it does not come to its end, none is left.
    """
    target = Path(folder)
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"建不了文件夹“{target}”：{reason_of(error)}。请换一个位置。") from error
    taken = _names_in(target)
    begun: list[str] = []
    try:
        return [
            _write_new(target, name, fill(template, record, key_of(record, key_field)), taken, begun)
            for name, record in named_records
        ]
    except BaseException:  # Ctrl-C as well: all of the batch or none of it
        for path in begun:
            Path(path).unlink(missing_ok=True)
        raise


def key_of(record: Values, key_field: str) -> str:
    """What *record* says in *key_field*; "" where it says nothing or is not asked."""
    return str(record.get(key_field) or "") if key_field else ""


def _names_in(folder: Path) -> set[str]:
    """Names in *folder* as other systems compare them."""
    try:
        return {fold_name(path.name) for path in folder.iterdir()}
    except OSError as error:
        raise OutputError(f"打不开文件夹“{folder}”：{reason_of(error)}。请换一个位置。") from error


def _write_new(folder: Path, name: str, data: bytes, taken: set[str], begun: list[str]) -> Path:
    if "/" in name or "\\" in name or name in ("", ".", ".."):
        raise OutputError(f"文件名“{name}”不能用。请用 forms.naming.file_name 取名。")
    for candidate in numbered_names(name):
        folded = fold_name(candidate)
        if folded in taken:
            continue
        taken.add(folded)
        path = f"{folder}{os.sep}{candidate}"
        begun.append(path)  # before it is made: no interrupt finds a file that nobody knows
        if _create(path, data):
            return folder / candidate
        begun.pop()  # somebody else made it meanwhile
    raise AssertionError("numbers do not end")  # pragma: no cover


def _create(path: str, data: bytes) -> bool:
    """Whether *path* was free and now holds *data*; made exclusively, so that nothing is ever overwritten."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        return False
    except OSError as error:
        raise OutputError(f"写不了“{path}”：{reason_of(error)}。请换一个位置。") from error
    try:
        written = os.write(handle, data)
        while written < len(data):
            written += os.write(handle, memoryview(data)[written:])
    except OSError as error:
        raise OutputError(f"写不了“{path}”：{reason_of(error)}。请检查磁盘空间。") from error
    finally:
        os.close(handle)
    return True


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of *path* once it is whole, with mode 0600."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".forms-", suffix=".tmp")
    except OSError as error:
        raise OutputError(f"写不了“{path}”：{reason_of(error)}。请换一个位置。") from error
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
        Path(name).replace(path)
    except PermissionError as error:
        raise OutputError(f"写不了“{path.name}”，它可能正在 Word 里打开。请关闭后重试。") from error
    except OSError as error:
        raise OutputError(f"写不了“{path}”：{reason_of(error)}。请检查磁盘空间。") from error
    except FormError:
        raise
    finally:
        Path(name).unlink(missing_ok=True)
