"""A plain table as a Word document or a workbook, for its owner alone; text never becomes a formula."""

from collections.abc import Sequence
from pathlib import Path

from assistcli.errors import UsageError
from assistcli.values import clean_text

FONT = "宋体"
FILE_MODE = 0o600
Row = Sequence[object]


def save_table(
    title: str, columns: Sequence[str], rows: Sequence[Row], notes: Sequence[str], path: Path
) -> Path:
    """Save the table as *path* says by its ending, .docx or .xlsx; returns the whole path.

    Raises:
        UsageError: another ending.
    """
    writers = {".docx": _write_document, ".xlsx": _write_workbook}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise UsageError(f"--out「{path}」应以 .xlsx 或 .docx 结尾")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=FILE_MODE)
    write(title, columns, rows, notes, path)
    return path.resolve()


def _write_document(
    title: str, columns: Sequence[str], rows: Sequence[Row], notes: Sequence[str], path: Path
) -> None:
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    document.add_paragraph(title)
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    for line in (columns, *rows):
        cells = table.rows[0].cells if line is columns else table.add_row().cells
        for cell, value in zip(cells, line, strict=True):
            cell.text = "" if value is None else clean_text(str(value))
    for note in notes:
        document.add_paragraph(clean_text(note))
    document.save(str(path))


def _write_workbook(
    title: str, columns: Sequence[str], rows: Sequence[Row], notes: Sequence[str], path: Path
) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.creator = None
    sheet = workbook.worksheets[0]
    for number, line in enumerate([(title,), columns, *rows, *((note,) for note in notes)], 1):
        for column, value in enumerate(line, 1):
            target = sheet.cell(row=number, column=column)
            target.value = value if isinstance(value, int) or value is None else clean_text(str(value))
            if isinstance(target.value, str):
                target.data_type = "s"
    workbook.save(path)
