"""Three-way merge of one document: pure, and the same whichever side is called ours.

A document is merged member by member and, where a member is an object, one level further down
(``facts.姓名``); below that a value is taken whole, so a fact never mixes two people's words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from store.backend import Document

DEPTH = 2
WHOLE = ""  # path of a conflict between a deletion and a change


class _Missing:
    """A member that is not there; unlike null."""

    def __repr__(self) -> str:
        return "（无）"


MISSING: Final = _Missing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One place that both sides changed differently; a value of MISSING means it is not there."""

    path: str
    base: Any
    ours: Any
    theirs: Any


Choose = Callable[[Clash], Any]  # the value to take: clash.ours or clash.theirs


def merge_documents(
    bases: Sequence[Document | None], ours: Document | None, theirs: Document | None, choose: Choose
) -> Document | None:
    """The document with both sides' changes; *choose* is asked wherever they clash.

    Several bases: a side counts as unchanged only if it equals all of them.
    """
    if ours is None or theirs is None:
        return _with_deletion(bases, ours, theirs, choose)
    merged = _merge([base or {} for base in bases], ours, theirs, (), choose)
    return dict(merged)


def _with_deletion(
    bases: Sequence[Document | None], ours: Document | None, theirs: Document | None, choose: Choose
) -> Document | None:
    """A deletion stands unless the other side changed the record."""
    if ours is None and theirs is None:
        return None
    left = theirs if ours is None else ours
    if all(base is None for base in bases):
        return left  # the other side never had it, or made and deleted it
    if all(_same(base, left) for base in bases):
        return None
    chosen = choose(Clash(path=WHOLE, base=bases[0], ours=ours, theirs=theirs))
    return None if chosen is None else dict(chosen)


def _merge(bases: Sequence[Any], ours: Any, theirs: Any, path: tuple[str, ...], choose: Choose) -> Any:
    """One value, merged."""
    if _same(ours, theirs) or all(_same(base, theirs) for base in bases):
        return ours
    if all(_same(base, ours) for base in bases):
        return theirs
    if len(path) < DEPTH and isinstance(ours, dict) and isinstance(theirs, dict):
        return _merge_members(bases, ours, theirs, path, choose)
    return choose(Clash(path=".".join(path), base=bases[0], ours=ours, theirs=theirs))


def _merge_members(
    bases: Sequence[Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    path: tuple[str, ...],
    choose: Choose,
) -> dict[str, Any]:
    """An object, merged member by member."""
    merged = {}
    for key in dict.fromkeys((*ours, *theirs)):
        below = [base.get(key, MISSING) if isinstance(base, dict) else MISSING for base in bases]
        value = _merge(below, ours.get(key, MISSING), theirs.get(key, MISSING), (*path, key), choose)
        if value is not MISSING:
            merged[key] = value
    return merged


def value_at(document: Document | None, path: str) -> Any:
    """What stands at a path of a document."""
    if document is None or path == WHOLE:
        return document
    key, dot, below = path.partition(".")
    if path in document:
        return document[path]
    inner = document.get(key, MISSING)
    return inner.get(below, MISSING) if dot and isinstance(inner, dict) else inner


def _same(one: Any, other: Any) -> bool:
    """Equality as JSON has it: 1, 1.0 and true are three things."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)
