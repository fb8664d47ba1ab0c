"""``assist list``: the cases of the store, one line each."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from assistcli.casebook import open_casebook
from assistcli.commands.options import Command, Json, new_app
from assistcli.errors import DataRejectedError, UsageError
from assistcli.fields import catalogue, nearest_names
from assistcli.masks import mask_value
from assistcli.model import Case
from assistcli.output import Table, answer
from assistcli.values import listed_words

HELP = """列出个案。可按任何字段筛选，可加显示的字段；敏感字段只显示一部分。

例：assist list
    assist list --where 学院=机械学院
    assist list --columns 班级,手机号码
"""

app = new_app()


@app.command("list", cls=Command, help=HELP)
def list_cases(
    ctx: typer.Context,
    where: Annotated[list[str] | None, typer.Option("--where", help="字段=值，可重复")] = None,
    columns: Annotated[str, typer.Option("--columns", help="另外显示的字段，逗号分开")] = "",
    as_json: Json = False,
) -> None:
    """List the cases that fit."""
    wanted = dict(_condition(text) for text in where or ())
    extra = [_field_name(name) for name in listed_words(columns)]
    book = open_casebook(ctx.obj)
    cases = [case for case in book.cases(ctx.obj.pack) if _fits(case, wanted)]
    data = [
        {"case": case.id, "student_no": case.student_no, "name": case.name, "pack": case.pack}
        for case in cases
    ]
    rows = [_row(case, extra) for case in cases]
    table = Table(("学号", "姓名", "学院/单位", "班级", "文件", *extra), rows)
    answer(as_json, data, table, f"共 {len(cases)} 人")


def _condition(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--where「{text}」应写成 字段=值，例：学院=机械学院")
    return _field_name(name), value.strip()


def _field_name(name: str) -> str:
    name = name.strip()
    if name not in catalogue():
        near = nearest_names(name, catalogue())
        hint = f"；是不是「{near[0]}」？" if near else ""
        raise DataRejectedError(f"没有「{name}」这个字段{hint}")
    return name


def _fits(case: Case, wanted: Mapping[str, str]) -> bool:
    return all(
        mask_value(catalogue()[name], case.value(name), reveal=True) == v for name, v in wanted.items()
    )


def _row(case: Case, extra: Sequence[str]) -> list[str]:
    where = case.text("学院") or case.text("工作单位")
    masked = [mask_value(catalogue()[name], case.value(name)) for name in extra]
    return [case.student_no or "", case.name, where, case.text("班级"), case.pack, *masked]
