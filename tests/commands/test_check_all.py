"""``assist check`` over everybody, and the same person or household twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistcli import bulk
from tests.conftest import Assist, Founded, set_options

CHILD = {"职工姓名": "杨景", "职工身份证号": "520103196411140096", "考取年度": "2018", "在档": "是"}


def test_many_are_checked_block_by_block_and_counted_once(
    assist: Assist, student: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same verdicts however many cases are held at a time."""
    for number in range(7):
        student(f"1080000{number}", 就业能力特别弱="是", 贫困生等级="特别困难")
    monkeypatch.setattr(bulk, "BLOCK", 3)
    told = assist("check").stdout
    assert told.count("缺少的事实或口径") == 3
    assert "共 7 人" in told
    assert len(assist("check", "--json").json) == 7 * 6


def test_nobody_gives_an_empty_list(assist: Assist, store: Path) -> None:
    assert assist("check", "--json").json == []
    assert "共 0 人" in assist("check").stdout


def test_brothers_and_sisters_are_shown_for_a_person_to_decide(assist: Assist, founded: Founded) -> None:
    founded("yinchuan-2018", "2018")
    for name in ("杨萱", "杨帆"):
        facts = set_options({**CHILD, "姓名": name})
        assist("add", *facts, "--json")
    hits = assist("check", "杨萱", "--json").json[0]["overlaps"]
    assert [(hit["same"], hit["name"]) for hit in hits] == [("同一户", "杨帆")]
    assert "避免重复救助，由人判断" in assist("check", "杨萱").stdout


def test_not_in_file_is_told_to_register_first(assist: Assist, founded: Founded) -> None:
    founded("yinchuan-2018", "2018")
    facts = {**CHILD, "姓名": "杨萱", "在档": "否"}
    assist("add", *set_options(facts), "--json")
    for verdict in assist("check", "杨萱", "--json").json:
        assert verdict["verdict"] == "not_eligible"
        assert verdict["reasons"][0]["note"] == "先建档再申请"


@pytest.fixture
def twice(assist: Assist, founded: Founded) -> None:
    """Two children of one household in 2018, one of whom has a case under another notice too."""
    founded("yinchuan-2018", "2018")
    assist("pack", "use", "dalian-2011")
    for pack, name, number in (
        ("yinchuan-2018", "杨萱", "11010519491231002X"),
        ("yinchuan-2018", "杨帆", ""),
        ("dalian-2011", "杨萱", "11010519491231002X"),
    ):
        facts = {"姓名": name, "身份证号": number, "职工姓名": "杨景", "职工身份证号": CHILD["职工身份证号"]}
        words = [word for n, v in facts.items() if v for word in ("--set", f"{n}={v}")]
        assist("--pack", pack, "add", *words, "--json")
    person = {"姓名": "周宁", "职工身份证号": "440308199901101512"}
    words = set_options(person)
    assist("--pack", "yinchuan-2018", "add", *words, "--json")


def test_who_has_several_cases_is_listed_over_the_whole_store(assist: Assist, twice: None) -> None:
    """The same person under two notices, and the household of three; whoever stands alone is not there."""
    hits = assist("check", "--overlaps", "--json").json
    found = [(hit["same"], sorted(case["name"] for case in hit["cases"])) for hit in hits]
    assert found == [("同一人", ["杨萱", "杨萱"]), ("同一户", ["杨帆", "杨萱", "杨萱"])]
    assert {case["pack"] for case in hits[0]["cases"]} == {"yinchuan-2018", "dalian-2011"}
    assert {case["paid"] for case in hits[0]["cases"]} == {"0.00"}
    told = assist("check", "--overlaps").stdout
    assert "由人判断，程序不决定" in told
    assert CHILD["职工身份证号"] not in told


def test_a_list_ends_with_how_many_share_a_person_or_household(assist: Assist, twice: None) -> None:
    assert "2 处同一人或同一户有几个个案（避免重复救助，由人判断）" in assist("check").stdout


def test_without_any_the_list_says_nothing_of_it(assist: Assist, student: Callable[..., str]) -> None:
    student("10800001", 就业能力特别弱="是")
    assert "重复救助" not in assist("check").stdout
    assert assist("check", "--overlaps", "--json").json == []
    assert "没有同一人或同一户" in assist("check", "--overlaps").stdout


def test_overlaps_are_of_everybody(assist: Assist, twice: None) -> None:
    assert "看的是全体，不能写个案" in assist("check", "杨帆", "--overlaps", code=2).stderr
