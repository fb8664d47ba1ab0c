"""A workbook with its texts kept as Excel and WPS keep them: each once, in a part of their own.

openpyxl writes every text where it stands. The reader takes a quarter less time for shared ones, our own work
stays the same: so this is the harder list.
"""

import html
import re
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_PART = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}"/>'
_INLINE = re.compile(r't="inlineStr"><is><t>([^<]*)</t></is>')
_LINK = f'<Relationship Id="rIdTexts" Type="{_KIND}" Target="sharedStrings.xml"/>'
_ADDED = {
    "[Content_Types].xml": ("</Types>", _PART),
    "xl/_rels/workbook.xml.rels": ("</Relationships>", _LINK),
}


def share_texts(source: Path, target: Path) -> Path:
    """*target*, now what openpyxl wrote into *source* with shared texts."""
    texts: dict[str, int] = {}

    def refer(match: re.Match[str]) -> str:
        return f't="s"><v>{texts.setdefault(match[1], len(texts))}</v>'

    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = _INLINE.sub(refer, old.read(name).decode())
            end, link = _ADDED.get(name, ("", ""))
            new.writestr(name, content.replace(end, link + end) if end else content)
        items = "".join(f"<si><t>{_written(text)}</t></si>" for text in texts)
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}">{items}</sst>')
    return target


def _written(text: str) -> str:
    """Letters as they are; et_xmlfile writes each Chinese one as a number."""
    return html.escape(html.unescape(text), quote=False)


if __name__ == "__main__":
    share_texts(*map(Path, sys.argv[1:]))
