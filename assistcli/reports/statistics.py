"""A statistics table (统计表): columns, rows, notes, and for every number the people behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from assistcli.errors import DataRejectedError
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


def side_by_side(tables: Mapping[date, StatisticsTable]) -> StatisticsTable:
    """The table as of its day; as of several, a column of numbers for each, then what came between them.

    Raises:
        DataRejectedError: the rows of the tables are not the same but for the last column.
    """
    days, made = list(tables), list(tables.values())
    if len(made) == 1:
        return made[0]
    heads = [[row[:-1] for row in table.rows] for table in made]
    if any(head != heads[0] for head in heads):
        raise DataRejectedError(f"「{made[0].title}」各日的行不同，不能并列；请每个日期各做一张")
    width = len(made[0].columns) - 1
    numbers = list(zip(*([row[-1] for row in table.rows] for table in made), strict=True))
    rows = tuple(
        (*head, *line, difference(line[0], line[-1])) for head, line in zip(heads[0], numbers, strict=True)
    )
    columns = (*made[0].columns[:-1], *(f"{made[0].columns[-1]}（截至 {day}）" for day in days), "其间增减")
    people = {
        (row, width + place): cases
        for place, table in enumerate(made)
        for (row, column), cases in table.people.items()
        if column == width
    }
    notes = tuple(dict.fromkeys(remark for table in made for remark in table.notes))
    return replace(made[0], columns=columns, rows=rows, notes=notes, people=people)


def difference(first: Cell, last: Cell) -> Cell:
    """How much *last* is over *first*, exactly; ``None`` where one is no number."""
    if isinstance(first, int) and isinstance(last, int):
        return last - first
    try:
        return f"{(Decimal(str(last)) - Decimal(str(first))).normalize():f}"
    except InvalidOperation:
        return None


def percent(part: int, whole: int | None) -> str | None:
    """*part* of *whole* as a percentage with one decimal, half up; 「—」 of zero, ``None`` of unknown."""
    if whole is None:
        return None
    if whole == 0:
        return "—"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"
