"""Lists by college: who is helped and how (zust-2013 附件3 细化表), and what was spent (June 支出明细)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from assistcli.assistance import Outcome, Pairing
from assistcli.followup.pairing import helper_of
from assistcli.followup.placement import latest_outcome, placement_text
from assistcli.model import Case
from assistcli.money import format_yuan, format_yuan_or_none
from assistcli.policy.rules import Pack
from assistcli.policy.ruling import APPROVED, PAID
from assistcli.policy.subsidy import Account, ClaimResult
from assistcli.policy.verdict import ELIGIBLE, Verdict
from assistcli.reports.items import stage_item
from assistcli.reports.opening import Cell, Item, Opening, RowOpenings, Trace, open_money
from assistcli.reports.statistics import StatisticsTable
from assistcli.values import squeeze

DETAIL_COLUMNS = (
    "学院", "序号", "学生姓名", "性别", "班级", "手机号码",
    "帮扶类型", "贫困等级", "结对帮扶者", "最终单位落实情况",
)  # fmt: skip
SPENDING_COLUMNS = (
    "学院", "序号", "学号", "姓名", "项目", "申请金额", "核定金额", "批准金额", "已发放", "余额",
)  # fmt: skip
ASKED = SPENDING_COLUMNS.index("申请金额")


def support_types(verdicts: Sequence[Verdict]) -> str:
    """帮扶类型: the categories that surely hold, by their codes."""
    return "、".join(verdict.benefit.id for verdict in verdicts if verdict.verdict == ELIGIBLE)


def college_order(pack: Pack, colleges: Iterable[str]) -> list[str]:
    """*colleges* in the notice's order, those it does not list after them."""
    known = list(pack.summary.colleges) if pack.summary else []
    present = dict.fromkeys(squeeze(college) for college in colleges)
    return [c for c in known if c in present] + [c for c in present if c not in known]


Support = Mapping[str, tuple[str, str]]
"""Case id → who helps (结对帮扶者) and where the person went (最终单位落实情况), from the records."""


def detail_table(
    judged: Sequence[tuple[Case, Sequence[Verdict]]], pack: Pack, title: str, support: Support
) -> StatisticsTable:
    """One row per person with a category, numbered per college (R0-52)."""
    listed = [(case, support_types(verdicts)) for case, verdicts in judged if support_types(verdicts)]
    rows: list[tuple[Cell, ...]] = []
    whose: list[str] = []
    for college in college_order(pack, (case.text("学院") for case, _ in listed)):
        group = [(case, types) for case, types in listed if squeeze(case.text("学院")) == college]
        for number, (case, types) in enumerate(group, 1):
            whose.append(case.id)
            rows.append((college, number, *_detail_row(case, types, support)))
    return StatisticsTable(title=title, columns=DETAIL_COLUMNS, rows=tuple(rows), whose=whose)


def _detail_row(case: Case, types: str, support: Support) -> tuple[Cell, ...]:
    before = (case.name, case.text("性别"), case.text("班级"), case.text("手机号码"))
    helper, placement = support[case.id]
    return (*before, types, case.text("贫困生等级"), helper, placement)


def support_of(
    cases: Iterable[Case],
    pairings: Mapping[str, Sequence[Pairing]],
    outcomes: Mapping[str, Sequence[Outcome]],
    today: date,
) -> Support:
    """Helper and placement of each of *cases* on *today*."""
    return {
        case.id: (
            helper_of(case, pairings.get(case.id, ()), today),
            placement_text(latest_outcome(outcomes.get(case.id, ()), today), case),
        )
        for case in cases
    }


def spending_table(accounts: Sequence[tuple[Case, Account]], pack: Pack, title: str) -> StatisticsTable:
    """One row per claim, numbered per college (R0-34); the balance is approved less paid, if approved."""
    rows: list[tuple[Cell, ...]] = []
    listed: list[ClaimResult] = []
    for college in college_order(pack, (case.text("学院") for case, _ in accounts)):
        group = [
            (c, result) for c, a in accounts if squeeze(c.text("学院")) == college for result in a.claims
        ]
        for number, (case, result) in enumerate(group, 1):
            listed.append(result)
            rows.append((college, number, case.student_no, case.name, result.claim.item, *_amounts(result)))
    return StatisticsTable(
        title=title,
        columns=SPENDING_COLUMNS,
        rows=tuple(rows),
        openings=RowOpenings(listed, lambda result: dict(_opened(result))),
        whose=[result.claim.case for result in listed],
    )


def _opened(result: ClaimResult) -> Iterator[tuple[int, Opening]]:
    """What the five amounts of a claim are made of; one that is not known has none."""
    claim, clause = result.claim, result.item.citation.clause
    asked = Item(claim.asked, claim.case, claim.day, f"申请 {claim.item}", Trace("Claim", claim.id))
    yield ASKED, open_money([asked], "申请金额：申请时写明的金额")
    if result.allowed is not None:
        allowed = asked._replace(number=result.allowed, what=f"{claim.item} 按规则核定")
        yield ASKED + 1, open_money([allowed], f"核定金额：规则允许的最高数（{clause}）")
    fixed = [stage_item(claim, APPROVED), stage_item(claim, PAID)]
    for place, (item, word) in enumerate(zip(fixed, ("批准金额", "已发放"), strict=True), ASKED + 2):
        if item:
            yield place, open_money([item], f"{word}：登记{item.what}时的金额")
    if fixed[0]:
        gone = [item._replace(number=-item.number) for item in fixed[1:] if item]
        yield ASKED + 4, open_money([fixed[0], *gone], "余额＝批准金额－已发放")


def _amounts(result: ClaimResult) -> tuple[Cell, ...]:
    approved, paid = result.claim.amount_at(APPROVED), result.claim.amount_at(PAID)
    return (
        format_yuan(result.claim.asked),
        format_yuan_or_none(result.allowed),
        format_yuan_or_none(approved),
        format_yuan_or_none(paid),
        format_yuan_or_none(None if approved is None else approved - (paid or 0)),
    )
