"""``assist paper``: a document has come in."""

from typing import Annotated

import typer

from assistcli.book.casebook import open_casebook
from assistcli.commands.options import By, Command, Day, Json, OneCase, day_or_today, new_app, person
from assistcli.desk.assessment import Assessor
from assistcli.errors import DataRejectedError
from assistcli.identity import new_ulid
from assistcli.model import Paper
from assistcli.output import answer

HELP = """记收到的材料（成绩单等）。

例：assist paper 10800021 成绩单 --date 2013-05-08
"""

app = new_app()


@app.command(cls=Command, help=HELP)
def paper(
    ctx: typer.Context,
    case: OneCase,
    name: Annotated[str, typer.Argument(metavar="材料", show_default=False)],
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record that the paper has come in."""
    book = open_casebook(ctx.obj)
    with book.writing("paper", person(by)) as page:
        found = page.case(case, ctx.obj.pack)
        known = Assessor(book).pack(found).papers
        if name not in known:
            raise DataRejectedError(
                f"没有「{name}」这项材料；文件要求的有：{'、'.join(known) or '（文件未规定）'}"
            )
        entry = Paper(id=new_ulid(), case=found.id, paper=name, day=day_or_today(day, ctx.obj), by=person(by))
        page.put_event(entry)
    data = {"case": found.id, "paper": name, "date": entry.day.isoformat()}
    answer(as_json, data, f"已记：{found.name} 的{name}，{entry.day} 收到")
