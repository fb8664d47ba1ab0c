"""Bounds of what is missing: nothing is called certain that some answer would contradict."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistcli.fields import catalogue
from assistcli.policy.expression import ExpressionError, parse_condition
from assistcli.policy.logic import compile_quantity, compile_truth, demand_divisors
from assistcli.policy.quantity import unit_of
from assistcli.policy.scope import BUILT_IN, Figure, Parameter, Scope
from assistcli.values import Value

LINE = Parameter(unit="money", figures=(Figure(since="2000-01-01", place="", value=(84_000, 1)),))
SCOPE = Scope(
    fields={**catalogue(), **BUILT_IN},
    parameters={
        "收入线": Parameter(unit="money", figures=(Figure(since="2000-01-01", place="", value=(84_000, 1)),))
    },
)
MONEY = ("家庭年度总收入", "子女年度学费支出", "工会助学资金")
GIVEN: dict[str, Value] = {"年份": 2018, "收入线": 84_000}

amounts = st.recursive(
    st.sampled_from([*MONEY, "收入线", "100"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["加", "减"]), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        inner.map(lambda text: f"({text} 除以 家庭人口)"),
        st.tuples(inner, st.sampled_from(["2", "0.5", "12"])).map(lambda p: f"({p[0]} 乘 {p[1]})"),
    ),
    max_leaves=4,
)
answers = st.fixed_dictionaries(
    dict.fromkeys(MONEY, st.sampled_from([0, 1, 9_999, 84_000, 1_008_000, 10**9]))
    | {"家庭人口": st.integers(1, 9)}
)


@settings(max_examples=300, deadline=None)
@given(
    left=amounts,
    right=amounts,
    relation=st.sampled_from(["低于", "不高于", "高于", "不低于", "为", "不为"]),
    full=answers,
    known=st.sets(st.sampled_from([*MONEY, "家庭人口"])),
)
def test_what_the_bounds_settle_holds_for_every_answer(
    left: str, right: str, relation: str, full: dict[str, int], known: set[str]
) -> None:
    try:
        truth = compile_truth(parse_condition(f"{left} {relation} {right}"), SCOPE)
    except ExpressionError:
        assume(False)
    facts = GIVEN | {name: value for name, value in full.items() if name in known}
    settled = truth.sure(facts)
    actual = truth.holds(GIVEN | full)
    assert actual is not None
    assert settled in {None, actual}
    if known == full.keys():
        assert settled is actual


@settings(max_examples=300, deadline=None)
@given(text=amounts, full=answers)
def test_quantities_are_exact(text: str, full: dict[str, int]) -> None:
    """Against plain fractions, evaluated by Python from the same words."""
    try:
        node = parse_condition(text)
        assume(unit_of(node, SCOPE) == "money")
        ratio = compile_quantity(node, SCOPE, "money").exact(GIVEN | full)
    except ExpressionError:
        assume(False)
    assert ratio is not None
    words = {
        "加": "+",
        "减": "-",
        "乘": "*",
        "除以": "/",
        "收入线": "F(840)",
        "100": "F(100)",
        "0.5": "F(1, 2)",
    }
    words |= {name: f"F({full[name]}, 100)" for name in MONEY} | {"家庭人口": f"F({full['家庭人口']})"}
    python = " ".join(words.get(word, word) for word in text.replace("(", "( ").replace(")", " )").split())
    assert Fraction(*ratio) / 100 == eval(python, {"F": Fraction})  # noqa: S307 — of words made above


@pytest.mark.parametrize("divisor", ["0", "家庭年度总收入", "(家庭人口 减 1)"])
def test_a_divisor_that_may_be_zero_is_refused(divisor: str) -> None:
    with pytest.raises(ExpressionError, match="除数可能为 0"):
        demand_divisors(parse_condition(f"家庭年度总收入 除以 {divisor}"), SCOPE)


@pytest.mark.parametrize(
    "text",
    ["家庭年度总收入 除以 家庭人口", "家庭年度总收入 除以 (家庭人口 加 1)", "家庭年度总收入 除以 收入线"],
)
def test_a_divisor_that_cannot_be_zero_passes(text: str) -> None:
    demand_divisors(parse_condition(text), SCOPE)
