"""What would have to be different: against trying every value, and never what cannot honestly differ."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistcli.policy.counterfactual import LARGEST, Change, turning_changes
from assistcli.policy.pack import load_pack, packaged_ids
from assistcli.policy.verdict import ELIGIBLE, Judge
from assistcli.values import Value
from tests.policy.test_line import ANSWERS, ruled
from tests.policy.test_possibility import make_pack

A, B, PEOPLE = "家庭年度总收入", "子女年度学费支出", "家庭人口"
MAY = (A, B, PEOPLE, "统招")
GRID: dict[str, tuple[Value, ...]] = {
    A: tuple(range(45)),
    B: tuple(range(45)),
    PEOPLE: tuple(range(1, 30)),
    "统招": (True, False),
}


def allows(change: Change, value: Value) -> bool:
    """Whether *change* says that *value* would do."""
    if change.relation == "=":
        return value == change.value
    number, bound = int(value), int(change.value)
    if change.relation == "≤":
        return number <= bound
    return number >= bound and (change.until is None or number <= int(change.until))


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(ruled, min_size=1, max_size=2),
    known=st.fixed_dictionaries({name: st.sampled_from(ANSWERS[name]) for name in MAY}),
    civil=st.booleans(),
)
def test_of_known_facts_just_the_nearest_changes_are_named(
    texts: list[str], known: dict[str, Value], civil: bool
) -> None:
    """Every value of every fact is tried: those up to the nearest that grants, below and above."""
    pack = replace(make_pack([(text, text) for text in texts], "household"), may_change=MAY)
    judge, benefit, facts = Judge(pack, {}, 2013), pack.benefits[0], {**known, "在档": civil}
    changes = turning_changes(judge, benefit, facts)
    singles = [change for change in changes if change.also is None]
    if judge.word(benefit, facts) == ELIGIBLE:
        assert changes == []
        return
    for name in MAY:
        granting = [v for v in GRID[name] if judge.word(benefit, {**facts, name: v}) == ELIGIBLE]
        demand_nearest([change for change in singles if change.field == name], facts[name], granting, name)
    for change in changes:
        demand_pair(judge, facts, change)
    if not changes:
        assert not any(
            judge.word(benefit, {**facts, first: v, "统招": w}) == ELIGIBLE
            for first in (A, B, PEOPLE)
            for v in GRID[first]
            for w in GRID["统招"]
        )


def demand_nearest(mine: list[Change], now: Value, granting: list[Value], name: str) -> None:
    """All that *mine* allow grants, and the nearest granting values on both sides of *now* are allowed."""
    assert all(value in granting for value in GRID[name] if any(allows(change, value) for change in mine))
    below = [value for value in granting if int(value) < int(now)][-1:]
    above = [value for value in granting if int(value) > int(now)][:1]
    assert all(any(allows(change, value) for change in mine) for value in [*below, *above])
    assert not any(allows(change, now) for change in mine)


def demand_pair(judge: Judge, facts: dict[str, Value], change: Change) -> None:
    """A change of two facts grants the benefit."""
    if change.also:
        both = {**facts, change.field: change.value, change.also.field: change.also.value}
        assert judge.word(judge.pack.benefits[0], both) == ELIGIBLE


HOUSEHOLD: dict[str, Value] = {
    "在档": True, "统招": True, "招生批次": "一本", "军队院校": False, "考取年度": 2018, "学校所在省": "甘肃",
    "家庭年度总收入": 6_000_000, "子女年度学费支出": 500_000, "家庭人口": 5,
}  # fmt: skip


def changes(facts: dict[str, Value], adopted: dict[str, str] | None = None) -> list[Change]:
    """What would turn the refusal of a household in Yinchuan."""
    pack = load_pack("yinchuan-2018")
    return turning_changes(Judge(pack, adopted or {"A-10": "zero"}, 2018), pack.benefits[0], facts)


def test_an_income_line_is_named_to_the_fen() -> None:
    """5 people, 840 yuan a month, 5,000 of fees: less than 55,400.00 yuan a year."""
    assert changes(HOUSEHOLD)[:1] == [Change(field=A, relation="≤", value=5_539_999)]


def test_every_number_that_may_change_is_named_with_its_own_step() -> None:
    """Fees count against income, and one head more lowers it by a sixth."""
    assert [(c.field, c.relation, c.value) for c in changes(HOUSEHOLD)] == [
        (A, "≤", 5_539_999),
        (B, "≥", 960_001),
        (PEOPLE, "≥", 6),
    ]


def test_what_is_not_known_may_turn_out_so() -> None:
    """The only missing fact, a yes or no that is not among those that may change, is told as unknown."""
    facts = {**HOUSEHOLD, A: 1_000_000}
    del facts["统招"]
    assert changes(facts) == [Change(field="统招", relation="=", value=True, missing=True)]


def test_a_missing_amount_has_its_line_too() -> None:
    facts = {name: value for name, value in HOUSEHOLD.items() if name != A}
    assert changes(facts) == [Change(field=A, relation="≤", value=5_539_999, missing=True)]


def test_where_no_single_change_does_two_together_are_named() -> None:
    found = changes({**HOUSEHOLD, "在档": False})
    assert all(change.also for change in found)
    assert [(c.field, c.also.field, c.also.value) for c in found if c.also and c.also.field == "在档"]


def test_a_military_academy_is_not_argued_away() -> None:
    """Nothing that may change helps: the list is empty, not filled with what cannot honestly differ."""
    assert changes({**HOUSEHOLD, "军队院校": True}) == []


@pytest.mark.parametrize("name", packaged_ids())
def test_only_facts_that_may_honestly_differ_are_named(name: str) -> None:
    """Known facts outside ``may_change`` never; of missing ones, no secret one outside it."""
    pack = load_pack(name)
    year = pack.issued.year if pack.issued else 2023
    judge = Judge(pack, {}, year)
    told = {c.field for benefit in pack.benefits for c in turning_changes(judge, benefit, {})}
    assert all(pack.fields[field].sensitivity != "S3" or field in pack.may_change for field in told)
    refusing: dict[str, Value] = {
        gap.name: value for gap in judge.gaps({}) for way in gap.ways for value in [way[gap.name]]
    }
    for benefit in pack.benefits:
        for change in turning_changes(judge, benefit, refusing):
            parts = [change, *([change.also] if change.also else [])]
            assert all(part.field in pack.may_change or part.missing for part in parts)


def test_every_kind_of_number_has_an_end() -> None:
    assert {"money", "count", "year"} == LARGEST.keys()
