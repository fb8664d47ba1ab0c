"""The packaged notices carry what the registers of REQUIREMENTS demand, in the notices' own words."""

import json
import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from assistcli.policy.pack import load_pack, packaged_ids
from assistcli.policy.reading import OpenQuestion, Reading
from assistcli.policy.rules import Citation
from assistcli.sheets.packsheet import sheet_lines
from tests.policy.verbatim import MARKS, figures_in, mark_of, missing_passages, passages, squeezed

PACKS = {name: load_pack(name) for name in packaged_ids()}
DAMAGE = {
    "yinchuan-2018": [f"D-{n:02d}" for n in range(1, 17)],
    "sicau-horticulture-2023": ["D-17"],
    "dalian-2011": ["D-18"],
}
UNCLEAR = {
    "zust-2013": [1, 2, 3, 4, 5, 6, 7, 8, 9, 24, 25, 30, 31, 32, 35],
    "yinchuan-2018": [10, 11, 12, 13, 14, 15, 16, 17, 18, 28, 29, 34],
    "dalian-2011": [16, 26, 27, 33],
    "sicau-horticulture-2023": [19, 20, 21, 22],
    "key-groups-2022": [23],
}


def citations(part: Any) -> Iterator[Citation]:
    """Every citation anywhere in *part*."""
    if isinstance(part, Citation):
        yield part
    elif is_dataclass(part):
        for member in fields(part):
            yield from citations(getattr(part, member.name))
    elif isinstance(part, dict):
        for value in part.values():
            yield from citations(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from citations(value)


@pytest.mark.parametrize("name", PACKS)
def test_every_clause_was_compared_with_the_notice_word_for_word(name: str) -> None:
    """A clause that is new or touched has no mark yet: compare it (``tests/policy/verbatim.py``)."""
    marks = json.loads(MARKS.read_text(encoding="utf-8"))[name]
    assert {key: mark_of(words) for key, words in passages(PACKS[name]).items()} == marks


@pytest.mark.skipif("ASSIST_NOTICES" not in os.environ, reason="the notices are not in the project")
@pytest.mark.parametrize("name", PACKS)
def test_every_clause_stands_in_the_notice(name: str) -> None:
    assert missing_passages(PACKS[name], Path(os.environ["ASSIST_NOTICES"])) == []


@pytest.mark.parametrize("name", PACKS)
def test_every_rule_quotes_its_clause_word_for_word(name: str) -> None:
    pack = PACKS[name]
    cited = list(citations(pack))
    assert len(cited) >= 5
    for citation in cited:
        assert citation.clause in pack.clauses
        assert citation.quote.strip()
        assert squeezed(citation.quote) in squeezed(pack.clauses[citation.clause])


@pytest.mark.parametrize("name", PACKS)
def test_every_figure_of_money_stands_in_the_words_it_cites(name: str) -> None:
    """Amounts, caps, tiers, totals and parameters: the number itself is in the quote."""
    pack = PACKS[name]
    stated = [
        (row.text, row.citation.quote)
        for benefit in pack.benefits
        for row in benefit.amounts
        if row.text.isdecimal()
    ]
    stated += [(_yuan(item.cap.fen), item.cap.citation.quote) for item in pack.claims if item.cap]
    stated += [(_yuan(f), i.tiers.citation.quote) for i in pack.claims if i.tiers for f in i.tiers.fen]
    stated += [(_yuan(pack.total.fen), pack.total.citation.quote)] if pack.total else []
    stated += [
        (_yuan(figure.value[0]), rule.citation.quote)
        for rule in pack.parameters
        for figure in rule.parameter.figures
    ]
    assert [(yuan, quote) for yuan, quote in stated if yuan not in figures_in(quote)] == []


def _yuan(fen: int) -> str:
    return str(fen // 100)


def test_all_damaged_passages_are_there() -> None:
    """§1: D-01 to D-18, each in the notice it is from."""
    assert {n: [d.id for d in pack.damaged] for n, pack in PACKS.items() if pack.damaged} == DAMAGE


def test_all_unclear_clauses_are_there() -> None:
    """§8: A-01 to A-35, each with the question, options to choose from, and whom to ask."""
    found = {name: sorted([*pack.readings, *(q.id for q in pack.questions)]) for name, pack in PACKS.items()}
    assert found == {name: [f"A-{n:02d}" for n in sorted(ids)] for name, ids in UNCLEAR.items()}
    for name, pack in PACKS.items():
        told = "\n".join(sheet_lines(pack))
        unclear_clauses: list[Reading | OpenQuestion] = [*pack.readings.values(), *pack.questions]
        for unclear in unclear_clauses:
            assert unclear.question in told
            assert f"请问{unclear.decides}" in told
            assert len(unclear.options) >= 2, (name, unclear.id)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("yinchuan-2018", "2018-07-26〔推定，D-08〕"),
        ("yinchuan-2018", "（二（三）2，推定，见 D-03）"),
        ("yinchuan-2018", "（二（三）3，推定，见 D-09）"),
        ("dalian-2011", "当年考入大学学生“金秋助学”审批登记表（附件1，推定，见 D-18）"),
        ("sicau-horticulture-2023", "（首段，推定，见 D-17）"),
    ],
)
def test_what_is_read_from_damaged_words_is_marked(name: str, said: str) -> None:
    assert said in "\n".join(sheet_lines(PACKS[name]))


def test_a_rule_that_quotes_damaged_words_is_marked_by_itself() -> None:
    """No author has to remember the mark: 「813日前」 in the quote is enough."""
    for citation in citations(PACKS["yinchuan-2018"]):
        assert ("813日前" in citation.quote) <= ("D-03" in citation.damage)


AIDS = {
    "zust-2013": {
        "国家励志奖学金",
        "国家助学金",
        "学费减免",
        "勤工助学",
        "临时困难补助",
        "冬季送温暖",
        "火车补助",
    },
    "yinchuan-2018": {"国家奖学金", "国家助学金", "助学贷款", "交通费", "生活费", "就业补贴"},
    "dalian-2011": {"助学金", "奖学金", "小额贷款", "求职补贴"},
    "sicau-horticulture-2023": {"基层就业奖励金", "考研报名奖励金"},
    "key-groups-2022": set(),
}


@pytest.mark.parametrize(("name", "aids"), AIDS.items())
def test_aid_without_an_amount_is_named_with_its_words(name: str, aids: set[str]) -> None:
    """R0-24, R0-25, R1-08, R1-09, R2-12, R3-17: named, and no amount made up."""
    assert {aid.name for aid in PACKS[name].aids} == aids
    told = "\n".join(sheet_lines(PACKS[name]))
    assert all(f"{aid}：金额文件未规定" in told for aid in aids)


def test_the_notices_own_words_for_platforms_and_topics_are_there() -> None:
    """R0-37, R0-40, R0-41, R1-20, R2-10, R3-27."""
    words = {entry.kind: entry.words for pack in PACKS.values() for entry in pack.words}
    assert words["就业帮扶平台"] == ("百名优秀贫困生推荐活动", "宏志学子", "就业一卡通", "寒门学子招聘会")
    assert words["法律咨询话题"] == ("就业政策", "劳动合同", "社会保障", "权益维护")
    assert words["助学形式"] == ("连心助学", "结对助学", "捐赠助学", "冠名助学", "定向助学")
    assert words["帮扶平台"] == ("宏志助航计划",)


def test_the_papers_of_each_application_are_counted_as_the_notice_counts_them() -> None:
    """R2-16: four for the newly admitted; R2-17: five, 成绩单 and 鉴定 apart."""
    papers = {benefit.id: len(benefit.papers) for benefit in PACKS["dalian-2011"].benefits}
    assert (papers["金秋助学-新生"], papers["金秋助学-在读"]) == (4, 5)
