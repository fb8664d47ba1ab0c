"""Indicators come from what the packs define; the program only knows how each word is counted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistcli.policy.pack import load_pack, packaged_ids
from assistcli.policy.practice import NUMBERS, POPULATIONS, TRAITS
from assistcli.reports.indicators import chosen_indicators, explain_words, general_indicators
from assistcli.reports.measures import KNOWN
from tests.conftest import Assist, Founded, set_options

Add = Callable[..., str]


@pytest.fixture
def union(assist: Assist, founded: Founded) -> Add:
    """A store of the Yinchuan notice; adds children of registered families."""
    founded("yinchuan-2018", "2018", today="2018-08-20")

    def put(name: str, **facts: str) -> str:
        known = {"姓名": name, "职工身份证号": "520103196411140096", "在档": "是", "就业困难": "是", **facts}
        words = set_options(known)
        return str(assist("add", *words, "--json").json["case"])

    return put


def rows(assist: Assist) -> dict[str, list[Any]]:
    return {row[0]: row[1:] for row in assist("report", "indicators", "--json").json["rows"]}


def test_every_word_that_a_notice_may_use_can_be_counted() -> None:
    assert {*POPULATIONS, *TRAITS, *NUMBERS} == KNOWN
    defined = [i for name in packaged_ids() for i in load_pack(name).indicators]
    for indicator in [*general_indicators(), *defined]:
        assert {indicator.counts, *indicator.of.values()} <= KNOWN


def test_a_notices_own_definition_takes_the_general_ones_place() -> None:
    own = load_pack("yinchuan-2018").indicators
    chosen = {indicator.name: indicator for indicator in chosen_indicators(own)}
    assert chosen["帮扶就业率"].citation.clause == "二（二）2"
    assert chosen["排摸率"].citation.clause == ""
    assert len(chosen) == len(chosen_indicators(own))


def test_each_denominator_is_printed_until_one_is_adopted(assist: Assist, union: Add) -> None:
    """A-14: 2 of 3, 1 of 2, 1 of 1; then the adopted one alone, with its clause and reading."""
    placed, helped, _ = (union(name, 毕业年份="2018") for name in ("杨萱", "杨帆", "杨柳"))
    assist("log", helped, "电话", "岗位推荐", "谈话", "--date", "2018-08-01")
    for case in (placed, helped):
        assist("outcome", case, "10", "--evidence", "协议书", "--date", "2018-08-10")
    found = rows(assist)
    assert found["帮扶就业率（全部毕业生）"][1:4] == [2, 3, "66.7%"]
    assert found["帮扶就业率（需要帮扶的）"][1:4] == [1, 2, "50.0%"]
    assert found["帮扶就业率（受过帮扶的）"][1:4] == [1, 1, "100.0%"]
    assert "口径 A-14=未定（二（二）2）" in found["帮扶就业率（全部毕业生）"][0]
    assist("pack", "adopt", "A-14", "needing", "--by", "王老师", "--word", "市总工会电话")
    found = rows(assist)
    assert found["帮扶就业率"][1:4] == [1, 2, "50.0%"]
    assert "口径 A-14=needing（二（二）2）" in found["帮扶就业率"][0]
    assert found["帮扶就业率"][4] == "至少 60%（二（二）2）"
    assert not any(name.startswith("帮扶就业率（") for name in found)


def test_the_four_numbers_of_the_survey_carry_their_clause(assist: Assist, union: Add) -> None:
    """二（二）1: 在校子女, 高校毕业生, 已实现就业, 需要工会帮扶."""
    union("杨萱", 毕业年份="2018")
    union("杨帆", 毕业年份="2020")
    found = rows(assist)
    numbers = [found[name][1] for name in ("在校子女（学生）", "高校毕业生", "已实现就业", "需要帮扶")]
    assert numbers == [1, 1, 0, 1]
    assert all("（二（二）1）" in found[name][0] for name in ("高校毕业生", "已实现就业", "需要帮扶"))


def test_a_flag_keeps_whose_fact_says_yes_alone(assist: Assist, union: Add) -> None:
    union("杨萱", 毕业年份="2018", 零就业家庭="是")
    union("杨帆", 毕业年份="2018", 零就业家庭="否")
    union("杨柳", 毕业年份="2018")
    assert rows(assist)["零就业家庭毕业生帮扶就业率"][1:3] == [0, 1]


def test_which_of_two_figures_binds_goes_by_reading(assist: Assist, store: Path) -> None:
    """A-21: 50 and 60 stand side by side until somebody says which."""
    assist("pack", "adopt", "sicau-horticulture-2023", "服务次数", "--by", "王老师")
    assert rows(assist)["新岗位"][4] == "每月，至少 50个，争取 60个（一措（岗位），口径 A-21=未定）"
    assist("pack", "adopt", "A-21", "sixty", "--by", "王老师", "--word", "学院会议")
    assert rows(assist)["新岗位"][4] == "每月，至少 60个（一措（岗位），口径 A-21=sixty）"


def test_every_word_that_can_be_counted_is_explained() -> None:
    """Who opens a number reads what its words mean, with the year."""
    told = explain_words(sorted(KNOWN), 2018)
    assert told.count("；") >= len(KNOWN) - 1
    assert "毕业生：毕业年份不晚于 2018 年的" in told
    assert "{" not in told


def test_who_may_belong_to_a_group_is_told(assist: Assist, union: Add) -> None:
    """R1-17: of whom it is not known whether the household is without work, nobody is left out silently."""
    union("甲", 毕业年份="2018", 零就业家庭="是")
    union("乙", 毕业年份="2018", 零就业家庭="否")
    union("丙", 毕业年份="2018")
    told = assist("report", "indicators", "--json")
    rows = {row[0]: row[2:4] for row in told.json["rows"]}
    assert rows["零就业家庭毕业生帮扶就业率"] == [0, 1]
    assert "零就业家庭毕业生帮扶就业率：另有 1 人零就业家庭未填，未计入" in told.stderr


def test_who_is_in_school_needs_no_reason(assist: Assist, union: Add) -> None:
    """A pupil is not unplaced; of whom it is unknown a reason is asked for."""
    union("甲", 就学阶段="高中")
    union("乙", 就学阶段="大专以上")
    union("丙", 毕业年份="2017")
    rows = {row[0]: row[2] for row in assist("report", "indicators", "--json").json["rows"]}
    names = ("未落实且无原因", "在校子女（学生）", "是否在校未知", "高校毕业生")
    assert [rows[name] for name in names] == [2, 1, 1, 1]
