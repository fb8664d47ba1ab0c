"""Columns of a table to values and raw texts, a column at a time: each different cell is parsed once.

Ten thousand rows hold few different colleges and answers; this keeps import near the speed of reading.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from assistcli.intake.cells import CellReading, certain_reader, read_cell
from assistcli.intake.sheet import Cell, Row
from assistcli.intake.table import Column
from assistcli.values import Value

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class ColumnFacts:
    """What a table's columns state: names, then per person the values and raw texts in the order of names."""

    names: list[str] = field(default_factory=list)
    values: list[list[Value | None]] = field(default_factory=list)
    raws: list[list[str]] = field(default_factory=list)
    remarks: list[tuple[int, str, CellReading]] = field(default_factory=list)

    def facts_of(self) -> list[tuple[dict[str, Value], dict[str, str]]]:
        """(values, raw texts) by field for each person; what is unknown is left out."""
        people = zip(zip(*self.values, strict=True), zip(*self.raws, strict=True), strict=True)
        return [(_known(self.names, values, None), _known(self.names, raws, "")) for values, raws in people]


def _known(names: Sequence[str], members: Sequence[T], blank: T) -> dict[str, Any]:
    """The *members* by name, but those that are *blank*."""
    if blank not in members:
        return dict(zip(names, members, strict=True))
    return {name: member for name, member in zip(names, members, strict=True) if member != blank}


def read_columns(columns: Sequence[Column], rows: Sequence[Row]) -> ColumnFacts:
    """What *columns* say in *rows*, one row per person."""
    facts = ColumnFacts()
    shortest = min(map(len, rows), default=0)
    for column in columns:
        index = column.index
        if index < shortest:
            cells = [row[index] for row in rows]
        else:
            cells = [row[index] if index < len(row) else "" for row in rows]
        _read_column(column, cells, facts)
    return facts


def _read_cells(column: Column, first: Mapping[object, Cell]) -> dict[object, CellReading]:
    """What each different cell of a column states."""
    fields, reading = column.match.fields, column.match.reading
    certain, name = certain_reader(fields[0], reading), fields[0].name
    if certain is None:
        return {key: read_cell(fields, reading, cell) for key, cell in first.items()}
    found = {}
    for key, cell in first.items():
        sure = certain(cell) if isinstance(cell, str) else ""
        found[key] = CellReading(((name, sure),), sure) if sure else read_cell(fields, reading, cell)
    return found


def _read_column(column: Column, cells: Sequence[Cell], facts: ColumnFacts) -> None:
    keys: Sequence[object] = cells
    if not set(map(type, cells)) <= {str, float}:
        # 1, 1.0 and True are one dictionary key, but three different things to have in a cell.
        keys = [(type(cell), cell) for cell in cells]
    first = dict(zip(keys, cells, strict=True))
    found = _read_cells(column, first)
    for entry in column.match.fields:
        values = {key: reading.value_of(entry.name) for key, reading in found.items()}
        refused = entry is column.match.fields[0]
        raws = {
            key: reading.raw if values[key] is not None or (refused and reading.error) else ""
            for key, reading in found.items()
        }
        facts.names.append(entry.name)
        facts.values.append(list(map(values.__getitem__, keys)))
        facts.raws.append(list(map(raws.__getitem__, keys)))
    remarked = {key for key, reading in found.items() if reading.remarked}
    if remarked:
        name = column.match.fields[0].name
        facts.remarks += [(place, name, found[key]) for place, key in enumerate(keys) if key in remarked]
