"""The room of each cell that cannot grow, read from the template's table geometry."""

from __future__ import annotations

from forms.fit import Box
from forms.wordml import Element, attribute, child, nearest, number, own, w

_EMU_PER_MM, _EMU_PER_POINT = 36_000, 12_700
_SIDE_MARGIN = 10.8  # points: Word's 0.19 cm left and right, where the table does not say


class Sizes:
    """Font sizes in force, from the run, its style, and the document's defaults."""

    def __init__(self, styles: Element | None) -> None:
        found = [] if styles is None else styles.findall(w("style"))
        self._styles = {attribute(style, "styleId"): style for style in found}
        defaults = child(styles, "docDefaults", "rPrDefault", "rPr", "sz")
        self._default = number(attribute(defaults, "val"), 20) / 2
        normal = [attribute(style, "styleId") for style in found if style.get(w("default")) == "1"
                  and style.get(w("type")) == "paragraph"]  # fmt: skip
        self._normal = normal[0] if normal else ""

    def of(self, paragraph: Element, run: Element) -> float:
        """Size of *run* in points."""
        given = attribute(child(run, "rPr", "sz"), "val")
        style = attribute(child(paragraph, "pPr", "pStyle"), "val", self._normal)
        seen: set[str] = set()
        while not given and style in self._styles and style not in seen:
            seen.add(style)
            given = attribute(child(self._styles[style], "rPr", "sz"), "val")
            style = attribute(child(self._styles[style], "basedOn"), "val")
        return number(given) / 2 if given else self._default


def measure_box(
    paragraph: Element, size: float, place: int, fixed: str, marks: tuple[int, ...]
) -> Box | None:
    """The room of *paragraph*; None where its cell can grow or the text runs upwards."""
    cell = nearest(paragraph, "tc")
    room = None if cell is None else cell_room(cell)
    if cell is None or room is None:
        return None
    spacing = child(paragraph, "pPr", "spacing")
    exact = attribute(spacing, "lineRule") == "exact"
    line = number(attribute(spacing, "line")) / 20 if exact else None
    indents = child(paragraph, "pPr", "ind")
    sides = sum(number(attribute(indents, name)) for name in ("left", "right", "start", "end")) / 20
    others = _other_height(cell, paragraph, size, line)
    return Box(
        number=place, width=max(room[0] - sides, size), height=room[1] - others, size=size, line=line,
        indent=max(number(attribute(indents, "firstLine")) / 20, 0.0), fixed=fixed, marks=marks,
    )  # fmt: skip


def cell_room(cell: Element) -> tuple[float, float] | None:
    """Width and height inside *cell*; None where it can grow or its text runs upwards."""
    row = nearest(cell, "tr")
    table = None if row is None else nearest(row, "tbl")
    if row is None or table is None or child(cell, "tcPr", "textDirection") is not None:
        return None
    height = _cell_height(table, row, cell)
    return None if height is None else (_cell_width(table, row, cell) - _margins(table, cell), height)


def photo_room(paragraph: Element, size: tuple[int, int]) -> tuple[int, int]:
    """Width and height in EMU for a photo of *size* (millimetres), no more than its cell has."""
    width, height = (side * _EMU_PER_MM for side in size)
    cell = nearest(paragraph, "tc")
    room = None if cell is None else cell_room(cell)
    if cell is None or room is None:
        return width, height
    inside = room[1] - _other_height(cell, paragraph, 0.0, None)
    return min(width, int(room[0] * _EMU_PER_POINT)), min(height, int(inside * _EMU_PER_POINT))


def _other_height(cell: Element, paragraph: Element, size: float, line: float | None) -> float:
    """Height of the cell's other paragraphs, one line each, and of the spacing around them."""
    height = 0.0
    for other in own(cell, "p", "tc"):
        spacing = child(other, "pPr", "spacing")
        height += sum(number(attribute(spacing, name)) for name in ("before", "after")) / 20
        if other is not paragraph:
            exact = attribute(spacing, "lineRule") == "exact"
            height += number(attribute(spacing, "line")) / 20 if exact else (line or size * 1.35)
    return height


def _cell_height(table: Element, row: Element, cell: Element) -> float | None:
    """Height of *cell* with the rows it is merged over; None when one of them can grow."""
    rows = list(own(table, "tr", "tbl"))
    column = grid_column(row, cell)
    total = _row_height(row)
    merge = child(cell, "tcPr", "vMerge")
    if total is None or merge is None:
        return total
    for below in rows[rows.index(row) + 1 :]:
        under = next((other for other in own(below, "tc", "tr") if grid_column(below, other) == column), None)
        merged = child(under, "tcPr", "vMerge")
        if merged is None or attribute(merged, "val") == "restart":
            break
        height = _row_height(below)
        if height is None:
            return None
        total += height
    return total


def _row_height(row: Element) -> float | None:
    height = child(row, "trPr", "trHeight")
    return number(attribute(height, "val")) / 20 if attribute(height, "hRule") == "exact" else None


def span_of(cell: Element) -> int:
    """Grid columns that *cell* covers."""
    return int(number(attribute(child(cell, "tcPr", "gridSpan"), "val"), 1))


def grid_column(row: Element, cell: Element) -> int:
    """Grid column, from 0, at which *cell* begins in *row*."""
    column = int(number(attribute(child(row, "trPr", "gridBefore"), "val")))
    for other in own(row, "tc", "tr"):
        if other is cell:
            break
        column += span_of(other)
    return column


def _cell_width(table: Element, row: Element, cell: Element) -> float:
    grid = [number(attribute(column, "w")) / 20 for column in table.findall(f"{w('tblGrid')}/{w('gridCol')}")]
    start = grid_column(row, cell)
    return sum(grid[start : start + span_of(cell)])


def _margins(table: Element, cell: Element) -> float:
    own_margins = child(cell, "tcPr", "tcMar")
    margins = own_margins if own_margins is not None else child(table, "tblPr", "tblCellMar")
    if margins is None:
        return _SIDE_MARGIN
    found = [child(margins, name) for name in ("left", "start", "right", "end")]
    return sum(number(attribute(side, "w")) for side in found if side is not None) / 20
