"""Templates from text: a TOML sheet of page, styles and cells becomes a slim .docx.

``python -m forms.layout SHEET.toml FORM.docx`` starts a new form; from then on it is edited in Word.
Lengths of the page and of tables are in centimetres, of type in points::

    [page]                            A4; landscape = true, margins = [top, right, bottom, left]
    [style.value]                     font, latin, size, bold, align, line (exact), before, after,
                                      left, right, first (indents in em), valign, page (a new one),
                                      next (on the page of what follows),
                                      tab, tab_right (stops, in cm); "base" is the ground of all
    [[block]]  text, style            a paragraph
    [[block]]  widths, row            a table; margin = blank at both sides of a cell, pad = above and below
    [[block.row]]  height, cells      exact height (grow = true: at least); header = true repeats it
                   spans, down        grid columns and rows that each cell covers (1 when not given)
    a cell    "words"                 "value" where it holds a placeholder, "label" where it does not
              {text, style, open, stack, lines}
                                      open = sides without border; stack = one character a line;
                                      lines = [{text, style}, …] paragraphs of differing style

A cell that a ``down`` above it covers is left out of the row, its columns counted by its owner's span.
"""

from __future__ import annotations

import io
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from forms.errors import FormError, TemplateError, reason_of
from forms.package import close_package, lay_out, pack_member, read_members
from forms.style import Style, twips

HOME = files("forms")
_A4 = (11906, 16838)


def read_sheet(path: Path) -> dict[str, Any]:
    """The TOML sheet *path*."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"“{path.name}”写法有误：{error}。请改正这一行。") from error
    except OSError as error:
        raise TemplateError(f"打不开“{path.name}”：{reason_of(error)}。请检查路径。") from error


def build_form(sheet: Mapping[str, Any]) -> bytes:
    """The .docx file that *sheet* describes; the same bytes for the same sheet."""
    import docx

    from forms.grid import add_paragraph, add_table

    document = docx.Document(io.BytesIO(_base_package()))
    _set_page(document, sheet.get("page", {}))
    styles = _styles(sheet.get("style", {}))
    body = document.element.body
    for block in sheet.get("block", ()):
        if "row" in block:
            add_table(body, block, styles)
        else:
            add_paragraph(body, block, styles)
    saved = io.BytesIO()
    document.save(saved)
    return repack(read_members(saved.getvalue()))


def repack(members: Mapping[str, bytes]) -> bytes:
    """A package of *members* in a fixed order with fixed dates."""
    front = ("[Content_Types].xml", "_rels/.rels")
    order = sorted(members, key=lambda name: (name not in front, name))
    return close_package(lay_out(pack_member(name, members[name]) for name in order), ())


def _styles(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Style]:
    ground = Style().changed(entries.get("base", {}), "style.base")
    named = {name: ground.changed(entry, f"style.{name}") for name, entry in entries.items()}
    return {"base": ground, "label": ground, "value": ground, **named}


def _set_page(document: Any, page: Mapping[str, Any]) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    section = document.sections[0]
    width, height = _A4
    if page.get("landscape"):
        width, height = height, width
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Twips(width), Twips(height)
    top, right, bottom, left = (Twips(twips(side)) for side in page.get("margins", (2, 2, 2, 2)))
    section.top_margin, section.right_margin = top, right
    section.bottom_margin, section.left_margin = bottom, left


def _base_package() -> bytes:
    buffer = io.BytesIO()
    base = HOME / "layouts" / "base"
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in _walk(base, ""):
            archive.writestr(name, content)
    return buffer.getvalue()


def _walk(folder: Any, prefix: str) -> Iterable[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda found: str(found.name)):
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_bytes()


def main(arguments: list[str]) -> int:
    """Build the form of the sheet named first into the file named second."""
    if len(arguments) != 2:
        sys.stderr.write("用法：python -m forms.layout 版式.toml 表格.docx\n")
        return 2
    try:
        Path(arguments[1]).write_bytes(build_form(read_sheet(Path(arguments[0]))))
    except FormError as error:
        sys.stderr.write(f"{error}\n")
        return 7
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
