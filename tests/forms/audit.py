"""A finished Word file checked against what Word demands: opening in LibreOffice proves little."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from forms.errors import TemplateError
from forms.guard import find_dangers
from forms.marks import MARK
from forms.package import CONTENT_TYPES, read_members
from forms.runs import paragraph_text
from forms.schema import ORDER, REPEATED
from forms.wordml import Element, attribute, parse_part, target_path, w
from tests.forms.audit_tables import audit_tables

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TOKEN = re.compile(r"@@\d+:[a-z]\d+@@")
_NUMERIC = {"sz": "val", "szCs": "val", "gridSpan": "val", "gridCol": "w", "tcW": "w", "trHeight": "val",
            "pgSz": "w"}  # fmt: skip
_INLINE = (
    "hyperlink",
    "ins",
    "del",
    "smartTag",
    "fldSimple",
    "moveTo",
    "moveFrom",
    "bdo",
    "dir",
    "rt",
    "rubyBase",
)
_WRAPPERS = ("sdtContent", "customXml")
_PARENTS = {
    "t": ("r",),
    "r": ("p", *_INLINE, *_WRAPPERS),
    "tc": ("tr", *_WRAPPERS),
    "tr": ("tbl", *_WRAPPERS),
    "p": ("body", "tc", "hdr", "ftr", "txbxContent", "footnote", "endnote", "comment", *_WRAPPERS),
}


def audit_document(source: Path | str | bytes, values: Collection[str] = ()) -> list[str]:
    """Faults of the finished document *source*, in Chinese; empty when it is sound.

    *values* are the texts that were filled in: braces in them are a person's words, no placeholder.
    """
    try:
        doubled = _double_members(source)
        members = read_members(source)
        faults = [*doubled, *find_dangers(members)]
        roots = {
            name: parse_part(data, name) for name, data in members.items() if name.endswith((".xml", ".rels"))
        }
    except TemplateError as error:
        return [str(error)]
    faults += _audit_package(members, roots)
    styles = {attribute(style, "styleId") for style in _iter(roots.get("word/styles.xml"), "style")}
    for name, root in roots.items():
        if name.startswith("word/") and not name.endswith(".rels"):
            faults += (f"{name}：{fault}" for fault in _audit_part(root, styles, values))
    return faults


def _double_members(source: Path | str | bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            names = Counter(archive.namelist())
            broken = archive.testzip()
    except (zipfile.BadZipFile, OSError) as error:
        raise TemplateError(f"不是完好的压缩包：{error}") from error
    faults = [f"压缩包里有两个 {name}" for name, times in names.items() if times > 1]
    return faults + ([f"压缩包里的 {broken} 已损坏"] if broken else [])


def _iter(root: Element | None, tag: str) -> Iterable[Element]:
    return () if root is None else root.iter(w(tag))


def _audit_package(members: Mapping[str, bytes], roots: Mapping[str, Element]) -> Iterator[str]:
    types = roots[CONTENT_TYPES]
    extensions = {entry.get("Extension", "").lower() for entry in types if entry.tag.endswith("Default")}
    overrides = {entry.get("PartName", "").lstrip("/") for entry in types if entry.tag.endswith("Override")}
    yield from (f"内容类型指向不存在的 {name}" for name in sorted(overrides - members.keys()))
    for name in members:
        if (
            name not in overrides
            and name.rpartition(".")[2].lower() not in extensions
            and name != CONTENT_TYPES
        ):
            yield f"{name} 没有内容类型"
    if "_rels/.rels" not in members:
        yield "缺少 _rels/.rels"
    for name, root in roots.items():
        if name.endswith(".rels"):
            yield from _audit_relationships(name, root, members)
        elif name.startswith("word/"):
            yield from _audit_references(name, root, roots)


def _audit_relationships(name: str, root: Element, members: Mapping[str, bytes]) -> Iterator[str]:
    ids = Counter(entry.get("Id", "") for entry in root)
    yield from (f"{name}：关系编号 {key} 重复" for key, times in ids.items() if times > 1)
    folder = name.partition("_rels/")[0]
    for entry in root:
        target = entry.get("Target", "")
        if entry.get("TargetMode", "") != "External" and target_path(folder, target) not in members:
            yield f"{name}：关系 {entry.get('Id', '')} 指向不存在的 {target}"


def _audit_references(name: str, root: Element, roots: Mapping[str, Element]) -> Iterator[str]:
    folder, _, file = name.rpartition("/")
    relationships = roots.get(f"{folder}/_rels/{file}.rels")
    known = set() if relationships is None else {entry.get("Id", "") for entry in relationships}
    used = {
        str(value)
        for element in root.iter()
        for key, value in element.attrib.items()
        if str(key).startswith(_R)
    }
    yield from (f"{name}：引用了不存在的关系 {key}" for key in sorted(used - known - {""}))


def _audit_part(root: Element, styles: Collection[str], values: Collection[str]) -> Iterator[str]:
    if root.tag == w("document"):
        yield from _audit_body(root)
    yield from _audit_places(root)
    yield from _audit_order(root)
    yield from _audit_ids(root)
    yield from audit_tables(root)
    yield from _audit_words(root, values)
    for element in root.iter(w("pStyle"), w("rStyle"), w("tblStyle")):
        if attribute(element, "val") not in styles:
            yield f"样式 {attribute(element, 'val')} 没有定义"


def _audit_body(root: Element) -> Iterator[str]:
    body = root.find(w("body"))
    if body is None:
        yield "没有正文"
        return
    sections = body.findall(w("sectPr"))
    if len(sections) != 1 or body[-1].tag != w("sectPr"):
        yield "页面设置（sectPr）应有一个，且在正文最后"
    if len(body) > 1 and body[-2].tag == w("tbl"):
        yield "正文最后的表格之后没有段落"


def _audit_places(root: Element) -> Iterator[str]:
    for tag, parents in _PARENTS.items():
        allowed = {w(parent) for parent in parents}
        for element in root.iter(w(tag)):
            parent = element.getparent()
            if parent is not None and parent.tag not in allowed and str(parent.tag).startswith(w("")):
                yield f"w:{tag} 放错了地方"
    for tag, name in _NUMERIC.items():
        for element in root.iter(w(tag)):
            if not re.fullmatch(r"-?\d+%?", attribute(element, name)):
                yield f"w:{tag} 的数值“{attribute(element, name)}”不是整数"


def _audit_order(root: Element) -> Iterator[str]:
    for container, order in ORDER.items():
        ranks = {w(name): rank for rank, name in enumerate(order)}
        for element in root.iter(w(container)):
            places = [ranks[part.tag] for part in element if part.tag in ranks]
            if places != sorted(places):
                yield f"w:{container} 内的顺序不对"
            singles = [place for place in places if order[place] not in REPEATED]
            if len(set(singles)) < len(singles):
                yield f"w:{container} 内有重复的设置"


def _audit_ids(root: Element) -> Iterator[str]:
    starts = [attribute(element, "id") for element in root.iter(w("bookmarkStart"))]
    ends = [attribute(element, "id") for element in root.iter(w("bookmarkEnd"))]
    families = {
        "书签编号": starts,
        "书签名": [attribute(element, "name") for element in root.iter(w("bookmarkStart"))],
        "图形编号": [element.get("id", "") for element in root.iter(_DOC_PR)],
        "控件编号": [attribute(element.find(w("id")), "val") for element in root.iter(w("sdtPr"))
                     if element.find(w("id")) is not None],
    }  # fmt: skip
    for family, found in families.items():
        yield from (f"{family} {key} 重复" for key, times in Counter(found).items() if times > 1)
    if sorted(starts) != sorted(ends):
        yield "书签的开头与结尾不成对"


def _audit_words(root: Element, values: Collection[str]) -> Iterator[str]:
    for paragraph in root.iter(w("p")):
        text = paragraph_text(paragraph)
        for match in (*MARK.finditer(text), *_TOKEN.finditer(text)):
            if not any(match[0] in value for value in values):
                yield f"占位符没有填：{match[0]}"
