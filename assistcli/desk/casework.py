"""Casework (个案工作): entries about a case that more than one command makes, and finding them again."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from assistcli.assistance import Job, Pairing, Plan, Publication, Recommendation, Referral
from assistcli.book.casebook import Reader
from assistcli.book.entries import SHORTEST_ID
from assistcli.errors import CaseLookupError, DataRejectedError
from assistcli.followup.pairing import helper_of, latest_pairing
from assistcli.followup.waiting import CLOSED_ADVICE
from assistcli.model import Case

ADVICE_STATES = ("投递", "面试", "录用", "签约", "入职", "拒绝", "未录用", "放弃")
REASONED = frozenset({"拒绝", "未录用", "放弃"})

T = TypeVar("T", Job, Recommendation, Publication, Referral)


def find_event(kind: type[T], what: str, id: str, source: Reader) -> T:
    """The entry of *kind* (called *what*) with this id, or the only one whose id ends so.

    Raises:
        CaseLookupError: none, or more than one.
    """
    found = source.event(kind, id)
    if found:
        return found
    raise CaseLookupError(f"没有编号为「{id}」的{what}（可只写末尾 {SHORTEST_ID} 位以上）")


def demand_revision_reason(plans: Iterable[Plan], reason: str) -> None:
    """Let a first plan pass, and a revision that says why.

    Raises:
        DataRejectedError: there is a plan already and no reason was given.
    """
    if list(plans) and not reason.strip():
        raise DataRejectedError("已有计划；调整须写明原因：--reason 原因（原计划保留）")


def demand_advice_state(advice: Recommendation, state: str, reason: str) -> None:
    """Let the recommendation pass to *state*.

    Raises:
        DataRejectedError: an unknown state, one after the end, or a refusal without a reason.
    """
    if state not in ADVICE_STATES:
        raise DataRejectedError(f"没有「{state}」这个结果；可用：{'、'.join(ADVICE_STATES)}")
    if advice.state in CLOSED_ADVICE:
        raise DataRejectedError(f"这次推荐已是「{advice.state}」；再推荐请用 assist record recommend")
    if state in REASONED and not reason.strip():
        raise DataRejectedError(f"「{state}」须写明原因（工作地点、薪资、专业不符 …）：--reason 原因")


def cases_helped_by(helper: str, source: Reader, pack: str | None, today: date) -> list[Case]:
    """The cases that *helper* helps on *today*, as paired or as stated.

    Raises:
        DataRejectedError: there are none.
    """
    pairings = source.events_by_case(Pairing)
    found = [c for c in source.cases(pack) if helper_of(c, pairings.get(c.id, ()), today) == helper]
    if not found:
        raise DataRejectedError(f"没有由「{helper}」帮扶的个案")
    return found


def demand_other_helper(pairings: Iterable[Pairing], helper: str, today: date, case: Case) -> None:
    """Let a new pairing pass.

    Raises:
        DataRejectedError: *helper* is blank or helps the case already.
    """
    if not helper:
        raise DataRejectedError("帮扶者姓名不能空：没有人接手就不能移交")
    known = latest_pairing(pairings, today)
    if known and known.helper == helper:
        raise DataRejectedError(f"{case.name} 已由「{helper}」帮扶（{known.day} 起）")
