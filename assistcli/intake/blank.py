"""The blank workbook of ``assist template``: a list that a college can fill in without going wrong.

Drop-down lists, text-typed number columns, a row that tells and a row that shows how; import ignores both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.fields import Field
from assistcli.intake.codes import words_of_table
from assistcli.intake.drafts import held_interrupts, replace_file
from assistcli.intake.vocabulary import blank_words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 1_000
TITLE_ROW, HEADER_ROW, TELL_ROW, SHOW_ROW, FIRST_ROW = 1, 2, 3, 4, 5
LIST_SHEET = "选项"
LONGEST_LIST = 255
TEXT_FORMAT = "@"
NUMBER_FORMATS = {"money": "0.00", "count": "0", "year": "0"}


@dataclass(slots=True, kw_only=True)
class _Lists:
    """The drop-down lists that are too long to stand in the cell itself: a column each on a hidden sheet."""

    book: "Workbook"
    names: dict[tuple[str, ...], str] = field(default_factory=dict)

    def formula(self, choices: tuple[str, ...]) -> str:
        """What a drop-down list of *choices* refers to."""
        inline = ",".join(choices)
        if len(inline) <= LONGEST_LIST:
            return f'"{inline}"'
        if choices not in self.names:
            self.names[choices] = self._write(choices)
        return f"={self.names[choices]}"

    def _write(self, choices: tuple[str, ...]) -> str:
        from openpyxl.utils import get_column_letter
        from openpyxl.workbook.defined_name import DefinedName

        sheet = (
            self.book[LIST_SHEET]
            if LIST_SHEET in self.book.sheetnames
            else self.book.create_sheet(LIST_SHEET)
        )
        sheet.sheet_state = "hidden"
        letter = get_column_letter(len(self.names) + 1)
        for row, choice in enumerate(choices, start=1):
            sheet[f"{letter}{row}"] = choice
        name = f"list_{len(self.names) + 1}"
        area = f"'{LIST_SHEET}'!${letter}$1:${letter}${len(choices)}"
        self.book.defined_names[name] = DefinedName(name, attr_text=area)
        return name


def write_blank(path: Path, fields: Sequence[Field], title: str) -> Path:
    """The path of a blank workbook with a column for each of *fields* under *title*.

    Raises:
        DataRejectedError: the file is open elsewhere or the folder cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    sheet.cell(TITLE_ROW, 1, title)
    lists = _Lists(book=book)
    _write_first_column(sheet)
    for place, entry in enumerate(fields, start=2):
        _write_column(sheet, place, entry, lists)
    _dress_sheet(sheet, len(fields) + 1)
    with held_interrupts():
        return replace_file(path, book.save)


def _write_first_column(sheet: "Worksheet") -> None:
    for row, text in enumerate(("序号", "填写说明", "示例"), start=HEADER_ROW):
        sheet.cell(row, 1, text)


def _write_column(sheet: "Worksheet", place: int, entry: Field, lists: _Lists) -> None:
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(place)
    number_format = NUMBER_FORMATS.get(entry.kind, TEXT_FORMAT)
    column = sheet.column_dimensions[letter]
    column.number_format = number_format
    column.width = 22 if entry.kind == "id" else max(12, len(entry.name) * 2 + 4)
    for number, text in enumerate((entry.name, instruction(entry), example(entry)), start=HEADER_ROW):
        sheet.cell(number, place, text)
        sheet.cell(number, place).number_format = TEXT_FORMAT
    for row in range(FIRST_ROW, FIRST_ROW + ROWS) if number_format == TEXT_FORMAT else ():
        sheet.cell(row, place).number_format = TEXT_FORMAT
    _add_validation(sheet, letter, entry, lists)


def _add_validation(sheet: "Worksheet", letter: str, entry: Field, lists: _Lists) -> None:
    """A drop-down list, or a check of the length of an ID number."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = choices_of(entry)
    if choices:
        rule = DataValidation(type="list", formula1=lists.formula(choices), allow_blank=True)
        rule.error = f"请从列表里选{entry.name}，不清楚就留空"
    elif entry.kind == "id":
        rule = DataValidation(type="textLength", operator="equal", formula1="18", allow_blank=True)
        rule.error = "身份证号是 18 位"
    else:
        return
    rule.showErrorMessage = True
    rule.errorTitle = entry.name
    # A list of open words (民族, 学院) advises; a closed list insists.
    rule.errorStyle = "stop" if entry.kind in {"choice", "yesno", "id"} else "warning"
    rule.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + ROWS - 1}")
    sheet.add_data_validation(rule)


def choices_of(entry: Field) -> tuple[str, ...]:
    """What the drop-down list of a field offers; nothing where the field is free."""
    if entry.kind == "yesno":
        return ("是", "否")
    return entry.choices or words_of_table(entry.name)


def instruction(entry: Field) -> str:
    """How to fill in a field, in a few words."""
    texts = blank_words()
    kind = "listed" if entry.kind == "text" and choices_of(entry) else entry.kind
    return _pick(texts["instructions_of"], entry.name) or texts["instructions"][kind]


def example(entry: Field) -> str:
    """What the row of examples shows for a field."""
    texts = blank_words()
    listed = choices_of(entry)
    return _pick(texts["examples_of"], entry.name) or (listed[0] if listed else texts["examples"][entry.kind])


def _pick(texts: Mapping[str, str], name: str) -> str:
    return texts.get(name, "")


def _dress_sheet(sheet: "Worksheet", columns: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet.merge_cells(start_row=TITLE_ROW, start_column=1, end_row=TITLE_ROW, end_column=columns)
    sheet.cell(TITLE_ROW, 1).font = Font(name="黑体", size=16)
    sheet.cell(TITLE_ROW, 1).alignment = Alignment(horizontal="center")
    grey = PatternFill("solid", start_color="FFE8E8E8")
    for place in range(1, columns + 1):
        sheet.cell(HEADER_ROW, place).font = Font(bold=True)
        for row in (HEADER_ROW, TELL_ROW, SHOW_ROW):
            sheet.cell(row, place).fill = grey
            sheet.cell(row, place).alignment = Alignment(wrap_text=True, vertical="center")
        for row in (TELL_ROW, SHOW_ROW):
            sheet.cell(row, place).font = Font(italic=True, color="FF666666")
    sheet.freeze_panes = f"B{FIRST_ROW}"
