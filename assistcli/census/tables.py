"""Tables over cases, by name: the one place where ``report`` and ``form`` get the same numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistcli.assistance import Application, Deadline, Member, Outcome, Pairing
from assistcli.census.moneytables import money_table, unpaid_list
from assistcli.census.survey import Survey, gather, survey
from assistcli.derivation import complete_values, facts_of
from assistcli.desk.assessment import stamps_of
from assistcli.desk.rhythm import counting_for, practices_of, rhythm_for
from assistcli.errors import DataRejectedError
from assistcli.fields import guess_name
from assistcli.followup.elsewhere import aid_states
from assistcli.followup.roster import Place, held_beside, places
from assistcli.model import Case
from assistcli.policy.practice import Quota
from assistcli.policy.rules import Citation, FormRule, Pack
from assistcli.policy.verdict import ELIGIBLE, NOT_ELIGIBLE
from assistcli.reports.adjustment import adjustment_table
from assistcli.reports.aids import aid_table
from assistcli.reports.bulletin import bulletin_table, last_bulletin
from assistcli.reports.cells import cell_rules, cell_table
from assistcli.reports.classes import class_table
from assistcli.reports.indicators import Yardstick, indicator_table
from assistcli.reports.ledger import ledger_table
from assistcli.reports.lists import Support, detail_table, spending_table, support_of, support_types
from assistcli.reports.material import Material
from assistcli.reports.opening import Item, open_aside
from assistcli.reports.roster import roster_table
from assistcli.reports.statistics import StatisticsTable
from assistcli.reports.summary import summary_table
from assistcli.sheets.verdictsheet import stamp
from assistcli.values import squeeze

PER_TABLE = "table"
DECIMALS = "万元小数"
INDICATORS = "indicators"
GENERAL = {
    INDICATORS: "指标表",
    "ledger": "工作台账",
    "bulletin": "工作通报",
    "classes": "小班统计",
    "roster": "帮扶名册",
    "funds": "资金收支表",
    "unpaid": "开学前未发放名单",
    "adjustment": "信息库调整名单",
    "aids": "助学政策落实表",
}
"""Tables that every notice has, by name."""
ADJUSTING = "调整"
"""The word by which the deadline of an adjustment is known."""


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
    hint = guess_name(name, known)
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
    adopted = [f"已定口径：{'；'.join(stamps)}" for stamps in [stamps_of(over.office, over.pack)] if stamps]
    basis = f"依据：{stamp(over.pack)}；{over.office.unit}，{over.office.year} 年"
    return replace(table, notes=(*table.notes, *over.notes, basis, *adopted))


def _plain_table(rule: FormRule, over: Survey, since: date | None) -> StatisticsTable:
    if rule.name in GENERAL:
        return _general_table(rule, over, since)
    if rule.name == "spending":
        accounts = list(over.assessor.accounts(over.cases, over.source, over.day))
        return spending_table(accounts, over.pack, rule.title)
    if rule.name == "statistics" and cell_rules(over.pack.id):
        decimals = over.office.figures.get(DECIMALS)
        return cell_table(over.pack.id, rule.title, gather(over), None if decimals is None else int(decimals))
    judged = [(case, over.assessor.verdicts(case)) for case in over.cases]
    if rule.name == "summary":
        return summary_table(judged, over.pack, over.office)
    if rule.name == "detail":
        return detail_table(judged, over.pack, rule.title, _support(over))
    raise DataRejectedError(f"还不能生成「{rule.title}」")


def _general_table(rule: FormRule, over: Survey, since: date | None) -> StatisticsTable:
    """A table that every notice has, by its name."""
    material = gather(over)
    rhythm = rhythm_for(over.book, over.pack)
    makers: Mapping[str, Callable[[], StatisticsTable]] = {
        "ledger": lambda: ledger_table(material, rule.title),
        "bulletin": lambda: bulletin_table(material, since or last_bulletin(material), rule.title),
        "classes": lambda: class_table(material, rhythm.quotas, _all_facts, rule.title),
        INDICATORS: lambda: _indicators(rule, over, material, rhythm.quotas),
        "roster": lambda: roster_table(_places(over), rule.title),
        "funds": lambda: money_table(over, material, rule.title),
        "unpaid": lambda: unpaid_list(over, rule.title),
        "adjustment": lambda: _adjustment(rule, over, since),
        "aids": lambda: _aids(rule, over),
    }
    return makers[rule.name]()


def _indicators(
    rule: FormRule, over: Survey, material: Material, quotas: tuple[Quota, ...]
) -> StatisticsTable:
    objects, doubtful = _objects(over)
    table = indicator_table(material, objects, _yardstick(over, quotas), rule.title)
    if not doubtful:
        return table
    remark = f"帮扶对象 {len(objects)} 人；另有 {len(doubtful)} 人资格待核实或取决于口径，未计入"
    asides = {**table.asides, remark: open_aside([Item(case=case.id) for case in doubtful])}
    return replace(table, notes=(*table.notes, remark), asides=asides)


def _yardstick(over: Survey, quotas: tuple[Quota, ...]) -> Yardstick:
    packs = _packs_in_use(over)
    return Yardstick(
        indicators=[indicator for pack in packs for indicator in pack.indicators],
        targets=[target for pack in packs for target in pack.targets],
        quotas=quotas,
        since=counting_for(over.book, over.office, over.day).since,
        adopted={name: o for pack in packs for name, o in over.office.adopted(pack.id).items()},
    )


def _places(over: Survey) -> list[Place]:
    """Every role wanted by the notice or an adopted practice, in every class of the cases; then who else."""
    roles = [role for pack in _packs_in_use(over) for role in pack.roles]
    members = list(over.source.all_events(Member))
    wanted = places(roles, over.cases, members, over.day)
    return [*wanted, *held_beside(wanted, roles, members, over.day)]


def _adjustment(rule: FormRule, over: Survey, since: date | None) -> StatisticsTable:
    """Who is on the list now and who was on it at the adjustment before."""
    start = since or _last_adjustment(over)
    before: dict[str, str] = {}
    if start:
        past = survey(over.book, as_of=start)
        chosen = {case.id for case in over.cases}
        before = {id: types for id, types in _categories(past).items() if id in chosen}
    return adjustment_table(over.cases, before, _categories(over), start, rule.title)


def _aids(rule: FormRule, over: Survey) -> StatisticsTable:
    applied = over.source.events_by_case(Application)
    states = {case: aid_states(entries, over.day) for case, entries in applied.items()}
    return aid_table(over.cases, states, [aid.name for aid in over.pack.aids], rule.title)


def _last_adjustment(over: Survey) -> date | None:
    """The day before this one on which an adjustment was recorded as done."""
    found = over.source.all_events(Deadline)
    done = [e.done for e in found if e.pack == over.pack.id and e.done and ADJUSTING in e.what]
    return max((day for day in done if day < over.day), default=None)


def _categories(over: Survey) -> dict[str, str]:
    return {case.id: support_types(over.assessor.verdicts(case)) for case in over.cases}


def _all_facts(case: Case) -> Mapping[str, object]:
    return complete_values(facts_of(case), case.year)


def _packs_in_use(over: Survey) -> list[Pack]:
    """The notice itself, and the practices that were adopted."""
    return [over.pack, *(p for p in practices_of(over.book).values() if p.id != over.pack.id)]


def _objects(over: Survey) -> tuple[list[Case], list[Case]]:
    """帮扶对象: cases surely entitled to something, and who else may be.

    All of them where the notice names no category.
    """
    if not over.pack.benefits:
        return list(over.cases), []
    words = [(case, {verdict.verdict for verdict in over.assessor.verdicts(case)}) for case in over.cases]
    sure = [case for case, found in words if ELIGIBLE in found]
    return sure, [case for case, found in words if ELIGIBLE not in found and found != {NOT_ELIGIBLE}]


def _support(over: Survey) -> Support:
    pairings, outcomes = over.source.events_by_case(Pairing), over.source.events_by_case(Outcome)
    return support_of(over.cases, pairings, outcomes, over.day)
