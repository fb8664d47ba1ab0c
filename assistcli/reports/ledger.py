"""The ledger (工作台账): one row per case with 就业状态, 就业意愿 and the help given (R4-12)."""

from collections.abc import Sequence
from functools import partial

from assistcli.model import Case
from assistcli.reports.items import advice_item, service_item
from assistcli.reports.material import Material, Service
from assistcli.reports.opening import Cell, Item, Opening, RowOpenings, Trace
from assistcli.reports.statistics import StatisticsTable
from assistcli.values import iso_or_none

COLUMNS = (
    "序号", "学号", "姓名", "学院", "班级", "就业状态", "就业意愿", "存在困难", "点对点帮扶措施",
    "结对帮扶者", "最近联系", "去向单位",
)  # fmt: skip
DONE = COLUMNS.index("点对点帮扶措施")
DONE_MEANING = "点对点帮扶措施：联系和服务（心理辅导、群发和没联系上的不在内）、推荐的岗位、现行计划的措施"


def ledger_table(material: Material, title: str) -> StatisticsTable:
    """One row per case; what was restricted (心理辅导) is counted nowhere in it (R0-42)."""
    rows = [(n, *_row(case, material)) for n, case in enumerate(material.cases, 1)]
    return StatisticsTable(
        title=title,
        columns=COLUMNS,
        rows=tuple(rows),
        notes=(f"数据截至 {material.day}", "内部表，不得公示"),
        openings=RowOpenings(material.cases, partial(_opened, material)),
        whose=[case.id for case in material.cases],
    )


def _opened(material: Material, case: Case) -> dict[int, Opening]:
    return {DONE: Opening(items=partial(_done, case, material), meaning=DONE_MEANING, shows=None)}


def _done(case: Case, material: Material) -> list[Item]:
    """What the numbers in 点对点帮扶措施 are made of, and the plan in force."""
    talks = [service_item(case.id, s) for s in material.services(case) if not s.restricted]
    plan = material.plan(case)
    planned = (
        []
        if plan is None
        else [
            Item(1, case.id, plan.day, f"计划：{measure}", Trace("Plan", plan.id))
            for measure in plan.measures
        ]
    )
    return [*talks, *map(advice_item, material.recommended(case)), *planned]


def _row(case: Case, material: Material) -> tuple[Cell, ...]:
    outcome = material.outcome(case)
    services = [contact for contact in material.services(case) if not contact.restricted]
    last = max((contact.day for contact in services), default=None)
    return (
        case.student_no,
        case.name,
        case.text("学院"),
        case.text("班级"),
        outcome.status if outcome else case.text("就业状态"),
        case.text("就业意愿"),
        case.text("存在困难"),
        _measures(case, services, material),
        material.helper(case),
        iso_or_none(last),
        outcome.employer if outcome and material.placed(case) else "",
    )


def _measures(case: Case, services: Sequence[Service], material: Material) -> str:
    """What was done: services by kind, recommendations, and the plan's measures."""
    kinds: dict[str, int] = {}
    for contact in services:
        kinds[contact.kind] = kinds.get(contact.kind, 0) + 1
    done = [f"{kind}{count}次" for kind, count in kinds.items()]
    done += [f"推荐{advice.employer}（{advice.state}）" for advice in material.recommended(case)]
    plan = material.plan(case)
    return "；".join([*done, *(plan.measures if plan else ())])
