"""Services owed (服务次数): minima per kind, done, required and missing."""

from collections.abc import Iterator

from assistcli.followup.agenda import QUOTA, Item
from assistcli.followup.cadence import Rhythm
from assistcli.followup.contact import log_command
from assistcli.followup.tally import Tally
from assistcli.model import Case
from assistcli.policy.practice import ContactRule, Quota

RECOMMENDING = "岗位推荐"


def missing_services(tally: Tally, quotas: tuple[Quota, ...], recommended: int = 0) -> dict[str, int]:
    """How many services of each kind are still owed; kinds that are complete are left out.

    A recommendation may stand in the log, among the recommendations or in both: the longer list counts.
    """
    given = {**tally.services, RECOMMENDING: max(tally.services.get(RECOMMENDING, 0), recommended)}
    owed = {quota.kind: quota.least - given.get(quota.kind, 0) for quota in quotas}
    return {kind: count for kind, count in owed.items() if count > 0}


def quota_items(
    case: Case, tally: Tally, rhythm: Rhythm, rule: ContactRule, recommended: int = 0
) -> Iterator[Item]:
    """One item per kind of service that the open *case* is still owed."""
    owed = missing_services(tally, rhythm.quotas, recommended)
    for quota in rhythm.quotas:
        if quota.kind in owed:
            done = quota.least - owed[quota.kind]
            period = f"；{quota.period}" if quota.period else ""
            bare = tally.unproven.get(quota.kind, 0)
            aside = f"；另有 {bare} 次没有内容或证明，未计" if bare else ""
            yield Item(
                kind=QUOTA,
                case=case.id,
                reason=f"{quota.kind} 差{owed[quota.kind]}（已 {done}，应 {quota.least}{aside}{period}）",
                clause=quota.citation.clause,
                command=_command(case, tally, rule, quota.kind, recommended),
                since=case.opened,
            )


def _command(case: Case, tally: Tally, rule: ContactRule, kind: str, recommended: int) -> str:
    """What records one more service of *kind*, in the list that counts: of the two, the longer one."""
    if kind == RECOMMENDING and recommended > tally.services.get(kind, 0):
        return f"assist record recommend {case.call_name} 单位"
    return f'{log_command(case, rule, kind)} "内容"'
