"""Printed numbers of one table held against each other (R2-31, R2-32): sums, and parts that have a whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

VALUE_COLUMN = 4
"""The column of the numbers, counted from 1 as ``--who`` does."""


class Fault(NamedTuple):
    """What does not add up, and what to do about it."""

    told: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One printed number: where a reader finds it, what it is called, and how a number like it is printed."""

    line: int
    name: str
    number: int
    shows: Callable[[int], str]

    @property
    def told(self) -> str:
        """Line, name and number."""
        return f"第 {self.line} 行{self.name} {self.shows(self.number)}"


def check_figures(rules: Mapping[str, Any], figures: Sequence[Figure], day: date) -> Iterator[Fault]:
    """What does not add up on *day*: the cells and their figures, and what to do."""
    by_line = {figure.line: figure for figure in figures}
    for rule in rules["sum"]:
        yield from _check_sum(by_line[rule["total"]], [by_line[n] for n in rule["parts"]], rule, day)
    for rule in rules["at_most"]:
        yield from _check_part(by_line[rule["part"]], by_line[rule["whole"]], rule, day)


def _check_sum(whole: Figure, parts: Sequence[Figure], rule: Mapping[str, Any], day: date) -> Iterator[Fault]:
    summed = sum(part.number for part in parts)
    if whole.number != summed:
        listed = "＋".join(part.shows(part.number) for part in parts)
        lines = "＋".join(str(part.line) for part in parts)
        parted = f"各分项（第 {lines} 行）{listed}＝{whole.shows(summed)}"
        told = f"截至 {day} 核对不符：{whole.told}，{parted}，差 {whole.shows(whole.number - summed)}"
        yield Fault(told, f"{rule['remedy']}；{_look(whole, day)}")


def _check_part(part: Figure, whole: Figure, rule: Mapping[str, Any], day: date) -> Iterator[Fault]:
    if part.number > whole.number:
        word = "请留意" if rule.get("soft") else "核对不符"
        over = part.shows(part.number - whole.number)
        told = f"截至 {day} {word}：{part.told}，多于{whole.told}，多 {over}"
        yield Fault(told, f"{rule['remedy']}；{_look(part, day)}")


def _look(figure: Figure, day: date) -> str:
    return f"逐笔看：assist report statistics --as-of {day} --who {figure.line},{VALUE_COLUMN}"
