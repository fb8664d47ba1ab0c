"""Export: what was imported comes back equal, nothing computes, secrets only on request."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistcli.errors import DataRejectedError, UsageError
from assistcli.fields import catalogue, fields_of
from assistcli.intake.export import Record, choose_columns, write_export
from assistcli.intake.reading import read_rows
from assistcli.values import Value, parse_value
from tests.intake.builders import (
    HEADER,
    HOUSEHOLD_HEADER,
    household,
    id_number,
    students,
    write_csv,
    write_xlsx,
)

FORMATS = ["xlsx", "csv", "json"]


def facts(path: Path, subject: str = "student") -> list[dict[str, Value]]:
    """The facts in a file without errors."""
    intake = read_rows(path, subject=subject, mapping={}, year=2013)
    assert not intake.errors
    return [row.values for row in intake.rows]


def export(path: Path, records: Sequence[Record], subject: str = "student") -> Path:
    """All fields of the records, secret ones too."""
    return write_export(path, choose_columns(fields_of(subject), records, sensitive=True), records)


@pytest.mark.parametrize("suffix", FORMATS)
def test_students_come_back_equal(tmp_path: Path, suffix: str) -> None:
    people = facts(write_csv(tmp_path / "in.csv", [HEADER, *students(30)]))
    assert facts(export(tmp_path / f"out.{suffix}", people)) == people


@pytest.mark.parametrize("suffix", FORMATS)
def test_households_come_back_equal(tmp_path: Path, suffix: str) -> None:
    children = facts(
        write_xlsx(tmp_path / "in.xlsx", [HOUSEHOLD_HEADER, *map(household, range(12))]), "household"
    )
    assert facts(export(tmp_path / f"out.{suffix}", children, "household"), "household") == children


NASTY = [
    "=1+1",
    "+86",
    "-5",
    "@SUM(A1)",
    "'quoted",
    "'=1",
    '="0571"',
    "＝1",
    "a,b;c\td",
    'he said "no"',
    "two\nlines",
    "_x0041_",
    "12E3",
    "007",
    "1/2",
    "TRUE",
    "合计",
    "注：无",
    "😀𠮷䶮",
    "'123",
    "2013-04-15",
    "#DIV/0!",
    "&lt;",
]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("text", NASTY, ids=repr)
def test_texts_come_back_equal(tmp_path: Path, suffix: str, text: str) -> None:
    """Whatever a text looks like, it is that text again."""
    value = parse_value(catalogue()["申请理由"], text)
    people: list[dict[str, Value]] = [{"学号": "10400001", "姓名": "张三", "申请理由": value or ""}]
    assert facts(export(tmp_path / f"out.{suffix}", people)) == people


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cn"]), min_size=1, max_size=30)


@pytest.mark.parametrize("suffix", FORMATS)
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    reason=TEXTS,
    place=TEXTS,
    poor=st.none() | st.booleans(),
    year=st.none() | st.integers(1950, 2100),
)
def test_any_facts_come_back_equal(
    tmp_path: Path, suffix: str, reason: str, place: str, poor: bool | None, year: int | None
) -> None:
    """Any text that a case may hold, any answer and any year."""
    given_texts = {
        name: parse_value(catalogue()[name], text)
        for name, text in (("申请理由", reason), ("家庭住址", place))
    }
    values = {"学号": "10400001", **given_texts, "低保": poor, "毕业年份": year}
    people = [{name: value for name, value in values.items() if value is not None}]
    assert facts(export(tmp_path / f"out.{suffix}", people)) == people


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_blanks_do_not_turn_into_a_grouped_list(tmp_path: Path, suffix: str) -> None:
    """Unknown colleges stay unknown although the column looks grouped."""
    people: list[dict[str, Value]] = [
        {"学号": f"1040000{place}", "姓名": "张三", **({"学院": college} if college else {})}
        for place, college in enumerate(["甲", "", "乙", ""])
    ]
    assert facts(export(tmp_path / f"out.{suffix}", people)) == people


def test_nothing_computes(tmp_path: Path) -> None:
    """No cell of csv starts a formula, no cell of xlsx is one."""
    people: list[dict[str, Value]] = [{"学号": "10400001", "申请理由": text} for text in NASTY]
    fields = [catalogue()["申请理由"]]
    with write_export(tmp_path / "a.csv", fields, people).open(encoding="utf-8-sig", newline="") as stream:
        assert not [row for row in csv.reader(stream) if row and row[0][:1] in tuple("=+-@\t\r")]
    sheet = load_workbook(write_export(tmp_path / "a.xlsx", fields, people)).worksheets[0]
    assert {row[0].data_type for row in sheet.iter_rows()} == {"s"}


def test_json_is_what_the_contract_says(tmp_path: Path) -> None:
    """Flat objects, amounts as text, unknown as null."""
    people: list[dict[str, Value]] = [
        {"姓名": "张三", "家庭年度总收入": 100000, "在档": False},
        {"姓名": "李四"},
    ]
    path = export(tmp_path / "a.json", people, "household")
    assert json.loads(path.read_text(encoding="utf-8")) == [
        {"姓名": "张三", "家庭年度总收入": "1000.00", "在档": False},
        {"姓名": "李四", "家庭年度总收入": None, "在档": None},
    ]


def test_columns_by_name_and_secrets_on_request() -> None:
    people: list[dict[str, Value]] = [{"学号": "1", "姓名": "张三", "身份证号": id_number(1)}]
    fields = fields_of("student")
    assert [entry.name for entry in choose_columns(fields, people)] == ["姓名", "学号"]
    assert "身份证号" in [entry.name for entry in choose_columns(fields, people, sensitive=True)]
    assert [entry.name for entry in choose_columns(fields, people, ["身份证号", "学号"])] == [
        "身份证号",
        "学号",
    ]
    with pytest.raises(UsageError, match="手机号码"):
        choose_columns(fields, people, ["手机号"])


def test_csv_opens_in_excel_and_is_private(tmp_path: Path) -> None:
    path = export(tmp_path / "a.csv", [{"学号": "10400001"}])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.stat().st_mode & 0o077 == 0


def test_an_unknown_format_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="xlsx"):
        export(tmp_path / "a.pdf", [{"学号": "10400001"}])


def test_a_locked_file_is_named_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel holds the file open: it says so, and no draft is left behind."""

    def locked(_self: Path, _target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(DataRejectedError, match="打开"):
        export(tmp_path / "a.csv", [{"学号": "10400001"}])
    assert not list(tmp_path.iterdir())
