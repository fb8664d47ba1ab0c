"""Nobody is forgotten: over thousands of random histories every open case is on exactly one primary list."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import ANY

import pytest

from assistcli.assistance import Outcome, Pairing, Plan, Recommendation
from assistcli.book.casebook import Casebook, Page, create_casebook
from assistcli.cli import run
from assistcli.context import Context
from assistcli.desk.duties import Desk
from assistcli.followup.agenda import AFTERCARE, OUT_OF_SCOPE, PRIMARY, UNPACED, Item
from assistcli.model import Case, Claim, Contact, Fact, Office, Step
from assistcli.values import Value

Event = Contact | Outcome | Pairing | Step | Claim | Plan | Recommendation

HISTORIES = 5000
TODAY = date(2013, 6, 1)
STATUSES = ("签约", "升学", "意向", "实习", "待就业", "失联", "入职")
PLACED = {"签约", "升学", "入职"}
CADENCE = 7


def some_day(chance: random.Random) -> date:
    """A day around today: leap days, year ends, and days still to come, as a clock set back leaves them."""
    return chance.choice([TODAY + timedelta(days=chance.randint(-400, 40)), TODAY, date(2012, 2, 29)])


def write_history(page: Page, number: int, chance: random.Random) -> str:
    """Write one random case with its events, in random order of days; returns its id."""
    case = f"C{number:05}"
    facts: dict[str, Value] = {"姓名": f"学生{number}", "学号": f"1080{number:05}"}
    if chance.random() < 0.2:
        facts["结对帮扶者"] = "周老师"
    if chance.random() < 0.6:
        facts["就业能力特别弱"] = chance.random() < 0.3
    page.put_case(
        Case(
            id=case,
            pack="zust-2013",
            year=2013,
            subject="student",
            opened=some_day(chance),
            facts={
                name: Fact(value=value, raw=str(value), source="表", day=TODAY, by="李老师")
                for name, value in facts.items()
            },
        )
    )
    for event in random_events(case, number, chance):
        page.put_event(event)
    return case


def random_events(case: str, number: int, chance: random.Random) -> Iterator[Event]:
    """Up to six contacts, three outcomes, a pairing, and work of every other kind."""
    yield from random_work(case, number, chance)
    for n in range(chance.choice((0, 0, *range(7)))):
        day = some_day(chance)
        later = day + timedelta(days=chance.randint(0, 60)) if chance.random() < 0.3 else None
        yield Contact(
            id=f"{number:05}K{n}", case=case, day=day, channel="电话", kind="岗位推荐", text="谈话",
            by="李老师", next_date=later, mass=chance.random() < 0.2, missed=chance.random() < 0.2,
        )  # fmt: skip
    for n in range(chance.choice((0, 0, *range(4)))):
        yield Outcome(
            id=f"{number:05}O{n}",
            case=case,
            day=some_day(chance),
            status=chance.choice(STATUSES),
            by="李老师",
        )
    if chance.random() < 0.4:
        yield Pairing(id=f"{number:05}P", case=case, day=some_day(chance), helper="周老师", by="李老师")


def random_work(case: str, number: int, chance: random.Random) -> Iterator[Event]:
    """Seldom a step, a claim, a plan or a post recommended, each on some day."""
    made: list[Event] = [
        Step(id=f"{number:05}S", case=case, step="申请", day=some_day(chance), by="李老师", result="同意"),
        Claim(id=f"{number:05}M", case=case, item="差旅费", asked=10_000, day=some_day(chance), mode="补贴"),
        Plan(id=f"{number:05}L", case=case, day=some_day(chance), goal="签约", owner="周老师", by="李老师"),
        Recommendation(id=f"{number:05}R", case=case, day=some_day(chance), employer="某厂", by="李老师"),
    ]
    yield from (event for event in made if chance.random() < 0.1)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    """A store of random histories."""
    folder: Path = tmp_path_factory.mktemp("histories") / "store"
    office = Office(unit="某校", year=2013, packs=("zust-2013",), figures={"联系周期": CADENCE})
    made = create_casebook(folder, Context(store=folder, today=TODAY), office, "李老师")
    chance = random.Random(20130601)  # noqa: S311 — the same histories every time, nothing secret
    with made.writing("test", "李老师") as page:
        for number in range(HISTORIES):
            write_history(page, number, chance)
    return made


def plainly_placed(book: Casebook) -> set[str]:
    """Cases whose last outcome up to today is a placement, by a plain loop."""
    last: dict[str, Outcome] = {}
    for outcome in book.all_events(Outcome):
        if outcome.day <= TODAY:
            known = last.get(outcome.case)
            if known is None or (outcome.day, outcome.id) >= (known.day, known.id):
                last[outcome.case] = outcome
    return {case for case, outcome in last.items() if outcome.status in PLACED}


def plainly_out_of_scope(book: Casebook) -> set[str]:
    """Cases that the notice surely refuses and on whom nobody ever worked, by a plain loop."""
    events: tuple[Event, ...] = (*book.all_events(Step), *book.all_events(Claim), *book.all_events(Plan),
              *book.all_events(Recommendation), *book.all_events(Outcome))  # fmt: skip
    met: tuple[Contact | Pairing, ...] = (*book.all_events(Contact), *book.all_events(Pairing))
    worked_on = {event.case for event in events} | {event.case for event in met if event.day <= TODAY}
    refused = [c for c in book.cases() if c.value("就业能力特别弱") is False and not c.text("结对帮扶者")]
    return {case.id for case in refused} - worked_on


def test_every_open_case_is_on_exactly_one_primary_list(book: Casebook) -> None:
    """And every placed one on the follow-up list, once."""
    duties = Desk(book, TODAY).duties(list(book.cases()), ())
    primary = Counter(duty.item.case for duty in duties if duty.item.kind in PRIMARY)
    after = Counter(duty.item.case for duty in duties if duty.item.kind == AFTERCARE)
    placed = plainly_placed(book)
    everyone = {case.id for case in book.cases()}
    assert len(everyone) == HISTORIES
    assert 0.2 < len(placed) / HISTORIES < 0.8
    apart = {duty.item.case for duty in duties if duty.item.kind == OUT_OF_SCOPE}
    assert apart == plainly_out_of_scope(book)
    assert len(apart) > 50
    assert primary == Counter(everyone - placed)
    assert Desk(book, TODAY).misplaced(book.cases()) == []
    assert after == Counter(placed)


def test_the_doctor_proves_it_and_finds_who_is_lost(
    book: Casebook, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same 5,000 through the command; a list that loses some people, or has them twice, is found out."""
    call = ["--store", str(book.folder), "--today", TODAY.isoformat(), "doctor", "--json"]
    assert run(call) == 0
    assert json.loads(capsys.readouterr().out) | {"head": ""} == {
        "ok": True, "problems": [], "cases": HISTORIES, "contacts": ANY, "head": "",
    }  # fmt: skip
    monkeypatch.setattr("assistcli.desk.duties.out_of_scope_item", lambda case, clauses: lost(case))
    monkeypatch.setattr("assistcli.desk.duties.advice_items", lambda case, *_: [lost(case, UNPACED)])
    assert run(call) == 6
    named = {
        r.rpartition("/")[2] for p in json.loads(capsys.readouterr().out)["problems"] for r in p["records"]
    }
    everyone = {case.id for case in book.cases()}
    assert named == everyone - plainly_placed(book)


def lost(case: Case, kind: str = AFTERCARE) -> Item:
    """An item of the wrong list."""
    return Item(kind=kind, reason="", command="", case=case.id)


def test_overdue_is_what_a_plain_loop_says(book: Casebook) -> None:
    """Latest talk plus the cadence, or the appointment of the last attempt; nothing of the future."""
    expected: dict[str, date] = {}
    contacts = book.events_by_case(Contact)
    for case in book.cases():
        past = [c for c in contacts.get(case.id, []) if c.day <= TODAY and not c.mass]
        talks = [contact.day for contact in past if not contact.missed]
        if past and max(past, key=lambda c: (c.day, c.id)).next_date:
            appointed = max(past, key=lambda c: (c.day, c.id)).next_date
            assert appointed
            expected[case.id] = appointed
        elif talks:
            expected[case.id] = max(talks) + timedelta(days=CADENCE)
        else:
            expected[case.id] = min(case.opened, TODAY)
    placed = plainly_placed(book)
    duties = Desk(book, TODAY).duties(list(book.cases()), ())
    items = [duty.item for duty in duties if duty.item.kind in PRIMARY]
    found = {item.case: item.due for item in items}
    apart = plainly_out_of_scope(book)
    assert found == {
        case: None if case in apart else due for case, due in expected.items() if case not in placed
    }
    overdue = {
        d.item.case for d in duties if d.item.kind in PRIMARY and (d.item.days_overdue(TODAY) or 0) > 0
    }
    assert overdue == {case for case, due in expected.items() if due < TODAY and case not in placed | apart}
