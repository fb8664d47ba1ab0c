"""Indicators (指标): each with its definition, both numbers, the target of the notice, and who is missing.

Where a notice does not say of whom a rate is, every denominator is printed (A-14). A name that a notice sets
a target for carries that target. 人 are persons, 人次 entries; nothing is rounded to 余 or 近.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistcli.followup.placement import destinations
from assistcli.followup.quota import missing_services
from assistcli.followup.tally import Tally
from assistcli.model import Case
from assistcli.policy.practice import Quota, Target
from assistcli.reports.material import Material
from assistcli.reports.statistics import Cell, StatisticsTable, percent

COLUMNS = ("指标", "定义", "数", "总数", "比率", "目标", "未达到")
NUMBER, WHOLE, MISSING = 2, 3, 6
HOUSEHOLD_KEY = "职工身份证号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A rate: of whom (*among*), and who of them counts (*holds*)."""

    name: str
    definition: str
    among: Sequence[Case]
    holds: Callable[[Case], bool]


def indicator_table(
    material: Material,
    objects: Sequence[Case],
    targets: Iterable[Target],
    quotas: tuple[Quota, ...],
    title: str,
) -> StatisticsTable:
    """Every indicator over *material*; *objects* are the cases that the notice is about (帮扶对象)."""
    goals = {target.name: _goal(target) for target in targets}
    rows: list[tuple[Cell, ...]] = []
    people: dict[tuple[int, int], Sequence[str]] = {}
    for rate in [*_care(material, objects, quotas), *_employment(material, objects)]:
        held = [case.id for case in rate.among if rate.holds(case)]
        lacking = [case.id for case in rate.among if not rate.holds(case)]
        place = len(rows)
        people |= {(place, NUMBER): held, (place, MISSING): lacking}
        people[place, WHOLE] = [case.id for case in rate.among]
        goal = goals.get(rate.name.split("（")[0], "")
        share = percent(len(held), len(rate.among))
        rows.append((rate.name, rate.definition, len(held), len(rate.among), share, goal, len(lacking)))
    for name, definition, cases in _groups(material, objects):
        people[len(rows), NUMBER] = [case.id for case in cases]
        rows.append((name, definition, len(cases), None, None, goals.get(name, ""), None))
    for name, definition, number in _numbers(material):
        rows.append((name, definition, number, None, None, goals.get(name, ""), None))
    notes = (f"数据截至 {material.day}", "每个数字都能打开：--who 行,列；「未达到」是第 7 列")
    return StatisticsTable(title=title, columns=COLUMNS, rows=tuple(rows), notes=notes, people=people)


def _goal(target: Target) -> str:
    """The target as the notice sets it: at least, and the goal beyond (A-21)."""
    least = f"至少 {target.least}{target.unit}" if target.least else ""
    goal = f"争取 {target.goal}{target.unit}" if target.goal else ""
    return "，".join(filter(None, (target.period, least, goal))) + f"（{target.citation.clause}）"


def _care(material: Material, objects: Sequence[Case], quotas: tuple[Quota, ...]) -> Iterator[Indicator]:
    """Who is surveyed, paired, planned for and served."""
    waiting = [case for case in objects if not material.placed(case)]

    def surveyed(case: Case) -> bool:
        return bool(case.text("排摸日期"))

    def paired(case: Case) -> bool:
        return bool(material.helper(case))

    def planned(case: Case) -> bool:
        return any(plan.day <= material.day for plan in material.plans.get(case.id, ()))

    def served(case: Case) -> bool:
        given: dict[str, int] = {}
        for service in material.services(case):
            given[service.kind] = given.get(service.kind, 0) + service.shown
        advices = [advice for advice in material.advices.get(case.id, ()) if advice.day <= material.day]
        return not missing_services(Tally(services=given), quotas, len(advices))

    yield Indicator(name="排摸率", definition="有排摸日期÷全部个案", among=material.cases, holds=surveyed)
    yield Indicator(name="结对率", definition="有结对帮扶者÷未落实的帮扶对象", among=waiting, holds=paired)
    yield Indicator(name="一生一策率", definition="有计划÷未落实的帮扶对象", among=waiting, holds=planned)
    if quotas:
        words = "、".join(f"{quota.kind}{quota.least}次" for quota in quotas)
        yield Indicator(name="服务达标率", definition=f"{words}÷帮扶对象", among=objects, holds=served)


def _employment(material: Material, objects: Sequence[Case]) -> Iterator[Indicator]:
    """Coverage and employment; the rate of the helped over all three denominators (A-14)."""
    graduates = [case for case in objects if material.standing(case)]
    helped = [case for case in graduates if _helped(case, material)]
    needing = [case for case in graduates if _helped(case, material) or not material.placed(case)]
    zero = [case for case in graduates if case.value("零就业家庭") is True]

    def covered(case: Case) -> bool:
        return _helped(case, material)

    yield Indicator(
        name="就业帮扶覆盖率", definition="受过一对一帮扶÷需要帮扶的毕业生", among=needing, holds=covered
    )
    for whom, among in (("全部毕业生", graduates), ("需要帮扶的", needing), ("受过帮扶的", helped)):
        yield Indicator(
            name=f"帮扶就业率（{whom}）", definition=f"已落实÷{whom}", among=among, holds=material.placed
        )
    definition = "已落实÷零就业家庭毕业生"
    yield Indicator(
        name="零就业家庭毕业生帮扶就业率", definition=definition, among=zero, holds=material.placed
    )
    yield Indicator(
        name="就业率",
        definition="已落实（含升学）÷帮扶对象中的毕业生",
        among=graduates,
        holds=material.placed,
    )


def _helped(case: Case, material: Material) -> bool:
    """Whether *case* got one-to-one help by the day: a talk, or a job recommended."""
    advices = material.advices.get(case.id, ())
    return bool(material.services(case)) or any(advice.day <= material.day for advice in advices)


def _groups(material: Material, objects: Sequence[Case]) -> Iterator[tuple[str, str, list[Case]]]:
    """Persons by where they stand: 升学 and 就业 apart, an intention beside both (R3-25, R3-26)."""
    by_group: dict[str, list[Case]] = {}
    for case in objects:
        outcome = material.outcome(case)
        known = destinations().get(outcome.status) if outcome else None
        if known:
            by_group.setdefault(known.group if known.placed else f"未落实：{known.word}", []).append(case)
    for group, cases in sorted(by_group.items()):
        yield group, "最近一次去向，人", cases
    graduates = [case for case in material.cases if material.standing(case)]
    studying = [case for case in material.cases if not material.standing(case)]
    placed = [case for case in graduates if material.placed(case)]
    unplaced = [case for case in graduates if not material.placed(case)]
    unexplained = [c for c in objects if not material.placed(c) and not _explained(c, material)]
    yield "未落实且无原因", "没有记原因（assist outcome --reason）也没有填存在困难，人", unexplained
    yield "在校子女（学生）", "摸底：未毕业或毕业年份不详，人", studying
    yield "高校毕业生", "摸底：毕业年份不晚于统计年度，人", graduates
    yield "已实现就业", "摸底：有落实的去向，人", placed
    yield "需要帮扶", "摸底：毕业而未落实，人", unplaced


def _explained(case: Case, material: Material) -> bool:
    """Whether somebody said why *case* is not placed (R0-23)."""
    outcome = material.outcome(case)
    return bool(case.text("存在困难") or (outcome and outcome.reason))


def _numbers(material: Material) -> Iterator[tuple[str, str, int]]:
    """Numbers that are no persons: households, entries by kind, posts of the month."""
    households = {case.text(HOUSEHOLD_KEY) for case in material.cases if case.text(HOUSEHOLD_KEY)}
    yield "家庭", "职工身份证号不同的户数", len(households)
    month = (material.day.year, material.day.month)
    jobs = [job for job in material.jobs if job.day <= material.day]
    yield (
        "新岗位",
        "当月登记的岗位数",
        sum(job.openings or 1 for job in jobs if (job.day.year, job.day.month) == month),
    )
    for kind, count in sorted(_entries_by_kind(material).items()):
        yield kind, "人次（群发和未联系上的不计）", count
    activities: dict[str, int] = {}
    for activity in material.activities:
        if activity.day <= material.day:
            activities[activity.kind] = activities.get(activity.kind, 0) + 1
    for kind, count in sorted(activities.items()):
        yield kind, "场次", count


def _entries_by_kind(material: Material) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for case in material.cases:
        for contact in material.services(case):
            counts[contact.kind] = counts.get(contact.kind, 0) + 1
    return counts
