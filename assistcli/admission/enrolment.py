"""Rows of files taken into the casebook: matched, added or changed, each fact with its origin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistcli.admission.rowproposal import doubt_schools
from assistcli.admission.sameness import Key, Passage, watch_cases
from assistcli.book.casebook import Page, Reader, new_case_id
from assistcli.book.caserecord import facts_of_origin
from assistcli.intake.matching import Added, Changed, Delivered, RowOutcome, Unchanged, match_row
from assistcli.intake.reading import Intake
from assistcli.intake.rows import ParsedRow
from assistcli.model import Case, Fact
from assistcli.policy.rules import Pack
from assistcli.progress import watch
from assistcli.provenance import UNNAMED, Voice, with_word
from assistcli.values import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Under which notice and year, on which day, by whom and on whose word rows are entered."""

    pack: Pack
    year: int
    day: date
    by: str
    voice: Voice = UNNAMED

    @property
    def delivered(self) -> Delivered:
        """What a row is matched with."""
        return Delivered(day=self.day, by=self.by, voice=self.voice)


class StoreLookup:
    """The cases of one notice and year that bear a key, for matching the rows of one file.

    No two rows of a file bear the same 学号 or 身份证号: so whom a walk has met under one, and that it met
    nobody, holds until the file is done, but for cases that another row has changed.
    """

    def __init__(self, source: Reader, terms: Terms, met: Mapping[Key, Sequence[Case]] | None = None) -> None:
        self._source = source
        self._terms = terms
        self._met = met or {}
        self.changed: set[str] = set()
        """Ids of cases that are no longer as they were met."""

    def by_student_no(self, number: str) -> Sequence[Case]:
        """Cases whose 学号 is *number*."""
        return self._bearers(("学号", number), "student_no")

    def by_id_number(self, number: str) -> Sequence[Case]:
        """Cases whose 身份证号 is *number*."""
        return self._bearers(("身份证号", number), "id_number")

    def by_worker(self, worker_id: str, name: str) -> Sequence[Case]:
        """Cases of the child *name* of the worker with *worker_id*."""
        return [case for case in self._found("worker_id", worker_id) if case.name == name]

    def by_case(self, id: str) -> Sequence[Case]:
        """The case *id*, if it is one of these."""
        found = self._source.matching(id, self._terms.pack.id)
        return [case for case in found if case.id == id and case.year == self._terms.year]

    def _bearers(self, key: Key, member: str) -> Sequence[Case]:
        met = self._met.get(key)
        if met is None or (met and any(case.id in self.changed for case in met)):
            return self._found(member, str(key[1]))
        return met

    def _found(self, key: str, value: str) -> list[Case]:
        found = self._source.found(key, value, self._terms.pack.id)
        return [case for case in found if case.year == self._terms.year]


def enter_rows(
    intakes: Sequence[Intake], page: Page, terms: Terms, known: Sequence[bool] = ()
) -> list[RowOutcome]:
    """Enter every row without errors on *page*; what each row did, later files seeing the earlier ones.

    *known* says of each file whether it is in already, word for word. A form is weighed against its case
    all the same: what it leaves open, such as the year of a day, the case may know.
    """
    outcomes: list[RowOutcome] = []
    for place, intake in enumerate(intakes):
        _doubt_colleges(intake.rows, terms.pack)
        doubt_schools(intake.rows, terms.pack, terms.year)
        if place < len(known) and known[place] and intake.tables:
            outcomes += [Unchanged(row=row) for row in intake.rows]
        else:
            outcomes += _enter_file(intake, page, terms)
    return outcomes


def _enter_file(intake: Intake, page: Page, terms: Terms) -> list[RowOutcome]:
    outcomes: list[RowOutcome] = []
    passage = watch_cases(intake.rows, page, terms.pack, terms.year) if intake.tables else Passage()
    lookup, delivered, same = StoreLookup(page, terms, passage.bearers), terms.delivered, passage.same
    for place, row in enumerate(watch(intake.rows, "核对")):
        if place in same and same[place] not in lookup.changed:
            outcomes.append(Unchanged(row=row, case_id=same[place]))
            continue
        outcome = match_row(row, lookup, terms.pack.subject, delivered)
        if isinstance(outcome, Added):
            page.put_case(_added_case(row, terms, delivered))
        elif isinstance(outcome, Changed):
            page.put_case(_changed_case(outcome))
            lookup.changed.add(outcome.case.id)
        outcomes.append(outcome)
    return outcomes


def _doubt_colleges(rows: Sequence[ParsedRow], pack: Pack) -> None:
    """A college that the notice's table does not list goes in, and is said aloud: no table counts it."""
    known = {squeeze(name) for name in pack.summary.colleges} if pack.summary else set()
    for row in rows if known else ():
        college = str(row.values.get("学院", ""))
        if college and college not in known and squeeze(college) not in known:
            row.doubt("学院", f"「{college}」不在文件附件所列的学院里，汇总表不会计入")


def _added_case(row: ParsedRow, terms: Terms, delivered: Delivered) -> Case:
    origin = delivered.origin(row)
    facts: Mapping[str, Fact] = facts_of_origin(row.values, row.raws, origin)
    if delivered.voice.party:
        facts = {name: delivered.fact(row, name) for name in facts}
    return Case(
        id=new_case_id(),
        pack=terms.pack.id,
        year=terms.year,
        subject=terms.pack.subject,
        opened=terms.day,
        facts=facts,
        origin=origin,
    )


def _changed_case(outcome: Changed) -> Case:
    case = outcome.case
    for change in outcome.changes:
        case = with_word(case, change.field, change.said, change.now)
    return case
