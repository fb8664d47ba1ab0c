"""The key of a record inside its form: a custom XML part, which Word, WPS and LibreOffice keep unseen.

A form that comes back without the number that tells whose it is still says for whom it was printed.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from forms.errors import TemplateError
from forms.package import Member, pack_pieces
from forms.values import plain_text
from forms.wordml import parse_part

PART, PROPERTIES = "customXml/item1.xml", "customXml/itemProps1.xml"
_NAMESPACE = "urn:assistcli:record"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_ITEM_ID = "{5A2C9D1E-7B34-4F0A-9E61-3C8D2B7F4A10}"  # any will do, as long as it stays
_LARGEST = 10_000  # bytes of a part that may hold a key
_PARTS = re.compile(r"customXml/item\d+\.xml")
RELATIONSHIP = f'<Relationship Id="rIdRecord" Type="{_OFFICE}/relationships/customXml" Target="../{PART}"/>'
CONTENT_TYPE = ("/" + PROPERTIES, "application/vnd.openxmlformats-officedocument.customXmlProperties+xml")
FIXED = {
    PROPERTIES: f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{_ITEM_ID}">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>',
    "customXml/_rels/item1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps" '
    'Target="itemProps1.xml"/></Relationships>',
}


def key_member(key: str) -> Member:
    """The part that holds *key*."""
    return pack_pieces(PART, [f'<record xmlns="{_NAMESPACE}" key={quoteattr(plain_text(key))}/>'])


def read_key(source: Path | str | bytes) -> str:
    """The key of the record that the form *source* was printed for; "" where it holds none, or several."""
    keys = set()
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            for info in archive.infolist():
                if _PARTS.fullmatch(info.filename) and info.file_size <= _LARGEST:
                    root = parse_part(archive.read(info), info.filename)
                    keys |= {root.get("key", "")} if root.tag == f"{{{_NAMESPACE}}}record" else set()
    except (zipfile.BadZipFile, OSError, TemplateError, RuntimeError, EOFError, NotImplementedError):
        return ""
    return keys.pop() if len(keys) == 1 else ""
