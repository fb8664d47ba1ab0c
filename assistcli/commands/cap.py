"""``assist cap``: amounts of money, caps, and what is left."""

from typing import Any

import typer

from assistcli.book.casebook import open_casebook
from assistcli.book.caserecord import case_head, case_label
from assistcli.commands.options import Cases, Command, Json, new_app
from assistcli.desk.assessment import Assessor, stamp_records
from assistcli.model import Case
from assistcli.money import format_yuan, format_yuan_or_none
from assistcli.output import Table, answer
from assistcli.policy.reading import DISAGREE, Dependence
from assistcli.policy.rules import Pack
from assistcli.policy.subsidy import Account, Balance
from assistcli.words import BY_READING, UNSTATED

HELP = """计算资助金额、上限和余额。

不写个案就计算全部有申请的个案（--json 时为全部个案）。
「核定」是文件允许支付的最多金额；「余额」= 上限 − 已批准。文件没有规定的写「文件未规定」。

例：assist cap 10800021
"""
app = new_app()

MOST_TOGETHER = 16
"""More combinations of readings than these are not read by anybody."""


@app.command(cls=Command, help=HELP)
def cap(ctx: typer.Context, cases: Cases = None, as_json: Json = False) -> None:
    """Settle the accounts of the cases and print them."""
    book = open_casebook(ctx.obj)
    assessor = Assessor(book)
    chosen = book.chosen(cases or (), ctx.obj.pack)
    accounts = [(case, assessor.account(case, book)) for case in chosen]
    packs = {case.pack: assessor.pack(case) for case in chosen}
    shown = [(case, account) for case, account in accounts if cases or account.claims]
    parts: list[str | Table] = [part for case, account in shown for part in account_page(case, account)]
    parts += [line for pack in packs.values() for line in unstated_lines(pack)] if cases else []
    if not shown:
        parts = ["还没有申请。用 assist claim add 个案 项目 金额 登记"]
    data = [
        account_data(case, account, packs[case.pack]) | {"adopted": stamp_records(assessor.adoptions(case))}
        for case, account in accounts
    ]
    answer(as_json, data, *parts, *assessor.stamp_lines())


def unstated_lines(pack: Pack) -> list[str]:
    """What the notice names without an amount: none of it is reckoned."""
    return [f"{aid.name}：金额{UNSTATED}，不计算（{aid.citation.in_full}）" for aid in pack.aids]


def account_data(case: Case, account: Account, pack: Pack) -> dict[str, Any]:
    """One account as the contract's JSON object."""
    total = account.total
    return {
        **case_head(case),
        "pack": case.pack,
        "items": [_item_data(balance) for balance in account.items],
        "total": {
            "cap": format_yuan_or_none(total.cap),
            "used": format_yuan_or_none(total.used),
            "remaining": format_yuan_or_none(total.remaining),
            "clause": total.citation.clause if total.citation else None,
        },
        "depends": [
            {"reading": d.reading, "options": {o: _amount_or_depends(fen) for o, fen in d.options.items()}}
            for d in account.depends
        ],
        "unstated": [
            {"item": aid.name, "clause": aid.citation.clause, "quote": aid.citation.quote}
            for aid in pack.aids
        ],
    }


def _amount_or_depends(fen: int | None) -> str:
    return DISAGREE if fen is None else format_yuan(fen)


def _item_data(balance: Balance) -> dict[str, Any]:
    return {
        "item": balance.item,
        "asked": format_yuan(balance.asked),
        "allowed": format_yuan_or_none(balance.allowed),
        "approved": format_yuan(balance.approved),
        "paid": format_yuan(balance.paid),
        "cap": format_yuan_or_none(balance.cap),
        "remaining": format_yuan_or_none(balance.remaining),
        "clause": balance.citation.clause if balance.citation else None,
        "portion": balance.portion.name if balance.portion else None,
        "against": (balance.portion.against if balance.portion else "") or None,
    }


def account_page(case: Case, account: Account) -> list[str | Table]:
    """One account for the screen."""
    rows = [_row(balance) for balance in (*account.items, account.total)]
    headings = ("项目", "申请", "核定", "批准", "发放", "上限", "余额", "条款")
    lines = [line for line in map(_dependence_line, account.depends) if line]
    if any(not _dependence_line(d) for d in account.depends):
        lines += _together(account)
    return [case_label(case), Table(headings, rows), *lines, ""]


def _together(account: Account) -> list[str]:
    """What is allowed under each combination of the readings that change it, if they are not too many."""
    names = sorted(d.reading for d in account.depends)
    found = {"，".join(f"{n}={picked[n]}" for n in names): fen for picked, fen in account.totals}
    head = f"核定合计由口径 {'、'.join(names)} 一起决定"
    if len(found) > MOST_TOGETHER:
        return [f"{head}；先定下一个（assist help 口径），再看其余"]
    return [f"{head}：", *(f"  {words} → {format_yuan(fen)} 元" for words, fen in sorted(found.items()))]


def _dependence_line(dependence: Dependence[int]) -> str:
    """What each option gives; blank where every option still hangs on other readings."""
    if all(fen is None for fen in dependence.options.values()):
        return ""
    results = [
        f"{option} → 核定合计 {'还取决于其他口径' if fen is None else f'{format_yuan(fen)} 元'}"
        for option, fen in dependence.options.items()
    ]
    return f"口径 {dependence.reading}：{'；'.join(results)}"


def _portion_words(balance: Balance) -> str:
    """Which portion an item is, and on what it is paid."""
    if balance.portion is None:
        return ""
    against = f"，凭{balance.portion.against}" if balance.portion.against else ""
    return f"（{balance.portion.name}{against}）"


def _row(balance: Balance) -> tuple[str, ...]:
    return (
        balance.item + _portion_words(balance),
        format_yuan(balance.asked),
        format_yuan_or_none(balance.allowed) or BY_READING,
        format_yuan(balance.approved),
        format_yuan(balance.paid),
        format_yuan_or_none(balance.cap) or UNSTATED,
        format_yuan_or_none(balance.remaining) or (UNSTATED if balance.cap is None else BY_READING),
        balance.citation.clause if balance.citation else "",
    )
