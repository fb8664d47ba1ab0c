"""Cases to xlsx, csv or json, such that importing the file again gives equal facts.

Texts that a spreadsheet would take for a formula stay text: typed as such in xlsx, behind an apostrophe in
csv, which import takes off again.
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.errors import UsageError
from assistcli.fields import HIDDEN, Field, guess_name
from assistcli.intake.annotate import write_text
from assistcli.intake.drafts import held_interrupts, replace_file
from assistcli.intake.groups import is_grouping
from assistcli.intake.vocabulary import words
from assistcli.progress import watch
from assistcli.values import Value, format_value, record_value

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FORMATS = (".xlsx", ".csv", ".json")
UNKNOWN_IN_GROUP = "不详"
NUMBER_FORMATS = {"money": "0.00", "count": "0", "year": "0"}

_FORMULA_STARTS = re.compile(r"[=+\-@'＝＋－＠\t\r]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

Record = Mapping[str, Value]


def choose_columns(
    fields: Sequence[Field], records: Sequence[Record], names: Sequence[str] = (), *, sensitive: bool = False
) -> list[Field]:
    """The columns to export: those of *names* in that order, else every field that some record has.

    Secret fields (S3) come only by name or with *sensitive*.

    Raises:
        UsageError: one of *names* is no field.
    """
    known = {entry.name: entry for entry in fields}
    for name in names:
        if name not in known:
            raise UsageError(f"没有「{name}」这个字段{guess_name(name, known)}")
    if names:
        return [known[name] for name in names]
    used = {name for record in records for name in record}
    return [entry for entry in fields if entry.name in used and (sensitive or entry.sensitivity != HIDDEN)]


def write_export(path: Path, fields: Sequence[Field], records: Sequence[Record]) -> Path:
    """*path*, now holding a row or object for each of *records*; its suffix says in which format.

    Raises:
        UsageError: the suffix is none of xlsx, csv and json.
        DataRejectedError: the file is open elsewhere or the folder cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"不能导出成「{path.suffix}」；请用 xlsx、csv 或 json")
    writer = {".xlsx": _write_xlsx, ".csv": _write_csv, ".json": _write_json}[suffix]
    return replace_file(path, lambda draft: writer(draft, fields, records))


def _write_json(path: Path, fields: Sequence[Field], records: Sequence[Record]) -> None:
    objects = [
        {
            entry.name: None if (value := record.get(entry.name)) is None else record_value(entry, value)
            for entry in fields
        }
        for record in records
    ]
    path.write_text(json.dumps(objects, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_csv(path: Path, fields: Sequence[Field], records: Sequence[Record]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([entry.name for entry in fields])
        for row in watch(_value_rows(fields, records), "导出"):
            texts = (format_value(entry, value) for entry, value in zip(fields, row, strict=True))
            writer.writerow([shield_formula(text) for text in texts])


def shield_formula(text: str) -> str:
    """*text* with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{text}" if _FORMULA_STARTS.match(text) else text


def _value_rows(fields: Sequence[Field], records: Iterable[Record]) -> list[list[Value | None]]:
    rows = [[record.get(entry.name) for entry in fields] for record in records]
    for place, entry in enumerate(fields):
        if entry.name in words().groups and is_grouping([row[place] or "" for row in rows]):
            # Import would take these blanks for a grouped list; the word says that they are not known.
            for row in rows:
                row[place] = row[place] or UNKNOWN_IN_GROUP
    return rows


def _write_xlsx(path: Path, fields: Sequence[Field], records: Sequence[Record]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.freeze_panes = "A2"
    with held_interrupts() as let_in:
        try:
            sheet.append([entry.name for entry in fields])
            for row in watch(_value_rows(fields, records), "导出"):
                let_in()
                sheet.append(_cells(sheet, fields, row))
        except KeyboardInterrupt:
            sheet.close()
            raise
        book.save(path)


def _cells(sheet: "WriteOnlyWorksheet", fields: Sequence[Field], row: Sequence[Value | None]) -> "list[Cell]":
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for entry, value in zip(fields, row, strict=True):
        cell = WriteOnlyCell(sheet)
        _write_cell(cell, entry, value)
        cells.append(cell)
    return cells


def _write_cell(cell: "Cell", entry: Field, value: Value | None) -> None:
    if value is None:
        return
    if entry.kind in NUMBER_FORMATS:
        cell.value = int(value) / 100 if entry.kind == "money" else int(value)
        cell.number_format = NUMBER_FORMATS[entry.kind]
    else:
        write_text(cell, _ESCAPE_LIKE.sub("_x005F_", format_value(entry, value)))
