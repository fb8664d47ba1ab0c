"""Rows beside the cases that bear their keys: a walk says only what looking them up says too."""

import random
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from assistcli.admission import sameness
from assistcli.admission.enrolment import StoreLookup, Terms, enter_rows
from assistcli.admission.sameness import watch_cases
from assistcli.book.caserecord import case_record
from assistcli.book.entries import KEYS, Page, Reader
from assistcli.derivation import facts_of
from assistcli.intake.matching import Changed, Unchanged, match_row
from assistcli.intake.reading import Intake
from assistcli.intake.rows import ParsedRow
from assistcli.model import HOUSEHOLD, STUDENT, Case, Fact
from assistcli.policy.pack import load_pack
from assistcli.policy.rules import Pack
from assistcli.values import Value
from store.memory import MemoryBackend
from tests.intake.builders import id_number

DAY = date(2013, 6, 1)
POOL: dict[str, Sequence[Value]] = {
    "学号": ["1040001", "1040002", "1040003"],
    "身份证号": [id_number(1), id_number(2), id_number(3)],
    "职工身份证号": [id_number(4), id_number(5)],
    "姓名": ["张三", "李四"],
    "低保": [True, False],
    "家庭人口": [1, 3],
}


def some_values(chance: random.Random) -> dict[str, Value]:
    """A few answers of few: keys are shared, facts contradict and lack."""
    return {name: chance.choice(values) for name, values in POOL.items() if chance.random() < 0.7}


def some_case(number: int, pack: Pack, chance: random.Random) -> Case:
    """A case with some of the answers, of this year or another."""
    values = some_values(chance)
    facts = {name: Fact(value=value, raw="", source="", day=DAY, by="") for name, value in values.items()}
    year = chance.choice([2013, 2013, 2012])
    return Case(id=f"C{number}", pack=pack.id, year=year, subject=pack.subject, opened=DAY, facts=facts)


def some_row(number: int, values: dict[str, Value]) -> ParsedRow:
    """A row of a file with these values."""
    return ParsedRow(file="a.csv", sheet="", number=number, values=values, raws={}, columns={})


def own_keys(rows: Sequence[ParsedRow]) -> Iterator[ParsedRow]:
    """Those of *rows* whose keys no row before bears: in a file the others are errors."""
    seen: set[Value] = set()
    for row in rows:
        keys = {row.values[name] for name in ("学号", "身份证号") if name in row.values}
        if not keys & seen:
            yield row
        seen |= keys


def stored(cases: Sequence[Case]) -> MemoryBackend:
    """A store of *cases*."""
    backend = MemoryBackend(KEYS)
    with backend.transaction(by="", command="") as transaction:
        for case in cases:
            Page(transaction).put_case(case)
    return backend


def filled(cases: Sequence[Case]) -> Reader:
    """The same, for reading."""
    return Reader(stored(cases))


def entered(cases: Sequence[Case], rows: Sequence[ParsedRow], pack: Pack) -> list[Any]:
    """What became of each of *rows* and of the store, once they were entered in a store of *cases*."""
    backend, fresh = stored(cases), deepcopy(rows)
    table: Any = "a table"
    intake = Intake(file="a.csv", tables=[table], rows=fresh, lines=[], notes=[], proposals=[])
    with backend.transaction(by="", command="") as transaction:
        outcomes = enter_rows([intake], Page(transaction), Terms(pack=pack, year=2013, day=DAY, by=""))
    done = [(type(o), [e.message for e in o.row.errors], getattr(o, "changes", ())) for o in outcomes]
    return [done, [case_record(case) for case in Reader(backend).cases()]]


@pytest.mark.parametrize(("name", "subject"), [("zust-2013", STUDENT), ("dalian-2011", HOUSEHOLD)])
def test_a_row_is_named_only_where_looking_it_up_says_the_same(name: str, subject: str) -> None:
    """In stores where numbers are shared, contradict, lack or belong to another year."""
    pack, chance, named = load_pack(name), random.Random(1), 0  # noqa: S311 — the same stores in every run
    assert pack.subject == subject
    for _ in range(400):
        cases = [some_case(number, pack, chance) for number in range(4)]
        source = filled(cases)
        copies = [facts_of(chance.choice(cases)) for _ in range(2)]
        rows = list(own_keys([some_row(n, v) for n, v in enumerate([*copies, some_values(chance)])]))
        terms = Terms(pack=pack, year=2013, day=DAY, by="")
        for place, id in watch_cases(rows, source, pack, 2013).same.items():
            outcome = match_row(rows[place], StoreLookup(source, terms), subject, terms.delivered)
            assert outcome == Unchanged(row=rows[place], case_id=id)
            named += 1
    assert named > 50


@pytest.mark.parametrize(("name", "subject"), [("zust-2013", STUDENT), ("dalian-2011", HOUSEHOLD)])
def test_rows_go_in_alike_whether_their_cases_were_met_or_looked_up(
    monkeypatch: pytest.MonkeyPatch, name: str, subject: str
) -> None:
    """Also where two rows are of one case, each by another number, and where only some cases are kept."""
    pack, chance, changed = load_pack(name), random.Random(3), 0  # noqa: S311 — the same stores in every run
    assert pack.subject == subject
    for _ in range(300):
        cases = [some_case(number, pack, chance) for number in range(4)]
        rows = list(own_keys([some_row(number, some_values(chance)) for number in range(4)]))
        results = []
        for worth, kept in ((-1, 0), (9, 9), (9, 1), (9, 0)):
            monkeypatch.setattr(sameness, "WORTH_A_WALK", worth)
            monkeypatch.setattr(sameness, "MOST_KEPT", kept)
            results.append(entered(cases, rows, pack))
        assert results[1:] == results[:1] * 3
        changed += sum(kind is Changed for kind, _, _ in results[0][0])
    assert changed > 50


def test_nobody_is_named_where_a_walk_would_cost_more() -> None:
    """One row against a long store is looked up."""
    pack, chance = load_pack("zust-2013"), random.Random(2)  # noqa: S311 — any store serves
    cases = [some_case(number, pack, chance) for number in range(9)]
    row = some_row(1, facts_of(cases[0]))
    passage = watch_cases([row], filled(cases), pack, cases[0].year)
    assert (passage.same, passage.bearers) == ({}, {})


def test_a_row_with_an_error_is_looked_at_in_full() -> None:
    """Also one from a form that was printed for somebody."""
    pack = load_pack("zust-2013")
    facts = {"学号": Fact(value="1040001", raw="", source="", day=DAY, by="")}
    source = filled([Case(id="C", pack=pack.id, year=2013, subject=STUDENT, opened=DAY, facts=facts)])
    rows = [some_row(number, {"学号": "1040001"}) for number in range(3)]
    rows[0].refuse("姓名", "…")
    rows[1].case = "D"
    assert [len(watch_cases([row], source, pack, 2013).same) for row in rows] == [0, 0, 1]
