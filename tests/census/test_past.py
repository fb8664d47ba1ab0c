"""The store as of a past day: facts as they stood, events by their own day, whatever the clock did."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assistcli.assistance import Outcome
from assistcli.book.caserecord import case_record
from assistcli.book.entries import CASES, KEYS
from assistcli.book.records import event_record
from assistcli.census.past import PastReader
from assistcli.model import Case, Contact, Fact
from store.memory import MemoryBackend

START = date(2012, 2, 20)
NAMES = ("低保", "存在困难", "专业")
DAYS = st.integers(0, 400).map(lambda n: START + timedelta(days=n))  # over a leap day and a year's end
WORDS = st.sampled_from(["甲", "乙", "丙", None])
EDIT = st.tuples(DAYS, st.dictionaries(st.sampled_from(NAMES), WORDS, min_size=1))
Edit = tuple[date, dict[str, str | None]]


class Shelf:
    """A store in memory whose clock is set by hand, back as well."""

    def __init__(self) -> None:
        self.today = START
        self.backend = MemoryBackend(KEYS, lambda: datetime.combine(self.today, datetime.min.time(), UTC))

    def put(self, day: date, table: str, id: str, document: dict[str, object]) -> None:
        """Write a record on *day*."""
        self.today = day
        with self.backend.transaction(by="李老师", command="test") as page:
            page.put(table, id, document)

    def put_case(self, day: date, facts: dict[str, Fact], opened: date = START) -> None:
        """Write the one case."""
        self.put(day, CASES, "C", case_record(make_case(facts, opened)))


def make_case(facts: dict[str, Fact], opened: date) -> Case:
    """The one case with *facts*."""
    return Case(id="C", pack="zust-2013", year=2013, subject="student", opened=opened, facts=facts)


def stated(day: date, text: str) -> Fact:
    """A fact as stated on *day*."""
    return Fact(value=text, raw=text, source="本人", day=day, by="李老师")


def written(edits: Sequence[Edit]) -> Shelf:
    """A store in which *edits* were made one after the other, each on its own day."""
    shelf, facts = Shelf(), {"姓名": stated(START, "甲同学")}
    shelf.put_case(START, facts)
    for day, changes in edits:
        for name, text in changes.items():
            if text is None:
                facts.pop(name, None)
            elif name not in facts or facts[name].value != text:
                facts[name] = stated(day, text)
        shelf.put_case(day, facts)
    return shelf


def plainly(edits: Sequence[Edit], name: str, day: date) -> str | None:
    """The fact *name* on *day* by a plain loop: the last entry dated by then, else the first entry ever."""
    entries: list[tuple[date, str | None]] = []
    for when, changes in edits:
        last = entries[-1][1] if entries else None
        if name in changes and changes[name] != last:
            entries.append((when, changes[name]))
    dated = [text for when, text in entries if when <= day]
    if dated:
        return dated[-1]
    return next((text for _, text in entries if text is not None), None)


def seen(shelf: Shelf, day: date) -> Case | None:
    """The one case as of *day*."""
    return next(PastReader(shelf.backend, day).cases(), None)


@settings(max_examples=60)
@given(st.lists(EDIT, max_size=8), DAYS)
def test_a_fact_is_what_the_last_entry_dated_by_the_day_said(edits: list[Edit], day: date) -> None:
    """With back-dated entries, a clock set back, facts cleared and stated again."""
    case = seen(written(edits), day)
    assert case is not None
    assert {name: case.value(name) for name in NAMES} == {name: plainly(edits, name, day) for name in NAMES}


@settings(max_examples=60)
@given(st.lists(EDIT, max_size=8), DAYS)
def test_a_table_made_on_a_day_can_be_made_again(edits: list[Edit], day: date) -> None:
    """Where the clock only runs forward: what was known on a day is what is seen as of it later."""
    forward = sorted(edits, key=lambda edit: edit[0])
    then = written([edit for edit in forward if edit[0] <= day])
    now = written(forward)
    known = [n for n in NAMES if any(changes.get(n) is not None for when, changes in forward if when <= day)]
    before, after = seen(then, day), seen(now, day)
    assert before is not None
    assert after is not None
    assert [before.value(name) for name in known] == [after.value(name) for name in known]


@settings(max_examples=60)
@given(st.lists(EDIT, max_size=8))
def test_as_of_the_last_day_is_as_of_now(edits: list[Edit]) -> None:
    """Nothing is lost: the past meets the present."""
    shelf = written(edits)
    last = max([START, *(day for day, _ in edits)])
    (current,) = PastReader(shelf.backend, date.max).cases()
    assert seen(shelf, last) == current
    assert current.facts == next(iter(plain_cases(shelf))).facts


def plain_cases(shelf: Shelf) -> list[Case]:
    """The cases as they are now."""
    from assistcli.book.entries import Reader

    return list(Reader(shelf.backend).cases())


def contact(id: str, day: date) -> Contact:
    """A talk on *day*."""
    return Contact(id=id, case="C", day=day, channel="电话", kind="就业指导", text="谈话", by="李老师")


@settings(max_examples=60)
@given(st.lists(st.tuples(DAYS, DAYS), max_size=10), DAYS)
def test_an_event_counts_by_its_own_day(entries: list[tuple[date, date]], day: date) -> None:
    """Typed in late or early, it is there from the day it is about."""
    shelf = written([])
    for number, (typed, about) in enumerate(entries):
        shelf.put(typed, "contacts", f"K{number}", event_record(contact(f"K{number}", about)))
    found = PastReader(shelf.backend, day).events_by_case(Contact).get("C", [])
    assert sorted(c.day for c in found) == sorted(about for _, about in entries if about <= day)


def test_a_case_typed_in_later_counts_where_something_about_it_is_older() -> None:
    """A payment of August entered in September belongs to August; a case without a past does not."""
    late, hand_in = date(2012, 9, 5), date(2012, 8, 25)
    shelf = Shelf()
    shelf.put_case(
        late, {"姓名": stated(late, "甲子女"), "发放日期": stated(late, "2012-08-15")}, opened=late
    )
    found = seen(shelf, hand_in)
    assert found is not None
    assert found.name == "甲子女"
    bare = Shelf()
    bare.put_case(late, {"姓名": stated(late, "乙子女"), "发放日期": stated(late, "2012-08-28")}, opened=late)
    reader = PastReader(bare.backend, hand_in)
    assert list(reader.cases()) == []
    assert reader.left_out == 1
    known = Outcome(id="O", case="C", day=date(2012, 8, 1), status="待就业", by="李老师")
    bare.put(late, "outcomes", "O", event_record(known))
    assert seen(bare, hand_in) is not None
