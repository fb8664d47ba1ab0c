"""Plans, helpers, recommendations, activities, posts, money and set dates through the command line."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Assist, Founded, set_options

Student = Callable[..., str]


def waiting(assist: Assist, kind: str, today: str = "2013-06-01") -> list[dict[str, Any]]:
    """The rows of `due` of one kind."""
    answer: list[dict[str, Any]] = assist("--today", today, "due", "--json").json
    return [row for row in answer if row["kind"] == kind]


def test_nobody_is_without_a_helper_and_the_command_clears_it(assist: Assist, student: Student) -> None:
    """R0-17: the list of the unassigned must be empty; a helper stated in a list counts."""
    number = student()
    student("10800002", 姓名="乙同学", 结对帮扶者="周老师")
    (row,) = waiting(assist, "结对")
    assert row["student_no"] == number
    assist(*row["command"].replace("姓名", "吴老师").split()[1:])
    assert waiting(assist, "结对") == []
    assert "已由「吴老师」帮扶" in assist("record", "helper", number, "吴老师", code=3).stderr


def test_the_helper_of_record_prints_in_the_detail_table(assist: Assist, student: Student) -> None:
    """The pairing wins over what a list stated."""
    number = student(
        就业能力特别弱="是", 贫困生等级="特别困难", 结对帮扶者="周老师", 民族="汉族", 灾害地区="否",
        突发性事件="否", 学业困难="否", 身心有缺陷="否", 单亲家庭="否",
    )  # fmt: skip
    assert assist("report", "detail", "--json").json["rows"][0][-2] == "周老师"
    assist("record", "helper", number, "吴老师")
    assert assist("report", "detail", "--json").json["rows"][0][-2] == "吴老师"


def test_a_handover_leaves_no_gap(assist: Assist, student: Student) -> None:
    """R4-03: on the day itself everybody has the new helper; nobody to hand to is refused."""
    for number in ("10800001", "10800002"):
        student(number, 姓名=f"学生{number}")
        assist("record", "helper", number, "周老师", "--date", "2013-05-01")
    student("10800003", 姓名="丙同学", 结对帮扶者="郑老师")
    answer = assist("record", "handover", "周老师", "吴老师", "--reason", "调动", "--json").json
    assert [entry["helper"] for entry in answer] == ["吴老师", "吴老师"]
    assert {entry["date"] for entry in answer} == {"2013-06-01"}
    assert waiting(assist, "结对") == []
    assert "没有由「周老师」帮扶的个案" in assist("record", "handover", "周老师", "郑老师", code=3).stderr
    assert "没有人接手" in assist("record", "handover", "吴老师", " ", code=3).stderr


def test_a_plan_is_revised_with_a_reason_and_kept(assist: Assist, student: Student) -> None:
    """一生一策: the revision says why; the day of a plan brings it up."""
    number = student()
    first = assist(
        "record", "plan", number, "6月底前签约", "--measure", "修改简历", "--measure", "每周推荐岗位",
        "--owner", "周老师", "--until", "2013-06-10", "--json",
    ).json  # fmt: skip
    assert first["measures"] == ["修改简历", "每周推荐岗位"]
    assert waiting(assist, "计划", "2013-06-09") == []
    (row,) = waiting(assist, "计划", "2013-06-12")
    assert (row["due"], row["days_overdue"]) == ("2013-06-10", 2)
    assert "须写明原因" in assist("record", "plan", number, "考研", code=3).stderr
    assist("record", "plan", number, "考研", "--reason", "本人改变打算", "--date", "2013-06-12")
    assert waiting(assist, "计划", "2013-06-12") == []


def test_a_recommendation_stays_open_until_its_result(assist: Assist, student: Student) -> None:
    """R0-39, R4-11: 推荐 → 面试 → 拒绝 with the reason; then another may follow."""
    number = student()
    advice = assist("record", "recommend", number, "某公司", "--title", "工程师", "--json").json
    (row,) = waiting(assist, "推荐结果")
    assert "推荐 某公司 工程师，现为「推荐」" in row["reason"]
    id = advice["recommendation"]
    assist("record", "result", id[-8:], "面试")
    assert "现为「面试」" in waiting(assist, "推荐结果")[0]["reason"]
    assert "须写明原因" in assist("record", "result", id, "拒绝", code=3).stderr
    assist("record", "result", id, "拒绝", "--reason", "工作地点远")
    assert waiting(assist, "推荐结果") == []
    assert "已是「拒绝」" in assist("record", "result", id, "面试", code=3).stderr
    assert "没有「成功」这个结果" in assist("record", "result", id, "成功", code=3).stderr


def test_a_signed_recommendation_is_no_outcome_yet(assist: Assist, student: Student) -> None:
    """The placement itself needs its evidence: the program says which command records it."""
    number = student()
    id = assist("record", "recommend", number, "某公司", "--json").json["recommendation"]
    assert f"assist outcome {number} 签约" in assist("record", "result", id, "签约").stderr


def test_a_job_on_record_is_recommended_by_its_number(assist: Assist, student: Student) -> None:
    """Employer and title come from the post."""
    job = assist(
        "record",
        "job",
        "某公司",
        "工程师",
        "--openings",
        "3",
        "--salary",
        "5000",
        "--major",
        "机械,车辆",
        "--json",
    ).json
    assert (job["openings"], job["salary"], job["majors"]) == (3, "5000.00", ["机械", "车辆"])
    advice = assist("record", "recommend", student(), "--job", job["job"][-10:], "--json").json
    assert (advice["employer"], advice["title"], advice["job"]) == ("某公司", "工程师", job["job"])
    assert "没有编号为" in assist("record", "recommend", "10800001", "--job", "ZZZZZZZZ", code=5).stderr
    assert "请写明单位" in assist("record", "recommend", "10800001", code=3).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("activity", "招聘会", "春季", "--heads", "300余"), "不是整数"),
        (("job", "某公司", "工程师", "--openings", "-3"), "不是整数"),
        (("fund", "社会捐助", "0"), "应大于 0"),
        (("fund", "社会捐助", "1.234"), "最多两位小数"),
        (("deadline", "调整帮扶对象信息库"), "缺少 --until"),
        (("deadline", "调整信息", "--until", "2013-04-20"), "现有：调整帮扶对象信息库"),
        (("done", "开会"), "日程里没有「开会」"),
    ],
)
def test_what_cannot_be_is_refused(assist: Assist, store: object, words: tuple[str, ...], said: str) -> None:
    """Exact numbers only; an event must be in the calendar."""
    assert said in assist("record", *words, code=3).stderr


def test_what_the_office_does_is_kept(assist: Assist, store: object) -> None:
    """Activities and money as JSON."""
    answer = assist(
        "record", "activity", "招聘会", "春季专场", "--heads", "300", "--posts", "0", "--json"
    ).json
    assert (answer["heads"], answer["posts"], answer["date"]) == (300, 0, "2013-06-01")
    assert assist("record", "fund", "社会捐助", "20000", "--json").json["amount"] == "20000.00"


def test_fuzzy_words_get_the_days_that_somebody_set(assist: Assist, store: object) -> None:
    """The words stay; the row says who set the window; done clears it for this year only."""
    what = "调整帮扶对象信息库"
    assist("record", "deadline", what, "--from", "2013-04-11", "--until", "2013-04-20", "--by", "王老师",
           "--json")  # fmt: skip
    row = next(r for r in waiting(assist, "日程") if what in r["reason"])
    assert (row["due"], row["days_overdue"]) == ("2013-04-20", 42)
    assert "每年4月中旬" in row["reason"]
    assert "王老师定为 2013-04-11—2013-04-20" in row["reason"]
    assist(*row["command"].split()[1:])
    assert not any(what in r["reason"] for r in waiting(assist, "日程"))
    again = next(r for r in waiting(assist, "日程", "2014-04-01") if what in r["reason"])
    assert again["due"] is None


def test_posts_that_may_suit_with_reasons(assist: Assist, student: Student) -> None:
    """R4-17: 专业, 地点 and 薪资; an earlier refusal stands below."""
    number = student(专业="机械工程", 意向地点="杭州", 意向薪资="4000")
    assist("record", "job", "远方公司", "工程师", "--place", "温州", "--salary", "6000")
    assist("record", "job", "近处公司", "工程师", "--place", "杭州", "--salary", "4500", "--major", "机械")
    found = assist("record", "match", number, "--json").json
    assert [entry["employer"] for entry in found] == ["近处公司", "远方公司"]
    assert found[0]["points"]["薪资"] == {"fits": "合", "reason": "想要 4000.00／给 4500.00"}
    advice = assist("record", "recommend", number, "--job", found[1]["job"], "--json").json
    assist("record", "result", advice["recommendation"], "拒绝", "--reason", "工作地点远")
    shown = assist("record", "match", number).stdout
    assert "以前：远方公司 拒绝：工作地点远" in shown
    assert "温州" not in shown


def test_a_child_of_a_household_has_wishes_too(assist: Assist, founded: Founded) -> None:
    """R4-17: 阳光就业 looks for jobs as well; 意向地点 and 意向薪资 were for students alone."""
    founded("yinchuan-2018", "2018", today="2018-08-01")
    facts = {"姓名": "甲子女", "职工姓名": "职工", "职工身份证号": "11010519491231002X"}
    assist("add", *set_options(facts | {"专业": "会计", "意向地点": "银川", "意向薪资": "4000"}))
    assist("record", "job", "某厂", "出纳", "--place", "银川", "--salary", "4500", "--major", "会计")
    (found,) = assist("record", "match", "甲子女", "--json").json
    assert {point["fits"] for point in found["points"].values()} == {"合"}


def test_a_case_shows_what_was_done_for_it(assist: Assist, student: Student) -> None:
    """Helper, plan, recommendation with its stages, and outcome stand below the facts."""
    number = student()
    assert "去向：" not in assist("show", number).stdout
    assist("record", "helper", number, "周老师")
    assist("record", "plan", number, "6月底前签约", "--measure", "修改简历", "--owner", "周老师")
    id = assist("record", "recommend", number, "某公司", "--json").json["recommendation"]
    assist("record", "result", id, "拒绝", "--reason", "工作地点远")
    assist("outcome", number, "意向", "--employer", "另一公司")
    shown = assist("show", number).stdout
    for line in (
        "2013-06-01 起 周老师",
        "2013-06-01 6月底前签约（周老师）修改简历",
        "→ 2013-06-01 拒绝 工作地点远",
        "2013-06-01 意向 另一公司",
    ):
        assert line in shown
