"""Verdicts told: as the contract's JSON, as an overview of many cases, and one case in full."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from assistcli.book.caserecord import case_head, case_label
from assistcli.derivation import facts_of
from assistcli.model import Case
from assistcli.money import format_yuan, format_yuan_or_none
from assistcli.policy.reading import DISAGREE, Dependence
from assistcli.policy.rules import Pack
from assistcli.policy.subsidy import Account
from assistcli.policy.verdict import DEPENDS, NOT_ELIGIBLE, Judge, Reason, Verdict
from assistcli.policy.working import Working, workings
from assistcli.sheets.packsheet import mark, presumed, quoted
from assistcli.sheets.reasonwords import shown_fact
from assistcli.values import Value, iso_or_none, record_value
from assistcli.words import UNSTATED, VERDICTS

if TYPE_CHECKING:
    from assistcli.schools.proposal import Proposal

HOLDS = {True: "✓ 是", False: "✗ 否", None: "? 未定"}


def verdict_data(case: Case, verdict: Verdict, pack: Pack) -> dict[str, Any]:
    """One verdict as the contract's JSON object."""
    return {
        **case_head(case),
        "pack": case.pack,
        "benefit": verdict.benefit.id,
        "verdict": verdict.verdict,
        "amount": [format_yuan(fen) for fen in verdict.amounts],
        "amount_range": [
            {"least": format_yuan_or_none(least), "most": format_yuan_or_none(most)}
            for least, most in verdict.ranges
        ],
        "payer": list(verdict.payers),
        "missing": list(verdict.missing),
        "depends": [
            {"reading": d.reading, "options": {o: r or DISAGREE for o, r in d.options.items()}}
            for d in verdict.depends
        ],
        "reasons": [_reason_data(reason, pack) for reason in verdict.reasons],
    }


def _reason_data(reason: Reason, pack: Pack) -> dict[str, Any]:
    data = {
        "clause": reason.condition.citation.clause,
        "quote": reason.condition.citation.quote,
        "holds": reason.holds,
        "facts": {name: _recorded(name, reason, pack) for name in reason.looked_at},
    }
    return data | ({"note": reason.condition.remedy} if _remedied(reason) else {})


def _recorded(name: str, reason: Reason, pack: Pack) -> Value | None:
    value = reason.facts.get(name)
    return None if value is None else record_value(pack.fields[name], value)


def _remedied(reason: Reason) -> bool:
    return bool(reason.condition.remedy) and reason.holds is False


def amount_words(verdict: Verdict) -> str:
    """The amounts still possible, in words; blank where the notice has none."""
    fixed = [f"{format_yuan(fen)} 元" for fen in verdict.amounts]
    return "或".join([*fixed, *map(_range_words, verdict.ranges)])


def _range_words(limits: tuple[int | None, int | None]) -> str:
    least, most = limits
    if least is None and most is None:
        return f"金额{UNSTATED}"
    if least is None or most is None:
        return (
            f"不低于 {format_yuan(least)} 元" if least is not None else f"不超过 {format_yuan(most or 0)} 元"
        )
    return f"{format_yuan(least)} 至 {format_yuan(most)} 元"


def case_page(
    case: Case,
    verdicts: Sequence[Verdict],
    judge: Judge,
    account: Account,
    stamps: Sequence[str],
    *,
    why_not: bool = False,
) -> list[str]:
    """The verdicts on one case in full: clause, quote, facts, working, and the adopted readings *stamps*."""
    pack, given = judge.pack, facts_of(case)
    lines = [f"{case_label(case)}　依据：{stamp(pack)}，年份 {case.year}"]
    for verdict in verdicts:
        lines += _verdict_lines(verdict, pack, account)
        if why_not:
            from assistcli.sheets.whynot import change_lines  # only where it was asked

            lines += change_lines(judge, verdict, given)
    lines += ["", *_proposal_lines(case, verdicts)]
    lines += [*_working_lines(workings(pack, judge.complete(given), judge.adopted))]
    if pack.questions:
        lines.append(
            f"须问人的口径：{'、'.join(q.id for q in pack.questions)}（assist pack show {pack.id} 有全文）"
        )
    return [*lines, f"已定口径：{'；'.join(stamps) or '无'}"]


def school_proposals(case: Case, verdicts: Sequence[Verdict]) -> list["Proposal"]:
    """Answers that the school lists propose for facts still wanted; a person must enter them."""
    wanted = {name for verdict in verdicts for name in verdict.missing}
    if not wanted or not case.text("就读学校"):
        return []
    from assistcli.schools.proposal import case_proposals  # only where something is wanted of a school

    return case_proposals(case, wanted)


def _proposal_lines(case: Case, verdicts: Sequence[Verdict]) -> list[str]:
    proposals = school_proposals(case, verdicts)
    if not proposals:
        return []
    from assistcli.schools.proposal import proposal_line

    return [proposal_line(proposals, case.call_name)]


def _verdict_lines(verdict: Verdict, pack: Pack, account: Account) -> list[str]:
    head = f"\n{verdict.benefit.title}：{VERDICTS[verdict.verdict]}　{mark(verdict.benefit.citation)}"
    note = verdict.benefit.note
    lines = [head + (f"　{note}" if note else "")]
    lines += [_reason_line(reason, pack) for reason in verdict.reasons]
    lines += [*_amount_lines(verdict), *_portions(verdict, account)]
    if verdict.missing:
        lines.append(f"  待核实：{'、'.join(verdict.missing)}")
    return lines + [_dependence_line(dependence, pack) for dependence in verdict.depends]


def paper_data(verdict: Verdict, received: Mapping[str, date]) -> list[dict[str, str | None]]:
    """The papers of an application for the benefit of *verdict*, with the day each came in, as JSON."""
    days = {paper: received.get(paper) for paper in verdict.benefit.papers}
    return [{"paper": paper, "received": iso_or_none(day)} for paper, day in days.items()]


def paper_lines(verdicts: Iterable[Verdict], received: Mapping[str, date]) -> list[str]:
    """The papers of the applications that *verdicts* do not surely refuse, for the screen."""
    return [
        f"{verdict.benefit.title} 应交材料："
        + "、".join(f"{paper}（{_arrival(received.get(paper))}）" for paper in verdict.benefit.papers)
        for verdict in verdicts
        if verdict.benefit.papers and verdict.verdict != NOT_ELIGIBLE
    ]


def _arrival(day: date | None) -> str:
    return f"{day} 收到" if day else "缺"


def _amount_lines(verdict: Verdict) -> list[str]:
    """The amounts still possible; where the notice states none, the words in which it states none."""
    if (None, None) in verdict.ranges and not verdict.amounts:
        places = [quoted(r.citation) for r in verdict.benefit.amounts]
        return [f"  金额{UNSTATED}，不计算{''.join(places)}"]
    payers = f"　由{'或'.join(verdict.payers)}发" if verdict.payers else ""
    amounts = amount_words(verdict)
    return [f"  金额：{amounts}{payers}"] if amounts else []


def _portions(verdict: Verdict, account: Account) -> list[str]:
    if not verdict.benefit.portions:
        return []
    from assistcli.sheets.portions import portion_lines  # few notices divide an amount

    return portion_lines(verdict, account)


def stamp(pack: Pack) -> str:
    """Under which notice: issuer, number and date; 推定 where these are read from damaged words."""
    issued = f"{pack.issued}" if pack.issued else ""
    return " ".join(filter(None, (pack.issuer, pack.number, issued))) + presumed(pack.damage)


def _reason_line(reason: Reason, pack: Pack) -> str:
    citation = reason.condition.citation
    facts = "，".join(f"{name}={shown_fact(name, reason.facts, pack.fields)}" for name in reason.looked_at)
    readings = reason.condition.test.readings
    by_reading = f"　口径 {'、'.join(readings)}" if readings else ""
    remedy = f"　→ {reason.condition.remedy}" if _remedied(reason) else ""
    facts += f"　〔推定，{citation.damage}〕" if citation.damage else ""
    return f"  {HOLDS[reason.holds]}　{citation.in_full}　{facts}{by_reading}{remedy}"


def _dependence_line(dependence: Dependence[str], pack: Pack) -> str:
    reading = pack.readings[dependence.reading]
    results = "；".join(
        f"{option}（{reading.options[option]}）→ {VERDICTS.get(result or DEPENDS, f'{result} 元')}"
        for option, result in dependence.options.items()
    )
    return f"  口径 {reading.id}：{reading.question}{results}。请问{reading.decides}"


def _working_lines(found: Sequence[Working]) -> list[str]:
    lines = []
    for working in found:
        by_reading = "、".join(f"{name}={option}" for name, option in working.reading.items())
        lines.append(f"{working.formula} = {working.words}{f'　口径 {by_reading}' if by_reading else ''}")
        lines.append(f"  = {working.figures} = {working.value or '（缺少事实，不能算）'}")
    return lines
