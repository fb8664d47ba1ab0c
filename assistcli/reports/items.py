"""Records as the items of a number: whose, when, what, and which record says so."""

from datetime import date

from assistcli.assistance import Activity, Fund, Job, Recommendation
from assistcli.model import Case, Claim
from assistcli.reports.material import GRADUATION, Material, Service
from assistcli.reports.opening import FACT, Item, Trace

UNSAID = "未填"
SAID_BY = {"排摸日期": "排摸人"}


def fact_trace(case: Case, name: str) -> Trace:
    """The fact *name* of *case*."""
    return Trace(FACT, case.id, name)


def graduate_item(case: Case, material: Material) -> Item:
    """What makes *case* a graduate."""
    standing = material.standing(case)
    return Item(1, case.id, None, f"{standing}，{GRADUATION} {case.text(GRADUATION)}",
                fact_trace(case, GRADUATION))  # fmt: skip


def stated_item(case: Case, name: str) -> Item:
    """The day that is stated in the field *name*, and by whom where a fact says so."""
    stated, by = case.text(name), case.text(SAID_BY.get(name, ""))
    what = " ".join(filter(None, (name, stated or UNSAID, by)))
    return Item(1, case.id, date.fromisoformat(stated) if stated else None, what, fact_trace(case, name))


def outcome_item(case: Case, material: Material) -> Item:
    """Where *case* stands on the day."""
    outcome = material.outcome(case)
    if outcome is None:
        return Item(1, case.id, None, "没有去向记录")
    what = " ".join(filter(None, (outcome.status, outcome.employer)))
    return Item(1, case.id, outcome.day, what, Trace("Outcome", outcome.id))


RESTRICTED = "受限的记录，不列姓名"


def service_item(case: str, service: Service) -> Item:
    """One talk or service; its kind only, whatever was said, and of counselling not even whose (R0-42)."""
    if service.restricted:
        return Item(1, "", service.day, RESTRICTED)
    return Item(1, case, service.day, service.kind, Trace("Contact", service.id))


def advice_item(advice: Recommendation) -> Item:
    """One job recommended."""
    what = " ".join(filter(None, ("推荐", advice.employer, advice.title)))
    return Item(1, advice.case, advice.day, what, Trace("Recommendation", advice.id))


def stage_item(claim: Claim, state: str) -> Item | None:
    """What *claim* was given when it last reached *state*, in fen; ``None``: no amount was fixed there."""
    stage = next((stage for stage in reversed(claim.stages) if stage.state == state), None)
    if stage is None or stage.amount is None:
        return None
    what = " ".join(filter(None, (state, claim.item, stage.source)))
    return Item(stage.amount, claim.case, stage.day, what, Trace("Claim", claim.id, state))


def fund_item(fund: Fund) -> Item:
    """Money recorded, in fen, with its source and use."""
    what = " ".join(filter(None, (fund.source, fund.kind, fund.label, "支出" if fund.out else "")))
    return Item(fund.amount, "", fund.day, what, Trace("Fund", fund.id))


def activity_item(activity: Activity) -> Item:
    """One activity."""
    offered = f"，岗位 {activity.posts} 个" if activity.posts else ""
    return Item(1, "", activity.day, f"{activity.kind} {activity.title}{offered}",
                Trace("Activity", activity.id))  # fmt: skip


def new_posts(activity: Activity) -> int:
    """Posts that *activity* offered; those of a repeated fair are not counted twice (R2-38)."""
    return 0 if activity.again else activity.posts or 0


def job_item(job: Job) -> Item:
    """One post of an employer."""
    kind = f"（{job.employer_class}）" if job.employer_class else ""
    return Item(job.openings or 1, "", job.day, f"{job.employer} {job.title}{kind}", Trace("Job", job.id))
