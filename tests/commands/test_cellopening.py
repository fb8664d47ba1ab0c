"""``assist report … --who``: money, activities, posts and talks open as persons do, and say where from."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Assist, Founded, set_options

Student = Callable[..., str]
A_FACTS = {"就业能力特别弱": "是", "贫困生等级": "特别困难"}
WORKER = "11010519491231002X"
KEYS = [
    "case", "student_no", "name", "pack", "date", "what", "amount", "count",
    "transaction", "command", "source", "at", "by",
]  # fmt: skip


def opened(assist: Assist, name: str, place: str, *words: str) -> Any:
    """What the number at *place* is made of."""
    return assist("report", name, "--who", place, *words, "--json").json


@pytest.fixture
def union(assist: Assist, founded: Founded) -> None:
    """A store of dalian-2011 with money, a fair, a post and a graduate who was trained."""
    founded("dalian-2011", "2011", today="2011-09-02")
    for name, facts in (
        ("甲子女", {"就学阶段": "大专以上", "助学资金": "3000", "发放日期": "2011-08-15"}),
        ("乙子女", {"就学阶段": "高中", "助学资金": "1000.40", "发放日期": "2011-08-28"}),
        ("丙子女", {"毕业年份": "2010"}),
    ):
        usual = {"姓名": name, "职工姓名": "职工", "职工身份证号": WORKER, "档案类别": "困难农民工"}
        assist("add", *set_options(usual | facts), "--json")
    assist("record", "fund", "社会捐助", "20000", "--date", "2011-08-01")
    assist("record", "fund", "市总工会", "0.40", "--date", "2011-08-30")
    assist("record", "activity", "招聘会", "夏季专场", "--posts", "30", "--date", "2011-08-05")
    assist("record", "job", "某厂", "车工", "--openings", "4", "--class", "劳模企业", "--date", "2011-08-06")
    assist("log", "丙子女", "电话", "技能培训", "谈话", "--date", "2011-08-07")


@pytest.mark.usefixtures("union")
@pytest.mark.parametrize(
    ("line", "items"),
    [
        (1, [("2011-08-01", "社会捐助", "20000.00", None), ("2011-08-30", "市总工会", "0.40", None)]),
        (28, [("2011-08-07", "技能培训", None, 1)]),
        (30, [("2011-08-05", "招聘会 夏季专场，岗位 30 个", None, 1)]),
        (31, [("2011-08-05", "招聘会 夏季专场，岗位 30 个", None, 30)]),
        (32, [("2011-08-06", "某厂 车工（劳模企业）", None, 4)]),
        (36, []),
    ],
)
def test_every_kind_of_cell_opens(assist: Assist, line: int, items: list[tuple[Any, ...]]) -> None:
    """R2-28: date, what, how much, the person where there is one, and the command that recorded it."""
    found = opened(assist, "statistics", f"{line},4")
    assert [(one["date"], one["what"], one["amount"], one["count"]) for one in found] == items
    history = {str(entry["transaction"]): entry["command"] for entry in assist("history", "--json").json}
    for one in found:
        assert list(one) == KEYS
        assert history[str(one["transaction"])] == one["command"]
        assert (one["name"] == "丙子女") == (line == 28)


@pytest.mark.usefixtures("union")
def test_paid_aid_names_the_person_and_the_source(assist: Assist) -> None:
    """Money from facts: amounts as text, the command and the source of the fact."""
    found = opened(assist, "statistics", "6,4")
    assert [(one["name"], one["date"], one["amount"]) for one in found] == [
        ("甲子女", "2011-08-15", "3000.00"), ("乙子女", "2011-08-28", "1000.40"),
    ]  # fmt: skip
    assert {(one["command"], one["source"]) for one in found} == {("add", "命令行")}
    shown = assist("report", "statistics", "--who", "6,4").stdout
    assert "万元＝发放日期在 2011-01-01 至 2011-09-02 的个案，助学资金相加（附件3（02）（A））" in shown
    assert "共 2 条，合计 4000.40 元，即 0.40004；与表中的数一致" in shown
    beside = assist("report", "statistics", "--who", "6,4", "--json").stderr
    assert "万元＝" in beside
    assert "与表中的数一致" in beside


@pytest.mark.usefixtures("union")
def test_a_past_day_and_both_cut_offs_open_alike(assist: Assist) -> None:
    """What is dated later is not among the items; the difference is what came between."""
    early = opened(assist, "statistics", "6,4", "--as-of", "2011-08-25")
    assert [one["name"] for one in early] == ["甲子女"]
    assert [one["name"] for one in opened(assist, "statistics", "6,5", "--cut-offs")] == ["甲子女", "乙子女"]
    (came,) = opened(assist, "statistics", "6,6", "--cut-offs")
    assert (came["name"], came["amount"]) == ("乙子女", "1000.40")
    assert opened(assist, "statistics", "28,6", "--cut-offs") == []


def test_an_amount_corrected_between_two_days_is_traced_to_each_command(
    assist: Assist, founded: Founded
) -> None:
    """What stood on the first day was entered by the first command, not by the one that corrected it."""
    founded("dalian-2011", "2011", today="2011-08-20")
    facts = {"姓名": "甲子女", "职工身份证号": WORKER, "助学资金": "3000", "发放日期": "2011-08-15"}
    assist("add", *set_options(facts))
    assist("--today", "2011-08-23", "edit", "甲子女", "--set", "助学资金=5000")
    days = ("--as-of", "2011-08-20", "--as-of", "2011-08-25")
    found = assist("--today", "2011-09-02", "report", "statistics", "--who", "6,6", *days, "--json").json
    assert [(one["amount"], one["command"]) for one in found] == [("5000.00", "edit"), ("-3000.00", "add")]


@pytest.mark.usefixtures("union")
def test_a_rounded_amount_is_told_though_it_looks_like_the_number_of_items(assist: Assist) -> None:
    """20000.40 元 in whole 万元 prints as 2, and two entries make it up."""
    assist("unit", "set", "万元小数=0")
    told = assist("report", "statistics", "--who", "1,4").stdout
    assert "共 2 条，合计 20000.40 元，即 2；与表中的数一致" in told


@pytest.mark.usefixtures("union")
def test_what_is_no_number_says_so(assist: Assist) -> None:
    """A label, a place outside the table, and words that are no place."""
    assert "第 1 行第 2 列「项目」不是数" in assist("report", "statistics", "--who", "1,2", code=3).stderr
    assert "只有 42 行 4 列" in assist("report", "statistics", "--who", "43,4", code=3).stderr
    assert "只有 42 行 4 列" in assist("report", "statistics", "--who", "0,4", code=3).stderr
    assist("report", "statistics", "--who", "1", code=2)


@pytest.mark.usefixtures("union")
def test_a_check_that_fails_is_told_under_the_table(assist: Assist) -> None:
    """R2-31 in a store: a child without 就学阶段 is in the total and in no part."""
    facts = {"姓名": "丁子女", "职工姓名": "职工", "职工身份证号": WORKER, "档案类别": "困难职工"}
    assist("add", *set_options(facts | {"助学资金": "500", "发放日期": "2011-08-20"}), "--json")
    told = assist("report", "statistics", "--json").stderr
    assert "第 6 行（02）（A）2011年助学活动共发放助学款 0.45004 万元" in told
    assert "0 万元＋0.10004 万元＋0.3 万元＝0.40004 万元，差 0.05 万元" in told
    assert "第 10 行（03）（A）" in told
    found = opened(assist, "statistics", "10,4", "--as-of", "2011-09-02")
    assert "就学阶段 未填" in next(one["what"] for one in found if one["name"] == "丁子女")
    assist("edit", "丁子女", "--set", "就学阶段=高中")
    assert "核对不符" not in assist("report", "statistics", "--json").stderr


def test_claims_and_purses_open_to_the_stage_that_counts(assist: Assist, student: Student) -> None:
    """Approved and paid are traced to the commands that said so; a balance is what came less what went."""
    number = student(**A_FACTS)
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--by", step)
    assist("record", "fund", "专项资金", "500")
    assist("claim", "add", number, "差旅费", "300")
    assist("paper", number, "成绩单")
    for state in ("上报", "审核", "批准"):
        assist("claim", "advance", "--to", state)
    assist("claim", "advance", "--to", "发放", "--source", "专项资金")
    by_column = {column: opened(assist, "spending", f"1,{column}") for column in (6, 7, 8, 9, 10)}
    assert [one["command"] for column in (6, 8, 9) for one in by_column[column]] == [
        "claim add", "claim advance 批准", "claim advance 发放",
    ]  # fmt: skip
    assert by_column[8][0]["transaction"] < by_column[9][0]["transaction"]
    assert [one["amount"] for one in by_column[10]] == ["300.00", "-300.00"]
    assert [(one["amount"], one["name"] is None) for one in opened(assist, "funds", "1,5")] == [
        ("500.00", True), ("-300.00", False),
    ]  # fmt: skip


def test_a_figure_of_the_office_opens_to_who_set_it(assist: Assist, student: Student) -> None:
    """毕业生数 is typed in; the ratio opens to its persons and names the divisor."""
    student(**A_FACTS)
    assist("unit", "set", "毕业生数=150", "--college", "机械学院")
    assist("unit", "set", "毕业生数=120", "--college", "机械学院")
    assist("unit", "set", "毕业生数=80", "--college", "理学院")
    (figure,) = opened(assist, "summary", "1,2")
    assert (figure["what"], figure["count"], figure["command"]) == ("机械学院 毕业生数", 120, "unit set")
    newest = [entry["transaction"] for entry in assist("history", "--json").json]
    assert figure["transaction"] == newest[1]
    shown = assist("report", "summary", "--who", "1,11").stdout
    assert "合计比例＝合计人数÷毕业生数（口径 A-30）；总数 120" in shown
    assert "即 0.8%；与表中的数一致" in shown
    assert "还没有数" in assist("report", "summary", "--who", "2,2", code=3).stderr


def test_the_words_of_a_talk_are_not_among_what_it_opens_to(assist: Assist, student: Student) -> None:
    """A restricted talk counts where talks are counted; what was said stays hidden."""
    number = student(**A_FACTS)
    assist("log", number, "面谈", "心理辅导", "不宜外传")
    assist("log", number, "电话", "就业指导", "谈话")
    shown = assist("report", "bulletin", "--who", "1,4").stdout
    assert "共 2 条" in shown
    assert "不宜外传" not in shown
    (talk,) = opened(assist, "ledger", "1,9")
    assert (talk["what"], talk["command"]) == ("就业指导", "log")


def test_a_rate_opens_to_what_is_known_of_each(assist: Assist, student: Student) -> None:
    """R0-57: surveyed when and by whom, or not; who helps, the plan, the help given, where they are."""
    number = student(排摸日期="2013-04-01", 排摸人="李老师", **A_FACTS)
    student("10800002", 姓名="乙同学", **A_FACTS)
    assist("record", "plan", number, "签约", "--measure", "改简历", "--owner", "周老师")
    assist("log", number, "电话", "就业指导", "谈话")
    assist("record", "recommend", number, "某公司")
    assist("outcome", "10800002", "意向", "--employer", "某厂")
    lines = {row[0]: n for n, row in enumerate(assist("report", "indicators", "--json").json["rows"], 1)}
    told = {
        name: {one["name"]: (one["date"], one["what"]) for one in opened(assist, "indicators", f"{line},4")}
        for name, line in lines.items()
        if name in ("排摸率", "结对率", "一生一策率", "就业帮扶覆盖率", "就业率")
    }
    assert told["排摸率"] == {
        "甲同学": ("2013-04-01", "排摸日期 2013-04-01 李老师"), "乙同学": (None, "排摸日期 未填"),
    }  # fmt: skip
    assert told["结对率"]["乙同学"] == (None, "没有帮扶者")
    assert told["一生一策率"]["甲同学"] == ("2013-06-01", "签约（周老师）")
    assert told["就业帮扶覆盖率"]["甲同学"] == (None, "就业指导1次、岗位推荐记录1次")
    assert told["就业率"]["乙同学"] == ("2013-06-01", "意向 某厂")
    (post,) = opened(assist, "indicators", f"{lines['推荐']},3")
    assert (post["what"], post["command"]) == ("推荐 某公司", "record recommend")


def test_a_rate_tells_no_restricted_kind_beside_a_name(assist: Assist, student: Student) -> None:
    """R0-42: whom a rate counts is told, but not that 心理辅导 was among the help, nor of whom alone."""
    number = student(**A_FACTS)
    other = student("10800002", 姓名="乙同学", **A_FACTS)
    student("10800003", 姓名="丙同学", **A_FACTS)
    assist("log", f"{number},{other}", "面谈", "心理辅导", "不宜外传", "--one-to-one")
    assist("log", number, "电话", "就业指导", "谈话")
    rows = assist("report", "indicators", "--json").json["rows"]
    line = next(n for n, row in enumerate(rows, 1) if row[0] == "就业帮扶覆盖率")
    told = {one["name"]: one["what"] for one in opened(assist, "indicators", f"{line},4")}
    assert told == {"甲同学": "就业指导1次", "乙同学": "有记录", "丙同学": "没有记录"}


def test_a_class_opens_to_who_was_surveyed_when(assist: Assist, student: Student) -> None:
    """R0-57: the census list of a class: the surveyed with day and surveyor, and where each stands."""
    student(班级="1班", 排摸日期="2013-04-01", 排摸人="李老师")
    student("10800002", 姓名="乙同学", 班级="1班")
    assist("outcome", "10800002", "签约", "--employer", "某厂", "--evidence", "协议书")
    (surveyed,) = opened(assist, "classes", "1,4")
    assert (surveyed["date"], surveyed["what"]) == ("2013-04-01", "排摸日期 2013-04-01 李老师")
    (placed,) = opened(assist, "classes", "1,10")
    assert placed["what"].endswith("某厂")
    assert [one["name"] for one in opened(assist, "classes", "1,3")] == ["甲同学", "乙同学"]


def test_a_note_below_a_table_opens_too(assist: Assist, student: Student) -> None:
    """Every number that a note tells of can be looked at; a note about nobody says so."""
    student("10800001", 单亲家庭="是", **A_FACTS)
    student("10800002", 姓名="乙同学", 就业能力特别弱="是")
    student("10800003", 姓名="丙同学", 学院="海洋学院", **A_FACTS)
    shown = assist("report", "summary").stdout
    assert "注1：另有 1 人待核实、0 人取决于口径；已计入的人中 2 人还有类别未定" in shown
    doubts = {one["name"]: one["what"] for one in opened(assist, "summary", "注,1")}
    assert doubts == {
        "甲同学": "已计入，还有类别未定", "乙同学": "待核实", "丙同学": "已计入，还有类别未定",
    }  # fmt: skip
    assert [one["name"] for one in opened(assist, "summary", "注,2")] == ["丙同学"]
    assert [one["what"] for one in opened(assist, "summary", "注,3")] == ["A、B3"]
    notes = shown.count("\n注")
    assert "没有说到人或记录：依据" in assist("report", "summary", "--who", f"注,{notes}", code=3).stderr
    assert "没有第 99 条" in assist("report", "summary", "--who", "注,99", code=3).stderr
    assert len(opened(assist, "adjustment", "注,1")) == 2
    told = assist("report", "indicators", "--json").stderr.splitlines()
    place = next(n for n, line in enumerate(told, 1) if "资格待核实或取决于口径" in line)
    assert [one["name"] for one in opened(assist, "indicators", f"注,{place}")] == ["乙同学"]


@pytest.mark.usefixtures("union")
def test_money_in_a_note_opens_in_yuan(assist: Assist) -> None:
    """What was paid out of no named source is listed in yuan, not as a count of fen."""
    told = assist("report", "funds", "--json").stderr.splitlines()
    place = next(n for n, line in enumerate(told, 1) if "没有注明来源" in line)
    found = opened(assist, "funds", f"注,{place}")
    assert [(one["amount"], one["count"]) for one in found] == [("3000.00", None), ("1000.40", None)]


def test_a_long_list_says_how_many_it_does_not_show(
    assist: Assist, student: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the screen the first of them, the sum of all, and how to get the rest; a script gets all."""
    monkeypatch.setattr("assistcli.commands.cellopening.MOST_SHOWN", 2)
    for number in ("10800001", "10800002", "10800003"):
        student(number, 姓名=f"学生{number[-1]}", **A_FACTS)
    shown = assist("report", "summary", "--who", "1,3").stdout
    assert "学生3" not in shown
    assert "另有 1 条没有列出；全部列出请加 --json" in shown
    assert "共 3 条，合计 3；与表中的数一致" in shown
    assert len(opened(assist, "summary", "1,3")) == 3


def test_any_cell_of_a_list_opens_to_its_person(assist: Assist, student: Student) -> None:
    """A row about one person opens to them wherever it is touched."""
    number = student(**A_FACTS)
    for place in ("1,2", "1,3", "1,7"):
        assert [one["student_no"] for one in opened(assist, "detail", place)] == [number]
