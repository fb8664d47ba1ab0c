"""``assist report``: tables over cases, on the screen, as xlsx or in Word."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.census.survey import survey
from assistcli.census.tables import build_table, find_rule, table_rules
from assistcli.commands.cellopening import answer_opening
from assistcli.commands.options import Command, Json, new_app
from assistcli.errors import DataRejectedError
from assistcli.model import Case
from assistcli.output import Table, answer, note
from assistcli.paper.tablepaper import save_report
from assistcli.policy.rules import FormRule
from assistcli.reports.cells import cut_offs
from assistcli.reports.chart import Chart, text_bars, text_headings
from assistcli.reports.statistics import StatisticsTable, side_by_side
from assistcli.values import parse_date, parse_date_or_none

HELP = """统计表。assist report list 列出本文件的全部统计表。

例：assist report summary                    （分类汇总表，附件2）
    assist report detail --college 机械学院    （帮扶细化表，附件3）
    assist report spending --out 支出.xlsx
    assist report summary --who 1,3            （第 1 行第 3 列的数由什么组成）
    assist report statistics --as-of 2011-08-25 （截至某日；事后可重做）
    assist report statistics --cut-offs         （报送日和文件口径两个截止日并列）
    assist report bulletin --out 通报.docx      （上次通报以来的变化，带图）
截至某日：事情按发生的日期计，补记的也算；事实按当日的说法。不是当时电脑里已录入的样子。
通报发出后请记：assist record activity 通报 名称；下一期从那天之后算起。
存成 .docx：文件有附表的按附表的样子（同 assist form），没有的是普通表格。每张表怎么数：assist help 统计表
"""

STATISTICS = "statistics"

app = new_app()


@app.command(cls=Command, help=HELP)
def report(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="表名", show_default=False)],
    out: Annotated[str, typer.Option("--out", help="存成 .xlsx 或 .docx 文件")] = "",
    college: Annotated[str, typer.Option("--college", help="只统计一个学院")] = "",
    as_of: Annotated[
        list[str] | None, typer.Option("--as-of", help="截至哪一天（按事情发生的日期，补记的也算），可重复")
    ] = None,
    both: Annotated[bool, typer.Option("--cut-offs", help="按文件的各个截止日并列")] = False,
    since: Annotated[str, typer.Option("--from", help="通报：从哪天之后；不填为上次通报")] = "",
    who: Annotated[str, typer.Option("--who", help="行,列，或 注,几：由哪些人、哪些记录、哪几笔钱组成")] = "",
    as_json: Json = False,
) -> None:
    """Make the table and print or save it."""
    book = open_casebook(ctx.obj)
    rules = table_rules(book.the_pack())
    if name == "list":
        _answer_list(rules, book.the_pack().id, as_json)
        return
    rule, start = find_rule(rules, name), parse_date_or_none(since)
    days: list[date | None] = [*_days(book, rule, as_of or (), both)]
    surveys = [survey(book, college, day, named=bool(who)) for day in days or [None]]
    made = {over.day: build_table(rule, over, start) for over in surveys}
    table = side_by_side(made)
    if who:
        cases: dict[str, list[Case]] = {}
        for over in sorted(surveys, key=lambda over: over.day):
            for case in over.cases:
                cases.setdefault(case.id, []).append(case)
        answer_opening(table, who, cases, book, as_json)
        return
    _answer_table(table, save_report(table, rule, surveys, Path(out)) if out else None, as_json)


def _answer_list(rules: Sequence[FormRule], pack: str, as_json: bool) -> None:
    data = [{"name": rule.name, "title": rule.title, "pack": pack, "per": rule.per} for rule in rules]
    answer(as_json, data, Table(("名称", "标题"), [(rule.name, rule.title) for rule in rules]))


def _answer_table(table: StatisticsTable, saved: Path | None, as_json: bool) -> None:
    """Print *table* with its remarks and charts, or where it was *saved*."""
    rows = [[None if cell == "" else cell for cell in row] for row in table.rows]
    data = {"columns": list(table.columns), "rows": rows}
    for remark in table.remarks if as_json else ():
        note(remark)
    if saved:
        answer(as_json, data | {"file": str(saved)}, f"已存：{saved}", *table.remarks)
        return
    bars = [part for chart in table.charts for part in (chart.caption, bar_table(chart))]
    shown = Table(table.columns, table.rows)
    answer(as_json, data, table.title, shown, *_numbered(table.remarks), *bars)


def _numbered(remarks: Sequence[str]) -> list[str]:
    return [f"注{number}：{remark}" for number, remark in enumerate(remarks, 1)]


def _days(book: Casebook, rule: FormRule, stated: Sequence[str], both: bool) -> list[date]:
    """The days as of which the table is made, the earliest first; none: today alone.

    Raises:
        DataRejectedError: the notice's own days were asked for and it names none.
    """
    days = {parse_date(text) for text in stated}
    if both:
        named = cut_offs(book.the_pack().id) if rule.name == STATISTICS else ()
        if not named:
            raise DataRejectedError(f"文件没有为「{rule.title}」规定截止日；请写明：--as-of 日期（可重复）")
        days |= set(named)
    return sorted(days)


def bar_table(chart: Chart) -> Table:
    """*chart* in letters, for the terminal."""
    return Table(text_headings(chart), text_bars(chart))
