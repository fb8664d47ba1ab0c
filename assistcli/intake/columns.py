"""Columns of a table to values and raw texts, a column at a time: each different cell is parsed once.

Ten thousand rows hold few different colleges and answers; this keeps import near the speed of reading.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from assistcli.fields import Field
from assistcli.intake.cells import CellReading, certain_test, read_cell
from assistcli.intake.sheet import Cell, Row
from assistcli.intake.table import Column
from assistcli.values import Value, usual_text


@dataclass(slots=True, kw_only=True)
class ColumnFacts:
    """What a table's columns state: names, then per person the values in the order of names.

    ``raws`` holds by person the texts that say more than the value; ``remarks`` what was refused or doubted.
    """

    names: list[str] = field(default_factory=list)
    values: list[list[Value | None]] = field(default_factory=list)
    raws: defaultdict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    remarks: list[tuple[int, str, CellReading]] = field(default_factory=list)

    def note_raws(self, name: str, keys: Sequence[object], texts: Mapping[object, str]) -> None:
        """Keep for field *name* the raw *texts* of the people whose cells are the *keys*."""
        if texts:
            for place, key in enumerate(keys):
                if key in texts:
                    self.raws[place][name] = texts[key]

    def facts_of(self) -> list[tuple[dict[str, Value], dict[str, str]]]:
        """(values, raw texts that say more) by field for each person; what is unknown is left out."""
        people = enumerate(zip(*self.values, strict=True))
        return [(_known(self.names, values), self.raws.get(place) or {}) for place, values in people]


def _known(names: Sequence[str], values: Sequence[Value | None]) -> dict[str, Value]:
    """The *values* by name, but those that are unknown."""
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def read_columns(columns: Sequence[Column], rows: Sequence[Row]) -> ColumnFacts:
    """What *columns* say in *rows*, one row per person."""
    facts = ColumnFacts()
    cells = list(zip_longest(*rows, fillvalue=""))
    blank = ("",) * len(rows)
    for column in columns:
        _read_column(column, cells[column.index] if column.index < len(cells) else blank, facts)
    return facts


def _read_column(column: Column, cells: Sequence[Cell], facts: ColumnFacts) -> None:
    keys: Sequence[object] = cells
    if not set(map(type, cells)) <= {str, float}:
        # 1, 1.0 and True are one dictionary key, but three different things to have in a cell.
        keys = [(type(cell), cell) for cell in cells]
    fields, first = column.match.fields, dict(zip(keys, cells, strict=True))
    certain = _certain_values(column, first)
    found = {
        key: read_cell(fields, column.match.reading, cell)
        for key, cell in first.items()
        if key not in certain
    }
    for entry in fields:
        values = certain | {key: reading.value_of(entry.name) for key, reading in found.items()}
        facts.names.append(entry.name)
        facts.values.append(list(map(values.__getitem__, keys)))
        facts.note_raws(entry.name, keys, {key: r.raw for key, r in found.items() if _tells(r, entry)})
    remarked = {key: reading for key, reading in found.items() if reading.remarked}
    if remarked:
        name = fields[0].name
        facts.remarks += [(place, name, remarked[key]) for place, key in enumerate(keys) if key in remarked]


def _certain_values(column: Column, first: Mapping[object, Cell]) -> dict[object, Value | None]:
    """What the cells state that leave no doubt."""
    is_certain = certain_test(column.match.fields[0], column.match.reading)
    if is_certain is None:
        return {}
    return {key: cell for key, cell in first.items() if isinstance(cell, str) and is_certain(cell)}


def _tells(reading: CellReading, entry: Field) -> bool:
    """Whether the raw text says more of *entry* than the value: it was refused, or reads otherwise."""
    value = reading.value_of(entry.name)
    if value is None:
        return bool(reading.error)
    return entry.kind == "money" or reading.raw != usual_text(value)
