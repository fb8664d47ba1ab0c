"""Places over the whole list: who is surely in, who ties, who hangs on what; against a plain calculation."""

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from assistcli.policy.citation import Citation
from assistcli.policy.kleene import Facts
from assistcli.policy.pack import examine_pack
from assistcli.policy.reading import Open, Reading
from assistcli.policy.selection import (
    DEPENDS,
    OPEN,
    TIED,
    WAITING,
    WITHIN,
    Placing,
    Rank,
    Selection,
    rank_list,
)

CITED = Citation(clause="一", quote="收入低的优先")
TIE = Citation(clause="二", quote="收入相同的，人口多的优先")
INCOMES = {"甲": 300, "乙": 100, "丙": 200, "丁": 200}
SOUND = (Path(__file__).parent / "sound.toml").read_text(encoding="utf-8")
TABLE = """
[[selection]]
benefit = "资助"
most = 20
share = ["1", "10"]
of = "名单"
order = ["人均月收入"]
clause = "第一条"
  [[selection.tie]]
  order = ["-家庭人口"]
  clause = "第二条"
"""


def rank(name: str, citation: Citation = CITED) -> Rank:
    """A rank by one whole number; with ``-`` the larger goes first."""
    plain = name.removeprefix("-")

    def value(facts: Facts) -> Fraction | None:
        return Fraction(int(facts[plain])) if plain in facts else None

    return Rank(
        name=plain,
        larger_first=name.startswith("-"),
        value=Open.settled(value),
        facts=frozenset({plain}),
        citation=citation,
    )


def selection(
    *ranks: Rank,
    most: int | None = None,
    share: tuple[int, int] | None = None,
    of: str = "名单",
    rounding: str = "",
) -> Selection:
    return Selection(
        benefit="资助",
        most=most,
        share=share,
        of=of,
        rounding=rounding,
        ranks=ranks,
        readings=(),
        citation=CITED,
    )


def statuses(placing: Placing[str]) -> dict[str, str]:
    return {position.who: position.status for position in placing.positions}


def incomes() -> dict[str, Facts]:
    return {name: {"收入": income} for name, income in INCOMES.items()}


@pytest.mark.parametrize(
    ("most", "within", "tied"),
    [(0, "", ""), (1, "乙", ""), (2, "乙", "丙丁"), (3, "乙丙丁", ""), (9, "乙丙丁甲", "")],
)
def test_the_last_place_among_equals_is_left_to_people(most: int, within: str, tied: str) -> None:
    found = statuses(rank_list(selection(rank("收入"), most=most), incomes(), 4, {}))
    assert {who for who, status in found.items() if status == WITHIN} == set(within)
    assert {who for who, status in found.items() if status == TIED} == set(tied)
    assert all(found[who] == WAITING for who in set(found) - set(within) - set(tied))


def test_a_tie_break_decides_and_is_named() -> None:
    """Of two with equal income the larger household goes first, by the clause that says so."""
    people = {"丙": {"收入": 200, "人口": 3}, "丁": {"收入": 200, "人口": 5}}
    placing = rank_list(selection(rank("收入"), rank("-人口", TIE), most=1), people, 2, {})
    assert [position.who for position in placing.positions] == ["丁", "丙"]
    assert [s.decides.citation.clause if s.decides else "" for s in placing.positions] == ["二", "二"]


def test_without_an_order_everybody_over_the_places_is_for_people_to_decide() -> None:
    assert set(statuses(rank_list(selection(most=3), incomes(), 4, {})).values()) == {TIED}
    assert set(statuses(rank_list(selection(most=4), incomes(), 4, {})).values()) == {WITHIN}


@pytest.mark.parametrize(
    ("rounding", "places"), [("舍去", (3, 3)), ("进一", (4, 4)), ("四舍五入", (4, 4)), ("", (3, 4))]
)
def test_part_of_a_person_goes_by_the_notice_or_stays_open(rounding: str, places: tuple[int, int]) -> None:
    """A tenth of 35: 3.5 persons."""
    assert selection(share=(1, 10), rounding=rounding).places(35, 20) == places
    assert selection(share=(1, 10), rounding=rounding, most=2).places(35, 20) == (2, 2)


def test_a_share_is_of_the_list_or_of_the_entitled() -> None:
    assert selection(share=(1, 10), of="名单").places(40, 20) == (4, 4)
    assert selection(share=(1, 10), of="符合").places(40, 20) == (2, 2)
    assert selection(share=(1, 10)).places(0, 0) == (0, 0)


def test_whom_only_rounding_lets_in_is_shown_as_depending() -> None:
    """Half of three is one or two: the second hangs on it."""
    people = {"甲": {"收入": 1}, "乙": {"收入": 2}, "丙": {"收入": 3}}
    found = statuses(rank_list(selection(rank("收入"), share=(1, 2)), people, 3, {}))
    assert found == {"甲": WITHIN, "乙": DEPENDS, "丙": WAITING}


def test_a_rank_by_reading_depends_until_it_is_adopted() -> None:
    reading = Reading(id="R", question="？", clause="一", decides="", options={"x": "甲", "y": "乙"})

    def by(name: str) -> Callable[[Facts], Fraction | None]:
        return lambda facts: Fraction(int(facts[name]))

    ranks = Rank(
        name="r",
        larger_first=False,
        value=Open(("R",), {("x",): by("a"), ("y",): by("b")}),
        facts=frozenset("ab"),
        citation=CITED,
    )
    chosen = Selection(
        benefit="",
        most=1,
        share=None,
        of="",
        rounding="",
        ranks=(ranks,),
        readings=(reading,),
        citation=CITED,
    )
    people: dict[str, Facts] = {"甲": {"a": 1, "b": 2}, "乙": {"a": 2, "b": 1}}
    assert set(statuses(rank_list(chosen, people, 2, {})).values()) == {DEPENDS}
    assert statuses(rank_list(chosen, people, 2, {"R": "y"})) == {"乙": WITHIN, "甲": WAITING}


def by_plain_loops(people: Mapping[str, Facts], names: tuple[str, ...], places: int) -> dict[str, set[str]]:
    """The statuses each can have: every way to fill what is missing, everybody counted against everybody."""
    gaps = [(who, name) for who in people for name in names if name not in people[who]]
    found: dict[str, set[str]] = {who: set() for who in people}
    for values in product(range(-1, 5), repeat=len(gaps)):
        filled = {who: dict(facts) for who, facts in people.items()}
        for (who, name), value in zip(gaps, values, strict=True):
            filled[who][name] = value
        ranks = {who: tuple(facts[name] for name in names) for who, facts in filled.items()}
        for who, mine in ranks.items():
            before = sum(other < mine for other in ranks.values())
            level = sum(other == mine for other in ranks.values())
            word = WITHIN if before + level <= places else WAITING if before >= places else TIED
            found[who].add(word)
    return found


def test_random_lists_stand_as_plain_counting_over_every_completion_says() -> None:
    pick = random.Random(20)  # noqa: S311 — the same lists every run
    names, told = ("a", "b"), 0
    for _ in range(400):
        people: dict[str, Facts] = {
            str(n): {name: pick.randint(0, 3) for name in names} for n in range(pick.randint(1, 6))
        }
        for _gap in range(pick.randint(0, 2)):
            facts = dict(people[who := pick.choice(list(people))])
            facts.pop(pick.choice(names), None)
            people[who] = facts
        places = pick.randint(0, 5)
        expected = by_plain_loops(people, names, places)
        found = statuses(rank_list(selection(rank("a"), rank("b"), most=places), people, len(people), {}))
        for who, words in expected.items():
            told += len(words) > 1
            assert found[who] == (words.copy().pop() if len(words) == 1 else OPEN), (people, places, who)
    assert told > 100


def test_a_pack_states_share_cap_order_and_tie_break() -> None:
    """A formula ranks as a field does; each rank keeps its own clause."""
    pack, problems = examine_pack("x.toml", SOUND + TABLE)
    assert (list(map(str, problems)), pack is not None) == ([], True)
    assert pack is not None
    [read] = pack.selections
    assert (read.most, read.share, read.places(95, 40)) == (20, (1, 10), (9, 10))
    assert [(r.name, r.larger_first, r.citation.clause) for r in read.ranks] == [
        ("人均月收入", False, "第一条"),
        ("家庭人口", True, "第二条"),
    ]
    assert read.ranks[0].facts == {"家庭年度总收入", "家庭人口"}
    assert "家庭人口" in pack.facts_needed()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"-家庭人口"', '"抽签"', "「抽签」不是能比大小的字段或公式"),
        ('"-家庭人口"', '"姓名"', "「姓名」不是能比大小的字段或公式"),
        ('of = "名单"\n', "", "share 要写明 of"),
        ('["1", "10"]', '["10", "1"]', 'share 应写成 ["1", "10"]'),
        ('["1", "10"]', '["1", "0"]', 'share 应写成 ["1", "10"]'),
        ('most = 20\nshare = ["1", "10"]\n', "", "没有写明名额"),
        ("most = 20", "most = -1", "most 不能小于 0"),
        ("most = 20", 'most = 20\nround = "抹零"', "round 应为 舍去、进一、四舍五入"),
    ],
)
def test_a_mistake_in_the_places_is_named(right: str, wrong: str, said: str) -> None:
    _, problems = examine_pack("x.toml", SOUND + TABLE.replace(right, wrong, 1))
    assert said in "\n".join(map(str, problems))
