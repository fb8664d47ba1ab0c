"""The public list: only the whitelist, only with a day to take it down."""

import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from assistcli.desk.publishing import WHITELIST
from assistcli.fields import fields_of
from tests.conftest import Assist

Student = Callable[..., str]
DAYS = ("--from", "2013-05-20", "--take-down", "2013-05-27")
MARK = "机密"


def everything_in(path: Path) -> str:
    """All text of all parts of an Office file."""
    with zipfile.ZipFile(path) as package:
        parts = (package.read(name).decode("utf-8", "replace") for name in package.namelist())
        return unescape("\n".join(parts))


def marked_facts() -> dict[str, str]:
    """A marked value for every text fact of a student that is not on the whitelist, and a few others."""
    facts = {
        field.name: f"{MARK}{field.name}"
        for field in fields_of("student")
        if field.kind == "text" and field.name not in {*WHITELIST, "学号", "民族"}
    }
    return facts | {
        "手机号码": "13800000001", "身份证号": "52010319910707928X", "民族": "回族", "贫困生等级": "特别困难",
        "就业能力特别弱": "是", "单亲家庭": "是",
    }  # fmt: skip


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_nothing_but_the_whitelist_leaves(
    assist: Assist, student: Student, tmp_path: Path, ending: str
) -> None:
    """Marked people: no mark, number, phone or category anywhere in the file."""
    number = student(年级="2009", 专业="机械工程", 班级="机械091", **marked_facts())
    assist("record", "helper", number, f"{MARK}老师")
    assist("outcome", number, "签约", "--employer", f"{MARK}公司")
    out = tmp_path / f"公示.{ending}"
    answer = assist("publish", number, *DAYS, "--out", str(out), "--json").json
    assert answer["people"] == 1
    assert answer["take_down"] == "2013-05-27"
    assert Path(answer["file"]) == out
    text = everything_in(out)
    assert "甲同学" in text
    assert "机械091" in text
    for secret in (
        MARK,
        "13800000001",
        "52010319910707928X",
        number,
        "回族",
        "特别困难",
        "python-docx",
        "李老师",
    ):
        assert secret not in text
    assert out.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "column", ["手机号码", "身份证号", "民族", "贫困生等级", "单亲家庭", "结对帮扶者", "学号"]
)
def test_no_other_column_can_be_asked_for(assist: Assist, student: Student, column: str) -> None:
    """Refused by name, with what may be public."""
    refused = assist("publish", student(), *DAYS, "--columns", f"姓名,{column}", code=3).stderr
    assert f"「{column}」不能公示" in refused


def test_the_day_to_take_down_is_typed_never_assumed(assist: Assist, student: Student) -> None:
    """No default length (R1-26)."""
    number = student()
    assert "--take-down" in assist("publish", number, code=2).stderr
    backward = ("--from", "2013-05-20", "--take-down", "2013-05-20")
    assert "应晚于" in assist("publish", number, *backward, code=3).stderr


@pytest.mark.parametrize("table", ["detail", "细化表", "附件3", "summary", "审批表"])
def test_internal_tables_are_refused(assist: Assist, student: Student, table: str) -> None:
    """R0-56: the sheet with phones and family facts is never public."""
    student()
    assert "是内部表" in assist("publish", table, *DAYS, code=3).stderr


def test_without_names_the_eligible_are_listed(assist: Assist, student: Student) -> None:
    """The doubtful are not made public."""
    student("10800001", 就业能力特别弱="是", 贫困生等级="特别困难")
    student("10800002", 姓名="乙同学", 就业能力特别弱="是")
    student("10800003", 姓名="丙同学", 就业能力特别弱="是", 单亲家庭="是")
    assert assist("publish", *DAYS, "--json").json["people"] == 2
    assert assist("publish", *DAYS, "--benefit", "A", "--json").json["people"] == 1
    assert "可用：A、B1" in assist("publish", *DAYS, "--benefit", "C", code=3).stderr


def test_a_list_is_waited_for_until_it_is_down(assist: Assist, student: Student) -> None:
    """The day comes up in `due`; its command clears it."""
    assist("publish", student(), *DAYS)
    rows = assist("--today", "2013-05-26", "due", "--kind", "公示", "--json").json
    assert rows == []
    (row,) = assist("due", "--kind", "公示", "--json").json
    assert (row["due"], row["days_overdue"]) == ("2013-05-27", 5)
    assist(*row["command"].split()[1:])
    assert assist("due", "--kind", "公示", "--json").json == []
    assist("publish", "--down", "ZZZZZZZZ", code=5)


def test_a_list_is_named_by_more_than_a_letter_of_its_number(assist: Assist, student: Student) -> None:
    """One letter may be the last of any list: nothing is taken down by a slip."""
    id = assist("publish", student(), *DAYS, "--json").json["publication"]
    assert "6 位以上" in assist("publish", "--down", id[-1], code=5).stderr
    assert assist("publish", "--down", id[-6:].lower(), "--json").json["down"] == "2013-06-01"


def test_an_objection_is_kept_for_a_person_to_decide(assist: Assist, student: Student) -> None:
    """Recorded with its words; the list says so until it is down."""
    id = assist("publish", student(), *DAYS, "--json").json["publication"]
    assert "须写明内容" in assist("publish", "--objection", id, code=2).stderr
    answer = assist("publish", "--objection", id, "--reason", "家庭情况不实", "--by", "某同学", "--json").json
    assert answer["objections"] == [{"date": "2013-06-01", "reason": "家庭情况不实", "by": "某同学"}]
    assert answer["down"] is None
    (row,) = assist("due", "--kind", "公示", "--json").json
    assert "有 1 条异议" in row["reason"]
    assert assist("publish", "--down", id, "--json").json["objections"] == answer["objections"]
