"""``assist restore``: a store out of a backup."""

from pathlib import Path
from typing import Annotated

import typer

from assistcli.commands.options import By, Command, Json, new_app, person
from assistcli.errors import MissingFileError, UsageError
from assistcli.output import answer
from assistcli.words import count_words
from store.backup import restore_backup

HELP = """从备份恢复到一个文件夹。已有数据的文件夹不会被覆盖，除非写明 --replace；原有内容整个移到一旁保留。

例：assist restore 备份.zip 恢复的数据
    assist restore 备份.zip 就业援助2013 --replace
"""

app = new_app()


@app.command(cls=Command, help=HELP)
def restore(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="备份文件", show_default=False)],
    folder: Annotated[str, typer.Argument(metavar="[文件夹]", show_default=False)] = "",
    replace: Annotated[bool, typer.Option("--replace", help="替换已有的数据（原有内容保留在一旁）")] = False,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Restore the backup and say what it held."""
    target = Path(folder) if folder else ctx.obj.store
    if target is None:
        raise UsageError("请写明恢复到哪个文件夹。例：assist restore 备份.zip 恢复的数据")
    if not Path(file).is_file():
        raise MissingFileError(file)
    done = restore_backup(Path(file), target, by=person(by), replace=replace)
    data = {"store": str(target.resolve()), "records": done.records, "head": done.head}
    answer(as_json, data, f"已恢复到：{target.resolve()}", f"记录：{count_words(done.records)}")
