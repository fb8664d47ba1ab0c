"""Why money under a benefit is refused to a case: not in the category, or not approved by then."""

from collections.abc import Sequence
from datetime import date

from assistcli.model import Step
from assistcli.policy.amount import divide_amount
from assistcli.policy.chain import AGREED, standing_steps
from assistcli.policy.practice import Portion
from assistcli.policy.rules import Pack, StepRule
from assistcli.policy.ruling import Entitlement, Refusal
from assistcli.policy.verdict import NOT_ELIGIBLE, Verdict


def entitlement_of(pack: Pack, verdicts: Sequence[Verdict], steps: Sequence[Step]) -> Entitlement:
    """Why a claim on a day is refused: not in the category, or not approved by then (三、5（2）末)."""
    words = {verdict.benefit.id: verdict for verdict in verdicts}
    granting = {rule.grants: rule for rule in pack.steps if rule.grants}

    def refusal(benefit: str, day: date) -> Refusal | None:
        if not benefit:
            return None
        verdict = words[benefit]
        if verdict.verdict == NOT_ELIGIBLE:
            return Refusal(f"不属于{verdict.benefit.title}")
        rule = granting.get(benefit)
        return _unapproved(rule, standing_steps(pack, steps).get(rule.name), day) if rule else None

    def portion(benefit: str, name: str) -> tuple[Portion, int | None]:
        verdict = words[benefit]
        found = next(entry for entry in verdict.benefit.portions if entry.name == name)
        return found, min(portion_limits(verdict, name), default=None)

    return Entitlement(refusal, lambda benefit: words[benefit].amounts if benefit else (), portion)


def portion_limits(verdict: Verdict, name: str) -> tuple[int, ...]:
    """Fen that the portion *name* can come to under *verdict*, ascending; an upper bound counts whole."""
    most = [*verdict.amounts, *(limit for _, limit in verdict.ranges if limit is not None)]
    return tuple(sorted({divide_amount(fen, verdict.benefit.portions)[name] for fen in most}))


def _unapproved(rule: StepRule, taken: Step | None, day: date) -> Refusal | None:
    if taken is None or taken.result != AGREED:
        return Refusal(f"还没有「{rule.name}」的记录；先办审批，再记费用", rule.needed or rule.citation)
    if taken.day > day:
        return Refusal(f"申请日 {day} 早于{rule.name}日 {taken.day}", rule.needed or rule.citation)
    return None
