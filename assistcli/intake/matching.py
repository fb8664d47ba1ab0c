"""Rows against the cases that a store already has: added, changed field by field, unchanged or rejected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistcli.derivation import complete_values, contradictions, facts_of
from assistcli.intake.answers import drop_known_days
from assistcli.intake.finding import WORKER_ID, CaseLookup, find_household, find_printed, find_student
from assistcli.intake.rows import ParsedRow
from assistcli.intake.wording import row_words
from assistcli.model import HOUSEHOLD, Case, Fact, Origin
from assistcli.provenance import UNNAMED, Voice, heard, settled
from assistcli.values import Value

_NAMING = frozenset({"姓名", WORKER_ID})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """By whom and on which day rows are entered, and whose word they are."""

    day: date
    by: str
    voice: Voice = UNNAMED

    def origin(self, row: ParsedRow) -> Origin:
        """Where the facts of *row* come from."""
        place = f"{row.file} {row.sheet} {row_words(row.file, row.number)}".replace("  ", " ")
        return Origin(place, self.day, self.by)

    def fact(self, row: ParsedRow, name: str) -> Fact:
        """What *row* says on *name*, as it is kept."""
        voice = self.voice
        origin = self.origin(row)._asdict()
        return Fact(
            value=row.values[name],
            raw=row.raw(name),
            party=voice.party,
            stated=voice.stated,
            **origin,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One fact that a row would change; ``old`` is ``None`` where it was unknown.

    ``said`` is what all sources say on it, the row's own last; ``now`` the statement that counts, ``None``
    while they disagree and nobody has decided.
    """

    field: str
    old: Value | None
    new: Value
    said: tuple[Fact, ...]
    now: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A row for which there is no case yet."""

    row: ParsedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A row that changes facts of a case."""

    row: ParsedRow
    case: Case
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A row that says nothing new; where the whole file is known, its case was not even looked for."""

    row: ParsedRow
    case_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A row that may not go in; its errors say why."""

    row: ParsedRow


RowOutcome = Added | Changed | Unchanged | Rejected


def match_row(row: ParsedRow, lookup: CaseLookup, subject: str, delivered: Delivered) -> RowOutcome:
    """What one row does: it adds a case, changes one, leaves it unchanged, or is rejected.

    Errors found here are noted in the row.
    """
    if row.errors:
        return Rejected(row=row)
    found = find_household(row, lookup) if subject == HOUSEHOLD else find_student(row, lookup)
    if row.case and not row.errors:
        found = find_printed(row, found, lookup, subject)
    if row.errors:
        return Rejected(row=row)
    if found is None:
        return Added(row=row)
    if row.warnings:
        drop_known_days(row, found)
    changes = _changes(row, found, delivered)
    if not changes:
        return Unchanged(row=row, case_id=found.id)
    _judge_names(row, changes, delivered.voice)
    _judge_changes(row, found, changes)
    return Rejected(row=row) if row.errors else Changed(row=row, case=found, changes=changes)


def _changes(row: ParsedRow, case: Case, delivered: Delivered) -> tuple[FieldChange, ...]:
    """Facts that differ; a blank cell is no fact and erases none."""
    fresh = row.values.items() - facts_of(case).items()
    told = {name for name, value in fresh if delivered.voice.tells(case, name, value)}
    told -= _printed_for_it(row, case)
    return tuple(_change(row, case, name, delivered) for name in row.values if name in told)


def _printed_for_it(row: ParsedRow, case: Case) -> set[str]:
    """Fields that our own form of *case* came back with as printed: nobody stated them, they follow."""
    if row.case != case.id:
        return set()
    facts = {name: fact.value for name, fact in case.facts.items()}
    known = complete_values(facts, case.year)
    return {name for name in row.values if name not in facts and known.get(name) == row.values[name]}


def _change(row: ParsedRow, case: Case, name: str, delivered: Delivered) -> FieldChange:
    said = heard(case, delivered.fact(row, name), name)
    now = settled(name, said, delivered.voice.rules)
    return FieldChange(field=name, old=case.value(name), new=row.values[name], said=said, now=now)


def _judge_names(row: ParsedRow, changes: Sequence[FieldChange], voice: Voice) -> None:
    """Refuse another name from a party: whose row it is must be beyond doubt before its word is weighed."""
    for change in changes:
        if voice.party and change.old is not None and change.field in _NAMING:
            row.refuse(
                change.field,
                f"{voice.party}写的{change.field}与库里不同，是不是同一人？库里的错了就用 assist edit 改",
            )


def _judge_changes(row: ParsedRow, case: Case, changes: Sequence[FieldChange]) -> None:
    """Refuse what the row newly says against facts that the case already has."""
    fresh = {change.field for change in changes}
    for given, source in contradictions(facts_of(case) | row.values, case.year):
        if {given, source} & fresh:
            field, other = (given, source) if given in fresh else (source, given)
            row.refuse(
                field, f"与库里同一人（{case.name}）的{other}不符；请核对，库里的错了就用 assist edit 改"
            )
