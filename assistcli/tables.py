"""Tables over cases, by name: the one place where ``report`` and ``form`` get the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistcli.assessment import Assessor
from assistcli.assistance import Outcome, Pairing
from assistcli.casebook import Casebook
from assistcli.errors import DataRejectedError
from assistcli.fields import nearest_names
from assistcli.model import Case, Office
from assistcli.policy.rules import FormRule, Pack
from assistcli.reports.lists import Support, detail_table, spending_table, support_of
from assistcli.reports.statistics import StatisticsTable
from assistcli.reports.summary import squeeze, summary_table

PER_TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The cases that a table is made over, under one notice of one office."""

    book: Casebook
    pack: Pack
    office: Office
    assessor: Assessor
    cases: Sequence[Case]


def survey(book: Casebook, college: str = "") -> Survey:
    """All cases under the notice in use, or those of one *college*."""
    pack = book.the_pack()
    cases = [c for c in book.cases(pack.id) if not college or squeeze(c.text("学院")) == squeeze(college)]
    return Survey(book=book, pack=pack, office=book.office(), assessor=Assessor(book), cases=cases)


def table_rules(pack: Pack) -> list[FormRule]:
    """The tables that the notice asks for and shows."""
    return [form for form in pack.forms if form.per == PER_TABLE and not form.slot]


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


def build_table(rule: FormRule, over: Survey) -> StatisticsTable:
    """The table *rule* over the cases of *over*.

    Raises:
        DataRejectedError: the program does not know how to make it.
    """
    if rule.name == "spending":
        accounts = [(case, over.assessor.account(case, over.book)) for case in over.cases]
        return spending_table(accounts, over.pack, rule.title)
    judged = [(case, over.assessor.verdicts(case)) for case in over.cases]
    if rule.name == "summary":
        return summary_table(judged, over.pack, over.office)
    if rule.name == "detail":
        return detail_table(judged, over.pack, rule.title, _support(over))
    raise DataRejectedError(f"还不能生成「{rule.title}」")


def _support(over: Survey) -> Support:
    pairings, outcomes = over.book.events_by_case(Pairing), over.book.events_by_case(Outcome)
    return support_of(over.cases, pairings, outcomes, over.book.context.today)
