"""What a change of rules changes: results of cases, old and new with the reason, and numbers in tables.

Rules change when a reading is adopted and when a notice gets another pack; both are shown beforehand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistcli.book.casebook import Casebook
from assistcli.census.survey import Survey, survey
from assistcli.census.tables import INDICATORS, build_table, table_rules
from assistcli.desk.assessment import Assessor
from assistcli.errors import DataRejectedError
from assistcli.model import Adoption, Case, Office
from assistcli.money import format_yuan, format_yuan_or_none
from assistcli.policy.rules import FormRule
from assistcli.policy.subsidy import Account, ClaimResult
from assistcli.policy.verdict import Verdict
from assistcli.progress import count_on
from assistcli.reports.statistics import StatisticsTable
from assistcli.sheets.verdictsheet import amount_words
from assistcli.words import BY_READING, VERDICTS

ABSENT = "—"
TOTAL = "核定合计"
STANDS = {True: "满足", False: "没有满足", None: "未定"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultChange:
    """A result of one case that a change of rules changes: what it was, what it becomes, and why."""

    case: Case
    what: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """A number in a table that a change of rules changes."""

    table: str
    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One result in words, and what it rests on: clause with quote → how it stands."""

    words: str
    grounds: Mapping[str, str]


def changes_by(book: Casebook, adoption: Adoption) -> list[ResultChange]:
    """What *adoption* would change for the cases of its notice."""
    after = Assessor(book, _office_after(book, adoption))
    return list(changed_results(book, adoption.pack, Assessor(book), after))


def changed_results(book: Casebook, pack: str, before: Assessor, after: Assessor) -> Iterator[ResultChange]:
    """Every result of a case under *pack* on which *before* and *after* differ."""
    for case in count_on(book.cases(pack), "比较"):
        old, new = results_in_words(case, before, book), results_in_words(case, after, book)
        for what in dict.fromkeys([*old, *new]):
            was, becomes = old.get(what, _NOTHING), new.get(what, _NOTHING)
            if was.words != becomes.words:
                why = _difference(was, becomes)
                yield ResultChange(case=case, what=what, before=was.words, after=becomes.words, why=why)


_NOTHING = Result(words=ABSENT, grounds={})


def _difference(was: Result, becomes: Result) -> str:
    """What *becomes* rests on and *was* did not; else what has fallen away, or the clauses that settle it."""
    news = [f"{ground}{how}" for ground, how in becomes.grounds.items() if was.grounds.get(ground) != how]
    gone = [f"不再要求：{ground}" for ground in was.grounds if ground not in becomes.grounds]
    return "；".join(news or gone or becomes.grounds)


def results_in_words(case: Case, assessor: Assessor, book: Casebook) -> dict[str, Result]:
    """Every verdict with its amounts, every claim with what is allowed of it, and their total, in words."""
    found = {verdict.benefit.title: _verdict_result(verdict) for verdict in assessor.verdicts(case)}
    if book.claims(case.id):
        found |= _account_results(assessor.account(case, book))
    return found


def _verdict_result(verdict: Verdict) -> Result:
    payers = f"由{'或'.join(verdict.payers)}发" if verdict.payers else ""
    grounds = {reason.condition.citation.in_full: STANDS[reason.holds] for reason in verdict.reasons}
    rows = {row.citation.in_full: f"（{row.text}）" for row in verdict.benefit.amounts}
    words = filter(None, (VERDICTS[verdict.verdict], amount_words(verdict), payers))
    return Result(words=" ".join(words), grounds=rows | grounds)


def _account_results(account: Account) -> dict[str, Result]:
    found = {
        f"{r.claim.item} {format_yuan(r.claim.asked)} 元（{r.claim.id[-6:]}）": _claim_result(r)
        for r in account.claims
    }
    total, cited = format_yuan_or_none(account.total.allowed), account.total.citation
    grounds = {cited.in_full: ""} if cited else {}
    return found | {TOTAL: Result(words=f"{total} 元" if total else BY_READING, grounds=grounds)}


def _claim_result(result: ClaimResult) -> Result:
    allowed = BY_READING if result.allowed is None else f"核定 {format_yuan(result.allowed)} 元"
    words = f"不予支付：{result.refusal}" if result.refusal else allowed
    return Result(words=words, grounds={result.citation.in_full: ""})


def cells_changed_by(book: Casebook, adoption: Adoption) -> list[CellChange]:
    """The numbers in the notices' tables that *adoption* would change.

    A practice has no cases of its own: its readings touch the tables of every notice in use.
    """
    office, pack = book.office(), book.pack(adoption.pack)
    readings = {i.reading for i in pack.indicators} | {t.reading for t in pack.targets}
    measured = adoption.reading in readings
    touched = [adoption.pack] if adoption.pack in office.packs else office.packs
    after = _office_after(book, adoption)
    return [change for name in touched for change in _cells_changed(book, name, after, measured=measured)]


def _cells_changed(book: Casebook, pack: str, office: Office, *, measured: bool) -> list[CellChange]:
    here = Casebook(book.folder, book.backend, replace(book.context, pack=pack))
    before = survey(here)
    after = replace(before, office=office, assessor=Assessor(here, office))
    changes: list[CellChange] = []
    for rule in table_rules(before.pack):
        if rule in before.pack.forms or (measured and rule.name == INDICATORS):
            changes += changed_cells(*(_table(rule, over) for over in (before, after)))
    return changes


def _office_after(book: Casebook, adoption: Adoption) -> Office:
    office = book.office()
    return replace(office, adoptions=(*office.adoptions, adoption))


def _table(rule: FormRule, over: Survey) -> StatisticsTable | None:
    try:
        return build_table(rule, over)
    except DataRejectedError:  # a table that the program does not make has no numbers to change
        return None


def changed_cells(before: StatisticsTable | None, after: StatisticsTable | None) -> list[CellChange]:
    """Where two editions of one table differ; where they list other people, only how many rows they have."""
    if before is None or after is None:
        return []
    if len(before.rows) != len(after.rows):
        counts = str(len(before.rows)), str(len(after.rows))
        return [CellChange(table=after.title, row="", column="行数", before=counts[0], after=counts[1])]
    return [
        CellChange(table=after.title, row=_label(new), column=column, before=_shown(was), after=_shown(now))
        for old, new in zip(before.rows, after.rows, strict=True)
        for column, was, now in zip(after.columns, old, new, strict=True)
        if was != now
    ]


def _label(row: Sequence[object]) -> str:
    """The words by which people know the row: its first cell of text."""
    return next((cell for cell in row if isinstance(cell, str) and cell), "")


def _shown(cell: object) -> str:
    return ABSENT if cell is None else str(cell)
