"""Head-count caps and share quotas over the whole list, with the tie named for people to decide."""

import pytest

from assistcli.policy.kleene import Facts
from assistcli.policy.selection import Choice, Selection, choose
from assistcli.policy.source import Citation

CITED = Citation(clause="一", quote="")
INCOMES = {"甲": 300, "乙": 100, "丙": 200, "丁": 200}


def selection(most: int | None = None, share: tuple[int, int] | None = None, *order: str) -> Selection:
    ranks = order or ("收入",)
    return Selection(benefit="资助", most=most, share=share, order=ranks, citation=CITED)


def people(**more: Facts) -> dict[str, Facts]:
    return {name: {"收入": income} for name, income in INCOMES.items()} | more


@pytest.mark.parametrize(
    ("most", "chosen", "tied", "waiting"),
    [
        (1, ("乙",), (), ("丙", "丁", "甲")),
        (2, ("乙",), ("丙", "丁"), ("甲",)),
        (3, ("乙", "丙", "丁"), (), ("甲",)),
        (9, ("乙", "丙", "丁", "甲"), (), ()),
        (0, (), (), ("乙", "丙", "丁", "甲")),
    ],
)
def test_the_last_place_among_equals_is_left_to_people(
    most: int, chosen: tuple[str, ...], tied: tuple[str, ...], waiting: tuple[str, ...]
) -> None:
    choice = choose(selection(most), people(), listed=4)
    if most == 0:
        assert (choice.chosen, choice.places) == ((), 0)
        return
    assert (choice.chosen, choice.tied, choice.waiting) == (chosen, tied, waiting)


def test_a_second_fact_breaks_the_tie() -> None:
    ranked = people(
        丙={"收入": 200, "人口": 3},
        丁={"收入": 200, "人口": 5},
        甲={"收入": 300, "人口": 1},
        乙={"收入": 100, "人口": 1},
    )
    assert choose(selection(2, None, "收入", "-人口"), ranked, listed=4).chosen == ("乙", "丁")


def test_a_share_counts_of_the_whole_list_and_drops_part_of_a_person() -> None:
    assert selection(None, (10, 100)).places(39) == 3
    assert selection(2, (10, 100)).places(39) == 2


def test_somebody_who_cannot_be_ranked_takes_no_place_and_loses_none() -> None:
    """With one of unknown income, only those are surely chosen who would be with that person before them."""
    choice = choose(selection(2), people(戊={}), listed=5)
    assert choice.unranked == ("戊",)
    assert choice.chosen == ("乙",)
    assert isinstance(choice, Choice)


def test_a_pack_states_share_cap_and_order() -> None:
    """Read from the format, the benefit named; an order of unknown facts is a mistake."""
    from pathlib import Path

    from assistcli.policy.pack import examine_pack

    sound = (Path(__file__).parent / "sound.toml").read_text(encoding="utf-8")
    table = """
[[selection]]
benefit = "资助"
most = 20
share = ["1", "10"]
order = ["家庭月人均收入", "-家庭人口"]
clause = "第一条"
"""
    pack, problems = examine_pack("x.toml", sound + table)
    assert (problems, pack is not None) == ([], True)
    assert pack is not None
    [read] = pack.selections
    assert (read.most, read.share, read.places(95)) == (20, (1, 10), 9)
    _, problems = examine_pack("x.toml", sound + table.replace("-家庭人口", "抽签"))
    assert "「抽签」不是字段" in problems[0].message
