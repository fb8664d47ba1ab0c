"""``assist due``: who and what is due, overdue, missing."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any

import typer

from assistcli.book.casebook import open_casebook
from assistcli.commands.options import Cases, Command, Json, new_app
from assistcli.desk.duties import Desk, Duty
from assistcli.errors import DataRejectedError, UsageError
from assistcli.followup.agenda import AFTERCARE, APPOINTED, EVENT, KINDS, OUT_OF_SCOPE
from assistcli.output import answer, note
from assistcli.values import iso_or_none, squeeze

HELP = """今天该办什么：逾期和到期的联系、已约的、缺的服务和材料、等待的审批和申请、日程。

每行写明理由、条款、逾期天数和办结它的命令。每个未落实的个案都恰好在联系、已约、未设定周期、
不在帮扶范围之一里；已约的到期前一直看得见。未到期的只报人数，--all 全部列出。

例：assist due
    assist due --kind 联系
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
    everything: Annotated[bool, typer.Option("--all", help="未到期的也列出")] = False,
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
    data = [duty_data(duty, today) for duty in duties]
    shown = [row for row in data if everything or kind or _pressing(row)]
    answer(as_json, data, *_lines(data, shown))


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
        "clause": item.clause,
        "command": item.command,
    }


def _of_kind(duties: Sequence[Duty], kind: str) -> list[Duty]:
    if kind not in KINDS:
        raise DataRejectedError(f"没有「{kind}」这种待办；可用：{'、'.join(KINDS)}")
    return [duty for duty in duties if duty.item.kind == kind]


def _pressing(row: dict[str, Any]) -> bool:
    """Whether a person must see *row* today; what is put off stays visible (REQUIREMENTS 9.6)."""
    days = row["days_overdue"]
    if row["kind"] == OUT_OF_SCOPE or (row["kind"] == AFTERCARE and days is None):
        return False
    if row["kind"] == EVENT and days is not None:
        return bool(days >= -MONTH_AHEAD)
    return row["kind"] == APPOINTED or days is None or days >= 0


def _lines(data: Sequence[dict[str, Any]], shown: Sequence[dict[str, Any]]) -> list[str]:
    """The rows by kind, the most pressing kind first, each with the command that clears it."""
    lines: list[str] = [] if shown else ["没有待办"]
    for kind in dict.fromkeys(row["kind"] for row in shown):
        rows = [row for row in shown if row["kind"] == kind]
        lines.append(f"【{kind}】{len(rows)} 项")
        for command, alike in groupby(rows, key=itemgetter("command")):
            lines += [*map(_line, alike), f"      → {command}"]
    if len(shown) < len(data):
        hidden = len(data) - len(shown)
        lines.append(f"另有 {hidden} 项未到期、已落实或不在帮扶范围，未列出（--all 全部列出）")
    return lines


def _line(row: dict[str, Any]) -> str:
    """Who, when and why, with the clause."""
    who = " ".join(filter(None, (row["name"], row["student_no"])))
    clause = f"（{row['clause']}）" if row["clause"] else ""
    return "  " + "　".join(filter(None, (who, _day(row), row["reason"] + clause)))


def _day(row: dict[str, Any]) -> str:
    """When it is due, in words; blank where there is no day."""
    if row["due"] is None:
        return ""
    days = row["days_overdue"]
    return f"{row['due']} " + ("今天" if days == 0 else f"逾期 {days} 天" if days > 0 else f"还有 {-days} 天")
