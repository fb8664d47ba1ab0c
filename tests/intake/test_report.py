"""The import report: the contract's keys for scripts, every row accounted for and no secrets for people."""

import json
from pathlib import Path

import pytest

from assistcli.errors import DataRejectedError
from assistcli.fields import fields_of
from assistcli.intake.matching import match_row
from assistcli.intake.reading import read_rows
from assistcli.intake.report import ImportReport, build_report
from tests.intake.builders import HEADER, id_number, student, students, write_csv
from tests.intake.test_matching import PLAIN, Cases, case


def report(path: Path) -> ImportReport:
    """The report of importing *path* over one known student."""
    known = Cases(case("1", 学号="10400001", 姓名="旧名", 身份证号=id_number(1, sex="男")))
    intake = read_rows(path, subject="student", mapping={}, year=2013)
    outcomes = [match_row(row, known, "student", PLAIN) for row in intake.rows]
    return build_report([intake], outcomes, fields_of("student"))


def test_json_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    bad = [*student(4)[:5], "330106199103041234", *student(4)[6:]]
    path = write_csv(tmp_path / "a.csv", [["名单"], HEADER, *students(3), bad])
    answer = report(path).to_json()
    errors = answer.pop("errors")
    assert answer == {
        "read": 4,
        "added": 2,
        "changed": 1,
        "unchanged": 0,
        "rejected": 1,
        "written": False,
        "report": None,
    }
    assert [(error["file"], error["sheet"], error["row"], error["field"]) for error in errors] == [
        ("a.csv", None, 6, "身份证号")
    ]
    assert set(errors[0]) == {"file", "sheet", "row", "field", "message"}


def test_people_see_counts_and_every_row(tmp_path: Path) -> None:
    rows = [["名单"], HEADER, *students(2), ["合计", "2人"], []]
    lines = report(write_csv(tmp_path / "a.csv", rows)).show_lines()
    text = "\n".join(lines)
    assert lines[0] == "读到 2 行：新增 1，更改 1，不变 0，退回 0"
    assert "其中数据 2 行" in text
    assert "标题 1 行（第 1 行）" in text
    assert "小计合计 1 行（第 5 行）" in text
    assert "姓名：旧名 → " in text


def test_no_line_shows_a_whole_id_or_phone_number(tmp_path: Path) -> None:
    """Differences mask what is personal and hide what is secret."""
    rows = [HEADER, *students(3), [*student(4)[:5], id_number(4)[:-1], *student(4)[6:]]]
    lines = report(write_csv(tmp_path / "a.csv", rows)).show_lines()
    text = "\n".join(lines)
    assert id_number(4)[:-1] not in text
    assert "1380000000" not in text


def test_what_is_said_of_many_rows_stands_once(tmp_path: Path) -> None:
    """The rows are listed, the first eight by number; what goes unread of a long list is counted by rows."""
    bad = [[*student(number)[:7], "挂科", *student(number)[8:]] for number in range(1, 13)]
    lines = report(write_csv(tmp_path / "a.csv", [HEADER, *bad])).show_lines()
    errors = [line for line in lines if line.startswith("错误")]
    assert len(errors) == 1
    assert errors[0].startswith("错误 a.csv 第 2、3、4、5、6、7、8、9… 行（共 12 行） 就业能力特别弱：")
    worse = [[*student(number)[:7], f"挂科{number}", *student(number)[8:]] for number in range(1, 24)]
    lines = report(write_csv(tmp_path / "a.csv", [HEADER, *worse])).show_lines()
    assert "……还有 3 处错误" in lines


def test_remarks_that_go_unread_are_told_and_numbers_are_not(tmp_path: Path) -> None:
    """备注 holds what somebody once knew; 序号 holds nothing."""
    header = ["序号", *HEADER, "备注"]
    rows = [[number, *student(number), "父亲车祸" if number == 2 else ""] for number in (1, 2)]
    text = "\n".join(report(write_csv(tmp_path / "a.csv", [header, *rows])).show_lines())
    assert "列「备注」不导入：1 格文字没有读；要留下请用 --map 备注=字段" in text
    assert "序号」不导入" not in text


def test_figures_of_the_office_are_told_with_the_command_that_takes_them(tmp_path: Path) -> None:
    """填报单位 and the like are no facts of a person; a column that the person maps away is not theirs."""
    header = [*HEADER, "填报单位(盖章)", "填报人", "毕业生数", "审核人"]
    rows = [[*student(number), "机械学院", f"{'王李'[number % 2]}老师", 320, ""] for number in (1, 2)]
    lines = report(write_csv(tmp_path / "a.csv", [header, *rows])).account
    told = [line.strip() for line in lines if "单位信息" in line]
    assert told == [
        "列「填报单位(盖章)」属于单位信息，没有写入（2 格）；要用请：assist unit set 填报单位=机械学院",
        "列「填报人」属于单位信息，没有写入（2 格），有 2 种说法；"
        "核对后用：assist unit set 填报人=…（某个学院的加 --college 学院）",
        "列「毕业生数」属于单位信息，没有写入（2 格）；要用请：assist unit set 毕业生数=320",
    ]
    away = read_rows(
        tmp_path / "a.csv", subject="student", mapping={"联系电话": "-", "填报人": "-"}, year=2013
    )
    assert not any("联系电话" in note or "填报人" in note for note in away.notes)


@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_objects_have_no_header_and_no_rows(tmp_path: Path, suffix: str) -> None:
    """A list of objects is spoken of as one: its names, its items, the first of them number one."""
    people = [
        {"学号": "10400001", "备注": "父亲车祸", "填报人": "王老师"},
        {"学号": "10400002", "贫困生等级": "怪"},
        {"学号": "10400002"},
        {"备注": "合计3人"},
    ]
    lines = [json.dumps(person, ensure_ascii=False) for person in people]
    path = tmp_path / f"a.{suffix}"
    path.write_text("\n".join(lines) if suffix == "jsonl" else f"[{','.join(lines)}]", "utf-8")
    text = "\n".join(report(path).show_lines())
    assert f"文件「a.{suffix}」共 4 条，其中数据 3 条" in text
    assert "小计合计 1 条（第 4 条）" in text
    assert "项「备注」不导入：1 条文字没有读" in text
    assert "项「填报人」属于单位信息，没有写入（1 条）" in text
    assert f"错误 a.{suffix} 第 2 条 贫困生等级" in text
    assert "学号与第 3 条相同" in text
    assert "行" not in text.partition("\n")[2].replace("只留一行", "")
    assert "表头" not in text


def test_a_list_of_objects_is_refused_in_its_own_words(tmp_path: Path) -> None:
    """Names nobody knows, two for one fact, none that says who it is."""
    path = tmp_path / "a.json"
    path.write_text('[{"学号": "10400001", "怪": "x"}]', "utf-8")
    with pytest.raises(DataRejectedError, match="有认不出的字段名：「怪」") as refused:
        read_rows(path, subject="student", mapping={}, year=2013).require_headers()
    assert "不要这一项写 --map 字段名=-" in str(refused.value)
    for text, told in (
        ('[{"学号": "1", "姓名": "张三", "学生姓名": "李四"}]', "两项都是 姓名"),
        ('[{"姓名": "张三"}, {"班级": "x"}]', "字段名里没有 学号 或 身份证号，认不出每条是谁"),
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(DataRejectedError, match=told):
            read_rows(path, subject="student", mapping={}, year=2013)


def test_a_row_without_a_name_is_told(tmp_path: Path) -> None:
    """It goes in; a file without the column says nothing of names."""
    nameless = [*student(2)[:1], "", *student(2)[2:]]
    warned = report(write_csv(tmp_path / "a.csv", [HEADER, student(1), nameless])).warnings
    assert [(entry.row, entry.field) for entry in warned] == [(3, "姓名")]
    columns = [0, 2, 3]
    short = [[row[place] for place in columns] for row in (HEADER, *students(2))]
    assert not report(write_csv(tmp_path / "b.csv", short)).warnings


def test_a_long_title_is_cut_visibly(tmp_path: Path) -> None:
    rows = [["关于" * 20], HEADER, *students(2)]
    assert "关于…" in "\n".join(report(write_csv(tmp_path / "a.csv", rows)).show_lines())
