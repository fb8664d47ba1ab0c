"""Tables of a finished document: grid, spans, merges, cells that Word would call damaged."""

from __future__ import annotations

from collections.abc import Iterator

from forms.boxes import grid_column, span_of
from forms.wordml import Element, attribute, child, own, w


def audit_tables(root: Element) -> Iterator[str]:
    """Faults of the tables in *root*, in Chinese."""
    for place, table in enumerate(root.iter(w("tbl")), 1):
        yield from (f"表 {place}：{fault}" for fault in _audit_table(table))


def _audit_table(table: Element) -> Iterator[str]:
    grid = table.find(w("tblGrid"))
    columns = 0 if grid is None else len(grid.findall(w("gridCol")))
    rows = list(own(table, "tr", "tbl"))
    if not columns:
        yield "没有列宽（tblGrid）"
    if not rows:
        yield "一行也没有"
    for number, row in enumerate(rows, 1):
        yield from (f"第 {number} 行{fault}" for fault in _audit_row(row, columns))
    yield from _audit_merges(rows)


def _audit_row(row: Element, columns: int) -> Iterator[str]:
    cells = list(own(row, "tc", "tr"))
    if not cells:
        yield "没有单元格"
        return
    last = cells[-1]
    after = int(attribute(child(row, "trPr", "gridAfter"), "val", "0") or 0)
    covered = grid_column(row, last) + span_of(last) + after
    if columns and covered != columns:
        yield f"占 {covered} 列，表格有 {columns} 列"
    for cell in cells:
        if len(cell) == 0 or cell[-1].tag != w("p"):
            yield "有单元格不以段落结尾"
        if any(part.tag == w("tcPr") for part in list(cell)[1:]):
            yield "有单元格的设置不在最前"


def _audit_merges(rows: list[Element]) -> Iterator[str]:
    open_columns: dict[int, int] = {}
    for number, row in enumerate(rows, 1):
        merged: dict[int, int] = {}
        for cell in own(row, "tc", "tr"):
            merge = child(cell, "tcPr", "vMerge")
            if merge is None:
                continue
            column = grid_column(row, cell)
            merged[column] = span_of(cell)
            if attribute(merge, "val") != "restart" and open_columns.get(column) != span_of(cell):
                yield f"第 {number} 行有合并单元格接不上上一行"
        open_columns = merged
