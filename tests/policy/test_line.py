"""What every answer to missing quantities agrees on is said, and only those that can matter are asked for.

Against brute force: every missing amount is tried at each fen up to nine, and very large.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistcli.fields import catalogue
from assistcli.policy.expression import ExpressionError, parse_condition
from assistcli.policy.kleene import Truth
from assistcli.policy.line import Line
from assistcli.policy.logic import compile_truth
from assistcli.policy.pack import load_pack, packaged_ids
from assistcli.policy.plan import TestBench
from assistcli.policy.reading import Open
from assistcli.policy.rules import Pack
from assistcli.policy.scope import BUILT_IN, YEAR, Figure, Parameter, Scope
from assistcli.policy.verdict import Judge
from assistcli.values import Value
from tests.policy.test_possibility import make_pack

A, B, PEOPLE = "家庭年度总收入", "子女年度学费支出", "家庭人口"
SCOPE = Scope(
    fields={**catalogue(), **BUILT_IN},
    parameters={
        "线": Parameter(unit="money", figures=(Figure(since="2000-01-01", place="", value=(3, 1)),)),
        "地方线": Parameter(
            unit="money",
            by="学校所在省",
            figures=(
                Figure(since="2000-01-01", place="宁夏", value=(2, 1)),
                Figure(since="2000-01-01", place="甘肃", value=(4, 1)),
            ),
        ),
    },
    formulas={
        "按人": Open.settled(((None, parse_condition(f"({A} 减 {B}) 除以 {PEOPLE}")),)),
        "分档": Open.settled(
            ((parse_condition("统招"), parse_condition(A)), (None, parse_condition(f"{A} 减 {B}")))
        ),
    },
)
GIVEN: dict[str, Value] = {YEAR: 2018, "线": 3}
ANSWERS: dict[str, tuple[Value, ...]] = {
    A: tuple(range(4)),
    B: tuple(range(4)),
    PEOPLE: (1, 2, 3),
    "统招": (True, False),
    "学校所在省": ("宁夏", "甘肃"),
}
FURTHER: dict[str, tuple[Value, ...]] = {
    A: (*range(4, 40), 10**7),
    B: (*range(4, 40), 10**7),
    PEOPLE: (4, 5, 10**5),
}
"""Answers to try beside those that may be known: past every line, and past every other answer."""

amounts = st.recursive(
    st.sampled_from([A, B, "0.02", "0.05", "线", "地方线", "按人", "分档"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["加", "减"]), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        inner.map(lambda text: f"({text} 除以 {PEOPLE})"),
        st.tuples(inner, st.sampled_from(["2", "0.5", "3"])).map(lambda p: f"({p[0]} 乘 {p[1]})"),
    ),
    max_leaves=4,
)
relations = st.sampled_from(["低于", "不高于", "高于", "不低于", "为", "不为"])
comparisons = st.tuples(amounts, relations, amounts).map(" ".join)
knowns = st.fixed_dictionaries({}, optional={name: st.sampled_from(v) for name, v in ANSWERS.items()})


def completions(known: Mapping[str, Value], names: AbstractSet[str]) -> Iterator[dict[str, Value]]:
    """Every way to answer those of *names* that *known* leaves open."""
    free = sorted(names - known.keys())
    for picked in product(*((*ANSWERS[name], *FURTHER.get(name, ())) for name in free)):
        yield {**GIVEN, **known, **dict(zip(free, picked, strict=True))}


def compiled(text: str) -> Truth:
    """The condition *text*; what cannot be a condition is not tried."""
    try:
        truth = compile_truth(parse_condition(text), SCOPE)
    except ExpressionError:
        assume(False)
    return truth


def turning_facts(found: list[tuple[dict[str, Value], bool | None]], free: AbstractSet[str]) -> set[str]:
    """Those of *free* of which two completions that differ in it alone differ in their result."""
    turning = set()
    for name in sorted(free):
        seen: dict[tuple[tuple[str, Value], ...], bool | None] = {}
        for facts, result in found:
            rest = tuple((n, v) for n, v in facts.items() if n != name)
            if seen.setdefault(rest, result) != result:
                turning.add(name)
                break
    return turning


FINITE = {"统招", "学校所在省"}


@settings(max_examples=100, deadline=None)
@given(text=comparisons, known=knowns)
def test_a_comparison_is_sure_exactly_where_every_answer_agrees(text: str, known: dict[str, Value]) -> None:
    """However often a fact occurs in it; the finite facts are known, as they are enumerated before."""
    truth = compiled(text)
    known = {"统招": True, "学校所在省": "宁夏", **known}
    found = [(facts, truth.holds(facts)) for facts in completions(known, ANSWERS.keys())]
    results = {result for _, result in found}
    expected = results.pop() if len(results) == 1 else None
    out_of_reach = "为" in text  # what would be equal may lie beyond what is tried
    bounded = out_of_reach or any(line.beyond_reach for line in truth.lines)  # as pack check remarks
    assert truth.sure({**GIVEN, **known}) in ({expected, None} if bounded else {expected})
    if expected is None:
        wanted, turning = truth.wants({**GIVEN, **known}), turning_facts(found, ANSWERS.keys() - known.keys())
        assert wanted == turning or (bounded and wanted > turning)


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        (f"({A} 加 {B}) 除以 {PEOPLE} 不低于 {A} 除以 {PEOPLE}", {}, True),
        (f"{A} 减 {A} 低于 0.01", {}, True),
        (f"{A} 乘 2 为 0.03", {}, False),
        (f"{A} 乘 2 减 {B} 乘 4 为 0.03", {}, False),
        (f"{A} 加 {B} 低于 0.05", {A: 5}, False),
        (f"{A} 减 {B} 低于 线 乘 {PEOPLE}", {A: 2}, True),
        (f"{A} 减 {B} 低于 线 乘 {PEOPLE}", {A: 5}, None),
        (f"{A} 除以 {PEOPLE} 低于 地方线", {A: 1, "学校所在省": "甘肃"}, True),
        (f"{A} 除以 {PEOPLE} 低于 地方线", {A: 1, "学校所在省": "陕西"}, None),
        ("毕业年份 加 考取年度 高于 3799", {}, True),
        ("毕业年份 加 考取年度 高于 5998", {}, False),
        ("毕业年份 减 考取年度 不低于 0", {"考取年度": 1900}, True),
        (f"{PEOPLE} 乘 {PEOPLE} 低于 1", {}, False),
        (f"{PEOPLE} 乘 {PEOPLE} 为 3", {}, False),
        (f"{A} 乘 3 加 {B} 乘 5 为 0.07", {}, False),
        (f"{A} 乘 3 加 {B} 乘 5 为 0.08", {}, None),
        (f"{A} 乘 {PEOPLE} 减 {B} 乘 2 低于 {A} 乘 {PEOPLE}", {B: 1}, True),
    ],
)
def test_what_is_certain_of_a_formula(text: str, known: dict[str, Value], expected: bool | None) -> None:
    assert compile_truth(parse_condition(text), SCOPE).sure({**GIVEN, **known}) is expected


@pytest.mark.parametrize(
    ("text", "known", "wanted"),
    [
        (f"({A} 加 {B}) 除以 {PEOPLE} 低于 {B} 乘 2", {A: 0}, {B}),
        (f"({A} 加 {B}) 除以 {PEOPLE} 低于 {B} 乘 2", {}, {A, B, PEOPLE}),
        ("毕业年份 乘 10000 加 考取年度 高于 20134999", {}, {"毕业年份"}),
        (f"{A} 乘 {PEOPLE} 为 {B} 乘 {PEOPLE}", {}, {A, B}),
        (f"{B} 除以 {PEOPLE} 低于 ({A} 加 按人) 除以 {PEOPLE}", {}, {A, B}),
        (f"按人 乘 2 低于 按人 除以 {PEOPLE} 除以 {PEOPLE}", {}, {A, B}),
        (f"按人 低于 线 除以 3 除以 {PEOPLE} 除以 {PEOPLE}", {}, {A, B}),
    ],
)
def test_only_what_can_turn_a_product_is_asked_for(
    text: str, known: dict[str, Value], wanted: set[str]
) -> None:
    """Who counts where missing facts are multiplied is searched for, not assumed of all."""
    assert compile_truth(parse_condition(text), SCOPE).wants({**GIVEN, **known}) == wanted


def test_a_cube_of_a_missing_count_is_not_settled_by_its_least() -> None:
    """n³ < 30 holds for three people and not for four: it was once called certain."""
    text = f"{PEOPLE} 乘 {PEOPLE} 乘 {PEOPLE} 低于 30"
    verdict = Judge(make_pack([(text, text)], "household"), {}, 2013).verdicts({})[0]
    assert (verdict.verdict, verdict.missing) == ("unknown", (PEOPLE,))


def test_a_figure_from_before_its_first_day_settles_nothing() -> None:
    """The line of 2018 says nothing on a case of 2017; no fact of it can help, so none is asked for."""
    pack = load_pack("yinchuan-2018")
    facts: dict[str, Value] = {
        "在档": True,
        "统招": True,
        "招生批次": "一本",
        "军队院校": False,
        "考取年度": 2017,
    }
    verdict = Judge(pack, {"A-10": "zero"}, 2017).verdict(pack.benefits[0], {**facts, "家庭年度总收入": 0})
    assert verdict.verdict == "unknown"
    assert not {"子女年度学费支出", "家庭人口"} & set(verdict.missing)


yesno = st.sampled_from(["统招", "非 统招", "在档"])
ruled = st.tuples(
    st.sampled_from(["{0}", "{0} 且 {1}", "{0} 或 {1}", "非 ({0}) 且 {1}"]),
    st.tuples(
        st.sampled_from([A, f"({A} 减 {B})", f"({A} 加 {B}) 除以 {PEOPLE}", f"{A} 减 {B} 除以 2"]),
        relations,
        st.sampled_from(["0.02", "0.05", B, f"{B} 乘 2"]),
    ).map(" ".join),
    yesno,
).map(lambda p: p[0].format(p[1], p[2]))


def agreement(pack: Pack, known: dict[str, Value], options: str) -> tuple[set[str], set[str]]:
    """The verdicts that all completions give under one combination of readings, and the turning facts."""
    adopted = {f"R-{n}": option for n, option in enumerate(options)}
    judge, names = Judge(pack, adopted, 2013), {*ANSWERS, "在档"}
    free = names - known.keys() - {"学校所在省"}
    found = []
    for facts in completions({"学校所在省": "宁夏", **known}, names - {"在档"}):
        for last in (True, False) if "在档" in free else (known["在档"],):
            full = {**facts, "在档": last}
            found.append((full, judge.word(pack.benefits[0], full) == "eligible"))
    words = {"eligible" if result else "not_eligible" for _, result in found}
    return words if len(words) == 1 else {"unknown"}, turning_facts(found, free)  # type: ignore[arg-type]


@settings(max_examples=20, deadline=None)
@given(
    texts=st.tuples(ruled, ruled),
    known=st.fixed_dictionaries(
        {}, optional={n: st.sampled_from(v) for n, v in ANSWERS.items() if n != "学校所在省"}
    ),
    extra=st.sampled_from([{}, {"在档": True}, {"在档": False}]),
)
def test_verdicts_on_quantities_are_certain_and_their_missing_facts_matter(
    texts: tuple[str, str], known: dict[str, Value], extra: dict[str, Value]
) -> None:
    """One condition read in two ways, amounts and people unknown: the verdict and ``missing`` are exact."""
    pack, known = make_pack([texts], "household"), {**known, **extra}
    words, needed = set(), set()
    for option in "ab":
        found, turning = agreement(pack, known, option)
        words |= found
        needed |= turning
    verdict = Judge(pack, {}, 2013).verdicts(known)[0]
    assert verdict.verdict == (
        words.pop() if len(words) == 1 else "unknown" if "unknown" in words else "depends"
    )
    assert set(verdict.missing) == needed


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(ruled, min_size=2, max_size=3), data=st.data())
def test_one_missing_quantity_is_settled_however_many_comparisons_hang_on_it(
    texts: list[str], data: st.DataObject
) -> None:
    """Several conditions on the same missing amount: its values are tried on every side of every line."""
    pack = make_pack([(text, text) for text in texts], "household")
    missing = data.draw(st.sampled_from([A, B, PEOPLE]))
    known = {n: data.draw(st.sampled_from(v)) for n, v in ANSWERS.items() if n != missing}
    known["在档"] = data.draw(st.booleans())
    words, needed = agreement(pack, known, "a" * len(texts))
    verdict = Judge(pack, {}, 2013).verdicts(known)[0]
    assert {verdict.verdict} == words
    assert set(verdict.missing) == needed


@settings(max_examples=10, deadline=None)
@given(
    texts=st.lists(ruled, min_size=2, max_size=2),
    known=st.fixed_dictionaries(
        {"统招": st.booleans(), "在档": st.booleans()}, optional={A: st.integers(0, 3)}
    ),
)
def test_several_missing_quantities_are_settled_where_comparisons_cross(
    texts: list[str], known: dict[str, Value]
) -> None:
    """Two conditions on the same missing amounts and people: what they exclude together is not asked for."""
    words, needed = agreement(pack := make_pack([(text, text) for text in texts], "household"), known, "aa")
    verdict = Judge(pack, {}, 2013).verdicts(known)[0]
    if any("为" in text for text in texts):  # what would be equal may lie beyond what is tried
        assert verdict.verdict in {*words, "unknown"}
        assert set(verdict.missing) >= needed
    else:
        assert ({verdict.verdict}, set(verdict.missing)) == (words, needed)


def test_conditions_that_exclude_each_other_are_certain_whatever_is_missing() -> None:
    """Below five yuan and above six: not entitled, and nobody is asked for income or tuition."""
    texts = [f"{A} 减 {B} 低于 5", f"{A} 减 {B} 高于 6"]
    verdict = Judge(make_pack([(text, text) for text in texts], "household"), {}, 2013).verdicts({})[0]
    assert (verdict.verdict, verdict.missing) == ("not_eligible", ())


@pytest.mark.parametrize("name", packaged_ids())
def test_the_five_notices_use_only_what_is_settled_exactly(name: str) -> None:
    """Every comparison can be cleared, none multiplies facts, one alone on each path reckons with several."""
    pack = load_pack(name)
    bench = TestBench(pack, {})
    for path in (path for plan in bench.plans for path in plan.paths):
        tests = [bench.tests[place] for place in path.tests] + [payment.when for payment in path.payments]
        lines = [line for test in tests for line in test.lines if isinstance(line, Line)]
        reckoning = {id(line.node) for line in lines if len(line.facts) > 1}
        assert len({id(test) for test in tests for line in test.lines if id(line.node) in reckoning}) <= 1  # type: ignore[attr-defined]
        given = Judge(pack, {}, pack.issued.year if pack.issued else 2023).complete({})
        for line in lines:
            assert line.rest(given) is not None
            assert not line.beyond_reach
