"""Claims as a person and a script see them: a table, and the contract's JSON objects."""

from collections.abc import Sequence
from typing import Any

from assistcli.model import Case
from assistcli.money import format_yuan, format_yuan_or_none
from assistcli.output import Table
from assistcli.policy.ruling import APPROVED, PAID
from assistcli.policy.subsidy import ClaimResult
from assistcli.words import BY_READING

HEADINGS = ("姓名", "项目", "日期", "申请", "核定", "批准", "发放", "状态", "条款", "申请号")


def claim_table(pairs: Sequence[tuple[Case, ClaimResult]]) -> Table:
    """Each claim with its case, for the screen."""
    return Table(HEADINGS, [(case.name, *_row(result)) for case, result in pairs])


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
