"""What of a case waits for somebody: approval steps, papers, claims, recommendations, plans, a helper."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from assistcli.assistance import Outcome, Plan, Recommendation
from assistcli.followup.agenda import (
    ADVICE,
    CLAIM,
    EVIDENCE,
    FORM,
    HELD,
    HELPER,
    PAPER,
    PLAN,
    STEP,
    Item,
)
from assistcli.model import Case, Claim, Step
from assistcli.money import format_yuan
from assistcli.policy.chain import AGREED, REFUSED, RETURNED, standing_steps
from assistcli.policy.procedure import ASKED
from assistcli.policy.rules import FormRule, Pack, StepRule
from assistcli.policy.ruling import PAID, REJECTED
from assistcli.policy.subsidy import item_of

CLOSED_ADVICE = frozenset({"签约", "入职", "拒绝", "未录用", "放弃"})


def waiting_step(pack: Pack, steps: Sequence[Step]) -> tuple[StepRule, Step] | None:
    """The step that a begun chain waits for, and the last one taken; ``None``: not begun, done, refused."""
    last = standing_steps(pack, steps)
    before: Step | None = None
    for rule in pack.steps:
        taken = last.get(rule.name)
        if taken is None:
            return (rule, before) if before else None
        if taken.result != AGREED:
            return (rule, taken) if taken.result == RETURNED else None
        before = taken
    return None


def step_items(case: Case, pack: Pack, steps: Sequence[Step]) -> Iterator[Item]:
    """The approval step that *case* waits for."""
    waiting = waiting_step(pack, steps)
    if waiting:
        rule, last = waiting
        state = f"「{last.step}」{last.result}" + (f"（{last.reason}）" if last.reason else "")
        yield Item(
            kind=STEP,
            case=case.id,
            reason=f"等{rule.by}办「{rule.name}」；{last.day} {state}",
            clause=rule.citation.clause,
            since=last.day,
            command=f"assist step {case.call_name} {rule.name}",
        )


def form_items(
    case: Case, forms: Iterable[FormRule], steps: Sequence[Step], filed: Collection[str]
) -> Iterator[Item]:
    """The signed forms that are not back, of those that *case* applies with; none before it applied."""
    if not steps or steps[-1].result == REFUSED:
        return
    for rule in forms:
        if rule.name not in filed:
            yield Item(
                kind=FORM,
                case=case.id,
                reason=f"「{rule.short}」签字盖章后还没有交回归档",
                clause=rule.citation.clause,
                command=f"assist form filed {case.call_name} {rule.name}",
                what=rule.short,
                since=steps[0].day,
            )


def paper_items(
    case: Case,
    pack: Pack,
    steps: Sequence[Step],
    claims: Sequence[Claim],
    received: Collection[str],
    applied: Sequence[str] = (),
) -> Iterator[Item]:
    """The papers that *case* owes: for steps taken or waited for, open claims and an application."""
    waiting = waiting_step(pack, steps)
    begun = {step.step for step in steps} | ({waiting[0].name} if waiting else set())
    needed = [paper for rule in pack.steps if rule.name in begun for paper in rule.papers]
    needed += applied if begun else ()
    unpaid = [claim for claim in claims if claim.state not in (PAID, REJECTED)]
    if unpaid:
        needed += [paper for state in pack.claim_states for paper in state.needs_papers]
    since = min([step.day for step in steps] + [claim.day for claim in unpaid], default=None)
    for paper in dict.fromkeys(needed):
        if paper not in received:
            yield Item(
                kind=PAPER,
                case=case.id,
                reason=f"缺{paper}：{pack.papers[paper].quote}",
                clause=pack.papers[paper].clause,
                what=paper,
                command=f"assist paper {case.call_name} {paper}",
                since=since,
            )


def claim_items(case: Case, pack: Pack, claims: Sequence[Claim]) -> Iterator[Item]:
    """The open claims of *case*, with who must act next."""
    states = [ASKED, *(rule.name for rule in pack.claim_states)]
    for claim in claims:
        item = item_of(pack, claim.item)
        what = f"{claim.item} {format_yuan(claim.asked)} 元"
        if item and item.certificate and not (claim.certificate and claim.issued) and claim.state == ASKED:
            yield Item(
                kind=HELD,
                case=case.id,
                reason=f"{what}：证书还没有登记",
                clause=item.certificate.clause,
                what=claim.item,
                command=f"assist claim certify {claim.id} --certificate 证书编号 --issued 发证日期",
                since=claim.day,
            )
        elif claim.state in states[:-1]:
            rule = pack.claim_states[states.index(claim.state)]
            yield Item(
                kind=CLAIM,
                case=case.id,
                reason=f"{what}：现为「{claim.state}」，等{rule.by}「{rule.name}」",
                clause=rule.citation.clause,
                command=f"assist claim advance {claim.id} --to {rule.name}",
                since=claim.stages[-1].day if claim.stages else claim.day,
            )


def advice_items(case: Case, advices: Sequence[Recommendation], today: date) -> Iterator[Item]:
    """Recommendations without a result (R0-39): what came of them is to be asked."""
    for advice in advices:
        if advice.day <= today and advice.state not in CLOSED_ADVICE:
            what = " ".join(filter(None, (advice.employer, advice.title)))
            yield Item(
                kind=ADVICE,
                case=case.id,
                reason=f"{advice.day} 推荐 {what}，现为「{advice.state}」，还没有结果",
                command=f"assist record result {advice.id} 结果 --reason 原因",
                what=advice.employer,
                since=advice.stages[-1].day if advice.stages else advice.day,
            )


def plan_items(case: Case, plans: Sequence[Plan], today: date) -> Iterator[Item]:
    """The plan whose day has come: it is to be checked and revised (R0-21)."""
    known = [plan for plan in plans if plan.day <= today]
    plan = max(known, key=lambda plan: (plan.day, plan.id), default=None)
    if plan and plan.until and plan.until <= today:
        yield Item(
            kind=PLAN,
            case=case.id,
            due=plan.until,
            reason=f"计划「{plan.goal}」（{plan.owner}）到期，请检查落实情况并调整",
            command=f"assist record plan {case.call_name} 目标 --reason 调整原因",
        )


def helper_items(case: Case, helper: str) -> Iterator[Item]:
    """A case that nobody helps (R0-17): the list must be empty."""
    if not helper:
        yield Item(
            kind=HELPER,
            case=case.id,
            reason="没有结对帮扶者",
            command=f"assist record helper {case.call_name} 姓名",
            since=case.opened,
        )


def evidence_items(case: Case, outcome: Outcome) -> Iterator[Item]:
    """A placement without evidence (R0-55)."""
    if not outcome.evidence:
        what = " ".join(filter(None, (outcome.status, outcome.employer)))
        employer = f' --employer "{outcome.employer}"' if outcome.employer else ""
        yield Item(
            kind=EVIDENCE,
            case=case.id,
            reason=f"{outcome.day} {what}，没有证明材料",
            command=f"assist outcome {case.call_name} {outcome.status}{employer} --evidence 材料",
            since=outcome.day,
        )
