"""The cases that a table is made over, and everything recorded about them, as of today or of a past day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistcli.assistance import Activity, Fund, Job, Outcome, Pairing, Plan, Recommendation
from assistcli.book.casebook import Casebook, Reader
from assistcli.census.past import PastReader
from assistcli.desk.assessment import Assessor
from assistcli.desk.rhythm import counting_for
from assistcli.model import Case, Office
from assistcli.policy.rules import Pack
from assistcli.reports.material import Material, services_by_case
from assistcli.values import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The cases that a table is made over, under one notice of one office, as *source* knew them on *day*.

    ``named``: every contact is to be known by its id, since a number of the table will be opened.
    """

    book: Casebook
    source: Reader
    pack: Pack
    office: Office
    assessor: Assessor
    cases: Sequence[Case]
    day: date
    notes: tuple[str, ...] = ()
    named: bool = False


def survey(book: Casebook, college: str = "", as_of: date | None = None, *, named: bool = False) -> Survey:
    """All cases under the notice in use, or those of one *college*; as of a past day, where one is given."""
    today = book.context.today
    if as_of:
        book = Casebook(book.folder, book.backend, replace(book.context, today=as_of))
    source = PastReader(book.backend, as_of) if as_of else book
    pack = book.the_pack()
    cases = [c for c in source.cases(pack.id) if not college or squeeze(c.text("学院")) == squeeze(college)]
    notes = _notes_of_the_past(source, as_of) if isinstance(source, PastReader) else ()
    if as_of and as_of > today:
        notes = (*notes, f"{as_of} 还没有到：只含到 {today} 已登记的")
    return Survey(
        book=book,
        source=source,
        pack=pack,
        office=book.office(),
        assessor=Assessor(book),
        cases=cases,
        day=book.context.today,
        notes=notes,
        named=named,
    )


def _notes_of_the_past(source: PastReader, day: date | None) -> tuple[str, ...]:
    """What a table of a past day means, and who is not in it."""
    means = (
        f"截至 {day}：事情按发生的日期计，补记的也计入；事实按当日的说法，当日以后才登记的按最早的说法；"
        "口径和单位数据按现在的"
    )
    left_out = f"{source.left_out} 个个案在 {day} 以后才登记，也没有当日以前的记录，未计入"
    return (means, left_out) if source.left_out else (means,)


def gather(over: Survey) -> Material:
    """Everything that statistics are made from."""
    source, counting = over.source, counting_for(over.book, over.office, over.day)
    return Material(
        cases=over.cases,
        year=over.office.year,
        day=over.day,
        talks=services_by_case(source.glances(), over.day, mass=counting.mass, named=over.named),
        outcomes=source.events_by_case(Outcome),
        pairings=source.events_by_case(Pairing),
        plans=source.events_by_case(Plan),
        advices=source.events_by_case(Recommendation),
        activities=list(source.all_events(Activity)),
        jobs=list(source.all_events(Job)),
        funds=list(source.all_events(Fund)),
    )
