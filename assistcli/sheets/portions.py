"""Portions of an amount (分次): how much at once, how much against invoices, and what was invoiced so far."""

from typing import Any

from assistcli.money import format_yuan
from assistcli.policy.entitlement import portion_limits
from assistcli.policy.practice import Portion
from assistcli.policy.ruling import PAID, REJECTED
from assistcli.policy.subsidy import Account, ClaimResult
from assistcli.policy.verdict import NOT_ELIGIBLE, Verdict
from assistcli.sheets.packsheet import quoted


def portion_data(verdict: Verdict, account: Account) -> list[dict[str, Any]]:
    """The portions of what *verdict* grants, with the claims of *account* on each, as JSON."""
    if verdict.verdict == NOT_ELIGIBLE:
        return []
    return [
        {
            "portion": portion.name,
            "against": portion.against or None,
            "amount": [format_yuan(fen) for fen in portion_limits(verdict, portion.name)],
            **_progress(_claims_on(portion, verdict, account)),
            "clause": portion.citation.clause,
            "quote": portion.citation.quote,
        }
        for portion in verdict.benefit.portions
    ]


def portion_lines(verdict: Verdict, account: Account) -> list[str]:
    """The same for the screen."""
    lines = []
    for portion, data in zip(verdict.benefit.portions, portion_data(verdict, account), strict=False):
        amount = "或 ".join(f"{yuan} 元" for yuan in data["amount"]) or "现有事实算不出"
        how = f"凭{portion.against}" if portion.against else "直接发"
        told = f"已交 {data['invoiced']} 元，已核定 {data['allowed']} 元，已发 {data['paid']} 元"
        lines.append(f"    其中{portion.name}：{amount}，{how}；{told}　{quoted(portion.citation)}")
    return lines


def _claims_on(portion: Portion, verdict: Verdict, account: Account) -> list[ClaimResult]:
    """The claims of *account* that are paid from *portion*, refused and rejected ones left out."""
    return [
        result
        for result in account.claims
        if result.item.portion == portion.name
        and verdict.benefit.id in result.item.benefit.under.values()
        and result.claim.state != REJECTED
    ]


def _progress(claims: list[ClaimResult]) -> dict[str, str]:
    return {
        "invoiced": format_yuan(sum(result.claim.asked for result in claims)),
        "allowed": format_yuan(sum(result.least for result in claims)),
        "paid": format_yuan(sum(result.claim.amount_at(PAID) or 0 for result in claims)),
    }
