"""``assist remind``: one short message per person, to copy or to hand to an SMS platform."""

from pathlib import Path
from typing import Annotated

import typer

from assistcli.book.casebook import open_casebook
from assistcli.book.caserecord import case_head
from assistcli.commands.options import Cases, Command, Json, new_app
from assistcli.desk.duties import Desk
from assistcli.followup.message import message_text
from assistcli.model import Office
from assistcli.output import Table, answer, note
from assistcli.paper.tabledoc import save_table
from assistcli.values import parse_date_or_none

HELP = """给每人写一条提醒：还缺什么、约了哪天。一条里只有本人的事，不写类别和困难情况。

程序不发送：复制到 QQ、微信，或用 --out 存成表格交给短信平台（手机号码、姓名、内容）。

例：assist remind
    assist remind 10800021 --until 2013-06-10
    assist remind --out 短信.xlsx
"""
COLUMNS = ("手机号码", "姓名", "内容")

app = new_app()


@app.command(cls=Command, help=HELP)
def remind(
    ctx: typer.Context,
    cases: Cases = None,
    until: Annotated[str, typer.Option("--until", help="请在哪天以前办理")] = "",
    out: Annotated[str, typer.Option("--out", help="存成 .xlsx 文件")] = "",
    as_json: Json = False,
) -> None:
    """Write the messages."""
    book = open_casebook(ctx.obj)
    chosen = book.chosen(cases or (), ctx.obj.pack)
    last, sender = parse_date_or_none(until), _sender(book.office())
    items = Desk(book, ctx.obj.today).items_by_case(chosen)
    messages = [(case, message_text(case.name, items[case.id], last, sender)) for case in chosen]
    messages = [(case, text) for case, text in messages if text]
    rows = [(case.text("手机号码"), case.name, text) for case, text in messages]
    data = [
        {
            **case_head(case),
            "phone": case.text("手机号码") or None,
            "message": text,
        }
        for case, text in messages
    ]
    if out:
        note(f"已存：{save_table('提醒', COLUMNS, rows, (), Path(out))}")
    without = sum(not phone for phone, _, _ in rows)
    if without:
        note(f"{without} 人没有手机号码")
    answer(as_json, data, Table(COLUMNS, rows) if rows else "没有要提醒的人")


def _sender(office: Office) -> str:
    """Who signs: the unit, with the person and phone that it set."""
    figures = [str(office.figures.get(name, "")) for name in ("填报人", "联系电话")]
    return " ".join(filter(None, (office.unit, *figures)))
