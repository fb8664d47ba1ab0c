"""A case ⇄ its JSON record: short where its facts came in together, and readable in the journal."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from sys import intern
from typing import Any

from assistcli.book.records import Record, day_of, recorded
from assistcli.fields import Field, catalogue
from assistcli.identity import PERSON_KEYS
from assistcli.model import Case, Fact, LazyFacts, Origin
from assistcli.values import Value, record_value, usual_text, value_of_record

_KEY_FACTS = {**PERSON_KEYS, "name": "姓名"}


class RecordedFacts(LazyFacts):
    """Facts as they stand in a record, each made when it is asked for: most are written, few are read."""

    __slots__ = ("_origin", "entries")

    def __init__(self, entries: Mapping[str, Any], origin: Origin | None) -> None:
        self.entries = entries
        self._origin = origin

    def __getitem__(self, name: str) -> Fact:
        return _fact_of_record(name, self.entries[name], self._origin)

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def stated(self, name: str) -> Value | None:
        """What is recorded for field *name*; unknown is ``None``."""
        entry = self.entries.get(name)
        value: Value | None = entry["value"] if isinstance(entry, dict) else entry
        money = _money_fields()
        return value_of_record(money[name], value) if name in money and value is not None else value

    def all_stated(self) -> dict[str, Value]:
        """Every recorded value by field name."""
        found = dict(self.entries)
        for name, entry in self.entries.items():
            if entry.__class__ is dict:  # as JSON makes them; a call for each fact would take twice as long
                found[name] = entry["value"]
        for name, field in _money_fields().items():
            if name in found:
                found[name] = value_of_record(field, found[name])
        return found

    def with_fact(self, name: str, fact: Fact | None) -> "RecordedFacts":
        """These facts with *fact* as *name*, or without any; the others stay as they were recorded."""
        entries = dict(self.entries)
        if fact is None:
            entries.pop(name, None)
        else:
            entries[name] = _fact_record(name, fact, self._origin)
        return RecordedFacts(entries, self._origin)

    def entries_for(self, origin: Origin | None) -> Mapping[str, Any] | None:
        """The facts as a record of a case from *origin* has them; ``None`` if these are of another."""
        return self.entries if origin == self._origin else None


def values_of_record(record: Mapping[str, Any]) -> dict[str, Value]:
    """Every value in the record of a case, by field name, as memory has it; the case itself is not made."""
    return RecordedFacts(record["facts"], None).all_stated()


def facts_of_origin(values: Mapping[str, Value], raws: Mapping[str, str], origin: Origin) -> RecordedFacts:
    """Facts with these *values*, all from one *origin*; *raws* are the texts that say more."""
    entries: dict[str, Any] = dict(values)
    for name, field in _money_fields().items():
        if name in entries:
            entries[name] = record_value(field, entries[name])
    for name, raw in raws.items():
        if name in entries and raw != usual_text(entries[name]):
            entries[name] = {"value": entries[name], "raw": raw}
    return RecordedFacts(entries, origin)


def case_record(case: Case) -> Record:
    """The record of *case*; the members that are looked up by stand beside the facts.

    A fact from the case's own origin is its value alone, with the raw text where that reads otherwise.
    """
    entries = case.facts.entries_for(case.origin) if isinstance(case.facts, RecordedFacts) else None
    facts = entries or {name: _fact_record(name, fact, case.origin) for name, fact in case.facts.items()}
    record: Record = {}
    for key, name in _KEY_FACTS.items():
        if name in facts:
            entry = facts[name]
            record[key] = entry["value"] if isinstance(entry, dict) else entry
    record |= {"pack": case.pack, "year": case.year, "subject": case.subject}
    record["opened"] = _iso(case.opened)
    if case.origin:
        record["origin"] = {"source": case.origin.source, "day": _iso(case.origin.day), "by": case.origin.by}
    record["facts"] = facts
    if case.statements:
        said = case.statements.items()
        record["statements"] = {name: [_fact_record(name, f, None) for f in facts] for name, facts in said}
    return record


def case_label(case: Case) -> str:
    """Name and student number, as far as they are known."""
    return " ".join(filter(None, (case.name, case.student_no)))


def case_head(case: Case) -> dict[str, str | None]:
    """The members by which every JSON answer about *case* names it."""
    return {"case": case.id, "student_no": case.student_no, "name": case.name}


def _fact_record(name: str, fact: Fact, origin: Origin | None) -> Any:
    """*fact* in a record of a case from *origin*: without what it shares with that."""
    value = recorded(name, fact.value)
    own = {} if fact.raw == usual_text(value) else {"raw": fact.raw}
    if fact.party:
        own |= {"party": fact.party}
    if fact.stated:
        own |= {"stated": _iso(fact.stated)}
    if origin != (fact.source, fact.day, fact.by):
        return {"value": value, "source": fact.source, "day": _iso(fact.day), "by": fact.by} | own
    return {"value": value} | own if own else value


def case_of_record(record: Mapping[str, Any], id: str) -> Case:
    """The case that ``case_record`` wrote."""
    whence = record.get("origin")
    origin = Origin(intern(whence["source"]), day_of(whence["day"]), intern(whence["by"])) if whence else None
    said = record.get("statements", {})
    return Case(
        id=id,
        pack=record["pack"],
        year=record["year"],
        subject=record["subject"],
        opened=day_of(record["opened"]),
        facts=RecordedFacts(record["facts"], origin),
        origin=origin,
        statements={n: tuple(_fact_of_record(n, fact, None) for fact in facts) for n, facts in said.items()},
    )


@cache
def _money_fields() -> dict[str, Field]:
    """The fields whose values stand otherwise in records than in memory."""
    return {name: field for name, field in catalogue().items() if field.kind == "money"}


def _fact_of_record(name: str, entry: Any, origin: Origin | None) -> Fact:
    members: Mapping[str, Any] = entry if isinstance(entry, dict) else {"value": entry}
    field, value = catalogue().get(name), members["value"]
    if origin is None or "source" in members:  # a hundred thousand cases name few sources, people and days
        origin = Origin(intern(members["source"]), day_of(members["day"]), intern(members["by"]))
    stated = members.get("stated")
    return Fact(
        value=value_of_record(field, value) if field else value,
        raw=members.get("raw", usual_text(value)),
        source=origin.source,
        day=origin.day,
        by=origin.by,
        party=members.get("party", ""),
        stated=day_of(stated) if stated else None,
    )


@cache
def _iso(day: date) -> str:
    """The day as text, one object for all records of that day."""
    return day.isoformat()
