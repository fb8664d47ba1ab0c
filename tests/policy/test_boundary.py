"""Every numeric line of every notice: −0.01, 0 and +0.01, generated, and reckoned a second time here."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from assistcli.model import Claim
from assistcli.policy import line as lines
from assistcli.policy.boundary import Boundary, boundaries
from assistcli.policy.expression import Comparison, Junction, Membership, Negation, Node, parse_condition
from assistcli.policy.pack import find_pack, load_pack, packaged_ids
from assistcli.policy.practice import Portion
from assistcli.policy.reading import combinations
from assistcli.policy.rules import Pack, readings_of_claims
from assistcli.policy.ruling import Entitlement
from assistcli.policy.subsidy import settle_account
from assistcli.values import Value
from tests.conftest import Assist

TOLD = {name: list(boundaries(load_pack(name))) for name in packaged_ids()}
EVERY = [(name, boundary) for name, found in TOLD.items() for boundary in found]


def comparisons(node: Node) -> Iterator[Comparison]:
    """Every comparison in *node*, formulas left closed."""
    match node:
        case Comparison():
            yield node
        case Junction(_, parts):
            for part in parts:
                yield from comparisons(part)
        case Negation(part):
            yield from comparisons(part)
        case Membership():
            return


def numeric_texts(pack: Pack) -> set[tuple[str, str]]:
    """Benefit and text of every condition, and of every row of amounts, that compares numbers."""
    numbers = {name for name, field in pack.fields.items() if field.kind in {"money", "count", "year"}}
    numbers |= {formula.name for formula in pack.formulas}
    found = set()
    for benefit in pack.benefits:
        parts = [condition.test for condition in benefit.conditions] + [row.when for row in benefit.amounts]
        for text in (test.text for part in parts for test in part.under.values()):
            if any(getattr(c.left, "text", "") in numbers for c in comparisons(parse_condition(text))):
                found.add((benefit.id, text))
    return found


@pytest.mark.parametrize("name", packaged_ids())
def test_no_numeric_condition_of_a_notice_is_left_out(name: str) -> None:
    """Walked over by their texts, apart from the generator."""
    assert {(b.benefit, b.condition) for b in TOLD[name]} == numeric_texts(load_pack(name))


@pytest.mark.parametrize(
    ("name", "boundary"), EVERY, ids=[f"{name}-{n}" for n, (name, _) in enumerate(EVERY)]
)
def test_one_step_decides_at_every_line(name: str, boundary: Boundary) -> None:
    """A case lies on the line, its neighbours one step off; the result turns there; nothing disagrees."""
    assert boundary.faults == ()
    assert [value - boundary.values[1] for value in boundary.values] == [-1, 0, 1]
    assert boundary.turns
    assert len(set(boundary.holds)) == 2


@pytest.mark.parametrize("option", ["zero", "received", "coming"])
def test_the_income_line_of_yinchuan_is_where_fractions_put_it(option: str) -> None:
    """A second reckoning from the made-up figures: strictly under 840 yuan a head and month."""
    found = [b for b in TOLD["yinchuan-2018"] if b.field == "家庭年度总收入" and b.reading["A-10"] == option]
    assert found
    for boundary in found:
        for income, holds, result in zip(boundary.values, boundary.holds, boundary.results, strict=True):
            facts = {name: value for reason in result.reasons for name, value in reason.facts.items()}
            counted = {"zero": 0, "received": facts.get("工会助学资金", 0)}.get(option)
            aid = grant(facts) if counted is None else int(counted)
            fen = income - int(facts["子女年度学费支出"]) + aid
            monthly = Fraction(fen, 100) / 12 / int(facts["家庭人口"])
            assert holds is (monthly < 840)
            assert result.verdict == ("eligible" if monthly < 840 else "not_eligible")


def grant(facts: Mapping[str, Value]) -> int:
    """The year's aid in fen by admission and place (二（四）1、2)."""
    new, near = facts["考取年度"] == 2018, facts["学校所在省"] == "宁夏"
    return {(True, True): 400_000, (True, False): 500_000, (False, True): 300_000, (False, False): 400_000}[
        new, near
    ]


def test_a_rule_that_rounds_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second reckoning is a real one: a line that judges one fen too high is told."""
    pack = load_pack("yinchuan-2018")
    real = lines.Line.by_fractions

    def one_fen_higher(self: lines.Line, facts: dict[str, int]) -> bool | None:
        return real(self, {**facts, "家庭年度总收入": int(facts.get("家庭年度总收入", 0)) - 1})

    monkeypatch.setattr(lines.Line, "by_fractions", one_fen_higher)
    assert any(boundary.faults for boundary in boundaries(replace(pack, benefits=pack.benefits[:1])))


def test_the_lines_of_a_pack_from_outside_are_tried_and_counted(assist: Assist) -> None:
    """`pack test` on a skeleton's file: every line with what comes below, on and above it."""
    assist("pack", "new", "shili-2026")
    told = assist("pack", "test", "shili-2026.toml")
    data = assist("pack", "test", "shili-2026.toml", "--json").json
    found = [entry for entry in data if entry["example"].startswith("界线")]
    assert all(entry["passed"] for entry in data)
    assert f"数字界线 {len(found)} 处" in told.stdout or not found
    assert find_pack("yinchuan-2018")
    assert "57 例，0 处不一致" in assist("pack", "test", "yinchuan-2018").stdout


CAPPED = [
    (name, item.item) for name in packaged_ids() for item in load_pack(name).claims if item.cap is not None
]


def no_portion(benefit: str, portion: str) -> tuple[Portion, int | None]:
    """No claim here asks for a portion of a benefit."""
    raise LookupError(benefit, portion)


@pytest.mark.parametrize(("name", "capped"), CAPPED)
@pytest.mark.parametrize("step", [-1, 0, 1])
def test_one_fen_decides_at_every_cap_of_a_claim(name: str, capped: str, step: int) -> None:
    """Generated for each item with a cap, under every reading in which amounts are not tied to tiers."""
    pack, day = load_pack(name), date(2013, 5, 20)
    item = next(each for each in pack.claims if each.item == capped)
    assert item.cap is not None
    part = (item.share.numerator, item.share.denominator) if item.share else (1, 1)
    asked = (item.cap.fen + step) * part[1] // part[0]
    claim = Claim(
        id="1", case="甲", item=item.kinds[0], asked=asked, day=day, mode="报销", certificate="Z", issued=day
    )
    free = Entitlement(lambda _benefit, _day: None, lambda _benefit: (), no_portion)
    readings = [reading for reading in pack.readings.values() if reading.id in readings_of_claims([item])]
    allowed = set()
    for adopted in combinations(readings, {}):
        tied = item.tiers and item.tiers.bind.get("报销")
        if not (tied and tied.at(adopted)):
            allowed |= {result.allowed for result in settle_account(pack, [claim], adopted, free).claims}
    assert allowed == {min(item.cap.fen + step, item.cap.fen)}
