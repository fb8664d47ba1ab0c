"""The forms desk: whom a form is printed for, what it says, and where the files go."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.assistance import Application
from assistcli.census.survey import Survey
from assistcli.census.tables import build_table
from assistcli.errors import DataRejectedError, UsageError
from assistcli.followup.elsewhere import AID_FACT, aid_text
from assistcli.model import Case
from assistcli.paper.casefile import case_file_record
from assistcli.paper.order import DETAIL, PLAIN_ORDER, Order
from assistcli.paper.paperwork import CASE_KEY, FormRecord, claim_records, office_fields, person_record
from assistcli.paper.photos import Album
from assistcli.paper.stationery import CASE_FILE, CLAIM_SLIP
from assistcli.paper.tableforms import (
    detail_records,
    number_record,
    roster_record,
    spending_records,
    summary_record,
)
from assistcli.policy.rules import FormRule
from assistcli.policy.verdict import DEPENDS, NOT_ELIGIBLE, UNKNOWN
from assistcli.progress import announce, watch
from assistcli.reports.statistics import StatisticsTable
from assistcli.sheets.reasonwords import unmet_conditions
from assistcli.words import VERDICTS

if TYPE_CHECKING:
    from forms.template import Template

OUT_FOLDER = "out"
BLANK = "空白"
WORD, PDF = ".docx", ".pdf"
OTHER_FILES = frozenset(
    {PDF, ".doc", ".docm", ".dotx", ".wps", ".odt", ".rtf", ".txt", ".xls", ".xlsx", ".zip"}
)
PAGES_AT_ONCE = 500  # that many more pages, that much more time for LibreOffice
DOUBTFUL = frozenset({UNKNOWN, DEPENDS, NOT_ELIGIBLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Records to print, each under its file name, and who was left out or is doubtful, with the reason."""

    records: Sequence[tuple[str, FormRecord]]
    left_out: Sequence[tuple[Case, str]] = ()
    doubtful: Sequence[tuple[Case, str]] = ()
    taken: Sequence[Case] = ()  # on a form about cases: whose records these are


def make_batch(rule: FormRule, over: Survey, named: Sequence[Case], order: Order = PLAIN_ORDER) -> Batch:
    """The records of the form *rule*; a case that was *named* is always printed."""
    if order.blank:
        record = {**office_fields(over.office), "年度": str(over.office.year)}
        return Batch(records=[(_file_name(BLANK, rule.short), record)])
    if rule.per == "case":
        return _case_batch(rule, over, named, order)
    if rule.slot:
        return _roster_batch(rule, over, named)
    return table_batch(rule, over, build_table(rule, over), order)


def table_batch(rule: FormRule, over: Survey, table: StatisticsTable, order: Order) -> Batch:
    """The records of the form *rule* that says what *table* says."""
    if rule.name == DETAIL:
        return Batch(records=_titled(detail_records(table, over.office, order.mode), rule))
    if rule.name == "spending":
        return Batch(records=_titled(spending_records(table, over.office, over.day.isoformat()), rule))
    if rule.name == "summary":
        record = summary_record(table, over.office)
    else:
        record = number_record(table, over.office, over.office.year)
    return Batch(records=[(_file_name(rule.short), record)])


def _titled(records: Sequence[tuple[str, FormRecord]], rule: FormRule) -> list[tuple[str, FormRecord]]:
    return [(_file_name(college, rule.short), record) for college, record in records]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Whom a form is for, and who was left out or is doubtful."""

    taken: Sequence[Case]
    left_out: Sequence[tuple[Case, str]]
    doubtful: Sequence[tuple[Case, str]]


def choose_cases(rule: FormRule, over: Survey, named: Sequence[Case] = ()) -> Choice:
    """The cases that the form *rule* is for: those *named*, else all but the plainly not eligible."""
    taken, left_out, doubtful = [], [], []
    for case in watch(named or over.cases, "核对资格"):
        verdict, reason = standing(rule, over, case)
        if verdict == NOT_ELIGIBLE and not named:
            left_out.append((case, reason))
            continue
        if verdict in DOUBTFUL:
            doubtful.append((case, reason))
        taken.append(case)
    return Choice(taken=taken, left_out=left_out, doubtful=doubtful)


def _case_batch(rule: FormRule, over: Survey, named: Sequence[Case], order: Order) -> Batch:
    choice = choose_cases(rule, over, named)
    records, blank = [], []
    for case in watch(choice.taken, "填表"):
        made = _records(rule, over, case, order)
        name = _file_name(case.call_name, case.name, rule.short)
        records += [(name, record) for record in made]
        if not made:
            blank.append((case, "没有资助申请"))
    left_out = [*choice.left_out, *blank]
    return Batch(records=records, left_out=left_out, doubtful=choice.doubtful, taken=choice.taken)


def _roster_batch(rule: FormRule, over: Survey, named: Sequence[Case]) -> Batch:
    choice = choose_cases(rule, over, named)
    people = [_person(over, case) for case in choice.taken]
    record = roster_record(people, over.office, over.office.year)
    records = [(_file_name(rule.short), record)]
    return Batch(records=records, left_out=choice.left_out, doubtful=choice.doubtful)


def standing(rule: FormRule, over: Survey, case: Case) -> tuple[str, str]:
    """The verdict on the benefit that the form applies for, and why it is not plainly eligible."""
    if not rule.application_for:
        return "", ""
    verdicts = {verdict.benefit.id: verdict for verdict in over.assessor.verdicts(case)}
    verdict = verdicts[rule.application_for]
    failed = unmet_conditions(verdict.reasons, over.pack)
    open_points = [*verdict.missing, *(f"口径 {d.reading}" for d in verdict.depends)]
    details = "；".join(failed) or "、".join(open_points)
    word = f"{VERDICTS[verdict.verdict]}{verdict.benefit.title}"
    return verdict.verdict, f"{word}：{details}" if details else word


def _records(rule: FormRule, over: Survey, case: Case, order: Order) -> Sequence[FormRecord]:
    if rule.name == CASE_FILE:
        day = over.day.isoformat()
        return [case_file_record(case, over.book, over.assessor, over.office, day, reveal=order.reveal)]
    if rule.name == CLAIM_SLIP:
        return claim_records(case, over.assessor.account(case, over.book), over.pack, over.office)
    return [_person(over, case)]


def _person(over: Survey, case: Case) -> FormRecord:
    """What a form says of *case*; aid that was recorded as got stands beside what was stated (R0-25)."""
    record = person_record(case, over.pack, over.office, over.book.claims(case.id))
    aided = aid_text(case, over.book.events(Application, case.id), over.day)
    return record | {AID_FACT: aided} if aided else record


def _file_name(*parts: str) -> str:
    from forms.naming import file_name

    return file_name(*parts)


def demand_target(target: Path, pdf: bool) -> None:
    """Let *target* pass as a folder or a Word file, and ``--pdf`` where there is LibreOffice.

    Raises:
        UsageError: it is neither, or nothing on this computer makes PDF files.
    """
    from forms.pdf import find_office

    if target.suffix.lower() in OTHER_FILES and not target.is_dir():
        raise UsageError(f"--out「{target.name}」应是文件夹或 .docx 文件；要 PDF 请另加 --pdf")
    if pdf and find_office() is None:
        raise UsageError(
            "这台电脑没有 LibreOffice，转不了 PDF；没有生成文件\n"
            "请去掉 --pdf 生成 Word 文件，再在 Word 或 WPS 里另存为 PDF"
        )


def write_forms(
    rule: FormRule, batch: Batch, target: Path, *, one_file: bool, template: "Template", album: Album
) -> list[Path]:
    """Write the records of *batch*, with photos from *album*, under *target*: one document, or one each.

    Raises:
        DataRejectedError: there is nobody to print.
    """
    from forms.batch import key_of, write_batch, write_each, write_one

    if not batch.records:
        raise DataRejectedError(_why_nothing(rule, batch))
    named = album.attach(watch(batch.records, "生成"))
    if target.suffix.lower() != WORD and not one_file:
        return [path.resolve() for path in write_each(template, named, target, CASE_KEY)]
    path = target if target.suffix.lower() == WORD else target / _file_name(rule.short)
    if len(batch.records) == 1:
        for _, record in named:
            write_one(template, record, path, key_of(record, CASE_KEY))
    else:
        write_batch(template, _without_names(named), path)
    return [path.resolve()]


def _why_nothing(rule: FormRule, batch: Batch) -> str:
    """Why *batch* has nothing to print, by the reasons of those left out, the most frequent first."""
    if not batch.left_out:
        return (
            f"没有要打印的人：「{rule.short}」要列的一条也没有登记；请看 assist list，或 --college 是否写对"
        )
    reasons = Counter(reason for _, reason in batch.left_out).most_common()
    others = f"；另有 {len(reasons) - 1} 种理由（assist check）" if len(reasons) > 1 else ""
    reason, people = reasons[0]
    return f"没有要打印的人：{len(batch.left_out)} 人都略去\n{reason}（{people} 人）{others}"


def _without_names(named: Iterable[tuple[str, FormRecord]]) -> Iterable[FormRecord]:
    return (record for _, record in named)


def print_pdfs(written: Sequence[Path], records: int) -> list[Path]:
    """The PDF files made of the Word files *written*, beside them."""
    from forms.pdf import SECONDS, write_pdfs

    announce(f"正在转 PDF（{records} 份），请稍候……")
    seconds = SECONDS * (1 + records // PAGES_AT_ONCE)
    return write_pdfs(written, written[0].parent, seconds)
