"""The import report: the contract's keys for scripts, every row accounted for and no secrets for people."""

from pathlib import Path

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
