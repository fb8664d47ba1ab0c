"""The bulletin (通报): what was done and who was placed since the last one, by college and helper."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from assistcli.assistance import Recommendation
from assistcli.model import Case
from assistcli.reports.chart import Chart, make_chart
from assistcli.reports.items import advice_item, outcome_item, service_item
from assistcli.reports.material import Material, Service
from assistcli.reports.opening import Cell, Item, Opening, Place
from assistcli.reports.statistics import StatisticsTable
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
FIRST = COLUMNS.index("个案")
MEANINGS = {
    "个案": "这一行的全部个案",
    "联系人次": "{period}的联系和服务，每次每人计一；群发和没联系上的不计",
    "被联系的人": "{period}联系过的人，每人计一",
    "推荐人次": "{period}推荐的岗位，每次每人计一",
    "上期落实": "上期末去向是已落实的人",
    "新落实": "上期末没有落实、{day} 已落实的人",
    "落实取消": "上期末已落实、{day} 不是已落实的人",
    "累计落实": "{day} 最近一次去向是已落实的人",
    "未落实": "{day} 没有去向或最近一次去向不是已落实的人",
    "本期未联系": "未落实，{period}也没有联系过的人",
}
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
    openings: dict[Place, Opening] = {}
    start = f"{since} 之后" if since else "从头"
    by_college: Callable[[Case], str] = _college
    groups = [("全部", "合计", list(material.cases))]
    groups += [("学院", name, cases) for name, cases in _grouped(material.cases, by_college)]
    groups += [("帮扶者", name, cases) for name, cases in _grouped(material.cases, material.helper)]
    for kind, name, cases in groups:
        columns = _columns(cases, material, since)
        for place, records in enumerate(columns, FIRST):
            openings[len(rows), place] = _opening(COLUMNS[place], records, material, start)
        rows.append((kind, name, *map(len, columns)))
    notes = (
        f"本期：{start}至 {material.day}",
        f"上期落实＋新落实－落实取消＝累计落实；本期活动：{_activities(material, since)}",
    )
    return StatisticsTable(
        title=title, columns=COLUMNS, rows=tuple(rows), notes=notes, openings=openings, charts=_charts(rows)
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


class _Talks(Collection[tuple[str, Service]]):
    """The talks with *cases* after *since*, each with its case: counted now, gone through when asked for.

    Every talk stands in three rows, and there may be millions: no row holds them.
    """

    def __init__(self, cases: Sequence[Case], material: Material, since: date | None) -> None:
        self._cases, self._material, self._since = cases, material, since
        counts = {case.id: sum(_within(t.day, since) for t in material.services(case)) for case in cases}
        self.spoken = frozenset(case for case, count in counts.items() if count)
        self._count = sum(counts.values())

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[tuple[str, Service]]:
        for case in self._cases:
            yield from ((case.id, t) for t in self._material.services(case) if _within(t.day, self._since))

    def __contains__(self, record: object) -> bool:
        return any(record == talk for talk in self)


def _columns(everyone: Sequence[Case], material: Material, since: date | None) -> list[Collection[Any]]:
    """The records behind each number: cases, talks with the case of each, jobs recommended."""
    fresh = _Talks(everyone, material, since)
    spoken = fresh.spoken
    advised = [advice for c in everyone for advice in material.recommended(c) if _within(advice.day, since)]
    placed = [c for c in everyone if material.placed(c)]
    before = [c for c in everyone if material.placed_on(c, since)]
    waiting = [c for c in everyone if not material.placed(c)]
    were, are = {c.id for c in before}, {c.id for c in placed}
    return [
        everyone,
        fresh,
        [c for c in everyone if c.id in spoken],
        advised,
        before,
        [c for c in placed if c.id not in were],
        [c for c in before if c.id not in are],
        placed,
        waiting,
        [c for c in waiting if c.id not in spoken],
    ]


def _opening(word: str, records: Collection[Any], material: Material, start: str) -> Opening:
    tell = _TELLERS.get(word, outcome_item)
    meaning = f"{word}：{MEANINGS[word].format(period=f'{start}至 {material.day} ', day=material.day)}"
    return Opening(items=partial(_told, tell, records, material), meaning=meaning)


def _told(tell: Callable[[Any, Material], Item], records: Collection[Any], material: Material) -> list[Item]:
    return [tell(record, material) for record in records]


def _tell_talk(record: tuple[str, Service], _material: Material) -> Item:
    return service_item(*record)


def _tell_advice(advice: Recommendation, _material: Material) -> Item:
    return advice_item(advice)


def _tell_person(case: Case, _material: Material) -> Item:
    return Item(case=case.id)


_TELLERS: dict[str, Callable[[Any, Material], Item]] = {
    "个案": _tell_person,
    "联系人次": _tell_talk,
    "被联系的人": _tell_person,
    "推荐人次": _tell_advice,
    "上期落实": _tell_person,
}
"""How each column tells its records; the others tell where the person stands."""


def _within(day: date, since: date | None) -> bool:
    return since is None or day > since
