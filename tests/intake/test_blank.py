"""The blank workbook: drop-downs, text columns, and rows that tell and show but are no people."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistcli.errors import DataRejectedError
from assistcli.fields import Field, catalogue, fields_of
from assistcli.intake.blank import write_blank
from assistcli.intake.reading import read_rows
from tests.intake.builders import id_number

NAMES = ["学号", "姓名", "性别", "民族", "身份证号", "手机号码", "低保", "贫困生等级", "毕业年份", "申请理由"]


def blank(path: Path, names: list[str] | None = None) -> tuple[Path, Workbook]:
    """A blank workbook for some fields, and what is in it."""
    fields: list[Field] = [catalogue()[name] for name in names or NAMES]
    written = write_blank(path / "模板.xlsx", fields, "名单模板")
    return written, load_workbook(written)


def test_filled_in_it_imports_and_its_own_rows_do_not(tmp_path: Path) -> None:
    path, book = blank(tmp_path)
    row = [
        "1",
        "10400001",
        "李晓明",
        "男",
        "汉族",
        id_number(1),
        "13800000001",
        "是",
        "困难",
        2013,
        "家庭困难",
    ]
    for place, value in enumerate(row, start=1):
        book.worksheets[0].cell(5, place, str(value))
    book.save(path)
    intake = read_rows(path, subject="student", mapping={}, year=2013)
    assert not intake.errors
    assert not intake.proposals
    assert [entry.values["姓名"] for entry in intake.rows] == ["李晓明"]
    assert set(intake.rows[0].values) == set(NAMES)


@pytest.mark.parametrize("subject", ["student", "household"])
def test_every_field_can_be_a_column(tmp_path: Path, subject: str) -> None:
    """With all fields of a subject, unfilled, there are no people and no questions."""
    path = write_blank(tmp_path / "a.xlsx", fields_of(subject), "模板")
    intake = read_rows(path, subject=subject, mapping={}, year=2013)
    assert not intake.rows
    assert not intake.proposals


def test_number_columns_are_text(tmp_path: Path) -> None:
    """An ID number typed into the workbook is not damaged."""
    sheet = blank(tmp_path)[1].worksheets[0]
    for letter in "BFG":
        assert sheet[f"{letter}5"].number_format == "@"
        assert sheet[f"{letter}900"].number_format == "@"


def test_short_lists_stand_in_the_cell_long_ones_on_a_hidden_sheet(tmp_path: Path) -> None:
    """Excel takes 255 characters of choices at most."""
    regions = Field(
        name="片区",
        kind="choice",
        sensitivity="S1",
        choices=tuple(f"第{number}工会联合会" for number in range(60)),
    )
    path = write_blank(tmp_path / "a.xlsx", [*(catalogue()[name] for name in NAMES), regions], "模板")
    book = load_workbook(path)
    found = book.worksheets[0].data_validations.dataValidation
    rules = {str(rule.sqref).split(":", maxsplit=1)[0]: str(rule.formula1) for rule in found}
    assert rules["H5"] == '"是,否"'
    assert rules["I5"] == '"特别困难,困难,一般困难,无"'
    assert rules["E5"].startswith('"汉族,蒙古族,')
    area = book.defined_names[rules["L5"].removeprefix("=")].attr_text
    assert area == "'选项'!$A$1:$A$60"
    assert book["选项"].sheet_state == "hidden"
    assert book["选项"]["A60"].value == "第59工会联合会"
    assert all(len(formula) <= 257 for formula in rules.values())


def test_the_example_is_nobodys_number(tmp_path: Path) -> None:
    """The ID number shown has no region and no valid check digit."""
    assert blank(tmp_path)[1].worksheets[0]["F4"].value == "000000199102030000"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataRejectedError, match="文件夹"):
        write_blank(tmp_path / "无" / "a.xlsx", fields_of("student"), "模板")
