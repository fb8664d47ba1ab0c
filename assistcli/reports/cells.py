"""A table of single value cells (dalian-2011 附件3): each cell is a line of data that says what it counts.

Money is added up in fen and printed exactly in the cell's unit: printed parts add up to printed totals.
人 counts persons, 人次 entries. Which cells there are and what they count stands in ``tables/statistics``.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistcli.assistance import Fund
from assistcli.model import Case
from assistcli.reports.material import Material
from assistcli.reports.statistics import Cell, StatisticsTable

FOLDER = Path(__file__).parent.parent / "tables" / "statistics"
COLUMNS = ("编号", "项目", "单位", "数量")
FEN_IN = {"万元": 1_000_000, "元": 100}
PAID, PAID_ON, STAGE, FILE, PLACE = "助学资金", "发放日期", "就学阶段", "档案类别", "学校所在市"

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number, fen where the cell is money, and the cases behind it where it counts cases."""

    number: int
    cases: tuple[str, ...] | None = None


def cell_rules(pack: str) -> Rule | None:
    """The cells of the table that the notice *pack* prescribes, and its checks; ``None``: it has none."""
    path = FOLDER / f"{pack}.toml"
    if Path(pack).name != pack or not path.is_file():
        return None
    rules: Rule = tomllib.loads(path.read_text(encoding="utf-8"))
    return rules


def cut_offs(pack: str) -> tuple[date, ...]:
    """The days up to which the notice *pack* wants its table counted: at the hand-in, and its own cut-off."""
    rules = cell_rules(pack)
    return tuple(rules["cut_offs"]) if rules else ()


def spent_uses(pack: str) -> frozenset[str]:
    """Uses (用途) for which recorded money counts as spent and not as raised under *pack*."""
    rules = cell_rules(pack)
    return frozenset(use for cell in rules["cell"] for use in _words(cell, "uses")) if rules else frozenset()


def cell_table(pack: str, title: str, material: Material) -> StatisticsTable:
    """The table of *pack* over *material*.

    Raises:
        LookupError: the notice has no such table.
    """
    rules = cell_rules(pack)
    if rules is None:
        raise LookupError(pack)
    cells = rules["cell"]
    counts = [count_cell(cell, cells, material) for cell in cells]
    rows = tuple(_row(cell, count, material.year) for cell, count in zip(cells, counts, strict=True))
    people = {(n, 3): count.cases for n, count in enumerate(counts) if count.cases is not None}
    notes = [
        f"数据截至 {material.day}",
        str(rules["cut_off"]),
        *check_cells(rules, counts),
        *_undated(material),
    ]
    return StatisticsTable(title=title, columns=COLUMNS, rows=rows, notes=tuple(notes), people=people)


def count_cell(cell: Rule, cells: Sequence[Rule], material: Material) -> Count:
    """What *cell* counts in *material*."""
    return _COUNTERS[str(cell["count"])](cell, cells, material)


def check_cells(rules: Rule, counts: Sequence[Count]) -> list[str]:
    """What does not add up (R2-31, R2-32): totals that are not their parts' sum, parts over the whole."""
    number = [0, *(count.number for count in counts)]
    faults = []
    for total, *parts in rules["sums"]:
        if number[total] != sum(number[part] for part in parts):
            listed = "＋".join(str(part) for part in parts)
            faults.append(f"核对不符：第 {total} 格不等于第 {listed} 格之和；请查未填就学阶段等的个案")
    for part, whole in rules["at_most"]:
        if number[part] > number[whole]:
            faults.append(f"请核对：第 {part} 格大于第 {whole} 格")
    return faults


def format_amount(fen: int, unit: str) -> str:
    """*fen* in *unit* (万元 or 元), exactly: 40 fen are 0.00004 万元; nothing is rounded."""
    exact = Decimal(fen) / FEN_IN[unit]
    return f"{exact.normalize():f}"


def _row(cell: Rule, count: Count, year: int) -> tuple[Cell, ...]:
    unit = str(cell["unit"])
    value: Cell = format_amount(count.number, unit) if unit in FEN_IN else count.number
    letter = f"（{cell['letter']}）" if cell["letter"] else ""
    return (f"（{cell['group']}）{letter}", str(cell["label"]).format(year=year), unit, value)


def _undated(material: Material) -> list[str]:
    undated = sum(c.value(PAID) is not None and c.value(PAID_ON) is None for c in material.cases)
    return [f"{undated} 笔助学资金没有发放日期，未计入"] if undated else []


def _words(cell: Rule, name: str) -> list[str]:
    listed = cell.get(name, [])
    return [str(word) for word in listed] if isinstance(listed, list) else []


def _aided(cell: Rule, material: Material) -> list[Case]:
    """Cases that were paid by the day, in the year, and belong to the cell's group."""
    return [case for case in material.cases if _paid_in_time(case, material) and _belongs(cell, case)]


def _paid_in_time(case: Case, material: Material) -> bool:
    paid, day = case.value(PAID), case.text(PAID_ON)
    return bool(paid) and day[:4] == str(material.year) and day <= material.day.isoformat()


def _belongs(cell: Rule, case: Case) -> bool:
    stages, files, flag = _words(cell, "stages"), _words(cell, "files"), str(cell.get("flag", ""))
    if stages and case.text(STAGE) not in stages:
        return False
    if files and case.text(FILE) not in files:
        return False
    return not flag or case.value(flag) is True


def _count_aided(cell: Rule, _cells: Sequence[Rule], material: Material) -> Count:
    cases = tuple(case.id for case in _aided(cell, material))
    return Count(number=len(cases), cases=cases)


def _count_paid(cell: Rule, _cells: Sequence[Rule], material: Material) -> Count:
    cases = _aided(cell, material)
    return Count(number=sum(int(case.value(PAID) or 0) for case in cases), cases=tuple(c.id for c in cases))


def _graduates(cell: Rule, material: Material) -> list[Case]:
    wanted = str(cell.get("standing", ""))
    found = [case for case in material.cases if material.standing(case)]
    return [case for case in found if wanted in ("", material.standing(case))]


def _count_graduates(cell: Rule, _cells: Sequence[Rule], material: Material) -> Count:
    cases = tuple(case.id for case in _graduates(cell, material))
    return Count(number=len(cases), cases=cases)


def _count_placed(cell: Rule, _cells: Sequence[Rule], material: Material) -> Count:
    cases = tuple(case.id for case in _graduates(cell, material) if material.placed(case))
    return Count(number=len(cases), cases=cases)


def _count_unplaced(cell: Rule, _cells: Sequence[Rule], material: Material) -> Count:
    place = str(cell.get("studied_in", ""))
    cases = [case for case in _graduates(cell, material) if not material.placed(case)]
    chosen = tuple(case.id for case in cases if not place or place in case.text(PLACE))
    return Count(number=len(chosen), cases=chosen)


def _count_services(cell: Rule, _cells: Sequence[Rule], material: Material) -> Count:
    """Entries (人次), with each case as often as it was served."""
    kinds = _words(cell, "kinds")
    served = tuple(
        case.id
        for case in _graduates(cell, material)
        for contact in material.services(case)
        if contact.kind in kinds and contact.day.year == material.year
    )
    return Count(number=len(served), cases=served)


def _funds(material: Material) -> list[Fund]:
    return [fund for fund in material.funds if fund.day.year == material.year and fund.day <= material.day]


def _count_raised(cell: Rule, cells: Sequence[Rule], material: Material) -> Count:
    spoken_for = [use for other in cells for use in _words(other, "uses")]
    raised = [fund for fund in _funds(material) if not fund.out and fund.kind not in spoken_for]
    sources = [_words(other, "sources") for other in cells if other["count"] == "raised"]
    if cell.get("other"):
        raised = [fund for fund in raised if not any(_named(fund, words) for words in sources)]
    elif words := _words(cell, "sources"):
        raised = [f for f in raised if next((w for w in sources if _named(f, w)), None) == words]
    return Count(number=sum(fund.amount for fund in raised))


def _named(fund: Fund, words: Iterable[str]) -> bool:
    return any(word in fund.source for word in words)


def _count_fund_sum(cell: Rule, _cells: Sequence[Rule], material: Material) -> Count:
    return Count(number=sum(f.amount for f in _funds(material) if f.kind in _words(cell, "uses")))


def _count_fund_entries(cell: Rule, _cells: Sequence[Rule], material: Material) -> Count:
    return Count(number=sum(f.kind in _words(cell, "uses") for f in _funds(material)))


def _count_activities(cell: Rule, _cells: Sequence[Rule], material: Material) -> Count:
    held = [a for a in material.activities if a.day.year == material.year and a.day <= material.day]
    chosen = [activity for activity in held if activity.kind in _words(cell, "kinds")]
    if cell["count"] == "posts":
        return Count(number=sum(activity.posts or 0 for activity in chosen if not activity.again))
    return Count(number=len(chosen))


def _count_openings(cell: Rule, _cells: Sequence[Rule], material: Material) -> Count:
    jobs = [job for job in material.jobs if job.day.year == material.year and job.day <= material.day]
    return Count(
        number=sum(job.openings or 0 for job in jobs if job.employer_class in _words(cell, "classes"))
    )


_COUNTERS: Mapping[str, Callable[[Rule, Sequence[Rule], Material], Count]] = {
    "aided": _count_aided,
    "paid": _count_paid,
    "graduates": _count_graduates,
    "placed": _count_placed,
    "unplaced": _count_unplaced,
    "services": _count_services,
    "raised": _count_raised,
    "fund_sum": _count_fund_sum,
    "fund_entries": _count_fund_entries,
    "activities": _count_activities,
    "posts": _count_activities,
    "openings": _count_openings,
}
