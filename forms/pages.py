"""The turn of a page between two rows of a table."""

from __future__ import annotations

import re
from copy import deepcopy

from forms.wordml import Element, child, nearest, serialise, w

_PAGE_TURN = (
    '<w:p><w:pPr><w:pageBreakBefore/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)


def page_turn(row: Element) -> str:
    """XML that ends the table of *row* and begins it again, header rows first, on the next page.

    LibreOffice 7.4 overlooks a page break inside a table; a table for each page breaks everywhere alike.
    """
    table = nearest(row, "tbl")
    if table is None or nearest(table, "tc") is not None:
        return ""
    shell = deepcopy(table)
    heading = True
    for part in list(shell):
        heading = heading and (part.tag != w("tr") or child(part, "trPr", "tblHeader") is not None)
        part.tail = None
        if not heading:
            shell.remove(part)
    opening = re.sub(r' xmlns:\w+="[^"]*"', "", serialise(shell)).removesuffix("</w:tbl>")
    return f"</w:tbl>{_PAGE_TURN}{opening}"
