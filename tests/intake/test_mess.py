"""The mess that lists arrive in: whatever it looks like, the same people with the same facts come out.

Each test is one class of mess; each of its parameters is one generated file.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from assistcli.fields import fields_of
from assistcli.intake.codes import words_of_table
from assistcli.intake.reading import Intake, read_rows
from assistcli.values import Value
from tests.intake.builders import (
    HEADER,
    HOUSEHOLD_HEADER,
    Rows,
    household,
    id_number,
    student,
    students,
    write_csv,
    write_xlsx,
)
from tests.intake.old_workbooks import write_xls

TITLE = ["2013届毕业生名单"]
PEOPLE = 6


def read(path: Path, subject: str = "student") -> Intake:
    """The file, free of errors and open questions, with all its rows accounted for."""
    intake = read_rows(path, subject=subject, mapping={}, year=2013)
    assert not intake.errors
    assert not intake.proposals
    assert len(intake.rows) + len(intake.lines) == sum(len(table.sheet.rows) for table in intake.tables)
    return intake


def facts(path: Path, subject: str = "student") -> list[dict[str, Value]]:
    """The facts of every person in the file."""
    return [row.values for row in read(path, subject).rows]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Value]]:
    """The facts of the people when nothing is in a mess."""
    return facts(write_csv(tmp_path_factory.mktemp("clean") / "a.csv", [HEADER, *students(PEOPLE)]))


def test_the_clean_facts_are_what_the_rows_say(clean: list[dict[str, Value]]) -> None:
    """The yardstick of all tests below."""
    assert clean[0] == {
        "学号": "10400001",
        "姓名": student(1)[1],
        "性别": "男",
        "学院": "机械学院",
        "班级": "信息092",
        "身份证号": id_number(1, sex="男"),
        "手机号码": "13800000001",
        "就业能力特别弱": False,
        "贫困生等级": "困难",
    }


@pytest.mark.parametrize("blank", [True, False], ids=["blank line", "no blank line"])
@pytest.mark.parametrize("count", range(6))
def test_titles_above(tmp_path: Path, clean: list[dict[str, Value]], count: int, blank: bool) -> None:
    titles: Rows = [
        TITLE,
        ["填报单位：信息学院", "", "填表日期：2013.4.15"],
        ["单位：人"],
        ["（盖章）"],
        ["密级"],
    ][:count]
    rows = [*titles, *([[]] if blank else []), HEADER, *students(PEOPLE)]
    assert facts(write_xlsx(tmp_path / "a.xlsx", rows, merged=["A1:I1"] if count else [])) == clean


@pytest.mark.parametrize("delimiter", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings(tmp_path: Path, clean: list[dict[str, Value]], encoding: str, delimiter: str) -> None:
    path = tmp_path / ("a.tsv" if delimiter == "\t" else "a.csv")
    assert (
        facts(write_csv(path, [TITLE, HEADER, *students(PEOPLE)], encoding=encoding, delimiter=delimiter))
        == clean
    )


@pytest.mark.parametrize("name", ["䶮", "瑄", "镕", "珺", "𠮷"])
def test_rare_characters_in_gb18030(tmp_path: Path, name: str) -> None:
    rows = [HEADER, ["10400001", f"王{name}", *student(1)[2:]]]
    assert facts(write_csv(tmp_path / "a.csv", rows, encoding="gb18030"))[0]["姓名"] == f"王{name}"


def aliases(subject: str) -> list[tuple[str, str]]:
    """(header, field) for every name that a field goes by."""
    keys = {"学号", "身份证号", "姓名"}
    return [
        (name, field.name)
        for field in fields_of(subject)
        if field.name not in keys
        for name in field.names_for(subject)
    ]


EXAMPLES: dict[str, str] = {
    "yesno": "是",
    "money": "3000.50",
    "count": "3",
    "year": "2013",
    "month": "1991-02",
}


def example(subject: str, name: str) -> str:
    """A text that fits the field."""
    field = next(field for field in fields_of(subject) if field.name == name)
    if field.choices:
        return field.choices[0]
    if field.kind == "date":
        return "2013-04-15"
    if field.table:
        return words_of_table(field.name)[0]
    return {"id": id_number(9), "phone": "13800000001"}.get(field.kind, EXAMPLES.get(field.kind, "某"))


@pytest.mark.parametrize(("header", "name"), aliases("student"))
def test_student_headers(tmp_path: Path, header: str, name: str) -> None:
    """Every name and alias of the catalogue is a header."""
    rows = [["学号", "姓名", header], ["10400001", "张三", example("student", name)]]
    assert name in facts(write_csv(tmp_path / "a.csv", rows))[0]


@pytest.mark.parametrize(("header", "name"), aliases("household"))
def test_household_headers(tmp_path: Path, header: str, name: str) -> None:
    """Every name and alias of the catalogue is a header of a union list."""
    rows = [["子女姓名", "子女身份证", header], ["张三", id_number(3, sex="男"), example("household", name)]]
    assert name in facts(write_csv(tmp_path / "a.csv", rows), "household")[0]


DECORATIONS: list[Callable[[str], str]] = [
    " ".join,
    "\u3000".join,
    "\u00a0".join,
    "\n".join,
    lambda name: f"{name}（必填）",
    lambda name: f"{name}(18位)",
    lambda name: f"*{name}",
    lambda name: f"{name}*",
    lambda name: f"{name}：",
    lambda name: f"\u00a0{name}\u00a0",
    lambda name: f"{name}【文本格式】",
    lambda name: f"{name}（是/否）（√）",
    lambda name: f"{name}\n（请填写全称）",
    lambda name: f"{name}[可空]",
]


@pytest.mark.parametrize("decorate", DECORATIONS, ids=range(len(DECORATIONS)))
def test_decorated_headers(
    tmp_path: Path, clean: list[dict[str, Value]], decorate: Callable[[str], str]
) -> None:
    """Blanks, required marks and instructions in brackets belong to no field's name."""
    assert (
        facts(write_xlsx(tmp_path / "a.xlsx", [[decorate(name) for name in HEADER], *students(PEOPLE)]))
        == clean
    )


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize("title", [True, False], ids=["title", "no title"])
@pytest.mark.parametrize("heading", ["基本情况", "学生信息", "本人基本情况", "困难情况（√）"])
def test_two_header_rows(
    tmp_path: Path, clean: list[dict[str, Value]], heading: str, title: bool, suffix: str
) -> None:
    """A heading over several columns, labels below; columns without a heading stand in the upper row."""
    upper = [*HEADER[:3], heading, "", "", "", "困难", ""]
    lower = ["", "", "", *HEADER[3:]]
    write = write_xlsx if suffix == "xlsx" else write_csv
    rows = [*([TITLE] if title else []), upper, lower, *students(PEOPLE)]
    assert facts(write(tmp_path / f"a.{suffix}", rows)) == clean


def test_headings_over_worker_and_child(tmp_path: Path) -> None:
    """姓名 under 职工 is the worker's, under 子女 the child's."""
    upper = ["序号", "职工情况", "", "子女情况", ""]
    lower = ["", "姓名", "身份证号", "姓名", "身份证号"]
    row = [1, "李大", id_number(1), "李小", id_number(2)]
    found = facts(
        write_xlsx(tmp_path / "a.xlsx", [upper, lower, row], merged=["B1:C1", "D1:E1"]), "household"
    )
    assert found == [
        {"职工姓名": "李大", "职工身份证号": id_number(1), "姓名": "李小", "身份证号": id_number(2)}
    ]


CHILDREN = [("甲一", id_number(11)), ("甲二", id_number(12)), ("甲三", id_number(13))]


@pytest.mark.parametrize(
    "labels",
    [
        ["子女1姓名", "子女1身份证号", "子女2姓名", "子女2身份证号", "子女3姓名", "子女3身份证号"],
        ["子女一姓名", "子女一身份证", "子女二姓名", "子女二身份证", "子女三姓名", "子女三身份证"],
        [
            "第一个子女姓名",
            "第一个子女身份证号",
            "第二个子女姓名",
            "第二个子女身份证号",
            "第3个孩子姓名",
            "第3个孩子身份证号",
        ],
        ["子女1的姓名", "子女1-证件号码", "子女2的姓名", "子女2-证件号码", "子女3的姓名", "子女3-证件号码"],
    ],
    ids=["digits", "numerals", "ordinals", "joined"],
)
def test_several_children_in_one_row(tmp_path: Path, labels: list[str]) -> None:
    """Each child filled in is a case of its own with the facts that the row's children share."""
    header = ["职工姓名", "职工身份证号", "家庭人口", *labels]
    rows = [
        ["李大", id_number(1), 5, *(part for child in CHILDREN for part in child)],
        ["王大", id_number(2), 3, "乙一", id_number(14), "", "", "", ""],
    ]
    intake = read_rows(
        write_xlsx(tmp_path / "a.xlsx", [header, *rows]), subject="household", mapping={}, year=2018
    )
    assert not intake.errors
    assert not intake.proposals
    found = [
        (row.number, row.values["姓名"], row.values["职工姓名"], row.values["家庭人口"])
        for row in intake.rows
    ]
    assert found == [
        (2, "甲一", "李大", 5),
        (2, "甲二", "李大", 5),
        (2, "甲三", "李大", 5),
        (3, "乙一", "王大", 3),
    ]
    assert [row.values["身份证号"] for row in intake.rows[:3]] == [number for _, number in CHILDREN]


def test_numbered_headings_over_children(tmp_path: Path) -> None:
    """The number stands in the upper row."""
    upper = ["职工姓名", "职工身份证号", "子女1", "", "子女2情况", ""]
    lower = ["", "", "姓名", "身份证号", "姓名", "身份证号"]
    row = ["李大", id_number(1), *CHILDREN[0], *CHILDREN[1]]
    intake = read_rows(
        write_xlsx(tmp_path / "a.xlsx", [upper, lower, row]), subject="household", mapping={}, year=2018
    )
    assert [entry.values["姓名"] for entry in intake.rows] == ["甲一", "甲二"]


def test_an_error_in_a_far_child_names_its_own_column(tmp_path: Path) -> None:
    header = ["职工姓名", "职工身份证号", "子女1姓名", "子女1身份证", "子女2姓名", "子女2身份证"]
    row = ["李大", id_number(1), *CHILDREN[0], "甲二", "1234"]
    intake = read_rows(
        write_xlsx(tmp_path / "a.xlsx", [header, row]), subject="household", mapping={}, year=2018
    )
    assert [(error.row, error.column, error.field) for error in intake.errors] == [(2, 6, "身份证号")]


def test_another_persons_name_is_not_the_students(tmp_path: Path) -> None:
    """姓名 under 父亲 is no field; it is asked about, never taken."""
    rows = [
        ["学号", "父亲", "", "班级"],
        ["", "姓名", "电话", ""],
        ["10400001", "张大", "13800000009", "信息091"],
    ]
    intake = read_rows(write_xlsx(tmp_path / "a.xlsx", rows), subject="student", mapping={}, year=2013)
    assert "姓名" not in intake.rows[0].values
    assert {entry.header for entry in intake.proposals} == {"父亲/姓名", "父亲/电话"}


@pytest.mark.parametrize("column", [3, 4])
@pytest.mark.parametrize("runs", [[6], [3, 3], [2, 4], [1, 5]], ids=str)
def test_merged_cells_reach_down(tmp_path: Path, runs: list[int], column: int) -> None:
    """A merged cell's value is that of every row it covers; single blanks stay unknown."""
    rows = [[*row] for row in students(PEOPLE)]
    merged, top = [], 2
    letter = "ABCDEFGHI"[column]
    for number, run in enumerate(runs):
        for place in range(top, top + run):
            rows[place - 2][column] = f"第{number}" if place == top else ""
        merged += [f"{letter}{top}:{letter}{top + run - 1}"] if run > 1 else []
        top += run
    found = facts(write_xlsx(tmp_path / "a.xlsx", [HEADER, *rows], merged=merged))
    expected = [f"第{number}" for number, run in enumerate(runs) for _ in range(run)]
    assert [entry[HEADER[column]] for entry in found] == expected


@pytest.mark.parametrize(
    ("colleges", "expected"),
    [
        (["甲", "", "", "乙", "", ""], ["甲", "甲", "甲", "乙", "乙", "乙"]),
        (["甲", "", "乙", "", "丙", ""], ["甲", "甲", "乙", "乙", "丙", "丙"]),
        (["甲", "", "", "", "", "乙"], ["甲", "甲", "甲", "甲", "甲", "乙"]),
        (["", "甲", "", "", "乙", ""], [None, "甲", None, None, "乙", None]),
        (["甲", "", "甲", "", "乙", ""], ["甲", None, "甲", None, "乙", None]),
        (["甲", "", "", "", "", ""], ["甲", None, None, None, None, None]),
        (["甲", "乙", "丙", "丁", "", ""], ["甲", "乙", "丙", "丁", None, None]),
    ],
    ids=["halves", "pairs", "last alone", "first blank", "repeated", "only the first", "mostly filled"],
)
def test_grouping_column(tmp_path: Path, colleges: list[str], expected: list[str | None]) -> None:
    """Blanks take the group's value only where the file shows that it is grouped; else they stay unknown."""
    rows = [[f"1040000{place}", f"张{place}", college] for place, college in enumerate(colleges)]
    found = facts(write_csv(tmp_path / "a.csv", [["学号", "姓名", "学院"], *rows]))
    assert [entry.get("学院") for entry in found] == expected


def test_a_class_in_two_groups_denies_the_grouping(tmp_path: Path) -> None:
    rows = [
        ["10400001", "甲学院", "信息091"],
        ["10400002", "", "信息092"],
        ["10400003", "乙学院", "信息091"],
        ["10400004", "", "信息092"],
    ]
    found = facts(write_csv(tmp_path / "a.csv", [["学号", "学院", "班级"], *rows]))
    assert [entry.get("学院") for entry in found] == ["甲学院", None, "乙学院", None]


TOTALS: list[list[Any]] = [
    ["合计"],
    ["合 计", "", "", "6人"],
    ["", "总计", 6],
    ["小计：6人"],
    ["信息学院小计", "6"],
    ["", "", "合计", "", "", "", "", 2, 3],
    ["共计6人"],
    ["本页小计", 6.0],
    ["总\u3000计"],
    ["总人数：6"],
]


@pytest.mark.parametrize("total", TOTALS, ids=lambda total: "".join(map(str, total)))
@pytest.mark.parametrize("place", [3, 6], ids=["middle", "end"])
def test_total_rows(tmp_path: Path, clean: list[dict[str, Value]], total: list[Any], place: int) -> None:
    """Sums are no people, wherever they stand, and the account names them."""
    rows: list[list[Any]] = students(PEOPLE)
    rows.insert(place, total)
    intake = read(write_xlsx(tmp_path / "a.xlsx", [HEADER, *rows]))
    assert [row.values for row in intake.rows] == clean
    assert [line.row for line in intake.lines if line.kind == "小计合计"] == [place + 2]


def test_a_total_that_does_not_add_up_is_reported(tmp_path: Path) -> None:
    intake = read(write_csv(tmp_path / "a.csv", [HEADER, *students(3), ["合计", "4人"]]))
    assert any("4 人" in note and "3 行" in note for note in intake.notes)


SECTIONS = ["信息学院", "一、困难毕业生", "2013届", "（一）低保家庭", "信息091班"]


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("merged", [True, False], ids=["merged", "plain"])
def test_section_rows(tmp_path: Path, clean: list[dict[str, Value]], section: str, merged: bool) -> None:
    """A heading between people is reported and says nothing about them."""
    header = ["序号", *HEADER]
    people = [[number, *row] for number, row in enumerate(students(PEOPLE), start=1)]
    rows = [header, [section], *people[:3], [section + "二"], *people[3:]]
    path = write_xlsx(tmp_path / "a.xlsx", rows, merged=["A2:J2", "A6:J6"] if merged else [])
    intake = read(path)
    assert [row.values for row in intake.rows] == clean
    assert [line.row for line in intake.lines if line.kind == "分节"] == [2, 6]


NOTES: list[list[Any]] = [
    ["注：√ 表示是"],
    ["备注：以上名单已核对"],
    ["填表人：张老师", "", "", "审核人：李老师"],
    ["说明：1. 学号为文本格式"],
    ["单位（盖章）："],
    ["", "", "填表日期：2013年4月15日"],
    ["联系人：王老师", "", "联系电话：0571-85070000"],
    ["本表一式两份，一份报送学生处就业指导服务中心，一份由学院存档备查。"],
    ["审核人：", "", "负责人："],
]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note[0] or note[2])
@pytest.mark.parametrize("gap", [0, 2])
def test_trailing_notes(tmp_path: Path, clean: list[dict[str, Value]], note: list[Any], gap: int) -> None:
    """Lines below the table are reported, not read as people."""
    rows = [TITLE, HEADER, *students(PEOPLE), *([[]] * gap), note]
    assert facts(write_xlsx(tmp_path / "a.xlsx", rows)) == clean


@pytest.mark.parametrize("place", [2, 4])
def test_headers_repeated_on_every_page(tmp_path: Path, clean: list[dict[str, Value]], place: int) -> None:
    rows: list[list[Any]] = students(PEOPLE)
    rows.insert(place, [*HEADER])
    assert facts(write_csv(tmp_path / "a.csv", [HEADER, *rows])) == clean


@pytest.mark.parametrize("places", [[0], [2], [1, 3], [6]], ids=str)
def test_blank_rows(tmp_path: Path, clean: list[dict[str, Value]], places: list[int]) -> None:
    rows: list[list[Any]] = students(PEOPLE)
    for place in reversed(places):
        rows[place:place] = [["", "\u00a0", " ", "\u3000"], []]
    assert facts(write_xlsx(tmp_path / "a.xlsx", [HEADER, *rows])) == clean


@pytest.mark.parametrize("word", ["示例", "填写说明", "例", "样例"])
def test_example_and_instruction_rows(tmp_path: Path, clean: list[dict[str, Value]], word: str) -> None:
    """The lines of a template that show and tell how to fill in are not people."""
    people = [[number, *row] for number, row in enumerate(students(PEOPLE), start=1)]
    line = [word, "12位", "张三", "男或女"] if word == "填写说明" else [word, *student(99)]
    assert facts(write_xlsx(tmp_path / "a.xlsx", [["序号", *HEADER], line, *people])) == clean


@pytest.mark.parametrize("before", [["说明"], ["填表说明", "封面"], ["空白"], ["代码表", "空白"]], ids=str)
def test_other_sheets(tmp_path: Path, clean: list[dict[str, Value]], before: list[str]) -> None:
    """The list stands on a later sheet; every other sheet is named in the notes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in before:
        sheet = book.create_sheet(name)
        if name != "空白":
            sheet.append(["姓名请填全名"])
            sheet.append(["学号", "姓名"])
    target = book.create_sheet("名单")
    for row in [TITLE, HEADER, *students(PEOPLE)]:
        target.append(row)
    book.save(tmp_path / "a.xlsx")
    intake = read(tmp_path / "a.xlsx")
    assert [row.values for row in intake.rows] == clean
    assert all(any(name in note for note in intake.notes) for name in before)


def test_a_class_per_sheet(tmp_path: Path, clean: list[dict[str, Value]]) -> None:
    """Several sheets of the same kind are all read, and each row knows its sheet."""
    rows = students(PEOPLE)
    path = write_xlsx(tmp_path / "a.xlsx", [HEADER, *rows[:2]], sheet="一班", 二班=[TITLE, HEADER, *rows[2:]])
    intake = read(path)
    assert [row.values for row in intake.rows] == clean
    assert [row.sheet for row in intake.rows] == ["一班"] * 2 + ["二班"] * 4
    assert [row.number for row in intake.rows] == [2, 3, 3, 4, 5, 6]


def test_a_hidden_sheet_is_named_not_read(tmp_path: Path, clean: list[dict[str, Value]]) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADER, *students(PEOPLE)], sheet="新", 旧=[HEADER, *students(2)])
    book = load_workbook(path)
    book["旧"].sheet_state = "hidden"
    book.save(path)
    intake = read(path)
    assert [row.values for row in intake.rows] == clean
    assert any("旧" in note and "隐藏" in note for note in intake.notes)


@pytest.mark.parametrize("column", [0, 6], ids=["学号", "手机"])
@pytest.mark.parametrize("spell", [int, float, lambda text: f"{text}.0", lambda text: f" {text}\u00a0"])
def test_numbers_for_text(
    tmp_path: Path, clean: list[dict[str, Value]], column: int, spell: Callable[[str], Any]
) -> None:
    """Student numbers and phones as numbers, or as text with .0 behind, are what they were."""
    rows = [[*row] for row in students(PEOPLE)]
    for row in rows:
        row[column] = spell(row[column])
    assert facts(write_xlsx(tmp_path / "a.xlsx", [HEADER, *rows])) == clean


@pytest.mark.parametrize("column", [0, 5, 6], ids=["学号", "身份证号", "手机"])
@pytest.mark.parametrize(
    "wrap", ['="{}"', "'{}", "\t{}", "{}\t"], ids=["formula", "apostrophe", "tab", "tab after"]
)
def test_text_forced_in_csv(tmp_path: Path, clean: list[dict[str, Value]], column: int, wrap: str) -> None:
    """What other programs put around long numbers in csv is taken off."""
    rows = [[*row] for row in students(PEOPLE)]
    for row in rows:
        row[column] = wrap.format(row[column])
    assert facts(write_csv(tmp_path / "a.csv", [HEADER, *rows])) == clean


@pytest.mark.parametrize("dot", "·•・.．‧᛫")
def test_middle_dots(tmp_path: Path, dot: str) -> None:
    """A name is the same person's with any of the dots; the raw text is kept beside it."""
    name = f"买买提{dot}艾力"
    row = read(write_csv(tmp_path / "a.csv", [["学号", "姓名"], ["10400001", name]])).rows[0]
    assert (row.values["姓名"], row.raw("姓名")) == ("买买提·艾力", name)


@pytest.mark.parametrize(
    "name", ["张 三", "张\u3000三", " 张三 ", "张\u00a0\u00a0三", "张\u200b三"[:1] + "三"]
)
def test_spaced_names(tmp_path: Path, name: str) -> None:
    assert facts(write_csv(tmp_path / "a.csv", [["学号", "姓名"], ["10400001", name]]))[0]["姓名"] == "张三"


YES = [
    "是",
    "有",
    "√",
    "✓",
    "✔",
    "☑",
    1,
    1.0,
    "1",
    "Y",
    "y",
    "yes",
    "YES",
    "对",
    True,
    "Ｙ",
    "１",
    " 是 ",
    "\u00a0√",
]
NO = ["否", "无", "×", "✗", 0, 0.0, "0", "N", "n", "no", "错", False, "Ｎ", "没有", "不是"]
UNKNOWN = ["", "不详", "未知", " ", "\u00a0", "-", "/"]


@pytest.mark.parametrize("text", [*YES, *NO, *UNKNOWN], ids=repr)
def test_yes_and_no(tmp_path: Path, text: Any) -> None:
    """Every spelling of yes, of no, and of not knowing, which is neither."""
    expected = True if text in YES else False if text in NO else None
    found = facts(write_xlsx(tmp_path / "a.xlsx", [["学号", "低保"], ["10400001", text]]))
    assert found[0].get("低保") is expected


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1991-02", "1991-02"),
        ("1991.2", "1991-02"),
        ("1991年2月", "1991-02"),
        ("1991/02", "1991-02"),
        ("199102", "1991-02"),
        ("19910203", "1991-02"),
        ("1991年2月3日", "1991-02"),
        (199102, "1991-02"),
        (1991.02, "1991-02"),
        (1991.12, "1991-12"),
        (33272, "1991-02"),
        ("1991-02-03 00:00:00", "1991-02"),
        ("１９９１．２", "1991-02"),
    ],
)
def test_months(tmp_path: Path, text: Any, month: str) -> None:
    assert (
        facts(write_xlsx(tmp_path / "a.xlsx", [["学号", "出生年月"], ["10400001", text]]))[0]["出生年月"]
        == month
    )


@pytest.mark.parametrize(
    "text",
    ["2013-04-15", "2013.4.15", "2013年4月15日", "20130415", 20130415, 41379, "2013/4/15 0:00", "2013/04/15"],
)
def test_dates(tmp_path: Path, text: Any) -> None:
    found = facts(write_xlsx(tmp_path / "a.xlsx", [["学号", "排摸日期"], ["10400001", text]]))
    assert found[0]["排摸日期"] == "2013-04-15"


@pytest.mark.parametrize(
    ("header", "text", "name", "value"),
    [
        ("民族", "01", "民族", "汉族"),
        ("民族", 1.0, "民族", "汉族"),
        ("民族", "汉", "民族", "汉族"),
        ("民族", "傈傈族", "民族", "傈僳族"),
        ("民族", "11", "民族", "满族"),
        ("民族", "穿青人", "民族", "穿青人"),
        ("毕业去向", "10", "毕业去向", "签就业协议形式就业"),
        ("毕业去向", 70.0, "毕业去向", "待就业"),
        ("毕业去向", "801", "毕业去向", "境内升学—研究生"),
        ("毕业去向", 271, "毕业去向", "科研助理、管理助理—科研助理、管理助理"),
        ("毕业去向", "85", "毕业去向", "出国、出境"),
        ("毕业去向", "求职中", "毕业去向", "求职中"),
        ("学历", "31", "学历", "本科生毕业"),
        ("学历", "231", "学历", "本科"),
        ("学历", "本科", "学历", "本科"),
        ("政治面貌", "03", "政治面貌", "共青团员"),
        ("政治面貌", "团员", "政治面貌", "共青团员"),
        ("政治面貌", "党员", "政治面貌", "中共党员"),
    ],
)
def test_codes_of_national_tables(tmp_path: Path, header: str, text: Any, name: str, value: str) -> None:
    """Codes become words; words that the tables lack stay as they are."""
    assert facts(write_xlsx(tmp_path / "a.xlsx", [["学号", header], ["10400001", text]]))[0][name] == value


@pytest.mark.parametrize(
    ("text", "hard", "poor", "disabled"),
    [
        ("0", False, False, False),
        (1.0, True, False, False),
        ("3", True, True, False),
        ("7", True, True, True),
        (4, False, False, True),
        ("家庭困难和残疾", False, True, True),
        ("非困难", False, False, False),
        ("双困", True, True, None),
    ],
)
def test_kinds_of_hardship_are_bits(
    tmp_path: Path, text: Any, hard: bool, poor: bool, disabled: bool | None
) -> None:
    """困难生类别 is a sum of three answers; 双困 is silent on the third."""
    found = facts(write_xlsx(tmp_path / "a.xlsx", [["学号", "困难生类别"], ["10400001", text]]))[0]
    assert [found.get(name) for name in ("就业困难", "家庭经济困难认定", "残疾")] == [hard, poor, disabled]


@pytest.mark.parametrize(
    ("text", "province"),
    [
        *((text, "甘肃") for text in ("甘肃", " 甘肃省", "62", 62.0, "620000")),
        *(("宁夏自治区", "宁夏"), ("内蒙", "内蒙古"), ("上海市", "上海"), ("香港", "香港")),
        *(("不详", None), ("", None)),
    ],
)
def test_provinces(tmp_path: Path, text: Any, province: str | None) -> None:
    """Short and full names, usual abbreviations and codes are one word."""
    rows = [["子女姓名", "子女身份证", "院校所在省"], ["张三", id_number(3, sex="男"), text]]
    (found,) = facts(write_xlsx(tmp_path / "a.xlsx", rows), "household")
    assert found.get("学校所在省") == province


@pytest.mark.parametrize(
    ("header", "text", "expected"),
    [
        (
            "学院/专业/班级",
            "信息学院/计算机/信息091",
            {"学院": "信息学院", "专业": "计算机", "班级": "信息091"},
        ),
        ("学院、班级", "信息学院、信息091", None),
        ("手机/联系电话", "13800000001", {"手机号码": "13800000001"}),
        ("性别/民族", "男 汉族", {"性别": "男", "民族": "汉族"}),
    ],
)
def test_headers_that_name_several_fields(
    tmp_path: Path, header: str, text: str, expected: dict[str, str] | None
) -> None:
    """``A/B/C`` splits its cells, or is one field under two names; anything else is asked about."""
    rows = [["学号", "姓名", header], ["10400001", "张三", text]]
    intake = read_rows(write_csv(tmp_path / "a.csv", rows), subject="student", mapping={}, year=2013)
    values = {name: value for name, value in intake.rows[0].values.items() if name not in {"学号", "姓名"}}
    assert values == (expected or {})
    assert bool(intake.proposals) is (expected is None)


@pytest.mark.parametrize(
    "text", ["宁夏大学 计算机", "宁夏大学/计算机", "宁夏大学，计算机", "宁夏大学\n计算机"]
)
def test_school_and_major_in_one_cell(tmp_path: Path, text: str) -> None:
    rows = [["子女姓名", "子女身份证", "考入学校名称及专业"], ["张三", id_number(3, sex="男"), text]]
    found = facts(write_xlsx(tmp_path / "a.xlsx", rows), "household")[0]
    assert (found["就读学校"], found["专业"]) == ("宁夏大学", "计算机")


def objects(count: int) -> list[dict[str, Any]]:
    """The people as flat objects."""
    return [dict(zip(HEADER, row, strict=True)) for row in students(count)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_json(tmp_path: Path, clean: list[dict[str, Value]], suffix: str, encoding: str) -> None:
    people = objects(PEOPLE)
    lines = "\n".join(json.dumps(person, ensure_ascii=False) for person in people)
    text = lines if suffix == "jsonl" else json.dumps(people, ensure_ascii=False)
    path = tmp_path / f"a.{suffix}"
    path.write_text(text, encoding=encoding)
    assert facts(path) == clean


def test_json_objects_may_differ_in_their_keys(tmp_path: Path) -> None:
    """``null`` and a missing key are unknown; true and false are answers."""
    people = [
        {"学号": "10400001", "低保": True},
        {"学号": "10400002", "姓名": None},
        {"低保": False, "学号": "10400003"},
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(people, ensure_ascii=False), encoding="utf-8")
    assert [entry.get("低保") for entry in facts(path)] == [True, None, False]


@pytest.mark.parametrize("count", [1, 3, 12])
def test_union_lists(tmp_path: Path, count: int) -> None:
    """Brothers and sisters share the worker's facts, each with an own case."""
    rows = [["2018年助学汇总"], HOUSEHOLD_HEADER, *map(household, range(count))]
    found = facts(write_xlsx(tmp_path / "a.xlsx", rows), "household")
    assert len({entry["身份证号"] for entry in found}) == count
    assert len({entry["职工身份证号"] for entry in found}) == (count + 1) // 2


@pytest.mark.parametrize("header", ["序号", "备注", "编号", "签名", "错误说明", "填报单位", "No."])
def test_columns_that_state_no_fact(tmp_path: Path, clean: list[dict[str, Value]], header: str) -> None:
    rows = [[*HEADER, header], *([*row, "某"] for row in students(PEOPLE))]
    assert facts(write_csv(tmp_path / "a.csv", rows)) == clean


def test_a_column_without_header_is_reported(tmp_path: Path, clean: list[dict[str, Value]]) -> None:
    rows = [HEADER, *([*row, "", "旁注"] for row in students(PEOPLE))]
    intake = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert [row.values for row in intake.rows] == clean
    assert any("第 11 列" in note and "6 格" in note for note in intake.notes)


@pytest.mark.parametrize("name", ["a.xls", "a.et"])
@pytest.mark.parametrize("titles", [0, 2])
def test_workbooks_of_excel_97(tmp_path: Path, clean: list[dict[str, Value]], titles: int, name: str) -> None:
    """Old xls files and WPS's own et files are read like any other."""
    rows = [*[TITLE] * titles, HEADER, *students(PEOPLE), ["合计", "", "", "6人"]]
    assert facts(write_xls(tmp_path / name, rows)) == clean


def test_merged_cells_of_excel_97(tmp_path: Path) -> None:
    rows = [["学号", "学院"], ["10400001", "甲学院"], ["10400002", ""], ["10400003", ""]]
    found = facts(write_xls(tmp_path / "a.xls", rows, merged=[(1, 2, 1, 1)]))
    assert [entry.get("学院") for entry in found] == ["甲学院", "甲学院", None]


def test_numbers_in_excel_97_are_known_as_numbers(tmp_path: Path) -> None:
    """A numeric ID number is refused in xls too."""
    rows: Rows = [["学号", "毕业年份", "身份证号"], [10400001.0, 2013.0, 330106199102031239.0]]
    intake = read_rows(write_xls(tmp_path / "a.xls", rows), subject="student", mapping={}, year=2013)
    assert intake.rows[0].values == {"学号": "10400001", "毕业年份": 2013}
    assert [error.field for error in intake.errors] == ["身份证号"]


@pytest.mark.parametrize(("down", "right"), [(0, 2), (3, 0), (5, 4)])
def test_tables_that_start_elsewhere(
    tmp_path: Path, clean: list[dict[str, Value]], down: int, right: int
) -> None:
    """Blank rows above and blank columns to the left; row numbers are still those of the file."""
    rows = [*([[]] * down), *([*[None] * right, *row] for row in [HEADER, *students(PEOPLE)])]
    intake = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert [row.values for row in intake.rows] == clean
    assert [row.number for row in intake.rows] == list(range(down + 2, down + 2 + PEOPLE))
