"""Rows against the cases that a store already has: added, changed field by field, unchanged or rejected.

The rules of CONTRACT.md: 学号, else 身份证号, else rejected; a household child by 身份证号, where missing by
职工身份证号 + 姓名. The same 学号 with another 身份证号, or the reverse, is an error, never an update.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistcli.derivation import complete_values, contradictions, facts_of
from assistcli.intake.answers import drop_known_days
from assistcli.intake.judgement import row_key
from assistcli.intake.rows import ParsedRow
from assistcli.intake.wording import row_words
from assistcli.masks import mask_id
from assistcli.model import HOUSEHOLD, Case, Fact, Origin
from assistcli.provenance import UNNAMED, Voice, heard, settled
from assistcli.values import Value

STUDENT_NO = "学号"
ID_NUMBER = "身份证号"
WORKER_ID = "职工身份证号"
_NAMING = frozenset({"姓名", WORKER_ID})


class CaseLookup(Protocol):
    """What matching needs of a store: the cases of this notice and year that bear a key."""

    def by_student_no(self, number: str) -> Sequence[Case]:
        """Cases whose 学号 is *number*."""
        ...

    def by_id_number(self, number: str) -> Sequence[Case]:
        """Cases whose 身份证号 is *number*."""
        ...

    def by_case(self, id: str) -> Sequence[Case]:
        """The case *id*, if it is one of these."""
        ...

    def by_worker(self, worker_id: str, name: str) -> Sequence[Case]:
        """Cases of the child *name* of the worker with *worker_id*."""
        ...


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
    found = _find_household(row, lookup) if subject == HOUSEHOLD else _find_student(row, lookup)
    if row.case and not row.errors:
        found = _find_printed(row, found, lookup, subject)
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


def _find_student(row: ParsedRow, lookup: CaseLookup) -> Case | None:
    number, own = row.values.get(STUDENT_NO), row.values.get(ID_NUMBER)
    by_number = _only(row, STUDENT_NO, lookup.by_student_no(str(number)) if number else ())
    by_id = _only(row, ID_NUMBER, lookup.by_id_number(str(own)) if own else ())
    for case in (by_number, by_id):
        if case is not None:
            _compare_keys(row, case, (STUDENT_NO, ID_NUMBER))
    if by_number and by_id and by_number.id != by_id.id:
        row.refuse(ID_NUMBER, "学号和身份证号分别是库里两个人的；请核对")
    return by_number or by_id


def _find_household(row: ParsedRow, lookup: CaseLookup) -> Case | None:
    own, worker, name = (row.values.get(field) for field in (ID_NUMBER, WORKER_ID, "姓名"))
    found = _only(row, ID_NUMBER, lookup.by_id_number(str(own)) if own else ())
    if found is None and worker and name:
        found = _only(row, WORKER_ID, lookup.by_worker(str(worker), str(name)))
    if found is not None:
        _compare_keys(row, found, (ID_NUMBER, STUDENT_NO))
    return found


def _find_printed(row: ParsedRow, found: Case | None, lookup: CaseLookup, subject: str) -> Case | None:
    """The case of a form that holds the case id it was printed with; what a person wrote goes before it.

    A form is passed on and filled in by somebody else: so the id alone never names the case.
    """
    printed = next(iter(lookup.by_case(row.case)), None)
    is_same = printed is not None and row.values.get("姓名") == printed.name
    if found is not None or printed is None or not is_same:
        if found is None and not row_key(row, subject):
            row.refuse(STUDENT_NO, "表上没有学号和身份证号，姓名也不是打印时的那个人，认不出是谁；请补上一样")
        elif found is not None and printed is not None and found.id != printed.id:
            row.doubt(STUDENT_NO, f"这张表是给 {printed.name} 打印的，写的是 {found.name}；按写的读")
        return found
    if row_key(row, subject):
        number = f"（{printed.student_no}）" if printed.student_no else ""
        row.refuse(
            STUDENT_NO,
            f"这张表是给 {printed.name}{number} 打印的，写的号码库里没有；写错了请改正，"
            "另一个人请用空白表（assist form 表名 --blank）",
        )
    return printed


def _only(row: ParsedRow, field: str, cases: Sequence[Case]) -> Case | None:
    if len(cases) > 1:
        row.refuse(field, f"库里有 {len(cases)} 个个案的{field}相同，不知改哪一个；请先用 assist doctor 检查")
    return cases[0] if cases else None


def _compare_keys(row: ParsedRow, case: Case, keys: Sequence[str]) -> None:
    """Refuse a row whose other key contradicts the case found: one of the two numbers is wrong."""
    for name in keys:
        given, known = row.values.get(name), case.value(name)
        if given is None or known is None or given == known:
            continue
        shown = mask_id(str(known)) if name == ID_NUMBER else str(known)
        message = f"与库里同一人（{case.name}）的{name} {shown} 不同；请核对，库里的错了就用 assist edit 改"
        if all(error.message != message for error in row.errors):
            row.refuse(name, message)
