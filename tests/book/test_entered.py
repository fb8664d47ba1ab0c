"""Where something was entered: by the command that made it what it is, neither the first nor the last one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistcli.book.casebook import Casebook, create_casebook
from assistcli.book.entered import event_entered, events_entered, fact_entered, figure_entered
from assistcli.context import Context
from assistcli.model import Case, Claim, Fact, Office, Stage

DAY = date(2013, 6, 1)
OFFICE = Office(unit="某校", year=2013, packs=("zust-2013",))
CLAIM = Claim(id="K1", case="C1", item="差旅费", asked=30_000, day=DAY, mode="补贴", by="李老师")


@pytest.fixture
def book(tmp_path: Path) -> Casebook:
    """An empty store."""
    return create_casebook(tmp_path / "s", Context(store=tmp_path / "s", today=DAY), OFFICE, "李老师")


def fact(value: str) -> Fact:
    """A fact out of a list."""
    return Fact(value=value, raw=value, source="名单.xlsx 第3行", day=DAY, by="李老师")


def test_a_fact_leads_to_the_command_that_said_it(book: Casebook) -> None:
    """What other facts became since, and what it was before, does not matter; a blank one has none."""
    case = Case(id="C1", pack="zust-2013", year=2013, subject="student", opened=DAY, facts={})
    versions = [
        ("import", {"贫困生等级": fact("困难")}),
        ("edit", {"贫困生等级": fact("特别困难")}),
        ("edit 班级", {"贫困生等级": fact("特别困难"), "班级": fact("1班")}),
    ]
    for command, facts in versions:
        with book.writing(command, "李老师") as page:
            page.put_case(replace(case, facts=facts))
    entered = fact_entered(book.backend, book.case("C1"), "贫困生等级")
    assert entered is not None
    assert (entered.command, entered.source, entered.by) == ("edit", "名单.xlsx 第3行", "李老师")
    assert entered.told.startswith(f"名单.xlsx 第3行，第 {entered.transaction} 号 edit（")
    assert fact_entered(book.backend, book.case("C1"), "民族") is None


def test_an_event_leads_to_its_own_words_or_to_a_state(book: Casebook) -> None:
    """Without a state, the stages it went through do not count; with one, the last time it came there."""
    approved = Stage(state="批准", day=DAY, by="王老师", amount=30_000)
    less = replace(approved, amount=20_000)
    paid = Stage(state="发放", day=DAY, by="王老师", amount=20_000)
    versions = [
        ("add", CLAIM),
        ("approve", replace(CLAIM, stages=(approved,))),
        ("back", replace(CLAIM, stages=())),
        ("again", replace(CLAIM, stages=(less,))),
        ("pay", replace(CLAIM, stages=(less, paid))),
    ]
    for command, claim in versions:
        with book.writing(command, "李老师") as page:
            page.put_event(claim)
    found = [event_entered(book.backend, "Claim", "K1", state) for state in ("", "批准", "发放", "审核")]
    assert [entry and entry.command for entry in found] == ["add", "again", "pay", None]


def test_a_figure_leads_to_the_command_that_set_it(book: Casebook) -> None:
    """Another college's figure, and the same one set before, do not count."""
    for command, figures in (
        ("first", {"机械学院": {"毕业生数": 150}}),
        ("second", {"机械学院": {"毕业生数": 120}}),
        ("other", {"机械学院": {"毕业生数": 120}, "理学院": {"毕业生数": 80}}),
    ):
        with book.writing(command, "李老师") as page:
            page.put_office(replace(OFFICE, college_figures=figures))
    found = figure_entered(book.backend, "机械学院", "毕业生数")
    assert found is not None
    assert (found.command, found.source) == ("second", "")
    assert figure_entered(book.backend, "信息学院", "毕业生数") is None


def test_many_are_found_as_each_of_them(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one reading of the journal as one by one: changed, gone back, removed and entered again."""
    approved = Stage(state="批准", day=DAY, by="王老师", amount=30_000)
    for command, claims in (
        ("add", [replace(CLAIM, id=f"K{n}") for n in range(6)]),
        ("approve", [replace(CLAIM, id=f"K{n}", stages=(approved,)) for n in range(4)]),
        ("back", [replace(CLAIM, id="K0")]),
        ("less", [replace(CLAIM, id="K1", stages=(replace(approved, amount=1),))]),
        ("dearer", [replace(CLAIM, id="K2", asked=40_000, stages=(approved,))]),
    ):
        with book.writing(command, "李老师") as page:
            for claim in claims:
                page.put_event(claim)
    keys = [(f"K{n}", state) for n in range(6) for state in ("", "批准", "发放")]
    one_by_one = events_entered(book.backend, "Claim", keys)
    monkeypatch.setattr("assistcli.book.entered.FEW", 0)
    assert events_entered(book.backend, "Claim", keys) == one_by_one
    assert {key: entered.command for key, entered in one_by_one.items()} == {
        **{(f"K{n}", ""): "add" for n in (0, 1, 3, 4, 5)}, ("K2", ""): "dearer",
        ("K0", "批准"): "approve", ("K1", "批准"): "less", ("K2", "批准"): "approve",
        ("K3", "批准"): "approve",
    }  # fmt: skip
