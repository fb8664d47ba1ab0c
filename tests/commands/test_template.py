"""``assist template``: the blank workbook that a notice asks for."""

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.conftest import Assist


def test_what_the_questions_list_is_a_drop_down_list(assist: Assist, store: Path) -> None:
    """The notice's colleges too; beside a list stands that one may choose."""
    assist("template", "--out", "空表.xlsx")
    sheet = load_workbook("空表.xlsx").worksheets[0]
    header = [cell.value for cell in sheet[2]]
    lists = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    for name, answer in (("学院", "机械学院"), ("民族", "汉族"), ("低保", "是"), ("贫困生等级", "特别困难")):
        if name in header:
            column = header.index(name) + 1
            assert answer in lists[get_column_letter(column)]
            assert "选" in str(sheet.cell(3, column).value)
    assert {"学院", "民族", "贫困生等级"} <= set(header)


def test_a_list_of_open_words_advises_and_a_closed_one_insists(assist: Assist, store: Path) -> None:
    """Beside 学院 stands that another may be written as it is: Excel must then take it."""
    assist("template", "--out", "空表.xlsx")
    sheet = load_workbook("空表.xlsx").worksheets[0]
    styles = {
        str(sheet[f"{str(rule.sqref).split('5:')[0]}2"].value): rule.errorStyle
        for rule in sheet.data_validations.dataValidation
    }
    assert (styles["学院"], styles["民族"]) == ("warning", "warning")
    assert (styles["贫困生等级"], styles["全日制"], styles["身份证号"]) == ("stop", "stop", "stop")
