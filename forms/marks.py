"""One placeholder between its braces, read. The language itself is told in ``forms.template``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from forms import values
from forms.errors import TemplateError
from forms.photo import Photo

MARK = re.compile(r"[{｛]{2}([^{}｛｝]{1,120})[}｝]{2}")
NUMBER = "序号"

_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
_PHOTO_SIZE = re.compile(r"照片(?:(\d{1,2}(?:\.\d)?)[x×*](\d{1,2}(?:\.\d)?))?", re.IGNORECASE)
ONE_INCH = (25, 35)  # millimetres: 一寸照片
_LEAST, _MOST = 10, 200  # millimetres
_ROOM = re.compile(r"留(\d{1,2})格")
_PAGE_ROWS = re.compile(r"每页(\d{1,3})行")
# A Chinese keyboard types the full-width twins.
_TWINS = str.maketrans({"｜": "|", "．": ".", "？": "?", "☐": "□", "☑": "□"})


class Kind(StrEnum):
    """What a placeholder prints."""

    TEXT = "文字"
    BOX = "方框"
    DATE = "日期"
    CAPITALS = "大写"
    WHEN = "是则印"
    INKED_DATE = "年月日"
    INKED_DAY = "月日"
    PHOTO = "照片"


_TEXT = Kind.TEXT
_FILTERS = (Kind.DATE, Kind.CAPITALS, Kind.INKED_DATE, Kind.INKED_DAY)
_PRINTERS: dict[Kind, Callable[[object], str]] = {
    Kind.TEXT: values.plain_text,
    Kind.BOX: values.box_text,
    Kind.DATE: values.date_text,
    Kind.CAPITALS: values.capital_amount,
    Kind.INKED_DATE: values.inked_date,
    Kind.INKED_DAY: values.inked_day,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A placeholder of a template."""

    name: str  # field, as in 姓名
    group: str = ""  # list whose records repeat the row, as in 名单; "" outside repeating rows
    kind: Kind = Kind.TEXT
    words: str = ""  # what 是则印 prints for yes
    page_rows: int = 0  # rows that fill a page; 0 where the row does not say
    room: int = 0  # full-width blanks that a blank value leaves for ink
    size: tuple[int, int] = ONE_INCH  # of a photo: millimetres wide and high

    def text(self, value: object) -> str:
        """What this placeholder prints for *value*, as plain text."""
        if self.kind is _TEXT:  # nearly all
            return values.plain_text(value) or "\u3000" * self.room
        if self.kind is Kind.WHEN:
            return self.words if values.is_yes(value) else ""
        if self.kind is Kind.PHOTO:
            return "" if isinstance(value, Photo) else self.name
        return _PRINTERS[self.kind](value) or "\u3000" * self.room

    def __str__(self) -> str:
        """The placeholder as a clerk would type it, without its filters."""
        box = "□" if self.kind is Kind.BOX else ""
        return f"{{{{{box}{self.group + '.' if self.group else ''}{self.name}}}}}"


def parse_mark(body: str) -> Mark:
    """The placeholder whose words between the braces are *body*."""
    words = _BLANKS.sub("", body)
    head, *filters = words.translate(_TWINS).split("|")
    head, question, said = head.partition("?")
    kind = Kind.WHEN if question else Kind.BOX if "□" in head else Kind.TEXT
    group, dot, name = head.replace("□", "").rpartition(".")
    settings: dict[str, Any] = {}
    for given in filters:
        if given in _FILTERS:
            kind = Kind(given)
        elif given.startswith(Kind.PHOTO):
            kind, settings["size"] = Kind.PHOTO, _photo_size(given, words)
        else:
            settings |= _read_setting(given, words)
    if not name or (dot and not group) or "." in group or ("page_rows" in settings and not group):
        raise TemplateError(f"{{{{{words}}}}}：写法不对。应如 {{{{姓名}}}} 或 {{{{名单.姓名}}}}。")
    return Mark(name=name, group=group, kind=kind, words=said, **settings)


def _photo_size(given: str, words: str) -> tuple[int, int]:
    found = _PHOTO_SIZE.fullmatch(given)
    sides = [round(float(side) * 10) for side in found.groups() if side] if found else []
    if found is None or any(not _LEAST <= side <= _MOST for side in sides):
        raise TemplateError(
            f"{{{{{words}}}}}：照片的大小写法不对。应如 |照片 或 |照片3.5×4.9（厘米，1 到 20）。"
        )
    return (sides[0], sides[1]) if sides else ONE_INCH


def _read_setting(given: str, words: str) -> dict[str, int]:
    for pattern, name in ((_PAGE_ROWS, "page_rows"), (_ROOM, "room")):
        found = pattern.fullmatch(given)
        if found:
            return {name: int(found[1])}
    known = "、".join(f"|{kind}" for kind in _FILTERS)
    raise TemplateError(f"{{{{{words}}}}}：不认得“|{given}”。能用的有 {known}、|照片、|留8格、|每页15行。")
