"""How each word of ``policy.practice`` is counted from the records: groups of cases, traits, numbers."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from assistcli.followup.quota import missing_services
from assistcli.followup.tally import Tally
from assistcli.model import Case
from assistcli.policy.practice import Quota
from assistcli.reports.items import advice_item, fact_trace, job_item, outcome_item, stated_item
from assistcli.reports.material import Material
from assistcli.reports.opening import Item, Trace

HOUSEHOLD_KEY = "职工身份证号"
STATED = {"有排摸日期": "排摸日期", "有系统录入日期": "系统录入日期"}
"""Traits that are a stated day, by the field that holds it."""


@dataclass
class Measures:
    """Counts over *material*; *objects* are the cases that the notice is about (帮扶对象)."""

    material: Material
    objects: Sequence[Case]
    quotas: tuple[Quota, ...]
    since: date | None = None

    def group(self, name: str) -> Sequence[Case]:
        """The cases of the group *name*."""
        return _GROUPS[name](self)

    def holds(self, name: str, case: Case) -> bool:
        """Whether *case* has the trait *name*."""
        return _TRAITS[name](self, case)

    def tell(self, name: str, case: Case) -> Item:
        """What there is to say of *case* beside the trait *name*, whether it has it or not."""
        return _TELLERS[name](self, case)

    def items(self, name: str) -> list[Item]:
        """What the plain number *name* is made of."""
        return _NUMBERS[name](self)

    @cached_property
    def graduates(self) -> list[Case]:
        """Graduates of the cases, of this year and earlier."""
        return [case for case in self.material.cases if self.material.standing(case)]

    @cached_property
    def object_graduates(self) -> list[Case]:
        """Graduates of those that the notice is about."""
        return [case for case in self.objects if self.material.standing(case)]

    def unplaced(self, cases: Sequence[Case]) -> list[Case]:
        """Those of *cases* that are not placed."""
        return [case for case in cases if not self.material.placed(case)]

    def helped(self, case: Case) -> bool:
        """Whether *case* got one-to-one help by the day: a talk, or a job recommended."""
        return bool(self.material.services(case)) or self._advised(case) > 0

    def served(self, case: Case) -> bool:
        """Whether *case* got every service owed, counted from the day that the reading gives (A-19)."""
        given: dict[str, int] = {}
        counted = [s for s in self.material.services(case) if not self.since or s.day >= self.since]
        for service in counted:
            given[service.kind] = given.get(service.kind, 0) + service.shown
        return not missing_services(Tally(services=given), self.quotas, self._advised(case))

    def _advised(self, case: Case) -> int:
        return len(self.material.recommended(case))

    def unexplained(self, case: Case) -> bool:
        """Whether nobody said why *case* is not placed (R0-23); who is still in school need not be."""
        outcome = self.material.outcome(case)
        said = case.text("存在困难") or (outcome and outcome.reason)
        return not said and not self.material.in_school(case)

    def needing(self) -> list[Case]:
        """Graduates who got help or are not placed."""
        return [c for c in self.object_graduates if self.helped(c) or not self.material.placed(c)]

    def households(self) -> list[Item]:
        """Households, by the worker's ID number; each stands under its first child."""
        children: dict[str, list[Case]] = {}
        for case in self.material.cases:
            children.setdefault(case.text(HOUSEHOLD_KEY), []).append(case)
        children.pop("", None)
        return [
            Item(1, cases[0].id, None, f"一户：{'、'.join(case.name for case in cases)}",
                 fact_trace(cases[0], HOUSEHOLD_KEY))
            for cases in children.values()
        ]  # fmt: skip

    def posts(self) -> list[Item]:
        """Posts recorded by the day."""
        return [job_item(job) for job in self.material.jobs if job.day <= self.material.day]

    def employers(self) -> list[Item]:
        """Employers that recorded posts are of, each by its first post."""
        first: dict[str, Item] = {}
        for job in self.material.jobs:
            if job.day <= self.material.day:
                first.setdefault(job.employer, job_item(job)._replace(number=1))
        return list(first.values())

    def advices(self) -> list[Item]:
        """Jobs recommended by the day, each time to each person."""
        material = self.material
        return [advice_item(advice) for case in material.cases for advice in material.recommended(case)]

    def given(self, case: Case) -> Item:
        """What help *case* got, in all; the kind of what was restricted is told beside no name (R0-42)."""
        services = self.material.services(case)
        kinds = Counter(service.kind for service in services if not service.restricted)
        kinds["岗位推荐记录"] = self._advised(case)
        told = "、".join(f"{kind}{count}次" for kind, count in kinds.items() if count)
        return Item(1, case.id, None, told or ("有记录" if services else "没有记录"))

    def new_posts(self) -> list[Item]:
        """Posts recorded in the month of the day, up to it."""
        day = self.material.day
        jobs = [job for job in self.material.jobs if job.day <= day]
        return [job_item(job) for job in jobs if (job.day.year, job.day.month) == (day.year, day.month)]


def _is_stated(name: str, _measures: Measures, case: Case) -> bool:
    return bool(case.text(name))


def _tell_stated(name: str, _measures: Measures, case: Case) -> Item:
    return stated_item(case, name)


def _tell_helper(measures: Measures, case: Case) -> Item:
    return Item(1, case.id, None, measures.material.helper(case) or "没有帮扶者")


def _tell_plan(measures: Measures, case: Case) -> Item:
    plan = measures.material.plan(case)
    if plan is None:
        return Item(1, case.id, None, "没有计划")
    return Item(1, case.id, plan.day, f"{plan.goal}（{plan.owner}）", Trace("Plan", plan.id))


_GROUPS: Mapping[str, Callable[[Measures], Sequence[Case]]] = {
    "全部个案": lambda m: m.material.cases,
    "帮扶对象": lambda m: m.objects,
    "未落实的帮扶对象": lambda m: m.unplaced(m.objects),
    "未落实且无原因的帮扶对象": lambda m: [c for c in m.unplaced(m.objects) if m.unexplained(c)],
    "帮扶对象中的毕业生": lambda m: m.object_graduates,
    "需要帮扶的毕业生": lambda m: m.needing(),
    "受过帮扶的毕业生": lambda m: [c for c in m.object_graduates if m.helped(c)],
    "在校学生": lambda m: [c for c in m.material.cases if m.material.in_school(c)],
    "是否在校未知": lambda m: [c for c in m.material.cases if m.material.in_school(c) is None],
    "毕业生": lambda m: m.graduates,
    "已落实的毕业生": lambda m: [c for c in m.graduates if m.material.placed(c)],
    "未落实的毕业生": lambda m: m.unplaced(m.graduates),
}
_TRAITS: Mapping[str, Callable[[Measures, Case], bool]] = {
    **{trait: partial(_is_stated, name) for trait, name in STATED.items()},
    "有结对帮扶者": lambda m, case: bool(m.material.helper(case)),
    "有计划": lambda m, case: m.material.plan(case) is not None,
    "服务达标": lambda m, case: m.served(case),
    "受过一对一帮扶": lambda m, case: m.helped(case),
    "已落实": lambda m, case: m.material.placed(case),
}
_NUMBERS: Mapping[str, Callable[[Measures], list[Item]]] = {
    "户数": lambda m: m.households(),
    "当月新岗位": lambda m: m.new_posts(),
    "岗位数": lambda m: m.posts(),
    "用人单位数": lambda m: m.employers(),
    "推荐人次": lambda m: m.advices(),
}
_TELLERS: Mapping[str, Callable[[Measures, Case], Item]] = {
    **{trait: partial(_tell_stated, name) for trait, name in STATED.items()},
    "有结对帮扶者": _tell_helper,
    "有计划": _tell_plan,
    "服务达标": lambda m, case: m.given(case),
    "受过一对一帮扶": lambda m, case: m.given(case),
    "已落实": lambda m, case: outcome_item(case, m.material),
}
KNOWN = {*_GROUPS, *_TRAITS, *_NUMBERS}
"""Every word that can be counted."""
