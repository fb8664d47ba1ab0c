"""The 附页: what did not fit its cell, under the name of the person and the field."""

from __future__ import annotations

from collections.abc import Sequence

from forms.program import Values
from forms.values import plain_text, xml_text

OWNER_FIELDS = ("学号", "档案编号", "姓名")  # how a loose sheet finds its way back to its form
_NUMBERS = frozenset(OWNER_FIELDS[:2])
_LAST_RESORTS = ("个案号", "学院")  # where there is no number: of a person, of a table

ANNEX = "附页　"

_RUN = (
    '<w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
    '<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    '<w:t xml:space="preserve">{text}</w:t></w:r>'
)
_PARAGRAPH = (
    '<w:p><w:pPr>{extra}<w:spacing w:before="0" w:after="120" w:line="400" w:lineRule="exact"/>'
    "</w:pPr>{run}</w:p>"
)


def continuation_pages(overflow: Sequence[tuple[str, str]], record: Values, ending: str = "") -> list[str]:
    """XML of the 附页 for *overflow*, pairs of field and text; *ending* is its section's, if it has one."""
    if not overflow:
        return []
    parts = [_paragraph(ANNEX + _owner(record), "黑体", 28, "<w:pageBreakBefore/>")]
    for field, text in overflow:
        parts.append(_paragraph(annex_heading(field), "黑体", 24, "<w:keepNext/>"))
        parts.append(_paragraph(text, "仿宋", 24, ""))
    if ending:
        parts.append(f"<w:p><w:pPr>{ending}</w:pPr></w:p>")
    return parts


def _owner(record: Values) -> str:
    """Number and name of the person of *record*, or the college whose people it lists."""
    said = {field: plain_text(record.get(field)) for field in (*OWNER_FIELDS, *_LAST_RESORTS)}
    words = [said[field] for field in OWNER_FIELDS]
    if not any(said[field] for field in _NUMBERS):
        words.append(next((said[field] for field in _LAST_RESORTS if said[field]), ""))
    return " ".join(filter(None, words))


def annex_heading(field: str) -> str:
    """Heading on the 附页 over the rest of *field*."""
    return f"{field}（续）"


def _paragraph(text: str, font: str, size: int, extra: str) -> str:
    run = _RUN.format(font=font, size=size, text="{text}").replace("{text}", xml_text(text))
    return _PARAGRAPH.format(extra=extra, run="{run}").replace("{run}", run)
