"""One table of a pack's TOML while it is read: typed access, and unknown keys."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from assistcli.policy.packtext import MOST_PROBLEMS, PackText, Problem, Span

__all__ = ["Entry", "PackText", "Problem", "repeated"]

T = TypeVar("T")

KIND_WORDS: dict[type, str] = {
    str: "带引号的文字",
    int: "不带引号的整数",
    bool: "true 或 false（不带引号）",
    date: "不带引号的日期，如 2020-03-01",
    list: '方括号里的列表，如 ["甲", "乙"]',
    dict: "一个表",
}
"""How a value of each kind is written in a pack."""
LONGEST_NAME = 40
LONGEST_TEXT = 5_000
MOST_ENTRIES = 2_000


class Entry:
    """A TOML table with the keys that were asked for; ``finish`` names those nobody asked for."""

    def __init__(
        self,
        source: PackText,
        table: Mapping[str, Any],
        where: str,
        path: str = "",
        span: Span | None = None,
    ) -> None:
        self.source = source
        self.table = table
        self.where = where
        self.path = path
        self.span = span
        self.known: set[str] = set()

    def get(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """The value of *key* if it is of *kind*; *default* if absent, and a problem if of another kind."""
        self.known.add(key)
        value = self.table.get(key, default)
        if value is default or (type(value) is kind and kind is not str):
            return value
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            self.report(f"「{key}」过长（{len(value)} 字，最多 {LONGEST_TEXT} 字；{self.where}）", key)
            return default
        if isinstance(value, kind) and not _is_odd(value, kind):
            return value
        self.report(f"「{key}」的类型不对，应写成{_kind_words(kind)}（{self.where}）", key)
        return default

    def need(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """As ``get``; a missing key is a problem."""
        if key not in self.table:
            self.report(f"{self.where} 缺少「{key}」")
        return self.get(key, kind, default)

    def text(self, key: str, default: str = "") -> str:
        """Text under *key*, blank if absent."""
        return str(self.get(key, str, default))

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under *key*, empty if absent."""
        values = self.get(key, list, [])
        for value in values:
            if not isinstance(value, str):
                self.report(f"「{key}」里应都是文字（{self.where}）", key)
        return tuple(str(value) for value in values)

    def share(self, key: str) -> tuple[int, int]:
        """The share under *key* as numerator and denominator: above zero, at most the whole."""
        share = self.texts(key)
        if len(share) == 2 and all(part.isdecimal() and part.isascii() and len(part) < 9 for part in share):
            numerator, denominator = int(share[0]), int(share[1])
            if 0 < numerator <= denominator:
                return numerator, denominator
        self.report(f'{self.where}：{key} 应写成 ["1", "10"]（十分之一）', key)
        return 1, 1

    def entry(self, key: str) -> "Entry | None":
        """The table under *key*, if there is one."""
        table = self.get(key, dict, None)
        if table is None:
            return None
        path = self._path(key)
        span = next(self.source.spans(path, self.span), None) or self._line_span(key)
        return Entry(self.source, table, f"{self.where} {key}", path, span)

    def entries(self, key: str, name_key: str = "id", most: int = MOST_ENTRIES) -> list["Entry"]:
        """The tables of the array under *key*; each is known by its *name_key* in messages."""
        found, path = [], self._path(key)
        spans = list(self.source.spans(path, self.span))
        for number, table in enumerate(self.get(key, list, []), 1):
            if isinstance(table, dict):
                name = str(table.get(name_key, number))[:LONGEST_NAME]
                span = spans[number - 1] if number <= len(spans) else self._line_span(key)
                found.append(Entry(self.source, table, f"[[{key}]] {name}", path, span))
            else:
                self.report(f"「{key}」里应都是表（{self.where}）", key)
        if len(found) > most:
            self.report(f"[[{key}]] 过多（{len(found)} 个，最多 {most} 个）", key)
        return found[:most]

    def report(self, message: str, needle: str = "", column: int = 0) -> None:
        """Note a problem of this table."""
        self.source.report(message, needle, column, self.span)

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _line_span(self, key: str) -> Span | None:
        """The lines from the one that begins an inline *key* to the table's end."""
        first, last = self.span or (1, len(self.source.lines))
        for number in range(first, last + 1):
            if _assigns(self.source.lines[number - 1], key):
                return number, last
        return self.span

    def finish(self) -> None:
        """Name every key of the table that nobody asked for, as they stand, with the nearest known one."""
        for key in islice((key for key in self.table if key not in self.known), MOST_PROBLEMS):
            hint = _place_hint(key) if not self.path else ""
            hint = hint or self.source.hint(key, sorted(self.known))
            span = next(self.source.spans(self._path(key), self.span), None) or self._line_span(key)
            self.source.report(f"{self.where} 里没有「{key[:LONGEST_NAME]}」这一项{hint}", span=span)


def _kind_words(kind: type | tuple[type, ...]) -> str:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return "，或".join(KIND_WORDS[each] for each in kinds)


def repeated(names: Iterable[T]) -> list[T]:
    """Those of *names* that stand there more than once, each once."""
    return [name for name, count in Counter(names).items() if count > 1]


def _place_hint(key: str) -> str:
    """Where a table belongs that stands on its own; blank for others."""
    return f"；是不是 [[benefit.{key}]]？" if key in {"amount", "condition"} else ""


def _is_odd(value: Any, kind: type | tuple[type, ...]) -> bool:
    """Whether *value* only passes for *kind*: true for a number, a moment for a day."""
    if type(value) is bool:
        return kind is not bool and not (isinstance(kind, tuple) and bool in kind)
    return type(value) is datetime


def _assigns(line: str, key: str) -> bool:
    return key in line and bool(re.search(rf"(^|[\s{{,\"\[.]){re.escape(key)}[\"\]]*\s*(=|$)", line))
