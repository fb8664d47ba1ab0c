"""Who counts as placed: words, national codes, and the outcome that counts on a day."""

from datetime import date

import pytest

from assistcli.assistance import Outcome
from assistcli.fields import catalogue
from assistcli.followup.placement import destinations, is_placed, latest_outcome, placement_text
from assistcli.intake.codes import words_of_table
from assistcli.model import Case, Fact


def outcome(id: str, day: str, status: str, **rest: str) -> Outcome:
    """An outcome of the one case."""
    return Outcome(id=id, case="C", day=date.fromisoformat(day), status=status, by="李老师", **rest)


def case(**facts: str) -> Case:
    """A case with *facts* as the school stated them."""
    stated = {
        name: Fact(value=value, raw=value, source="表", day=date(2013, 5, 1), by="李老师")
        for name, value in facts.items()
    }
    return Case(id="C", pack="p", year=2013, subject="student", opened=date(2013, 5, 1), facts=stated)


def test_every_word_of_the_national_tables_is_known() -> None:
    """A code that intake reads is one that follow-up can judge."""
    assert catalogue()["毕业去向"].name == "毕业去向"
    assert set(words_of_table("毕业去向")) <= set(destinations())


@pytest.mark.parametrize("word", ["意向", "实习", "准备签约", "录用", "面试", "待就业", "失联", "拟升学"])
def test_a_stage_is_no_placement(word: str) -> None:
    """意向 and 实习 never close a case (R3-26, R4-15, R4-20)."""
    assert not is_placed(outcome("1", "2013-06-01", word))


@pytest.mark.parametrize(
    "word", ["签约", "入职", "升学", "保研", "应征义务兵", "自主创业", "自由职业", "出国、出境"]
)
def test_these_are_placements(word: str) -> None:
    """The groups of 毕业去向落实率."""
    assert is_placed(outcome("1", "2013-06-01", word))


def test_an_unknown_word_is_no_placement() -> None:
    """Unknown is not yes."""
    assert not is_placed(outcome("1", "2013-06-01", "去了外地"))
    assert not is_placed(None)


def test_the_last_outcome_by_day_counts_and_none_of_later_days() -> None:
    """A back-dated entry does not win over a later day; a future one does not count yet."""
    signed = outcome("1", "2013-06-01", "签约")
    broken = outcome("2", "2013-06-20", "待就业")
    late_entry = outcome("3", "2013-05-01", "意向")
    assert latest_outcome([signed, broken, late_entry], date(2013, 6, 10)) == signed
    assert latest_outcome([signed, broken, late_entry], date(2013, 6, 20)) == broken
    assert latest_outcome([signed], date(2013, 5, 31)) is None


def test_of_one_day_the_last_recorded_counts() -> None:
    """Ids are in order of entry."""
    first, second = outcome("1", "2013-06-01", "意向"), outcome("2", "2013-06-01", "签约")
    assert latest_outcome([second, first], date(2013, 6, 1)) == second


def test_a_placement_prints_with_its_employer_and_lacking_proof_is_marked() -> None:
    """An intention prints nothing; what the school stated stays marked 自报 (R0-55)."""
    proven = outcome("1", "2013-06-01", "签约", employer="某公司", evidence="协议书")
    bare = outcome("1", "2013-06-01", "签约", employer="某公司")
    intent = outcome("1", "2013-06-01", "意向", employer="某公司")
    assert placement_text(proven, case()) == "某公司 签约"
    assert placement_text(bare, case()) == "某公司 签约（未附证明）"
    assert placement_text(intent, case()) == ""
    assert placement_text(intent, case(最终单位落实情况="某厂")) == "某厂（自报）"
    assert placement_text(proven, case(最终单位落实情况="某厂")) == "某公司 签约"
