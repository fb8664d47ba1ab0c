"""Sheets of cells, as every kind of file is read into them.

A cell keeps the type the file gave it, because type is evidence: an ID number in a numeric cell is damaged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | float | int | bool | date | datetime | time | timedelta
Row = Sequence[Cell]
Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet (工作表), its rows from row 1; ``name`` is blank where the file has no sheets.

    ``merged`` holds (top, left, bottom, right) counted from 0; ``flaws`` the cells whose formula gave no
    value; ``ragged`` is true where a row may run on beyond its header; ``from_1904`` where days are counted
    from 1904, so that a bare number is another day than usual; ``keyed`` where row 1 holds keys of objects.
    """

    name: str
    rows: Sequence[Row]
    merged: Sequence[Range] = ()
    hidden: bool = False
    flaws: Mapping[tuple[int, int], str] = field(default_factory=dict)
    ragged: bool = False
    from_1904: bool = False
    keyed: bool = False


def plain_text(cell: Cell) -> str:
    """A cell as Excel shows it: 2013.0 is 2013, and no number has more than fifteen digits."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)
