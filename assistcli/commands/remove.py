"""``assist remove``: take a case out; its history stays."""

from typing import Annotated

import typer

from assistcli.book.casebook import open_casebook
from assistcli.book.caserecord import case_label
from assistcli.commands.options import By, Command, Json, OneCase, new_app, person
from assistcli.errors import ConfirmationError, UsageError
from assistcli.output import answer, interactive

HELP = """删除一个个案及其联系、申请和步骤记录。修改历史仍保留，assist undo 可以恢复。

例：assist remove 10800021
    assist remove 10800021 --yes    （不再询问，供脚本使用）
"""

app = new_app()


@app.command(cls=Command, help=HELP)
def remove(
    ctx: typer.Context,
    case: OneCase,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问")] = False,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Remove the case after asking."""
    book = open_casebook(ctx.obj)
    found = book.case(case, ctx.obj.pack)
    if not yes:
        _confirm(f"删除 {case_label(found)} 及其全部记录？", as_json)
    with book.writing("remove", person(by)) as page:
        count = page.remove_case(found)
    answer(
        as_json,
        {"case": found.id, "removed": count},
        f"已删除 {found.name}（{count} 条记录）；assist undo 可恢复",
    )


def _confirm(question: str, as_json: bool) -> None:
    if as_json or not interactive():
        raise UsageError("删除需要确认；在脚本里请加 --yes")
    from assistcli.prompts import confirm

    if not confirm(question):
        raise ConfirmationError("没有删除")
