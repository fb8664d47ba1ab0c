"""``assist publish``: the public list, whitelisted columns only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistcli.assistance import Publication
from assistcli.book.casebook import Casebook, open_casebook
from assistcli.commands.options import By, Cases, Command, Json, new_app, person
from assistcli.desk.assessment import Assessor, demand_benefit
from assistcli.desk.casework import find_event
from assistcli.desk.publishing import public_columns, public_text, refuse_internal_table
from assistcli.errors import DataRejectedError, UsageError
from assistcli.identity import new_ulid
from assistcli.model import Case, Stage
from assistcli.output import answer
from assistcli.paper.tabledoc import save_table
from assistcli.values import clean_text, iso_or_none, listed_words, parse_date

HELP = """生成公示名单。只含姓名、学校、学院、年级、专业、班级；其他一律不能公示。

必须写明撤下日期（公示期长短文件没有规定，由你们定）；到期在 assist due 里提醒撤下。
不写个案：公示全部符合的人；--benefit 只公示一类（名单上不写类别）。

例：assist publish --from 2013-05-20 --take-down 2013-05-27
    assist publish 10800021 10800094 --take-down 2013-05-27 --out 公示.docx
    assist publish --objection 公示编号 --reason 有人反映家庭情况不实
    assist publish --down 公示编号                 （已撤下）
"""
OUT_FOLDER = "out"
OBJECTION = "异议"

app = new_app()


@app.command(cls=Command, help=HELP)
def publish(
    ctx: typer.Context,
    cases: Cases = None,
    take_down: Annotated[str, typer.Option("--take-down", "--until", help="撤下日期，必填")] = "",
    start: Annotated[str, typer.Option("--from", help="公示开始日期；不填为今天")] = "",
    benefit: Annotated[str, typer.Option("--benefit", help="只公示符合这一类的人")] = "",
    columns: Annotated[str, typer.Option("--columns", help="只要这些列，逗号分开")] = "",
    title: Annotated[str, typer.Option("--title", help="标题")] = "",
    out: Annotated[str, typer.Option("--out", help="存成哪个 .docx 或 .xlsx 文件")] = "",
    down: Annotated[str, typer.Option("--down", help="公示编号：已经撤下")] = "",
    objection: Annotated[str, typer.Option("--objection", help="公示编号：收到异议，内容写 --reason")] = "",
    reason: Annotated[str, typer.Option("--reason", help="异议的内容")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Write the public list, or note that one was taken down or objected to."""
    book = open_casebook(ctx.obj)
    if objection and not reason.strip():
        raise UsageError("异议须写明内容：--reason 内容")
    if down or objection:
        _amend(book, down or objection, person(by), clean_text(reason) if objection else None, as_json)
        return
    first, last = _period(start, take_down, ctx.obj.today)
    chosen = _chosen(book, cases or (), benefit)
    wanted = listed_words(columns)
    names = public_columns(wanted, chosen)
    entry = Publication(
        id=new_ulid(),
        day=first,
        title=clean_text(title) or f"{book.office().unit}公示名单",
        take_down=last,
        people=len(chosen),
        cases=tuple(case.id for case in chosen),
        by=person(by),
    )
    saved = _save_list(book, entry, names, chosen, out)
    data = {"file": str(saved), "people": len(chosen), "take_down": last.isoformat()}
    told = f"已生成 {len(chosen)} 人的公示名单：{saved}"
    until = f"{last} 撤下：assist publish --down {entry.id}"
    answer(as_json, data | {"publication": entry.id, "columns": names}, told, until)


def _period(start: str, take_down: str, today: date) -> tuple[date, date]:
    """First day and day of taking down, both typed by a person: the notice gives no length (R1-26).

    Raises:
        UsageError: no day of taking down.
        DataRejectedError: it is not after the first day.
    """
    if not take_down:
        raise UsageError("缺少 --take-down 撤下日期：公示期长短文件没有规定，须由单位写明")
    first, last = parse_date(start) if start else today, parse_date(take_down)
    if last <= first:
        raise DataRejectedError(f"撤下日期 {last} 应晚于开始日期 {first}")
    return first, last


def _save_list(
    book: Casebook, entry: Publication, names: Sequence[str], chosen: Sequence[Case], out: str
) -> Path:
    """The file of the public list, once it is written and entered."""
    path = Path(out) if out else book.folder / OUT_FOLDER / f"公示_{entry.day}.docx"
    rows = [(number, *(public_text(c, n) for n in names)) for number, c in enumerate(chosen, 1)]
    period = f"公示时间：{entry.day} 至 {entry.take_down}"
    saved = save_table(entry.title, ("序号", *names), rows, [period], path)
    with book.writing("publish", entry.by) as page:
        page.put_event(entry)
    return saved


def _chosen(book: Casebook, names: Sequence[str], benefit: str) -> list[Case]:
    """The cases named, else all who are surely eligible for *benefit* or for any.

    Raises:
        DataRejectedError: there are none, or the notice has no such benefit, or a table was asked for.
    """
    pack = book.the_pack()
    refuse_internal_table(pack, names)
    if names:
        return [book.case(name, pack.id) for name in names]
    demand_benefit([pack], benefit)
    assessor = Assessor(book)
    chosen = [case for case in book.cases(pack.id) if assessor.is_entitled(case, benefit)]
    if not chosen:
        raise DataRejectedError("没有符合的人可公示；也可写明个案：assist publish 个案… --take-down 日期")
    return chosen


def _amend(book: Casebook, id: str, by: str, objection: str | None, as_json: bool) -> None:
    """Take the list down, or where it is an *objection* add it to the list; a person decides on it."""
    day = book.context.today
    with book.writing("publish", by) as page:
        entry = find_event(Publication, "公示", id, page)
        if objection:
            stage = Stage(state=OBJECTION, day=day, by=by, reason=objection)
            changed, said = replace(entry, stages=(*entry.stages, stage)), f"已记异议：{objection}"
        else:
            changed, said = replace(entry, down=day), f"已撤下：{entry.title}（{day}）"
        page.put_event(changed)
    data = {
        "publication": entry.id,
        "down": iso_or_none(changed.down),
        "objections": [{"date": s.day.isoformat(), "reason": s.reason, "by": s.by} for s in changed.stages],
    }
    answer(as_json, data, said)
