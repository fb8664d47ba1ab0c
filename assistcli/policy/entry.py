"""One table of a pack's TOML while it is read: typed access, unknown keys and line numbers of problems."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistcli.fields import nearest_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a pack: file, line (1-based; 0 where no line is to blame) and what to mend."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.file} 第 {self.line} 行" if self.line else self.file
        return f"{where}：{self.message}"


@dataclass(slots=True)
class PackText:
    """A pack's own text, and the problems found in it so far."""

    file: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    def report(self, message: str, needle: str = "", column: int = 0) -> None:
        """Note a problem at the first line that holds *needle*."""
        at = f"第 {column} 列：" if column else ""
        self.problems.append(Problem(file=self.file, line=self.line_of(needle), message=at + message))

    def line_of(self, needle: str) -> int:
        """The first line outside comments that holds *needle*; 0 if none does."""
        for number, line in enumerate(self.text.splitlines(), 1):
            if needle and needle in line and not line.lstrip().startswith("#"):
                return number
        return 0


class Entry:
    """A TOML table with the keys that were asked for; ``finish`` names those nobody asked for."""

    def __init__(self, source: PackText, table: Mapping[str, Any], where: str) -> None:
        self.source = source
        self.table = table
        self.where = where
        self.known: set[str] = set()

    def get(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """The value of *key* if it is of *kind*; *default* if absent, and a problem if of another kind."""
        self.known.add(key)
        value = self.table.get(key, default)
        if value is default or isinstance(value, kind):
            return value
        self.report(f"「{key}」的类型不对（{self.where}）", key)
        return default

    def need(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """As ``get``; a missing key is a problem."""
        if key not in self.table:
            self.report(f"{self.where} 缺少「{key}」", str(next(iter(self.table.values()), "")))
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

    def entry(self, key: str) -> "Entry | None":
        """The table under *key*, if there is one."""
        table = self.get(key, dict, None)
        return None if table is None else Entry(self.source, table, f"{self.where} {key}")

    def entries(self, key: str, name_key: str = "id") -> list["Entry"]:
        """The tables of the array under *key*; each is known by its *name_key* in messages."""
        tables = self.get(key, list, [])
        return [
            Entry(self.source, table, f"[[{key}]] {table.get(name_key, number)}")
            for number, table in enumerate(tables, 1)
            if isinstance(table, dict)
        ]

    def report(self, message: str, needle: str = "", column: int = 0) -> None:
        """Note a problem of this table."""
        self.source.report(message, needle, column)

    def finish(self) -> None:
        """Name every key of the table that nobody asked for, with the nearest known one."""
        for key in self.table.keys() - self.known:
            near = nearest_names(key, self.known)
            hint = f"；是不是「{near[0]}」？" if near else ""
            line = next((line for line in self.source.text.splitlines() if _assigns(line, key)), key)
            self.report(f"{self.where} 里没有「{key}」这一项{hint}", line)


def _assigns(line: str, key: str) -> bool:
    return bool(re.search(rf"(^|[\s{{,\"\[.]){re.escape(key)}[\"\]]*\s*(=|$)", line))
