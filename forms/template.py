"""Templates: real .docx files that a clerk edits in Word, compiled once and filled many times.

The whole language of placeholders (this is the one place that tells it):

=============================  ================================================================
``{{姓名}}``                   the value; blank when there is none. Blanks inside the braces and
                               full-width ``｛｛姓名｝｝`` are accepted; Word may have split the
                               placeholder over runs. It prints in the format of its first letter.
``{{□农民工}}``                ☑ for yes, □ for no and for unknown
``{{农民工？其中困难农民工}}``  the words after ？ for yes, otherwise nothing
``{{填表日期|日期}}``          2026年11月21日
``{{填表日期|年月日}}``        the same; when blank, 　　年　　月　　日 for ink (``|月日``: without the year)
``{{助学资金|大写}}``          人民币伍佰元整
``{{助学资金|留8格}}``         the value; when blank, 8 full-width blanks for ink
``{{照片|照片}}``              the person's photo, in a box of 2.5 × 3.5 cm or less, its proportions kept;
                               without one, the word 照片. ``|照片3.5×4.9``: another size, in cm. It
                               stands alone in its paragraph, and never in a header
``{{名单.姓名}}``              in a table row: the row repeats for each record of the list 名单
``{{名单.序号|每页15行}}``     the same, with blank rows up to 15, 30, 45 …, every 16th row on a
                               new page; ``|每页…行`` may stand in any placeholder of the row
``{{名单.序号}}``              the row's number, unless the record brings one; blank rows of a
                               page of a fixed number of rows are numbered on, as on paper
=============================  ================================================================

A row uses one list; beside it, it may use fields of the record (``{{学院}}``). A list without records
prints one blank row, or one blank page of rows. Mark the header row in Word as „在各页顶端以标题行形式
重复出现“ and it repeats. A row with an exact height (行高值是: 固定值) never grows: long text in it
shrinks to 9 pt, then goes on an 附页; all other rows grow. There are no expressions: values and
templates cannot run anything, and a value that looks like a placeholder prints as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from forms.boxes import Sizes
from forms.compiler import Compiler
from forms.errors import TemplateError
from forms.guard import refuse_unsafe
from forms.marks import NUMBER, Kind, Mark
from forms.members import keyed, pack_fixed, with_open_ends
from forms.package import Member, Prelude, lay_out, read_members
from forms.photo import Photo
from forms.program import Program, Values, list_of
from forms.slim import slim_members
from forms.wordml import (
    DECLARATION,
    DOCUMENT,
    RELATIONSHIPS,
    Element,
    attribute,
    parse_part,
    serialise,
    w,
)

_STORY = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The document part, cut so that its middle can be repeated for each record."""

    opening: str  # up to <w:body>
    blocks: Program
    section: str  # the last section's properties
    own_sections: bool  # whether each record needs its own section in a common document
    closing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template ready to be filled."""

    label: str  # file name, for messages
    marks: tuple[Mark, ...]  # every placeholder, in reading order; a field used twice stands twice
    body: Body
    stories: Mapping[str, Program]  # headers, footers and notes that hold placeholders, by part name
    story_marks: tuple[Mark, ...]
    fixed: tuple[Member, ...]  # parts that never change, packed
    prelude: Prelude  # the same, laid out in a file
    keyed_prelude: Prelude  # the same for a file that holds its record's key
    relationships: str  # of the document part, where photos are added to them; else ""

    def missing(self, record: Values) -> list[str]:
        """Fields and lists that *record* leaves blank in this template, each once, in reading order."""
        blank = [mark.group or mark.name for mark in self.marks if _is_blank(mark, record)]
        return list(dict.fromkeys(blank))


def _is_blank(mark: Mark, record: Values) -> bool:
    if mark.group:
        return not list_of(record, mark.group)
    if mark.kind is Kind.PHOTO:
        return not isinstance(record.get(mark.name), Photo)
    return record.get(mark.name) in (None, "") and mark.name != NUMBER


def list_placeholders(template: Template) -> tuple[Mark, ...]:
    """The placeholders of *template*, each once, in reading order."""
    return tuple(dict.fromkeys(template.marks))


def load_template(source: Path | str | bytes) -> Template:
    """The template in the .docx file *source* (a path, or the file's bytes), compiled.

    Raises:
        TemplateError: it is no sound .docx, carries something external or executable, or a
            placeholder cannot be understood.
    """
    label = "模板" if isinstance(source, bytes) else Path(source).name
    members = read_members(source)
    refuse_unsafe(members, label)
    members = slim_members(members)
    styles = members.get("word/styles.xml")
    sizes = Sizes(parse_part(styles, "word/styles.xml") if styles else None)
    try:
        body, marks = _compile_body(members[DOCUMENT], sizes)
        stories, story_marks = _compile_stories(members, sizes)
    except TemplateError as error:
        raise TemplateError(f"模板“{label}”：{error}") from error
    photos = any(mark.kind is Kind.PHOTO for mark in marks)
    members = with_open_ends(members, photos=photos)
    filled = {DOCUMENT, *stories, *([RELATIONSHIPS] if photos else ())}
    fixed = pack_fixed(members, filled)
    return Template(
        label=label, marks=(*marks, *story_marks), body=body, stories=stories, story_marks=tuple(story_marks),
        fixed=fixed, prelude=lay_out(fixed), keyed_prelude=lay_out(pack_fixed(keyed(members), filled)),
        relationships=members[RELATIONSHIPS].decode() if photos else "",
    )  # fmt: skip


def _compile_stories(members: Mapping[str, bytes], sizes: Sizes) -> tuple[dict[str, Program], list[Mark]]:
    stories: dict[str, Program] = {}
    marks: list[Mark] = []
    for name in sorted(filter(_STORY.fullmatch, members)):
        root = parse_part(members[name], name)
        compiler = Compiler(root, members[name], sizes)
        compiler.place_marks()
        if compiler.marks:
            if any(mark.kind is Kind.PHOTO for mark in compiler.marks):
                raise TemplateError("照片不能放在页眉、页脚或脚注里。请移到正文。")
            compiler.place_rows()
            stories[name] = compiler.compile(DECLARATION + serialise(root))
            marks += compiler.marks
    return stories, marks


def _compile_body(data: bytes, sizes: Sizes) -> tuple[Body, list[Mark]]:
    root = parse_part(data, DOCUMENT)
    body = root.find(w("body"))
    if body is None or not len(body):
        raise TemplateError("正文是空的。请在 Word 里检查。")
    compiler = Compiler(root, data, sizes)
    compiler.place_marks()
    compiler.place_rows()
    compiler.place_ids()
    first = next(iter(body.iter(w("p"))), None)
    if first is None:
        raise TemplateError("正文里没有段落。请在 Word 里检查。")
    last = _last_block(body)
    own_sections = _needs_sections(root)
    if own_sections:
        compiler.place_section(last)
    else:
        compiler.place_break(first)
    return _cut_body(root, body, compiler, own_sections=own_sections), compiler.marks


def _last_block(body: Element) -> Element:
    """The last paragraph directly in *body*; Word wants one behind a closing table, so it is added."""
    blocks = [block for block in body if block.tag != w("sectPr")]
    if blocks[-1].tag != w("p"):
        paragraph = body.makeelement(w("p"), {})
        blocks[-1].addnext(paragraph)
        return paragraph
    return blocks[-1]


def _needs_sections(root: Element) -> bool:
    numbers = [attribute(found, "start") for found in root.iter(w("pgNumType"))]
    return len(list(root.iter(w("sectPr")))) > 1 or any(numbers)


def _cut_body(root: Element, body: Element, compiler: Compiler, *, own_sections: bool) -> Body:
    start, end, stop = compiler.token("x1"), compiler.token("x2"), compiler.token("x3")
    body.text = start + (body.text or "")
    section = body.find(w("sectPr"))
    if section is not None:
        previous = section.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + end
        section.tail = stop
    else:
        body[-1].tail = end + stop
    text = DECLARATION + serialise(root)
    opening, rest = text.split(start)
    blocks, rest = rest.split(end)
    last, closing = rest.split(stop)
    return Body(
        opening=opening, blocks=compiler.compile(blocks), section=last.strip(), own_sections=own_sections,
        closing=closing,
    )  # fmt: skip
