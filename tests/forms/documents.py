"""Word files for the tests, made from a line or two of XML, and read again without the code under test."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from forms.layout import HOME

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPENING = (
    f'<w:document xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>'
)
_RELATED = "word/_rels/document.xml.rels"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def paragraph(*runs: str) -> str:
    """A paragraph with one run for each of *runs*."""
    made = "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p>{made}</w:p>"


def table(*rows: tuple[str, ...], properties: str = "", width: int = 1000) -> str:
    """A table with the texts of *rows*; *properties* stand in each row."""
    grid = f'<w:gridCol w:w="{width}"/>' * len(rows[0])
    cell = '<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{text}</w:tc>'
    made = "".join(
        f"<w:tr>{properties}{''.join(cell.format(width=width, text=paragraph(text)) for text in row)}</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"


def document(body: str, members: Mapping[str, str | bytes] | None = None, section: str = _SECTION) -> bytes:
    """A whole .docx with *body*; *members* are added to the package or replace its own."""
    xml = f"{_OPENING}{body}{section}</w:body></w:document>"
    return package({"word/document.xml": xml, **(members or {})})


def _relate(data: bytes, stories: list[str]) -> bytes:
    """The relationships *data* with one for each header and footer of *stories*."""
    added = "".join(
        f'<Relationship Id="rIdStory{place}" Type="{_KINDS}/{name[5:11]}" Target="{name[5:]}"/>'
        for place, name in enumerate(stories)
    )
    return data.replace(b"</Relationships>", f"{added}</Relationships>".encode())


def package(members: Mapping[str, str | bytes]) -> bytes:
    """The plainest Word package, with *members* added or replaced."""
    base = Path(str(HOME)) / "layouts" / "base"
    parts: dict[str, str | bytes] = {
        path.relative_to(base).as_posix(): path.read_bytes() for path in base.rglob("*") if path.is_file()
    }
    stories = [name for name in members if re.fullmatch(r"word/(header|footer)\d+\.xml", name)]
    if stories:
        parts[_RELATED] = _relate(bytes(parts[_RELATED]), stories)  # type: ignore[arg-type]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **members}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    """Root of the part *name* of the .docx *data*."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def texts(data: bytes, name: str = "word/document.xml") -> list[str]:
    """Text of each paragraph of *data* in order, line breaks as newlines and tabs as tabs."""
    return texts_in(part(data, name))


def texts_in(root: etree._Element) -> list[str]:
    """Text of each paragraph below *root*."""
    return [_text(found) for found in root.iter(f"{{{W}}}p")]


def _text(found: etree._Element) -> str:
    words = {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}
    runs = (child for run in found.iter(f"{{{W}}}r") for child in run)
    return "".join(words.get(str(child.tag), child.text or "") for child in runs)


def count(data: bytes, tag: str) -> int:
    """How many WordprocessingML elements *tag* the document holds."""
    return count_in(part(data), tag)


def count_in(root: etree._Element, tag: str) -> int:
    """How many WordprocessingML elements *tag* stand below *root*."""
    return sum(1 for _ in root.iter(f"{{{W}}}{tag}"))


def repacked(data: bytes, before: str, after: str, name: str = "word/document.xml") -> bytes:
    """The .docx *data* with the first *before* in its part *name* replaced by *after*."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {found: archive.read(found) for found in archive.namelist()}
    text = members[name].decode()
    assert before in text
    members[name] = text.replace(before, after, 1).encode()
    return package(members)
