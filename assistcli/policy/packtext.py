"""A pack's own text: which lines a table fills, and the problems found in it, each with its line."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice

from assistcli.fields import guess_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a pack: file, line (1-based; 0 where no line is to blame) and what to mend."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.file} 第 {self.line} 行" if self.line else self.file
        return f"{where}：{self.message}"


MOST_PROBLEMS = 100
LONGEST_WORD, MOST_NAMES = 40, 400

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
    def _plain(self) -> str:
        return "\n".join(self.lines)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.lines)][:-1]

    @cached_property
    def _headers(self) -> list[tuple[int, str]]:
        found = []
        for number, line in enumerate(self.lines, 1):
            if "[" in line and (match := re.match(r"\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}", line)):
                found.append((number, match[1]))
        return found

    def spans(self, path: str, within: Span | None) -> Iterator[Span]:
        """The lines of each table whose header is *path*, inside *within*."""
        first, last = within or (1, len(self.lines))
        places = self._places.get(path, [])
        for place in islice(places, bisect_left(places, first, key=self._line_of_header), None):
            number = self._line_of_header(place)
            if number > last:
                return
            yield number, self._end(place, path, last)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where among the headers each one stands."""
        found: dict[str, list[int]] = {}
        for place, (_, name) in enumerate(self._headers):
            found.setdefault(name, []).append(place)
        return found

    def _line_of_header(self, place: int) -> int:
        return self._headers[place][0]

    def _end(self, place: int, path: str, last: int) -> int:
        """The last line of the table whose header stands at *place*, at most *last*."""
        for number, name in islice(self._headers, place + 1, None):
            if number > last:
                break
            if not name.startswith(f"{path}."):
                return number - 1
        return last

    def hint(self, word: str, names: Iterable[str]) -> str:
        """A proposal of the nearest of *names*; blank for words too long for a slip, or after many slips."""
        return "" if len(self.problems) >= MOST_PROBLEMS else propose(word, names)

    def report(self, message: str, needle: str = "", column: int = 0, span: Span | None = None) -> None:
        """Note a problem at the first line of *span* that holds *needle*, else where *span* begins."""
        at = f"第 {column} 列：" if column else ""
        problem = Problem(file=self.file, line=self.line_of(needle, span), message=at + message)
        if problem not in self.problems and len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def line_of(self, needle: str, span: Span | None = None) -> int:
        """The first line of *span* that holds *needle*, else its first line; 0 where there is neither."""
        first, last = span or (1, len(self.lines))
        start = self._starts[first - 1] if first <= len(self.lines) else 0
        end = self._starts[last] if last < len(self.lines) else len(self._plain)
        for wanted in filter(None, (needle, needle.replace('"', '\\"'))):
            found = self._plain.find(wanted, start, end)
            if found >= 0:
                return bisect_right(self._starts, found)
        return span[0] if span else 0


def propose(word: str, names: Iterable[str]) -> str:
    """A question whether the nearest of *names* was meant; blank where *word* is too long for a slip."""
    if len(word) > LONGEST_WORD:
        return ""
    known = [name for name in islice(names, MOST_NAMES) if len(name) <= LONGEST_WORD]
    return guess_name(word, known)


def blamed_on(what: str, text: str, error: Exception) -> str:
    """What is wrong with *text*; an error that quotes the whole of it need not be told of what."""
    return f"{what}{error}" if str(error).startswith(f"「{text}」") else f"{what}「{shorten(text)}」{error}"


def shorten(text: str, most: int = 40) -> str:
    """*text* cut to at most *most* letters, for a message."""
    return text if len(text) <= most else text[: most - 1] + "…"
