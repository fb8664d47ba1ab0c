"""A table of single value cells (dalian-2011 附件3): each cell is a line of data that says what it counts.

Money is added up in fen and printed exactly in the cell's unit, unless the office wants so many decimals of
万元: then printed parts still add up to printed totals. Which cells there are, what they count and what that
means in words stands in ``tables/statistics``.
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path

from assistcli.reports.counting import PAID, PAID_ON, Rule, counter_of, words_of
from assistcli.reports.crosscheck import Figure, check_figures
from assistcli.reports.items import fact_trace
from assistcli.reports.material import Material
from assistcli.reports.opening import Cell, Item, Opening, itself, open_aside
from assistcli.reports.rounding import MOST_DECIMALS, Rounding, round_amounts
from assistcli.reports.statistics import StatisticsTable

FOLDER = Path(__file__).parent.parent / "tables" / "statistics"
COLUMNS = ("编号", "项目", "单位", "数量")
VALUE = COLUMNS.index("数量")
ROUNDED = "万元"
FEN_IN = {"万元": 1_000_000, "元": 100}


@cache
def cell_rules(pack: str) -> Rule | None:
    """The cells of the table that the notice *pack* prescribes, and its checks; ``None``: it has none."""
    path = FOLDER / f"{pack}.toml"
    if Path(pack).name != pack or not path.is_file():
        return None
    rules: Rule = tomllib.loads(path.read_text(encoding="utf-8"))
    return rules


def cut_offs(pack: str) -> tuple[date, ...]:
    """The days up to which the notice *pack* wants its table counted: at the hand-in, and its own cut-off."""
    rules = cell_rules(pack)
    return tuple(rules["cut_offs"]) if rules else ()


def spent_uses(pack: str) -> frozenset[str]:
    """Uses (用途) for which recorded money counts as spent and not as raised under *pack*."""
    rules = cell_rules(pack)
    return (
        frozenset(use for cell in rules["cell"] for use in words_of(cell, "uses")) if rules else frozenset()
    )


def cell_table(pack: str, title: str, material: Material, decimals: int | None = None) -> StatisticsTable:
    """The table of *pack* over *material*; 万元 with so many *decimals*, exactly where none are given.

    Raises:
        LookupError: the notice has no such table.
    """
    rules = cell_rules(pack)
    if rules is None:
        raise LookupError(pack)
    cells = rules["cell"]
    numbers = [counter_of(cell).number(cell, cells, material) for cell in cells]
    rounding = _rounding(rules, numbers, decimals)
    rows = tuple(
        (code_of(cell), label_of(cell, material.year), str(cell["unit"]),
         rounding.printed.get(line) or _shown(cell, number))
        for line, (cell, number) in enumerate(zip(cells, numbers, strict=True), 1)
    )  # fmt: skip
    faults = [*check_figures(rules, figures_of(cells, numbers, material.year), material.day)]
    told, asides = [fault.told for fault in faults], _undated(material)
    notes = [f"数据截至 {material.day}", str(rules["cut_off"]), str(rules["units"]), *told, *asides]
    notes += rounding.notes(decimals, ROUNDED) if decimals is not None and rounding.printed else []
    openings = {
        (line - 1, VALUE): _opening(cell, rules, material, (number, rounding.printed.get(line)))
        for line, (cell, number) in enumerate(zip(cells, numbers, strict=True), 1)
    }
    return StatisticsTable(
        title=title,
        columns=COLUMNS,
        rows=rows,
        notes=tuple(notes),
        remedies=dict(faults),
        asides=asides,
        openings=openings,
    )


def figures_of(cells: Sequence[Rule], numbers: Sequence[int], year: int) -> list[Figure]:
    """The *numbers* of the cells, ready to be held against each other."""
    return [
        Figure(
            line=line,
            name=code_of(cell) + label_of(cell, year),
            number=number,
            shows=partial(_with_unit, str(cell["unit"])),
        )
        for line, (cell, number) in enumerate(zip(cells, numbers, strict=True), 1)
    ]


def code_of(cell: Rule) -> str:
    """编号 of *cell* as the notice prints it; it invents no letter (R2-29)."""
    return f"（{cell['group']}）" + (f"（{cell['letter']}）" if cell["letter"] else "")


def label_of(cell: Rule, year: int) -> str:
    """项目 of *cell*."""
    return str(cell["label"]).format(year=year)


def format_amount(fen: int, unit: str) -> str:
    """*fen* in *unit* (万元 or 元), exactly: 40 fen are 0.00004 万元; nothing is rounded."""
    exact = Decimal(fen) / FEN_IN[unit]
    return f"{exact.normalize():f}"


def _with_unit(unit: str, number: int) -> str:
    return f"{format_amount(number, unit) if unit in FEN_IN else number} {unit}"


def _shown(cell: Rule, number: int) -> Cell:
    return format_amount(number, str(cell["unit"])) if cell["unit"] in FEN_IN else number


def _rounding(rules: Rule, numbers: Sequence[int], decimals: int | None) -> Rounding:
    """How 万元 are printed; nothing where they are exact."""
    if decimals is None or decimals >= MOST_DECIMALS:
        return Rounding(printed={})
    amounts = {
        line: number
        for line, (cell, number) in enumerate(zip(rules["cell"], numbers, strict=True), 1)
        if cell["unit"] == ROUNDED
    }
    sums = [(int(rule["total"]), list(rule["parts"])) for rule in rules["sum"]]
    return round_amounts(amounts, sums, FEN_IN[ROUNDED], decimals)


def _opening(cell: Rule, rules: Rule, material: Material, rounded: tuple[int, str | None]) -> Opening:
    money = cell["unit"] in FEN_IN
    exact = partial(format_amount, unit=str(cell["unit"]))
    return Opening(
        items=partial(counter_of(cell).items, cell, rules["cell"], material),
        meaning=meaning_of(cell, rules, material),
        shows=partial(_printed, exact, rounded) if money else itself,
        money=money,
    )


def _printed(exact: Callable[[int], str], rounded: tuple[int, str | None], number: int) -> str:
    """How *number* is printed: as it was rounded with the others where it is that number, else exactly."""
    fen, text = rounded
    return text if text is not None and number == fen else exact(number)


def meaning_of(cell: Rule, rules: Rule, material: Material) -> str:
    """What *cell* counts, in words, with the place in the notice."""
    last = min(material.day, date(material.year, 12, 31))
    days = {"year": material.year, "first": date(material.year, 1, 1), "last": last}
    told = [rules["meaning"][cell["count"]].format(**days)]
    told += [rules["limit"][name].format(words=words, **days) for name, words in _limits(cell, rules)]
    return f"{cell['unit']}＝{'；'.join(told)}（{rules['annex']}{code_of(cell)}）"


def _limits(cell: Rule, rules: Rule) -> Iterator[tuple[str, str]]:
    for name in rules["limit"]:
        if name in cell:
            yield name, "、".join(words_of(cell, name)) or str(cell[name])


def _undated(material: Material) -> dict[str, Opening]:
    """Aid of which nobody said when it was paid."""
    lacking = [c for c in material.cases if c.value(PAID) is not None and c.value(PAID_ON) is None]
    items = [Item(1, case.id, None, f"{PAID}，没有{PAID_ON}", fact_trace(case, PAID)) for case in lacking]
    return {f"{len(items)} 笔助学资金没有发放日期，未计入": open_aside(items)} if items else {}
