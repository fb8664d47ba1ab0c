"""Workbooks written part by part, the way no office program would: for hostile and odd files."""

import zipfile
from pathlib import Path

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
_BOOK = '<sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets>'

HEADER_ROW = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>学号</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>姓名</t></is></c></row>'
)
PERSON_ROW = (
    '<row r="2"><c r="A2" t="inlineStr"><is><t>10400001</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>张三</t></is></c></row>'
)


def sheet_xml(
    rows: str = HEADER_ROW + PERSON_ROW, *, before: str = "", after: str = "", head: str = ""
) -> str:
    """One worksheet part; *head* stands before the root, *before* and *after* around the cells."""
    cells = f"{before}<sheetData>{rows}</sheetData>{after}"
    return f'<?xml version="1.0"?>{head}<worksheet {_NS}>{cells}</worksheet>'


def parts(sheet: str | bytes, **others: str | bytes) -> dict[str, str | bytes]:
    """The parts of a small workbook around one sheet; *others* replace or add parts by a short name."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _links(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook {_NS} xmlns:r="{_REL}">{_BOOK}</workbook>',
        "xl/_rels/workbook.xml.rels": _links(
            worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml"
        ),
        "xl/sharedStrings.xml": f"<sst {_NS}></sst>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    names = {
        "shared": "xl/sharedStrings.xml",
        "book": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels",
    }
    return found | {names.get(name, name): content for name, content in others.items()}


def _links(**targets: str) -> str:
    links = (
        f'<Relationship Id="rId{number}" Type="{_REL}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_RELS}">{"".join(links)}</Relationships>'


def write_package(path: Path, content: dict[str, str | bytes]) -> Path:
    """A zip of these parts, deflated."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in content.items():
            package.writestr(name, part)
    return path


def shared_strings(*texts: str) -> str:
    """The part that holds texts once for all cells."""
    return f"<sst {_NS}>" + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"
