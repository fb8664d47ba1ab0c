"""Documents as JSON text: written fast, and the same as the plain way would."""

import json
from collections import namedtuple
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.document import dump_document
from store.errors import StoreError
from store.values import dump_json, load_document

Pair = namedtuple("Pair", "left right")
# Numbers too small or large for plain digits are written 1e-7 or 1e-07: both are read as the same.
_NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda number: number == 0 or 1e-4 < abs(number) < 1e15
)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_VALUES = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
)


@dataclass
class Thing:
    """What no JSON holds."""

    name: str = "x"


@given(st.dictionaries(_TEXTS, _VALUES, max_size=5))
def test_the_text_is_byte_for_byte_that_of_the_plain_encoder(document: dict[str, Any]) -> None:
    """Journals read alike whichever wrote them, and what is read is what was written."""
    text = dump_document(document)
    assert text == dump_json(document)
    assert load_document(text) == document


@pytest.mark.parametrize(
    "document",
    [
        {"n": 2**64},
        {"n": -(2**70)},
        {1: "one"},
        {"p": Pair(1, None)},
        {"n": None},
        {"t": (1, 2)},
        {"x": 5e-324},
    ],
)
def test_what_only_the_plain_encoder_writes_is_written(document: dict[Any, Any]) -> None:
    assert json.loads(dump_document(document)) == json.loads(json.dumps(document))


@pytest.mark.parametrize(
    "value",
    [float("nan"), [None, float("inf")], "\ud800", date(2013, 6, 1), Thing(), b"x", {1, 2}, object()],
    ids=["nan", "infinity beside null", "half a letter", "day", "dataclass", "bytes", "set", "object"],
)
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    """Not made text of, nor null: refused with an error that a user can read."""
    with pytest.raises(StoreError):
        dump_document({"x": value})


@pytest.mark.parametrize("document", [[], "text", None])
def test_a_document_is_an_object(document: object) -> None:
    with pytest.raises(StoreError):
        dump_document(document)


def test_a_deeply_nested_document_is_refused() -> None:
    """Not with a traceback: with an error a user can read."""
    nested: dict[str, object] = {}
    for _ in range(100_000):
        nested = {"a": nested}
    with pytest.raises(StoreError):
        dump_document(nested)
