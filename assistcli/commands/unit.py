"""``assist unit``: the office's own figures and names."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

import typer

from assistcli.book.casebook import open_casebook
from assistcli.commands.options import By, Command, Group, Json, new_app, person
from assistcli.errors import DataRejectedError, UsageError
from assistcli.fields import fields_of, guess_name
from assistcli.model import Office
from assistcli.output import Table, answer
from assistcli.values import Value, parse_value

HELP = """本单位的数据：毕业生数、填报人、联系电话、联系周期等。

例：assist unit set 毕业生数=320 --college 机械学院
    assist unit set 联系周期=7
    assist unit show
"""
SET_HELP = """设定本单位的数据；--college 只对一个学院。值留空即清除。

例：assist unit set 毕业生数=320 --college 机械学院
    assist unit set 填报人=李老师 联系电话=057185070000
"""

app = new_app()
app.info.help, app.info.cls = HELP, Group


@app.command("set", cls=Command, help=SET_HELP)
def set_figures(
    ctx: typer.Context,
    figures: Annotated[list[str], typer.Argument(metavar="名称=值...", show_default=False)],
    college: Annotated[str, typer.Option("--college", help="只对这个学院")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Set figures of the unit, or of one college."""
    parsed = dict(_parse(figure) for figure in figures)
    book = open_casebook(ctx.obj)
    if college:
        _demand_college(college, [book.pack(name).summary for name in book.office().packs])
    with book.writing("unit set", person(by)) as page:
        office = _with_figures(page.office(), parsed, college)
        page.put_office(office)
    answer(as_json, office_data(office), _table(office))


@app.command(cls=Command, help="显示本单位的数据。例：assist unit show")
def show(ctx: typer.Context, as_json: Json = False) -> None:
    """Show the figures of the unit and its colleges."""
    office = open_casebook(ctx.obj).office()
    answer(as_json, office_data(office), f"{office.unit}　年份 {office.year}", _table(office))


def office_data(office: Office) -> dict[str, object]:
    """The office's figures as JSON."""
    colleges = {college: dict(figures) for college, figures in office.college_figures.items()}
    return {"unit": office.unit, "year": office.year, "figures": dict(office.figures), "colleges": colleges}


def _table(office: Office) -> Table:
    rows = [("", name, value) for name, value in office.figures.items()]
    rows += [
        (c, name, value) for c, figures in office.college_figures.items() for name, value in figures.items()
    ]
    return Table(("学院", "名称", "值"), rows)


def _parse(text: str) -> tuple[str, Value | None]:
    name, sign, value = text.partition("=")
    known = {field.name: field for field in fields_of("office")}
    if not sign:
        raise UsageError(f"「{text}」应写成 名称=值，例：毕业生数=320")
    if name not in known:
        hint = guess_name(name, known)
        raise DataRejectedError(f"没有「{name}」这一项；可用：{'、'.join(known)}{hint}")
    return name, parse_value(known[name], value)


def _demand_college(college: str, summaries: list[object]) -> None:
    known = {name for summary in summaries for name in getattr(summary, "colleges", ())}
    if known and college not in known:
        raise DataRejectedError(f"文件附件里没有「{college}」{guess_name(college, known)}")


def _with_figures(office: Office, figures: Mapping[str, Value | None], college: str) -> Office:
    old = office.college_figures.get(college, {}) if college else office.figures
    merged = {name: value for name, value in {**old, **figures}.items() if value is not None}
    if college:
        return replace(office, college_figures={**office.college_figures, college: merged})
    return replace(office, figures=merged)
