"""Claims as a person and a script see them: a table, and the contract's JSON objects."""

from collections.abc import Sequence
from typing import Any

from assistcli.model import Case
from assistcli.money import format_yuan, format_yuan_or_none
from assistcli.output import Table, answer
from assistcli.policy.ruling import APPROVED, PAID
from assistcli.policy.subsidy import ClaimResult
from assistcli.words import BY_READING


def answer_claims(as_json: bool, pairs: Sequence[tuple[Case, ClaimResult]]) -> None:
    """Print each claim with its case, or the JSON list of them."""
    rows = [(case.name, *_row(result)) for case, result in pairs]
    headings = ("姓名", "项目", "日期", "申请", "核定", "批准", "发放", "状态", "条款", "申请号")
    answer(as_json, [claim_data(result) for _, result in pairs], Table(headings, rows))


def claim_data(result: ClaimResult) -> dict[str, Any]:
    """One claim as the contract's JSON object."""
    claim = result.claim
    return {
        "claim": claim.id,
        "case": claim.case,
        "item": claim.item,
        "asked": format_yuan(claim.asked),
        "allowed": format_yuan_or_none(result.allowed),
        "approved": format_yuan_or_none(claim.amount_at(APPROVED)),
        "paid": format_yuan_or_none(claim.amount_at(PAID)),
        "state": result.state,
        "clause": result.citation.clause,
    }


def _row(result: ClaimResult) -> tuple[object, ...]:
    data = claim_data(result)
    allowed = data["allowed"] or BY_READING
    return (
        data["item"],
        result.claim.day,
        data["asked"],
        allowed,
        data["approved"],
        data["paid"],
        data["state"],
        data["clause"],
        data["claim"],
    )
