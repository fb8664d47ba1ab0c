"""Templates looked over for a clerk: what would not be filled, what is refused, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import accumulate
from pathlib import Path

from forms.errors import TemplateError
from forms.guard import find_dangers, remedy_of
from forms.marks import MARK, NUMBER, Kind, Mark, parse_mark
from forms.package import read_members
from forms.runs import paragraph_text
from forms.slim import accept_changes
from forms.template import load_template
from forms.wordml import DOCUMENT, Element, nearest, own, parse_part, w

_STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_BRACES = re.compile(r"[{}｛｝]+")
PHOTO = "photo"
_DAYS = ({"date", "month"}, "日期")
_YES_NO = ({"yesno"}, "是/否字段")
_WANTED: Mapping[Kind, tuple[Collection[str], str]] = {
    Kind.BOX: _YES_NO,
    Kind.WHEN: _YES_NO,
    Kind.PHOTO: ({PHOTO}, "照片"),
    Kind.DATE: _DAYS,
    Kind.INKED_DATE: _DAYS,
    Kind.INKED_DAY: _DAYS,
    Kind.CAPITALS: ({"money"}, "金额"),
}
_SPOILED = (Kind.BOX, Kind.WHEN, Kind.PHOTO)  # a date or an amount of the wrong kind prints as it came
_NO_MARKS = (
    "一个占位符也没有，每张印出来都一样。请用空白表，在要填的地方写 {{姓名}} 等（assist form fields）。"
)
_FULL_WIDTH = re.compile(r"[｛｝]")
_EVEN = " 在 Word 里分成了几段，格式一样：能填，不必改。"
_UNEVEN = " 在 Word 里分成了几段（几种格式）：能填，按第一个字的格式。"
_UNSEEN = (w("lang"), w("noProof"))
_MANY = 4  # so many placeholders that were merely split are told in one line


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend in a template."""

    where: str
    message: str
    fatal: bool = True  # False where the form is filled all the same


def lint_template(
    path: Path | str | bytes,
    known_fields: Collection[str],
    *,
    lists: Mapping[str, Collection[str]] | None = None,
    kinds: Mapping[str, str] | None = None,
) -> list[Problem]:
    """What is wrong with the template *path*, in reading order; empty when nothing is.

    *known_fields* are the fields a record may bring, *lists* the fields of each list by its name
    (when None, any list will do, with any of *known_fields*), *kinds* what a field holds where that is known:
    yesno, date, month, money, photo, or anything else.
    """
    try:
        members = read_members(path)
        problems = [
            Problem(where="文件", message=f"有{danger}，不能用。{remedy_of(danger)}。")
            for danger in find_dangers(members)
        ]
        known = _Known(known_fields, lists, kinds or {})
        problems += _lint_changes(members)
        for name in sorted(filter(_STORY.fullmatch, members), key=lambda part: (part != DOCUMENT, part)):
            problems += _lint_part(parse_part(members[name], name), name, known)
        if not any(problem.fatal for problem in problems) and not load_template(path).marks:
            problems.append(Problem(where="文件", message=_NO_MARKS))
    except TemplateError as error:
        return [Problem(where="文件", message=str(error))]
    return _gather_even(problems)


class _Known:
    """The fields that a template may name."""

    def __init__(
        self,
        fields: Collection[str],
        lists: Mapping[str, Collection[str]] | None,
        kinds: Mapping[str, str],
    ) -> None:
        self._fields, self._lists, self._kinds = fields, lists, kinds

    def problem(self, mark: Mark, where: str) -> Problem | None:
        """What is wrong with *mark*, if anything is."""
        fault = self._unknown(mark)
        if fault:
            return Problem(where=where, message=fault)
        kind = self._kinds.get(mark.name, "")
        if kind == PHOTO and mark.kind is not Kind.PHOTO:
            return Problem(
                where=where, message=f"{mark}：“{mark.name}”是照片，应写 {{{{{mark.name}|照片}}}}。"
            )
        wanted = _WANTED.get(mark.kind)
        if wanted is None or not kind or kind in wanted[0]:
            return None
        spoiled = mark.kind in _SPOILED
        end = "不能这样用" if spoiled else "会照原样印"
        return Problem(where=where, message=f"{mark}：“{mark.name}”不是{wanted[1]}，{end}。", fatal=spoiled)

    def _unknown(self, mark: Mark) -> str:
        fields = self._fields
        if mark.group and self._lists is not None:
            if mark.group not in self._lists:
                return f"{mark}：没有名单“{mark.group}”。{_nearest(mark.group, self._lists)}"
            fields = self._lists[mark.group]
        if mark.name not in fields and not (mark.group and mark.name == NUMBER):
            return f"{mark}：没有字段“{mark.name}”，会印成空白。{_nearest(mark.name, fields)}"
        return ""


def _lint_changes(members: Mapping[str, bytes]) -> Iterator[Problem]:
    """Tracked changes: a form is no place for them, nor for the names on them."""
    parts = (parse_part(data, name) for name, data in members.items() if _STORY.fullmatch(name))
    if any(map(accept_changes, parts)):
        message = "有修订标记：打印时按全部接受处理。最好在 Word 里接受或拒绝后再存。"
        yield Problem(where="文件", message=message, fatal=False)


def _nearest(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return f"是不是“{'”或“'.join(near)}”？" if near else "请对照字段清单改正。"


def _lint_part(root: Element, part: str, known: _Known) -> Iterator[Problem]:
    for paragraph in root.iter(w("p")):
        text = paragraph_text(paragraph)
        if _BRACES.search(text):
            where = locate(paragraph, root, part)
            yield from _lint_text(text, where, known)
            yield from _lint_runs(paragraph, where)


def _lint_text(text: str, where: str, known: _Known) -> Iterator[Problem]:
    for match in MARK.finditer(text):
        try:
            problem = known.problem(parse_mark(match[1]), where)
        except TemplateError as error:
            problem = Problem(where=where, message=str(error))
        if problem:
            yield problem
        if _FULL_WIDTH.search(match[0]):
            yield Problem(where=where, message=f"{match[0]} 用了全角花括号：能填，建议改半角。", fatal=False)
    rest = MARK.sub("", text)
    if _BRACES.search(rest):
        words = rest.strip()[:30]
        yield Problem(where=where, message=f"“{words}”：花括号不成对，应如 {{{{姓名}}}}。请补全或删去。")


def _lint_runs(paragraph: Element, where: str) -> Iterator[Problem]:
    """Placeholders that Word split over runs: filled all the same, in the format of their first letter."""
    texts = list(own(paragraph, "t", "p"))
    ends = list(accumulate(len(text.text or "") for text in texts))
    for match in MARK.finditer("".join(text.text or "" for text in texts)):
        if any(match.start() < end < match.end() for end in ends):
            parts = [t for t, end in zip(texts, ends, strict=True) if end > match.start()]
            inside = [t for t in parts if ends[texts.index(t)] - len(t.text or "") < match.end()]
            even = len({_format(text) for text in inside}) == 1
            yield Problem(where=where, message=match[0] + (_EVEN if even else _UNEVEN), fatal=False)


def _format(text: Element) -> frozenset[tuple[str, str, str]]:
    """What a reader sees of the format of the run that holds *text*."""
    run = nearest(text, "r")
    settings = None if run is None else run.find(w("rPr"))
    return frozenset(
        (str(setting.tag), str(name), str(value))
        for setting in (() if settings is None else settings)
        if setting.tag not in _UNSEEN
        for name, value in (setting.attrib.items() or [("", "")])
        if name != w("hint")
    )


def _gather_even(problems: list[Problem]) -> list[Problem]:
    """*problems*, those of placeholders that were split without a difference in one line at the end."""
    even = [problem for problem in problems if problem.message.endswith(_EVEN)]
    if len(even) < _MANY:
        return problems
    named = "、".join(problem.message.removesuffix(_EVEN) for problem in even[: _MANY - 1])
    line = Problem(where=f"{even[0].where}等", message=f"{named} 等 {len(even)} 处{_EVEN}", fatal=False)
    return [*(problem for problem in problems if not problem.message.endswith(_EVEN)), line]


def locate(paragraph: Element, root: Element, part: str) -> str:
    """Where *paragraph* stands, as a clerk counts: 表格、行、格, or 段."""
    story = "" if part == DOCUMENT else "页眉页脚 "
    cell = nearest(paragraph, "tc")
    row = None if cell is None else nearest(cell, "tr")
    table = None if row is None else nearest(row, "tbl")
    if cell is None or row is None or table is None:
        return f"{story}第 {_place(paragraph, root.iter(w('p')))} 段"
    places = (
        _place(table, root.iter(w("tbl"))),
        _place(row, own(table, "tr", "tbl")),
        _place(cell, own(row, "tc", "tr")),
    )
    return f"{story}表 {places[0]} 第 {places[1]} 行第 {places[2]} 格"


def _place(wanted: Element, among: Iterator[Element]) -> int:
    return next((place for place, element in enumerate(among, 1) if element is wanted), 0)
