"""``assist history``: what was entered, by whom and when."""

from itertools import islice
from typing import Annotated, Any

import typer

from assistcli.book.casebook import CASES, OF_CASE, Casebook, open_casebook
from assistcli.commands.options import Command, Json, new_app
from assistcli.errors import UsageError
from assistcli.output import Table, answer
from store.backend import Entry, TransactionRecord

HELP = """查看修改历史。不写个案：最近的命令（编号供 assist undo 使用）；写明个案：它的每次修改。

例：assist history
    assist history 10800021
"""
SHOWN = 30

app = new_app()


@app.command(cls=Command, help=HELP)
def history(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(metavar="[个案]", show_default=False)] = "",
    most: Annotated[str, typer.Option("--most", help="最多列出几条命令")] = str(SHOWN),
    as_json: Json = False,
) -> None:
    """List the latest commands, or every change of one case."""
    book = open_casebook(ctx.obj)
    if case:
        _answer_case(book, book.case(case, ctx.obj.pack).id, as_json)
        return
    if not most.isdecimal():
        raise UsageError(f"--most「{most}」不是数字")
    done = list(islice(book.backend.transactions(), int(most)))
    data = [_command_data(transaction) for transaction in done]
    rows = [_command_row(transaction) for transaction in done]
    answer(as_json, data, Table(("编号", "时间", "经办人", "命令", "记录数"), rows))


def clock(at: str) -> str:
    """Date and time of an entry as a person reads it."""
    return at[:16].replace("T", " ")


def _command_data(done: TransactionRecord) -> dict[str, Any]:
    head = {"transaction": done.number, "at": done.at, "by": done.by, "command": done.command}
    return head | {"records": done.size, "undoes": done.undoes}


def _command_row(done: TransactionRecord) -> tuple[object, ...]:
    undoing = f"（撤销第 {done.undoes} 条）" if done.undoes else ""
    return (done.number, clock(done.at), done.by, done.command + undoing, done.size)


def _answer_case(book: Casebook, case: str, as_json: bool) -> None:
    entries = list(book.backend.history(CASES, case))
    for table in OF_CASE:
        ids = [id for id, _ in book.backend.find(table, "case", case)]
        entries += [entry for id in ids for entry in book.backend.history(table, id)]
    entries.sort(key=lambda entry: entry.sequence)
    data: list[dict[str, Any]] = []
    before: dict[tuple[str, str], dict[str, Any] | None] = {}
    for entry in entries:
        data.append(_change(entry, before.get((entry.table, entry.id))))
        before[entry.table, entry.id] = entry.document
    rows = [(d["transaction"], clock(d["at"]), d["by"], d["command"], d["change"]) for d in data]
    answer(as_json, data, Table(("编号", "时间", "经办人", "命令", "改动"), rows))


def _change(entry: Entry, before: dict[str, Any] | None) -> dict[str, Any]:
    head = {"transaction": entry.transaction, "at": entry.at, "by": entry.by, "command": entry.command}
    return head | {"table": entry.table, "id": entry.id, "change": _describe(entry.document, before)}


def _describe(document: dict[str, Any] | None, before: dict[str, Any] | None) -> str:
    """Which fields changed; values are not printed, since histories are shown over shoulders."""
    if document is None:
        return "删除"
    if before is None:
        return "新增"
    old, new = before.get("facts", before), document.get("facts", document)
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return "修改 " + "、".join(changed)
