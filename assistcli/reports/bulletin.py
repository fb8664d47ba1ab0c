"""The bulletin (通报): what was done and who was placed since the last one, by college and helper."""

from collections.abc import Callable, Iterable
from datetime import date

from assistcli.model import Case
from assistcli.reports.material import Material
from assistcli.reports.statistics import Cell, StatisticsTable

COLUMNS = (
    "按",
    "名称",
    "个案",
    "联系人次",
    "被联系的人",
    "推荐人次",
    "新落实",
    "累计落实",
    "未落实",
    "本期未联系",
)
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
    notes = (f"本期：{start}至 {material.day}", "发出后请记：assist record activity 通报 名称")
    return StatisticsTable(title=title, columns=COLUMNS, rows=tuple(rows), notes=notes, people=people)


def _college(case: Case) -> str:
    return "".join(case.text("学院").split())


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
    placed = [c for c in everyone if material.placed(c)]
    newly = [c.id for c in placed if _newly(c, material, since)]
    waiting = [c.id for c in everyone if not material.placed(c)]
    return [
        [c.id for c in everyone],
        fresh,
        [c.id for c in everyone if c.id in spoken],
        advised,
        newly,
        [c.id for c in placed],
        waiting,
        [id for id in waiting if id not in spoken],
    ]


def _newly(case: Case, material: Material, since: date | None) -> bool:
    outcome = material.outcome(case)
    return outcome is not None and _within(outcome.day, since)


def _within(day: date, since: date | None) -> bool:
    return since is None or day > since
