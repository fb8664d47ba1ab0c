"""The subcommands of ``assist record`` about one case: plan, helper, recommendation and its result."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated

import typer

from assistcli.assistance import Job, Outcome, Pairing, Plan, Recommendation
from assistcli.book.casebook import open_casebook
from assistcli.book.records import event_data
from assistcli.commands.options import By, Day, Json, OneCase, day_or_today, person
from assistcli.desk.casework import (
    cases_helped_by,
    demand_advice_state,
    demand_other_helper,
    demand_revision_reason,
    find_event,
)
from assistcli.errors import DataRejectedError
from assistcli.followup.placement import is_placed, latest_outcome
from assistcli.identity import new_ulid
from assistcli.model import Stage
from assistcli.output import answer, note
from assistcli.values import clean_text, listed_words, parse_date_or_none

PLAN_HELP = """一生一策：目标、措施、负责人、期限。再记一次就是调整，须写明原因，原计划保留。

例：assist record plan 10800021 "6月底前签约" --measure 修改简历 --owner 周老师 --until 2013-06-30
"""
HELPER_HELP = """记结对帮扶者（教师、专家、学生、领导干部 …），一人或多人（学号用逗号分开）。

例：assist record helper 10800021,10800094 周老师 --kind 教师
"""
HANDOVER_HELP = """把一位帮扶者的全部个案当天移交给另一位，中间不断档。

例：assist record handover 周老师 吴老师 --reason 工作调动
"""
RECOMMEND_HELP = """记一次岗位推荐；没有结果以前一直列在 assist due 里。

服务次数里的岗位推荐按这里和 assist log 两处较多的一处计，不重复计。

例：assist record recommend 10800021 杭州某公司 --title 机械工程师
    assist record recommend 10800021 --job 岗位编号
"""
RESULT_HELP = """记推荐的结果：投递、面试、录用（意向）、签约、入职；拒绝、未录用、放弃须写原因。

例：assist record result 推荐编号 面试 --date 2013-05-20
    assist record result 推荐编号 拒绝 --reason 工作地点远
"""

Reason = Annotated[str, typer.Option("--reason", help="原因")]


def plan(
    ctx: typer.Context,
    case: OneCase,
    goal: Annotated[str, typer.Argument(metavar="目标", show_default=False)],
    measures: Annotated[list[str] | None, typer.Option("--measure", help="措施，可写多次")] = None,
    owner: Annotated[str, typer.Option("--owner", help="负责人")] = "",
    until: Annotated[str, typer.Option("--until", help="期限")] = "",
    reason: Reason = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record a plan, or its revision."""
    book = open_casebook(ctx.obj)
    with book.writing("record plan", person(by)) as page:
        found = page.case(case, ctx.obj.pack)
        demand_revision_reason(page.events(Plan, found.id), reason)
        entry = Plan(
            id=new_ulid(),
            case=found.id,
            day=day_or_today(day, ctx.obj),
            goal=clean_text(goal),
            owner=clean_text(owner) or person(by),
            by=person(by),
            measures=tuple(map(clean_text, measures or ())),
            until=parse_date_or_none(until),
            reason=clean_text(reason),
        )
        page.put_event(entry)
    answer(as_json, event_data("plan", entry), f"已记：{found.name} 的计划「{entry.goal}」（{entry.owner}）")


def helper(
    ctx: typer.Context,
    cases: Annotated[str, typer.Argument(metavar="个案", show_default=False)],
    name: Annotated[str, typer.Argument(metavar="姓名", show_default=False)],
    kind: Annotated[str, typer.Option("--kind", help="教师、专家、学生、领导干部、单位 …")] = "",
    reason: Reason = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record who helps."""
    book = open_casebook(ctx.obj)
    when = day_or_today(day, ctx.obj)
    with book.writing("record helper", person(by)) as page:
        entries = []
        for one in (page.case(word, ctx.obj.pack) for word in listed_words(cases)):
            demand_other_helper(page.events(Pairing, one.id), clean_text(name), when, one)
            entry = Pairing(
                id=new_ulid(),
                case=one.id,
                day=when,
                helper=clean_text(name),
                by=person(by),
                kind=clean_text(kind),
                reason=clean_text(reason),
            )
            page.put_event(entry)
            entries.append(entry)
    data = [event_data("pairing", entry) for entry in entries]
    answer(as_json, data, f"已记：{len(entries)} 人由 {clean_text(name)} 帮扶（{when} 起）")


def handover(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="原帮扶者", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="新帮扶者", show_default=False)],
    reason: Reason = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Hand all cases of one helper to another on one day: 不断档."""
    book = open_casebook(ctx.obj)
    when, taker = day_or_today(day, ctx.obj), clean_text(new)
    if taker in ("", clean_text(old)):
        raise DataRejectedError("请写明接手的另一位帮扶者：没有人接手就不能移交")
    with book.writing("record handover", person(by)) as page:
        cases = cases_helped_by(clean_text(old), page, ctx.obj.pack, when)
        entries = [
            Pairing(
                id=new_ulid(), case=c.id, day=when, helper=taker, by=person(by), reason=clean_text(reason)
            )
            for c in cases
        ]
        for entry in entries:
            page.put_event(entry)
    data = [event_data("pairing", entry) for entry in entries]
    answer(as_json, data, f"{old} 的 {len(entries)} 个个案移交给 {taker}（{when} 起）")


def recommend(
    ctx: typer.Context,
    case: OneCase,
    employer: Annotated[str, typer.Argument(metavar="[单位]", show_default=False)] = "",
    title: Annotated[str, typer.Option("--title", help="岗位")] = "",
    job: Annotated[str, typer.Option("--job", help="岗位编号")] = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record a recommendation."""
    book = open_casebook(ctx.obj)
    post = find_event(Job, "岗位", job, book) if job else None
    if not (post or employer.strip()):
        raise DataRejectedError("请写明单位，或 --job 岗位编号")
    with book.writing("record recommend", person(by)) as page:
        found = page.case(case, ctx.obj.pack)
        entry = Recommendation(
            id=new_ulid(),
            case=found.id,
            day=day_or_today(day, ctx.obj),
            employer=post.employer if post else clean_text(employer),
            by=person(by),
            title=post.title if post else clean_text(title),
            job=post.id if post else "",
        )
        page.put_event(entry)
    said = f"已记：向 {found.name} 推荐 {entry.employer} {entry.title}　推荐编号 {entry.id}"
    answer(as_json, event_data("recommendation", entry), said)


def result(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="推荐编号", show_default=False)],
    state: Annotated[str, typer.Argument(metavar="结果", show_default=False)],
    reason: Reason = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record what came of a recommendation."""
    book = open_casebook(ctx.obj)
    with book.writing("record result", person(by)) as page:
        advice = find_event(Recommendation, "推荐", id, page)
        demand_advice_state(advice, state, reason)
        stage = Stage(state=state, day=day_or_today(day, ctx.obj), by=person(by), reason=clean_text(reason))
        entry = replace(advice, stages=(*advice.stages, stage))
        page.put_event(entry)
        case = page.case(advice.case)
        placed = is_placed(latest_outcome(page.events(Outcome, case.id), ctx.obj.today))
    if state in ("签约", "入职") and not placed:
        note(f"还没有落实：请记去向和证明 assist outcome {case.call_name} {state}")
    answer(as_json, event_data("recommendation", entry), f"已记：{case.name} {entry.employer} {state}")


SUBCOMMANDS: Mapping[str, tuple[Callable[..., None], str]] = {
    "plan": (plan, PLAN_HELP),
    "helper": (helper, HELPER_HELP),
    "handover": (handover, HANDOVER_HELP),
    "recommend": (recommend, RECOMMEND_HELP),
    "result": (result, RESULT_HELP),
}
"""Name → function and help, for the group that offers them."""
