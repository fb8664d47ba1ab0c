"""The command beside each row clears it: every one is run as printed, until nothing waits any more."""

import re
import shlex
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistcli.commands.due import _pressing
from assistcli.followup.agenda import KINDS, OUT_OF_SCOPE, Item
from assistcli.policy.pack import load_pack
from tests.conftest import Assist, Founded, set_options

Row = dict[str, Any]
TODAY = "2013-06-01"
BLANKS = {  # what a person fills in where the command says only what belongs there
    "天数": "14", "日期": TODAY, "去向": "签约", "目标": "6月底前签约", "调整原因": "到期调整",
    "结果": "拒绝", "审批结果": "已获得", "原因": "工作地点远", "证书编号": "ZJ123", "发证日期": "2013-05-30",
    "名称": "第一期", "材料": "协议书", "内容": "谈了一次", "单位": "某厂",
}  # fmt: skip
USUAL = {
    "全日制": "是",
    "毕业年份": "2013",
    "学院": "机械学院",
    "班级": "机械1班",
    "民族": "汉族",
    "单亲家庭": "否",
}
A_FACTS = {"就业能力特别弱": "是", "贫困生等级": "特别困难"}


def filled(command: str, person: str = "吴老师") -> list[str]:
    """The words of a printed *command*, after ``assist``, with every blank filled in."""
    first, *words = shlex.split(command)
    assert first == "assist"
    blanks = BLANKS | {"姓名": person}
    return ["=".join(blanks.get(part, part) for part in word.split("=")) for word in words]


def waiting(assist: Assist) -> list[Row]:
    """The rows that a person sees unasked, and those on the list out of scope."""
    rows: list[Row] = assist("due", "--json").json
    return [row for row in rows if is_pressing(row) or row["kind"] == OUT_OF_SCOPE]


def is_pressing(row: Row) -> bool:
    """Whether the screen shows *row* unasked."""
    due = date.fromisoformat(row["due"]) if row["due"] else None
    today = due + timedelta(row["days_overdue"]) if due else date.min
    return _pressing(Item(kind=row["kind"], reason="", command="", due=due), today)


def work_off(assist: Assist, most: int = 120) -> set[str]:
    """Run the command of the first row until none is left; each must make its row go. Returns the kinds."""
    kinds: set[str] = set()
    rows = waiting(assist)
    for turn in range(most):
        if not rows:
            return kinds
        row = rows[0]
        kinds.add(row["kind"])
        assert row["reason"]
        said = assist(*filled(row["command"], f"老师{turn}"))
        rows = waiting(assist)
        assert row not in rows, (row, said.stdout, said.stderr)
    raise AssertionError(rows)


def add(assist: Assist, number: str, **facts: str) -> str:
    """A student with the usual facts."""
    stated = USUAL | {"姓名": f"学生{number[-2:]}", "学号": number} | facts
    assist("add", *set_options(stated), "--json")
    return number


def approve(assist: Assist, number: str) -> None:
    """All four steps and the transcript."""
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--date", "2013-05-02", "--by", step)
    assist("paper", number, "成绩单", "--date", "2013-05-02")


def everything(assist: Assist) -> None:
    """A college where something of every kind waits."""
    assist("pack", "adopt", "sicau-horticulture-2023", "周期", "--by", "王老师")
    assist("pack", "adopt", "sicau-horticulture-2023", "服务次数", "--by", "王老师")
    owed, asked, held, placed = (add(assist, f"108000{n}", **A_FACTS) for n in ("01", "02", "03", "04"))
    add(assist, "10800005", 就业能力特别弱="否")
    add(assist, "10800006", 毕业年份="2012", **A_FACTS)
    assist("step", owed, "申请", "--date", "2013-05-02")
    for number in (asked, held):
        approve(assist, number)
    assist("claim", "add", asked, "差旅费", "300", "--date", "2013-05-20")
    assist("claim", "add", held, "考证培训费", "1600", "--date", "2013-05-20")
    assist("record", "recommend", owed, "某公司", "--title", "工程师", "--date", "2013-05-20")
    assist("record", "plan", owed, "5月底前签约", "--until", "2013-05-31", "--date", "2013-05-01")
    assist("record", "aid", owed, "学费减免", "已申请", "--date", "2013-05-20")
    told = ("--field", "专业", "--consent", "本人同意", "--until", "2013-05-30")
    assist("record", "referral", owed, "某市就业中心", "推荐岗位", *told, "--date", "2013-05-20")
    assist("log", owed, "电话", "就业指导", "约下周", "--date", "2013-05-20", "--next", "2013-06-10")
    assist("outcome", placed, "签约", "--employer", "某 公司", "--date", "2013-05-20")
    assist("publish", asked, "--from", "2013-05-20", "--take-down", "2013-05-27")
    assist("pack", "use", "key-groups-2022")


def test_every_kind_of_row_is_cleared_by_its_command(assist: Assist, store: Path) -> None:
    """zust-2013 with adopted practices: in the end nothing waits."""
    everything(assist)
    assert {row["kind"] for row in assist("due", "--json").json} == set(KINDS) - {"未设定周期"}
    assert work_off(assist) >= set(KINDS) - {"未设定周期", "已约", "跟踪"}
    assert "没有待办" in assist("due").stdout


@pytest.mark.parametrize("kind", ["已约", "跟踪"])
def test_a_row_that_stays_visible_is_moved_on_by_its_command(assist: Assist, store: Path, kind: str) -> None:
    """What is put off and who is placed: talking with the person moves the next day on, never off."""
    number = add(assist, "10800001", **A_FACTS)
    assist("unit", "set", "联系周期=7", "跟踪周期=14")
    if kind == "跟踪":
        assist("outcome", number, "签约", "--evidence", "协议书", "--date", "2013-05-01")
    else:
        assist("log", number, "电话", "就业指导", "约", "--date", "2013-05-20", "--next", "2013-06-05")
    (row,) = assist("due", "--kind", kind, "--json").json
    assist(*filled(row["command"]))
    after = [r for r in assist("due", "--json").json if r["kind"] in ("联系", "跟踪")]
    assert [r["due"] for r in after] == ["2013-06-15" if kind == "跟踪" else "2013-06-08"]


def test_a_person_under_two_notices_is_named_by_the_case(assist: Assist, store: Path) -> None:
    """A student number that two cases bear names neither: the printed command must still run."""
    assist("pack", "adopt", "sicau-horticulture-2023", "周期", "--by", "王老师")
    add(assist, "10800001", **A_FACTS)
    assist("pack", "use", "key-groups-2022")
    facts = {"姓名": "甲同学", "学号": "10800001", "毕业年份": "2012"}
    words = set_options(facts)
    assist("--pack", "key-groups-2022", "add", *words, "--json")
    assert {"联系", "结对", "离校未就业"} <= work_off(assist)


def test_an_unset_cadence_is_cleared_by_setting_it(assist: Assist, store: Path) -> None:
    """R0-21: and then the contact itself is due."""
    add(assist, "10800001", **A_FACTS)
    assert {"未设定周期", "联系"} <= work_off(assist)


@pytest.mark.parametrize(
    ("pack", "year", "facts"),
    [
        ("yinchuan-2018", "2018", {"在档": "是", "职工姓名": "职工", "职工身份证号": "11010519491231002X"}),
        (
            "dalian-2011",
            "2011",
            {"职工姓名": "职工", "职工身份证号": "11010519491231002X", "就学阶段": "高中"},
        ),
        ("sicau-horticulture-2023", "2023", {"学号": "20190001", "毕业年份": "2023", "班级": "园艺1班"}),
        ("key-groups-2022", "2022", {"学号": "20190001", "毕业年份": "2021"}),
    ],
)
def test_the_commands_of_the_other_notices(
    assist: Assist,
    founded: Founded,
    monkeypatch: pytest.MonkeyPatch,
    pack: str,
    year: str,
    facts: dict[str, str],
) -> None:
    """One case under each, with its chain begun where there is one."""
    monkeypatch.setitem(BLANKS, "日期", f"{year}-09-30")
    founded(pack, year, today=f"{year}-09-30")
    if pack in ("sicau-horticulture-2023", "key-groups-2022"):
        assist("pack", "adopt", pack, "周期", "--by", "王老师")
    words = set_options({"姓名": "甲同学"} | facts)
    case = assist("add", *words, "--json").json["case"]
    if pack in ("yinchuan-2018", "dalian-2011"):
        assist("step", case, load_pack(pack).steps[0].name)
    assert work_off(assist)
    assert "没有待办" in assist("due").stdout


@pytest.fixture
def rows_with_reasons(assist: Assist, store: Path) -> Callable[[], list[Row]]:
    """Every row of the college."""
    everything(assist)

    def rows() -> list[Row]:
        found: list[Row] = assist("due", "--json").json
        return found

    return rows


def test_every_row_has_a_reason_a_clause_days_and_a_command(
    rows_with_reasons: Callable[[], list[Row]],
) -> None:
    """No clause where no notice in use asks for the thing; days until, past, or spent waiting."""
    dayless = {"不在帮扶范围", "离校未就业", "名册", "日程", "例行工作"}
    for row in rows_with_reasons():
        assert row["reason"]
        assert row["command"].startswith("assist ")
        assert (row["due"] is None) == (row["days_overdue"] is None)
        assert (row["clause"] is None) == (row["kind"] in {"公示", "异地协作"}), row
        waits = bool(re.search(r"，已 \d+ 天$", row["reason"]))
        assert waits or row["due"] or row["kind"] in dayless, row


CLAUSES = {
    "zust-2013": {
        "未设定周期": "zust-2013 四、1", "结对": "三、3", "推荐结果": "四、3结果", "计划": "三、4",
        "审批": "附件1", "材料": "附件1备注", "表格": "附件1", "跟踪": "三、4落实", "去向证明": "附件3末栏",
    },
    "yinchuan-2018": {
        "结对": "二（二）3", "计划": "二（一）2施策", "异地协作": "二（一）5交流",
        "公示": "yinchuan-2018 二（三）1", "审批": "二（三）1", "材料": "二（三）1",
    },
    "dalian-2011": {"计划": "四1方案", "审批": "附件1审核"},
    "sicau-horticulture-2023": {
        "未设定周期": "sicau-horticulture-2023 一措", "结对": "三措", "计划": "三措", "跟踪": "末段",
    },
    "key-groups-2022": {
        "未设定周期": "key-groups-2022 三（推送）", "结对": "编者按", "计划": "一", "推荐结果": "三（推送）",
        "离校未就业": "key-groups-2022 三（两年）",
    },
}  # fmt: skip
"""Pack → kind of row → the clause that asks for it; every other kind below has none."""
COMMON = {"未设定周期", "结对", "推荐结果", "计划", "异地协作", "跟踪", "去向证明", "公示"}


@pytest.mark.parametrize("pack", CLAUSES)
def test_each_notice_gives_the_clause_of_what_waits(assist: Assist, founded: Founded, pack: str) -> None:
    """Or nothing: a clause is never borrowed from another notice."""
    year = pack[-4:]
    founded(pack, year, today=f"{year}-09-30")
    worker = {"职工姓名": "职工", "职工身份证号": "11010519491231002X"}
    graduated = f"{int(year) - (pack == 'key-groups-2022')}"
    names = {"甲同学": {"学号": "20080001"}, "乙同学": {"学号": "20080002"}}
    for name, keys in names.items():
        stated = {"姓名": name, "毕业年份": graduated} | keys
        assist("add", *set_options(stated | (worker if load_pack(pack).subject == "household" else {})))
    open_case, placed = names
    assist("record", "recommend", open_case, "某厂", "--date", f"{year}-09-01")
    assist("record", "plan", open_case, "签约", "--until", f"{year}-09-20", "--date", f"{year}-09-01")
    told = ("--field", "姓名", "--consent", "本人同意", "--date", f"{year}-09-01")
    assist("record", "referral", open_case, "某市工会", "推荐岗位", *told)
    assist("outcome", placed, "签约", "--date", f"{year}-09-01")
    for step in load_pack(pack).steps[:1]:
        assist("step", open_case, step.name, "--date", f"{year}-09-01")
    assist("publish", open_case, "--from", f"{year}-09-01", "--take-down", f"{year}-09-10")
    rows = assist("due", "--json").json
    found = {row["kind"]: row["clause"] for row in rows if row["kind"] in COMMON | CLAUSES[pack].keys()}
    assert found == dict.fromkeys(COMMON) | CLAUSES[pack]
    if None in found.values():
        assert "（文件未规定）" in assist("due").stdout
    assert all("已 29 天" in row["reason"] for row in rows if row["kind"] in ("推荐结果", "去向证明"))


def test_what_an_adopted_practice_asks_for_is_cited_with_its_name(assist: Assist, founded: Founded) -> None:
    """The notice itself goes first; where it is silent, the practice that the unit took on."""
    founded("dalian-2011", "2011", today="2011-08-01")
    worker = {"职工姓名": "职工", "职工身份证号": "11010519491231002X"}
    assist("add", *set_options({"姓名": "甲同学"} | worker))
    assist("pack", "adopt", "key-groups-2022", "周期", "--by", "王老师")
    rows = {row["kind"]: row["clause"] for row in assist("due", "--json").json}
    assert rows["结对"] == "key-groups-2022 编者按"


def test_a_claim_waits_since_its_last_state(assist: Assist, store: Path) -> None:
    """资助: days since the step that made it wait, not since it was asked for."""
    number = add(assist, "10800001", **A_FACTS)
    approve(assist, number)
    assist("claim", "add", number, "差旅费", "300", "--date", "2013-05-20")
    reason = "300.00 元：现为「申请」，等各二级学院「上报」，已 12 天"
    assert reason in assist("due", "--kind", "资助").stdout
    assist("claim", "advance", "--to", "上报", "--date", "2013-05-30")
    assert "等学生处「审核」，已 2 天" in assist("due", "--kind", "资助").stdout
