"""One person in two roles (同一经办人): who checks should not approve as well without a mark that is seen."""

from collections.abc import Sequence

from assistcli.model import Claim, Step


def other_steps_by_same(taken: Sequence[Step], entry: Step) -> list[str]:
    """The other steps among those *taken* that the person who took *entry* took as well."""
    return list(dict.fromkeys(step.step for step in taken if step.by == entry.by and step.step != entry.step))


def states_of_one_hand(claim: Claim) -> list[list[str]]:
    """The states of *claim* by the person who brought it there, of whoever brought it to more than one."""
    hands: dict[str, list[str]] = {}
    for stage in claim.stages:
        hands.setdefault(stage.by, []).append(stage.state)
    return [states for states in hands.values() if len(states) > 1]
