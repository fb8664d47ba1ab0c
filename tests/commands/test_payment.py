"""Claims on their way to payment: a college's batch, nobody paid twice, the right payee, four eyes."""

from collections.abc import Callable

import pytest

from tests.conftest import Assist, Founded, set_options

Student = Callable[..., str]
A_FACTS = {"就业能力特别弱": "是", "贫困生等级": "特别困难"}
CHILD = {
    "职工姓名": "职工", "职工身份证号": "11010519491231002X",
    "档案编号": "1", "在档": "是", "家庭人口": "4", "家庭年度总收入": "20000",
    "子女年度学费支出": "5000", "工会助学资金": "0", "统招": "是", "招生批次": "一本", "军队院校": "否",
    "考取年度": "2018", "学校所在省": "陕西",
}  # fmt: skip
CHAIN = ("申请", "基层工会签字", "入户走访", "审核", "公示", "上级工会审核")
FUND = "专项帮扶资金"


def approve(assist: Assist, number: str) -> str:
    """The whole chain of zust-2013, each step by somebody else, and the transcript."""
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--date", "2013-05-10", "--by", step)
    assist("paper", number, "成绩单")
    return number


@pytest.fixture
def child(assist: Assist, founded: Founded) -> str:
    """A child whom the unions approved for 5000 yuan under yinchuan-2018."""
    founded("yinchuan-2018", "2018", today="2018-08-20")
    assist("add", *set_options(CHILD | {"姓名": "甲子女"}), "--json")
    for step in CHAIN:
        assist("step", "甲子女", step, "--by", step)
    return "甲子女"


def test_what_the_notice_gives_once_is_not_paid_twice(assist: Assist, child: str) -> None:
    """每人5000元: a second claim is refused while the first stands, and free once it is turned down."""
    first = assist("claim", "add", child, "助学金", "5000", "--json").json[0]["claim"]
    told = assist("claim", "add", child, "助学金", "5000", code=3).stderr
    assert "这一项已有 5000.00 元的申请，同一人不重复发放" in told
    assert "二（四）3「" in told
    assist("claim", "reject", first, "--reason", "登记错了")
    assist("claim", "add", child, "助学金", "5000")
    for state in ("批准", "发放"):
        assist("claim", "advance", "--to", state)
    assert "同一人不重复发放" in assist("claim", "add", child, "助学金", "5000", code=3).stderr
    assert "没有可以「发放」的申请" in assist("claim", "advance", "--to", "发放", code=3).stderr


def test_the_unions_fund_is_paid_by_name_number_and_card(assist: Assist, child: str) -> None:
    """R1-43: 依档帮扶、实名制管理、会员卡发放; money of another source is not bound by it."""
    assist("claim", "add", child, "助学金", "5000")
    assist("claim", "advance", "--to", "批准")
    told = assist("claim", "advance", "--to", "发放", "--source", FUND, code=3).stderr
    assert (
        "甲子女：缺身份证号、会员卡号，不能用专项帮扶资金发放（四（四）「依档帮扶、实名制管理、会员卡发放」）"
        in told
    )
    assist("edit", child, *set_options({"身份证号": "110105200001010016", "会员卡号": "6222000011112222"}))
    paid = assist("claim", "advance", "--to", "发放", "--source", FUND, "--json").json
    assert [line["paid"] for line in paid] == ["5000.00"]
    assert "6222000011112222" not in assist("show", child).stdout


def test_another_source_needs_no_card(assist: Assist, child: str) -> None:
    assist("claim", "add", child, "助学金", "5000")
    for words in (("--to", "批准"), ("--to", "发放", "--source", "结对帮扶")):
        assist("claim", "advance", *words)


def test_a_receipt_is_not_used_twice(assist: Assist, student: Student) -> None:
    """Refused naming the claim it stands behind, unless that one was turned down."""
    number = approve(assist, student(**A_FACTS))
    first = assist("claim", "add", number, "差旅费", "200", "--receipt", "001", "--json").json[0]["claim"]
    told = assist("claim", "add", number, "差旅费", "100", "--receipt", "001", code=3).stderr
    assert f"票据 001 已用于 2013-06-01 的差旅费 200.00 元（申请号 {first}，申请）" in told
    assist("claim", "add", number, "差旅费", "100", "--receipt", "002")
    assist("claim", "reject", first, "--reason", "票据不符")
    assist("claim", "add", number, "差旅费", "200", "--receipt", "001")


def test_what_looks_typed_twice_is_said(assist: Assist, student: Student) -> None:
    """Recorded, since two journeys may cost the same; a person decides."""
    number = approve(assist, student(**A_FACTS))
    assert "同样的申请" not in assist("claim", "add", number, "差旅费", "100").stderr
    assert "同一天已有同样的申请" in assist("claim", "add", number, "差旅费", "100").stderr


def test_a_college_hands_in_its_own_batch(assist: Assist, student: Student) -> None:
    """R0-34: 各二级学院 reports its spending; the others stay where they are."""
    for number, college in (("10800001", "机械学院"), ("10800002", "理 学 院")):
        approve(assist, student(number, 姓名=f"学生{number}", 学院=college, **A_FACTS))
        assist("claim", "add", number, "差旅费", "100")
    moved = assist("claim", "advance", "--to", "上报", "--college", "理学院", "--json").json
    assert [line["state"] for line in moved] == ["上报"]
    states = {line["state"] for line in assist("claim", "list", "10800001", "--json").json}
    assert states == {"申请"}
    assert (
        "没有可以「上报」"
        in assist("claim", "advance", "--to", "上报", "--college", "艺术学院", code=3).stderr
    )
    assert (
        "不用 --college" in assist("claim", "advance", "x", "--to", "上报", "--college", "x", code=2).stderr
    )


def test_who_checks_and_approves_is_marked_and_so_is_a_day_that_runs_back(
    assist: Assist, student: Student
) -> None:
    """7.4: recorded, but said aloud and seen on the page of the case."""
    number = approve(assist, student(**A_FACTS))
    assist("claim", "add", number, "差旅费", "100", "--date", "2013-05-20")
    assist("claim", "advance", "--to", "上报", "--by", "陈老师")
    assert "早于上一步的日期" in assist("claim", "advance", "--to", "审核", "--date", "2013-05-30").stderr
    told = assist("claim", "advance", "--to", "批准", "--by", "李老师").stderr
    assert "1 笔的「审核、批准」经办人同为 李老师" in told
    assert "差旅费 100.00 元 批准（审核、批准同一经办人）" in assist("show", number).stdout


def test_four_eyes_leave_no_mark(assist: Assist, student: Student) -> None:
    number = approve(assist, student(**A_FACTS))
    assist("claim", "add", number, "差旅费", "100")
    for state in ("上报", "审核", "批准", "发放"):
        assert assist("claim", "advance", "--to", state, "--by", f"{state}人").stderr == ""
    assert "同一经办人" not in assist("show", number).stdout
