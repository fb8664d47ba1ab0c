"""``assist undo``: take back one whole earlier command."""

from typing import Annotated

import typer

from assistcli.book.casebook import FOUNDING, LOOKS, open_casebook
from assistcli.commands.options import By, Command, Json, new_app, person
from assistcli.desk.editions import editions_in_use, restore_editions
from assistcli.errors import DataRejectedError, UsageError
from assistcli.output import answer, note
from store.backend import TransactionRecord
from store.undo import find_target

HELP = """撤销一整条命令（也包括一次导入）。不写编号则撤销最近一条；编号见 assist history。

撤销也记入历史，可以再撤销。之后又改过的记录不会被覆盖：会列出来，由人决定。
查看敏感信息的记录（--show-sensitive）不能撤销，不写编号时跳过。

例：assist undo
    assist undo 12
"""

app = new_app()


@app.command(cls=Command, help=HELP)
def undo(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="[编号]", show_default=False)] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Reverse one earlier command."""
    if number and not (number.isdecimal() and number.isascii()):
        raise UsageError(f"「{number}」不是编号；编号见 assist history")
    book = open_casebook(ctx.obj)
    target = find_target(book.backend, int(number) if number else None, passed=LOOKS)
    _demand_undoable(target)
    before = editions_in_use(book)
    done = book.backend.undo(target.number, by=person(by))
    reversed_one = next(t for t in book.backend.transactions() if t.number == done.undoes)
    data = {
        "undone": done.undoes,
        "command": reversed_one.command,
        "transaction": done.number,
        "records": done.size,
    }
    what = f"第 {done.undoes} 条命令（{reversed_one.command}，{reversed_one.by}）"
    restored = list(restore_editions(book, before, reversed_one))
    for line in restored if as_json else ():
        note(line)
    answer(as_json, data, f"已撤销{what}：{done.size} 条记录回到之前的样子", *restored)


def _demand_undoable(target: TransactionRecord) -> None:
    """Let a command pass that may be reversed.

    Raises:
        DataRejectedError: it made the store, or it is a record of who looked at secrets.
    """
    if target.command == FOUNDING:
        raise DataRejectedError("这条命令建立了数据文件夹，不能撤销；不要这个文件夹，可以整个删去")
    if target.command in LOOKS:
        raise DataRejectedError(f"第 {target.number} 条是查看敏感信息的记录，不能撤销")
