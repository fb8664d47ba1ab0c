"""Indicators, ledger, bulletin and the 42 cells through the command line, also as of a past day."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistcli.census.tables import GENERAL
from tests.conftest import Assist, Founded, set_options

Student = Callable[..., str]
PARENT = "11010519491231002X"
A_FACTS = {"就业能力特别弱": "是", "贫困生等级": "特别困难"}


@pytest.fixture
def union(assist: Assist, founded: Founded) -> None:
    """A store of dalian-2011 with two aided children and a graduate."""
    founded("dalian-2011", "2011", today="2011-08-20")
    children: list[dict[str, str]] = [
        {"姓名": "甲子女", "就学阶段": "大专以上", "助学资金": "3000", "发放日期": "2011-08-15"},
        {"姓名": "乙子女", "就学阶段": "高中", "助学资金": "1000.40", "发放日期": "2011-08-28"},
        {"姓名": "丙子女", "毕业年份": "2010"},
    ]
    for place, facts in enumerate(children, 1):
        usual = {
            "职工姓名": f"职工{place}",
            "职工身份证号": f"11010519491231002{'X'}",
            "档案类别": "困难农民工",
        }
        settings = set_options(usual | facts)
        assist("add", *settings, "--json")
    assist("record", "fund", "社会捐助", "20000", "--date", "2011-08-01")
    assist("record", "fund", "市总工会", "0.40", "--date", "2011-08-30")


def cells(assist: Assist, *words: str) -> list[Any]:
    """The 42 numbers."""
    answer = assist("report", "statistics", *words, "--json").json
    assert answer["columns"] == ["编号", "项目", "单位", "数量"]
    assert len(answer["rows"]) == 42
    return [row[3] for row in answer["rows"]]


@pytest.mark.usefixtures("union")
def test_the_same_table_as_of_two_days(assist: Assist) -> None:
    """Both cut-offs can be made at any time; only what came between differs."""
    early, late = cells(assist, "--as-of", "2011-08-25"), cells(assist, "--as-of", "2011-08-31")
    changed = {
        place: pair for place, pair in enumerate(zip(early, late, strict=True), 1) if pair[0] != pair[1]
    }
    assert changed == {
        1: ("2", "2.00004"), 4: ("0", "0.00004"), 6: ("0.3", "0.40004"), 8: ("0", "0.10004"),
        10: (1, 2), 12: (0, 1), 14: (1, 2), 15: ("0.3", "0.40004"), 18: (0, 1), 19: ("0", "0.10004"),
    }  # fmt: skip
    assert cells(assist)[9] == 1
    people = assist("report", "statistics", "--as-of", "2011-08-31", "--who", "10,4", "--json").json
    assert [one["name"] for one in people] == ["甲子女", "乙子女"]
    assert "数据截至 2011-08-25" in assist("report", "statistics", "--as-of", "2011-08-25").stdout


@pytest.mark.usefixtures("union")
def test_the_office_says_how_many_decimals(assist: Assist) -> None:
    """R2-30: exact unless the office wants so many decimals of 万元; what is hidden or shared is told."""
    assist("unit", "set", "万元小数=2")
    assert cells(assist, "--as-of", "2011-08-31")[:9] == [
        "2.00", "0.00", "2.00", "0.00", "0.00", "0.40", "0.00", "0.10", "0.30",
    ]  # fmt: skip
    told = assist("report", "statistics", "--as-of", "2011-08-31").stdout
    assert "金额按万元保留 2 位小数" in told
    assert "第 4 行不是零，舍入后为 0" in told
    assert "「人次」按记录的次数计" in told
    assert (
        "即 0.00；与表中的数一致"
        in assist("report", "statistics", "--as-of", "2011-08-31", "--who", "4,4").stdout
    )
    assist("unit", "set", "万元小数=")
    assert cells(assist, "--as-of", "2011-08-31")[0] == "2.00004"


@pytest.mark.usefixtures("union")
def test_the_form_has_the_numbers_of_the_report(assist: Assist) -> None:
    """One table, two layouts."""
    from docx import Document

    (path,) = assist("form", "statistics", "--json").json["files"]
    words = [cell.text.strip() for line in Document(path).tables[0].rows for cell in line.cells]
    assert "0.3" in words
    assert "{{" not in "".join(words)


def rate(assist: Assist, name: str, *words: str) -> list[Any]:
    """One row of the indicators after its name and definition."""
    rows = assist("report", "indicators", *words, "--json").json["rows"]
    return next(row[2:] for row in rows if row[0] == name)


def test_rates_have_both_numbers_and_open_to_who_is_missing(assist: Assist, student: Student) -> None:
    """A-14: three denominators; 意向 is not placed; 升学 and 就业 stand apart."""
    for number in ("10800001", "10800002", "10800003"):
        student(number, 姓名=f"学生{number[-1]}", **A_FACTS)
    student("10800004", 姓名="不符合", 就业能力特别弱="否")
    assist("log", "10800001", "电话", "就业指导", "谈话")
    assist("outcome", "10800001", "10", "--evidence", "协议书")
    assist("outcome", "10800002", "意向")
    assist("outcome", "10800003", "801", "--evidence", "通知书")
    assert rate(assist, "帮扶就业率（全部毕业生）") == [2, 3, "66.7%", None, 1]
    assert rate(assist, "帮扶就业率（需要帮扶的）") == [1, 2, "50.0%", None, 1]
    assert rate(assist, "帮扶就业率（受过帮扶的）") == [1, 1, "100.0%", None, 0]
    assert rate(assist, "零就业家庭毕业生帮扶就业率")[:3] == [0, 0, "—"]
    assert (rate(assist, "升学")[0], rate(assist, "单位就业")[0], rate(assist, "未落实：意向")[0]) == (
        1,
        1,
        1,
    )
    rows = assist("report", "indicators", "--json").json["rows"]
    place = next(n for n, row in enumerate(rows, 1) if row[0] == "帮扶就业率（全部毕业生）")
    (missing,) = assist("report", "indicators", "--who", f"{place},7", "--json").json
    assert missing["student_no"] == "10800002"


def test_a_target_stands_beside_its_rate_once_adopted(assist: Assist, student: Student) -> None:
    """A practice's targets count only for whom adopted it."""
    student(**A_FACTS)
    assert rate(assist, "就业率")[3] is None
    assist("pack", "adopt", "sicau-horticulture-2023", "服务次数", "--by", "王老师")
    assert "至少 100%" in rate(assist, "就业率")[3]
    assert "至少 50个，争取 60个" in rate(assist, "新岗位")[3]
    assert rate(assist, "服务达标率")[:2] == [0, 1]


def test_who_is_doubtful_is_told_beside_the_rates(assist: Assist, student: Student) -> None:
    """Only who is surely entitled counts as 帮扶对象; the others are not dropped silently."""
    student("10800001", **A_FACTS)
    student("10800002", 姓名="乙同学", 就业能力特别弱="是")
    student("10800003", 姓名="丙同学", 就业能力特别弱="否")
    assert "帮扶对象 1 人；另有 1 人资格待核实" in assist("report", "indicators").stdout


def test_the_unplaced_without_a_reason_are_counted(assist: Assist, student: Student) -> None:
    """R0-23: 未落实的，分析原因和困难; a placed one needs none."""
    for number in ("10800001", "10800002", "10800003"):
        student(number, 姓名=f"学生{number[-1]}", **A_FACTS)
    assert rate(assist, "未落实且无原因")[0] == 3
    assist("outcome", "10800001", "待就业", "--reason", "想考公务员")
    assist("edit", "10800002", "--set", "存在困难=表达能力弱")
    assist("outcome", "10800003", "10", "--evidence", "协议书")
    assert rate(assist, "未落实且无原因")[0] == 0


def test_the_class_table_counts_persons_once(assist: Assist, student: Student) -> None:
    """R3-01, R3-02: hardship as a share of the class; two special kinds are one person."""
    student("10800001", 班级="园艺1班", 贫困生等级="困难", 残疾="是", 低保="是", 排摸日期="2013-04-01")
    student("10800002", 班级="园艺1班", 姓名="乙同学", 贫困生等级="无")
    student("10800003", 班级="园艺1班", 姓名="丙同学")
    student("10800004", 班级="茶学1班", 姓名="丁同学", 零就业家庭="是")
    assist("log", "10800004", "电话", "就业指导", "谈话")
    assist("outcome", "10800004", "10", "--evidence", "协议书")
    rows = {row[1]: row[2:] for row in assist("report", "classes", "--json").json["rows"]}
    assert rows["园艺1班"] == [3, 1, 1, "33.3%", 1, 0, 0, 0, 3]
    assert rows["茶学1班"] == [1, 0, 0, "0.0%", 1, 1, 0, 1, 0]
    assert rows[None] == [4, 1, 1, "25.0%", 2, 1, 0, 1, 3]
    special = assist("report", "classes", "--who", "3,7", "--json").json
    assert {one["student_no"] for one in special} == {"10800001", "10800004"}


def test_the_ledger_tells_state_wish_and_measures(assist: Assist, student: Student) -> None:
    """R4-12: the three columns; counselling is not in it (R0-42)."""
    number = student(就业意愿="留在杭州", 就业状态="自报求职")
    assist("log", number, "电话", "就业指导", "谈话")
    assist("log", number, "面谈", "心理辅导", "不宜外传")
    assist("record", "recommend", number, "某公司")
    assist("outcome", number, "实习", "--employer", "某公司")
    answer = assist("report", "ledger", "--json")
    row = dict(zip(answer.json["columns"], answer.json["rows"][0], strict=True))
    assert (row["就业状态"], row["就业意愿"]) == ("实习", "留在杭州")
    assert row["点对点帮扶措施"] == "就业指导1次；推荐某公司（推荐）"
    assert row["去向单位"] is None
    assert "心理" not in answer.stdout


def test_what_is_not_known_is_null_in_json(assist: Assist, student: Student) -> None:
    """CONTRACT: unknown is null, never an empty text; in no table of the notice."""
    student()
    for name in ("summary", "detail", "spending", *GENERAL):
        rows = assist("report", name, "--json").json["rows"]
        assert not [cell for row in rows for cell in row if cell == ""], name


def test_the_bulletin_tells_what_changed_since_the_last(assist: Assist, student: Student) -> None:
    """Per college and helper; the last 通报 on record is where it begins."""
    student("10800001", 结对帮扶者="周老师")
    student("10800002", 姓名="乙同学", 学院="理学院")
    assist("log", "10800001", "电话", "就业指导", "旧", "--date", "2013-05-01")
    assist("record", "activity", "通报", "第一期", "--date", "2013-05-15")
    assist("log", "10800001", "电话", "就业指导", "新", "--date", "2013-05-20")
    assist("log", "10800001", "电话", "就业指导", "新", "--date", "2013-05-21")
    assist("outcome", "10800002", "10", "--date", "2013-05-22", "--evidence", "协议书")
    rows = {tuple(row[:2]): row[2:] for row in assist("report", "bulletin", "--json").json["rows"]}
    assert rows["全部", "合计"] == [2, 2, 1, 0, 0, 1, 0, 1, 1, 0]
    assert rows["帮扶者", "周老师"] == [1, 2, 1, 0, 0, 0, 0, 0, 1, 0]
    assert rows["帮扶者", "（未填）"][0] == 1
    assert rows["学院", "理学院"][5] == 1
    earlier = assist("report", "bulletin", "--from", "2013-04-01", "--json").json["rows"][0]
    assert earlier[3] == 3


def test_a_day_that_has_not_come_is_told(assist: Assist, student: Student) -> None:
    """Its numbers are today's."""
    student()
    assert "2013-06-02 还没有到" in assist("report", "summary", "--as-of", "2013-06-02").stdout
    assert "还没有到" not in assist("report", "summary", "--as-of", "2013-06-01").stdout


def test_a_past_day_knows_nothing_of_later_ones(assist: Assist, student: Student) -> None:
    """A table made again as of a past day is the table of that day."""
    number = student(**A_FACTS)
    steps = ("申请", "核对", "学院建议", "学校批准")
    for step in steps:
        assist("step", number, step, "--date", "2013-06-02", "--by", step)
    assist("paper", number, "成绩单", "--date", "2013-06-02")
    claim = assist("claim", "add", number, "差旅费", "300", "--date", "2013-06-03", "--json").json[0]["claim"]
    for day, state in (("04", "上报"), ("05", "审核"), ("06", "批准"), ("07", "发放")):
        assist("claim", "advance", claim, "--to", state, "--date", f"2013-06-{day}")
    money = {
        day: [row[5:] for row in assist("report", "spending", "--as-of", day, "--json").json["rows"]]
        for day in ("2013-06-02", "2013-06-05", "2013-06-06", "2013-06-07")
    }
    assert money == {
        "2013-06-02": [],
        "2013-06-05": [["300.00", "300.00", None, None, None]],
        "2013-06-06": [["300.00", "300.00", "300.00", None, "300.00"]],
        "2013-06-07": [["300.00", "300.00", "300.00", "300.00", "0.00"]],
    }
    for day, rows in money.items():  # nor does the table of a day know what is dated later
        now = assist("--today", day, "report", "spending", "--json").json["rows"]
        assert [row[5:] for row in now] == rows


def words_of(path: str) -> list[str]:
    """Every paragraph and cell of a Word file."""
    from docx import Document

    document = Document(path)
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def test_a_table_that_has_an_annex_is_saved_as_the_annex(
    assist: Assist, student: Student, tmp_path: Path
) -> None:
    """CONTRACT: a statistics table is a report with a Word layout; whichever command made the file."""
    number = student("10800001", 手机号码="19905710001", **A_FACTS)
    student("10800002", 姓名="乙同学", 学院="理学院", **A_FACTS)
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--by", step)
    assist("claim", "add", number, "差旅费", "300")
    for name in ("summary", "detail", "spending"):
        made = assist("report", name, "--out", f"{name}-r.docx", "--json").json["file"]
        (form,) = assist("form", name, "--out", f"{name}-f.docx", "--json").json["files"]
        assert words_of(made) == words_of(form)
        assert Path(made).stat().st_mode & 0o777 == 0o600
        assert not any("{{" in word for word in words_of(made))
    assert any("附件3" in word for word in words_of(str(tmp_path / "detail-r.docx")))
    assert any("300.00" in word for word in words_of(str(tmp_path / "spending-r.docx")))
    assert any("依据：" in word for word in words_of(str(tmp_path / "spending-r.docx")))
    one = assist("report", "detail", "--college", "理学院", "--out", "one.docx", "--json").json["file"]
    assert "乙同学" in words_of(one)
    assert "甲同学" not in words_of(one)


@pytest.mark.usefixtures("union")
def test_the_42_cells_are_saved_as_the_annex_of_their_day(assist: Assist) -> None:
    """As of one day in the annex; of two days side by side there is no annex, so a plain grid."""
    early = words_of(
        assist("report", "statistics", "--as-of", "2011-08-25", "--out", "a.docx", "--json").json["file"]
    )
    assert "0.3" in early
    assert any("数据截至 2011-08-25" in word for word in early)
    assert any(word.startswith("填报单位") for word in early)
    both = words_of(assist("report", "statistics", "--cut-offs", "--out", "b.docx", "--json").json["file"])
    assert "其间增减" in both


def test_a_list_of_nobody_is_saved_as_an_empty_grid(assist: Assist, student: Student) -> None:
    """An annex about nobody is not made up; the table says that it is empty."""
    student(就业能力特别弱="否")
    made = words_of(assist("report", "detail", "--out", "x.docx", "--json").json["file"])
    assert "最终单位落实情况" in made


def test_a_table_goes_to_word_and_to_a_workbook(assist: Assist, student: Student, tmp_path: Path) -> None:
    """The ending says which."""
    student(**A_FACTS)
    for ending in ("docx", "xlsx"):
        out = tmp_path / f"台账.{ending}"
        assert assist("report", "ledger", "--out", str(out), "--json").json["file"] == str(out)
        assert out.stat().st_mode & 0o777 == 0o600
    listed = [entry["name"] for entry in assist("report", "list", "--json").json]
    assert listed == ["summary", "detail", "spending", *GENERAL]
