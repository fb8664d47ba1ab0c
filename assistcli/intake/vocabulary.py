"""Words of spreadsheets that are neither names nor facts, read from ``words.toml``."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from assistcli.values import fold_text

EXPLANATION = "错误说明"  # the column that an annotated workbook adds

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTable:
    """One packaged code table: its file, which column or lists hold words and codes, which fields read it.

    ``also`` are spellings beside those of the file. A ``whole`` table has every word that ends in
    ``drop_tail``, and says what to write instead of another.
    """

    file: str
    fields: frozenset[str]
    word: str = ""
    others: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    drop_tail: str = ""
    whole: str = ""
    also: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """The column whose code is a sum of yes/no bits: its headers, table, fields and other words."""

    headers: frozenset[str]
    table: CodeTable
    fields: tuple[str, ...]
    words: Mapping[str, str]
    partial: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The word lists of ``words.toml``, folded for comparing."""

    skip_sheets: frozenset[str]
    ignored_headers: frozenset[str]
    totals: frozenset[str]
    notes: frozenset[str]
    examples: frozenset[str]
    instructions: frozenset[str]
    groups: frozenset[str]
    narrower: frozenset[tuple[str, str]]
    heading_tails: tuple[str, ...]
    other_people: tuple[str, ...]
    compounds: Mapping[str, tuple[str, ...]]
    tables: tuple[CodeTable, ...]
    flags: Flags


@cache
def words() -> Words:
    """Every word list, read once."""
    raw = _raw_words()
    folded = ("skip_sheets", "ignored_headers", "totals", "notes", "examples", "instructions")
    compounds = {
        fold_text(name): tuple(part["fields"]) for part in raw["compound"] for name in part["headers"]
    }
    return Words(
        **{name: frozenset(map(fold_text, raw[name])) for name in folded},
        groups=frozenset(raw["groups"]),
        narrower=frozenset((wide, narrow) for wide, narrow in raw["narrower"]),
        heading_tails=tuple(raw["heading_tails"]),
        other_people=tuple(raw["other_people"]),
        compounds=compounds,
        tables=tuple(_read_table(part) for part in raw["table"]),
        flags=_read_flags(raw["flags"]),
    )


def blank_words() -> Mapping[str, Mapping[str, str]]:
    """Instructions and examples of the blank workbook, by kind of field or by name."""
    found: Mapping[str, Mapping[str, str]] = _raw_words()["blank"]
    return found


@cache
def _raw_words() -> Mapping[str, Any]:
    text = files("assistcli.intake").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _read_table(part: Mapping[str, Any]) -> CodeTable:
    return CodeTable(
        file=part["file"],
        fields=frozenset(part["fields"]),
        word=part.get("word", ""),
        others=tuple(part.get("others", ())),
        lists=tuple(part.get("lists", ())),
        drop_tail=part.get("drop_tail", ""),
        whole=part.get("whole", ""),
        also=part.get("also", {}),
    )


def _read_flags(part: Mapping[str, Any]) -> Flags:
    return Flags(
        headers=frozenset(map(fold_text, part["headers"])),
        table=CodeTable(file=part["file"], fields=frozenset(part["fields"]), lists=(part["list"],)),
        fields=tuple(part["fields"]),
        words={fold_text(word): code for word, code in part["words"].items()},
        partial={fold_text(word): tuple(names) for word, names in part["partial"].items()},
    )


def fold_header(text: str) -> str:
    """A header for comparing: width, case and blanks folded, required marks and a final colon gone."""
    return fold_text(text).strip("*＊:：·")


def strip_instructions(folded: str) -> str:
    """A folded header without what stands in brackets: ``就业能力特别弱(√)`` → ``就业能力特别弱``."""
    return _BRACKETS.sub("", folded).strip("*:：()")
