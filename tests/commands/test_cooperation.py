"""State aid applied for, and other offices asked to help, through the command line (R1-08, R1-13)."""

from typing import Any

import pytest

from tests.conftest import Assist, Founded

DAY = "2018-08-20"
CHILD = {"姓名": "甲同学", "职工姓名": "职工", "职工身份证号": "11010519491231002X", "就读学校": "某大学"}


@pytest.fixture
def child(assist: Assist, founded: Founded) -> str:
    """A child of a household under yinchuan-2018."""
    founded("yinchuan-2018", "2018", today=DAY)
    words = [word for name, value in CHILD.items() for word in ("--set", f"{name}={value}")]
    case: str = assist("add", *words, "--json").json["case"]
    return case


def waiting(assist: Assist, kind: str, today: str = DAY) -> list[dict[str, Any]]:
    """The rows of `due` of one kind."""
    rows: list[dict[str, Any]] = assist("--today", today, "due", "--kind", kind, "--json").json
    return rows


def test_an_aid_is_unknown_applied_for_and_then_got(assist: Assist, child: str) -> None:
    """Blank until somebody says; applied for, it waits; the aid is known by the words of the notice."""
    assist("record", "aid", child, "生源地贷款", "已申请", "--date", "2018-08-10")
    (row,) = waiting(assist, "助学政策")
    assert "助学贷款 2018-08-10 已申请，还没有结果，已 10 天" in row["reason"]
    assert row["clause"] == "二（一）1"
    before = assist("report", "aids", "--json").json
    column = before["columns"].index("助学贷款")
    assert [line[column] for line in before["rows"]] == ["已申请", 0]
    assert before["rows"][0][before["columns"].index("国家奖学金")] is None
    assist(*row["command"].replace("审批结果", "已获得").split()[1:])
    assert waiting(assist, "助学政策") == []
    assert assist("report", "aids", "--json").json["rows"][-1][column] == 1
    assert assist("report", "aids", "--who", f"2,{column + 1}", "--json").json[0]["case"] == child
    past = assist("report", "aids", "--as-of", "2018-08-15", "--json").json["rows"]
    assert [line[column] for line in past] == ["已申请", 0]
    assert "2018-08-10 助学贷款 已申请" in assist("show", child).stdout


def test_an_aid_that_the_notice_does_not_name_is_refused(assist: Assist, child: str) -> None:
    assert "可用：国家奖学金" in assist("record", "aid", child, "住房补贴", "已申请", code=3).stderr
    assert "可用：已申请" in assist("record", "aid", child, "国家助学金", "审批结果", code=3).stderr


def test_another_union_is_asked_with_consent_and_the_least_facts(assist: Assist, child: str) -> None:
    """Recipient, purpose, fields, consent; the day of the answer is due until the matter is closed."""
    ask = ("record", "referral", child, "某市总工会", "提供勤工助学岗位")
    assert "--consent" in assist(*ask, "--field", "就读学校", code=3).stderr
    assert "--field" in assist(*ask, "--consent", "本人同意", code=3).stderr
    secret = assist(*ask, "--consent", "本人同意", "--field", "身份证号", "--field", "姓名", code=3)
    assert "机密字段不能转出：身份证号" in secret.stderr
    assert "没有「学校名」这个字段" in assist(*ask, "--consent", "同意", "--field", "学校名", code=3).stderr
    words = (
        "--consent",
        "本人8月20日电话同意",
        "--field",
        "就读学校",
        "--field",
        "专业",
        "--until",
        "2018-09-10",
    )
    told = assist(*ask, *words).stdout
    assert "就读学校：某大学" in told
    assert "专业：不详" in told
    (row,) = waiting(assist, "异地协作", "2018-09-12")
    assert (row["due"], row["days_overdue"]) == ("2018-09-10", 2)
    assert "还没有反馈" in row["reason"]
    id = row["command"].split()[3]
    assist("record", "feedback", id, "正在联系学校")
    assert "正在联系学校" in waiting(assist, "异地协作")[0]["reason"]
    assist("record", "feedback", id, "已安排图书馆岗位", "--closed")
    assert waiting(assist, "异地协作") == []
    shown = assist("show", child).stdout
    assert "给出就读学校、专业；本人8月20日电话同意" in shown
    assert "办结 已安排图书馆岗位" in shown
