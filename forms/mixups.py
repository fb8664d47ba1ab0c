"""Signs that a form is more than one answer to each blank: two people, merged cells, words beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from forms.cells import Page, squeeze
from forms.continuation import ANNEX
from forms.formmap import FormMap


def are_several(copies: Sequence[Mapping[str, str]]) -> bool:
    """Whether *copies*, the answers behind the first label of each kind, the second …, are several people's.

    A blank form beside a filled one is none, nor is the same form twice.
    """
    whole = [copy for copy in copies if len(copy) * 2 > len(copies[0]) and any(copy.values())]
    return any(copy[name] != whole[0].get(name, copy[name]) for copy in whole[1:] for name in copy)


def mixed_labels(texts: Sequence[str], lost: Collection[str]) -> list[str]:
    """Those of the *lost* labels that stand in *texts* as labels do: somebody merged cells."""
    return [
        label
        for label in sorted(lost)
        if re.search(rf"(?:^|[\s，,；;、]){re.escape(label)}\s*[:：\s]", "\n".join(texts)) and len(label) > 1
    ]


def loose_paragraphs(page: Page, form: FormMap) -> int:
    """How many paragraphs of *page* the form neither prints nor asks for."""
    if form.free:
        return 0
    outside = list(page.paragraphs)
    annex = next((at for at, words in enumerate(outside) if words.startswith(ANNEX)), len(outside))
    return sum(
        bool(words.strip())
        and squeeze(words) not in form.lines
        and not any(sentence.pattern.fullmatch(words) for sentence in form.sentences)
        for words in outside[:annex]
    )
