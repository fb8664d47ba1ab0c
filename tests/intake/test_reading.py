"""Whole files: what a college, a university and a union send goes in whole, every row accounted for."""

from pathlib import Path

import pytest

from assistcli.errors import DataRejectedError, UsageError
from assistcli.intake.lines import LineKind
from assistcli.intake.reading import Intake, read_rows
from tests.intake.builders import (
    HEADER,
    HOUSEHOLD_HEADER,
    household,
    id_number,
    student,
    students,
    write_csv,
    write_xlsx,
)


def read(path: Path, subject: str = "student", **mapping: str) -> Intake:
    """The file read for a notice of 2013."""
    return read_rows(path, subject=subject, mapping=mapping, year=2013)


def rows_accounted(intake: Intake) -> bool:
    """Whether people and other lines together are all rows of all tables."""
    total = sum(len(table.sheet.rows) for table in intake.tables)
    return len(intake.rows) + len(intake.lines) == total


def survey_rows(count: int) -> list[list[object]]:
    """A survey as a college fills it: titles, 学院 once per group, √ and 是/否 mixed, a sum at the end."""
    header: list[object] = [
        "序号",
        "学院名称",
        "班级",
        "学号",
        "学生姓名",
        "性别",
        "证件号码",
        "毕业年份",
        "就业能力特别弱（√）",
    ]
    rows: list[list[object]] = [
        ["2013届毕业生排摸表"],
        ["填表人：（辅导员）", "", "", "填表日期：2013.4.15"],
        header,
    ]
    for number in range(1, count + 1):
        person = student(number)
        group = (number - 1) // 10
        college = f"第{group}学院" if (number - 1) % 10 == 0 else ""
        rows.append([number, college, f"{group}班", *person[:3], person[5], 2013, person[7]])
    return [*rows, ["", "合计", "", "", f"{count}人"]]


def test_a_college_survey_goes_in_whole(tmp_path: Path) -> None:
    """Titles, a grouping column and the sum are recognised; every row is accounted for."""
    intake = read(write_xlsx(tmp_path / "排摸.xlsx", survey_rows(40), merged=["A1:I1"]))
    assert len(intake.rows) == 40
    assert not intake.errors
    assert not intake.proposals
    assert rows_accounted(intake)
    assert {row.values["学院"] for row in intake.rows} == {"第0学院", "第1学院", "第2学院", "第3学院"}
    assert [line.kind for line in intake.lines] == [
        LineKind.TITLE,
        LineKind.TITLE,
        LineKind.HEADER,
        LineKind.TOTAL,
    ]
    assert any("每组第一行" in note and "36 行" in note for note in intake.notes)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_an_export_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    """The same text in any usual encoding gives the same facts."""
    intake = read(write_csv(tmp_path / "导出.csv", [HEADER, *students(8)], encoding=encoding))
    assert [row.values["姓名"] for row in intake.rows] == [student(number)[1] for number in range(1, 9)]
    assert not intake.errors


def test_a_union_list_goes_in_whole(tmp_path: Path) -> None:
    """Instructions are skipped, worker and child keep their own names and numbers, amounts are exact."""
    rows = [
        ["2018年助学汇总"],
        ["填报单位：", "（某区总工会）"],
        HOUSEHOLD_HEADER,
        *map(household, range(12)),
    ]
    path = write_xlsx(tmp_path / "助学.xlsx", [["请填第二张表"]], sheet="说明", 汇总=rows)
    intake = read_rows(path, subject="household", mapping={}, year=2018)
    assert len(intake.rows) == 12
    assert not intake.errors
    first = intake.rows[2].values
    assert first["姓名"] != first["职工姓名"]
    assert first["家庭年度总收入"] == 3010025
    assert first["所学学历"] == "本科"
    assert "在档" not in first
    assert any("说明" in note for note in intake.notes)


def test_an_unknown_column_stops_with_its_map_line(tmp_path: Path) -> None:
    """A header that merely resembles a field is never taken: it is proposed."""
    path = write_csv(tmp_path / "a.csv", [[*HEADER[:2], "手机号码2"], ["10400001", "张三", "13800000001"]])
    intake = read(path)
    assert [entry.option for entry in intake.proposals] == ["--map 手机号码2=手机号码"]
    assert "手机号码" not in intake.rows[0].values
    with pytest.raises(DataRejectedError, match="--map 手机号码2=手机号码"):
        intake.require_headers()


def test_of_two_likely_fields_the_one_that_begins_alike_is_proposed(tmp_path: Path) -> None:
    """困难档次 shares as many letters with 就业困难 as with 困难等级."""
    path = write_csv(tmp_path / "a.csv", [[*HEADER[:2], "困难档次"], ["10400001", "张三", "困难"]])
    assert [entry.option for entry in read(path).proposals] == ["--map 困难档次=贫困生等级"]


def test_a_mapping_decides_a_header(tmp_path: Path) -> None:
    """``--map`` takes a header for a field, or leaves it out."""
    path = write_csv(tmp_path / "a.csv", [["号", "姓名", "怪列"], ["10400001", "张三", "x"]])
    intake = read(path, 号="学号", 怪列="-")
    assert intake.rows[0].values == {"学号": "10400001", "姓名": "张三"}
    assert not intake.proposals


def test_a_mapping_to_no_field_is_a_usage_error(tmp_path: Path) -> None:
    """A misspelt field in ``--map`` is named with the nearest."""
    path = write_csv(tmp_path / "a.csv", [HEADER, *students(1)])
    with pytest.raises(UsageError, match="手机号码"):
        read(path, 电话="手机号吗")


def test_two_columns_for_one_fact_are_refused(tmp_path: Path) -> None:
    """Which of two phone columns counts is for a person to say."""
    path = write_csv(
        tmp_path / "a.csv", [["学号", "手机", "联系电话"], ["10400001", "13800000001", "13800000002"]]
    )
    with pytest.raises(DataRejectedError, match="两列都是"):
        read(path)


def test_a_student_twice_names_both_rows(tmp_path: Path) -> None:
    """The same 学号 twice is an error in both rows, each naming the other."""
    twin = [*student(1)[:5], id_number(50, sex="男"), *student(1)[6:]]
    intake = read(write_csv(tmp_path / "a.csv", [HEADER, *students(3), twin]))
    assert [(error.row, error.field) for error in intake.errors] == [(2, "学号"), (5, "学号")]
    assert "第 5 行" in intake.errors[0].message
    assert "第 2 行" in intake.errors[1].message


def test_a_row_without_a_key_is_an_error(tmp_path: Path) -> None:
    """A person without 学号 and 身份证号 is no case."""
    nobody = ["", "钱小红", "女", "", "", "", "", "", ""]
    intake = read(write_csv(tmp_path / "a.csv", [HEADER, *students(2), nobody]))
    assert [(error.row, error.field) for error in intake.errors] == [(4, "学号")]


def test_a_contradiction_is_an_error(tmp_path: Path) -> None:
    """A sex that is not the one of the ID number is an error that names no digit of it."""
    wrong = [*student(1)[:2], "女", *student(1)[3:]]
    intake = read(write_csv(tmp_path / "a.csv", [HEADER, wrong]))
    assert [(error.row, error.field) for error in intake.errors] == [(2, "性别")]
    assert "330106" not in intake.errors[0].message


def test_the_layout_is_the_headers_alone(tmp_path: Path) -> None:
    """Files of the same headers share a layout, whatever is mapped, titled or listed."""
    one = read(write_csv(tmp_path / "a.csv", [[*HEADER, "怪列"], *students(2)]))
    other = read(write_csv(tmp_path / "b.csv", [["标题"], [*HEADER, " 怪列 "], *students(5)]), 怪列="-")
    third = read(write_csv(tmp_path / "c.csv", [HEADER, *students(2)]))
    assert one.layout == other.layout
    assert one.layout != third.layout


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_the_header_decides_between_encodings_that_both_fit(tmp_path: Path, encoding: str) -> None:
    """Every byte of this GBK file is valid UTF-8 as well; only one of the two readings has a known header."""
    rows = [["id", "学院", "专业"], ["10400001", "住院", "证实"]]
    path = write_csv(tmp_path / "a.csv", rows, encoding=encoding)
    path.read_bytes().decode("utf-8")
    assert read(path, id="学号").rows[0].values == {"学号": "10400001", "学院": "住院", "专业": "证实"}
