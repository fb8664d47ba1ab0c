"""Order of things (程序): approval steps and states of a claim come in the notice's order, none skipped."""

from collections.abc import Collection, Iterable

from assistcli.errors import DataRejectedError
from assistcli.fields import guess_name
from assistcli.model import Case
from assistcli.money import format_yuan
from assistcli.policy.rules import ClaimState, Pack, StepRule
from assistcli.policy.ruling import APPROVED, PAID, REJECTED
from assistcli.policy.subsidy import HELD, ClaimResult
from assistcli.policy.verdict import NOT_ELIGIBLE, Verdict

ASKED = "申请"


def find_step(pack: Pack, name: str) -> StepRule:
    """The approval step that *name* or one of its other names means.

    Raises:
        DataRejectedError: the notice has no such step; the message lists those it has.
    """
    for rule in pack.steps:
        if name in (rule.name, *rule.aliases):
            return rule
    known = "、".join(rule.name for rule in pack.steps) or "（文件未规定审批步骤）"
    raise DataRejectedError(f"没有「{name}」这个步骤；依次为：{known}")


def papers_applied(verdicts: Iterable[Verdict]) -> list[str]:
    """The papers of an application for what is not surely refused, each once."""
    applied = (verdict.benefit for verdict in verdicts if verdict.verdict != NOT_ELIGIBLE)
    return list(dict.fromkeys(paper for benefit in applied for paper in benefit.papers))


def states_before(pack: Pack, state: str) -> str:
    """The state that a claim must have before it can reach *state*.

    Raises:
        DataRejectedError: the notice has no such state.
    """
    names = [ASKED, *(rule.name for rule in pack.claim_states)]
    if state not in names[1:]:
        hint = guess_name(state, names[1:])
        raise DataRejectedError(f"没有「{state}」这一步；依次为：{'、'.join(names[1:])}{hint}")
    return names[names.index(state) - 1]


def demand_advance(
    pack: Pack, result: ClaimResult, state: str, papers: Collection[str], case: Case
) -> ClaimState:
    """Let a claim move to *state* only from the state before it and with the papers that it needs.

    Raises:
        DataRejectedError: wrong order, held, rejected, refused by a rule, or a paper is missing.
    """
    before, rule = states_before(pack, state), next(r for r in pack.claim_states if r.name == state)
    what = claim_words(case, result)
    if result.state == HELD:
        raise DataRejectedError(f"{what}：待证，证书到手前不能{state}（{result.citation.clause}）")
    if result.state == REJECTED or result.refusal:
        raise DataRejectedError(f"{what}：{result.refusal or '已不予支付'}（{result.citation.clause}）")
    if result.state == state:
        raise DataRejectedError(f"{what}：已经{state}，不能重复")
    if result.state != before:
        raise DataRejectedError(
            f"{what}：现为「{result.state}」，应先「{before}」再「{state}」（{rule.citation.clause}）"
        )
    missing = [paper for paper in rule.needs_papers if paper not in papers]
    if missing:
        raise DataRejectedError(
            f"{what}：缺{'、'.join(missing)}，不能{state}（{pack.papers[missing[0]].clause}）。"
            f"收到后：assist paper {case.call_name} {missing[0]}"
        )
    return rule


def demand_payee(rule: ClaimState, case: Case, source: str) -> None:
    """Let a claim be paid out of *source* when it is known to whom, where the notice asks for that.

    Raises:
        DataRejectedError: the money is of the fund for which it asks, and a fact is missing.
    """
    if rule.payee and source == rule.payee.fund:
        missing = [name for name in rule.payee.facts if case.value(name) is None]
        if missing:
            raise DataRejectedError(
                f"{case.name}：缺{'、'.join(missing)}，不能用{rule.payee.fund}{rule.name}"
                f"（{rule.payee.citation.in_full}）。"
                f"补上：assist edit {case.call_name}"
            )


def claim_words(case: Case, result: ClaimResult) -> str:
    """Whose claim it is, of what, and how much was asked."""
    return f"{case.name} {case.call_name} {result.claim.item} {format_yuan(result.claim.asked)} 元"


def amount_for(case: Case, result: ClaimResult, state: str, asked: int | None) -> int | None:
    """Amount in fen to fix when a claim of *case* reaches *state*: as *asked*, else allowed or approved.

    Raises:
        DataRejectedError: over what is allowed under every open reading, or not what was approved.
    """
    what = claim_words(case, result)
    if state == PAID:
        approved = result.claim.amount_at(APPROVED) or 0
        if asked is not None and asked != approved:
            raise DataRejectedError(f"{what}：发放金额应等于批准金额 {format_yuan(approved)} 元")
        return approved
    if state != APPROVED:
        return None
    if asked is None and result.allowed is None:
        raise DataRejectedError(
            f"{what}：金额取决于口径（{result.citation.clause}）；"
            f"哪一条见 assist cap {case.call_name}，用 assist pack adopt 确定，或写明 --amount"
        )
    amount = result.allowed if asked is None else asked
    limit = result.least if result.allowed is None else result.allowed
    if amount is None or amount > limit:
        raise DataRejectedError(
            f"{what}：{format_yuan(amount or 0)} 元超过可批准的 {format_yuan(limit)} 元"
            f"（{result.citation.in_full}）"
        )
    return amount
