"""The one field catalogue, read from ``fields.toml``.

Every fact, prompt, import header, template placeholder, mask and export column is an entry here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

HIDDEN = "S3"
PERSONAL = "S2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """How a value follows from another: by its ``no`` values, the store's year, or a part of an ID number."""

    source: str
    no: frozenset[str] = frozenset()
    equals_year: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One kind of fact (字段): its name, type, sensitivity and the words it goes by."""

    name: str
    kind: str
    sensitivity: str
    of: frozenset[str] = frozenset({"student", "household"})
    aliases: tuple[str, ...] = ()
    aliases_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    derivation: Derivation | None = None
    question: str = ""
    asked: int = 0
    asked_of: frozenset[str] = frozenset({"student", "household"})
    shared_of: frozenset[str] = frozenset()
    required: bool = False
    least: int = 0
    code: bool = False
    table: str = ""

    def names_for(self, subject: str) -> tuple[str, ...]:
        """Name and aliases of this field on a form about *subject* (``student`` or ``household``)."""
        return (self.name, *self.aliases, *self.aliases_of.get(subject, ()))


@cache
def catalogue() -> Mapping[str, Field]:
    """Every field by its name, in the order of ``fields.toml``."""
    import tomllib  # not for a page of help

    text = Path(__file__).with_name("fields.toml").read_text(encoding="utf-8")  # resources cost 7 ms
    return {entry["name"]: read_field(entry) for entry in tomllib.loads(text)["field"]}


def read_field(entry: Mapping[str, Any]) -> Field:
    """The field that one catalogue entry, or one pack-only fact, describes."""
    words = {other: choice for choice, others in entry.get("words", {}).items() for other in others}
    aliases_of = {subject: tuple(entry.get(f"{subject}_aliases", ())) for subject in ("student", "household")}
    return Field(
        name=entry["name"],
        kind=entry["kind"],
        sensitivity=entry["class"],
        of=frozenset(entry.get("of", ("student", "household"))),
        aliases=tuple(entry.get("aliases", ())),
        aliases_of=aliases_of,
        choices=tuple(entry.get("choices", ())),
        words=words,
        derivation=_read_derivation(entry.get("derive")),
        question=entry.get("question", ""),
        asked=entry.get("asked", 0),
        asked_of=frozenset(entry.get("asked_of", ("student", "household"))),
        shared_of=frozenset(entry.get("shared_of", ())),
        required=entry.get("required", False),
        least=entry.get("least", 0),
        code=entry.get("code", False),
        table=entry.get("table", ""),
    )


def _read_derivation(entry: Mapping[str, Any] | None) -> Derivation | None:
    if entry is None:
        return None
    return Derivation(
        source=entry["from"],
        no=frozenset(entry.get("no", ())),
        equals_year=entry.get("equals") == "year",
        part=entry.get("part", ""),
    )


def fields_of(subject: str) -> list[Field]:
    """The fields that a case about *subject*, or the ``office``, may have, in catalogue order."""
    return [entry for entry in catalogue().values() if subject in entry.of]


def nearest_names(word: str, names: Iterable[str], count: int = 1) -> list[str]:
    """Up to *count* of *names* that look like *word*, best first."""
    known = list(names)
    partial = [name for name in known if len(word) > 1 and (word in name or name in word)]
    close = get_close_matches(word, known, n=max(1, len(known)), cutoff=0.5)
    # Of two that share as many letters, the one that begins alike: 困难档次 is 困难等级 rather than 就业困难.
    close.sort(key=lambda name: (-_likeness(word, name), not name.startswith(word[:2])))
    return list(dict.fromkeys([*close, *partial]))[:count]


def _likeness(word: str, name: str) -> float:
    """The share of letters that *word* and *name* have in common, in order."""
    return SequenceMatcher(None, name, word).ratio()


def guess_name(word: str, names: Iterable[str]) -> str:
    """The end of a refusal: whether the nearest of *names* was meant; blank where none is near *word*."""
    near = nearest_names(word, names)
    return f"；是不是「{near[0]}」？" if near else ""
