"""``assist init``: make a store for one unit, one notice and one year."""

from pathlib import Path
from typing import Annotated

import typer

from assistcli.book.casebook import create_casebook
from assistcli.book.packshelf import take_in
from assistcli.commands.options import By, Command, Json, new_app, person
from assistcli.context import Context
from assistcli.errors import DataRejectedError, UsageError
from assistcli.model import Office
from assistcli.output import answer
from assistcli.policy.rules import Pack

HELP = """建立数据文件夹。

指明按哪个文件（政策包编号，assist pack list 可查；或自己的政策包 .toml）、单位名称和年份。
自己的政策包先检查，没有错才抄进数据文件夹的 packs，以后不再需要原文件。
「应届」「今年考入」都以这里的年份为准。

例：assist init 就业援助2013 --pack zust-2013 --unit 浙江科技学院 --year 2013
    assist init 助学2026 --pack shili-2026.toml --unit 示例市总工会 --year 2026
"""

app = new_app()


@app.command(cls=Command, help=HELP)
def init(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="[文件夹]")] = "",
    pack: Annotated[str, typer.Option("--pack", help="政策包编号，或 .toml 文件")] = "",
    unit: Annotated[str, typer.Option("--unit", help="单位名称")] = "",
    year: Annotated[str, typer.Option("--year", help="文件所指的年份，四位数字")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Make the store and say where it is."""
    context: Context = ctx.obj
    name = pack or str(context.pack_file or context.pack or "")
    for value, option in ((name, "--pack"), (unit.strip(), "--unit"), (year, "--year")):
        if not value:
            raise UsageError(
                f"缺少 {option}。例：assist init --pack zust-2013 --unit 浙江科技学院 --year 2013"
            )
    loaded, own_packs = take_in(name)
    office = new_office(loaded, unit.strip(), parse_notice_year(year))
    target = Path(folder) if folder else context.store or Path.cwd()
    create_casebook(target, context, office, person(by), own_packs)
    data = {"store": str(target.resolve()), "pack": loaded.id, "unit": office.unit, "year": office.year}
    answer(
        as_json,
        data,
        f"已建立数据文件夹：{target.resolve()}",
        f"文件：{loaded.title}（{loaded.number or loaded.issuer}），年份 {office.year}",
        "下一步：assist add 逐个登记，或 assist import 名单.xlsx 成批导入",
    )


def new_office(pack: Pack, unit: str, year: int) -> Office:
    """An office that works under *pack* only."""
    return Office(unit=unit, year=year, packs=(pack.id,))


def parse_notice_year(text: str) -> int:
    """The four-digit year that *text* states.

    Raises:
        DataRejectedError: it states none.
    """
    if len(text) == 4 and text.isdecimal() and text.isascii() and text >= "1949":
        return int(text)
    raise DataRejectedError(f"--year「{text}」不是年份；请写四位数字，如 2013")
