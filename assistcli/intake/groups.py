"""Grouped lists: 学院 stands once, in the first row of its group, and the rows below it are left blank.

A blank means unknown, so this is read as a grouping only when the file says so: the first person has a
value, every value stands exactly once, at least half of the cells are blank, and no class or major that is
written in full lies in two groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistcli.intake.sheet import Cell, Row
from assistcli.intake.table import Column, Table
from assistcli.intake.vocabulary import words

FEWEST_GROUPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """A column by which a list is grouped: how many groups, how many blanks took the value above."""

    column: Column
    groups: int
    filled: int


def fill_groups(table: Table, rows: list[Row], people: Sequence[int]) -> list[Grouping]:
    """The grouping columns of *table*, their blanks now filled in *rows*; *people* are places in *rows*."""
    found = []
    for column in table.columns:
        if len(column.match.fields) == 1 and column.match.fields[0].name in words().groups:
            cells = [_cell(rows[place], column.index) for place in people]
            if is_grouping(cells) and not _is_contradicted(table, column, rows, people, cells):
                filled = _fill_down(rows, people, column.index)
                found.append(Grouping(column=column, groups=len(cells) - filled, filled=filled))
    return found


def is_grouping(cells: Sequence[Cell]) -> bool:
    """Whether a column's cells look like a value per group, standing in the group's first row."""
    values = [cell for cell in cells if cell != ""]
    return (
        len(values) >= FEWEST_GROUPS
        and cells[0] != ""
        and len(set(values)) == len(values)
        and len(values) * 2 <= len(cells)
    )


def _is_contradicted(
    table: Table, column: Column, rows: Sequence[Row], people: Sequence[int], cells: Sequence[Cell]
) -> bool:
    """Whether another grouping word written in full, a class say, would lie in two of the groups."""
    for other in table.columns:
        if other is column or other.match.fields[0].name not in words().groups:
            continue
        group = 0
        seen: dict[Cell, int] = {}
        for place, cell in zip(people, cells, strict=True):
            group += cell != ""
            value = _cell(rows[place], other.index)
            if value != "" and seen.setdefault(value, group) != group and _is_narrower(column, other):
                return True
    return False


def _is_narrower(column: Column, other: Column) -> bool:
    """Whether *other* divides what *column* groups: a class belongs to one college, a year to all of them."""
    return (column.match.fields[0].name, other.match.fields[0].name) in words().narrower


def _fill_down(rows: list[Row], people: Sequence[int], index: int) -> int:
    filled = 0
    above: Cell = ""
    for place in people:
        cell = _cell(rows[place], index)
        if cell != "":
            above = cell
            continue
        row = list(rows[place])
        row.extend([""] * (index + 1 - len(row)))
        row[index] = above
        rows[place] = row
        filled += 1
    return filled


def _cell(row: Row, index: int) -> Cell:
    return row[index] if index < len(row) else ""
