"""The roster (帮扶名册): per class and role how many are wanted, who holds it, and how many are missing."""

from collections.abc import Sequence
from functools import partial

from assistcli.followup.roster import Place
from assistcli.reports.opening import Item, Opening, Trace
from assistcli.reports.statistics import StatisticsTable

COLUMNS = ("单位", "角色", "应配", "已配", "缺", "姓名", "条款")

WANTED, HELD = COLUMNS.index("应配"), COLUMNS.index("已配")


def roster_table(wanted: Sequence[Place], title: str) -> StatisticsTable:
    """One row per class and role that the notice wants a number of, and per role that is held beside."""
    rows = tuple(
        (
            place.unit,
            place.role.name,
            place.role.count,
            len(place.names),
            None if place.role.count is None else place.missing,
            "、".join(place.names),
            place.role.citation.clause,
        )
        for place in wanted
    )
    openings = {
        (row, column): opening
        for row, place in enumerate(wanted)
        for column, opening in enumerate(_opened(place), WANTED)
        if place.role.count is not None or column == HELD
    }
    short = sum(place.missing for place in wanted)
    notes = ["登记：assist record member 班级 角色 姓名"]
    counted = any(place.role.count is not None for place in wanted)
    notes.append(f"共缺 {short} 人" if counted else "文件没有规定各班配几人，或个案没有填班级")
    return StatisticsTable(title=title, columns=COLUMNS, rows=rows, notes=tuple(notes), openings=openings)


def _opened(place: Place) -> list[Opening]:
    """What 应配, 已配 and 缺 are made of."""
    name, clause = place.role.name, place.role.citation.clause
    wanted = [Item(place.role.count or 0, what=f"每个{place.role.per} {name} {place.role.count} 人")]
    held = [
        Item(1, "", member.day, f"{member.role} {member.name}", Trace("Member", member.id))
        for member in place.members
    ]
    empty = [Item(what=f"{place.unit} {name} 空缺")] * place.missing
    return [
        Opening(items=partial(list, wanted), meaning=f"应配：{place.unit} {name}（{clause}）"),
        Opening(items=partial(list, held), meaning=f"已配：登记为 {place.unit} {name} 的人，未到期"),
        Opening(items=partial(list, empty), meaning="缺＝应配－已配，多配的不抵别处的"),
    ]
