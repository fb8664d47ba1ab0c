"""What others decide about a case: state aid applied for (应享尽享), another office asked to help."""

from collections.abc import Iterable, Iterator
from datetime import date

from assistcli.assistance import Application, Referral
from assistcli.followup.agenda import AID, REFERRAL, Item
from assistcli.model import Case
from assistcli.policy.rules import Pack

APPLIED, RECEIVED, REFUSED, DECLINED = "已申请", "已获得", "未获批", "不申请"
AID_STATES = (APPLIED, RECEIVED, REFUSED, DECLINED)
AID_FACT = "在校获资助情况"
ANSWERED, CLOSED = "反馈", "办结"


def aid_states(applications: Iterable[Application], today: date) -> dict[str, Application]:
    """Aid → how the case stands with it on *today*: the last entry by day; an aid without one is unknown."""
    known = sorted((e for e in applications if e.day <= today), key=lambda e: (e.day, e.id))
    return {entry.aid: entry for entry in known}


def aid_text(case: Case, applications: Iterable[Application], today: date) -> str:
    """在校获资助情况 as it prints: what was stated, then each aid got by *today* that it does not name."""
    stated = case.text(AID_FACT)
    got = [name for name, entry in aid_states(applications, today).items() if entry.status == RECEIVED]
    return "、".join(filter(None, [stated, *(name for name in got if name not in stated)]))


def aid_items(case: Case, pack: Pack, applications: Iterable[Application], today: date) -> Iterator[Item]:
    """State aid that was applied for and not decided yet (R1-08)."""
    clauses = {aid.name: aid.citation.clause for aid in pack.aids}
    for name, entry in aid_states(applications, today).items():
        if entry.status == APPLIED:
            yield Item(
                kind=AID,
                case=case.id,
                reason=f"{name} {entry.day} {APPLIED}，还没有结果",
                clause=clauses.get(name, ""),
                command=f"assist record aid {case.call_name} {name} 审批结果",
                what=name,
                since=entry.day,
            )


def referral_items(case: Case, referrals: Iterable[Referral], today: date) -> Iterator[Item]:
    """Offices that were asked to help and have not answered for good (R1-13)."""
    for entry in referrals:
        if entry.day <= today and not any(stage.state == CLOSED for stage in entry.stages):
            answers = [stage for stage in entry.stages if stage.day <= today]
            said = f"；{answers[-1].day} 反馈：{answers[-1].reason}" if answers else "，还没有反馈"
            yield Item(
                kind=REFERRAL,
                case=case.id,
                due=entry.until,
                reason=f"{entry.day} 请{entry.office}协助：{entry.purpose}{said}",
                command=f'assist record feedback {entry.id} "内容" --closed',
                what=entry.office,
                since=answers[-1].day if answers else entry.day,
            )
