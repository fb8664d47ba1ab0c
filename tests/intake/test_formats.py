"""Other ways in which a list is saved: ods, web pages called xls, old Macs' dates, headers of three rows."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from assistcli.values import Value
from tests.intake.builders import HEADER, Rows, household, student, students, write_csv, write_xlsx
from tests.intake.other_formats import PADDING, html_page, html_row, ods_cell, ods_row, ods_rows, write_ods
from tests.intake.test_hostile import refuse
from tests.intake.test_mess import PEOPLE, TITLE, facts, read
from tests.intake.test_refusals import only_error

ROWS: Rows = [HEADER, *students(PEOPLE)]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Value]]:
    """The facts of the people when nothing is in a mess."""
    return facts(write_csv(tmp_path_factory.mktemp("clean") / "a.csv", ROWS))


ODS: dict[str, Callable[[], str]] = {
    "plain": lambda: ods_rows(ROWS),
    "padded to the end of the sheet": lambda: ods_rows(ROWS) + PADDING,
    "titles above": lambda: ods_rows([TITLE, ["单位：人"], *ROWS]) + PADDING,
    "a blank block between": lambda: (
        ods_rows([TITLE]) + ods_row("<table:table-cell/>", ' table:number-rows-repeated="5"') + ods_rows(ROWS)
    ),
    "another sheet first": lambda: (
        f'{ods_rows([["说明"]])}</table:table><table:table table:name="二">{ods_rows(ROWS)}'
    ),
}


@pytest.mark.parametrize("name", ODS)
def test_open_documents(tmp_path: Path, clean: list[dict[str, Value]], name: str) -> None:
    assert facts(write_ods(tmp_path / "a.ods", ODS[name]())) == clean


def test_typed_cells_of_open_documents(tmp_path: Path) -> None:
    """Dates are dates, a repeated cell stands in each of its places, a spanning one in each of its rows."""
    typed = (
        '<table:table-cell office:value-type="date" office:date-value="2013-05-06"><text:p>5/6</text:p>'
        "</table:table-cell>"
    )
    both = ' table:number-columns-repeated="2"'
    down = ' table:number-rows-spanned="2" table:number-columns-spanned="1"'
    body = ods_rows([["学号", "学院", "排摸日期", "低保", "残疾"]])
    body += ods_row(ods_cell("10400001") + ods_cell("理学院", down) + typed + ods_cell("是", both))
    body += ods_row(ods_cell("10400002") + "<table:covered-table-cell/>" + typed + ods_cell("否", both))
    found = facts(write_ods(tmp_path / "a.ods", body))
    assert [row["学院"] for row in found] == ["理学院", "理学院"]
    assert [(row["排摸日期"], row["低保"], row["残疾"]) for row in found] == [
        ("2013-05-06", True, True),
        ("2013-05-06", False, False),
    ]


@pytest.mark.parametrize("kind", ["error", "no value"])
def test_formulas_without_a_value_in_open_documents(tmp_path: Path, kind: str) -> None:
    shown = ' calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    cell = '<table:table-cell table:formula="of:=1/0"' + (shown if kind == "error" else "/>")
    body = ods_rows([["学号", "姓名", "班级"]]) + ods_row(ods_cell("10400001") + ods_cell("张三") + cell)
    error = only_error(write_ods(tmp_path / "a.ods", body))
    assert (error.row, error.field) == (2, "班级")
    assert "公式" in error.message


def test_numeric_id_numbers_in_open_documents_are_damaged(tmp_path: Path) -> None:
    number = '<table:table-cell office:value-type="float" office:value="330106199102030000"/>'
    body = ods_rows([["学号", "身份证号"]]) + ods_row(ods_cell("10400001") + number)
    assert "数字格式" in only_error(write_ods(tmp_path / "a.ods", body)).message


MANY = ' table:number-rows-repeated="1000000"'
HOSTILE_ODS: dict[str, Callable[[], str]] = {
    "a row a million times": lambda: ods_rows(ROWS) + ods_row(ods_cell("1"), MANY),
    "a cell a million times": lambda: ods_row(ods_cell("1", ' table:number-columns-repeated="1000000"')),
    "rows and cells": lambda: ods_row(ods_cell("1", ' table:number-columns-repeated="500"'), MANY),
    "content far below": lambda: ods_rows(ROWS) + PADDING + ods_rows([["1"]]),
    "content far right": lambda: ods_row(
        '<table:table-cell table:number-columns-repeated="16383"/>' + ods_cell("1")
    ),
    "no number": lambda: ods_row(ods_cell("1"), ' table:number-rows-repeated="ۣ9"'),
    "a negative number": lambda: ods_row(ods_cell("1"), ' table:number-rows-repeated="-5"'),
    "an endless number": lambda: ods_row(ods_cell("1"), f' table:number-rows-repeated="{"9" * 4000}"'),
    "unclosed": lambda: "<table:table-row><table:table-cell>",
    "no rows": lambda: "",
}


@pytest.mark.parametrize("name", HOSTILE_ODS)
def test_hostile_open_documents(tmp_path: Path, name: str) -> None:
    refuse(write_ods(tmp_path / "a.ods", HOSTILE_ODS[name]()))


@pytest.mark.parametrize("part", ["entities", "bomb"])
def test_open_documents_are_weighed_as_workbooks_are(tmp_path: Path, part: str) -> None:
    path = write_ods(tmp_path / "a.ods", ods_rows(ROWS) + (" " * (40 << 20) if part == "bomb" else ""))
    if part == "entities":
        with zipfile.ZipFile(path) as package:
            content = package.read("content.xml").decode()
        content = content.replace("?>", "?><!DOCTYPE a [<!ENTITY b 'x'>]>", 1)
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("mimetype", "x")
            package.writestr("content.xml", content)
    refuse(path)


@pytest.mark.parametrize("name", ["a.odt", "a"])
def test_a_form_saved_as_odt_is_told_to_be_saved_as_docx(tmp_path: Path, name: str) -> None:
    """A clerk who fills in a form in LibreOffice has no spreadsheet to save."""
    with zipfile.ZipFile(tmp_path / name, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "<a><b>张三</b></a>")
    told = refuse(tmp_path / name)
    assert "是文稿（odt），不是表格" in told
    assert "另存为 docx" in told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("stated", [True, False], ids=["charset stated", "no charset"])
def test_web_pages_called_xls(
    tmp_path: Path, clean: list[dict[str, Value]], encoding: str, stated: bool
) -> None:
    """As student systems export them: Excel opens them with a warning, so they are passed on."""
    name = {"gbk": "gb2312"}.get(encoding, encoding)
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={name}">' if stated else ""
    path = tmp_path / "a.xls"
    path.write_bytes(html_page(ROWS, head=head).encode(encoding))
    assert facts(path) == clean


PAGES: dict[str, Callable[[], str]] = {
    "a title across": lambda: html_page(ROWS, before='<tr><td colspan="9">2013届名单</td></tr>'),
    "a table for the layout": lambda: f"<html><table><tr><td>{html_page(ROWS)}</td></tr></table></html>",
    "no closing tags": lambda: html_page(ROWS).replace("</td>", "").replace("</tr>", ""),
    "marks within cells": lambda: (
        html_page(ROWS).replace("<td>", "<td><font color=red> ").replace("</td>", "&nbsp;</font></td>")
    ),
    "capitals": lambda: html_page(ROWS).replace("table", "TABLE").replace("td>", "TD>").replace("tr>", "TR>"),
    "a menu before": lambda: html_page(ROWS).replace(
        "<h1>", "<table><tr><td>首页</td><td>退出</td></tr></table><h1>"
    ),
    "xhtml": lambda: '<?xml version="1.0" encoding="utf-8"?>' + html_page(ROWS),
    "a doctype": lambda: "<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.0//EN'>" + html_page(ROWS),
    "table head and body": lambda: html_page(ROWS).replace("<table border=1>", "<table><tbody>"),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_every_make(tmp_path: Path, clean: list[dict[str, Value]], name: str) -> None:
    path = tmp_path / "a.xls"
    path.write_text(PAGES[name](), encoding="utf-8")
    assert facts(path) == clean


def test_a_cell_over_several_rows_of_a_page(tmp_path: Path) -> None:
    """Covers all of them; the cells behind it stay in their columns."""
    rows = html_row(["学号", "学院", "班级"], "th")
    rows += "<tr><td>10400001</td><td rowspan=2>理学院</td><td>一班</td></tr>"
    rows += "<tr><td>10400002</td><td>二班</td></tr>" + html_row(["10400003", "信息学院", "三班"])
    path = tmp_path / "a.xls"
    path.write_text(f"<table>{rows}</table>", encoding="utf-8")
    assert [(row["学院"], row["班级"]) for row in facts(path)] == [
        ("理学院", "一班"),
        ("理学院", "二班"),
        ("信息学院", "三班"),
    ]


HOSTILE_PAGES: dict[str, Callable[[], str]] = {
    "a cell over a million columns": lambda: "<table><tr><td colspan=999999>学号</td></tr></table>",
    "spans in spans": lambda: "<table>" + "<tr>" + "<td colspan=500 rowspan=99999>1</td>" * 500 + "</table>",
    "very many rows": lambda: "<table>" + "<tr><td>1" * 130_000 + "</table>",
    "very many columns": lambda: "<table><tr>" + "<td>1" * 600 + "</table>",
    "very deep": lambda: "<html>" + "<div>" * 200_000 + "<table><tr><td>1</table>",
    "tables in tables": lambda: "<table><tr><td>" * 5_000,
    "no table": lambda: "<html><body>请登录</body></html>",
    "nothing": lambda: "<html>",
    "frames": lambda: "<html><frameset><frame src='a.files/sheet001.htm'></frameset></html>",
    "endless": lambda: "<html>" + "x" * (17 << 20),
    "a mail page": lambda: "MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html><table>",
    "XML of Excel 2003": lambda: '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "entities": lambda: "<!DOCTYPE html [<!ENTITY a 'x'>]><html><table><tr><td>&a;</td></tr></table>",
}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_hostile_pages(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.xls"
    path.write_text(HOSTILE_PAGES[name](), encoding="utf-8")
    refuse(path)


def old_mac(path: Path, cell: object) -> Path:
    """A workbook that counts days from 1904."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    for row in (["学号", "姓名", "排摸日期"], ["10400001", "张三", cell]):
        sheet.append(row)
    book.save(path)
    return path


def test_dates_of_old_macs(tmp_path: Path) -> None:
    """Days counted from 1904 are the days that Excel shows, not those four years earlier."""
    assert facts(old_mac(tmp_path / "a.xlsx", date(2013, 5, 6)))[0]["排摸日期"] == "2013-05-06"
    assert facts(old_mac(tmp_path / "b.xlsx", "2013.5.6"))[0]["排摸日期"] == "2013-05-06"


def test_a_bare_number_in_a_workbook_of_an_old_mac_is_refused(tmp_path: Path) -> None:
    """Elsewhere 41400 is a day; here it may have been pasted from elsewhere."""
    error = only_error(old_mac(tmp_path / "a.xlsx", 41400))
    assert error.field == "排摸日期"
    assert "1904" in error.message


THREE: dict[str, Rows] = {
    "worker and child": [
        ["序号", "职工情况", "", "", "子女情况", "", ""],
        ["", "基本信息", "", "联系", "基本信息", "", "就学"],
        ["", "姓名", "身份证号", "电话", "姓名", "身份证号", "考取年度"],
    ],
    "groups of groups": [
        ["序号", "职工情况", "", "", "子女", "", ""],
        ["", "姓名", "证件", "联系", "姓名", "证件", "就学"],
        ["", "", "身份证号", "电话", "", "身份证号", "考取年度"],
    ],
}


@pytest.mark.parametrize("above", [0, 1, 3])
@pytest.mark.parametrize("name", THREE)
def test_three_header_rows(tmp_path: Path, name: str, above: int) -> None:
    """Headings over headings: whose name it is comes from the outermost."""
    rows: list[list[Any]] = [[*TITLE], ["单位：元"], ["填报单位：某工会"]][:above]
    rows += [list(row) for row in THREE[name]]
    people = [household(number) for number in range(1, 6)]
    rows += [[p[0], p[1], p[2], "13900000001", p[7], p[8], p[9]] for p in people]
    found = facts(write_xlsx(tmp_path / "a.xlsx", rows), "household")
    assert [(f["职工姓名"], f["职工身份证号"], f["姓名"], f["身份证号"], f["考取年度"]) for f in found] == [
        (p[1], p[2], p[7], p[8], int(p[9])) for p in people
    ]


def test_three_header_rows_of_a_student_list(tmp_path: Path) -> None:
    rows: Rows = [
        ["学号", "姓名", "家庭情况", "", "", "学习情况", ""],
        ["", "", "经济", "", "地址", "院系", ""],
        ["", "", "贫困等级", "低保", "生源地", "学院名称", "专业"],
        *([f"1040000{n}", student(n)[1], "困难", "是", "浙江省", "理学院", "数学"] for n in range(1, 5)),
    ]
    intake = read(write_xlsx(tmp_path / "a.xlsx", rows, merged=["C1:E1", "F1:G1", "C2:D2", "A1:A3", "B1:B3"]))
    assert len(intake.rows) == 4
    assert intake.rows[0].values == {
        "学号": "10400001",
        "姓名": student(1)[1],
        "贫困生等级": "困难",
        "低保": True,
        "生源地": "浙江省",
        "学院": "理学院",
        "专业": "数学",
    }
