"""Unclear days and rhythms (A-16, A-17, A-19 to A-23): all shown until adopted, then the adopted alone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistcli.assistance import Activity
from assistcli.followup.calendar import event_items, routine_items
from assistcli.policy.pack import load_pack
from tests.conftest import Assist

UNION, DALIAN = load_pack("yinchuan-2018"), load_pack("dalian-2011")
COLLEGE, REPORT = load_pack("sicau-horticulture-2023"), load_pack("key-groups-2022")
AUGUST = date(2018, 8, 1)


def deadline(what: str, **adopted: str) -> tuple[date | None, str]:
    """Due day and words of the calendar's one entry about *what*."""
    readings = {name.replace("_", "-"): option for name, option in adopted.items()}
    [item] = [i for i in event_items(UNION, (), AUGUST, readings) if what in i.reason]
    return item.due, item.reason


@pytest.mark.parametrize(
    ("adopted", "due", "said"),
    [
        ({}, date(2018, 8, 13), "「前」是否含当日未规定，稳妥以 2018-08-12 为限"),
        ({"A_16": "incl"}, date(2018, 8, 13), "含当日（已定口径）"),
        ({"A_16": "excl"}, date(2018, 8, 12), "不含 2018-08-13 当日（已定口径）"),
    ],
)
def test_before_a_day_goes_by_reading(adopted: dict[str, str], due: date, said: str) -> None:
    """A-16: 8月13日前."""
    found = deadline("申报名单", **adopted)
    assert found[0] == due
    assert said in found[1]


@pytest.mark.parametrize(
    ("adopted", "due"),
    [
        ({}, date(2018, 8, 31)),
        ({"A_17": "august"}, date(2018, 8, 31)),
        ({"A_17": "september"}, date(2018, 9, 30)),
    ],
)
def test_the_end_of_the_campaign_goes_by_reading(adopted: dict[str, str], due: date) -> None:
    """A-17: the notice contradicts itself; the earlier day is shown first, marked 推定."""
    found = deadline("活动结束", **adopted)
    assert found[0] == due
    assert ("2018-08-31或2018-09-30，取决于口径 A-17" in found[1]) == (not adopted)
    assert "推定，见 D-02、D-15" in found[1]


def meeting(day: date, today: date, option: str = "") -> tuple[date | None, str] | None:
    held = [Activity(id="1", day=day, kind="推进会", title="例会", by="甲")]
    adopted = {"A-20": option} if option else {}
    found = [
        i for i in routine_items(COLLEGE, COLLEGE.cadences, held, today, adopted) if "推进会" in i.reason
    ]
    return (found[0].due, found[0].reason) if found else None


def test_once_a_month_is_a_calendar_month_or_thirty_one_days() -> None:
    """A-20: held on 5 March, looked at on 10 March and on 2 April."""
    march, april = date(2023, 3, 10), date(2023, 4, 2)
    both = meeting(date(2023, 3, 5), march)
    assert both is not None
    assert both[0] == date(2023, 4, 5)
    assert "取决于口径 A-20" in both[1]
    assert meeting(date(2023, 3, 5), march, "calendar") is None
    assert meeting(date(2023, 3, 5), april, "calendar") is not None
    assert meeting(date(2023, 3, 5), march, "rolling") == (
        date(2023, 4, 5),
        "推进会：1月至少召开一次；上次 2023-03-05",
    )


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("", "对全体未就业毕业生或对每名未就业毕业生，取决于口径 A-23"),
        ("group", "；对全体未就业毕业生"),
        ("student", "；对每名未就业毕业生"),
    ],
)
def test_whom_a_daily_push_is_for_goes_by_reading(option: str, said: str) -> None:
    adopted = {"A-23": option} if option else {}
    [push] = [
        i for i in routine_items(REPORT, REPORT.cadences, (), date(2022, 8, 1), adopted) if "推送" in i.reason
    ]
    assert push.reason.endswith(said)


@pytest.fixture
def quotas(assist: Assist, student: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """What one student is still owed of 岗位推荐: two talks in 2012, one in March 2013, one mass message."""
    number = student("10800001", 就业能力特别弱="是", 贫困生等级="特别困难")
    assist("pack", "adopt", "sicau-horticulture-2023", "服务次数", "--by", "王老师")
    for day in ("2012-05-01", "2012-11-01", "2013-03-01"):
        assist("log", number, "电话", "岗位推荐", "某公司岗位", "--date", day)

    def owed() -> str:
        items: list[dict[str, Any]] = assist("due", "--json").json
        found = [item["reason"] for item in items if item["reason"].startswith("岗位推荐")]
        return found[0] if found else ""

    return owed


def adopt(assist: Assist, reading: str, option: str) -> None:
    assist("pack", "adopt", reading, option, "--by", "王老师", "--word", "学院会议")


def test_from_when_services_count_goes_by_reading(assist: Assist, quotas: Callable[[], str]) -> None:
    """A-19: three in all, one of this year, one since the term began; without a term's day all count."""
    assert quotas() == ""
    adopt(assist, "A-19", "year")
    assert "岗位推荐 差2（已 1，应 3；每年（从1月1日起）" in quotas()
    adopt(assist, "A-19", "term")
    assert quotas() == ""
    assist("unit", "set", "开学日期=2012-09-01")
    assert "岗位推荐 差1（已 2，应 3；每学期" in quotas()
    adopt(assist, "A-19", "placed")
    assert quotas() == ""


def test_a_message_to_many_counts_only_where_it_was_so_adopted(
    assist: Assist, student: Callable[..., str]
) -> None:
    """A-22: by the plain reading it is none."""
    number = student("10800001", 就业能力特别弱="是", 贫困生等级="特别困难")
    assist("pack", "adopt", "sicau-horticulture-2023", "服务次数", "--by", "王老师")
    assist("log", number, "短信", "岗位推荐", "某公司岗位", "--date", "2013-05-01", "--mass")

    def reasons() -> str:
        return "\n".join(item["reason"] for item in assist("due", "--json").json)

    assert "岗位推荐 差3（已 0，应 3；期间取决于口径 A-19，未定前按全程计）" in reasons()
    adopt(assist, "A-22", "yes")
    assert "岗位推荐 差2（已 1，应 3" in reasons()
    adopt(assist, "A-22", "no")
    assert "岗位推荐 差3（已 0，应 3" in reasons()
