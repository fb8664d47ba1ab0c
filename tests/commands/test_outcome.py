"""Outcomes through the command line: codes, stages that close nothing, and the table they feed."""

import re
from collections.abc import Callable

import pytest

from assistcli.followup.placement import destinations
from tests.conftest import Assist

Student = Callable[..., str]
A_FACTS = {
    "就业能力特别弱": "是", "贫困生等级": "特别困难", "民族": "汉族", "灾害地区": "否", "突发性事件": "否",
    "学业困难": "否", "身心有缺陷": "否", "单亲家庭": "否",
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "word", "code", "placed"),
    [
        ("10", "签就业协议形式就业", "10", True),
        ("801", "境内升学—研究生", "801", True),
        ("70.0", "待就业", "70", False),
        ("签劳动合同形式就业", "签劳动合同形式就业", "11", True),
        ("意向", "意向", None, False),
        ("实习", "实习", None, False),
    ],
)
def test_codes_and_words(
    assist: Assist, student: Student, said: str, word: str, code: str | None, placed: bool
) -> None:
    """National codes as spreadsheets give them, official words and everyday ones."""
    answer = assist("outcome", student(), said, "--employer", "某公司", "--json").json
    assert (answer["status"], answer["code"], answer["placed"]) == (word, code, placed)
    assert answer["date"] == "2013-06-01"


def test_an_unknown_word_or_code_is_refused(assist: Assist, student: Student) -> None:
    """Exit 3; nothing is guessed."""
    number = student()
    assert "是不是" in assist("outcome", number, "签约了", code=3).stderr
    assert "99" in assist("outcome", number, "99", code=3).stderr
    assist("outcome", "没有的人", "签约", code=5)


def test_the_words_that_may_be_said_are_listed_once_with_their_codes(
    assist: Assist, student: Student
) -> None:
    """科研助理 and 出国/出境 stood there twice; each is taken as it is listed, and each code."""
    number = student()
    (line,) = [said for said in assist("outcome", number, "x", code=3).stderr.splitlines() if "可用" in said]
    listed = line.partition("可用：")[2].partition("（也可写")[0].split("，")
    assert "科研助理、管理助理（27、271）" in listed
    assert "出国、出境（85）" in listed
    names = [part for entry in listed for part in entry.partition("（")[0].split("、")]
    assert len(names) == len(set(names))
    for word in ("科研助理", "管理助理", "三支一扶"):
        assert line.count(word) == 1
    for word in ("科研助理", "管理助理", "出国、出境", "27", "271", "85", "502"):
        assert assist("outcome", number, word, "--json").json["placed"] is True
    assert {entry.code for entry in destinations().values()} - set(re.findall(r"\d+", line)) == {""}


def test_a_placement_without_evidence_is_said(assist: Assist, student: Student) -> None:
    """Recorded, but asked for."""
    number = student()
    assert "证明材料" in assist("outcome", number, "签约", "--employer", "某公司").stderr
    assert not assist("outcome", number, "签约", "--evidence", "协议书").stderr
    assert "未落实，继续跟进" in assist("outcome", number, "实习").stdout


def last_column(assist: Assist) -> list[object]:
    """最终单位落实情况 of everybody in the detail table."""
    return [row[-1] for row in assist("report", "detail", "--json").json["rows"]]


def test_the_outcome_feeds_the_detail_table(assist: Assist, student: Student) -> None:
    """自报 until an outcome is recorded; an intention prints nothing of its own."""
    number = student(**A_FACTS, 最终单位落实情况="自家说的厂")
    assert last_column(assist) == ["自家说的厂（自报）"]
    assist("outcome", number, "意向", "--employer", "某公司")
    assert last_column(assist) == ["自家说的厂（自报）"]
    assist("outcome", number, "10", "--employer", "某公司", "--evidence", "协议书")
    assert last_column(assist) == ["某公司 签就业协议形式就业"]
    assist("outcome", number, "待就业", "--reason", "解约")
    assert last_column(assist) == ["自家说的厂（自报）"]


def test_undo_takes_an_outcome_back(assist: Assist, student: Student) -> None:
    """An outcome is an entry like all others."""
    number = student(**A_FACTS)
    assist("outcome", number, "10", "--employer", "某公司", "--evidence", "协议书")
    assist("undo")
    assert last_column(assist) == [None]
