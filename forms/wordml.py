"""WordprocessingML by name: namespaces, safe parsing, the few walks that every other module needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from forms.errors import TemplateError

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element = _Element
else:
    Element = object

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DOCUMENT = "word/document.xml"
RELATIONSHIPS = "word/_rels/document.xml.rels"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATED = "Relationship"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def w(name: str) -> str:
    """Qualified name of the WordprocessingML element or attribute *name*."""
    return f"{{{W}}}{name}"


def parse_part(data: bytes, name: str) -> Element:
    """Root of the XML part *name*; DTDs and entities are refused."""
    from lxml import etree

    declared = TemplateError(f"文件内的 {name} 带有 DTD 定义，Word 不会这样存。请不要使用这个文件。")
    plain = data.replace(b"\0", b"") if b"\0" in data else data  # UTF-16 as well
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise declared
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError(f"文件内的 {name} 已损坏（{error.msg}）。请在 Word 里打开后另存。") from error
    if root.getroottree().docinfo.internalDTD is not None:  # in yet another encoding
        raise declared
    return root


def target_path(folder: str, target: str) -> str:
    """Name of the part that a relationship of a part in *folder* leads to."""
    path = target.lstrip("/") if target.startswith("/") else folder + target
    while "/../" in path:
        path = re.sub(r"[^/]+/\.\./", "", path, count=1)
    return path


def nearest(element: Element, tag: str) -> Element | None:
    """The closest ancestor of *element* with the WordprocessingML name *tag*."""
    return next(element.iterancestors(w(tag)), None)


def own(container: Element, tag: str, within: str) -> Iterator[Element]:
    """Elements *tag* in *container* that belong to it and not to a nested element *within*."""
    for element in container.iter(w(tag)):
        if nearest(element, within) is container:
            yield element


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """Value of the WordprocessingML attribute *name*."""
    return default if element is None else element.get(w(name), default)


def child(element: Element | None, *path: str) -> Element | None:
    """Descendant of *element* along the WordprocessingML names of *path*."""
    for name in path:
        element = None if element is None else element.find(w(name))
    return element


def number(text: str, default: float = 0.0) -> float:
    """*text* as a number, as Word's lengths are written."""
    try:
        return float(text)
    except ValueError:
        return default


def ensure_child(parent: Element, tag: str, before: tuple[str, ...]) -> Element:
    """Child *tag* of *parent*; made if missing, in front of the first child that is none of *before*."""
    found = parent.find(w(tag))
    if found is None:
        found = parent.makeelement(w(tag), {})
        place = 0
        while place < len(parent) and parent[place].tag in {w(name) for name in before}:
            place += 1
        parent.insert(place, found)
    return found


def serialise(root: Element) -> str:
    """XML of *root*, without its declaration."""
    from lxml import etree

    return etree.tostring(root, encoding="unicode")


def serialise_part(root: Element) -> bytes:
    """The part whose root is *root*, as it stands in a package."""
    return (DECLARATION + serialise(root)).encode()
