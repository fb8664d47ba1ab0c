"""The model ⇄ JSON records of the store: dates as ISO text, money as text in yuan, blanks left out."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from assistcli.fields import catalogue
from assistcli.glance import Glance
from assistcli.model import Adoption, Contact, Office, Stage
from assistcli.money import format_yuan, parse_yuan
from assistcli.values import Value, record_value

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from assistcli.assistance import (
        Activity,
        Application,
        Deadline,
        Exemplar,
        Fund,
        Job,
        Member,
        Outcome,
        Pairing,
        Plan,
        Publication,
        Recommendation,
        Referral,
    )
    from assistcli.model import Claim, Filing, Paper, Step
    from assistcli.provenance import Delivery, Layout, Precedence

    Event = (
        Contact | Claim | Step | Paper | Filing | Outcome | Pairing | Plan | Recommendation
        | Application | Referral | Exemplar | Activity | Job | Fund | Member | Deadline | Publication
        | Delivery | Layout | Precedence
    )  # fmt: skip

Record = dict[str, Any]
E = TypeVar("E", bound="DataclassInstance")

# Members of the model that are not plain text, by name: how they are written and read.
_WRITE: dict[str, Callable[[Any], Any]] = {
    "day": date.isoformat,
    "stated": date.isoformat,
    "next_date": date.isoformat,
    "issued": date.isoformat,
    "spent": date.isoformat,
    "until": date.isoformat,
    "start": date.isoformat,
    "done": date.isoformat,
    "down": date.isoformat,
    "take_down": date.isoformat,
    "asked": format_yuan,
    "amount": format_yuan,
    "salary": format_yuan,
    "topics": list,
    "measures": list,
    "majors": list,
    "headers": list,
    "shared": list,
    "parties": list,
    "cases": list,
    "stages": lambda stages: [event_record(stage) for stage in stages],
}
_READ: dict[str, Callable[[Any], Any]] = {
    "day": date.fromisoformat,
    "stated": date.fromisoformat,
    "next_date": date.fromisoformat,
    "issued": date.fromisoformat,
    "spent": date.fromisoformat,
    "until": date.fromisoformat,
    "start": date.fromisoformat,
    "done": date.fromisoformat,
    "down": date.fromisoformat,
    "take_down": date.fromisoformat,
    "asked": parse_yuan,
    "amount": parse_yuan,
    "salary": parse_yuan,
    "topics": tuple,
    "measures": tuple,
    "majors": tuple,
    "headers": tuple,
    "shared": tuple,
    "parties": tuple,
    "cases": tuple,
    "stages": lambda stages: tuple(event_of_record(Stage, stage) for stage in stages),
}


def event_record(event: "DataclassInstance") -> Record:
    """The record of *event*: every member but its id, blanks left out."""
    members = {f.name: getattr(event, f.name) for f in fields(event) if f.name != "id"}
    return {
        name: _WRITE.get(name, lambda plain: plain)(value)
        for name, value in members.items()
        if value is not None and value not in ("", ()) and value is not False
    }


def event_data(name: str, event: "Event") -> dict[str, Any]:
    """One entry as JSON: its id under *name*, its day under ``date``."""
    record = event_record(event)
    record["date"] = record.pop("day")
    return {name: event.id} | record


def event_of_record(kind: type[E], record: Mapping[str, Any], id: str | None = None) -> E:
    """The event of *kind* that ``event_record`` wrote; text that was blank is blank again."""
    members: dict[str, Any] = {} if id is None else {"id": id}
    for name, needed in _members(kind):
        if name in record:
            value, read = record[name], _READ.get(name)
            members[name] = value if read is None else read(value)
        elif needed:
            members[name] = ""
    return kind(**members)


@cache
def _members(kind: "type[DataclassInstance]") -> tuple[tuple[str, bool], ...]:
    """Members of *kind* but the id, and whether each must be given; a record leaves blank ones out."""
    return tuple((f.name, f.default is MISSING) for f in fields(kind) if f.name != "id")


def glance_of_record(record: Mapping[str, Any], id: str) -> Glance:
    """The contact that ``event_record`` wrote, at a glance: six times faster than the whole."""
    get = record.get
    later = get("next_date")
    return Glance(
        id,
        record["case"],
        day_of(record["day"]),
        get("kind", ""),
        day_of(later) if later else None,
        get("restricted", False),
        get("mass", False),
        get("missed", False),
        "text" in record or "evidence" in record,
    )


def glance_at(contact: Contact) -> Glance:
    """*contact* at a glance."""
    return glance_of_record(event_record(contact), contact.id)


@cache
def day_of(text: str) -> date:
    """The day, one object for all records of that day."""
    return date.fromisoformat(text)


def recorded(name: str, value: Value) -> Value:
    """*value* of fact *name* as it stands in records and JSON; a pack's own fact is kept as it is."""
    field = catalogue().get(name)
    return record_value(field, value) if field else value


def office_record(office: Office) -> Record:
    """The record of *office*; adopted readings are records of their own."""
    return {
        "unit": office.unit,
        "year": office.year,
        "packs": list(office.packs),
        "figures": dict(office.figures),
        "colleges": {college: dict(figures) for college, figures in office.college_figures.items()},
    }


def office_of_record(record: Mapping[str, Any], adoptions: tuple[Adoption, ...]) -> Office:
    """The office that ``office_record`` wrote, with its *adoptions*."""
    return Office(
        unit=record["unit"],
        year=record["year"],
        packs=tuple(record["packs"]),
        figures=record["figures"],
        college_figures=record["colleges"],
        adoptions=adoptions,
    )
