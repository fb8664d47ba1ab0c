"""Rows that repeat what cases say: named in one walk only where looking them up says the same."""

import random
from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from assistcli.admission.enrolment import StoreLookup, Terms
from assistcli.admission.sameness import repeated_rows
from assistcli.book.entries import KEYS, Page, Reader
from assistcli.derivation import facts_of
from assistcli.intake.matching import Unchanged, match_row
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


def filled(cases: Sequence[Case]) -> Reader:
    """A store of *cases*."""
    backend = MemoryBackend(KEYS)
    with backend.transaction(by="", command="") as transaction:
        for case in cases:
            Page(transaction).put_case(case)
    return Reader(backend)


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
        for place, id in repeated_rows(rows, source, pack, 2013).items():
            outcome = match_row(rows[place], StoreLookup(source, terms), subject, terms.delivered)
            assert outcome == Unchanged(row=rows[place], case_id=id)
            named += 1
    assert named > 50


def test_nobody_is_named_where_a_walk_would_cost_more() -> None:
    """One row against a long store is looked up."""
    pack, chance = load_pack("zust-2013"), random.Random(2)  # noqa: S311 — any store serves
    cases = [some_case(number, pack, chance) for number in range(9)]
    row = some_row(1, facts_of(cases[0]))
    assert repeated_rows([row], filled(cases), pack, cases[0].year) == {}


def test_a_row_with_an_error_is_looked_at_in_full() -> None:
    """Also one from a form that was printed for somebody."""
    pack = load_pack("zust-2013")
    facts = {"学号": Fact(value="1040001", raw="", source="", day=DAY, by="")}
    source = filled([Case(id="C", pack=pack.id, year=2013, subject=STUDENT, opened=DAY, facts=facts)])
    rows = [some_row(number, {"学号": "1040001"}) for number in range(3)]
    rows[0].refuse("姓名", "…")
    rows[1].case = "D"
    assert [len(repeated_rows([row], source, pack, 2013)) for row in rows] == [0, 0, 1]
