"""``assist list``: the cases of the store, one line each."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.book.caserecord import case_head
from assistcli.bulk import blocks
from assistcli.commands.options import Command, Json, new_app
from assistcli.errors import UsageError
from assistcli.fields import catalogue
from assistcli.masks import mask_value
from assistcli.model import HOUSEHOLD, STUDENT, Case
from assistcli.output import Table, answer, answer_each
from assistcli.values import iso_or_none, listed_words

HELP = """列出个案。可按任何字段筛选，可加显示的字段；敏感字段只显示一部分。

例：assist list
    assist list --where 学院=机械学院
    assist list --benefit A                    （信息库：确定属于 A 类的）
    assist list --unverified 30                （30 天以上没有核实过就业情况的）
    assist list --columns 班级,手机号码
"""

VERIFIED = "最后核实日期"

app = new_app()


@app.command("list", cls=Command, help=HELP)
def list_cases(
    ctx: typer.Context,
    where: Annotated[list[str] | None, typer.Option("--where", help="字段=值，可重复")] = None,
    benefit: Annotated[str, typer.Option("--benefit", help="只列确定符合这一类的人，如 A、B3")] = "",
    unverified: Annotated[str, typer.Option("--unverified", help="只列这么多天没有核实过的人")] = "",
    columns: Annotated[str, typer.Option("--columns", help="另外显示的字段，逗号分开")] = "",
    as_json: Json = False,
) -> None:
    """List the cases that fit."""
    book = open_casebook(ctx.obj)
    wanted = dict(_condition(book, text) for text in where or ())
    extra = [_field_name(book, name) for name in listed_words(columns)]
    cases: Iterator[Case] = (case for case in book.cases(ctx.obj.pack) if _fits(case, wanted))
    if benefit:
        cases = _entitled(book, cases, benefit)
    if unverified:
        lines = _stale(book, cases, extra, ctx.obj.today, day_count(unverified))
        extra = [*extra, VERIFIED]
    else:
        lines = ((_data(case), _row(case, extra)) for case in cases)
    if as_json:
        answer_each(record for record, _ in lines)
    else:
        _print_blocks((row for _, row in lines), extra)


def _data(case: Case) -> dict[str, Any]:
    return case_head(case) | {"pack": case.pack}


def _print_blocks(rows: Iterator[list[str]], extra: Sequence[str]) -> None:
    """Print *rows* as tables of at most a block each, and their count."""
    count = 0
    for block in blocks(rows):
        answer(False, None, Table(("学号", "姓名", "学院/单位", "班级", "文件", *extra), block))
        count += len(block)
    answer(False, None, f"共 {count} 人")


def day_count(text: str) -> int:
    """The number of days that *text* states.

    Raises:
        UsageError: it is no whole number of days.
    """
    if not text.isdecimal() or len(text) > 5:
        raise UsageError(f"--unverified「{text}」应写天数，例：--unverified 30")
    return int(text)


def _entitled(book: Casebook, cases: Iterator[Case], benefit: str) -> Iterator[Case]:
    """Those of *cases* that are surely entitled to *benefit* (the 信息库 of one category, R0-10)."""
    from assistcli.desk.assessment import Assessor, demand_benefit  # a plain list needs no rules

    demand_benefit([book.pack(name) for name in book.office().packs], benefit)
    assessor = Assessor(book)
    return (case for case in cases if assessor.is_entitled(case, benefit))


Line = tuple[dict[str, Any], list[str]]
"""One case in the list: as JSON, and as a row."""


def _stale(
    book: Casebook, cases: Iterator[Case], extra: Sequence[str], today: date, days: int
) -> Iterator[Line]:
    """The lines of those *cases* that were not verified for *days* days, with the last day (R0-12)."""
    from assistcli.assistance import Outcome
    from assistcli.followup.tally import tally_contacts
    from assistcli.followup.verification import is_stale, last_verified

    tallies, outcomes = tally_contacts(book.glances(), today), book.events_by_case(Outcome)
    for case in cases:
        verified = last_verified(case, tallies.get(case.id), outcomes.get(case.id, ()), today)
        if is_stale(verified, today, days):
            shown = iso_or_none(verified)
            yield _data(case) | {"verified": shown}, [*_row(case, extra), shown or "从未"]


def _condition(book: Casebook, text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--where「{text}」应写成 字段=值，例：学院=机械学院")
    return _field_name(book, name), value.strip()


def _field_name(book: Casebook, name: str) -> str:
    """The field that *name* or an alias means; the rules are read only for an alias."""
    field = catalogue().get(name := name.strip())
    if field and field.of & {STUDENT, HOUSEHOLD}:
        return name
    from assistcli.desk.registration import field_named

    found = field_named(name, [book.pack(id) for id in book.office().packs])
    if found not in catalogue():
        raise UsageError(f"「{found}」是文件自己的字段，这里不列；可用：assist export --columns {found}")
    return found


def _fits(case: Case, wanted: Mapping[str, str]) -> bool:
    return all(
        mask_value(catalogue()[name], case.value(name), reveal=True) == v for name, v in wanted.items()
    )


def _row(case: Case, extra: Sequence[str]) -> list[str]:
    where = case.text("学院") or case.text("工作单位")
    masked = [mask_value(catalogue()[name], case.value(name)) for name in extra]
    return [case.student_no or "", case.name, where, case.text("班级"), case.pack, *masked]
