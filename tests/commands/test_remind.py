"""Messages that carry one person's own matters, and the calendar file."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistcli.desk.duties import Duty
from assistcli.desk.icalendar import calendar_text
from assistcli.followup.agenda import KINDS, Item
from assistcli.followup.message import WORDS, message_text
from assistcli.values import clean_text
from tests.conftest import Assist

Student = Callable[..., str]
DAY = date(2013, 6, 10)


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


def test_an_appointment_alone_is_not_to_be_done_before_another_day(assist: Assist, student: Student) -> None:
    """It has its own day: 「约好 6月8日联系，请于 6月5日前办理」 contradicts itself."""
    assist("log", student(), "电话", "就业指导", "约下周", "--next", "2013-06-08")
    (one,) = assist("remind", "--until", "2013-06-05", "--json").json
    assert one["message"] == "甲同学：我们约好 2013-06-08 联系。浙江科技学院"


NAMES = st.lists(st.text("甲乙丙丁戊己庚辛壬癸", min_size=2, max_size=3), min_size=2, max_size=5, unique=True)
THINGS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.text("子丑寅卯辰巳午未", min_size=3, max_size=6)), max_size=8
)
SECRETS = ("A类", "特别困难", "单亲", "心理辅导", "13800000000", "赴诊")


@given(NAMES, st.data())
def test_no_message_has_a_word_of_anybody_else(names: list[str], data: st.DataObject) -> None:
    """Whatever waits for whom, of whatever kind: only the own name and the own things are said."""
    things = {name: data.draw(THINGS) for name in names}
    for name in names:
        items = [
            Item(kind=kind, case=name, what=what, due=DAY, command=f"assist log {name} {what}",
                 reason="、".join((*SECRETS, *names, what)))
            for kind, what in things[name]
        ]  # fmt: skip
        message = message_text(name, items, DAY, "学生处")
        rest = message.removeprefix(f"{name}：").removesuffix("学生处")
        own = {what for _, what in things[name]}
        others = {what for other in names if other != name for _, what in things[other]} - own
        said = [word for word in (*names, *SECRETS, *others) if word in rest]
        assert all(any(word in mine for mine in own) for word in said)
        assert (message == "") == all(kind not in WORDS for kind, _ in things[name])


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


Event = dict[str, str]


def unfolded(data: bytes) -> list[str]:
    """The lines of a calendar: each at most 75 octets on disk, no letter cut in two, joined again."""
    assert data.endswith(b"\r\n")
    for octets in data.split(b"\r\n"):
        assert len(octets) <= 75
        octets.decode()
        assert not set(octets) & {*range(9), *range(10, 32), 127}
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def read_calendar(data: bytes) -> list[Event]:
    """The events of a calendar by the grammar of RFC 5545, text unescaped."""
    lines = unfolded(data)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert lines.count("VERSION:2.0") == sum(line.startswith("PRODID:") for line in lines) == 1
    events: list[Event] = []
    inside = False
    for line in lines[1:-1]:
        match = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^;:\",]+)*):(.*)", line)
        assert match, line
        name, _, value = match.groups()
        if name in ("BEGIN", "END"):
            assert (value, inside) == ("VEVENT", name == "END")
            inside = name == "BEGIN"
            events += [{}] if inside else []
        elif inside:
            assert name not in events[-1]
            assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value) or name not in ("SUMMARY", "DESCRIPTION")
            events[-1][name] = re.sub(r"\\(.)", r"\1", value)
    assert not inside
    return checked(events)


def checked(events: list[Event]) -> list[Event]:
    """*events*, once each has what the standard demands and an identity of its own."""
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= event.keys()
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
    assert len({event["UID"] for event in events}) == len(events)
    return events


@given(st.lists(st.tuples(st.dates(date(1999, 12, 30), date(2030, 1, 2)), st.text(max_size=90)), max_size=6))
def test_a_calendar_opens_by_the_standard(things: list[tuple[date, str]]) -> None:
    """Whatever the text holds: backslashes, commas, line ends, letters of four bytes; nothing is lost."""
    duties = [
        Duty(case=None, item=Item(kind="日程", reason=text, command=f"assist record done {n}", due=day))
        for n, (day, text) in enumerate(things)
    ]
    duties.append(Duty(case=None, item=Item(kind="日程", reason="没有日期", command="assist")))
    events = read_calendar(calendar_text(duties, DAY).encode())
    assert len(events) == len(things)
    for event, (day, text) in zip(events, things, strict=True):
        assert event["DTSTART"] == f"{day:%Y%m%d}"
        assert event["DTEND"] == f"{day + timedelta(days=1):%Y%m%d}"
        shown = clean_text(text).split()
        assert event["DESCRIPTION"].split()[: len(shown)] == shown


def test_the_same_day_again_doubles_nothing() -> None:
    """The identity of a thing stays: a calendar read in again replaces its events."""
    duty = Duty(case=None, item=Item(kind="日程", reason="总结", command="assist record done 总结", due=DAY))
    first, again = (
        read_calendar(calendar_text([duty], day).encode()) for day in (DAY, DAY + timedelta(days=3))
    )
    assert first[0]["UID"] == again[0]["UID"]
