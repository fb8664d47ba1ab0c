"""``assist record``: what is done for a case beside contacts, and what tables count beside cases."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistcli.assistance import Activity, Deadline, Fund, Job
from assistcli.book.casebook import Casebook, open_casebook
from assistcli.book.records import event_data
from assistcli.census.moneytables import overspending_line
from assistcli.commands import casenotes, cooperation, matching, publicity, staffing
from assistcli.commands.options import By, Command, Day, Group, Json, day_or_today, new_app, person
from assistcli.errors import DataRejectedError
from assistcli.fields import guess_name
from assistcli.identity import new_ulid
from assistcli.money import format_yuan, parse_yuan, positive_fen
from assistcli.output import answer, note
from assistcli.values import clean_text, listed_words, parse_date, parse_date_or_none

if TYPE_CHECKING:
    from assistcli.book.records import Event

HELP = """记个案以外的工作，和个案的计划、帮扶者、岗位推荐。

例：assist record helper 10800021 周老师
    assist record plan 10800021 "6月底前签约" --measure 修改简历 --measure 每周推荐岗位 --owner 周老师
    assist record recommend 10800021 杭州某公司 --title 机械工程师
    assist record result 推荐编号 拒绝 --reason 工作地点远
    assist record activity 招聘会 春季专场 --heads 300 --posts 120
    assist record job 杭州某公司 机械工程师 --openings 3 --place 杭州 --salary 5000
    assist record match 10800021                （有哪些合适的岗位）
    assist record fund 社会捐助 20000 --label 冠名助学
    assist record member 园艺1班 就业助理 王同学  （谁在哪个班担任什么）
    assist record aid 张三 国家助学金 已申请        （国家助学政策：应享尽享）
    assist record story 张三 "…" --consent "…"      （典型事例：本人同意，隐去姓名）
"""
ACTIVITY_HELP = """记一次活动（招聘会、讲座、推进会、通报 …）。同一招聘会的后几场写 --again，岗位不重复计。

例：assist record activity 招聘会 春季专场 --heads 300 --posts 120 --date 2013-04-10
"""
JOB_HELP = """记一个岗位。

例：assist record job 杭州某公司 机械工程师 --openings 3 --place 杭州 --major 机械,车辆 --salary 5000
"""
FUND_HELP = """记筹集的资金，单位为元；--spent 记发给个案以外的支出。收支余额：assist report funds

例：assist record fund 社会捐助 20000 --label 冠名助学 --date 2011-08-01
    assist record fund 社会捐助 350 --spent --kind 招聘会场地
"""
DEADLINE_HELP = """为文件里只有文字的日程（6月初、4月中旬）定下日期，记下是谁定的。

例：assist record deadline 调整帮扶对象信息库 --from 2013-04-11 --until 2013-04-20 --by 王老师
"""
DONE_HELP = "日程上的一项已办完。例：assist record done 调整帮扶对象信息库 --date 2013-04-18"

app = new_app()
app.info.help, app.info.cls = HELP, Group
for name, (function, text) in {
    **casenotes.SUBCOMMANDS,
    **matching.SUBCOMMANDS,
    **staffing.SUBCOMMANDS,
    **cooperation.SUBCOMMANDS,
    **publicity.SUBCOMMANDS,
}.items():
    app.command(name, cls=Command, help=text)(function)


@app.command(cls=Command, help=ACTIVITY_HELP)
def activity(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="种类", show_default=False)],
    title: Annotated[str, typer.Argument(metavar="名称", show_default=False)],
    heads: Annotated[str, typer.Option("--heads", help="参加人次")] = "",
    posts: Annotated[str, typer.Option("--posts", help="提供的岗位数")] = "",
    again: Annotated[str, typer.Option("--again", help="是哪次活动的又一场")] = "",
    partner: Annotated[str, typer.Option("--partner", help="合作单位")] = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record an activity."""
    entry = Activity(
        id=new_ulid(),
        day=day_or_today(day, ctx.obj),
        kind=clean_text(kind),
        title=clean_text(title),
        by=person(by),
        heads=whole_number("--heads", heads),
        posts=whole_number("--posts", posts),
        again=clean_text(again),
        partner=clean_text(partner),
    )
    _enter(
        open_casebook(ctx.obj), "activity", entry, f"已记：{entry.day} {entry.kind} {entry.title}", as_json
    )


@app.command(cls=Command, help=JOB_HELP)
def job(
    ctx: typer.Context,
    employer: Annotated[str, typer.Argument(metavar="单位", show_default=False)],
    title: Annotated[str, typer.Argument(metavar="岗位", show_default=False)],
    openings: Annotated[str, typer.Option("--openings", help="招几人")] = "",
    place: Annotated[str, typer.Option("--place", help="工作地点")] = "",
    majors: Annotated[str, typer.Option("--major", help="专业，逗号分开")] = "",
    salary: Annotated[str, typer.Option("--salary", help="月薪（元）")] = "",
    kind: Annotated[str, typer.Option("--class", help="单位类别：国有大中型企业、公益性岗位 …")] = "",
    until: Annotated[str, typer.Option("--until", help="截止日期")] = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record a post."""
    entry = Job(
        id=new_ulid(),
        day=day_or_today(day, ctx.obj),
        employer=clean_text(employer),
        title=clean_text(title),
        by=person(by),
        openings=whole_number("--openings", openings),
        place=clean_text(place),
        majors=tuple(listed_words(majors)),
        salary=parse_yuan(salary) if salary else None,
        employer_class=clean_text(kind),
        until=parse_date_or_none(until),
    )
    said = f"已记：{entry.employer} {entry.title}　岗位编号 {entry.id}"
    _enter(open_casebook(ctx.obj), "job", entry, said, as_json)


@app.command(cls=Command, help=FUND_HELP)
def fund(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="来源", show_default=False)],
    amount: Annotated[str, typer.Argument(metavar="金额", show_default=False)],
    kind: Annotated[str, typer.Option("--kind", help="用途")] = "",
    label: Annotated[str, typer.Option("--label", help="名目：结对、冠名、定向助学 …")] = "",
    spent: Annotated[bool, typer.Option("--spent", help="是支出，不是筹集")] = False,
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record money raised or spent."""
    entry = Fund(
        id=new_ulid(),
        day=day_or_today(day, ctx.obj),
        source=clean_text(source),
        amount=positive_fen(amount),
        by=person(by),
        kind=clean_text(kind),
        label=clean_text(label),
        out=spent,
    )
    said = f"已记：{entry.day} {entry.source} {'支出' if spent else '筹集'} {format_yuan(entry.amount)} 元"
    book = open_casebook(ctx.obj)
    _enter(book, "fund", entry, said, as_json)
    if spent and (warning := overspending_line(book, entry.source)):
        note(f"注意：{warning}")


@app.command(cls=Command, help=DEADLINE_HELP)
def deadline(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="事项", show_default=False)],
    until: Annotated[str, typer.Option("--until", help="截止日期")] = "",
    start: Annotated[str, typer.Option("--from", help="开始日期")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Set the days of an event whose words name none."""
    if not until:
        raise DataRejectedError("缺少 --until 截止日期")
    first, last = parse_date_or_none(start), parse_date(until)
    if first and first > last:
        raise DataRejectedError(f"开始日期 {first} 晚于截止日期 {last}")
    book = open_casebook(ctx.obj)
    entry = _deadline(book, what, person(by), ctx.obj.today, start=first, until=last)
    days = f"{first} 至 {last}" if first else f"到 {last}"
    _enter(book, "deadline", entry, f"已定：{what} {days}（{entry.by}）", as_json)


@app.command(cls=Command, help=DONE_HELP)
def done(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="事项", show_default=False)],
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Mark an event of the calendar as done."""
    book = open_casebook(ctx.obj)
    when = day_or_today(day, ctx.obj)
    entry = _deadline(book, what, person(by), when, done=when)
    _enter(book, "deadline", entry, f"已办：{what} {when}", as_json)


def _deadline(book: Casebook, what: str, by: str, day: date, **days: date | None) -> Deadline:
    """The entry about the event *what* of a notice in use.

    Raises:
        DataRejectedError: no calendar has it; the message lists what they have.
    """
    events = {e.what: name for name in book.office().packs for e in book.pack(name).events}
    if what not in events:
        hint = guess_name(what, events)
        raise DataRejectedError(
            f"日程里没有「{what}」；现有：{'、'.join(events) or '（文件没有日程）'}{hint}"
        )
    return Deadline(id=new_ulid(), pack=events[what], what=what, by=by, day=day, **days)


def whole_number(option: str, text: str) -> int | None:
    """The count that *text* states; ``None`` where it says nothing.

    Raises:
        DataRejectedError: it is no whole number.
    """
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise DataRejectedError(f"{option}「{text}」不是整数；不写约数（「余」「近」）")
    return int(text)


def _enter(book: Casebook, name: str, entry: "Event", said: str, as_json: bool) -> None:
    with book.writing(f"record {name}", entry.by) as page:
        page.put_event(entry)
    data: dict[str, Any] = event_data(name, entry)
    answer(as_json, data, said)
