"""What is due, through the command line: cadences, appointments, quotas, papers, steps and the calendar."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Assist

Student = Callable[..., str]
PRIMARY = {"联系", "已约", "未设定周期", "不在帮扶范围"}


def rows(assist: Assist, today: str, *words: str, kind: str = "") -> list[dict[str, Any]]:
    """The answer of `due` on *today*, of one *kind* where it is given."""
    answer: list[dict[str, Any]] = assist("--today", today, "due", *words, "--json").json
    return [row for row in answer if not kind or row["kind"] == kind]


def primary(assist: Assist, today: str) -> dict[str, Any]:
    """The one primary row of the only case."""
    (row,) = [row for row in rows(assist, today) if row["kind"] in PRIMARY]
    return row


def test_the_row_has_the_members_of_the_contract(assist: Assist, student: Student) -> None:
    """Nine members, null where nothing is known."""
    student()
    (row,) = rows(assist, "2013-06-01", kind="未设定周期")
    assert list(row) == [
        "case", "student_no", "name", "kind", "due", "days_overdue", "reason", "clause", "command",
    ]  # fmt: skip
    assert (row["due"], row["days_overdue"]) == (None, None)
    assert "未设定周期（文件只说「定期」）" in row["reason"]
    assert row["command"] == "assist unit set 联系周期=天数"


@pytest.mark.parametrize(
    ("today", "days"), [("2013-05-07", -1), ("2013-05-08", 0), ("2013-05-09", 1), ("2014-05-08", 365)]
)
def test_day_seven_is_due_and_day_eight_overdue(
    assist: Assist, student: Student, today: str, days: int
) -> None:
    """§9.5: overdue ⇔ due < today."""
    number = student()
    assist("unit", "set", "联系周期=7")
    assist("log", number, "电话", "就业指导", "谈话", "--date", "2013-05-01")
    row = primary(assist, today)
    assert (row["kind"], row["due"], row["days_overdue"]) == ("联系", "2013-05-08", days)


def test_a_leap_day_counts_as_a_day(assist: Assist, student: Student) -> None:
    """29 February of a leap year is one of the seven."""
    number = student()
    assist("unit", "set", "联系周期=7")
    assist("--today", "2012-02-25", "log", number, "电话", "就业指导", "谈话")
    assert primary(assist, "2012-03-03")["due"] == "2012-03-03"
    assist("--today", "2012-12-28", "log", number, "电话", "就业指导", "谈话")
    assert primary(assist, "2013-01-05")["days_overdue"] == 1


def test_a_back_dated_entry_and_a_clock_set_back_move_nothing(assist: Assist, student: Student) -> None:
    """Only the latest talk counts, and none that is still to come."""
    number = student()
    assist("unit", "set", "联系周期=7")
    assist("log", number, "电话", "就业指导", "谈话", "--date", "2013-05-20")
    assist("log", number, "电话", "就业指导", "补记", "--date", "2013-05-01", "--next", "2013-05-03")
    assert primary(assist, "2013-06-01")["due"] == "2013-05-27"
    assert "晚于今天" in assist("log", number, "电话", "就业指导", "预记", "--date", "2013-07-01").stderr
    assert primary(assist, "2013-06-01")["due"] == "2013-05-27"
    assert primary(assist, "2013-07-01")["due"] == "2013-07-08"


def test_what_is_put_off_stays_visible(assist: Assist, student: Student) -> None:
    """§9.6: 已约 until the day, due on the day, overdue after it; never gone."""
    number = student()
    assist("log", number, "电话", "就业指导", "约下周", "--date", "2013-05-01", "--next", "2013-05-08")
    assert primary(assist, "2013-05-05")["kind"] == "已约"
    assert "约定 2013-05-08 联系" in assist("--today", "2013-05-05", "due").stdout
    on_the_day = primary(assist, "2013-05-08")
    assert (on_the_day["kind"], on_the_day["days_overdue"]) == ("已约", 0)
    row = primary(assist, "2013-05-10")
    assert (row["kind"], row["days_overdue"]) == ("联系", 2)


def test_a_message_to_many_and_a_missed_call_are_no_talk(assist: Assist, student: Student) -> None:
    """A-22: only one-to-one counts, and only who was reached."""
    first, second = student("10800001"), student("10800002", 姓名="乙同学")
    assist("unit", "set", "联系周期=7")
    for number in (first, second):
        assist("log", number, "电话", "就业指导", "谈话", "--date", "2013-05-01")
    assist("log", f"{first},{second}", "短信", "信息推送", "招聘会", "--date", "2013-05-06")
    assist("log", first, "电话", "就业指导", "无人接听", "--date", "2013-05-07", "--missed")
    dues = {row["student_no"]: row["due"] for row in rows(assist, "2013-05-08", kind="联系")}
    assert dues == {first: "2013-05-08", second: "2013-05-08"}
    assist("log", f"{first}、{second}", "电话", "就业指导", "谈话", "--date", "2013-05-07", "--one-to-one")
    assert {row["due"] for row in rows(assist, "2013-05-08", kind="联系")} == {"2013-05-14"}


def test_nobody_contacted_yet_is_due_since_the_case_was_opened(assist: Assist, student: Student) -> None:
    """A new case waits from its first day."""
    number = student()
    assist("unit", "set", "联系周期=7")
    row = primary(assist, "2013-06-03")
    assert (row["due"], row["days_overdue"]) == ("2013-06-01", 2)
    assert "尚未联系" in row["reason"]
    assist("--today", "2013-06-03", *row["command"].split()[1:])
    assert primary(assist, "2013-06-03")["due"] == "2013-06-10"
    assert number in row["command"]


def test_a_placed_case_leaves_the_lists_and_stays_in_follow_up(assist: Assist, student: Student) -> None:
    """R0-22: 跟踪服务 goes on; a broken contract opens the case again; 意向 never closes it."""
    number = student()
    assist("unit", "set", "联系周期=7")
    assist("outcome", number, "意向", "--employer", "某公司")
    assert primary(assist, "2013-06-01")["kind"] == "联系"
    assist("outcome", number, "10", "--employer", "某公司")
    found = {row["kind"]: row for row in rows(assist, "2013-06-01", number)}
    assert set(found) == {"跟踪", "去向证明"}
    assert found["跟踪"]["due"] is None
    assist("unit", "set", "跟踪周期=30")
    assert rows(assist, "2013-06-01", kind="跟踪")[0]["due"] == "2013-07-01"
    assist("outcome", number, "待就业", "--date", "2013-06-20", "--reason", "解约")
    assert primary(assist, "2013-06-20")["kind"] == "联系"


def test_whom_the_notice_surely_excludes_is_set_apart_until_somebody_helps(
    assist: Assist, student: Student
) -> None:
    """Not hidden: on a list of its own; a talk brings the case among the open ones."""
    number = student(就业能力特别弱="否")
    assert primary(assist, "2013-06-01")["kind"] == "不在帮扶范围"
    assert number not in assist("due").stdout
    assert number in assist("due", "--all").stdout
    assist("log", number, "电话", "就业指导", "谈话")
    assert primary(assist, "2013-06-01")["kind"] == "未设定周期"


def test_approval_steps_and_papers_wait_for_somebody(assist: Assist, student: Student) -> None:
    """Each row names who must act and the command that clears it."""
    number = student()
    assert not rows(assist, "2013-06-01", number, kind="审批")
    assist("step", number, "申请", "--date", "2013-05-08")
    (paper,) = rows(assist, "2013-06-01", number, kind="材料")
    assert paper["command"] == f"assist paper {number} 成绩单"
    assert paper["clause"] == "附件1备注"
    assist(*paper["command"].split()[1:])
    assert not rows(assist, "2013-06-01", number, kind="材料")
    (step,) = rows(assist, "2013-06-01", number, kind="审批")
    assert "等辅导员办「核对」" in step["reason"]
    assert "已 24 天" in step["reason"]
    assist(*step["command"].split()[1:])
    assist("step", number, "学院建议", "--result", "退回", "--reason", "材料不全")
    (back,) = rows(assist, "2013-06-01", number, kind="审批")
    assert "「学院建议」退回（材料不全）" in back["reason"]
    assist("step", number, "学院建议")
    assist("step", number, "学校批准", "--result", "不同意")
    assert not rows(assist, "2013-06-01", number, kind="审批")


def test_claims_wait_and_a_held_one_waits_for_its_certificate(assist: Assist, student: Student) -> None:
    """待证 until the certificate is in; then the next state with who must act."""
    number = student(就业能力特别弱="是", 贫困生等级="特别困难")
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--date", "2013-05-10", "--by", step)
    assist("claim", "add", number, "考证培训费", "1400")
    (held,) = rows(assist, "2013-06-01", number, kind="待证")
    assert "assist claim certify" in held["command"]
    command = held["command"].replace("证书编号", "ZS1").replace("发证日期", "2013-05-20")
    assist(*command.split()[1:])
    (claim,) = rows(assist, "2013-06-01", number, kind="资助")
    assert "等各二级学院「上报」" in claim["reason"]
    assist("paper", number, "成绩单")
    assist(*claim["command"].split()[1:])
    assert "等学生处「审核」" in rows(assist, "2013-06-01", number, kind="资助")[0]["reason"]


def test_the_calendar_keeps_fuzzy_words(assist: Assist, store: object) -> None:
    """4月中旬 and 6月初 get no date of ours; the rows say who must act."""
    found = rows(assist, "2013-04-01", kind="日程")
    assert [row["due"] for row in found] == [None, None]
    assert "每年4月中旬 调整帮扶对象信息库（校就业指导服务中心、各学院）" in found[0]["reason"]
    assert "未设定日期" in found[1]["reason"]
    assert {row["case"] for row in found} == {None}


def test_a_command_that_clears_many_rows_stands_once_below_them(assist: Assist, student: Student) -> None:
    """Setting the cadence serves everybody; a helper is recorded one by one."""
    for number in ("10800001", "10800002", "10800003"):
        student(number)
    told = assist("due").stdout
    assert told.count("→ assist unit set 联系周期=天数") == 1
    assert told.count("尚未联系") == 3
    assert told.count("→ assist record helper") in {0, 3}


def test_many_of_whom_the_same_is_said_stand_together(assist: Assist, student: Student) -> None:
    """Counted by class with the first few names; every one of them on request, and for scripts always."""
    for place in range(7):
        student(f"1080000{place}", 姓名=f"{'甲乙丙丁戊己庚'[place]}同学", 班级=f"机09{place % 2 + 1}")
    told = assist("due").stdout
    unpaced = told.partition("【结对】")[0].splitlines()
    assert unpaced[1].startswith("  7 人　尚未联系；未设定周期")
    assert unpaced[2].strip() == (
        "机械学院 机091（4 人）：甲同学 10800000、丙同学 10800002、戊同学 10800004 等"
    )
    assert unpaced[3].strip().startswith("机械学院 机092（3 人）：乙同学 10800001、")
    assert told.count("→ 逐人：assist record helper 10800000") == 1
    assert "理由相同的合在一起了；逐人列出" in told
    assert len(rows(assist, "2013-06-01", kind="结对")) == 7
    for words in (("--all",), ("--kind", "未设定周期"), tuple(f"1080000{place}" for place in range(7))):
        listed = assist("due", *words).stdout
        assert listed.count("尚未联系") == 7
        assert "合在一起" not in listed


def test_folding_counts_by_college_where_the_classes_are_many(assist: Assist, student: Student) -> None:
    """A line for each of twenty classes would be no shorter than the names."""
    for place in range(20):
        student(
            f"108000{place:02}", 姓名=f"甲{place}", 学院=("机械学院", "理学院")[place % 2], 班级=f"班{place}"
        )
    told = assist("due").stdout
    assert "机械学院（10 人）：" in told
    assert "班3" not in told


def test_one_kind_one_college_and_unknown_kinds(assist: Assist, student: Student) -> None:
    """--kind and --college narrow the list."""
    student("10800001")
    student("10800002", 学院="理 学 院", 姓名="乙同学")
    assert {row["student_no"] for row in rows(assist, "2013-06-01", "--college", "理学院")} == {"10800002"}
    assert {row["kind"] for row in rows(assist, "2013-06-01", "--kind", "结对")} == {"结对"}
    assert "可用：联系、已约" in assist("due", "--kind", "电话", code=3).stderr


def test_the_doctor_names_whom_the_lists_forgot(
    assist: Assist, student: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every open case on exactly one list: none is the rule, and a list that loses one is found out."""
    student()
    assert assist("doctor", "--json").json["ok"] is True
    monkeypatch.setattr("assistcli.followup.agenda.PRIMARY", frozenset())
    monkeypatch.setattr("assistcli.desk.duties.PRIMARY", frozenset())
    (problem,) = assist("doctor", "--json", code=6).json["problems"]
    assert "甲同学 不在待办名单上" in problem["message"]
