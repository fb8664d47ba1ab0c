"""Readings (口径) of unclear clauses: what each option gives, and what stands until one is adopted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

Combination = Mapping[str, str]
DISAGREE = "depends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One unclear clause: the question, who decides it, and its options with their Chinese labels.

    ``plain`` is the option that the words themselves favour: until one is adopted, what
    it refuses is refused.
    ``tables_only`` marks readings that touch tables, never a verdict.
    """

    id: str
    question: str
    clause: str
    decides: str
    options: Mapping[str, str]
    plain: str = ""
    tables_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """An unclear clause that no fact can settle by reckoning: it is printed with the verdict.

    ``options`` are the ways to read it, as far as they can be named, for those who ask.
    """

    id: str
    question: str
    clause: str
    decides: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Open(Generic[T]):
    """A part of a rule that may depend on readings: its value under each combination of their options."""

    readings: tuple[str, ...]
    under: Mapping[tuple[str, ...], T]

    @classmethod
    def settled(cls, value: T) -> "Open[T]":
        """A part that no reading touches."""
        return cls((), {(): value})

    def settled_by(self, adopted: Mapping[str, str]) -> T | None:
        """The part under the options *adopted*; ``None`` while one of its readings is open."""
        return self.under.get(tuple([adopted.get(reading, "") for reading in self.readings]))

    def at(self, combination: Combination) -> T:
        """The part under the options of *combination*."""
        return self.under[tuple([combination[reading] for reading in self.readings])]


def combinations(readings: Iterable[Reading], adopted: Mapping[str, str]) -> list[Combination]:
    """Every way to read the *readings* together; an adopted one counts alone."""
    names, choices = [], []
    for reading in readings:
        names.append(reading.id)
        choices.append([adopted[reading.id]] if reading.id in adopted else list(reading.options))
    return [dict(zip(names, picked, strict=True)) for picked in product(*choices)]


@dataclass(frozen=True, slots=True)
class Dependence(Generic[R]):
    """An unadopted reading whose options give different results; ``None`` where other readings decide."""

    reading: str
    options: Mapping[str, R | None]


def dependences(
    results: Sequence[tuple[Combination, R]], readings: Iterable[Reading], adopted: Mapping[str, str]
) -> list[Dependence[R]]:
    """The unadopted *readings* whose options give different *results*, all others read alike.

    An option's value is what all combinations of the others agree on, else ``None``.
    """
    return [
        Dependence(reading.id, {option: _agreed(results, reading.id, option) for option in reading.options})
        for reading in readings
        if reading.id not in adopted and _matters(results, reading.id)
    ]


def _matters(results: Sequence[tuple[Combination, R]], reading: str) -> bool:
    seen: dict[tuple[tuple[str, str], ...], R] = {}
    for combination, result in results:
        others = tuple(item for item in combination.items() if item[0] != reading)
        if seen.setdefault(others, result) != result:
            return True
    return False


def _agreed(results: Sequence[tuple[Combination, R]], reading: str, option: str) -> R | None:
    values = {result for combination, result in results if combination[reading] == option}
    return values.pop() if len(values) == 1 else None
