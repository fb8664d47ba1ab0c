"""``assist claim``: requests for money, from asking to payment."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.commands import payment
from assistcli.commands.add import patience
from assistcli.commands.options import By, Command, Day, Group, Json, day_or_today, new_app, person
from assistcli.desk.assessment import Assessor
from assistcli.desk.claimdesk import (
    StatedClaim,
    claim_item,
    claim_results,
    demand_new_receipt,
    demand_payable,
    find_claim,
    make_claim,
    result_of,
    twins_of,
)
from assistcli.errors import DataRejectedError, UsageError
from assistcli.interview.answers import Author
from assistcli.model import Case, Claim, Stage
from assistcli.output import answer, interactive, note
from assistcli.policy.ruling import PAID, REJECTED
from assistcli.policy.subsidy import ClaimResult
from assistcli.sheets.claimsheet import claim_data, claim_table
from assistcli.values import clean_text, parse_date

HELP = """登记和办理资助申请：申请 → 上报 → 审核 → 批准 → 发放。

例：assist claim add 10800021 差旅费 300
    assist claim add 10800021 考证培训费 1400 --certificate ZJ123 --issued 2013-04-20
    assist claim list 10800021
    assist claim advance --to 上报            （所有可上报的申请）
    assist claim advance 申请号 --to 批准 --amount 300
    assist claim reject 申请号 --reason 票据不符
"""
ADD_HELP = """登记一笔申请。金额单位为元；考证培训费填实际交的费用，核定为其一半。在终端里没写全的逐项提问。

不是 A 类、没有学校批准或批准晚于申请、不是规定的等级、上限已用完：不登记，并说明条款。

例：assist claim add 张三 差旅费 300 --receipt 0012345
"""
LIST_HELP = "列出申请。例：assist claim list 10800021"
REJECT_HELP = "不予支付，须写明理由。例：assist claim reject 申请号 --reason 票据不符"
CERTIFY_HELP = """补登证书，待证的申请从补登之日起按申请计。

例：assist claim certify 申请号 --certificate ZJ123 --issued 2013-06-01
"""

app = new_app()
app.info.help, app.info.cls = HELP, Group
app.command("advance", cls=Command, help=payment.ADVANCE_HELP)(payment.advance)

OneId = Annotated[str, typer.Argument(metavar="申请号", show_default=False)]


@app.command(cls=Command, help=ADD_HELP)
def add(
    ctx: typer.Context,
    case: Annotated[str | None, typer.Argument(metavar="个案", show_default=False)] = None,
    item: Annotated[str | None, typer.Argument(metavar="项目", show_default=False)] = None,
    amount: Annotated[str | None, typer.Argument(metavar="金额", show_default=False)] = None,
    spent: Annotated[str, typer.Option("--spent", help="费用发生日期")] = "",
    receipt: Annotated[str, typer.Option("--receipt", help="票据号")] = "",
    certificate: Annotated[str, typer.Option("--certificate", help="证书编号")] = "",
    issued: Annotated[str, typer.Option("--issued", help="发证日期")] = "",
    mode: Annotated[str, typer.Option("--as", help="报销 或 补贴")] = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record a claim if the notice lets any of it be paid."""
    stated = StatedClaim(
        item=item or "", amount=amount or "", mode=mode, day=day,
        spent=spent, receipt=receipt, certificate=certificate, issued=issued,
    )  # fmt: skip
    book = open_casebook(ctx.obj)
    author = Author(by=person(by), day=ctx.obj.today)
    if case is not None and item is not None and amount is not None:
        day_or_today(day, ctx.obj)
        pair = _record(book, case, stated, author)
    else:
        pair = _ask(book, case or "", stated, author, as_json)
    _answer(as_json, [pair])


def _record(book: Casebook, name: str, stated: StatedClaim, author: Author) -> tuple[Case, ClaimResult]:
    """Enter the claim unless the rules refuse it."""
    assessor = Assessor(book)
    with book.writing("claim add", author.by) as page:
        case = page.case(name, book.context.pack)
        rule = claim_item(assessor.pack(case), stated.item)
        claim = make_claim(stated, case, rule, author.day, author.by)
        others = page.claims(case.id)
        demand_new_receipt(claim, others)
        result = result_of(claim, assessor, case, page, (claim,))
        demand_payable(result)
        page.put_event(claim)
    for twin in twins_of(claim, others):
        note(f"注意：同一天已有同样的申请（申请号 {twin.id}，{twin.state}）；重复登记的用 assist undo 撤销")
    return case, result


def _ask(
    book: Casebook, name: str, stated: StatedClaim, author: Author, as_json: bool
) -> tuple[Case, ClaimResult]:
    """Enter the claim that a person states by answering questions."""
    if as_json or not interactive():
        missing = next(
            n for n, text in (("个案", name), ("项目", stated.item), ("金额", stated.amount)) if not text
        )
        raise UsageError(f"缺少「{missing}」。例：assist claim add 10800021 差旅费 300")
    from assistcli.interview.choosing import chosen_case
    from assistcli.interview.claiming import ClaimSetting, ask_claim
    from assistcli.prompts import PersonTerminal

    terminal, assessor = PersonTerminal(), Assessor(book)
    case = chosen_case(book, terminal, name, "claim")

    def rule_on(claim: Claim) -> ClaimResult:
        return result_of(claim, assessor, case, book, (claim,))

    def save(claim: StatedClaim) -> tuple[Case, ClaimResult]:
        with patience():
            return _record(book, case.id, claim, author)

    setting = ClaimSetting(case=case, pack=assessor.pack(case), author=author, rule_on=rule_on)
    return ask_claim(book, terminal, setting, stated, save)


@app.command("list", cls=Command, help=LIST_HELP)
def list_claims(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(metavar="[个案]", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """Show the claims of one case, or all."""
    book = open_casebook(ctx.obj)
    _answer(as_json, claim_results(book.chosen([case] if case else (), ctx.obj.pack), Assessor(book), book))


@app.command(cls=Command, help=REJECT_HELP)
def reject(
    ctx: typer.Context,
    claim: OneId,
    reason: Annotated[str, typer.Option("--reason", help="理由")] = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Close a claim without payment."""
    if not reason.strip():
        raise DataRejectedError("不予支付须写明理由：--reason 理由")
    stage = Stage(state=REJECTED, day=day_or_today(day, ctx.obj), by=person(by), reason=clean_text(reason))
    book = open_casebook(ctx.obj)
    with book.writing("claim reject", person(by)) as page:
        found = find_claim(page, claim)
        if found.state in {PAID, REJECTED}:
            raise DataRejectedError(f"这笔申请已是「{found.state}」，不能再不予支付")
        page.put_event(replace(found, stages=(*found.stages, stage)))
        case = page.case(found.case)
        pair = case, result_of(found, Assessor(book), case, page)
    _answer(as_json, [pair])


@app.command(cls=Command, help=CERTIFY_HELP)
def certify(
    ctx: typer.Context,
    claim: OneId,
    certificate: Annotated[str, typer.Option("--certificate", help="证书编号")] = "",
    issued: Annotated[str, typer.Option("--issued", help="发证日期")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Add the certificate that a held claim waits for; it counts as claimed from today."""
    if not (certificate.strip() and issued):
        raise DataRejectedError("请写明 --certificate 证书编号 和 --issued 发证日期")
    book = open_casebook(ctx.obj)
    with book.writing("claim certify", person(by)) as page:
        found = find_claim(page, claim)
        day = max(found.day, ctx.obj.today)
        page.put_event(
            replace(found, certificate=clean_text(certificate), issued=parse_date(issued), day=day)
        )
        case = page.case(found.case)
        pair = case, result_of(found, Assessor(book), case, page)
    _answer(as_json, [pair])


def _answer(as_json: bool, pairs: Sequence[tuple[Case, ClaimResult]]) -> None:
    """Print each claim with its case, or the JSON list of them."""
    answer(as_json, [claim_data(result) for _, result in pairs], claim_table(pairs))
