"""Tables as LibreOffice and web systems save them: ods packages and pages of HTML."""

import html
import zipfile
from pathlib import Path

from tests.intake.builders import Rows

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("table", "table"))
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/></manifest:manifest>'
)
PADDING = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def ods_cell(text: object, attributes: str = "") -> str:
    """One text cell; a blank one has no content."""
    if text == "":
        return "<table:table-cell/>"
    shown = f"<text:p>{html.escape(str(text))}</text:p>"
    return f'<table:table-cell office:value-type="string"{attributes}>{shown}</table:table-cell>'


def ods_row(cells: str, attributes: str = "") -> str:
    """One row."""
    return f"<table:table-row{attributes}>{cells}</table:table-row>"


def ods_rows(rows: Rows) -> str:
    """*rows* as text cells, padded as LibreOffice pads a row."""
    far = '<table:table-cell table:number-columns-repeated="16370"/>'
    return "".join(ods_row("".join(map(ods_cell, row)) + far) for row in rows)


def write_ods(path: Path, body: str, *, name: str = "名单", more: str = "") -> Path:
    """An ods file with one sheet of *body*, and *more* sheets."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} {_CALC}>'
        f'<office:body><office:spreadsheet><table:table table:name="{name}">{body}</table:table>{more}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", _KIND, zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        package.writestr("content.xml", content)
    return path


def html_row(row: object, tag: str = "td") -> str:
    """One row of a page's table."""
    assert isinstance(row, list)
    return "<tr>" + "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in row) + "</tr>"


def html_page(rows: Rows, *, head: str = "", before: str = "") -> str:
    """A page with *rows* in a table, the first as its header."""
    lines = html_row(list(rows[0]), "th") + "".join(html_row(list(row)) for row in rows[1:])
    table = f"<table border=1>{before}{lines}</table>"
    return f"<html><head>{head}</head><body><h1>名单</h1>{table}</body></html>"
