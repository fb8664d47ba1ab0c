"""``assist claim advance``: claims on their way to payment (上报、审核、批准、发放), one or a whole batch."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.census.moneytables import overspending_line
from assistcli.commands.options import By, Day, Json, day_or_today, person
from assistcli.desk.assessment import Assessor
from assistcli.desk.claimdesk import advance_claim, advance_movable, paying_source, waiting_claims
from assistcli.errors import UsageError
from assistcli.followup.hands import states_of_one_hand
from assistcli.model import Case, Stage
from assistcli.money import positive_fen
from assistcli.output import answer, note
from assistcli.policy.ruling import APPROVED
from assistcli.policy.subsidy import ClaimResult
from assistcli.sheets.claimsheet import claim_data, claim_table

ADVANCE_HELP = """把申请推进到下一步：上报、审核、批准、发放，依次进行，不能跳过。

不写申请号：推进所有处于上一步的申请；--college 只推进一个学院的。批准金额不写 --amount 时等于核定金额。
发放时可写明资金来源，收支余额见 assist report funds。文件要求实名、用卡发放的资金，缺身份证号或卡号不能发放。

例：assist claim advance --to 上报 --college 机械学院
    assist claim advance --to 发放 --source 社会捐助
"""
SHOWN_PROBLEMS = 2

Moved = Sequence[tuple[Case, ClaimResult]]
Ids = Annotated[list[str] | None, typer.Argument(metavar="申请号", show_default=False)]


def advance(
    ctx: typer.Context,
    claims: Ids = None,
    to: Annotated[str, typer.Option("--to", help="上报、审核、批准 或 发放")] = "",
    college: Annotated[str, typer.Option("--college", help="只推进一个学院的申请")] = "",
    amount: Annotated[str, typer.Option("--amount", help="批准金额（元）")] = "",
    source: Annotated[str, typer.Option("--source", help="发放用的资金来源")] = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Move claims to the next state; with no id, all that stand just before it."""
    if not to:
        raise UsageError("缺少 --to 上报、审核、批准 或 发放")
    if college and claims:
        raise UsageError("写了申请号就不用 --college")
    book = open_casebook(ctx.obj)
    stage = Stage(
        state=to,
        day=day_or_today(day, ctx.obj),
        by=person(by),
        amount=positive_fen(amount) if amount else None,
        source=paying_source(source, to),
    )
    moved, problems = _move(book, claims or (), stage, college)
    for remark in [*_problem_lines(problems), *_remarks(book, moved, stage)]:
        note(remark)
    answer(as_json, [claim_data(result) for _, result in moved], claim_table(moved))


def _move(book: Casebook, ids: Sequence[str], stage: Stage, college: str) -> tuple[Moved, Sequence[str]]:
    """The claims *ids*, else all that wait for *stage*, moved to it, and why some of those were not."""
    assessor = Assessor(book)
    with book.writing(f"claim advance {stage.state}", stage.by) as page:
        if ids:
            return [advance_claim(id, page, assessor, stage) for id in ids], ()
        waiting = waiting_claims(page, assessor, stage.state, book.context.pack, college)
        return advance_movable(waiting, page, assessor, stage)


def _problem_lines(problems: Sequence[str]) -> list[str]:
    """Why some claims stayed where they were; of many the first few and how many more."""
    lines = [f"未推进：{problem}" for problem in problems[:SHOWN_PROBLEMS]]
    more = len(problems) - SHOWN_PROBLEMS
    return [*lines, f"……还有 {more} 笔未推进；assist claim list 查看"] if more > 0 else lines


def _remarks(book: Casebook, moved: Moved, stage: Stage) -> list[str]:
    """What a second pair of eyes should see: one person in two roles, days that run back, overspending."""
    lines = []
    if stage.state == APPROVED:
        hands = [s for _, r in moved for s in states_of_one_hand(r.claim) if APPROVED in s]
        states = "、".join(dict.fromkeys(state for one in hands for state in one))
        lines += [f"注意：{len(hands)} 笔的「{states}」经办人同为 {stage.by}"] * bool(hands)
    early = [result for _, result in moved if stage.day < _day_before(result)]
    lines += [f"注意：{len(early)} 笔的{stage.state}日 {stage.day} 早于上一步的日期"] * bool(early)
    warning = overspending_line(book, stage.source)
    return [*lines, f"注意：{warning}"] if warning else lines


def _day_before(result: ClaimResult) -> date:
    """The day of the state before the last one of a claim."""
    *before, _ = result.claim.stages
    return before[-1].day if before else result.claim.day
