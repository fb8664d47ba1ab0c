"""What statistics are made from: cases and everything recorded about them and the office, up to one day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from assistcli.assistance import Activity, Fund, Job, Outcome, Pairing, Plan, Recommendation
from assistcli.followup.pairing import helper_of
from assistcli.followup.placement import is_placed, latest_outcome
from assistcli.glance import Glance
from assistcli.model import Case

GRADUATION, ADMISSION, STAGE = "毕业年份", "考取年度", "就学阶段"
BEFORE_COLLEGE = frozenset({"小学", "初中", "高中", "中职"})
"""Stages of school after which nobody is a graduate of a college yet."""


class Service(NamedTuple):
    """One talk or service as statistics count it."""

    day: date
    kind: str
    restricted: bool
    shown: bool
    id: str = ""


def services_by_case(
    glances: Iterable[Glance], day: date, *, mass: bool = False, named: bool = False
) -> dict[str, list[Service]]:
    """Talks up to *day* by case; missed calls are none, nor messages to many unless *mass* (A-22).

    Equal ones are one object: years of millions of contacts are held at once. With *named* each carries its
    id, for who looks at some of them one by one.
    """
    same: dict[Service, Service] = {}
    found: dict[str, list[Service]] = {}
    for glance in glances:
        if glance.day <= day and not (glance.missed or (glance.mass and not mass)):
            id = glance.id if named else ""
            service = Service(glance.day, glance.kind, glance.restricted, glance.shown, id)
            found.setdefault(glance.case, []).append(same.setdefault(service, service))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Cases, their events by case id, and the office's own; *day* is the last day that counts."""

    cases: Sequence[Case]
    year: int
    day: date
    talks: Mapping[str, Sequence[Service]] = field(default_factory=dict)
    outcomes: Mapping[str, Sequence[Outcome]] = field(default_factory=dict)
    pairings: Mapping[str, Sequence[Pairing]] = field(default_factory=dict)
    plans: Mapping[str, Sequence[Plan]] = field(default_factory=dict)
    advices: Mapping[str, Sequence[Recommendation]] = field(default_factory=dict)
    activities: Sequence[Activity] = ()
    jobs: Sequence[Job] = ()
    funds: Sequence[Fund] = ()

    def services(self, case: Case) -> Sequence[Service]:
        """Talks with *case* up to the day."""
        return self.talks.get(case.id, ())

    def outcome(self, case: Case) -> Outcome | None:
        """The outcome of *case* that counts on the day."""
        return latest_outcome(self.outcomes.get(case.id, ()), self.day)

    def placed(self, case: Case) -> bool:
        """Whether *case* is placed on the day."""
        return is_placed(self.outcome(case))

    def placed_on(self, case: Case, day: date | None) -> bool:
        """Whether *case* was placed on an earlier *day*; ``None`` is before everything."""
        return day is not None and is_placed(latest_outcome(self.outcomes.get(case.id, ()), day))

    def plan(self, case: Case) -> Plan | None:
        """The plan of *case* in force on the day."""
        plans = [plan for plan in self.plans.get(case.id, ()) if plan.day <= self.day]
        return max(plans, key=lambda plan: (plan.day, plan.id), default=None)

    def recommended(self, case: Case) -> list[Recommendation]:
        """Jobs recommended to *case* up to the day."""
        return [advice for advice in self.advices.get(case.id, ()) if advice.day <= self.day]

    def helper(self, case: Case) -> str:
        """Who helps *case* on the day; blank where nobody does."""
        return helper_of(case, self.pairings.get(case.id, ()), self.day)

    def standing(self, case: Case) -> str:
        """应届 of the year's graduates, 往届 of earlier ones; else, or of an unknown year, blank (R2-37)."""
        year = case.value(GRADUATION)
        if not isinstance(year, int) or year > self.year:
            return ""
        return "应届" if year == self.year else "往届"

    def in_school(self, case: Case) -> bool | None:
        """Whether *case* is still in school in the year of the table; ``None``: the facts do not say.

        Without a year of graduation it is known of who is not in college yet, or came to it this year.
        """
        leaves, came = case.value(GRADUATION), case.value(ADMISSION)
        if isinstance(leaves, int):
            return leaves > self.year
        fresh = isinstance(came, int) and came >= self.year
        return True if fresh or case.text(STAGE) in BEFORE_COLLEGE else None
