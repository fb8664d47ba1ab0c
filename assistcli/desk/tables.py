"""Tables over cases, by name: the one place where ``report`` and ``form`` get the same numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistcli.assistance import Activity, Fund, Job, Outcome, Pairing, Plan, Recommendation
from assistcli.casebook import Casebook, Reader
from assistcli.derivation import complete_values
from assistcli.desk.assessment import Assessor, facts_of, stamps_of
from assistcli.desk.past import PastReader
from assistcli.desk.rhythm import practices_of, rhythm_for
from assistcli.desk.verdictsheet import stamp
from assistcli.errors import DataRejectedError
from assistcli.fields import nearest_names
from assistcli.model import Case, Office
from assistcli.policy.practice import Quota
from assistcli.policy.rules import Citation, FormRule, Pack
from assistcli.policy.verdict import ELIGIBLE, NOT_ELIGIBLE
from assistcli.reports.bulletin import bulletin_table, last_bulletin
from assistcli.reports.cells import cell_rules, cell_table
from assistcli.reports.classes import class_table
from assistcli.reports.indicators import Yardstick, indicator_table
from assistcli.reports.ledger import ledger_table
from assistcli.reports.lists import Support, detail_table, spending_table, support_of
from assistcli.reports.material import Material, services_by_case
from assistcli.reports.statistics import StatisticsTable
from assistcli.reports.summary import squeeze, summary_table

PER_TABLE = "table"
INDICATORS = "indicators"
GENERAL = {INDICATORS: "指标表", "ledger": "工作台账", "bulletin": "工作通报", "classes": "小班统计"}
"""Tables that every notice has, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The cases that a table is made over, under one notice of one office, as *source* knew them on *day*."""

    book: Casebook
    source: Reader
    pack: Pack
    office: Office
    assessor: Assessor
    cases: Sequence[Case]
    day: date
    notes: tuple[str, ...] = ()


def survey(book: Casebook, college: str = "", as_of: date | None = None) -> Survey:
    """All cases under the notice in use, or those of one *college*; as of a past day, where one is given."""
    if as_of:
        book = Casebook(book.folder, book.backend, replace(book.context, today=as_of))
    source = PastReader(book.backend, as_of) if as_of else book
    pack = book.the_pack()
    cases = [c for c in source.cases(pack.id) if not college or squeeze(c.text("学院")) == squeeze(college)]
    notes = _notes_of_the_past(source, as_of) if isinstance(source, PastReader) else ()
    return Survey(
        book=book,
        source=source,
        pack=pack,
        office=book.office(),
        assessor=Assessor(book),
        cases=cases,
        day=book.context.today,
        notes=notes,
    )


def _notes_of_the_past(source: PastReader, day: date | None) -> tuple[str, ...]:
    """What a table of a past day means, and who is not in it."""
    means = (
        f"截至 {day}：事情按发生的日期计，补记的也计入；事实按当日的说法，当日以后才登记的按最早的说法；"
        "口径和单位数据按现在的"
    )
    left_out = f"{source.left_out} 个个案在 {day} 以后才登记，也没有当日以前的记录，未计入"
    return (means, left_out) if source.left_out else (means,)


def table_rules(pack: Pack) -> list[FormRule]:
    """The tables that the notice asks for, and those that every notice has."""
    own = [form for form in pack.forms if form.per == PER_TABLE and not form.slot]
    citation = pack.contact.citation or next(
        (form.citation for form in pack.forms), Citation(clause="", quote="")
    )
    return own + [
        FormRule(name=name, title=title, short=title, per=PER_TABLE, citation=citation)
        for name, title in GENERAL.items()
    ]


def find_rule(rules: Sequence[FormRule], name: str) -> FormRule:
    """The form or table called *name*: by its name, its title or its short title.

    Raises:
        DataRejectedError: there is none; the message lists those there are.
    """
    for rule in rules:
        if squeeze(name) in {rule.name, squeeze(rule.title), rule.short}:
            return rule
    known = [word for rule in rules for word in (rule.name, rule.short)]
    near = nearest_names(name, known)
    hint = f"；是不是「{near[0]}」？" if near else ""
    listed = "、".join(f"{rule.name}（{rule.short}）" for rule in rules)
    raise DataRejectedError(f"没有「{name}」；可用：{listed}{hint}")


def build_table(rule: FormRule, over: Survey, since: date | None = None) -> StatisticsTable:
    """The table *rule* over the cases of *over*; a bulletin tells what changed after *since*.

    Under it stand the notice it was made by (R0-01), the readings that were adopted, since its numbers may
    hang on them, and for a past day what that means.

    Raises:
        DataRejectedError: the program does not know how to make it.
    """
    table = _plain_table(rule, over, since)
    adopted = [f"已定口径：{'；'.join(stamps)}" for stamps in [stamps_of(over.office, over.pack.id)] if stamps]
    basis = f"依据：{stamp(over.pack)}；{over.office.unit}，{over.office.year} 年"
    return replace(table, notes=(*table.notes, *over.notes, basis, *adopted))


def _plain_table(rule: FormRule, over: Survey, since: date | None) -> StatisticsTable:
    if rule.name in GENERAL:
        return _general_table(rule, over, since)
    if rule.name == "spending":
        accounts = list(over.assessor.accounts(over.cases, over.source))
        return spending_table(accounts, over.pack, rule.title)
    if rule.name == "statistics" and cell_rules(over.pack.id):
        return cell_table(over.pack.id, rule.title, gather(over))
    judged = [(case, over.assessor.verdicts(case)) for case in over.cases]
    if rule.name == "summary":
        return summary_table(judged, over.pack, over.office)
    if rule.name == "detail":
        return detail_table(judged, over.pack, rule.title, _support(over))
    raise DataRejectedError(f"还不能生成「{rule.title}」")


def _general_table(rule: FormRule, over: Survey, since: date | None) -> StatisticsTable:
    material = gather(over)
    if rule.name == "ledger":
        return ledger_table(material, rule.title)
    if rule.name == "bulletin":
        return bulletin_table(material, since or last_bulletin(material), rule.title)
    rhythm = rhythm_for(over.book, over.pack)
    if rule.name == "classes":
        return class_table(material, rhythm.quotas, _all_facts, rule.title)
    objects, doubtful = _objects(over)
    table = indicator_table(material, objects, _yardstick(over, rhythm.quotas), rule.title)
    remark = f"帮扶对象 {len(objects)} 人；另有 {doubtful} 人资格待核实或取决于口径，未计入"
    return replace(table, notes=(*table.notes, *([remark] if doubtful else [])))


def _yardstick(over: Survey, quotas: tuple[Quota, ...]) -> Yardstick:
    packs = _packs_in_use(over)
    return Yardstick(
        indicators=[indicator for pack in packs for indicator in pack.indicators],
        targets=[target for pack in packs for target in pack.targets],
        quotas=quotas,
        adopted={name: o for pack in packs for name, o in over.office.adopted(pack.id).items()},
    )


def _all_facts(case: Case) -> Mapping[str, object]:
    return complete_values(facts_of(case), case.year)


def gather(over: Survey) -> Material:
    """Everything that statistics are made from."""
    source = over.source
    return Material(
        cases=over.cases,
        year=over.office.year,
        day=over.day,
        talks=services_by_case(source.glances(), over.day),
        outcomes=source.events_by_case(Outcome),
        pairings=source.events_by_case(Pairing),
        plans=source.events_by_case(Plan),
        advices=source.events_by_case(Recommendation),
        activities=list(source.all_events(Activity)),
        jobs=list(source.all_events(Job)),
        funds=list(source.all_events(Fund)),
    )


def _packs_in_use(over: Survey) -> list[Pack]:
    """The notice itself, and the practices that were adopted."""
    return [over.pack, *(p for p in practices_of(over.book).values() if p.id != over.pack.id)]


def _objects(over: Survey) -> tuple[list[Case], int]:
    """帮扶对象: cases surely entitled to something, and how many more may be.

    All of them where the notice names no category.
    """
    if not over.pack.benefits:
        return list(over.cases), 0
    words = [(case, {verdict.verdict for verdict in over.assessor.verdicts(case)}) for case in over.cases]
    sure = [case for case, found in words if ELIGIBLE in found]
    return sure, sum(ELIGIBLE not in found and found != {NOT_ELIGIBLE} for _, found in words)


def _support(over: Survey) -> Support:
    pairings, outcomes = over.source.events_by_case(Pairing), over.source.events_by_case(Outcome)
    return support_of(over.cases, pairings, outcomes, over.day)
