"""``assist record match``: posts on record that may suit a case."""

from collections.abc import Callable, Mapping

import typer

from assistcli.assistance import Job, Recommendation
from assistcli.book.casebook import open_casebook
from assistcli.commands.options import Json, OneCase
from assistcli.followup.match import Match, matches
from assistcli.output import Table, answer

MATCH_HELP = """列出可能合适的岗位，按专业、意向地点、意向薪资逐项说明；不详的不算不合，由人决定。

推荐过的不再列出；以前拒绝的原因附在后面。推荐：assist record recommend 个案 --job 岗位编号

例：assist record match 10800021
"""


def match(ctx: typer.Context, case: OneCase, as_json: Json = False) -> None:
    """List the posts, the best first."""
    book = open_casebook(ctx.obj)
    found = book.case(case, ctx.obj.pack)
    advices = book.events(Recommendation, found.id)
    fitting = matches(found, book.all_events(Job), advices, ctx.obj.today)
    refused = [
        f"{a.employer} {a.state}：{a.stages[-1].reason}" for a in advices if a.stages and a.stages[-1].reason
    ]
    rows = [match_row(one) for one in fitting]
    table = Table(("单位", "岗位", "专业", "地点", "薪资", "岗位编号"), rows)
    lines: list[str | Table] = [table if rows else "没有未推荐过的岗位"]
    lines += [f"以前：{line}" for line in refused]
    answer(as_json, [match_data(one) for one in fitting], *lines)


def match_row(found: Match) -> tuple[str, ...]:
    """One post with its reasons as a line on the screen."""
    points = (f"{word}（{why}）" for word, why in found.points)
    return (found.job.employer, found.job.title, *points, found.job.id)


def match_data(found: Match) -> dict[str, object]:
    """One post with its reasons as JSON."""
    points = dict(zip(("专业", "地点", "薪资"), found.points, strict=True))
    return {
        "job": found.job.id,
        "employer": found.job.employer,
        "title": found.job.title,
        "points": {name: {"fits": word, "reason": why} for name, (word, why) in points.items()},
    }


SUBCOMMANDS: Mapping[str, tuple[Callable[..., None], str]] = {"match": (match, MATCH_HELP)}
"""Name → function and help, for the group that offers it."""
