"""What one combination of readings makes of one claim: entitlement, tier, certificate, share, caps.

Amounts are fen. A refusal says why; the citation names the clause that decides.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from assistcli.model import Claim
from assistcli.money import format_yuan
from assistcli.policy.practice import Portion
from assistcli.policy.reading import Combination, Open
from assistcli.policy.rules import Citation, ClaimItem, Limit

APPROVED, PAID, REJECTED = "批准", "发放", "不予"


class Refusal(NamedTuple):
    """Why nothing is paid, and the clause that decides; ``None``: that of the claim's own item."""

    reason: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a case is entitled to: why a claim under a benefit on a day is refused, and its fixed amounts.

    The benefit is blank for a claim under none; a refusal is ``None`` where there is none. ``portion`` gives
    a portion of a benefit and the least it can come to in fen (``None``: it cannot be reckoned).
    """

    refusal: Callable[[str, date], Refusal | None]
    amounts: Callable[[str], tuple[int, ...]]
    portion: Callable[[str, str], tuple[Portion, int | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Fen allowed of a claim, the deciding clause, why it is refused, or that a certificate is awaited."""

    allowed: int
    citation: Citation
    refusal: str = ""
    held: bool = False


@dataclass(slots=True)
class Spending:
    """Fen that earlier claims used up, per item and in the total."""

    limit: Limit | None
    by_item: dict[str, int] = field(default_factory=dict)
    in_total: dict[int, int] = field(default_factory=dict)

    def of_total(self, claim: Claim, combination: Combination) -> int:
        """Fen of the total used up when *claim* comes: in its year, or in all."""
        if self.limit and self.limit.yearly.at(combination):
            return self.in_total.get(claim.day.year, 0)
        return sum(self.in_total.values())

    def add(self, claim: Claim, item: ClaimItem, ruling: Ruling, *, in_total: bool) -> None:
        """Count *claim*: its approved amount, or while it is open what it is allowed."""
        approved = claim.amount_at(APPROVED)
        taken = ruling.allowed if approved is None else approved
        if claim.state != REJECTED:
            self.by_item[item.item] = self.by_item.get(item.item, 0) + taken
            year = claim.day.year
            self.in_total[year] = self.in_total.get(year, 0) + (taken if in_total else 0)


def rule_claim(
    claim: Claim, item: ClaimItem, combination: Combination, entitlement: Entitlement, spent: Spending
) -> Ruling:
    """The ruling on *claim* after what earlier ones *spent*."""
    if claim.state == REJECTED:
        return Ruling(allowed=0, citation=item.citation)
    benefit = item.benefit.at(combination)
    if refusal := entitlement.refusal(benefit, claim.day):
        return Ruling(allowed=0, citation=refusal.citation or item.citation, refusal=refusal.reason)
    if refused := _wrong_amount(claim, item, combination, entitlement, spent):
        return refused
    if item.certificate and not _certified(claim):
        return Ruling(allowed=0, citation=item.certificate, held=True)
    ruling = _within_portion(_share(claim, item), claim, item, entitlement, benefit, spent)
    if item.cap and not ruling.refusal:
        used = 0 if item.cap.each.at(combination) else spent.by_item.get(item.item, 0)
        ruling = _cut(ruling, item.cap.fen - used, item.cap)
    if spent.limit and item.in_total.at(combination) and not ruling.refusal:
        ruling = _cut(ruling, spent.limit.fen - spent.of_total(claim, combination), spent.limit)
    return ruling


def _wrong_amount(
    claim: Claim, item: ClaimItem, combination: Combination, entitlement: Entitlement, spent: Spending
) -> Ruling | None:
    """The refusal of an amount that the notice does not have, or has once and that was asked for before."""
    amounts = entitlement.amounts(item.benefit.at(combination)) if item.exact else ()
    before = spent.by_item.get(item.item, 0)
    if item.exact and claim.asked not in amounts:
        return Ruling(allowed=0, citation=item.exact, refusal=_exact_refusal(claim, amounts))
    if item.exact and before:
        refusal = f"这一项已有 {format_yuan(before)} 元的申请，同一人不重复发放"
        return Ruling(allowed=0, citation=item.exact, refusal=refusal)
    if item.tiers and _off_tier(claim, item, combination):
        return Ruling(allowed=0, citation=item.tiers.citation, refusal=_tier_refusal(claim, item))
    return None


def _off_tier(claim: Claim, item: ClaimItem, combination: Combination) -> bool:
    binds = item.tiers.bind.get(claim.mode) if item.tiers else None
    return bool(item.tiers and binds and binds.at(combination) and claim.asked not in item.tiers.fen)


def _tier_refusal(claim: Claim, item: ClaimItem) -> str:
    tiers = "、".join(format_yuan(fen).removesuffix(".00") for fen in item.tiers.fen) if item.tiers else ""
    return f"{format_yuan(claim.asked)} 元不是{claim.mode}等级；只能是 {tiers} 元"


def _exact_refusal(claim: Claim, amounts: tuple[int, ...]) -> str:
    listed = (
        "或 ".join(f"{format_yuan(fen).removesuffix('.00')} 元" for fen in amounts) or "（现有事实算不出）"
    )
    return f"{format_yuan(claim.asked)} 元不是规定的金额；只能是 {listed}"


def _certified(claim: Claim) -> bool:
    return bool(claim.certificate and claim.issued and claim.issued <= claim.day)


def _share(claim: Claim, item: ClaimItem) -> Ruling:
    """The asked amount, or the share of it that the notice pays; part of a fen is dropped, not rounded up."""
    if item.share is None:
        return Ruling(allowed=claim.asked, citation=item.citation)
    fen = claim.asked * item.share.numerator // item.share.denominator
    return Ruling(allowed=fen, citation=item.share.citation)


def _within_portion(
    ruling: Ruling, claim: Claim, item: ClaimItem, entitlement: Entitlement, benefit: str, spent: Spending
) -> Ruling:
    """*ruling* cut to what is left of the portion that *item* pays; refused without the invoice it needs."""
    if not item.portion:
        return ruling
    portion, fen = entitlement.portion(benefit, item.portion)
    if portion.against and not claim.receipt:
        return Ruling(
            allowed=0, citation=portion.citation, refusal=f"须凭{portion.against}；写明票据号 --receipt"
        )
    if fen is None:
        return Ruling(allowed=0, citation=portion.citation, refusal="现有事实算不出这一次的金额")
    limit = Limit(fen=fen, citation=portion.citation, each=Open.settled(False))
    return _cut(ruling, fen - spent.by_item.get(item.item, 0), limit)


def _cut(ruling: Ruling, left: int, limit: Limit) -> Ruling:
    if left <= 0:
        yuan = format_yuan(limit.fen).removesuffix(".00")
        return Ruling(allowed=0, citation=limit.citation, refusal=f"已累计{yuan}元，达到上限")
    if ruling.allowed <= left:
        return ruling
    return Ruling(allowed=left, citation=limit.citation)
