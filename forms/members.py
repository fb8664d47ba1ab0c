"""The members of a form beside its text: the same in every form made from one template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forms import key
from forms.media import add_relationships
from forms.package import CONTENT_TYPES, Member, pack_member
from forms.wordml import (
    DECLARATION,
    PACKAGE_RELATIONSHIPS,
    RELATIONSHIPS,
    Element,
    parse_part,
    serialise,
    serialise_part,
)

_FRONT = (CONTENT_TYPES, "_rels/.rels")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
# Who made the template, on which machine and when, is nothing that each printed form should carry.
_NAMELESS = {
    "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
    'metadata/core-properties"/>',
    "docProps/app.xml": f'<Properties xmlns="{_OFFICE}/extended-properties"/>',
    "docProps/custom.xml": f'<Properties xmlns="{_OFFICE}/custom-properties"/>',
}


def with_open_ends(members: Mapping[str, bytes], *, photos: bool) -> dict[str, bytes]:
    """*members* whose relationships can be added to, and where *photos* come, with their content type."""
    opened = {**members, RELATIONSHIPS: _open_relationships(members).encode()}
    if photos:
        opened[CONTENT_TYPES] = _with_type(opened[CONTENT_TYPES], "Extension", "jpg", "image/jpeg")
    return opened


def keyed(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """*members* with all that a record's key needs but the key itself."""
    relationships = add_relationships(members[RELATIONSHIPS].decode(), key.RELATIONSHIP).encode()
    return {
        **members,
        **{name: (DECLARATION + xml).encode() for name, xml in key.FIXED.items()},
        RELATIONSHIPS: relationships,
        CONTENT_TYPES: _with_type(members[CONTENT_TYPES], "PartName", *key.CONTENT_TYPE),
    }


def _open_relationships(members: Mapping[str, bytes]) -> str:
    """The document's relationships, written so that others can be added before their end."""
    empty = f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}"/>'.encode()
    root = parse_part(members.get(RELATIONSHIPS, empty), RELATIONSHIPS)
    entries = "".join(serialise(_plain_entry(entry)) for entry in root)
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{entries}</Relationships>'


def _plain_entry(entry: Element) -> Element:
    return entry.makeelement("Relationship", {str(key): str(value) for key, value in entry.attrib.items()})


def _with_type(data: bytes, how: str, what: str, kind: str) -> bytes:
    """Content types *data* with the type *kind* of an extension, or of one part (*how*), named *what*."""
    root = parse_part(data, CONTENT_TYPES)
    if what not in {entry.get(how, "").lower() for entry in root}:
        tag = {"Extension": "Default", "PartName": "Override"}[how]
        entry = root.makeelement(str(root.tag).removesuffix("Types") + tag, {how: what, "ContentType": kind})
        root.insert(0 if how == "Extension" else len(root), entry)
    return serialise_part(root)


def pack_fixed(members: Mapping[str, bytes], filled: Iterable[str]) -> tuple[Member, ...]:
    """Those of *members* that are not *filled* for each record, packed; nameless, in a fixed order."""
    rest = sorted(members.keys() - set(filled) - set(_FRONT))
    names = [*(name for name in _FRONT if name in members), *rest]
    nameless = {name: (DECLARATION + xml).encode() for name, xml in _NAMELESS.items() if name in members}
    return tuple(pack_member(name, {**members, **nameless}[name]) for name in names)
