"""Paragraphs and tables of a layout sheet, as python-docx puts them into a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from forms.errors import TemplateError
from forms.style import Style, twips

_SIDES = ("top", "left", "bottom", "right")


def add_paragraph(body: Any, block: Mapping[str, Any], styles: Mapping[str, Style]) -> None:
    """Append the paragraph of *block* to *body*, before its section properties."""
    for words in block.get("text", "").split("\n"):
        body.insert(len(body) - 1, _paragraph(words, _style(block.get("style", "base"), styles)))


def _style(name: str, styles: Mapping[str, Style]) -> Style:
    if name not in styles:
        raise TemplateError(f"版式里没有样式“{name}”。请在 [style.{name}] 里写明。")
    return styles[name]


def _element(tag: str, **attributes: object) -> Any:
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _paragraph(words: str, style: Style) -> Any:
    paragraph, properties = _element("p"), _element("pPr")
    if style.next:
        properties.append(_element("keepNext"))
    if style.page:
        properties.append(_element("pageBreakBefore"))
    if style.tab or style.tab_right:
        properties.append(_tabs(style))
    properties.append(_element(
        "spacing", before=round(style.before * 20), after=round(style.after * 20),
        line=round(style.line * 20), lineRule="exact",
    ))  # fmt: skip
    indents = {
        "left": round(style.left * style.size * 20),
        "right": round(style.right * style.size * 20),
        "firstLine": round(style.first * style.size * 20),
    }
    if any(indents.values()):
        properties.append(_element("ind", **{name: value for name, value in indents.items() if value}))
    properties.append(_element("jc", val=style.align))
    paragraph.append(properties)
    if words:
        paragraph.append(_run(words, style))
    else:  # what a clerk types here takes the style
        properties.append(_run_properties(style))
    return paragraph


def _run_properties(style: Style) -> Any:
    properties = _element("rPr")
    latin = style.latin or style.font
    properties.append(
        _element("rFonts", hint="eastAsia", ascii=latin, hAnsi=latin, eastAsia=style.font, cs=latin)
    )
    if style.bold:
        properties.append(_element("b"))
    half_points = round(style.size * 2)
    properties.append(_element("sz", val=half_points))
    properties.append(_element("szCs", val=half_points))
    properties.append(_element("lang", val="en-US", eastAsia="zh-CN"))
    return properties


def _tabs(style: Style) -> Any:
    tabs = _element("tabs")
    for side, stop in (("left", style.tab), ("right", style.tab_right)):
        if stop:
            tabs.append(_element("tab", val=side, pos=twips(stop)))
    return tabs


def _run(words: str, style: Style) -> Any:
    run = _element("r")
    run.append(_run_properties(style))
    for place, part in enumerate(words.split("\t")):
        if place:
            run.append(_element("tab"))
        text = OxmlElement("w:t")
        text.text = part
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
    return run


def add_table(body: Any, block: Mapping[str, Any], styles: Mapping[str, Style]) -> None:
    """Append the table of *block* to *body*, before its section properties."""
    widths = [twips(width) for width in block["widths"]]
    table = _element("tbl")
    table.append(
        _table_properties(
            widths,
            (twips(block.get("margin", 0.1)), twips(block.get("pad", 0))),
            block.get("align", "center"),
        )
    )
    grid = _element("tblGrid")
    grid.extend([_element("gridCol", w=width) for width in widths])
    table.append(grid)
    covered: dict[int, tuple[int, int]] = {}  # grid column → (span, rows still covered from above)
    for place, row in enumerate(block["row"]):
        table.append(_row(row, widths, covered, styles, f"第 {place + 1} 行"))
    body.insert(len(body) - 1, table)


def _table_properties(widths: list[int], margins_of: tuple[int, int], align: str) -> Any:
    properties = _element("tblPr")
    properties.append(_element("tblW", w=sum(widths), type="dxa"))
    properties.append(_element("jc", val=align))
    borders = _element("tblBorders")
    for side in (*_SIDES, "insideH", "insideV"):
        borders.append(_element(side, val="single", sz=4, space=0, color="000000"))
    properties.append(borders)
    properties.append(_element("tblLayout", type="fixed"))
    margins = _element("tblCellMar")
    for side in _SIDES:
        margins.append(_element(side, w=margins_of[0 if side in ("left", "right") else 1], type="dxa"))
    properties.append(margins)
    return properties


def _row(
    row: Mapping[str, Any], widths: list[int], covered: dict[int, tuple[int, int]],
    styles: Mapping[str, Style], where: str,
) -> Any:  # fmt: skip
    element = _element("tr")
    element.append(_row_properties(row))
    cells = list(row["cells"])
    spans = list(row.get("spans", [1] * len(cells)))
    downs = list(row.get("down", [1] * len(cells)))
    column = 0
    while column < len(widths):
        if column in covered:
            span, left = covered.pop(column)
            element.append(_covered_cell(sum(widths[column : column + span]), span, styles))
            if left > 1:
                covered[column] = (span, left - 1)
        elif cells and spans and downs:
            span, down = spans.pop(0), downs.pop(0)
            width = sum(widths[column : column + span])
            element.append(_cell(cells.pop(0), width, span, down > 1, styles))
            if down > 1:
                covered[column] = (span, down - 1)
        else:
            raise TemplateError(
                f"{where}：单元格不够，只到第 {column} 列，共 {len(widths)} 列。请检查 spans。"
            )
        column += span
    if cells or column > len(widths):
        raise TemplateError(f"{where}：单元格超出表格的 {len(widths)} 列。请检查 spans。")
    return element


def _row_properties(row: Mapping[str, Any]) -> Any:
    properties = _element("trPr")
    properties.append(_element("cantSplit"))
    rule = "atLeast" if row.get("grow") else "exact"
    properties.append(_element("trHeight", val=twips(row["height"]), hRule=rule))
    if row.get("header"):
        properties.append(_element("tblHeader"))
    return properties


def _cell_properties(width: int, span: int, merge: str) -> Any:
    properties = _element("tcPr")
    properties.append(_element("tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(_element("gridSpan", val=span))
    if merge:
        properties.append(_element("vMerge", val=merge))
    return properties


def _covered_cell(width: int, span: int, styles: Mapping[str, Style]) -> Any:
    cell = _element("tc")
    cell.append(_cell_properties(width, span, "continue"))
    cell.append(_paragraph("", styles["label"]))
    return cell


def _cell(entry: Any, width: int, span: int, merged: bool, styles: Mapping[str, Style]) -> Any:
    given: Mapping[str, Any] = {"text": entry} if isinstance(entry, str) else entry
    words = given.get("text", "")
    style = _style(given.get("style", "value" if "{{" in words else "label"), styles)
    cell = _element("tc")
    properties = _cell_properties(width, span, "restart" if merged else "")
    if given.get("open"):
        borders = _element("tcBorders")
        borders.extend([_element(side, val="nil") for side in _SIDES if side in given["open"]])
        properties.append(borders)
    properties.append(_element("vAlign", val=style.valign))
    cell.append(properties)
    if "lines" in given:
        cell.extend(
            [_paragraph(line.get("text", ""), _style(line["style"], styles)) for line in given["lines"]]
        )
    else:
        lines = list(words) if given.get("stack") else words.split("\n")
        cell.extend([_paragraph(line, style) for line in lines])
    return cell
