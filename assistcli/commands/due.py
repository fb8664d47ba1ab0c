"""``assist due``: who and what is due, overdue, missing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistcli.book.casebook import open_casebook
from assistcli.census.duelist import due_lines, is_folded
from assistcli.commands.options import Cases, Command, Json, new_app
from assistcli.desk.duties import Desk, Duty
from assistcli.errors import DataRejectedError, UsageError
from assistcli.followup.agenda import AFTERCARE, APPOINTED, EVENT, KINDS, OUT_OF_SCOPE, Item
from assistcli.output import answer, note
from assistcli.values import iso_or_none, squeeze
from assistcli.words import UNSTATED

HELP = """今天该办什么：逾期和到期的联系、已约的、缺的服务和材料、等待的审批和申请、日程。

写明谁、逾期几天、为什么、依据哪一条，和办结它要运行的命令（→ 后面）。
理由相同的人多时合在一起，按班级或学院报人数；未到期的只报项数。逐人全部列出：--all。
每个未落实的学生都恰好在 联系、已约、未设定周期、不在帮扶范围 之一里；约好的到期前一直列着。

例：assist due
    assist due --kind 联系                 （只看一种，逐人列出）
    assist due 10800021 --all
    assist due --college 机械学院
    assist due --ics 待办.ics
"""

MONTH_AHEAD = 31
"""Days before its date from which an event of the calendar is shown unasked."""

app = new_app()


@app.command(cls=Command, help=HELP)
def due(
    ctx: typer.Context,
    cases: Cases = None,
    kind: Annotated[str, typer.Option("--kind", help="只列一种：联系、已约、材料、审批 …")] = "",
    college: Annotated[str, typer.Option("--college", help="只列一个学院")] = "",
    ics: Annotated[str, typer.Option("--ics", help="存成日历文件（.ics），供办公日历导入")] = "",
    everything: Annotated[bool, typer.Option("--all", help="逐人列出，未到期的也列出")] = False,
    as_json: Json = False,
) -> None:
    """List what waits, the most pressing first."""
    book = open_casebook(ctx.obj)
    today = ctx.obj.today
    chosen = book.chosen(cases or (), ctx.obj.pack)
    if college:
        chosen = [case for case in chosen if squeeze(case.text("学院")) == squeeze(college)]
    packs = () if cases or college else [p for p in book.office().packs if ctx.obj.pack in (None, p)]
    duties = Desk(book, today).duties(chosen, packs)
    if kind:
        duties = _of_kind(duties, kind)
    if ics:
        note(f"已存：{_save_calendar(duties, today, ics)}")
    shown = [duty for duty in duties if everything or kind or _pressing(duty.item, today)]
    data = [duty_data(duty, today) for duty in duties]
    folded = not (everything or kind or cases)
    answer(as_json, data, *due_lines(shown, today, folded=folded), *_rest(duties, shown, folded=folded))


def _rest(duties: Sequence[Duty], shown: Sequence[Duty], *, folded: bool) -> list[str]:
    """What is not on the screen, and how to see it."""
    hidden = len(duties) - len(shown)
    lines = [f"另有 {hidden} 项未到期、已落实或不在帮扶范围，未列出（--all 全部列出）"] if hidden else []
    if folded and is_folded(shown):
        lines.append("理由相同的合在一起了；逐人列出：assist due --kind 种类，或 assist due --all")
    return lines


def _save_calendar(duties: Sequence[Duty], today: date, name: str) -> Path:
    """Write every dated item to the calendar file *name*, for its owner alone."""
    from assistcli.desk.icalendar import calendar_text

    path = Path(name)
    if path.suffix.lower() != ".ics":
        raise UsageError(f"--ics「{name}」应以 .ics 结尾")
    path.touch(mode=0o600)
    path.write_bytes(calendar_text(duties, today).encode())
    return path.resolve()


def duty_data(duty: Duty, today: date) -> dict[str, Any]:
    """One thing that waits as the contract's JSON object."""
    case, item = duty.case, duty.item
    return {
        "case": item.case,
        "student_no": case.student_no if case else None,
        "name": case.name if case else None,
        "kind": item.kind,
        "due": iso_or_none(item.due),
        "days_overdue": item.days_overdue(today),
        "reason": item.reason,
        "clause": None if item.clause == UNSTATED else item.clause,
        "command": item.command,
    }


def _of_kind(duties: Sequence[Duty], kind: str) -> list[Duty]:
    if kind not in KINDS:
        raise DataRejectedError(f"没有「{kind}」这种待办；可用：{'、'.join(KINDS)}")
    return [duty for duty in duties if duty.item.kind == kind]


def _pressing(item: Item, today: date) -> bool:
    """Whether a person must see *item* today; what is put off stays visible (REQUIREMENTS 9.6)."""
    days = item.days_overdue(today)
    if item.kind == OUT_OF_SCOPE or (item.kind == AFTERCARE and days is None):
        return False
    if item.kind == EVENT and days is not None:
        return days >= -MONTH_AHEAD
    return item.kind == APPOINTED or days is None or days >= 0
