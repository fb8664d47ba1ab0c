"""Messages that carry one person's own matters, and the calendar file."""

import re
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Assist

Student = Callable[..., str]


def fill(assist: Assist, student: Student) -> list[str]:
    """Three students who lack different things; returns their numbers."""
    facts = {"就业能力特别弱": "是", "贫困生等级": "特别困难"}
    numbers = [
        student(f"1080000{n}", 姓名=f"{name}同学", 手机号码=f"1380000000{n}", 单亲家庭="是", **facts)
        for n, name in enumerate("甲乙丙", 1)
    ]
    assist("step", numbers[0], "申请")
    assist("record", "recommend", numbers[1], "某公司")
    assist("log", numbers[1], "面谈", "心理辅导", "不宜外传", "--next", "2013-06-08")
    assist("outcome", numbers[2], "签约", "--employer", "另一公司")
    return numbers


def test_each_message_is_about_its_own_person_only(assist: Assist, student: Student) -> None:
    """No other name, number, phone or employer; no category, no hardship, no counselling."""
    fill(assist, student)
    assist("unit", "set", "填报人=李老师", "联系电话=057185070000")
    messages = {m["name"]: m["message"] for m in assist("remind", "--until", "2013-06-10", "--json").json}
    sender = "浙江科技学院 李老师 057185070000"
    assert messages == {
        "甲同学": f"甲同学：还缺成绩单，请于 2013-06-10 前办理。{sender}",
        "乙同学": "乙同学：我们约好 2013-06-08 联系；请告知某公司应聘的结果，"
        f"请于 2013-06-10 前办理。{sender}",
        "丙同学": f"丙同学：请补交就业或升学的证明材料，请于 2013-06-10 前办理。{sender}",
    }
    for name, message in messages.items():
        others = [other for other in messages if other != name]
        assert not [
            word for word in [*others, "1380000", "特别困难", "单亲", "心理", "A类"] if word in message
        ]


def test_who_lacks_nothing_gets_no_message(assist: Assist, student: Student) -> None:
    """An overdue contact is for the helper to make, not for the student."""
    student()
    assert assist("remind", "--json").json == []
    assert "没有要提醒的人" in assist("remind").stdout


def test_the_table_for_an_sms_platform(assist: Assist, student: Student, tmp_path: Path) -> None:
    """Phone, name, text; who has no phone is said."""
    from openpyxl import load_workbook

    numbers = fill(assist, student)
    student("10800009", 姓名="丁同学")
    assist("step", "10800009", "申请")
    out = tmp_path / "短信.xlsx"
    assert "1 人没有手机号码" in assist("remind", "--out", str(out)).stderr
    lines = list(load_workbook(out).worksheets[0].iter_rows(values_only=True))
    assert lines[1] == ("手机号码", "姓名", "内容")
    assert len(lines) == 2 + len(numbers) + 1
    assert lines[2][0] == "13800000001"
    assert out.stat().st_mode & 0o777 == 0o600


def test_the_calendar_holds_what_has_a_day(assist: Assist, student: Student, tmp_path: Path) -> None:
    """RFC 5545: lines of at most 75 octets, CRLF, one whole-day event for each dated row."""
    fill(assist, student)
    assist("unit", "set", "联系周期=7")
    out = tmp_path / "待办.ics"
    rows = assist("due", "--ics", str(out), "--json").json
    data = out.read_bytes()
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    text = data.decode().replace("\r\n ", "")
    days = sorted(re.findall(r"DTSTART;VALUE=DATE:(\d{8})", text))
    assert days == sorted(row["due"].replace("-", "") for row in rows if row["due"])
    assert len(set(re.findall(r"UID:(.*)", text))) == len(days)
    assert "SUMMARY:已约 乙同学" in text
    assert out.stat().st_mode & 0o777 == 0o600
    assert "应以 .ics 结尾" in assist("due", "--ics", "待办.txt", code=2).stderr
