"""Every form of amount that real notices use, from a pack file through ``assist --pack FILE check``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Assist, Founded, set_options

FILE = str(Path(__file__).parent.parent / "policy" / "golden" / "packs" / "amount-forms.toml")
ID = "520103196411140096"
Judged = Callable[..., dict[str, Any]]


@pytest.fixture
def judged(assist: Assist, founded: Founded) -> Judged:
    """Adds one child with facts and gives its verdict on every benefit of the file, by benefit."""
    founded(FILE, "2020", today="2020-12-31")

    def judge(name: str = "李晓", **facts: str) -> dict[str, Any]:
        known = {"姓名": name, "职工身份证号": ID, **facts}
        words = set_options(known)
        case = assist("add", *words, "--json").json["case"]
        return {entry["benefit"]: entry for entry in assist("--pack", FILE, "check", case, "--json").json}

    return judge


def bounds(entry: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    return [(limit["least"], limit["most"]) for limit in entry["amount_range"]]


def test_fixed_upper_lower_range_and_none(judged: Judged) -> None:
    found = judged()
    assert found["定额"]["amount"] == ["3000.00"]
    assert (found["上限"]["amount"], bounds(found["上限"])) == ([], [(None, "2000.00")])
    assert (found["下限"]["amount"], bounds(found["下限"])) == ([], [("1000.00", None)])
    assert (found["幅度"]["amount"], bounds(found["幅度"])) == ([], [("1000.00", "3000.00")])
    assert (found["未写金额"]["amount"], bounds(found["未写金额"])) == ([], [(None, None)])


@pytest.mark.parametrize(
    ("facts", "benefit", "amount"),
    [
        ({"所在区县": "甲区"}, "几个月低保", ["2250.00"]),
        ({"所在区县": "乙县"}, "几个月低保", ["1801.50"]),
        ({"低保": "是", "残疾": "是", "单亲家庭": "否"}, "叠加", ["2500.00"]),
        ({"低保": "是", "残疾": "是", "单亲家庭": "是"}, "取最高", ["2500.00"]),
        ({"第几次受助": "2"}, "按次", ["1600.00"]),
        ({"在读年级": "2"}, "按年级", ["1200.00"]),
        ({"零就业家庭": "是"}, "到期", ["2000.00"]),
        ({}, "一半", ["3000.01"]),
    ],
)
def test_reckoned_amounts(judged: Judged, facts: dict[str, str], benefit: str, amount: list[str]) -> None:
    """K months of a local line, additive, the best of several, by time, by grade, expiring, in halves."""
    assert judged(**facts)[benefit]["amount"] == amount


def test_a_ground_that_expired_gives_nothing(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSIST_TODAY", "2021-01-01")
    assert judged(零就业家庭="是")["到期"]["verdict"] == "not_eligible"


@pytest.mark.parametrize(
    ("on_file", "payer", "amount"), [("是", "市总工会", "3000.00"), ("否", "所在单位", "1000.00")]
)
def test_who_pays_goes_by_status(judged: Judged, on_file: str, payer: str, amount: str) -> None:
    entry = judged(在档=on_file)["谁来发"]
    assert (entry["payer"], entry["amount"]) == ([payer], [amount])


def test_half_now_and_half_against_invoices(judged: Judged) -> None:
    now, later = judged()["一半"]["portions"]
    assert (now["amount"], now["against"]) == (["1500.00"], None)
    assert (later["amount"], later["against"]) == (["1500.01"], "发票")


def test_a_share_of_the_entitled_with_the_tie_break_named(assist: Assist, judged: Judged) -> None:
    """Half of three, not stated how part of a person counts: one or two; equal incomes go by head-count."""
    judged("李甲", 家庭月人均收入="800", 家庭人口="3")
    judged("李乙", 家庭月人均收入="800", 家庭人口="5")
    judged("李丙", 家庭月人均收入="900", 家庭人口="3")
    [ranked] = assist("--pack", FILE, "check", "--places", "--json").json
    assert ranked["places"] == {"least": 1, "most": 2}
    assert [(one["name"], one["status"]) for one in ranked["cases"]] == [
        ("李乙", "within"),
        ("李甲", "depends"),
        ("李丙", "waiting"),
    ]
    assert ranked["cases"][0]["decides"]["clause"] == "十五"
    told = assist("--pack", FILE, "check", "--places").stdout
    assert "名额 1 或 2（不足一人怎么计，文件未规定）" in told
    assert "家庭人口高（晚、是）的在前（十五）" in told
