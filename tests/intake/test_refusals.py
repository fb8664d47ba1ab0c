"""What is damaged, doubtful or wrong in a row: refused with its field, never repaired, never guessed."""

import json
import random
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from stdnum import numdb

from assistcli.fields import fields_of
from assistcli.intake.cells import certain_test, read_cell
from assistcli.intake.headers import ColumnReading
from assistcli.intake.judgement import is_known_region
from assistcli.intake.reading import Intake, read_rows
from assistcli.intake.rows import RowError
from tests.intake.builders import HEADER, Rows, id_number, student, students, write_csv, write_xlsx
from tests.intake.packages import parts, write_package


def read(path: Path, subject: str = "student") -> Intake:
    """The file, whatever is wrong with it."""
    return read_rows(path, subject=subject, mapping={}, year=2013)


def only_error(path: Path, subject: str = "student") -> RowError:
    """The one error of the file."""
    (error,) = read(path, subject).errors
    return error


REFUSED: list[tuple[str, Any, str]] = [
    ("身份证号", 330106199102031237, "数字格式"),
    ("身份证号", 330106199102030000.0, "数字格式"),
    ("身份证号", "3.30106E+17", "科学计数法"),
    ("身份证号", "33010619910203", "18 位"),
    ("身份证号", "330106910203123", "15 位"),
    ("身份证号", "330106199113031239", "出生日期"),
    ("身份证号", id_number(1)[:-1] + ("2" if id_number(1)[-1] == "1" else "1"), "校验位"),
    ("身份证号", id_number(1) + ".0", "18 位"),
    ("身份证号", date(1991, 2, 3), "日期"),
    ("手机号码", 1380000000, "电话"),
    ("手机号码", "1.38E+10", "科学计数法"),
    ("手机号码", "13800000001/13900000001", "电话"),
    ("手机号码", "微信同号", "电话"),
    ("出生年月", 1991.1, "1 月"),
    ("出生年月", "91.2", "两位"),
    ("出生年月", "26.6", "两位"),
    ("出生年月", "1991-13", "年月"),
    ("出生年月", "33272", "序号"),
    ("出生年月", "二月", "年月"),
    ("出生年月", date(1905, 6, 14), "年份或数字"),
    ("排摸日期", "2013-02-30", "日期"),
    ("排摸日期", "2013.6", "日期"),
    ("排摸日期", 2013.6, "日期"),
    ("排摸日期", "4月15日", "日期"),
    ("排摸日期", "13/4/15", "两位"),
    ("毕业年份", datetime(2013, 7, 1), "日期"),  # noqa: DTZ001 — a cell of a spreadsheet has no time zone
    ("毕业年份", 13, "年份"),
    ("毕业年份", 2013.5, "年份"),
    ("班级", datetime(2013, 9, 1), "Excel 自动改"),  # noqa: DTZ001 — as above
    ("班级", time(9, 1), "时间"),
    ("低保", 2, "是非"),
    ("低保", "也许", "是非"),
    ("低保", "是/否", "是非"),
    ("低保", "☐", "是非"),
    ("贫困生等级", "很困难", "可选项"),
    ("贫困生等级", "A", "可选项"),
    ("性别", "3", "可选项"),
    ("民族", "57", "代码"),
    ("民族", 88.0, "代码"),
    ("民族", "汗族", "没有「汗族」"),
    ("毕业去向", "999", "代码"),
    ("学历", "77", "代码"),
    ("困难生类别", "8", "困难生类别"),
    ("困难生类别", "很难", "困难生类别"),
    ("残疾类别等级", date(2013, 3, 1), "Excel 自动改"),
    ("专业", 1234567890123456.0, "15 位"),
]


@pytest.mark.parametrize(("header", "cell", "reason"), REFUSED, ids=lambda part: str(part)[:24])
def test_refused_cells(tmp_path: Path, header: str, cell: object, reason: str) -> None:
    """The error names row, field and reason, and the value does not go in."""
    path = write_xlsx(tmp_path / "a.xlsx", [["学号", "姓名", header], ["10400001", "张三", cell]])
    error = only_error(path)
    assert (error.file, error.sheet, error.row) == ("a.xlsx", "Sheet1", 2)
    assert header in {error.field, "困难生类别"}
    assert reason in error.message
    assert set(read(path).rows[0].values) == {"学号", "姓名"}


MONEY: list[tuple[str, Any, str]] = [
    ("家庭年度总收入", "3万", "金额"),
    ("家庭年度总收入", -1, "负数"),
    ("家庭年度总收入", "12.345", "两位小数"),
    ("家庭年度总收入", 12.345, "两位小数"),
    ("家庭年度总收入", "约30000", "金额"),
    ("家庭年度总收入", "1e5万", "金额"),
    ("家庭人口", 2.5, "整数"),
    ("家庭人口", 0, "太小"),
    ("家庭人口", "三", "整数"),
    ("档案类别", "困难户", "可选项"),
    ("就学阶段", "大学", "可选项"),
    ("考入学校名称及专业", "宁夏大学计算机系", "分不成"),
    ("学校所在省", "否", "没有「否」这个学校所在省；请写省"),
    ("学校所在省", "银川", "如 浙江"),
    ("学校所在省", "99", "代码"),
]


@pytest.mark.parametrize(("header", "cell", "reason"), MONEY, ids=lambda part: str(part)[:24])
def test_refused_cells_of_a_union_list(tmp_path: Path, header: str, cell: object, reason: str) -> None:
    rows: Rows = [["子女姓名", "子女身份证", header], ["张三", id_number(3, sex="男"), cell]]
    assert reason in only_error(write_xlsx(tmp_path / "a.xlsx", rows), "household").message


@pytest.mark.parametrize(
    ("income", "fen"),
    [
        (28159.99, 2815999),
        (35240.01, 3524001),
        (0.1 + 0.2, 30),
        ("3,000.00元", 300000),
        ("¥500", 50000),
        (0, 0),
    ],
)
def test_amounts_are_what_excel_shows(tmp_path: Path, income: object, fen: int) -> None:
    """Fifteen digits are all a spreadsheet has; the rest is noise of its arithmetic."""
    rows: Rows = [["子女姓名", "子女身份证", "家庭年收入"], ["张三", id_number(3, sex="男"), income]]
    row = read(write_xlsx(tmp_path / "a.xlsx", rows), "household").rows[0]
    assert row.values["家庭年度总收入"] == fen


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"性别": "女"}, "性别"),
        ({"出生年月": "1990-01"}, "出生年月"),
        ({"民族": "回族", "少数民族": "否"}, "少数民族"),
        ({"贫困生等级": "无", "家庭经济困难认定": "是"}, "家庭经济困难认定"),
        ({"毕业年份": "2014", "应届": "是"}, "应届"),
    ],
)
def test_contradictions(tmp_path: Path, cells: dict[str, str], field: str) -> None:
    """An answer that cannot be true beside another is an error, and no digit of the ID number is shown."""
    rows = [["学号", "身份证号", *cells], ["10400001", id_number(1, sex="男"), *cells.values()]]
    error = only_error(write_csv(tmp_path / "a.csv", rows))
    assert error.field == field
    assert id_number(1, sex="男")[6:14] not in error.message


@pytest.mark.parametrize("formula", ["=1/0", "=A1&B1"])
def test_formulas_without_a_value(tmp_path: Path, formula: str) -> None:
    """A formula that was never computed reads as blank, which would mean unknown: it is an error instead."""
    rows = [["学号", "姓名", "班级"], ["10400001", "张三", formula]]
    error = only_error(write_xlsx(tmp_path / "a.xlsx", rows))
    assert (error.row, error.field) == (2, "班级")
    assert "公式" in error.message


def test_error_cells(tmp_path: Path) -> None:
    """#DIV/0! is no blank."""
    cells = ["学号", "姓名", "班级", "10400001", "张三"]
    texts = "".join(
        f'<c r="{"ABCAB"[place]}{1 + place // 3}" t="inlineStr"><is><t>{text}</t></is></c>'
        + ("</row><row>" if place == 2 else "")
        for place, text in enumerate(cells)
    )
    rows = f'<row>{texts}<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    error = only_error(write_package(tmp_path / "a.xlsx", parts(sheet)))
    assert (error.row, error.field) == (2, "班级")
    assert "#DIV/0!" in error.message


def test_a_comma_without_quotation_marks(tmp_path: Path) -> None:
    """A row with more cells than the header has shifted: no fact of it is trusted."""
    path = tmp_path / "a.csv"
    path.write_text("学号,家庭住址,班级\n10400001,杭州,西湖,信息091\n", encoding="utf-8")
    assert "逗号" in only_error(path).message


@pytest.mark.parametrize("key", ["学号", "身份证号"])
def test_doubles_across_sheets(tmp_path: Path, key: str) -> None:
    """The other row is named with its sheet."""
    first, second = student(1), student(2)
    place = HEADER.index(key)
    second[place] = first[place]
    second[2] = first[2] if key == "身份证号" else second[2]
    path = write_xlsx(tmp_path / "a.xlsx", [HEADER, first], sheet="一班", 二班=[HEADER, second])
    errors = read(path).errors
    assert [(error.sheet, error.row, error.field) for error in errors] == [("一班", 2, key), ("二班", 2, key)]
    assert "工作表「二班」第 2 行" in errors[0].message


def test_messages_never_show_a_whole_id_number(tmp_path: Path) -> None:
    bad = [id_number(number)[:-1] + "Z" for number in range(5)] + [id_number(7)[:17]]
    rows = [["学号", "身份证号"], *([f"1040000{place}", text] for place, text in enumerate(bad))]
    for error in read(write_csv(tmp_path / "a.csv", rows)).errors:
        assert not any(text[:10] in error.message for text in bad)


def test_an_unknown_county_is_only_a_warning(tmp_path: Path) -> None:
    """Old codes are real; residence permits begin with 81 to 83."""
    rows = [
        ["学号", "身份证号"],
        ["10400001", id_number(1, region="330199")],
        ["10400002", id_number(2, region="810000")],
    ]
    intake = read(write_csv(tmp_path / "a.csv", rows))
    assert not intake.errors
    assert [(warning.row, warning.field) for warning in intake.warnings] == [(2, "身份证号")]


def damaged_by_excel(number: str) -> str:
    """What is left of an ID number that Excel took for a number, in a cell shown in full."""
    return number if number.endswith("X") else number[:15] + "000"


def damaged_by_floats(number: str) -> str:
    """What is left of an ID number that a program took for a floating-point number."""
    return number if number.endswith("X") else f"{float(number):.0f}"


@pytest.mark.parametrize("damage", [damaged_by_excel, damaged_by_floats])
@pytest.mark.parametrize("size", [5, 50, 400])
def test_columns_of_damaged_id_numbers(tmp_path: Path, damage: Any, size: int) -> None:
    """20,000 ID numbers through the damage of spreadsheets, in lists of any size: none is stored wrong."""
    rng = random.Random(size)  # noqa: S311 — invented people, the same in every run
    for part in range(20_000 // 6 // size + 1):
        numbers = [id_number(rng.randrange(100_000), sex=rng.choice("男女")) for _ in range(size)]
        rows = [
            ["学号", "身份证号"],
            *([f"1{place:07d}", damage(number)] for place, number in enumerate(numbers)),
        ]
        for row, number in zip(read(write_csv(tmp_path / f"{part}.csv", rows)).rows, numbers, strict=True):
            assert row.errors or row.values["身份证号"] == number


def test_a_long_list_of_sound_numbers_is_not_suspected(tmp_path: Path) -> None:
    """Some of many sound numbers are multiples of 64 by chance."""
    rows = [["学号", "身份证号"], *([f"1{number:07d}", id_number(number)] for number in range(4_000))]
    assert not read(write_csv(tmp_path / "a.csv", rows)).errors


def test_numeric_id_cells_are_all_refused(tmp_path: Path) -> None:
    """Even one that kept its check digit: who knows what it was."""
    rows = [
        ["学号", "身份证号"],
        *([row[0], float(row[5])] for row in students(60) if not row[5].endswith("X")),
    ]
    intake = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert len(intake.errors) == len(intake.rows)


def test_sound_numbers_that_look_damaged_go_in(tmp_path: Path) -> None:
    """One in a thousand ends in 000 by right: among sound ones it is a warning, not an error."""
    zeros = next(
        number
        for day in range(1, 28)
        for number in [id_number(-50, sex="女", born=date(1991, 2, day))]
        if number.endswith("000") or day == 27
    )
    assert zeros.endswith("000")
    rows = [["学号", "身份证号"], *([row[0], row[5]] for row in students(20)), ["10409999", zeros]]
    intake = read(write_csv(tmp_path / "a.csv", rows))
    assert not intake.errors
    assert [warning.row for warning in intake.warnings] == [22]


def test_three_round_numbers_are_no_chance(tmp_path: Path) -> None:
    """Even if all have a right check digit: three multiples of 64 in a column of three were numbers once."""
    sound = [
        number for place in range(9_000) if (number := id_number(place)).isdecimal() and not int(number) % 64
    ]
    rows = [["学号", "身份证号"], *([f"1040000{place}", number] for place, number in enumerate(sound[:3]))]
    errors = read(write_csv(tmp_path / "a.csv", rows)).errors
    assert [error.row for error in errors] == [2, 3, 4]
    assert not read(write_csv(tmp_path / "b.csv", rows[:2])).errors


def test_a_failed_round_number_gives_away_the_others(tmp_path: Path) -> None:
    """A few damaged numbers among many sound ones: those that kept their check digit are refused as well."""
    sound = [id_number(place) for place in range(60) if not is_round(id_number(place))]
    kept = next(number for place in range(9_000) if is_round(number := id_number(place)))
    failed = str(int(kept) + 64)
    rows = [
        ["学号", "身份证号"],
        *([f"1040{place:04d}", text] for place, text in enumerate([*sound, kept, failed])),
    ]
    errors = read(write_csv(tmp_path / "a.csv", rows)).errors
    assert [error.row for error in errors] == [len(sound) + 2, len(sound) + 3]


def is_round(number: str) -> bool:
    """Whether an ID number is one that floating-point numbers can hold."""
    return number.isdecimal() and int(number) % 64 == 0


def test_true_is_not_one(tmp_path: Path) -> None:
    """1, 1.0 and true are equal to a program, but true is no number of people."""
    people = [
        {"身份证号": id_number(place), "家庭人口": count} for place, count in enumerate([1, True, 1.0, "1"])
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(people, ensure_ascii=False), encoding="utf-8")
    intake = read(path, "household")
    assert [row.values.get("家庭人口") for row in intake.rows] == [1, None, 1, 1]
    assert [error.row for error in intake.errors] == [3]


def test_the_short_way_says_what_the_long_way_says() -> None:
    """Cells that leave no doubt are read without further looks: with the same result."""
    texts = [
        "10400001",
        "1.04E+07",
        "1E10",
        "13800000001",
        "23800000001",
        "１３８００００００００１",
        "无 法 核 实",
    ]
    texts += [
        "无法核实",
        "不详",
        "某省某县某镇某村1号",
        "某省 某县某镇",
        "某某\u3000某某某某",
        "某省\u202e某县某镇",
    ]
    texts += ["x" * 10_001, "", id_number(7), id_number(8)[:-1] + "x", f"{id_number(9)} "]
    for field in fields_of("student"):
        certain = certain_test(field, ColumnReading.ONE)
        for text in texts if certain else ():
            assert certain
            if certain(text):
                read = read_cell([field], ColumnReading.ONE, text)
                assert (read.value_of(field.name), read.raw, read.remarked) == (text, text, False)


def test_the_table_of_counties_is_the_librarys() -> None:
    """Our quicker way through the same file knows the same codes."""
    table = numdb.get("cn/loc")
    rng = random.Random(1)  # noqa: S311 — the same codes in every run
    codes = [f"{rng.randrange(110_000, 660_000)}" for _ in range(3_000)]
    codes += ["330106", "330199", "110101", "999999", "330000", "659001"]
    for code in codes:
        info = table.info(code)
        assert is_known_region(code) == (len(info) == 2 and bool(info[-1][1])), code
