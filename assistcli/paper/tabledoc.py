"""A plain table as a Word document or a workbook, for its owner alone; text never becomes a formula."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.errors import UsageError
from assistcli.output import note
from assistcli.reports.chart import Chart
from assistcli.values import clean_text

if TYPE_CHECKING:
    from docx.document import Document

FONT = "宋体"
FILE_MODE = 0o600
ENDINGS = (".docx", ".xlsx")
Row = Sequence[object]


def save_table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    notes: Sequence[str],
    path: Path,
    charts: Sequence[Chart] = (),
) -> Path:
    """Save the table as *path* says by its ending, .docx or .xlsx; returns the whole path.

    Charts are drawn in Word, below the table.

    Raises:
        UsageError: another ending.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"--out「{path}」应以 .xlsx 或 .docx 结尾")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=FILE_MODE)
    if ending == ".docx":
        _make_document(title, columns, rows, notes, charts).save(str(path))
    else:
        _write_workbook(title, columns, rows, notes, path)
    return path.resolve()


def _make_document(
    title: str, columns: Sequence[str], rows: Sequence[Row], notes: Sequence[str], charts: Sequence[Chart]
) -> "Document":
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
    for remark in notes:
        document.add_paragraph(clean_text(remark))
    for number, chart in enumerate(charts, 1):
        _add_chart(document, chart, number)
    return document


def _add_chart(document: "Document", chart: Chart, number: int) -> None:
    """The chart below its caption, with its numbers in words for whom cannot see it."""
    from docx.shared import Inches

    from assistcli.paper.picture import INCHES_WIDE, NO_FONT, picture_of

    picture = picture_of(chart)
    caption = document.add_paragraph(f"图 {number}　{clean_text(picture.caption)}", style="Caption")
    caption.paragraph_format.keep_with_next = True
    if picture.png is None:
        document.add_paragraph(NO_FONT)
        note(NO_FONT)
        return
    shape = document.add_picture(io.BytesIO(picture.png), width=Inches(INCHES_WIDE))
    properties = shape._inline.docPr
    properties.set("descr", clean_text(picture.described))
    properties.set("title", clean_text(picture.caption))


def _write_workbook(
    title: str, columns: Sequence[str], rows: Sequence[Row], notes: Sequence[str], path: Path
) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.creator = None
    sheet = workbook.worksheets[0]
    for number, line in enumerate([(title,), columns, *rows, *((remark,) for remark in notes)], 1):
        for column, value in enumerate(line, 1):
            target = sheet.cell(row=number, column=column)
            target.value = value if isinstance(value, int) or value is None else clean_text(str(value))
            if isinstance(target.value, str):
                target.data_type = "s"
    workbook.save(path)
