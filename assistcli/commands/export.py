"""``assist export``: cases back out; importing the file again gives equal facts."""

from pathlib import Path
from typing import Annotated

import typer

from assistcli.book.casebook import open_casebook
from assistcli.commands.options import Cases, Command, Json, Reveal, new_app
from assistcli.derivation import facts_of
from assistcli.desk.registration import field_named
from assistcli.errors import DataRejectedError, UsageError
from assistcli.fields import HIDDEN
from assistcli.output import answer, note
from assistcli.values import listed_words

HELP = """导出个案：xlsx、csv 或 json；再导入时内容不变。

身份证号等敏感字段默认不导出：--show-sensitive 全部导出，或用 --columns 指明字段；都留下记录。

例：assist export --out 名单.xlsx
    assist export --format csv --columns 学号,姓名,学院,贫困生等级
    assist export 10800021 --out 一人.json --show-sensitive
"""
FORMATS = ("xlsx", "csv", "json")

app = new_app()


@app.command("export", cls=Command, help=HELP)
def export_cases(
    ctx: typer.Context,
    cases: Cases = None,
    kind: Annotated[str, typer.Option("--format", help="xlsx（默认）、csv 或 json")] = "",
    out: Annotated[str, typer.Option("--out", help="存成哪个文件")] = "",
    columns: Annotated[str, typer.Option("--columns", help="只要这些字段，逗号分开")] = "",
    reveal: Reveal = False,
    as_json: Json = False,
) -> None:
    """Write the cases chosen to one file."""
    from assistcli.intake.export import choose_columns, write_export

    book = open_casebook(ctx.obj)
    pack = book.the_pack()
    chosen = book.chosen(cases or (), pack.id)
    names = [field_named(name, [pack]) for name in listed_words(columns)]
    records = [facts_of(case) for case in chosen]
    known = [field for field in pack.fields.values() if pack.subject in field.of]
    fields = choose_columns(known, records, names, sensitive=reveal)
    path = write_export(_target(out, kind), fields, records)
    if reveal or any(field.sensitivity == HIDDEN for field in fields):
        book.note_looks("export", [case.id for case in chosen])
    data = {"file": str(path.resolve()), "cases": len(chosen), "columns": [field.name for field in fields]}
    answer(as_json, data, f"已导出 {len(chosen)} 人、{len(fields)} 个字段：{path.resolve()}")
    whole = fields if names else choose_columns(known, records, sensitive=True)
    if left := [field.name for field in whole if field not in fields]:
        note(
            f"没有导出 {len(left)} 个敏感字段：{'、'.join(left)}\n"
            "要导出请加 --show-sensitive，或用 --columns 指明；都会留下记录"
        )


def _target(out: str, kind: str) -> Path:
    """Where to write, and as what: the file's own ending, else the format asked for."""
    if kind and kind not in FORMATS:
        raise UsageError(f"--format 只能是 {'、'.join(FORMATS)}，不是「{kind}」")
    path = Path(out) if out else Path(f"导出.{kind or FORMATS[0]}")
    if kind and path.suffix.lower() != f".{kind}":
        raise UsageError(f"--out「{out}」与 --format {kind} 不一致")
    if path.exists():
        raise DataRejectedError(f"「{path}」已经存在，没有覆盖；请换一个文件名")
    return path
