"""``assist form filed``: a signed and stamped form is back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.book.caserecord import case_head
from assistcli.census.survey import Survey, survey
from assistcli.census.tables import find_rule
from assistcli.commands.options import By, Day, Json, day_or_today, person
from assistcli.errors import UsageError
from assistcli.identity import new_ulid
from assistcli.model import Case, Filing
from assistcli.output import Table, answer, note
from assistcli.paper.filing import (
    STANDING_COLUMNS,
    Scan,
    demand_filing,
    forms_out,
    forms_standing,
    others_with,
    read_scan,
)
from assistcli.paper.stationery import form_rules
from assistcli.paper.tabledoc import save_table
from assistcli.policy.rules import FormRule, Pack

FILED_HELP = """登记签字盖章后交回的表格（可附扫描件，只记文件名和 SHA-256）；不写个案则列出还没有交回的。

例：assist form filed 10800021 approval --date 2013-05-20 --scan 扫描件.pdf
    assist form filed 10800021 10800094 审批表 --date 2013-05-20
    assist form filed                    （还没有交回的申请表）
    assist form filed approval           （只看这一种）
    assist form filed --out 归档.xlsx    （已交回的和没有交回的，存成表）
"""

Words = Annotated[list[str] | None, typer.Argument(metavar="[个案... 表名]", show_default=False)]


def file_forms(
    ctx: typer.Context,
    words: Words = None,
    day: Day = "",
    scan: Annotated[str, typer.Option("--scan", help="扫描件（图片或 PDF，按内容认）")] = "",
    by: By = "",
    everything: Annotated[bool, typer.Option("--all", help="列出全部：已交回的和没有交回的")] = False,
    out: Annotated[str, typer.Option("--out", help="全部存成表（.xlsx 或 .docx）")] = "",
    as_json: Json = False,
) -> None:
    """Record the forms that are back, or list those that are not."""
    *names, form = words or [""]
    _demand_use(names, listing=everything or bool(out), filing=bool(day or scan), scan=scan)
    book = open_casebook(ctx.obj)
    if not names:
        listing = _answer_all if everything or out else _answer_out
        listing(book, form, out, as_json)
        return
    pack = _pack_of(book, names, ctx.obj.pack)
    rule = find_rule(form_rules(pack), form)
    returned = day_or_today(day, ctx.obj)
    demand_filing(rule, returned, ctx.obj.today)
    found = read_scan(Path(scan) if scan else None)
    for name in others_with(book, found, names):
        note(f"注意：这份扫描件已登记在 {name} 名下，请核对")
    with book.writing(f"form filed {rule.name}", person(by)) as page:
        pairs = [
            (case, _filing(case, rule, returned, person(by), found))
            for case in [page.case(name, pack.id) for name in names]
        ]
        for _, filing in pairs:
            page.put_event(filing)
    _answer_back(pairs, rule, as_json)


def _demand_use(names: Sequence[str], *, listing: bool, filing: bool, scan: str) -> None:
    """Let words and options pass that go together.

    Raises:
        UsageError: they do not.
    """
    if not names and filing:
        raise UsageError("请写明个案和表名。例：assist form filed 10800021 approval --date 2013-05-20")
    if names and listing:
        raise UsageError("--all 和 --out 列出各人的表格，不与个案同用")
    if scan and len(names) > 1:
        raise UsageError("--scan 一次只对一个个案；请逐个登记")


def _filing(case: Case, rule: FormRule, day: date, by: str, scan: Scan) -> Filing:
    return Filing(
        id=new_ulid(), case=case.id, form=rule.name, day=day, by=by, scan=scan.digest, scan_name=scan.name
    )


def _pack_of(book: Casebook, names: Sequence[str], given: str | None) -> Pack:
    """The notice of the cases *names*.

    Raises:
        UsageError: they are under several.
    """
    packs = {book.case(name, given).pack for name in names}
    if len(packs) > 1:
        raise UsageError(f"这些个案不在同一份文件下（{'、'.join(sorted(packs))}）；请分开登记")
    return book.pack(packs.pop())


def _answer_back(pairs: Sequence[tuple[Case, Filing]], rule: FormRule, as_json: bool) -> None:
    rows = [(case.student_no, case.name, rule.short, f.day, f.scan_name, f.scan[:12]) for case, f in pairs]
    data = [filing_data(filing) for _, filing in pairs]
    answer(as_json, data, Table(("学号", "姓名", "表格", "交回", "扫描件", "SHA-256"), rows))


def filing_data(filing: Filing) -> dict[str, Any]:
    """One filing as a JSON object."""
    return {
        "case": filing.case,
        "form": filing.form,
        "date": filing.day.isoformat(),
        "by": filing.by,
        "scan": filing.scan_name or None,
        "sha256": filing.scan or None,
    }


def _wanted(book: Casebook, over: Survey, form: str) -> list[FormRule]:
    """The application forms, or those of one kind."""
    rules = form_rules(over.pack)
    wanted = [find_rule(rules, form)] if form else [r for r in rules if r.application_for and r.per == "case"]
    for rule in wanted:
        demand_filing(rule, book.context.today, book.context.today)
    return wanted


def _answer_all(book: Casebook, form: str, target: str, as_json: bool) -> None:
    """List the forms that are back, with day and scan, and those that are not."""
    over = survey(book)
    standing = forms_standing(over, _wanted(book, over, form))
    rows = [one.row() for one in standing]
    data = [
        case_head(s.case)
        | {"form": s.rule.name, "back": s.filing is not None}
        | {"filing": filing_data(s.filing) if s.filing else None}
        for s in standing
    ]
    back = sum(one.filing is not None for one in standing)
    told = f"已交回 {back} 份，未交回 {len(standing) - back} 份（截至 {book.context.today}）"
    if target:
        told += f"：{save_table('签字盖章表格归档情况', STANDING_COLUMNS, rows, [told], Path(target))}"
    shown = [(*row[:7], str(row[7] or "")[:12]) for row in rows]
    answer(as_json, data, told, *([Table(STANDING_COLUMNS, shown)] if shown and not target else []))


def _answer_out(book: Casebook, form: str, _: str, as_json: bool) -> None:
    """List the application forms, or those of one kind, that are not back."""
    over = survey(book)
    wanted = _wanted(book, over, form)
    out = forms_out(over, wanted)
    data = [case_head(case) | {"form": rule.name, "title": rule.title} for case, rule in out]
    rows = [(c.student_no, c.name, r.name, r.short) for c, r in out]
    told = f"还没有交回：{len(out)} 份" if out else "都已交回" if wanted else "文件没有每人一份的申请表"
    answer(as_json, data, told, *([Table(("学号", "姓名", "名称", "表格"), rows)] if out else []))
