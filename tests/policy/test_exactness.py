"""No threshold is rounded across: against a second implementation in fractions, near every line.

``ASSIST_EXACT_CASES=1000000 pytest tests/policy/test_exactness.py`` is the long run.
"""

import os
import random
from datetime import date
from fractions import Fraction

import pytest

from assistcli.model import Claim, Step
from assistcli.policy.entitlement import entitlement_of
from assistcli.policy.pack import load_pack
from assistcli.policy.subsidy import settle_account
from assistcli.policy.verdict import ELIGIBLE, NOT_ELIGIBLE, Judge
from assistcli.values import Value

CASES = int(os.environ.get("ASSIST_EXACT_CASES", "20000"))
LINE = Fraction(840)
GRANTS = {(True, True): 4000, (True, False): 5000, (False, True): 3000, (False, False): 4000}
CERTAIN: dict[str, Value] = {
    "在档": True,
    "统招": True,
    "招生批次": "一本",
    "军队院校": False,
    "所学学历": "本科",
}


def near_the_line(pick: random.Random) -> dict[str, Value]:
    """A household whose monthly income per head lies within a few fen of the line, or on it."""
    people = pick.randint(1, 9)
    tuition, aid = (
        pick.randint(0, 1_500_000),
        pick.choice((0, 300_000, 400_000, 500_000, pick.randint(0, 900_000))),
    )
    income = 84_000 * 12 * people + tuition - aid + pick.choice((-1, 0, 1, pick.randint(-40, 40)))
    return {
        "家庭人口": people,
        "子女年度学费支出": tuition,
        "工会助学资金": aid,
        "家庭年度总收入": max(income, 0),
        "学校所在省": pick.choice(("宁夏", "甘肃")),
        "考取年度": pick.choice((2018, 2017)),
        "首次受助年度": 2017,
    }


def by_fractions(facts: dict[str, Value], reading: str) -> str:
    """The verdict reckoned a second way: yuan as fractions, divided out."""
    near, new = facts["学校所在省"] == "宁夏", facts["考取年度"] == 2018
    counted = {
        "zero": Fraction(0),
        "received": Fraction(int(facts["工会助学资金"]), 100),
        "coming": Fraction(GRANTS[new, near]),
    }[reading]
    income, tuition = (
        Fraction(int(facts["家庭年度总收入"]), 100),
        Fraction(int(facts["子女年度学费支出"]), 100),
    )
    monthly = (income - tuition + counted) / 12 / int(facts["家庭人口"])
    return ELIGIBLE if monthly < LINE else NOT_ELIGIBLE


def test_random_households_near_the_line_are_judged_as_fractions_judge_them() -> None:
    pack = load_pack("yinchuan-2018")
    judges = {option: Judge(pack, {"A-10": option}, 2018) for option in ("zero", "received", "coming")}
    pick, benefit, wrong = random.Random(840), pack.benefits[0], 0  # noqa: S311 — the same cases every run
    for number in range(CASES):
        facts = CERTAIN | near_the_line(pick)
        option = ("zero", "received", "coming")[number % 3]
        wrong += judges[option].word(benefit, facts) != by_fractions(facts, option)
    assert wrong == 0


@pytest.mark.parametrize("people", range(1, 8))
@pytest.mark.parametrize(("step", "expected"), [(-1, ELIGIBLE), (0, NOT_ELIGIBLE), (1, NOT_ELIGIBLE)])
def test_one_fen_decides_at_the_income_line(people: int, step: int, expected: str) -> None:
    """−0.01, 0 and +0.01 yuan at the line, by the short way and by the long one."""
    pack = load_pack("yinchuan-2018")
    judge = Judge(pack, {"A-10": "zero"}, 2018)
    facts = CERTAIN | {
        "家庭人口": people,
        "子女年度学费支出": 0,
        "家庭年度总收入": 84_000 * 12 * people + step,
        "学校所在省": "宁夏",
        "考取年度": 2018,
    }
    assert judge.verdict(pack.benefits[0], facts).verdict == expected
    assert judge.word(pack.benefits[0], facts) == expected
    del facts["学校所在省"]  # now the amount is open, and the verdict goes the long way
    assert judge.verdict(pack.benefits[0], facts).verdict == expected


def test_every_fen_within_forty_yuan_under_the_line_is_granted() -> None:
    """REQUIREMENTS §9.1: rounding before comparing refuses 16,599 of 27,993 of them; exact comparing none."""
    pack = load_pack("yinchuan-2018")
    judge = Judge(pack, {"A-10": "zero"}, 2018)
    facts = CERTAIN | {"子女年度学费支出": 0, "学校所在省": "宁夏", "考取年度": 2018}
    refused = [
        (people, short)
        for people in range(1, 8)
        for short in range(1, 4_000)
        if judge.word(
            pack.benefits[0],
            {**facts, "家庭人口": people, "家庭年度总收入": 84_000 * 12 * people - short},
        )
        != ELIGIBLE
    ]
    assert refused == []


DOUBLE: dict[str, Value] = {"全日制": True, "应届": True, "就业能力特别弱": True, "贫困生等级": "特别困难"}


@pytest.mark.parametrize(
    ("fee", "allowed"), [(139_998, 69_999), (140_000, 70_000), (140_001, 70_000), (140_002, 70_000)]
)
def test_one_fen_decides_at_the_total_of_a_thousand(fee: int, allowed: int) -> None:
    """300.00 and half of the fee: 699.99, 700.00, half a fen dropped, and cut at 1000.00."""
    assert settled([("差旅费", 30_000), ("考证培训费", fee)])[1] == allowed


@pytest.mark.parametrize(("asked", "allowed"), [(19_999, 19_999), (20_000, 20_000), (20_001, 20_000)])
def test_one_fen_decides_at_the_cap_of_five_hundred(asked: int, allowed: int) -> None:
    assert settled([("差旅费", 30_000), ("体检费", asked)])[1] == allowed


def settled(asked: list[tuple[str, int]]) -> list[int | None]:
    """What is allowed of claims in zust-2013 under plain readings, receipts counted by the fen."""
    pack, day = load_pack("zust-2013"), date(2013, 5, 20)
    adopted = {"A-01": "yes", "A-02": "yes", "A-03": "receipt", "A-04": "whole"}
    claims = [
        Claim(id=str(n), case="甲", item=item, asked=fen, day=day, mode="报销", certificate="Z", issued=day)
        for n, (item, fen) in enumerate(asked)
    ]
    granted = [Step(id="s", case="甲", step="学校批准", day=day, by="乙", result="同意")]
    entitlement = entitlement_of(pack, Judge(pack, adopted, 2013).verdicts(DOUBLE), granted)
    return [result.allowed for result in settle_account(pack, claims, adopted, entitlement).claims]
