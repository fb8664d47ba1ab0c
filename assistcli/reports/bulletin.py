"""The bulletin (通报): what was done and who was placed since the last one, by college and helper."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from assistcli.model import Case
from assistcli.reports.chart import Chart, make_chart
from assistcli.reports.material import Material
from assistcli.reports.statistics import Cell, StatisticsTable
from assistcli.values import squeeze

COLUMNS = (
    "按",
    "名称",
    "个案",
    "联系人次",
    "被联系的人",
    "推荐人次",
    "上期落实",
    "新落实",
    "落实取消",
    "累计落实",
    "未落实",
    "本期未联系",
)
SPOKEN, BEFORE, NEW, LOST, PLACED, WAITING, IDLE = 4, 6, 7, 8, 9, 10, 11
"""Columns that say where people stand and what became of it since."""
UNNAMED = "（未填）"
BULLETIN = "通报"


def last_bulletin(material: Material) -> date | None:
    """The day of the latest 通报 among the activities before the day; ``None``: none is on record."""
    days = [a.day for a in material.activities if a.kind == BULLETIN and a.day < material.day]
    return max(days, default=None)


def bulletin_table(material: Material, since: date | None, title: str) -> StatisticsTable:
    """What happened after *since* and up to the day; ``None``: from the beginning."""
    rows: list[tuple[Cell, ...]] = []
    people: dict[tuple[int, int], list[str]] = {}
    by_college: Callable[[Case], str] = _college
    groups = [("全部", "合计", list(material.cases))]
    groups += [("学院", name, cases) for name, cases in _grouped(material.cases, by_college)]
    groups += [("帮扶者", name, cases) for name, cases in _grouped(material.cases, material.helper)]
    for kind, name, cases in groups:
        columns = _columns(cases, material, since)
        people |= {(len(rows), place): ids for place, ids in enumerate(columns, 2)}
        rows.append((kind, name, *(len(ids) for ids in columns)))
    start = f"{since} 之后" if since else "从头"
    notes = (
        f"本期：{start}至 {material.day}",
        f"上期落实＋新落实－落实取消＝累计落实；本期活动：{_activities(material, since)}",
    )
    return StatisticsTable(
        title=title, columns=COLUMNS, rows=tuple(rows), notes=notes, people=people, charts=_charts(rows)
    )


def _charts(rows: Sequence[tuple[Cell, ...]]) -> tuple[Chart, ...]:
    """Who is placed, newly placed and not, by college; who was spoken with and who not, by helper."""
    colleges = [
        (name, (held - new, new, waiting))
        for name, held, new, waiting in _picked(rows, "学院", PLACED, NEW, WAITING)
    ]
    helpers = [(name, (spoken, idle)) for name, spoken, idle in _picked(rows, "帮扶者", SPOKEN, IDLE)]
    return (
        make_chart("各学院落实情况（人）", ("原已落实", "新落实", "未落实"), colleges),
        make_chart("各帮扶者本期联系情况（人）", ("已联系", "未落实且未联系"), helpers),
    )


def _picked(rows: Sequence[tuple[Cell, ...]], kind: str, *places: int) -> list[tuple[Any, ...]]:
    return [(row[1], *(row[place] for place in places)) for row in rows if row[0] == kind]


def _activities(material: Material, since: date | None) -> str:
    """What the office itself did in the period, by kind."""
    counts: dict[str, int] = {}
    for activity in material.activities:
        if activity.kind != BULLETIN and activity.day <= material.day and _within(activity.day, since):
            counts[activity.kind] = counts.get(activity.kind, 0) + 1
    return "、".join(f"{kind}{count}场" for kind, count in sorted(counts.items())) or "没有记录"


def _college(case: Case) -> str:
    return squeeze(case.text("学院"))


def _grouped(cases: Iterable[Case], name_of: Callable[[Case], str]) -> list[tuple[str, list[Case]]]:
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(name_of(case) or UNNAMED, []).append(case)
    return sorted(found.items())


def _columns(cases: Iterable[Case], material: Material, since: date | None) -> list[list[str]]:
    """The case ids behind each number; where entries are counted a case stands as often as it was served."""
    everyone = list(cases)
    fresh = [c.id for c in everyone for contact in material.services(c) if _within(contact.day, since)]
    spoken = set(fresh)
    advised = [
        c.id
        for c in everyone
        for advice in material.advices.get(c.id, ())
        if advice.day <= material.day and _within(advice.day, since)
    ]
    placed = [c.id for c in everyone if material.placed(c)]
    before = [c.id for c in everyone if material.placed_on(c, since)]
    waiting = [c.id for c in everyone if not material.placed(c)]
    were, are = set(before), set(placed)
    return [
        [c.id for c in everyone],
        fresh,
        [c.id for c in everyone if c.id in spoken],
        advised,
        before,
        [id for id in placed if id not in were],
        [id for id in before if id not in are],
        placed,
        waiting,
        [id for id in waiting if id not in spoken],
    ]


def _within(day: date, since: date | None) -> bool:
    return since is None or day > since
