"""``assist check``: who is entitled to what, and why."""

import sys
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.commands.options import By, Cases, Command, Json, new_app, person
from assistcli.derivation import facts_of
from assistcli.desk.assessment import Assessor, stamp_records
from assistcli.desk.overlap import overlap_data, overlap_lines
from assistcli.errors import UsageError
from assistcli.model import Case
from assistcli.output import answer, answer_each, note
from assistcli.policy.verdict import ELIGIBLE, Verdict
from assistcli.sheets.verdictsheet import (
    case_page,
    paper_data,
    paper_lines,
    school_proposals,
    verdict_data,
)

HELP = """按文件判断资格。

不写个案就判断全部。结论有四种：
  符合、不符合、待核实（缺少能改变结论的事实）、取决于口径（条款有几种读法，结果不同，须问人）。
写明个案时，逐条列出条款、原文和依据的事实。

例：assist check
    assist check 10800021
    assist check 张三 --why-not      （哪一项事实改变或答明，结论就会变为符合；没有一项够时，哪两项）
    assist check 张三 --ask          （只问能定结论的事实，问到够为止：最坏的情况下问得最少）
    assist check --places            （文件定有名额的：全体排先后，谁在名额内、谁并列、由哪一条定）
    assist check --overlaps          （同一人、同一户在几个文件或年份下都有个案的，由人判断）
    assist check 张三 --exit-code    （没有任何资格时退出码为 4，供脚本使用）
口径怎么问、怎么登记：assist help 口径
"""

NOT_ELIGIBLE_CODE = 4

app = new_app()


@app.command(cls=Command, help=HELP)
def check(
    ctx: typer.Context,
    cases: Cases = None,
    why_not: Annotated[bool, typer.Option("--why-not", help="哪一项事实改变，结论就会变")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="只问能定结论的事实")] = False,
    places: Annotated[bool, typer.Option("--places", help="按名额给全体符合的人排先后")] = False,
    twice: Annotated[bool, typer.Option("--overlaps", help="列出同一人或同一户的几个个案")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="没有任何资格时退出码为 4")] = False,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Judge the cases and print verdicts with their reasons."""
    book = open_casebook(ctx.obj)
    assessor = Assessor(book)
    if places or twice:
        _demand_nobody(cases)
        (_answer_places if places else _answer_overlaps)(book, assessor, as_json=as_json)
        return
    if not cases:
        entitled = _answer_all(book, assessor, ask=ask, why_not=why_not, as_json=as_json)
    else:
        chosen = book.chosen(cases, ctx.obj.pack)
        if ask:
            from assistcli.commands.asking import asked, tell_hearings  # only where questions are asked

            hearings = [asked(book, assessor, case, person(by), as_json) for case in chosen]
            chosen = [hearing.case for hearing in hearings]
        entitled = _answer_named(chosen, book, assessor, why_not=why_not, as_json=as_json)
        if ask and not as_json:
            tell_hearings(hearings, assessor)
    if exit_code and not entitled:
        raise typer.Exit(NOT_ELIGIBLE_CODE)


def _demand_nobody(cases: list[str] | None) -> None:
    if cases:
        raise UsageError("--places 和 --overlaps 看的是全体，不能写个案。例：assist check --places")


def _answer_overlaps(book: Casebook, assessor: Assessor, *, as_json: bool) -> None:
    """Print who has several cases in the store, under any notice and year."""
    from assistcli.census.repeats import all_overlaps, hits_data, hits_page

    data = hits_data(all_overlaps(book), assessor, book)
    answer(as_json, data, *hits_page(data))


def _answer_places(book: Casebook, assessor: Assessor, *, as_json: bool) -> None:
    """Print every list that has places, ranked."""
    from assistcli.census.places import places_data, places_page, ranked_lists

    ranked = ranked_lists(book, assessor)
    parts = [part for each in ranked for part in places_page(each)]
    answer(as_json, [places_data(each) for each in ranked], *parts)


def _answer_named(
    chosen: list[Case], book: Casebook, assessor: Assessor, *, why_not: bool, as_json: bool
) -> bool:
    """Print the named cases in full; whether every one of them is entitled to something."""
    judged = [(case, assessor.verdicts(case)) for case in chosen]
    data: list[dict[str, Any]] = []
    for case, verdicts in judged:
        hits = overlap_data(case, book)
        entries = _case_data(case, verdicts, assessor, book, why_not=why_not)
        received = {paper.paper: paper.day for paper in book.papers(case.id)}
        for entry, verdict in zip(entries, verdicts, strict=True):
            entry["papers"] = paper_data(verdict, received)
        data += [entry | {"overlaps": hits} for entry in entries]
    lines: list[str] = []
    for case, verdicts in judged:
        judge, stamps = assessor.judge(case), assessor.stamps(case)
        account = assessor.account(case, book)
        lines += case_page(case, verdicts, judge, account, stamps, why_not=why_not)
        lines += paper_lines(verdicts, {paper.paper: paper.day for paper in book.papers(case.id)})
        lines += overlap_lines(case, book)
        lines += _undecided_lines(case)
    answer(as_json, data, *lines)
    for line in [line for case, _ in judged for line in _undecided_lines(case)] if as_json else ():
        note(line)
    return all(_entitled(verdicts) for _, verdicts in judged)


def _answer_all(book: Casebook, assessor: Assessor, *, ask: bool, why_not: bool, as_json: bool) -> bool:
    """Print all cases, holding a block of them at a time; whether every one is entitled to something."""
    if ask:
        raise UsageError("--ask 要写明个案。例：assist check 张三 --ask")
    from assistcli.bulk import blocks  # these three only where many are shown
    from assistcli.census.repeats import OverlapCount
    from assistcli.sheets.overview import Headcount, overview

    judged = _judged(book, assessor)
    if as_json:
        return _answer_each(judged, book, assessor, why_not=why_not)
    refused = 0
    headcount, shared = Headcount(), OverlapCount()
    for block in blocks(judged):
        answer(False, None, overview(block))
        for case, verdicts in block:
            headcount.add(verdicts)
            shared.add(case)
            refused += not _entitled(verdicts)
    answer(False, None, *headcount.lines(), *shared.line(), *assessor.stamp_lines())
    return not refused


def _answer_each(
    judged: Iterable[tuple[Case, list[Verdict]]], book: Casebook, assessor: Assessor, *, why_not: bool
) -> bool:
    """Print all cases as JSON, one at a time; whether every one is entitled to something."""
    refused = 0

    def told() -> Iterator[dict[str, Any]]:
        nonlocal refused
        for case, verdicts in judged:
            refused += not _entitled(verdicts)
            yield from _case_data(case, verdicts, assessor, book, why_not=why_not)

    answer_each(told())
    return not refused


def _undecided_lines(case: Case) -> list[str]:
    if not case.statements:
        return []
    from assistcli.admission.disagreement import undecided_lines  # few cases have any

    return undecided_lines(case)


def _judged(book: Casebook, assessor: Assessor) -> Iterator[tuple[Case, list[Verdict]]]:
    """Every case with its verdicts; at the end is said of how many the sources disagree."""
    from assistcli.progress import count_on  # only where many are judged

    open_cases, cases = 0, book.cases(book.context.pack)
    # On a terminal the table itself grows; into a file or a pipe nothing would be seen.
    for case in cases if sys.stdout.isatty() else count_on(cases, "判断"):
        open_cases += bool(_undecided_lines(case))
        yield case, assessor.verdicts(case)
    if open_cases:
        note(
            f"有 {open_cases} 人的某项事实几个来源说法不同，未定之前按「不详」判定；查看：assist source list"
        )


def _entitled(verdicts: list[Verdict]) -> bool:
    return any(verdict.verdict == ELIGIBLE for verdict in verdicts)


def _case_data(
    case: Case, verdicts: list[Verdict], assessor: Assessor, book: Casebook, *, why_not: bool
) -> list[dict[str, Any]]:
    """The verdicts on one case as JSON; with the changes that would turn them if *why_not*."""
    judge = assessor.judge(case)
    data = [verdict_data(case, verdict, judge.pack) for verdict in verdicts]
    if any(verdict.benefit.portions for verdict in verdicts):
        from assistcli.sheets.portions import portion_data  # few notices divide an amount

        account = assessor.account(case, book)
        for entry, verdict in zip(data, verdicts, strict=True):
            entry["portions"] = portion_data(verdict, account)
    proposed = school_proposals(case, verdicts)
    for entry in data:
        missing, entry["adopted"] = entry["missing"], stamp_records(assessor.adoptions(case))
        entry["proposals"] = [p.record() for p in proposed if p.field in missing]
    if why_not:
        from assistcli.sheets.whynot import change_data  # only where it was asked

        for entry, verdict in zip(data, verdicts, strict=True):
            entry["why_not"] = change_data(judge, verdict, facts_of(case))
    return data
