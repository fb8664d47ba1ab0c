"""Indicators (指标): each with its definition, both numbers, the target of the notice, and who is missing.

What is counted of whom stands in the packs (``[[indicator]]``); for every office in ``tables/indicators``.
Where a notice does not say of whom a rate is, every denominator is printed (A-14). A name that a notice sets
a target for carries that target. 人 are persons, 人次 entries; nothing is rounded to 余 or 近.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from assistcli.model import Case
from assistcli.policy.citation import Citation
from assistcli.policy.practice import NUMBERS, Indicator, Quota, Target
from assistcli.reports.material import Material
from assistcli.reports.measures import Measures
from assistcli.reports.opening import Cell, Item, Opening, Place, open_aside, open_persons, total
from assistcli.reports.statistics import StatisticsTable, open_share, percent
from assistcli.reports.tallies import tallies_of

TABLE = Path(__file__).parent.parent / "tables" / "indicators.toml"
COLUMNS = ("指标", "定义", "数", "总数", "比率", "目标", "未达到")
NUMBER, WHOLE, SHARE, MISSING = 2, 3, 4, 6
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
    return tuple(_general(entry) for entry in _table()["indicator"])


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def explain_words(words: Iterable[str], year: int) -> str:
    """What each of *words* means, for a table of *year*."""
    meanings = _table()["word"]
    return "；".join(f"{word}：{meanings[word].format(year=year)}" for word in words)


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


Tell = Callable[[Case], Item]
"""What there is to say of a case beside a rate."""
Head = tuple[str, str, str, str]
"""Of a rate: name, definition, goal, and what the words of the definition mean."""


def _told(tell: Tell, cases: Sequence[Case]) -> list[Item]:
    return [tell(case) for case in cases]


class _Rows:
    """Rows of the table with what their numbers are made of, as they are added."""

    def __init__(self) -> None:
        self.rows: list[tuple[Cell, ...]] = []
        self.openings: dict[Place, Opening] = {}
        self.asides: dict[str, Opening] = {}

    def add_number(self, name: str, definition: str, opening: Opening, number: int, goal: str) -> None:
        """Add a plain *number*."""
        self.openings[len(self.rows), NUMBER] = opening
        self.rows.append((name, definition, number, None, None, goal, None))

    def add_rate(self, head: Head, held: Sequence[Case], lacking: Sequence[Case], tell: Tell) -> None:
        """Add a rate: who holds it, of whom, and who is missing."""
        name, definition, goal, words = head
        row, whole = len(self.rows), len(held) + len(lacking)
        share = percent(len(held), whole)
        for column, cases, which in (
            (NUMBER, held, "达到的人"),
            (WHOLE, [*held, *lacking], "总数里的人"),
            (MISSING, lacking, "总数里没有达到的人"),
        ):
            items = partial(_told, tell, cases)
            meaning = f"{name}，{which}：{definition}。{words}"
            self.openings[row, column] = Opening(items=items, meaning=meaning)
        opened = self.openings[row, NUMBER]
        self.openings[row, SHARE] = open_share(opened, whole, f"{name}＝数÷总数：{definition}。{words}")
        self.rows.append((name, definition, len(held), whole, share, goal, len(lacking)))


def indicator_table(
    material: Material, objects: Sequence[Case], yardstick: Yardstick, title: str
) -> StatisticsTable:
    """Every indicator over *material*; *objects* are the cases that the notices are about (帮扶对象)."""
    measures, made = Measures(material, objects, yardstick.quotas, yardstick.since), _Rows()
    goals = {target.name: _goal(target, yardstick.adopted) for target in yardstick.targets}
    for indicator in chosen_indicators(yardstick.indicators):
        if indicator.counts != SERVED or yardstick.quotas:
            _add_indicator(made, indicator, measures, goals.get(indicator.name, ""), yardstick)
    for name, definition, number, items in tallies_of(material, objects):
        opening = Opening(items=items, meaning=f"{name}：{definition}")
        made.add_number(name, definition, opening, number, goals.get(name, ""))
    notes = (*made.asides, f"数据截至 {material.day}", "每个数都能打开：--who 行,列；「未达到」是第 7 列")
    return StatisticsTable(
        title=title,
        columns=COLUMNS,
        rows=tuple(made.rows),
        notes=notes,
        openings=made.openings,
        asides=made.asides,
    )


def _add_indicator(
    made: _Rows, indicator: Indicator, measures: Measures, goal: str, yardstick: Yardstick
) -> None:
    name, plain, year = indicator.name, _defined(indicator, ""), measures.material.year
    meaning = f"{name}：{plain}。{explain_words([indicator.counts], year)}"
    if indicator.counts in NUMBERS:
        items = measures.items(indicator.counts)
        opening = Opening(items=lambda: items, meaning=meaning)
        made.add_number(name, plain, opening, total(items), goal)
    elif not indicator.of:
        ids = [case.id for case in _flagged(indicator, measures.group(indicator.counts))]
        made.add_number(name, plain, open_persons(ids, f"{meaning}；每人计一"), len(ids), goal)
    for label, group in indicator.groups(yardstick.adopted):
        among = _flagged(indicator, measures.group(group))
        made.asides |= _unflagged(indicator, measures.group(group))
        held = [case for case in among if measures.holds(indicator.counts, case)]
        lacking = [case for case in among if not measures.holds(indicator.counts, case)]
        called, words = (
            f"{name}（{label}）" if label else name,
            explain_words([indicator.counts, group], year),
        )
        head = called, _defined(indicator, group, yardstick), goal, words
        made.add_rate(head, held, lacking, partial(measures.tell, indicator.counts))


def _unflagged(indicator: Indicator, cases: Sequence[Case]) -> dict[str, Opening]:
    """Who may belong to it and nobody said so: unknown is not no."""
    unknown = [Item(case=c.id) for c in cases if indicator.flag and c.value(indicator.flag) is None]
    told = f"{indicator.name}：另有 {len(unknown)} 人{indicator.flag}未填，未计入"
    return {told: open_aside(unknown)} if unknown else {}


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
