"""Claims and caps (资助金额): what of each claim the rules let be paid, under every reading.

Amounts are fen. Claims count in date order; an approved one uses up its approved amount, an open one what
it is allowed. A refusal names the clause. Source of the shapes: zust-2013 三、5（2）①②③ and 末.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistcli.model import Claim
from assistcli.policy.practice import Portion
from assistcli.policy.reading import Combination, Dependence, Open, Reading, combinations, dependences
from assistcli.policy.rules import Citation, ClaimItem, Limit, Pack, readings_of_claims
from assistcli.policy.ruling import APPROVED, PAID, Entitlement, Ruling, Spending, rule_claim

HELD = "待证"
NO_CLAUSE = "文件未规定"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimResult:
    """A claim with what is allowed of it; ``allowed`` is ``None`` where unadopted readings differ."""

    claim: Claim
    item: ClaimItem
    allowed: int | None
    least: int
    state: str
    citation: Citation
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Sums in fen over the claims of one item, or over all; ``None``: not stated, or by reading."""

    item: str
    asked: int
    allowed: int | None
    approved: int
    paid: int
    cap: int | None
    used: int | None
    citation: Citation | None
    portion: Portion | None = None

    @property
    def remaining(self) -> int | None:
        """Cap less what was approved."""
        return None if self.cap is None or self.used is None else self.cap - self.used


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All money of one case: claims, items, the total, and the readings that change the total allowed.

    ``totals`` are the fen allowed together under each combination of the readings that are open.
    """

    claims: tuple[ClaimResult, ...]
    items: tuple[Balance, ...]
    total: Balance
    depends: tuple[Dependence[int], ...]
    totals: tuple[tuple[Combination, int], ...]


def item_of(pack: Pack, kind: str) -> ClaimItem | None:
    """The claim item that *kind* (差旅费, 考证培训费 …) belongs to."""
    return next((item for item in pack.claims if kind in item.kinds), None)


def settle_account(
    pack: Pack, claims: Sequence[Claim], adopted: Mapping[str, str], entitlement: Entitlement
) -> Account:
    """The account of one case with these *claims*, under every combination of unadopted readings."""
    ordered = sorted(claims, key=lambda claim: (claim.day, claim.id))
    foreign = _foreign_items(pack, ordered)
    items = {claim.id: item_of(pack, claim.item) or foreign[claim.item] for claim in ordered}
    readings = _readings(pack, items.values())
    rulings = [
        (combination, _rule_all(pack, ordered, items, combination, entitlement))
        for combination in combinations(readings, adopted)
    ]
    results = tuple(_result(claim, items[claim.id], rulings, pack) for claim in ordered)
    totals = [(c, sum(ruling.allowed for ruling in ruled.values())) for c, ruled in rulings]
    return Account(
        claims=results,
        items=tuple(_item_balance(item, results, entitlement) for item in (*pack.claims, *foreign.values())),
        total=_total_balance(pack, results, [combination for combination, _ in rulings]),
        depends=tuple(dependences(totals, readings, adopted)) if len({fen for _, fen in totals}) > 1 else (),
        totals=tuple(totals),
    )


def _foreign_items(pack: Pack, claims: Iterable[Claim]) -> dict[str, ClaimItem]:
    """An item for each kind of *claims* that *pack* does not have, as after another edition of the notice."""
    return {
        claim.item: ClaimItem(
            item=claim.item,
            kinds=(),
            citation=Citation(clause=NO_CLAUSE, quote=claim.item),
            benefit=Open.settled(""),
            in_total=Open.settled(True),
        )
        for claim in claims
        if item_of(pack, claim.item) is None
    }


def _readings(pack: Pack, items: Iterable[ClaimItem]) -> list[Reading]:
    """The readings that some rule of *items* names, in the pack's order."""
    used = readings_of_claims(items) | set(pack.total.yearly.readings if pack.total else ())
    return [reading for reading in pack.readings.values() if reading.id in used]


def _rule_all(
    pack: Pack,
    ordered: Sequence[Claim],
    items: Mapping[str, ClaimItem],
    combination: Combination,
    entitlement: Entitlement,
) -> dict[str, Ruling]:
    """The ruling on every claim, in date order, each seeing what the earlier ones used."""
    spent = Spending(pack.total)
    rulings = {}
    for claim in ordered:
        item = items[claim.id]
        ruling = (
            rule_claim(claim, item, combination, entitlement, spent)
            if item.kinds
            else Ruling(allowed=0, citation=item.citation, refusal=f"这一版文件没有「{claim.item}」这个项目")
        )
        spent.add(claim, item, ruling, in_total=item.in_total.at(combination))
        rulings[claim.id] = ruling
    return rulings


def _result(
    claim: Claim,
    item: ClaimItem,
    rulings: Sequence[tuple[Combination, Mapping[str, Ruling]]],
    pack: Pack,
) -> ClaimResult:
    mine = [(combination, ruled[claim.id]) for combination, ruled in rulings]
    amounts = {ruling.allowed for _, ruling in mine}
    plain = [r for c, r in mine if _is_plain(c, pack)] or [ruling for _, ruling in mine]
    deciding = min((ruling for _, ruling in mine), key=lambda ruling: ruling.allowed)
    refused = all(ruling.refusal for ruling in plain)
    held = all(ruling.held for _, ruling in mine)
    return ClaimResult(
        claim=claim,
        item=item,
        allowed=amounts.pop() if len(amounts) == 1 else None,
        least=deciding.allowed,
        state=HELD if held and claim.state == "申请" else claim.state,
        citation=plain[0].citation if refused else deciding.citation,
        refusal=plain[0].refusal if refused else "",
    )


def _is_plain(combination: Combination, pack: Pack) -> bool:
    """Whether *combination* reads every clause that has a plain reading in that way, or as adopted."""
    plain = {name: pack.readings[name].plain for name in combination}
    return all(not plain[name] or option == plain[name] for name, option in combination.items())


def _item_balance(item: ClaimItem, results: Sequence[ClaimResult], entitlement: Entitlement) -> Balance:
    mine = [result for result in results if result.item is item]
    approved = sum(result.claim.amount_at(APPROVED) or 0 for result in mine)
    portion, cap = _ceiling(item, entitlement)
    return Balance(
        item=item.item,
        asked=sum(result.claim.asked for result in mine),
        allowed=_sum_known(result.allowed for result in mine),
        approved=approved,
        paid=sum(result.claim.amount_at(PAID) or 0 for result in mine),
        cap=cap,
        used=approved,
        citation=portion.citation if portion else item.cap.citation if item.cap else item.citation,
        portion=portion,
    )


def _ceiling(item: ClaimItem, entitlement: Entitlement) -> tuple[Portion | None, int | None]:
    """The portion that *item* pays and the most in fen; ``None``: not stated, unknown, or by reading."""
    if not item.portion:
        return None, item.cap.fen if item.cap else None
    found = [entitlement.portion(benefit, item.portion) for benefit in item.benefit.under.values()]
    return found[0][0], found[0][1] if all(one == found[0] for one in found) else None


def _total_balance(pack: Pack, results: Sequence[ClaimResult], readings: Sequence[Combination]) -> Balance:
    """The balance of the total; what is used of it is ``None`` where readings count different items."""
    latest = max((result.claim.day.year for result in results), default=0)
    used = {
        sum(
            r.claim.amount_at(APPROVED) or 0
            for r in results
            if pack.total is None or _counts(r, pack.total, combination, latest)
        )
        for combination in readings
    }
    return Balance(
        item="合计",
        asked=sum(result.claim.asked for result in results),
        allowed=_sum_known(result.allowed for result in results),
        approved=sum(result.claim.amount_at(APPROVED) or 0 for result in results),
        paid=sum(result.claim.amount_at(PAID) or 0 for result in results),
        cap=pack.total.fen if pack.total else None,
        used=used.pop() if len(used) == 1 else None,
        citation=pack.total.citation if pack.total else None,
    )


def _counts(result: ClaimResult, total: Limit, combination: Combination, year: int) -> bool:
    """Whether *result* uses up the *total*: by its item, and by its year where it begins anew each year."""
    this_year = result.claim.day.year == year or not total.yearly.at(combination)
    return result.item.in_total.at(combination) and this_year


def _sum_known(amounts: Iterable[int | None]) -> int | None:
    known = list(amounts)
    return None if None in known else sum(amount for amount in known if amount is not None)
