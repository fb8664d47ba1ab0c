"""Placeholders in paragraphs: found across split runs, healed into the run where they begin."""

from __future__ import annotations

from collections.abc import Callable

from forms.marks import MARK, Mark, parse_mark
from forms.wordml import XML_SPACE, Element, own, w


def paragraph_text(paragraph: Element) -> str:
    """The paragraph's own text, without that of text boxes in it."""
    return "".join(text.text or "" for text in own(paragraph, "t", "p"))


def take_marks(paragraph: Element, replace: Callable[[Mark], str]) -> list[Mark]:
    """The placeholders of *paragraph*, each put in the tree as what *replace* says.

    Word splits a typed word over runs as it likes; the whole placeholder goes to the run in which
    it begins, and takes that run's formatting.
    """
    texts = list(own(paragraph, "t", "p"))
    whole = "".join(text.text or "" for text in texts)
    found = [(match.span(), parse_mark(match[1])) for match in MARK.finditer(whole)]
    replacements = [replace(mark) for _, mark in found]
    for ((start, end), _), words in reversed(list(zip(found, replacements, strict=True))):
        _splice(texts, start, end, words)
    return [mark for _, mark in found]


def _splice(texts: list[Element], start: int, end: int, words: str) -> None:
    """Replace characters *start* to *end* of the joined *texts* by *words*, in the first one touched."""
    at = 0
    for text in texts:
        content = text.text or ""
        first, last = max(start - at, 0), min(end - at, len(content))
        at += len(content)
        if first >= last:
            continue
        text.text = content[:first] + words + content[last:]
        text.set(XML_SPACE, "preserve")
        words = ""


def first_run(paragraph: Element, token: str) -> Element | None:
    """The run of *paragraph* that holds *token*."""
    for text in own(paragraph, "t", "p"):
        if token in (text.text or ""):
            return next(text.iterancestors(w("r")), None)
    return None
