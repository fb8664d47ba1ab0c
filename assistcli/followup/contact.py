"""The primary lists: where each open case stands with its next contact, on exactly one of them."""

from collections.abc import Iterable
from datetime import date

from assistcli.followup.agenda import (
    AFTERCARE,
    APPOINTED,
    CONTACT,
    OUT_OF_SCOPE,
    UNPACED,
    Item,
)
from assistcli.followup.cadence import Rhythm, next_due
from assistcli.followup.tally import Tally
from assistcli.model import Case
from assistcli.policy.practice import ContactRule

SET_CADENCE, SET_AFTERCARE = "assist unit set 联系周期=天数", "assist unit set 跟踪周期=天数"


def contact_item(case: Case, tally: Tally, rhythm: Rhythm, rule: ContactRule, today: date) -> Item:
    """The one primary item of the open *case* on *today*.

    Due today is due, overdue means due before today; what is put off stays visible as 已约 (§9.5, §9.6).
    """
    due = next_due(tally, rhythm.days)
    command = log_command(case, rule)
    if tally.appointment and tally.appointment >= today:
        reason = f"约定 {tally.appointment} 联系"
        return Item(
            kind=APPOINTED, case=case.id, due=due, reason=reason, clause=rhythm.clause, command=command
        )
    if due is None and tally.talked is None and rhythm.days is not None:
        due = min(case.opened, today)
    if due is None:
        spoken = f"上次联系 {tally.talked}" if tally.talked else "尚未联系"
        reason = f"{spoken}；未设定周期{_words(rule)}"
        since = tally.talked or case.opened
        return Item(
            kind=UNPACED, case=case.id, reason=reason, clause=rhythm.clause, command=SET_CADENCE, since=since
        )
    reason = _reason(tally, rhythm, due, today)
    return Item(kind=CONTACT, case=case.id, due=due, reason=reason, clause=rhythm.clause, command=command)


def out_of_scope_item(case: Case, clauses: Iterable[str]) -> Item:
    """The primary item of a case whom nobody helps yet and whom *clauses* surely entitle to nothing."""
    reason = f"按文件不符合任何类别（理由：assist check {case.call_name}），也没有帮扶记录；要帮扶就结对"
    command = f"assist record helper {case.call_name} 姓名"
    clause = "、".join(dict.fromkeys(clauses))
    return Item(kind=OUT_OF_SCOPE, case=case.id, reason=reason, clause=clause, command=command)


def aftercare_item(
    case: Case, tally: Tally, rhythm: Rhythm, rule: ContactRule, placed_on: date, today: date
) -> Item:
    """The follow-up of a placed case (跟踪服务, R0-22): as appointed, else by the 跟踪周期 of the unit."""
    command = log_command(case, rule)
    talked = max(placed_on, tally.talked) if tally.talked else placed_on
    appointed = tally.appointment if tally.noted and tally.noted[0] >= placed_on else None
    if appointed:
        reason = f"已落实（{placed_on}），约定 {appointed} 跟踪"
        return Item(kind=AFTERCARE, case=case.id, due=appointed, reason=reason, command=command)
    due = next_due(Tally(talked=talked), rhythm.aftercare_days)
    if due is None:
        reason = f"已落实（{placed_on}）；未设定跟踪周期"
        return Item(kind=AFTERCARE, case=case.id, reason=reason, command=SET_AFTERCARE, since=talked)
    reason = f"已落实（{placed_on}），上次联系 {talked}，跟踪周期 {rhythm.aftercare_days} 天"
    return Item(kind=AFTERCARE, case=case.id, due=due, reason=reason, command=command)


def log_command(case: Case, rule: ContactRule, kind: str = "") -> str:
    """The command that records a contact with *case*, of *kind* where one is owed."""
    channel = rule.channels[0] if rule.channels else ""
    kinds = [kind] if kind else list(rule.kinds[:1])
    words = ["assist log", case.call_name, *([channel, *kinds] if channel and kinds else [])]
    return " ".join(words)


def _words(rule: ContactRule) -> str:
    return f"（文件只说「{rule.cadence_words}」）" if rule.cadence_words and not rule.cadence_days else ""


def _reason(tally: Tally, rhythm: Rhythm, due: date, today: date) -> str:
    if tally.appointment:
        said = f"约定 {due} 联系"
    elif tally.talked is None:
        said = f"{due} 登记，尚未联系"
    else:
        said = f"上次联系 {tally.talked}，周期 {rhythm.days} 天"
    days = (today - due).days
    return f"{said}；逾期 {days} 天" if days > 0 else said
