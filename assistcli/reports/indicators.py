"""Indicators (指标): each with its definition, both numbers, the target of the notice, and who is missing.

What is counted of whom stands in the packs (``[[indicator]]``); for every office in ``tables/indicators``.
Where a notice does not say of whom a rate is, every denominator is printed (A-14). A name that a notice sets
a target for carries that target. 人 are persons, 人次 entries; nothing is rounded to 余 or 近.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from assistcli.followup.placement import destinations
from assistcli.model import Case
from assistcli.policy.citation import Citation
from assistcli.policy.practice import NUMBERS, Indicator, Quota, Target
from assistcli.reports.material import Material
from assistcli.reports.measures import Measures
from assistcli.reports.statistics import Cell, StatisticsTable, percent

TABLE = Path(__file__).parent.parent / "tables" / "indicators.toml"
COLUMNS = ("指标", "定义", "数", "总数", "比率", "目标", "未达到")
NUMBER, WHOLE, MISSING = 2, 3, 6
SERVED = "服务达标"


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What the notices in use measure by: indicators, targets, services owed since when, readings adopted."""

    indicators: Sequence[Indicator]
    targets: Sequence[Target]
    quotas: tuple[Quota, ...]
    since: date | None = None
    adopted: Mapping[str, str] = field(default_factory=dict)


@cache
def general_indicators() -> tuple[Indicator, ...]:
    """The indicators of every office, from ``tables/indicators.toml``."""
    entries = tomllib.loads(TABLE.read_text(encoding="utf-8"))["indicator"]
    return tuple(_general(entry) for entry in entries)


def _general(entry: Mapping[str, object]) -> Indicator:
    of = entry.get("of", {})
    return Indicator(
        name=str(entry["name"]),
        counts=str(entry["counts"]),
        of={str(k): str(v) for k, v in of.items()} if isinstance(of, dict) else {"": str(of)},
        labels={},
        reading="",
        flag=str(entry.get("flag", "")),
        citation=Citation(clause="", quote=""),
    )


def chosen_indicators(own: Iterable[Indicator]) -> list[Indicator]:
    """The general indicators, those that a notice defines itself in its words; the first notice's counts."""
    defined: dict[str, Indicator] = {}
    for indicator in own:
        defined.setdefault(indicator.name, indicator)
    general = [defined.pop(indicator.name, indicator) for indicator in general_indicators()]
    return [*general, *defined.values()]


class _Rows:
    """Rows of the table with the people behind their numbers, as they are added."""

    def __init__(self) -> None:
        self.rows: list[tuple[Cell, ...]] = []
        self.people: dict[tuple[int, int], Sequence[str]] = {}

    def add(self, row: tuple[Cell, ...], **people: Sequence[Case]) -> None:
        """Add *row*; *people* names the columns that open to cases."""
        for column, cases in people.items():
            place = {"number": NUMBER, "whole": WHOLE, "missing": MISSING}[column]
            self.people[len(self.rows), place] = [case.id for case in cases]
        self.rows.append(row)


def indicator_table(
    material: Material, objects: Sequence[Case], yardstick: Yardstick, title: str
) -> StatisticsTable:
    """Every indicator over *material*; *objects* are the cases that the notices are about (帮扶对象)."""
    measures, made = Measures(material, objects, yardstick.quotas, yardstick.since), _Rows()
    goals = {target.name: _goal(target, yardstick.adopted) for target in yardstick.targets}
    for indicator in chosen_indicators(yardstick.indicators):
        if indicator.counts != SERVED or yardstick.quotas:
            _add_indicator(made, indicator, measures, goals.get(indicator.name, ""), yardstick)
    for name, definition, cases in _groups(material, objects):
        made.add((name, definition, len(cases), None, None, goals.get(name, ""), None), number=cases)
    for name, definition, number in _entries(material):
        made.add((name, definition, number, None, None, goals.get(name, ""), None))
    notes = (f"数据截至 {material.day}", "每个数字都能打开：--who 行,列；「未达到」是第 7 列")
    return StatisticsTable(
        title=title, columns=COLUMNS, rows=tuple(made.rows), notes=notes, people=made.people
    )


def _add_indicator(
    made: _Rows, indicator: Indicator, measures: Measures, goal: str, yardstick: Yardstick
) -> None:
    if indicator.counts in NUMBERS:
        number = measures.number(indicator.counts)
        made.add((indicator.name, _defined(indicator, ""), number, None, None, goal, None))
    elif not indicator.of:
        cases = _flagged(indicator, measures.group(indicator.counts))
        made.add((indicator.name, _defined(indicator, ""), len(cases), None, None, goal, None), number=cases)
    for label, group in indicator.groups(yardstick.adopted):
        among = _flagged(indicator, measures.group(group))
        held = [case for case in among if measures.holds(indicator.counts, case)]
        lacking = [case for case in among if not measures.holds(indicator.counts, case)]
        name = f"{indicator.name}（{label}）" if label else indicator.name
        definition = _defined(indicator, group, yardstick)
        share = percent(len(held), len(among))
        row = (name, definition, len(held), len(among), share, goal, len(lacking))
        made.add(row, number=held, whole=among, missing=lacking)


def _flagged(indicator: Indicator, cases: Sequence[Case]) -> Sequence[Case]:
    return [c for c in cases if c.value(indicator.flag) is True] if indicator.flag else cases


def _defined(indicator: Indicator, group: str, yardstick: Yardstick | None = None) -> str:
    """The definition: what is counted, of whom, with the services that make it up, reading and clause."""
    counts = indicator.counts
    if counts == SERVED and yardstick:
        counts = "、".join(f"{quota.kind}{quota.least}次" for quota in yardstick.quotas)
    option = yardstick.adopted.get(indicator.reading, "") if yardstick else ""
    parts = [f"{counts}÷{group}" if group else counts]
    parts += [f"限{indicator.flag}"] if indicator.flag else []
    parts += [f"口径 {indicator.reading}={option or '未定'}"] if indicator.reading else []
    clause = f"（{indicator.citation.clause}）" if indicator.citation.clause else ""
    return "，".join(parts) + clause


def _goal(target: Target, adopted: Mapping[str, str]) -> str:
    """The target as the notice sets it: at least, and the goal beyond; by the reading that was adopted."""
    option = adopted.get(target.reading, "")
    words = [(f"至少 {target.under[option]}{target.unit}")] if option in target.under else _open_goal(target)
    by = f"，口径 {target.reading}={option or '未定'}" if target.reading else ""
    return "，".join(filter(None, (target.period, *words))) + f"（{target.citation.clause}{by}）"


def _open_goal(target: Target) -> list[str]:
    least = [f"至少 {target.least}{target.unit}"] if target.least else []
    return least + ([f"争取 {target.goal}{target.unit}"] if target.goal else [])


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


def _entries(material: Material) -> Iterator[tuple[str, str, int]]:
    """Entries by kind (人次), and activities by kind (场次)."""
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
