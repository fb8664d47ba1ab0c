"""What Word keeps in a file for its own use, taken out of a template: no form needs it, each would carry it.

Tracked changes (accepted), editing marks and proofing notes, the editor's list of sessions, the picture of
the first page, styles that nothing is set in, remarks of its readers, pictures that were deleted from the
page but not from the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from forms.package import CONTENT_TYPES
from forms.wordml import (
    PACKAGE_RELATIONSHIPS,
    RELATED,
    Element,
    W,
    attribute,
    parse_part,
    serialise_part,
    target_path,
    w,
)

_TEXT = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_STYLES, _SETTINGS = "word/styles.xml", "word/settings.xml"
_EDITORS = (
    "proofErr", "lastRenderedPageBreak", "rsids", "latentStyles", "commentRangeStart", "commentRangeEnd",
    "commentReference", "dataBinding",
)  # fmt: skip
# Tracked changes: what goes when they are accepted, and what stays without its wrapping.
_TAKEN = tuple(w(name) for name in (
    "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tcPrChange",
    "trPrChange", "tblGridChange", "numberingChange", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd", "cellIns", "cellDel", "cellMerge",
))  # fmt: skip
_GIVEN = (w("ins"), w("moveTo"))
_NOISE = tuple(w(name) for name in _EDITORS)
_SESSION = f"{{{W}}}rsid"  # rsidR, rsidRDefault, rsidP, …
_CURSOR = "_GoBack"  # where the editor's cursor stood
_STYLED = tuple(w(name) for name in ("pStyle", "rStyle", "tblStyle", "styleLink", "numStyleLink"))
_RELATED_STYLES = tuple(w(name) for name in ("basedOn", "next", "link"))
# Kinds of part that are not for the page: who remarked what, and what other programs left behind.
_UNSEEN = frozenset({
    "thumbnail", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "customXml",
    "stylesWithEffects",
})  # fmt: skip
_SHOWN = ("image", "media", "video", "audio")  # kinds that nothing shows unless the text refers to them


def slim_members(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """*members* of a template without what only its editor needs."""
    slim = dict(members)
    for name in members:
        if _TEXT.fullmatch(name) or name in (_STYLES, _SETTINGS):
            slim[name] = _without_noise(name, members[name])
    for name in [name for name in members if name.endswith(".rels")]:
        slim[name] = _used_relationships(name, slim)
    slim = _without_orphans(slim)
    return slim | {_STYLES: _used_styles(slim)} if _STYLES in slim else slim


def _without_noise(name: str, data: bytes) -> bytes:
    root = parse_part(data, name)
    changed = False
    for element in root.iter():
        for key in [key for key in element.attrib if str(key).startswith(_SESSION)]:
            del element.attrib[key]
            changed = True
    changed |= accept_changes(root)
    for element in [*root.iter(*_NOISE), *_cursor_marks(root)]:
        _remove(element)
        changed = True
    return serialise_part(root) if changed else data


def accept_changes(root: Element) -> bool:
    """Whether *root* held tracked changes; now all are accepted, and nobody's name is on them."""
    taken, given = list(root.iter(*_TAKEN)), list(root.iter(*_GIVEN))
    for element in taken:
        parent = element.getparent()
        row = parent.getparent() if parent is not None and parent.tag == w("trPr") else None
        table = None if row is None else row.getparent()
        _remove(element if row is None else row)
        if table is not None and table.find(w("tr")) is None:
            _remove(table)
    for element in given:
        for part in list(element):
            element.addprevious(part)
        _remove(element)
    return bool(taken or given)


def _cursor_marks(root: Element) -> list[Element]:
    starts = [mark for mark in root.iter(w("bookmarkStart")) if attribute(mark, "name") == _CURSOR]
    ids = {attribute(mark, "id") for mark in starts}
    return [*starts, *(mark for mark in root.iter(w("bookmarkEnd")) if attribute(mark, "id") in ids)]


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _used_styles(members: Mapping[str, bytes]) -> bytes:
    root = parse_part(members[_STYLES], _STYLES)
    styles = {attribute(style, "styleId"): style for style in root.iter(w("style"))}
    wanted = [name for name, style in styles.items() if attribute(style, "default") in ("1", "true", "on")]
    wanted += (name for part in _word_parts(members) for name in _style_names(part))
    used: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in styles and name not in used:
            used.add(name)
            wanted += (attribute(found, "val") for found in styles[name].iter(*_RELATED_STYLES, *_STYLED))
    idle = [style for name, style in styles.items() if name not in used]
    for style in idle:
        _remove(style)
    return serialise_part(root) if idle else members[_STYLES]


def _word_parts(members: Mapping[str, bytes]) -> Iterator[Element]:
    for name, data in members.items():
        if name.startswith("word/") and name.endswith(".xml") and name != _STYLES:
            yield parse_part(data, name)


def _style_names(part: Element) -> Iterator[str]:
    yield from (attribute(found, "val") for found in part.iter(*_STYLED))
    yield from (attribute(style, "styleId") for style in part.iter(w("style")))  # of a glossary


def _used_relationships(name: str, members: Mapping[str, bytes]) -> bytes:
    root = parse_part(members[name], name)
    folder, _, file = name.rpartition("_rels/")
    source = members.get(folder + file.removesuffix(".rels"), b"")
    idle = [entry for entry in root if not _is_used(entry, source)]
    for entry in idle:
        root.remove(entry)
    return serialise_part(root) if idle else members[name]


def _is_used(entry: Element, source: bytes) -> bool:
    kind = entry.get("Type", "").rpartition("/")[2]
    if kind in _UNSEEN:
        return False
    return kind not in _SHOWN or f'"{entry.get("Id", "")}"'.encode() in source


def _without_orphans(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """*members* that a relationship leads to, from the package on; Word would never look at the others."""
    reached: set[str] = {CONTENT_TYPES}
    found = [""]
    while found:
        part = found.pop()
        folder, slash, file = part.rpartition("/")
        name = f"{folder}{slash}_rels/{file}.rels"
        reached |= {part, name} & members.keys()
        targets = set(related_parts(name, members)) if name in members else set()
        found += sorted(targets & members.keys() - reached)
    kept = {name: data for name, data in members.items() if name in reached}
    types = parse_part(members[CONTENT_TYPES], CONTENT_TYPES)
    idle = [entry for entry in types if entry.get("PartName", "/").lstrip("/") not in {*reached, ""}]
    for entry in idle:
        types.remove(entry)
    return kept | {CONTENT_TYPES: serialise_part(types)} if idle else kept


def related_parts(name: str, members: Mapping[str, bytes]) -> Iterator[str]:
    """Names of the parts that the relationships *name* lead to."""
    folder = name.partition("_rels/")[0]
    for entry in parse_part(members[name], name).iter(f"{{{PACKAGE_RELATIONSHIPS}}}{RELATED}"):
        yield target_path(folder, entry.get("Target", ""))
