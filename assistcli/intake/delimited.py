"""csv and tsv files of any usual encoding to a sheet of text cells.

930 of 6,763 common characters have GBK bytes that are valid UTF-8, so no decoder proves itself by not
failing: the encoding whose header the catalogue knows best is the one.
"""

import csv
import io
import re
from pathlib import Path

from assistcli.errors import DataRejectedError
from assistcli.intake import bounds
from assistcli.intake.sheet import Sheet
from assistcli.intake.vocabulary import fold_header, strip_instructions

HEADER_LINES = 10
CELL_LENGTH = 32_767

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_DELIMITERS = (",", "\t", ";")
_FORCED_TEXT = re.compile(r'="([^"]*)"')
_SHIELDED = re.compile(r"'(?=[=+\-@'＝＋－＠\d])")


def read_delimited(path: Path, known: frozenset[str]) -> Sheet:
    """The one sheet of a csv or tsv file, all cells text.

    Raises:
        DataRejectedError: no encoding fits, a quotation mark is left open, or it is no text.
    """
    data = path.read_bytes()
    text, delimiter = _choose_reading(data, known, path.name)
    rows = _split_rows(text, delimiter, path.name)
    width = max((len(row) for row in rows), default=0)
    bounds.check_area(len(rows), width, f"文件「{path.name}」")
    return Sheet(name="", rows=[[_bare_cell(cell) for cell in row] for row in rows], ragged=True)


def _choose_reading(data: bytes, known: frozenset[str], name: str) -> tuple[str, str]:
    """Text and delimiter of the reading whose first lines hold most known headers; UTF-8 wins a draw."""
    best: tuple[int, int, str, str] | None = None
    for rank, encoding in enumerate(_encodings(data)):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        for place, delimiter in enumerate(_DELIMITERS):
            score = _known_headers(text, delimiter, known)
            if best is None or (score, -rank * 10 - place) > best[:2]:
                best = (score, -rank * 10 - place, text, delimiter)
    if best is None or "\x00" in best[2][:4096]:
        raise DataRejectedError(
            f"文件「{name}」不是 UTF-8、GBK、GB18030 或 UTF-16 文本；请用 Excel 另存为「CSV UTF-8」"
        )
    return best[2], best[3]


def _encodings(data: bytes) -> tuple[str, ...]:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked:
        return (marked,)
    if data[:4096].count(0) > len(data[:4096]) // 8:
        return ("utf-16-le", "utf-16-be")
    return ("utf-8", "gb18030")


def _known_headers(text: str, delimiter: str, known: frozenset[str]) -> int:
    """Most known headers that one of the first lines holds."""
    lines = text[: 64 << 10].splitlines()[:HEADER_LINES]
    best = 0
    for line in lines:
        labels = {fold_header(label.strip().strip('"')) for label in line.split(delimiter)}
        labels |= {strip_instructions(label) for label in labels}
        best = max(best, len(labels & known))
    return best


def _split_rows(text: str, delimiter: str, name: str) -> list[list[str]]:
    old = csv.field_size_limit(CELL_LENGTH)
    reader = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True
    )
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > bounds.ROWS:
                break
    except csv.Error as error:
        reason = "有一格文字过长" if "larger" in str(error) else "引号不成对"
        raise DataRejectedError(
            f"文件「{name}」第 {reader.line_num} 行附近{reason}，往下的行分不清；请用 Excel 打开检查后另存"
        ) from error
    finally:
        csv.field_size_limit(old)
    return rows


def _bare_cell(cell: str) -> str:
    """The cell without what keeps text text, by Excel or our own export: ``="0571"``, ``'=1+1``."""
    if not cell or cell[0] not in "='\t":
        return cell
    forced = _FORCED_TEXT.fullmatch(cell.strip())
    return forced[1] if forced else _SHIELDED.sub("", cell, count=1) if cell[0] == "'" else cell
