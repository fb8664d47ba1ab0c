"""Roster, money by source, late payments, adjustments and both cut-offs through the command line."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Assist, Founded, set_options

Student = Callable[..., str]
A_FACTS = {"就业能力特别弱": "是", "贫困生等级": "特别困难", "民族": "汉族", "单亲家庭": "否"}
WORKER = "11010519491231002X"
POOR = {
    "在档": "是", "统招": "是", "招生批次": "一本", "军队院校": "否", "家庭年度总收入": "30000",
    "子女年度学费支出": "8000", "工会助学资金": "0", "家庭人口": "3", "学校所在省": "甘肃",
    "考取年度": "2018", "职工身份证号": WORKER,
}  # fmt: skip


def rows(assist: Assist, name: str, *words: str) -> list[list[Any]]:
    """The rows of one table."""
    found: list[list[Any]] = assist("report", name, *words, "--json").json["rows"]
    return found


def test_the_roster_of_every_class(assist: Assist, student: Student) -> None:
    """R3-12: what the adopted practice wants per class, who holds it, and the commands that fill it."""
    student("10800001", 班级="园艺1班")
    assist("pack", "adopt", "sicau-horticulture-2023", "周期", "--by", "王老师")
    missing = assist("due", "--kind", "名册", "--json").json
    assert [row["reason"] for row in missing] == [
        "园艺1班 领导 差1（已 0，应 1）", "园艺1班 就业助理 差1（已 0，应 1）",
        "园艺1班 党员干部 差2（已 0，应 2）", "园艺1班 就业联络员 差2（已 0，应 2）",
    ]  # fmt: skip
    for row in missing:
        assist(*row["command"].replace("姓名", "甲老师").split()[1:])
    assist("record", "member", "园艺1班", "党员干部", "乙老师", "--until", "2013-06-30")
    (left,) = assist("due", "--kind", "名册", "--json").json
    assert left["reason"] == "园艺1班 就业联络员 差1（已 1，应 2）"
    assert rows(assist, "roster")[2][2:6] == [2, 2, 0, "甲老师、乙老师"]
    again = assist("--today", "2013-07-01", "due", "--kind", "名册", "--json").json
    assert len(again) == 2
    assert "没有「助理员」这个角色" in assist("record", "member", "园艺1班", "助理员", "甲", code=3).stderr
    assert (
        "早于起日"
        in assist("record", "member", "园艺1班", "领导", "甲", "--until", "2013-01-01", code=3).stderr
    )


def test_who_holds_a_role_without_a_number_is_on_the_roster_as_well(assist: Assist, student: Student) -> None:
    """R0-11: 联络员 and 信息员 per unit; the notice says no number, so none is missing."""
    student("10800001", 班级="园艺1班")
    assist("record", "member", "机械学院", "联络员", "甲老师")
    assist("record", "member", "机械学院", "信息员", "乙老师", "--until", "2013-06-30")
    assert rows(assist, "roster") == [
        ["机械学院", "信息员", None, 1, None, "乙老师", "三、1联络"],
        ["机械学院", "联络员", None, 1, None, "甲老师", "三、1联络"],
    ]
    assert [row[1] for row in assist("--today", "2013-07-01", "report", "roster", "--json").json["rows"]] == [
        "联络员"
    ]
    assert "甲老师" in assist("report", "roster", "--who", "2,4").stdout
    assert "文件没有规定各班配几人" in assist("report", "roster").stdout


def pay(assist: Assist, number: str, fen: str, *source: str) -> Any:
    """A claim asked for and paid."""
    assist("claim", "add", number, "差旅费", fen)
    assist("paper", number, "成绩单")
    for state in ("上报", "审核", "批准"):
        assist("claim", "advance", "--to", state)
    return assist("claim", "advance", "--to", "发放", *source)


def test_money_is_raised_and_spent_by_source(assist: Assist, student: Student) -> None:
    """R0-26, R1-42: what each source raised, paid and has left; more than it has is never silent."""
    number = student(**A_FACTS)
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--by", step)
    assist("record", "fund", "就业资助专项资金", "250.05")
    assert "超过" in pay(assist, number, "300", "--source", "就业资助专项资金").stderr
    assist("record", "fund", "社会捐助", "100")
    assert "超过" not in assist("record", "fund", "社会捐助", "40.10", "--spent").stderr
    assert "支出超过筹集 0.10 元" in assist("record", "fund", "社会捐助", "60", "--spent").stderr
    assert rows(assist, "funds") == [
        ["就业资助专项资金", "250.05", "300.00", "0.00", "-49.95"],
        ["社会捐助", "100.00", "0.00", "100.10", "-0.10"],
        ["合计", "350.05", "300.00", "100.10", "-50.05"],
    ]
    (who,) = assist("report", "funds", "--who", "1,3", "--json").json
    assert who["student_no"] == number
    assert "「就业资助专项资金」支出超过筹集 49.95 元" in assist("report", "funds").stdout
    refused = assist("claim", "advance", "--to", "上报", "--source", "社会捐助", code=3).stderr
    assert "只在发放时写明" in refused


@pytest.fixture
def union(assist: Assist, founded: Founded) -> None:
    """Two children entitled to 5000 yuan under yinchuan-2018."""
    founded("yinchuan-2018", "2018", today="2018-08-20")
    for number, name in enumerate(("甲子女", "乙子女"), 1):
        facts = POOR | {"姓名": name, "职工姓名": f"职工{number}", "档案编号": str(number)}
        assist("add", *set_options(facts), "--json")


@pytest.mark.usefixtures("union")
@pytest.mark.parametrize(
    ("paid", "said"), [("2018-08-31", None), ("2018-09-01", "开学当天才发"), ("2018-09-02", "晚 1 天")]
)
def test_before_term_means_before_its_first_day(assist: Assist, paid: str, said: str | None) -> None:
    """The day before is in time; the first day of term is not before it."""
    assist("unit", "set", "开学日期=2018-09-01")
    for step in ("申请", "基层工会签字", "入户走访", "审核", "公示", "上级工会审核"):
        assist("step", "甲子女", step, "--by", step)
    assist("claim", "add", "甲子女", "助学金", "5000")
    assist("claim", "advance", "--to", "批准")
    assist("claim", "advance", "--to", "发放", "--date", paid)
    found = assist("--today", "2018-09-10", "report", "unpaid", "--json").json["rows"]
    assert [line[8] for line in found if line[1] == "甲子女"] == ([said] if said else [])


@pytest.mark.usefixtures("union")
def test_who_is_not_paid_before_term(assist: Assist) -> None:
    """R1-38: entitled and not asked for, asked for and not paid, paid too late; paid in time is off."""
    late = rows(assist, "unpaid")
    assert [line[1:2] + line[4:] for line in late] == [
        [name, "助学金", "5000.00", "未申请", None, None] for name in ("甲子女", "乙子女")
    ]
    assert "没有设定开学日期" in assist("report", "unpaid").stdout
    assist("unit", "set", "开学日期=2018-09-01")
    for step in ("申请", "基层工会签字", "入户走访", "审核", "公示", "上级工会审核"):
        assist("step", "甲子女", step, "--by", step)
    assist("claim", "add", "甲子女", "助学金", "5000")
    assert [line[6:] for line in rows(assist, "unpaid")] == [
        ["申请", None, "离开学还有 12 天"], ["未申请", None, "离开学还有 12 天"],
    ]  # fmt: skip
    assist("claim", "advance", "--to", "批准")
    assist("claim", "advance", "--to", "发放", "--date", "2018-09-03")
    assert "开学已 4 天，仍未发" in str(assist("--today", "2018-09-05", "report", "unpaid", "--json").json)
    (late_one, _) = assist("--today", "2018-09-05", "report", "unpaid", "--json").json["rows"]
    assert late_one[1:2] + late_one[5:] == ["甲子女", "5000.00", "发放", "2018-09-03", "晚 2 天"]


def test_an_adjustment_says_who_came_and_went(assist: Assist, student: Student) -> None:
    """R0-13: every year in the middle of April: added, removed, kept, changed."""
    sure = A_FACTS | {"灾害地区": "否", "突发性事件": "否", "学业困难": "否", "身心有缺陷": "否"}
    kept = student("10800001", **sure)
    gone = student("10800002", 姓名="乙同学", **sure)
    changed = student("10800003", 姓名="丙同学", **sure)
    assert {row[6] for row in rows(assist, "adjustment")} == {"新增"}
    assist("record", "done", "调整帮扶对象信息库", "--date", "2013-06-01")
    assist("--today", "2014-04-12", "edit", gone, "--set", "就业能力特别弱=否")
    assist("--today", "2014-04-12", "edit", changed, "--set", "贫困生等级=无", "--set", "单亲家庭=是")
    new = dict(sure, 姓名="丁同学", 学号="10800004", 学院="机械学院", 全日制="是", 毕业年份="2013")
    assist(
        "--today",
        "2014-04-12",
        "add",
        *set_options(new),
        "--json",
    )
    answer = assist("--today", "2014-04-15", "report", "adjustment", "--json")
    assert {row[1]: row[4:] for row in answer.json["rows"]} == {
        kept: ["A", "A", "保留"], gone: ["A", None, "退出"], changed: ["A", "B3", "变更类别"],
        "10800004": [None, "A", "新增"],
    }  # fmt: skip
    assert "与 2013-06-01 相比：新增 1 人，退出 1 人，保留 1 人，变更类别 1 人" in answer.stderr


@pytest.fixture
def dalian(assist: Assist, founded: Founded) -> None:
    """Two aided children, one paid before the hand-in and one between it and the cut-off."""
    founded("dalian-2011", "2011", today="2011-09-02")
    for name, money, day in (("甲子女", "3000", "2011-08-15"), ("乙子女", "1000.40", "2011-08-28")):
        facts = {"姓名": name, "职工姓名": "职工", "职工身份证号": WORKER, "就学阶段": "高中"}
        facts |= {"助学资金": money, "发放日期": day}
        assist("add", *set_options(facts), "--json")


@pytest.mark.usefixtures("dalian")
def test_both_cut_offs_in_one_go(assist: Assist) -> None:
    """R2-19: the hand-in of 25 August, the cut-off of 31 August and what came between, side by side."""
    answer = assist("report", "statistics", "--cut-offs", "--json")
    assert answer.json["columns"][3:] == ["数量（截至 2011-08-25）", "数量（截至 2011-08-31）", "其间增减"]
    lines = answer.json["rows"]
    assert len(lines) == 42
    assert (lines[5][3:], lines[9][3:], lines[0][3:]) == (
        ["0.3", "0.40004", "0.10004"],
        [1, 2, 1],
        ["0", "0", "0"],
    )
    for place, day in ((3, "2011-08-25"), (4, "2011-08-31")):
        alone = rows(assist, "statistics", "--as-of", day)
        assert [line[place] for line in lines] == [line[3] for line in alone]
    people = assist("report", "statistics", "--cut-offs", "--who", "10,5", "--json").json
    assert [one["name"] for one in people] == ["甲子女", "乙子女"]
    assert "文件口径" in answer.stderr


def test_a_notice_without_cut_offs_says_so(assist: Assist, student: Student) -> None:
    """Days can be stated instead; tables whose rows differ are not put side by side."""
    student(**A_FACTS)
    assert "请写明：--as-of" in assist("report", "classes", "--cut-offs", code=3).stderr
    days = ["--as-of", "2013-05-01", "--as-of", "2013-06-01"]
    assert "不能并列" in assist("report", "ledger", *days, code=3).stderr


def test_every_table_names_its_notice(assist: Assist, student: Student) -> None:
    """R0-01: issuer, number and date under every table, whichever way it leaves."""
    student(**A_FACTS)
    for entry in assist("report", "list", "--json").json:
        assert (
            "依据：浙江科技学院学生处 学生处〔2013〕5号 2013-05-06" in assist("report", entry["name"]).stdout
        )


@pytest.mark.usefixtures("dalian")
def test_a_table_of_a_past_day_uses_the_facts_of_that_day(assist: Assist) -> None:
    """A fact that changed since, a back-dated payment, and who is left out."""
    assist("--today", "2011-09-10", "edit", "甲子女", "--set", "就学阶段=大专以上", "--json")
    assert [line[3] for line in rows(assist, "statistics", "--as-of", "2011-09-05")][10:13] == [0, 2, 0]
    assert [
        line[3] for line in assist("--today", "2011-09-11", "report", "statistics", "--json").json["rows"]
    ][10:13] == [0, 1, 1]
    early = assist("report", "statistics", "--as-of", "2011-08-01", "--json")
    assert early.json["rows"][9][3] == 0
    assert "2 个个案在 2011-08-01 以后才登记" in early.stderr
    assert "补记的也计入" in early.stderr
