"""``assist report … --who``: what one number is made of, whether that adds up, and where it was entered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistcli.book.casebook import Casebook
from assistcli.book.caserecord import case_head
from assistcli.book.entered import Entered, events_entered, fact_entered, figure_entered
from assistcli.errors import DataRejectedError, UsageError
from assistcli.model import Case
from assistcli.money import format_yuan
from assistcli.output import Table, answer, answer_each, note
from assistcli.reports.opening import FACT, OFFICE, Cell, Item, Opening, Place, total
from assistcli.reports.statistics import StatisticsTable
from assistcli.values import iso_or_none, listed_words

NOBODY: dict[str, str | None] = {"case": None, "student_no": None, "name": None, "pack": None}
HEADINGS = ("日期", "个案", "姓名", "学院", "班级", "事项")
WHERE = "记录处"
NOTE = "注"
MOST_SHOWN = 1000
Cases = Mapping[str, Sequence[Case]]
"""Each case as the table saw it on its days, the last day last."""
Looked = tuple[Item, Case | None, Entered | None]
"""An item, whose it is, and where it was entered."""


def answer_opening(table: StatisticsTable, who: str, cases: Cases, book: Casebook, as_json: bool) -> None:
    """Print what the number at *who*, 1-based row and column, is made of; *cases* as the table saw them."""
    head, cell, opening = _find_note(table, who) or _find_cell(table, read_place(who))
    items = opening.items()
    summed = sum_line(opening, items, cell)
    if as_json:
        for line in (opening.meaning, summed):
            note(line)
        answer_each(_data(*one, opening.money) for one in look_up(items, cases, book))
        return
    shown = [*look_up(items[:MOST_SHOWN], cases, book)]
    table_of = [_shown(shown, opening.money)] if shown else []
    rest = len(items) - len(shown)
    more = [f"……另有 {rest} 条没有列出；全部列出请加 --json"] if rest else []
    answer(False, None, head, opening.meaning, *table_of, *more, summed)


Found = tuple[str, Cell, Opening]
"""What the reader pointed at in words, what is printed there, and what it is made of."""


def _find_cell(table: StatisticsTable, place: Place) -> Found:
    opening = find_opening(table, place)
    cell = table.rows[place[0]][place[1]]
    return f"{_label(table, place)}　{'' if cell is None else cell}".rstrip(), cell, opening


def _find_note(table: StatisticsTable, who: str) -> Found | None:
    """The note that *who* names, ``注,2``; ``None``: it names a cell.

    Raises:
        DataRejectedError: there is no such note, or it speaks of nobody.
    """
    word, *numbers = listed_words(who) or [""]
    if word != NOTE or len(numbers) != 1 or not numbers[0].isdecimal():
        return None
    number = int(numbers[0])
    if not 0 < number <= len(table.notes):
        raise DataRejectedError(f"「{table.title}」只有 {len(table.notes)} 条附注，没有第 {number} 条")
    text = table.notes[number - 1]
    if text not in table.asides:
        raise DataRejectedError(f"第 {number} 条附注没有说到人或记录：{text}")
    return f"{table.title}　注{number}：{text}", None, table.asides[text]


def read_place(who: str) -> Place:
    """The place that *who* names, counted from 0.

    Raises:
        UsageError: it is no row and column.
    """
    numbers = listed_words(who)
    if len(numbers) != 2 or not all(number.isdecimal() for number in numbers):
        raise UsageError(f"--who「{who}」应写成 行,列 或 注,几，例：--who 1,3")
    return int(numbers[0]) - 1, int(numbers[1]) - 1


def find_opening(table: StatisticsTable, place: Place) -> Opening:
    """What the cell at *place* is made of.

    Raises:
        DataRejectedError: it is outside the table, blank, or no number.
    """
    row, column = place
    if not (0 <= row < len(table.rows) and 0 <= column < len(table.columns)):
        size = f"{len(table.rows)} 行 {len(table.columns)} 列"
        raise DataRejectedError(f"「{table.title}」只有 {size}，没有第 {row + 1} 行第 {column + 1} 列")
    opening = table.opening(place)
    if opening is None:
        why = "还没有数" if table.rows[row][column] is None else "不是数"
        raise DataRejectedError(f"第 {row + 1} 行第 {column + 1} 列「{table.columns[column]}」{why}")
    return opening


def look_up(items: Sequence[Item], cases: Cases, book: Casebook) -> Iterator[Looked]:
    """Each of *items* with its case and where it was entered."""
    events: dict[str, set[tuple[str, str]]] = {}
    for trace in filter(None, (item.trace for item in items)):
        if trace.kind not in (FACT, OFFICE):
            events.setdefault(trace.kind, set()).add((trace.id, trace.part))
    found = {kind: events_entered(book.backend, kind, keys) for kind, keys in events.items()}
    for item in items:
        yield item, cases[item.case][-1] if item.case in cases else None, _entered(item, found, cases, book)


def _entered(
    item: Item, found: Mapping[str, Mapping[tuple[str, str], Entered]], cases: Cases, book: Casebook
) -> Entered | None:
    """Where *item* was entered; ``None``: it follows from all that is known of its case."""
    trace = item.trace
    if trace is None:
        return None
    if trace.kind == FACT:
        seen = cases.get(trace.id, ())
        meant = [case for case in seen if case.value(trace.part) == abs(item.number)] or seen[-1:]
        return fact_entered(book.backend, meant[0], trace.part) if meant else None
    if trace.kind == OFFICE:
        return figure_entered(book.backend, trace.id, trace.part)
    return found[trace.kind].get((trace.id, trace.part))


def sum_line(opening: Opening, items: Sequence[Item], cell: Cell) -> str:
    """What the *items* add up to, and whether that is the printed *cell*."""
    summed = total(items)
    told = f"共 {len(items)} 条"
    if opening.shows is None:
        return told
    plain = format_yuan(summed) if opening.money else str(summed)
    told += f"，合计 {plain} 元" if opening.money else f"，合计 {plain}"
    printed = opening.shows(summed)
    told += "" if str(printed) == plain else f"，即 {printed}"
    if printed == cell:
        return f"{told}；与表中的数一致"
    return f"{told}；与表中的数 {cell} 不一致，是程序的错误：请把这一行告诉程序的维护人"


def _label(table: StatisticsTable, place: Place) -> str:
    """Table, row and column in words."""
    row, column = place
    words = [cell for cell in table.rows[row][:column] if isinstance(cell, str) and cell][:2]
    return f"{table.title}　{' '.join(words)}　{table.columns[column]}".replace("　　", "　")


def _data(item: Item, case: Case | None, entered: Entered | None, money: bool) -> dict[str, Any]:
    """*item* as JSON: the person, what and how much, and where it was entered."""
    return {
        **(case_head(case) | {"pack": case.pack} if case else NOBODY),
        "date": iso_or_none(item.day),
        "what": item.what or None,
        "amount": format_yuan(item.number) if money else None,
        "count": None if money else item.number,
        "transaction": entered.transaction if entered else None,
        "command": entered.command if entered else None,
        "source": (entered.source or None) if entered else None,
        "at": entered.at if entered else None,
        "by": entered.by if entered else None,
    }


def _shown(looked: Sequence[Looked], money: bool) -> Table:
    """The items for the screen, without the columns in which nothing stands."""
    heads = (*HEADINGS, "金额（元）" if money else "数", WHERE)
    rows = [_row(item, case, entered, money) for item, case, entered in looked]
    plain = all(row[-2] == "1" for row in rows) and not money
    kept = [
        place
        for place, head in enumerate(heads)
        if any(row[place] for row in rows) and not (plain and head == "数")
    ]
    return Table([heads[place] for place in kept], [[row[place] for place in kept] for row in rows])


def _row(item: Item, case: Case | None, entered: Entered | None, money: bool) -> tuple[str, ...]:
    person = (case.call_name, case.name, case.text("学院"), case.text("班级")) if case else ("",) * 4
    number = format_yuan(item.number) if money else str(item.number)
    where = entered.told if entered else ""
    return (iso_or_none(item.day) or "", *person, item.what, number, where)
