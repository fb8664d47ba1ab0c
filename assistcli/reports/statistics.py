"""A statistics table (统计表): columns, rows, notes, and for every number what it is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial

from assistcli.errors import DataRejectedError
from assistcli.reports.chart import Chart
from assistcli.reports.opening import Cell, Opening, Place, open_difference, open_persons, total

WHOSE = "这一行说的人"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsTable:
    """Rows of a table with its footnotes; ``openings`` says what each number is made of.

    Of a note, ``asides`` says whom it speaks of and ``remedies`` what to do about it, which is for the screen
    and not for the paper. Where a row is about one person, ``whose`` holds their case ids, row by row.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    asides: Mapping[str, Opening] = field(default_factory=dict)
    remedies: Mapping[str, str] = field(default_factory=dict)
    openings: Mapping[Place, Opening] = field(default_factory=dict)
    whose: Sequence[str] = ()
    charts: tuple[Chart, ...] = ()

    @property
    def remarks(self) -> list[str]:
        """The notes for who can still do something about them."""
        return [f"{text}。{self.remedies[text]}" if text in self.remedies else text for text in self.notes]

    def opening(self, place: Place) -> Opening | None:
        """What the number at *place* is made of, else whom its row is about; ``None``: it is neither."""
        row, column = place
        if not (0 <= row < len(self.rows) and 0 <= column < len(self.columns)):
            return None
        if place not in self.openings and row < len(self.whose):
            return replace(open_persons([self.whose[row]], WHOSE), shows=None)
        return self.openings.get(place)


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
    numbers = list(zip(*([row[-1] for row in table.rows] for table in made), strict=True))
    rows = tuple(
        (*head, *line, difference(line[0], line[-1])) for head, line in zip(heads[0], numbers, strict=True)
    )
    columns = (*made[0].columns[:-1], *(f"{made[0].columns[-1]}（截至 {day}）" for day in days), "其间增减")
    notes = tuple(dict.fromkeys(remark for table in made for remark in table.notes))
    remedies = {text: remedy for table in made for text, remedy in table.remedies.items()}
    openings = _openings_of(made, days)
    asides = {text: opening for table in made for text, opening in table.asides.items()}
    told = replace(made[0], notes=notes, remedies=remedies, asides=asides)
    return replace(told, columns=columns, rows=rows, openings=openings)


def _openings_of(made: Sequence[StatisticsTable], days: Sequence[date]) -> dict[Place, Opening]:
    """What the last column of each table is made of, side by side, and what came between."""
    width = len(made[0].columns) - 1
    between = f"{days[0]} 之后至 {days[-1]} 增减的："
    found: dict[Place, Opening] = {}
    for row in range(len(made[0].rows)):
        opened = [table.openings.get((row, width)) for table in made]
        first, last = opened[0], opened[-1]
        found |= {(row, width + place): entry for place, entry in enumerate(opened) if entry}
        if first and last and first.shows and last.shows:
            shows = partial(_difference_shown, first, last)
            came = open_difference(first, last, between + last.meaning, shows)
            found[row, width + len(made)] = came
    return found


def _difference_shown(first: Opening, last: Opening, came: int) -> Cell:
    """How *came*, which leads from *first* to *last*, is printed."""
    if first.shows is None or last.shows is None:
        return None
    before = total(first.items())
    return difference(first.shows(before), last.shows(before + came))


def difference(first: Cell, last: Cell) -> Cell:
    """How much *last* is over *first*, exactly; ``None`` where one is no number."""
    if isinstance(first, int) and isinstance(last, int):
        return last - first
    try:
        return f"{Decimal(str(last)) - Decimal(str(first)):f}"
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


def open_share(part: Opening, whole: int, meaning: str) -> Opening:
    """The percentage that *part* is of *whole*: what the part is made of."""
    told = f"{meaning}；总数 {whole}"
    return replace(part, meaning=told, shows=partial(percent, whole=whole))
