"""Money by source (资金收支): raised, paid to cases, spent otherwise, and what is left; exact to the fen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from assistcli.assistance import Fund
from assistcli.model import Case, Claim
from assistcli.money import format_yuan
from assistcli.policy.ruling import PAID
from assistcli.reports.items import fact_trace, fund_item
from assistcli.reports.opening import Item, Trace, open_aside, open_money, total
from assistcli.reports.statistics import StatisticsTable
from assistcli.values import squeeze

COLUMNS = ("来源", "筹集（元）", "发给个案（元）", "其他支出（元）", "余额（元）")
UNSAID, TOTAL = "（未注明来源）", "合计"
MEANINGS = (
    "筹集：记录的筹集资金相加",
    "发给个案：申请登记的发放金额相加；没有申请的个案，按助学资金和发放日期",
    "其他支出：记为支出或有专门用途的资金相加",
    "余额＝筹集－发给个案－其他支出",
)
PAID_FACT, PAID_ON, SOURCE_FACT = "助学资金", "发放日期", "资金来源"


class Payment(NamedTuple):
    """Money paid to a case out of a source; blank where nobody said which."""

    source: str
    item: Item


@dataclass(slots=True, kw_only=True)
class Purse:
    """What came into one source and what went out of it, item by item, in fen."""

    came: list[Item] = field(default_factory=list)
    given: list[Item] = field(default_factory=list)
    other: list[Item] = field(default_factory=list)

    @property
    def columns(self) -> tuple[list[Item], ...]:
        """What came in, went to cases, went elsewhere; and all of it, what went being below zero."""
        gone = [item._replace(number=-item.number) for item in (*self.given, *self.other)]
        return self.came, self.given, self.other, [*self.came, *gone]

    @property
    def left(self) -> int:
        """What is left; below zero where more went out than came in."""
        return total(self.columns[-1])


def payments(cases: Iterable[Case], claims: Iterable[Claim], day: date) -> list[Payment]:
    """What was paid by *day*: claims that reached 发放, and for a case without one what its facts say."""
    found = []
    for claim in claims:
        stage = next((stage for stage in reversed(claim.stages) if stage.state == PAID), None)
        if stage and stage.day <= day:
            trace = Trace("Claim", claim.id, PAID)
            item = Item(stage.amount or 0, claim.case, stage.day, f"{PAID} {claim.item}", trace)
            found.append(Payment(stage.source, item))
    by_claim = {payment.item.case for payment in found}
    for case in cases:
        amount, on = case.value(PAID_FACT), case.text(PAID_ON)
        if case.id not in by_claim and isinstance(amount, int) and on and on <= day.isoformat():
            item = Item(amount, case.id, date.fromisoformat(on), PAID_FACT, fact_trace(case, PAID_FACT))
            found.append(Payment(case.text(SOURCE_FACT), item))
    return found


def purses(
    funds: Iterable[Fund], paid: Iterable[Payment], uses: Collection[str], day: date
) -> dict[str, Purse]:
    """Every source with what went in and out by *day*; money recorded for one of *uses* is spent."""
    found: dict[str, Purse] = {}
    for fund in funds:
        if fund.day <= day:
            purse = found.setdefault(squeeze(fund.source), Purse())
            (purse.other if fund.out or fund.kind in uses else purse.came).append(fund_item(fund))
    for payment in paid:
        found.setdefault(squeeze(payment.source) or UNSAID, Purse()).given.append(payment.item)
    return found


def overspent(name: str, purse: Purse) -> str:
    """That more went out of the source *name* than came in; blank where it did not."""
    if purse.left >= 0 or name == UNSAID:
        return ""
    return f"「{name}」支出超过筹集 {format_yuan(-purse.left)} 元，请核对"


def fund_table(found: dict[str, Purse], day: date, title: str) -> StatisticsTable:
    """One row per source, those of unsaid source before the total."""
    ordered = {name: purse for name, purse in found.items() if name != UNSAID}
    ordered |= {name: purse for name, purse in found.items() if name == UNSAID}
    ordered[TOTAL] = Purse(
        came=[item for purse in found.values() for item in purse.came],
        given=[item for purse in ordered.values() for item in purse.given],
        other=[item for purse in found.values() for item in purse.other],
    )
    openings = {
        (row, place): open_money(items, meaning)
        for row, purse in enumerate(ordered.values())
        for place, (items, meaning) in enumerate(zip(purse.columns, MEANINGS, strict=True), 1)
    }
    rows = tuple(
        (name, *(format_yuan(total(items)) for items in purse.columns)) for name, purse in ordered.items()
    )
    notes = [f"数据截至 {day}", "筹集－发给个案－其他支出＝余额"]
    notes += [said for name, purse in found.items() if (said := overspent(name, purse))]
    asides = {}
    if UNSAID in found:
        given = found[UNSAID].given
        asides[f"{len(given)} 笔发放没有注明来源（发放时写 --source 来源）"] = open_aside(given, money=True)
    return StatisticsTable(
        title=title, columns=COLUMNS, rows=rows, notes=(*notes, *asides), openings=openings, asides=asides
    )
