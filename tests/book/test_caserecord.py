"""A case's record: short, readable, and the same case again."""

from dataclasses import replace
from datetime import date

import pytest

from assistcli.book.caserecord import case_label, case_of_record, case_record, facts_of_origin
from assistcli.model import Case, Fact, LazyFacts, Origin
from assistcli.provenance import with_word
from assistcli.values import Value

ORIGIN = Origin("名单.xlsx 名单 第 2 行", date(2013, 6, 1), "李老师")
VALUES: dict[str, Value] = {
    "学号": "10400001",
    "姓名": "张三",
    "残疾": False,
    "毕业年份": 2013,
    "意向薪资": 10000,
}
RAWS = {"学号": "10400001", "姓名": "张三", "残疾": "×", "毕业年份": "2013", "意向薪资": "100"}


def imported() -> Case:
    """A case as an import makes it."""
    facts = facts_of_origin(VALUES, RAWS, ORIGIN)
    return Case(
        id="X",
        pack="p",
        year=2013,
        subject="student",
        opened=date(2013, 6, 1),
        facts=facts,
        origin=ORIGIN,
    )


def test_facts_that_came_together_are_their_values() -> None:
    """Source, day and person stand once; the raw text where it reads otherwise."""
    record = case_record(imported())
    assert record["origin"] == {"source": ORIGIN.source, "day": "2013-06-01", "by": "李老师"}
    assert record["facts"] == {
        "学号": "10400001",
        "姓名": "张三",
        "残疾": {"value": False, "raw": "×"},
        "毕业年份": 2013,
        "意向薪资": {"value": "100.00", "raw": "100"},
    }


def test_values_alone_are_those_of_the_facts() -> None:
    """Money in fen, the short entries and the long ones alike."""
    case = case_of_record(case_record(imported()), "X")
    assert isinstance(case.facts, LazyFacts)
    assert case.facts.all_stated() == VALUES == {n: fact.value for n, fact in case.facts.items()}
    assert {name: case.value(name) for name in VALUES} == VALUES
    assert case.value("民族") is None
    assert case.value("本单位资助") is None


def test_every_fact_comes_back_whole() -> None:
    """Value, raw text and origin are what the row said, whether the facts were lazy or plain."""
    whole = {
        name: Fact(value=value, raw=RAWS[name], source=ORIGIN.source, day=ORIGIN.day, by=ORIGIN.by)
        for name, value in VALUES.items()
    }
    assert dict(imported().facts) == whole
    plain = replace(imported(), facts=whole)
    for case in (imported(), plain):
        back = case_of_record(case_record(case), "X")
        assert dict(back.facts) == whole
        assert back.origin == ORIGIN


@pytest.mark.parametrize("name", ["残疾", "意向薪资", "民族"])
@pytest.mark.parametrize("value", [None, True, 4200])
def test_lazy_facts_change_as_plain_ones_do(name: str, value: Value | None) -> None:
    """One fact replaced, added or taken out; the others as they were, in their order."""
    lazy, origin = imported(), ORIGIN._replace(source="edit")
    fact = None if value is None else Fact(value=value, raw="x", **origin._asdict())
    plain = replace(lazy, facts=dict(lazy.facts))
    changed = [with_word(case, name, (), fact) for case in (lazy, plain)]
    assert isinstance(changed[0].facts, LazyFacts)
    first, second = map(case_record, changed)
    assert list(first["facts"].items()) == list(second["facts"].items())


def test_a_later_fact_names_its_own_origin_and_leaves_the_others_alone() -> None:
    """So that two stores that change different facts of one case do not clash at a merge."""
    first = case_record(imported())
    case = case_of_record(first, "X")
    later = Fact(value=True, raw="是", source="edit", day=date(2013, 7, 1), by="王老师")
    second = case_record(replace(case, facts={**case.facts, "残疾": later}))
    assert second["facts"].pop("残疾") == {
        "value": True,
        "source": "edit",
        "day": "2013-07-01",
        "by": "王老师",
    }
    first["facts"].pop("残疾")
    assert second == first


def test_records_of_before_are_read() -> None:
    """Each fact of an older record carries its own origin; the case has none."""
    fact = {"value": "张三", "source": "add", "day": "2013-06-01", "by": "李老师"}
    record = {
        "pack": "p",
        "year": 2013,
        "subject": "student",
        "opened": "2013-06-01",
        "facts": {"姓名": fact},
    }
    case = case_of_record(record, "X")
    assert case.facts["姓名"].source == "add"
    assert case_record(case) == record | {"name": "张三"}


@pytest.mark.parametrize(
    ("values", "label"),
    [({"姓名": "张三", "学号": "1"}, "张三 1"), ({"姓名": "张三"}, "张三"), ({"学号": "1"}, "1")],
)
def test_a_label_has_no_gap_where_something_is_unknown(values: dict[str, Value], label: str) -> None:
    """Children of workers have no number, and some rows arrive without a name."""
    assert case_label(replace(imported(), facts=facts_of_origin(values, {}, ORIGIN))) == label
