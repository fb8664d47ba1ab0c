"""Money by source (资金收支): raised, paid to cases, spent otherwise, and what is left; exact to the fen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from assistcli.assistance import Fund
from assistcli.model import Case, Claim
from assistcli.money import format_yuan
from assistcli.policy.ruling import PAID
from assistcli.reports.statistics import Cell, StatisticsTable
from assistcli.values import squeeze

COLUMNS = ("来源", "筹集（元）", "发给个案（元）", "其他支出（元）", "余额（元）")
UNSAID, TOTAL = "（未注明来源）", "合计"
PAID_FACT, PAID_ON, SOURCE_FACT = "助学资金", "发放日期", "资金来源"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money paid to a case, in fen, out of a source; blank where nobody said which."""

    case: str
    day: date
    amount: int
    source: str


@dataclass(slots=True, kw_only=True)
class Purse:
    """What came into one source and what went out of it, in fen."""

    raised: int = 0
    paid: int = 0
    spent: int = 0
    cases: list[str] = field(default_factory=list)

    @property
    def left(self) -> int:
        """What is left; below zero where more went out than came in."""
        return self.raised - self.paid - self.spent


def payments(cases: Iterable[Case], claims: Iterable[Claim], day: date) -> list[Payment]:
    """What was paid by *day*: claims that reached 发放, and for a case without one what its facts say."""
    found = []
    for claim in claims:
        stage = next((stage for stage in reversed(claim.stages) if stage.state == PAID), None)
        if stage and stage.day <= day:
            paid = Payment(case=claim.case, day=stage.day, amount=stage.amount or 0, source=stage.source)
            found.append(paid)
    by_claim = {payment.case for payment in found}
    for case in cases:
        amount, on = case.value(PAID_FACT), case.text(PAID_ON)
        if case.id not in by_claim and isinstance(amount, int) and on and on <= day.isoformat():
            stated = date.fromisoformat(on)
            found.append(Payment(case=case.id, day=stated, amount=amount, source=case.text(SOURCE_FACT)))
    return found


def purses(
    funds: Iterable[Fund], paid: Iterable[Payment], uses: Collection[str], day: date
) -> dict[str, Purse]:
    """Every source with what went in and out by *day*; money recorded for one of *uses* is spent."""
    found: dict[str, Purse] = {}
    for fund in funds:
        if fund.day <= day:
            purse = found.setdefault(squeeze(fund.source), Purse())
            if fund.out or fund.kind in uses:
                purse.spent += fund.amount
            else:
                purse.raised += fund.amount
    for payment in paid:
        purse = found.setdefault(squeeze(payment.source) or UNSAID, Purse())
        purse.paid += payment.amount
        purse.cases.append(payment.case)
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
    whole = Purse(
        raised=sum(purse.raised for purse in found.values()),
        paid=sum(purse.paid for purse in found.values()),
        spent=sum(purse.spent for purse in found.values()),
        cases=[case for purse in ordered.values() for case in purse.cases],
    )
    ordered[TOTAL] = whole
    rows = tuple((name, *_amounts(purse)) for name, purse in ordered.items())
    people = {(row, 2): purse.cases for row, purse in enumerate(ordered.values())}
    notes = [f"数据截至 {day}", "筹集－发给个案－其他支出＝余额"]
    notes += [said for name, purse in found.items() if (said := overspent(name, purse))]
    if UNSAID in found:
        notes.append(f"{len(found[UNSAID].cases)} 笔发放没有注明来源（发放时写 --source 来源）")
    return StatisticsTable(title=title, columns=COLUMNS, rows=rows, notes=tuple(notes), people=people)


def _amounts(purse: Purse) -> tuple[Cell, ...]:
    return tuple(format_yuan(fen) for fen in (purse.raised, purse.paid, purse.spent, purse.left))
