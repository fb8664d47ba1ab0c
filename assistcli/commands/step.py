"""``assist step``: one step of the approval chain."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from assistcli.assistance import Publication
from assistcli.book.casebook import Page, open_casebook
from assistcli.commands.options import By, Command, Day, Json, day_or_today, new_app, person
from assistcli.desk.assessment import Assessor
from assistcli.errors import DataRejectedError, UsageError
from assistcli.followup.hands import other_steps_by_same
from assistcli.identity import new_ulid
from assistcli.model import Case, Step
from assistcli.output import Table, answer, note
from assistcli.policy.chain import AGREED, RESULTS, RETURNED, demand_order, demand_reason
from assistcli.policy.procedure import find_step, papers_applied
from assistcli.policy.rules import Pack, StepRule
from assistcli.policy.verdict import NOT_ELIGIBLE
from assistcli.values import clean_text

HELP = """记审批步骤，一人或多人。步骤按文件的次序，不能跳过。

退回须写理由；办过的步骤没有退回就重办，也须写理由。某一步退回或重办以后，它后面的步骤要重新办。

例：assist step 10800021 申请 --date 2013-05-08
    assist step 10800021 10800094 学校批准 --date 2013-05-20 --by 王老师
    assist step 10800021 学院建议 --result 退回 --reason 材料不全
"""

app = new_app()


@app.command(cls=Command, help=HELP)
def step(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="个案... 步骤", show_default=False)],
    day: Day = "",
    by: By = "",
    result: Annotated[str, typer.Option("--result", help="同意（默认）、不同意 或 退回")] = AGREED,
    reason: Annotated[str, typer.Option("--reason", help="理由；退回、重办时必填")] = "",
    as_json: Json = False,
) -> None:
    """Record the step for every case named, or for none."""
    *names, step_name = words
    if not names:
        raise UsageError("请写明个案和步骤。例：assist step 10800021 核对")
    _demand_result(result, reason)
    book = open_casebook(ctx.obj)
    stated = Step(
        id="",
        case="",
        step=step_name,
        day=day_or_today(day, ctx.obj),
        by=person(by),
        result=result,
        reason=clean_text(reason),
    )
    assessor = Assessor(book)
    with book.writing(f"step {step_name}", stated.by) as page:
        cases = [page.case(name, ctx.obj.pack) for name in names]
        entries = [_enter(page, case, assessor, stated) for case in cases]
    data = [{"case": e.case, "step": e.step, "date": e.day.isoformat(), "result": e.result} for e in entries]
    rows = [(case.name, e.step, e.day, e.result, e.by) for case, e in zip(cases, entries, strict=True)]
    answer(as_json, data, Table(("姓名", "步骤", "日期", "结果", "经办人"), rows))


def _demand_result(result: str, reason: str) -> None:
    if result not in RESULTS:
        raise DataRejectedError(f"--result 只能是 {'、'.join(RESULTS)}，不是「{result}」")
    if result == RETURNED and not reason.strip():
        raise DataRejectedError("退回须写明理由：--reason 理由")


def _enter(page: Page, case: Case, assessor: Assessor, stated: Step) -> Step:
    """The step as it is *stated*, entered for *case*; what speaks against it is said aloud."""
    pack, taken = assessor.pack(case), page.steps(case.id)
    rule = find_step(pack, stated.step)
    demand_order(pack, rule, taken)
    demand_reason(pack, rule, taken, stated.reason)
    entry = replace(stated, id=new_ulid(), case=case.id, step=rule.name)
    page.put_event(entry)
    for remark in [
        *_remarks(taken, entry),
        *_doubts(case, assessor, rule, entry),
        *_public(page, pack, rule, entry),
        *_papers(page, case, rule, assessor),
    ]:
        note(f"注意：{case.name} {remark}")
    return entry


def _remarks(taken: Sequence[Step], entry: Step) -> list[str]:
    """What a second pair of eyes should see: dates that run backward, one person in two roles."""
    remarks = []
    if taken and taken[-1].day > entry.day:
        remarks.append(f"「{entry.step}」日期 {entry.day} 早于「{taken[-1].step}」的 {taken[-1].day}")
    if same := other_steps_by_same(taken, entry):
        remarks.append(f"「{entry.step}」与「{'、'.join(same)}」经办人同为 {entry.by}")
    return remarks


def _doubts(case: Case, assessor: Assessor, rule: StepRule, entry: Step) -> list[str]:
    """A person decides; but approving what the notice's rule refuses is said aloud."""
    if not rule.grants or entry.result != AGREED:
        return []
    verdicts = {verdict.benefit.id: verdict for verdict in assessor.verdicts(case)}
    verdict = verdicts[rule.grants]
    return [f"按文件判断为不符合{verdict.benefit.title}"] if verdict.verdict == NOT_ELIGIBLE else []


def _public(page: Page, pack: Pack, rule: StepRule, entry: Step) -> list[str]:
    """What a step after the public list should know of it: that it still hangs, and who objected (R1-26)."""
    behind = any(earlier.publishes for earlier in pack.steps[: pack.steps.index(rule)])
    if not behind or entry.result != AGREED:
        return []
    remarks = []
    for list_ in page.all_events(Publication):
        if entry.case in list_.cases:
            until = list_.down or list_.take_down
            remarks += [f"公示「{list_.title}」到 {until} 才撤下"] * (entry.day < until)
            remarks += [f"公示收到异议：{stage.reason}（{stage.day}）；由人核实" for stage in list_.stages]
    return remarks


def _papers(page: Page, case: Case, rule: StepRule, assessor: Assessor) -> list[str]:
    """What is still missing for the step; the chain's first step needs the papers of the application too."""
    pack, received = assessor.pack(case), {paper.paper for paper in page.papers(case.id)}
    needed = [*rule.papers, *(papers_applied(assessor.verdicts(case)) if rule is pack.steps[0] else ())]
    return [f"还缺{name}（{pack.papers[name].quote}）" for name in needed if name not in received]
