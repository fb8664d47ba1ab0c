"""The ledger (工作台账): one row per case with 就业状态, 就业意愿 and the help given (R4-12)."""

from collections.abc import Sequence

from assistcli.model import Case
from assistcli.reports.material import Material, Service
from assistcli.reports.statistics import Cell, StatisticsTable
from assistcli.values import iso_or_none

COLUMNS = (
    "序号", "学号", "姓名", "学院", "班级", "就业状态", "就业意愿", "存在困难", "点对点帮扶措施",
    "结对帮扶者", "最近联系", "去向单位",
)  # fmt: skip


def ledger_table(material: Material, title: str) -> StatisticsTable:
    """One row per case; what was restricted (心理辅导) is counted nowhere in it (R0-42)."""
    rows = [(n, *_row(case, material)) for n, case in enumerate(material.cases, 1)]
    people = {(n, 2): [case.id] for n, case in enumerate(material.cases)}
    notes = (f"数据截至 {material.day}", "内部表，不得公示")
    return StatisticsTable(title=title, columns=COLUMNS, rows=tuple(rows), notes=notes, people=people)


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
    advices = [advice for advice in material.advices.get(case.id, ()) if advice.day <= material.day]
    done = [f"{kind}{count}次" for kind, count in kinds.items()]
    done += [f"推荐{advice.employer}（{advice.state}）" for advice in advices]
    plans = [plan for plan in material.plans.get(case.id, ()) if plan.day <= material.day]
    plan = max(plans, key=lambda plan: (plan.day, plan.id), default=None)
    return "；".join([*done, *(plan.measures if plan else ())])
