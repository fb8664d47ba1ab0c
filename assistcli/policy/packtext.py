"""A pack's own text: which lines a table fills, and the problems found in it, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a pack: file, line (1-based; 0 where no line is to blame) and what to mend."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.file} 第 {self.line} 行" if self.line else self.file
        return f"{where}：{self.message}"


MOST_PROBLEMS = 200

Span = tuple[int, int]
"""First and last line (1-based) of a table."""


@dataclass
class PackText:
    """A pack's own text, and the problems found in it so far."""

    file: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text; comments are blank."""
        return ["" if line.lstrip().startswith("#") else line for line in self.text.splitlines()]

    @cached_property
    def _headers(self) -> list[tuple[int, str]]:
        found = []
        for number, line in enumerate(self.lines, 1):
            if match := re.match(r"\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}", line):
                found.append((number, match[1]))
        return found

    def spans(self, path: str, within: Span | None) -> Iterator[Span]:
        """The lines of each table whose header is *path*, inside *within*."""
        first, last = within or (1, len(self.lines))
        inside = [(number, name) for number, name in self._headers if first <= number <= last]
        for place, (number, name) in enumerate(inside):
            if name == path:
                after = (n for n, other in inside[place + 1 :] if not other.startswith(f"{path}."))
                yield number, next(after, last + 1) - 1

    def report(self, message: str, needle: str = "", column: int = 0, span: Span | None = None) -> None:
        """Note a problem at the first line of *span* that holds *needle*, else where *span* begins."""
        at = f"第 {column} 列：" if column else ""
        problem = Problem(file=self.file, line=self.line_of(needle, span), message=at + message)
        if problem not in self.problems and len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def line_of(self, needle: str, span: Span | None = None) -> int:
        """The first line of *span* that holds *needle*, else its first line; 0 where there is neither."""
        first, last = span or (1, len(self.lines))
        for wanted in filter(None, (needle, needle.replace('"', '\\"'))):
            for number in range(first, last + 1):
                if wanted in self.lines[number - 1]:
                    return number
        return span[0] if span else 0
