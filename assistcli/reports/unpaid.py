"""Who was not paid before term began (开学前未发放名单): every sum that is owed or came late."""

from collections.abc import Sequence
from datetime import date

from assistcli.model import Case
from assistcli.money import format_yuan_or_none
from assistcli.policy.rules import Pack
from assistcli.policy.ruling import APPROVED, PAID, REJECTED
from assistcli.policy.subsidy import ClaimResult
from assistcli.policy.verdict import ELIGIBLE, Verdict
from assistcli.reports.items import stage_item
from assistcli.reports.opening import Cell, Item, Opening, Place, Trace, open_money
from assistcli.reports.statistics import StatisticsTable
from assistcli.values import iso_or_none

COLUMNS = ("序号", "姓名", "学号", "学院/学校", "项目", "应发（元）", "状态", "发放日期", "说明")
OWED = COLUMNS.index("应发（元）")
UNCLAIMED = "未申请"
Line = tuple[tuple[Cell, ...], Opening | None]
"""A row from 项目 on, and what its amount is made of where it has one."""
Judged = tuple[Case, Sequence[ClaimResult], Sequence[Verdict]]


def unpaid_table(
    judged: Sequence[Judged], pack: Pack, term: date | None, day: date, title: str
) -> StatisticsTable:
    """One row per sum that is not paid, or was paid on the first day of *term* or later (R1-38)."""
    rows: list[tuple[Cell, ...]] = []
    whose: list[str] = []
    openings: dict[Place, Opening] = {}
    for case, claims, verdicts in judged:
        where = case.text("学院") or case.text("就读学校")
        owed = [*_claimed(case, claims, term, day), *_unclaimed(case, claims, verdicts, pack, term, day)]
        for line, opening in owed:
            if opening:
                openings[len(rows), OWED] = opening
            whose.append(case.id)
            rows.append((len(rows) + 1, case.name, case.student_no, where, *line))
    begins = f"开学日期 {term}" if term else "没有设定开学日期：assist unit set 开学日期=年-月-日"
    notes = (f"数据截至 {day}；{begins}", "应在开学前发给学生本人而没有发的，和开学后才发的")
    return StatisticsTable(
        title=title, columns=COLUMNS, rows=tuple(rows), notes=notes, openings=openings, whose=whose
    )


def _claimed(case: Case, claims: Sequence[ClaimResult], term: date | None, day: date) -> list[Line]:
    found: list[Line] = []
    for result in claims:
        paid = next((stage.day for stage in result.claim.stages if stage.state == PAID), None)
        if result.state != REJECTED and (paid is None or (term and paid >= term)):
            fixed = stage_item(result.claim, APPROVED)
            asked = Item(0, case.id, result.claim.day, result.claim.item, Trace("Claim", result.claim.id))
            owed = result.allowed if fixed is None else fixed.number
            line = (result.claim.item, format_yuan_or_none(owed), result.state, iso_or_none(paid),
                    _lateness(paid, term, day))  # fmt: skip
            found.append((line, _opened(fixed or asked, owed, result.item.citation.clause)))
    return found


def _opened(item: Item, owed: int | None, clause: str) -> Opening | None:
    meaning = f"应发＝批准的金额，没有批准的按规则核定（{clause}）"
    return None if owed is None else open_money([item._replace(number=owed)], meaning)


def _unclaimed(
    case: Case,
    claims: Sequence[ClaimResult],
    verdicts: Sequence[Verdict],
    pack: Pack,
    term: date | None,
    day: date,
) -> list[Line]:
    """Fixed sums that a person is surely entitled to and that nobody asked for."""
    asked = {result.item.item for result in claims if result.state != REJECTED}
    held = {verdict.benefit.id: verdict for verdict in verdicts if verdict.verdict == ELIGIBLE}
    fixed = [item for item in pack.claims if item.exact is not None and item.item not in asked]
    entitled = [(item, held[id]) for item in fixed for id in set(item.benefit.under.values()) & held.keys()]
    late = _lateness(None, term, day)
    return [
        (
            (item.item, format_yuan_or_none(_only(verdict)), UNCLAIMED, None, late),
            _opened(Item(0, case.id, None, f"{item.item}，资格符合"), _only(verdict), item.citation.clause),
        )
        for item, verdict in entitled
    ]


def _only(verdict: Verdict) -> int | None:
    return verdict.amounts[0] if len(verdict.amounts) == 1 else None


def _lateness(paid: date | None, term: date | None, day: date) -> str:
    if term is None:
        return ""
    if paid:
        return f"晚 {(paid - term).days} 天" if paid > term else "开学当天才发"
    days = (term - day).days
    return f"离开学还有 {days} 天" if days > 0 else f"开学已 {-days} 天，仍未发"
