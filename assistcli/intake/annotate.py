"""The annotated workbook ``名单.有错.xlsx``: the clerk's own file with red cells, comments and 错误说明.

Mended and imported again it goes in: the column 错误说明 is on the list of ignored headers.
"""

import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.errors import DataRejectedError
from assistcli.intake.drafts import held_interrupts, make_draft
from assistcli.intake.reading import Intake
from assistcli.intake.rows import RowError
from assistcli.intake.sheet import plain_text
from assistcli.intake.table import Table
from assistcli.intake.vocabulary import EXPLANATION
from assistcli.values import clean_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MARK = ".有错"
AUTHOR = "assist"
RED = "FFFF9999"
NAME_BYTES = 255
COMMENT_WIDTH = 260
MOST_COPIES = 99


def write_annotated(path: Path, intake: Intake, errors: Sequence[RowError]) -> Path:
    """The path of a copy of the file at *path*, beside it, in which every one of *errors* is marked.

    An xlsx keeps the clerk's formatting; any other kind of file becomes a plain workbook of text cells.
    """
    book = _open_own(path) or _copy_cells(intake)
    by_sheet: dict[str, list[RowError]] = defaultdict(list)
    for error in errors:
        by_sheet[error.sheet].append(error)
    for table in intake.tables:
        sheet = book[table.sheet.name] if table.sheet.name in book.sheetnames else book.worksheets[0]
        _remove_old_marks(sheet, table)
        _mark_errors(sheet, table, by_sheet[table.sheet.name])
    return _save_beside(book, path)


def _open_own(path: Path) -> "Workbook | None":
    """The clerk's workbook, or ``None`` where it is no xlsx or openpyxl cannot read what calamine could."""
    from openpyxl import load_workbook

    with path.open("rb") as stream:
        if not stream.read(4).startswith(b"PK"):
            return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl cannot keep is no news for the clerk
            return load_workbook(path)
    except Exception:  # any damage that the tolerant reader passed over: a plain copy serves as well
        return None


def _copy_cells(intake: Intake) -> "Workbook":
    """A plain workbook with the cells of the tables, all text, so that nothing is changed by its type."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in intake.tables:
        sheet = book.create_sheet(table.sheet.name or "名单")
        for number, row in enumerate(table.sheet.rows, start=1):
            for place, value in enumerate(row, start=1):
                if value != "":
                    write_text(sheet.cell(number, place), plain_text(value))
    return book


def write_text(cell: "Cell", text: str) -> None:
    """Put *text* into *cell* as text, whatever it looks like: no number, no date, no formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.number_format = "@"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True


def _remove_old_marks(sheet: "Worksheet", table: Table) -> None:
    """Take off red cells and comments of an earlier round, where the file has been one."""
    from openpyxl.styles import PatternFill

    if _explanation_column(table) is None:
        return
    for row in sheet.iter_rows(min_row=table.bottom + 2, max_row=len(table.sheet.rows)):
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
            if cell.fill.fill_type == "solid" and cell.fill.start_color.rgb == RED:
                cell.fill = PatternFill()


def _mark_errors(sheet: "Worksheet", table: Table, errors: Iterable[RowError]) -> None:
    own = _explanation_column(table)
    place = own or max(table.width, *map(len, table.sheet.rows)) + 1
    if own:
        for number in range(table.bottom + 2, len(table.sheet.rows) + 1):
            write_text(_plain_cell(sheet, number, own), "")
    write_text(_plain_cell(sheet, table.bottom + 1, place), EXPLANATION)
    sheet.column_dimensions[_letters(place)].width = 60
    for number, found in _by_row(errors).items():
        for error in found:
            if error.column:
                _mark_cell(_plain_cell(sheet, number, error.column), error.message)
        _explain_row(_plain_cell(sheet, number, place), found)


def _plain_cell(sheet: "Worksheet", row: int, column: int) -> "Cell":
    """The cell, or where it is covered by a merged one, the first cell of that."""
    from openpyxl.cell import Cell

    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    first = sheet.cell(area.min_row, area.min_col)
    assert isinstance(first, Cell)  # noqa: S101 — by the format, the first cell of a merged range is a plain one
    return first


def _mark_cell(cell: "Cell", message: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    earlier = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(earlier + message, AUTHOR, width=COMMENT_WIDTH)
    cell.fill = PatternFill("solid", start_color=RED)


def _explain_row(cell: "Cell", errors: Sequence[RowError]) -> None:
    from openpyxl.styles import Alignment, PatternFill

    parts = (f"{error.field}：{error.message}" if error.field else error.message for error in errors)
    write_text(cell, "；".join(parts))
    cell.fill = PatternFill("solid", start_color=RED)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _by_row(errors: Iterable[RowError]) -> Mapping[int, list[RowError]]:
    found: dict[int, list[RowError]] = defaultdict(list)
    for error in errors:
        found[error.row].append(error)
    return found


def _explanation_column(table: Table) -> int | None:
    """The place, from 1, of the column 错误说明 that an earlier round has left."""
    for column in table.ignored:
        if clean_text(column.header) == EXPLANATION:
            return column.index + 1
    return None


def _letters(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place)


def _save_beside(book: "Workbook", path: Path) -> Path:
    """Where the workbook was saved: beside *path*, under the first name that is free and not held open."""
    draft = make_draft(path.with_suffix(".xlsx"))
    try:
        with held_interrupts():
            book.save(draft)
        for target in _names_beside(path):
            if _take_name(draft, target):
                return target
    finally:
        draft.unlink(missing_ok=True)
    raise DataRejectedError(
        f"「{path.stem}{MARK}.xlsx」及其后 {MOST_COPIES} 个名字都被占用；请关闭或删去旧的"
    )


def _take_name(draft: Path, target: Path) -> bool:
    """Whether *draft* now stands under the name *target*: free, or the same cells, and not held open."""
    if target.exists() and not _same_cells(target, draft):
        return False
    try:
        draft.replace(target)
    except PermissionError:  # Excel or WPS holds it open
        return False
    return True


def _names_beside(path: Path) -> Iterable[Path]:
    """名单.有错.xlsx, 名单.有错(2).xlsx, … within the length a file name may have."""
    stem = path.stem.split(MARK, maxsplit=1)[0]
    for number in range(1, MOST_COPIES + 1):
        tail = f"{MARK}({number}).xlsx" if number > 1 else f"{MARK}.xlsx"
        room = NAME_BYTES - len(tail.encode())
        yield path.with_name(stem.encode()[:room].decode(errors="ignore") + tail)


def _same_cells(one: Path, other: Path) -> bool:
    """Whether two workbooks hold the same cells; a file that a clerk has begun to mend does not."""
    from python_calamine import CalamineError, CalamineWorkbook

    def cells(path: Path) -> list[object]:
        with CalamineWorkbook.from_path(path) as book:
            return [
                book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
            ]

    try:
        return cells(one) == cells(other)
    except (CalamineError, OSError):
        return False
