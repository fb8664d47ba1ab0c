"""``assist backup``: the whole store in one file, proved by restoring it."""

from pathlib import Path
from typing import Annotated

import typer

from assistcli.book.casebook import open_casebook
from assistcli.commands.options import By, Command, Json, new_app, person
from assistcli.interview.drafts import FOLDER as DRAFTS
from assistcli.output import answer
from assistcli.words import count_words
from store.backup import make_backup

HELP = """备份整个数据文件夹到一个文件，并当场试着恢复，确认可用。

没有填完的草稿不在备份里：还没有保存的不算记录。
备份文件**没有加密**，里面是全部个人信息：请放在加密的盘上。

例：assist backup 备份.zip
    assist backup            （文件名带今天的日期）
"""

app = new_app()


@app.command(cls=Command, help=HELP)
def backup(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="[文件]", show_default=False)] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Write the backup and say how much it holds."""
    book = open_casebook(ctx.obj)
    target = Path(file) if file else Path(f"{book.folder.resolve().name}-{ctx.obj.today}.zip")
    # Answers that nobody has saved are no records: a copy of them could never be taken back.
    done = make_backup(book.folder, target, by=person(by), leave_out=(DRAFTS,))
    data = {"file": str(done.file.resolve()), "size": done.size, "records": done.records, "head": done.head}
    answer(
        as_json,
        data,
        f"已备份并试恢复成功：{done.file.resolve()}（{done.size} 字节）",
        f"记录：{count_words(done.records)}",
    )
