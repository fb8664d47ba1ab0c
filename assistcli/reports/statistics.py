"""A statistics table (统计表): columns, rows, notes, and for every number the people behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistcli.reports.chart import Chart

Cell = int | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsTable:
    """Rows of a table with its footnotes; ``people`` maps (row, column) to the case ids a cell counts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    people: Mapping[tuple[int, int], Sequence[str]] = field(default_factory=dict)
    charts: tuple[Chart, ...] = ()


def percent(part: int, whole: int | None) -> str | None:
    """*part* of *whole* as a percentage with one decimal, half up; 「—」 of zero, ``None`` of unknown."""
    if whole is None:
        return None
    if whole == 0:
        return "—"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"
