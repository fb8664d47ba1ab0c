"""What a template may not carry: anything external, executable, or fetched from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from forms.errors import TemplateError
from forms.package import CONTENT_TYPES
from forms.wordml import DOCUMENT, Element, own, parse_part, w

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BAD_NAMES = {
    "vbaproject": "宏",
    "vbadata": "宏",
    "activex": "ActiveX 控件",
    "embeddings/": "嵌入对象（OLE）",
    "oleobject": "嵌入对象（OLE）",
    "attachedtoolbars": "宏",
    "customui": "自定义功能区",
    "afchunk": "夹带的另一份文件（altChunk）",
    "webextension": "Office 加载项",
}
_BAD_KINDS = {
    "oleObject": "嵌入对象（OLE）",
    "package": "嵌入对象（OLE）",
    "aFChunk": "夹带的另一份文件（altChunk）",
    "attachedTemplate": "外挂模板",
    "vbaProject": "宏",
    "control": "ActiveX 控件",
    "frame": "外部框架",
    "subDocument": "子文档",
    "mailMergeSource": "邮件合并数据源",
    "mailMergeHeaderSource": "邮件合并数据源",
    "webextensiontaskpanes": "Office 加载项",
    "keyMapCustomizations": "自定义按键",
}
_CODE_PARTS = (w("instrText"), w("fldChar"), w("delInstrText"))
_BAD_FIELDS = re.compile(
    r"^\s*\\?(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|INCLUDE|LINK|EMBED|DATABASE|MACROBUTTON|RD|"
    r"AUTOTEXT|AUTOTEXTLIST|CONTROL|HTMLACTIVEX|GOTOBUTTON|PRINT|QUOTE|HYPERLINK)\b",
    re.IGNORECASE,
)
_BAD_ELEMENTS = {
    "altChunk": "夹带的另一份文件（altChunk）",
    "object": "嵌入对象（OLE）",
    "control": "ActiveX 控件",
    "subDoc": "子文档",
    "attachedTemplate": "外挂模板",
    "mailMerge": "邮件合并数据源",
    "saveThroughXslt": "外挂样式表",
}
_REMEDIES = {
    "外挂模板": "请在 Word 的“开发工具—文档模板”里把模板一栏清空",
    "指向外部的链接": "请在链接上按右键“取消超链接”，插入的图片改为“嵌入”",
    "域代码": "请全选后按 Ctrl+Shift+F9，把域变成文字",
    "宏": "请不带宏",
}
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|\\\\")
_ADDRESSES = frozenset({"href", "src", "althref"})  # of old drawings (VML), which need no relationship


def refuse_unsafe(members: Mapping[str, bytes], label: str) -> None:
    """Raise the first danger in a template, naming it."""
    for danger in find_dangers(members):
        raise TemplateError(f"模板“{label}”里有{danger}，不能用作模板。{remedy_of(danger)}，另存为 .docx。")


def remedy_of(danger: str) -> str:
    """What a clerk does in Word about *danger*, as ``find_dangers`` names it."""
    return next((remedy for kind, remedy in _REMEDIES.items() if danger.startswith(kind)), "请在 Word 里删去")


def find_dangers(members: Mapping[str, bytes]) -> Iterator[str]:
    """Each danger in the package *members*, in Chinese, with the part that holds it."""
    if DOCUMENT not in members or CONTENT_TYPES not in members:
        raise TemplateError("这不是 Word 文档（.docx）。请在 Word 里另存为 .docx。")
    if b"macroEnabled" in members[CONTENT_TYPES]:
        yield f"宏（{CONTENT_TYPES}）"
    for name, data in members.items():
        low = name.lower()
        yield from (f"{what}（{name}）" for bad, what in _BAD_NAMES.items() if bad in low)
        if low.endswith(".rels"):
            yield from _bad_relationships(name, data)
        elif low.endswith(".xml") and low.startswith("word/"):
            yield from _bad_content(name, data)


def _bad_relationships(name: str, data: bytes) -> Iterator[str]:
    for relationship in parse_part(data, name).iter(_RELATIONSHIP):
        target = relationship.get("Target", "")
        kind = relationship.get("Type", "").rpartition("/")[2]
        if kind in _BAD_KINDS:
            yield f"{_BAD_KINDS[kind]}（{name}）"
        elif relationship.get("TargetMode", "").strip().lower() == "external" or _ADDRESS.match(target):
            yield f"指向外部的链接 {target[:60]}（{name}）"


def _bad_content(name: str, data: bytes) -> Iterator[str]:
    root = parse_part(data, name)
    for tag, what in _BAD_ELEMENTS.items():
        if next(root.iter(w(tag)), None) is not None:
            yield f"{what}（{name}）"
    yield from (f"域代码 {code.strip()[:40]}（{name}）" for code in _codes(root) if _BAD_FIELDS.match(code))
    yield from (f"指向外部的链接 {target[:60]}（{name}）" for target in _addresses(root))


def _addresses(root: Element) -> Iterator[str]:
    """Addresses that stand in attributes of a part, not among its relationships."""
    for element in root.iter("*"):
        for name, value in element.attrib.items():
            target = str(value).strip()
            if str(name).rpartition("}")[2].lower() in _ADDRESSES and _ADDRESS.match(target):
                yield target


def _codes(root: Element) -> Iterator[str]:
    """Field codes of a part; one may be split over runs or paragraphs to hide it, so both are joined."""
    for simple in root.iter(w("fldSimple")):
        yield simple.get(w("instr"), "")
    yield from _joined_codes(root.iter(*_CODE_PARTS))
    for paragraph in root.iter(w("p")):  # a text box between two runs comes amid the whole
        yield from _joined_codes(part for run in own(paragraph, "r", "p") for part in run.iter(*_CODE_PARTS))


def _joined_codes(parts: Iterable[Element]) -> Iterator[str]:
    code = ""
    for part in parts:
        if part.tag == w("fldChar"):
            yield code
            code = ""
        else:
            code += part.text or ""
    yield code
