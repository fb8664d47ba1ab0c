"""What every table owes its reader: each number opens, and what it opens to adds up to it."""

import re

from assistcli.reports.opening import Cell, Place
from assistcli.reports.statistics import StatisticsTable

ORDINAL = "序号"
NUMERIC = re.compile(r"-?\d+(\.\d+)?%?|—")
LABELS = {"学号", "班级", "贫困等级", "手机号码", "目标", "名称", "按"}
"""Columns in which figures may stand that count nothing."""


def is_number(column: str, cell: Cell) -> bool:
    """Whether *cell* under *column* is a number that counts something."""
    if column == ORDINAL or column in LABELS:
        return False
    return isinstance(cell, int) or (isinstance(cell, str) and NUMERIC.fullmatch(cell) is not None)


def numbers_of(table: StatisticsTable) -> list[Place]:
    """The places of the numbers of *table*."""
    return [
        (row, column)
        for row, line in enumerate(table.rows)
        for column, cell in enumerate(line)
        if is_number(table.columns[column], cell)
    ]


def assert_every_number_opens(table: StatisticsTable) -> None:
    """Each number of *table* has items that add up to it, and says in words what it counts."""
    for place in numbers_of(table):
        row, column = place
        opening = table.openings.get(place)
        where = f"{table.title} {table.rows[row][0]} {table.columns[column]}"
        assert opening is not None, where
        assert opening.meaning, where
        assert opening.shows is not None, where
        assert opening.agrees_with(table.rows[row][column]), where
    assert set(table.openings) >= set(numbers_of(table))
    for (row, column), opening in table.openings.items():
        assert opening.agrees_with(table.rows[row][column]), (table.title, row, column)


def cases_behind(table: StatisticsTable, place: Place) -> list[str]:
    """The case ids behind the number at *place*, each as often as it counts."""
    return [item.case for item in table.openings[place].items()]
