"""The approval chain (审批步骤) as it stands: a step back takes with it what came after."""

from collections.abc import Mapping, Sequence

from assistcli.errors import DataRejectedError
from assistcli.model import Step
from assistcli.policy.rules import Pack, StepRule

AGREED, REFUSED, RETURNED = "同意", "不同意", "退回"
RESULTS = (AGREED, REFUSED, RETURNED)


def standing_steps(pack: Pack, taken: Sequence[Step]) -> Mapping[str, Step]:
    """Name of each step of *pack* that stands → how it was taken last.

    A step that is taken again, or returned, ends those behind it: they are to be taken anew. *taken* is in
    the order of the journal: neither a back-dated step nor a clock set back changes what came after what.
    """
    places = {rule.name: place for place, rule in enumerate(pack.steps)}
    standing: dict[str, Step] = {}
    for step in taken:
        if step.step in places:
            before = pack.steps[: places[step.step]]
            standing = {rule.name: standing[rule.name] for rule in before if rule.name in standing}
            standing[step.step] = step
    return standing


def demand_order(pack: Pack, rule: StepRule, taken: Sequence[Step]) -> None:
    """Let a step pass only when every earlier step of the chain stands at 同意.

    Raises:
        DataRejectedError: a step was skipped, or stands at 不同意 or 退回; the message names it.
    """
    standing = standing_steps(pack, taken)
    for earlier in pack.steps[: pack.steps.index(rule)]:
        last = standing.get(earlier.name)
        if last is None or last.result != AGREED:
            state = f"结果为{last.result}" if last else "还没有记录"
            raise DataRejectedError(
                f"不能跳过步骤：「{earlier.name}」{state}（{earlier.citation.clause}，由{earlier.by}办理）；"
                f"先记「{earlier.name}」，再记「{rule.name}」"
            )


def demand_reason(pack: Pack, rule: StepRule, taken: Sequence[Step], reason: str) -> None:
    """Let a step be taken again where a step was returned, or *reason* says why it goes back.

    Raises:
        DataRejectedError: it was decided already, nobody returned it, and no reason was given.
    """
    standing = standing_steps(pack, taken)
    returned = any(step.result == RETURNED for step in standing.values())
    last = standing.get(rule.name)
    if last and not returned and not reason.strip():
        behind = "，它后面的步骤都要重办" if rule != pack.steps[-1] else ""
        raise DataRejectedError(
            f"「{rule.name}」已于 {last.day} {last.result}；重办须写明理由：--reason 理由{behind}"
        )
