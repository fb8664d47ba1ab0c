"""The fewest questions: against every way of asking, tried out."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistcli.policy import inquiry
from assistcli.policy.inquiry import Inquirer
from assistcli.policy.pack import load_pack
from assistcli.policy.verdict import Judge
from assistcli.values import Value
from tests.policy.test_possibility import ANSWERS, conditions, make_pack

Answers = Mapping[str, Sequence[Value]]
ASKED: Answers = {name: values for name, values in ANSWERS.items() if name != "家庭经济困难认定"}


def missing(judge: Judge, known: dict[str, Value]) -> list[str]:
    """What the verdicts hang on."""
    return list(dict.fromkeys(name for verdict in judge.verdicts(known) for name in verdict.missing))


def fewest_at_worst(judge: Judge, known: dict[str, Value], answers: Answers) -> int:
    """Questions that the best way of asking needs where answers fall worst; every way is tried."""

    @cache
    def fewest(state: frozenset[tuple[str, Value]]) -> int:
        here = dict(state)
        names = missing(judge, here)
        return min(
            (1 + max(fewest(state | {(name, value)}) for value in answers[name]) for name in names), default=0
        )

    return fewest(frozenset(known.items()))


def questions_asked(inquirer: Inquirer, known: dict[str, Value], case: Mapping[str, Value]) -> list[str]:
    """The questions put to a clerk who answers for *case*."""
    asked = []
    while found := inquirer.next(known):
        asked.append(found.fact)
        known = {**known, found.fact: case[found.fact]}
    return asked


def most_asked(judge: Judge, known: dict[str, Value], answers: Answers) -> int:
    """Questions really asked where answers fall worst."""
    names = sorted(answers.keys() - known.keys())
    cases = (dict(zip(names, picked, strict=True)) for picked in product(*(answers[n] for n in names)))
    inquirer = Inquirer(judge)
    return max(len(questions_asked(inquirer, known, case)) for case in cases)


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.tuples(conditions, conditions), min_size=1, max_size=2),
    known=st.fixed_dictionaries({}, optional={n: st.sampled_from(v) for n, v in ASKED.items()}),
    adopted=st.sampled_from([{}, {"R-0": "a"}, {"R-0": "b", "R-1": "a"}]),
)
def test_no_way_of_asking_is_sure_of_fewer_questions(
    texts: list[tuple[str, str]], known: dict[str, Value], adopted: dict[str, str]
) -> None:
    judge = Judge(make_pack(texts), adopted, 2013)
    fewest = fewest_at_worst(judge, known, ASKED)
    first = Inquirer(judge).next(known)
    assert (first.most if first else 0) == fewest
    assert most_asked(judge, known, ASKED) == fewest


def kinds(judge: Judge, known: dict[str, Value]) -> Answers:
    """Answers of every kind to the facts that are missing; of quantities, none."""
    return {
        gap.name: [way[gap.name] for way in gap.ways]
        for gap in judge.gaps(known)
        if gap.name in missing(judge, known)
    }


ZUST: dict[str, Value] = {"就业能力特别弱": True, "民族": "汉族", "学业困难": False}
YINCHUAN: dict[str, Value] = {
    "在档": True,
    "统招": True,
    "军队院校": False,
    "家庭年度总收入": 3_000_000,
    "子女年度学费支出": 0,
    "家庭人口": 3,
    "就业困难": True,
}


@pytest.mark.parametrize(
    ("name", "year", "adopted", "known"),
    [
        ("zust-2013", 2013, {}, {**ZUST, "全日制": True, "身心有缺陷": False}),
        ("zust-2013", 2013, {"A-35": "priority"}, {"单亲家庭": False, "身心有缺陷": False, "灾害地区": True}),
        ("zust-2013", 2013, {"A-35": "condition", "A-31": "any-grade"}, ZUST),
        ("yinchuan-2018", 2018, {"A-10": "zero"}, YINCHUAN),
        ("yinchuan-2018", 2018, {"A-10": "coming"}, {**YINCHUAN, "家庭年度总收入": 2_600_000}),
        ("yinchuan-2018", 2018, {}, {**YINCHUAN, "工会助学资金": 0}),
        ("dalian-2011", 2011, {"A-33": "admitted"}, {"就学阶段": "大专以上", "毕业年份": 2012}),
        (
            "dalian-2011",
            2011,
            {},
            {"在档": True, "国家助学未覆盖": True, "毕业年份": 2011, "所学学历": "本科"},
        ),
    ],
)
def test_the_notices_are_asked_about_as_shortly_as_can_be(
    name: str, year: int, adopted: dict[str, str], known: dict[str, Value]
) -> None:
    judge = Judge(load_pack(name), adopted, year)
    answers = kinds(judge, known)
    first = Inquirer(judge).next(known)
    assert first is not None
    assert first.most == fewest_at_worst(judge, known, answers)
    assert most_asked(judge, known, answers) == first.most


@pytest.mark.parametrize(
    ("name", "year", "facts", "most"),
    [("zust-2013", 2013, 10, 10), ("yinchuan-2018", 2018, 13, 13), ("dalian-2011", 2011, 8, 8)],
)
def test_even_of_a_blank_case_the_shortest_way_is_reckoned_out(
    name: str, year: int, facts: int, most: int
) -> None:
    judge = Judge(load_pack(name), {}, year)
    assert len(missing(judge, {})) == facts
    first = Inquirer(judge).next({})
    assert first is not None
    assert first.most == most


def test_of_ways_equal_at_worst_the_one_shorter_on_average_is_taken() -> None:
    """Three questions at worst in any order; one answer in two settles it where the right one comes first."""
    text = "单亲家庭 或 学业困难 且 全日制"
    first = Inquirer(Judge(make_pack([(text, text)]), {}, 2013)).next({})
    assert first is not None
    assert (first.fact, first.most) == ("单亲家庭", 3)


def test_quantities_that_count_together_are_asked_one_after_the_other() -> None:
    """The income test of Yinchuan is one question of several facts: none of them settles anything before."""
    judge = Judge(load_pack("yinchuan-2018"), {"A-10": "zero", "A-11": "any", "A-34": "counts"}, 2018)
    case: dict[str, Value] = {
        "在档": True, "统招": True, "军队院校": False, "招生批次": "一本", "考取年度": 2018, "就业困难": True,
        "学校所在省": "甘肃", "家庭年度总收入": 3_000_000, "子女年度学费支出": 0, "家庭人口": 3,
    }  # fmt: skip
    asked = questions_asked(Inquirer(judge), {}, case)
    places = sorted(asked.index(name) for name in ("家庭年度总收入", "子女年度学费支出", "家庭人口"))
    assert places[2] - places[0] == 2
    assert asked[0] == "在档"


def test_beyond_the_bound_the_fact_that_leaves_least_open_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge(load_pack("zust-2013"), {}, 2013)
    for bound in ("MOST_KINDS", "MOST_STATES"):
        with monkeypatch.context() as patch:
            patch.setattr(inquiry, bound, 5)
            found = Inquirer(judge).next({})
            assert found is not None
            assert (found.fact, found.most) == ("就业能力特别弱", None)


def test_a_fact_that_was_passed_over_is_not_asked_again() -> None:
    judge = Judge(load_pack("zust-2013"), {}, 2013)
    inquirer, passed = Inquirer(judge), set[str]()
    while found := inquirer.next({}, frozenset(passed)):
        assert found.fact not in passed
        passed.add(found.fact)
    assert len(passed) == 10
