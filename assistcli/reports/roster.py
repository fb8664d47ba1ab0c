"""The roster (帮扶名册): per class and role how many are wanted, who holds it, and how many are missing."""

from collections.abc import Sequence

from assistcli.followup.roster import Place
from assistcli.reports.statistics import StatisticsTable

COLUMNS = ("单位", "角色", "应配", "已配", "缺", "姓名", "条款")


def roster_table(wanted: Sequence[Place], title: str) -> StatisticsTable:
    """One row per class and role that the notice wants a number of."""
    rows = tuple(
        (
            place.unit,
            place.role.name,
            place.role.count,
            len(place.names),
            place.missing,
            "、".join(place.names),
            place.role.citation.clause,
        )
        for place in wanted
    )
    short = sum(place.missing for place in wanted)
    notes = ["登记：assist record member 班级 角色 姓名"]
    notes.append(f"共缺 {short} 人" if rows else "文件没有规定各班配几人，或个案没有填班级")
    return StatisticsTable(title=title, columns=COLUMNS, rows=rows, notes=tuple(notes))
