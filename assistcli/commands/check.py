"""``assist check``: who is entitled to what, and why."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from assistcli.assessment import Assessor
from assistcli.casebook import open_casebook
from assistcli.commands.options import Cases, Command, Json, new_app
from assistcli.fields import catalogue
from assistcli.model import Case
from assistcli.money import format_yuan
from assistcli.output import Table, answer
from assistcli.policy.reading import DISAGREE
from assistcli.policy.rules import Pack
from assistcli.policy.verdict import DEPENDS, ELIGIBLE, NOT_ELIGIBLE, UNKNOWN, Reason, Verdict
from assistcli.records import recorded
from assistcli.values import format_value

HELP = """按文件判断资格。

不写个案就判断全部。结论有四种：
  符合、不符合、待核实（缺少能改变结论的事实）、取决于口径（条款有几种读法，结果不同）。
写明个案时，逐条列出条款、原文和依据的事实。

例：assist check
    assist check 10800021
    assist check 张三 --exit-code    （没有任何资格时退出码为 4，供脚本使用）
"""

WORDS = {ELIGIBLE: "符合", NOT_ELIGIBLE: "不符合", UNKNOWN: "待核实", DEPENDS: "取决于口径"}
HOLDS = {True: "✓ 是", False: "✗ 否", None: "? 未定"}
NOT_ELIGIBLE_CODE = 4

app = new_app()


@app.command(cls=Command, help=HELP)
def check(
    ctx: typer.Context,
    cases: Cases = None,
    as_json: Json = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="没有任何资格时退出码为 4")] = False,
) -> None:
    """Judge the cases and print verdicts with their reasons."""
    book = open_casebook(ctx.obj)
    assessor = Assessor(book)
    judged = [(case, assessor.verdicts(case)) for case in book.chosen(cases or (), ctx.obj.pack)]
    data = [verdict_data(case, verdict) for case, verdicts in judged for verdict in verdicts]
    if cases:
        parts = [line for case, verdicts in judged for line in case_page(case, verdicts, assessor)]
        answer(as_json, data, *parts)
    else:
        answer(as_json, data, overview(judged), *count_lines(judged))
    if exit_code and any(all(v.verdict != ELIGIBLE for v in verdicts) for _, verdicts in judged):
        raise typer.Exit(NOT_ELIGIBLE_CODE)


def verdict_data(case: Case, verdict: Verdict) -> dict[str, Any]:
    """One verdict as the contract's JSON object."""
    return {
        "case": case.id,
        "student_no": case.student_no,
        "name": case.name,
        "pack": case.pack,
        "benefit": verdict.benefit.id,
        "verdict": verdict.verdict,
        "amount": [format_yuan(fen) for fen in verdict.amounts],
        "missing": list(verdict.missing),
        "depends": [
            {"reading": d.reading, "options": {o: r or DISAGREE for o, r in d.options.items()}}
            for d in verdict.depends
        ],
        "reasons": [_reason_data(reason) for reason in verdict.reasons],
    }


def _reason_data(reason: Reason) -> dict[str, Any]:
    return {
        "clause": reason.condition.citation.clause,
        "quote": reason.condition.citation.quote,
        "holds": reason.holds,
        "facts": {name: _fact_data(name, reason) for name in reason.looked_at},
    }


def _fact_data(name: str, reason: Reason) -> Any:
    return recorded(name, reason.facts[name]) if name in reason.facts else None


def overview(judged: Sequence[tuple[Case, Sequence[Verdict]]]) -> Table:
    """One row per case: what it is entitled to, what is open, and why."""
    rows = [(case.student_no, case.name, case.text("学院"), *_summary(verdicts)) for case, verdicts in judged]
    return Table(("学号", "姓名", "学院", "符合", "未定", "缺少的事实或口径"), rows)


def _summary(verdicts: Sequence[Verdict]) -> tuple[str, str, str]:
    entitled = "、".join(v.benefit.id for v in verdicts if v.verdict == ELIGIBLE)
    doubtful = [v for v in verdicts if v.verdict in {UNKNOWN, DEPENDS}]
    open_points = [f"{v.benefit.id} {WORDS[v.verdict]}" for v in doubtful]
    wanted = dict.fromkeys(name for v in doubtful for name in v.missing)
    readings = dict.fromkeys(f"口径 {d.reading}" for v in doubtful for d in v.depends)
    return entitled or "—", "、".join(open_points), "、".join([*wanted, *readings])


def count_lines(judged: Sequence[tuple[Case, Sequence[Verdict]]]) -> list[str]:
    """How many persons each benefit counts, by verdict."""
    lines = [f"共 {len(judged)} 人"]
    counts: dict[str, dict[str, int]] = {}
    for _, verdicts in judged:
        for verdict in verdicts:
            words = counts.setdefault(verdict.benefit.title, dict.fromkeys(WORDS, 0))
            words[verdict.verdict] += 1
    for title, words in counts.items():
        lines.append(f"  {title}：" + "，".join(f"{WORDS[word]} {n}" for word, n in words.items() if n))
    return lines


def case_page(case: Case, verdicts: Sequence[Verdict], assessor: Assessor) -> list[str]:
    """The verdicts on one case in full, with clause, quote, facts and adopted readings."""
    judge = assessor.judge(case)
    lines = [f"{case.name} {case.student_no or ''}　依据：{stamp(judge.pack)}，年份 {case.year}"]
    for verdict in verdicts:
        lines.append(
            f"\n{verdict.benefit.title}：{WORDS[verdict.verdict]}　（{verdict.benefit.citation.clause}）"
        )
        lines += [_reason_line(reason) for reason in verdict.reasons]
        if verdict.missing:
            lines.append(f"  待核实：{'、'.join(verdict.missing)}")
        lines += [_dependence_line(d.reading, d.options, judge.pack) for d in verdict.depends]
    adopted = [f"{name}={option}" for name, option in judge.adopted.items()]
    return [*lines, f"\n已定口径：{'、'.join(adopted) or '无'}"]


def stamp(pack: Pack) -> str:
    """Under which notice: number, issuer and date."""
    return f"{pack.issuer} {pack.number} {pack.issued or ''}".strip()


def _reason_line(reason: Reason) -> str:
    citation = reason.condition.citation
    facts = "，".join(f"{name}={_shown(name, reason)}" for name in reason.looked_at)
    readings = reason.condition.test.readings
    by_reading = f"　口径 {'、'.join(readings)}" if readings else ""
    return f"  {HOLDS[reason.holds]}　{citation.clause}「{citation.quote}」　{facts}{by_reading}"


def _shown(name: str, reason: Reason) -> str:
    value = reason.facts.get(name)
    if value is None:
        return "未知"
    return format_value(catalogue()[name], value) if name in catalogue() else str(value)


def _dependence_line(name: str, options: Mapping[str, str | None], pack: Pack) -> str:
    reading = pack.readings[name]
    results = "；".join(
        f"{option}（{reading.options[option]}）→ {WORDS[result or DEPENDS]}"
        for option, result in options.items()
    )
    return f"  口径 {name}：{reading.question}{results}。请问{reading.decides}"
