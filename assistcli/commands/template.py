"""``assist template``: a blank workbook for a notice, to send out and import when it comes back."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from assistcli.book.casebook import open_casebook
from assistcli.commands.options import Command, Json, new_app
from assistcli.errors import DataRejectedError, UsageError
from assistcli.fields import Field
from assistcli.interview.questions import Question, case_questions
from assistcli.output import answer

HELP = """空白登记表（xlsx）：带下拉选项、填写说明和一行示例（导入时忽略）；证号和电话列已设为文本。

例：assist template --out 2013届排摸表.xlsx
"""

app = new_app()


@app.command(cls=Command, help=HELP)
def template(
    ctx: typer.Context,
    out: Annotated[str, typer.Option("--out", help="存成哪个 xlsx 文件")] = "登记表.xlsx",
    as_json: Json = False,
) -> None:
    """Write the blank workbook."""
    from assistcli.intake.blank import write_blank

    pack = open_casebook(ctx.obj).the_pack()
    fields = [_listed(question) for question in case_questions(pack)]
    if Path(out).suffix.lower() != ".xlsx":
        raise UsageError(f"--out「{out}」应以 .xlsx 结尾")
    if Path(out).exists():
        raise DataRejectedError(f"「{out}」已经存在，没有覆盖；请换一个文件名")
    path = write_blank(Path(out), fields, f"{pack.title}　登记表")
    data = {"file": str(path.resolve()), "columns": [field.name for field in fields]}
    answer(as_json, data, f"已生成：{path.resolve()}（{len(fields)} 列）。填好后：assist import {path.name}")


def _listed(question: Question) -> Field:
    """The field of *question*, with the answers that the notice lists (学院), where it has none itself."""
    listed = question.closed and question.field.kind == "text" and not question.field.table
    return replace(question.field, choices=question.choices) if listed else question.field
