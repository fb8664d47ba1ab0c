"""Words of a pack that no case holds: a code table gives its own word for them (宁夏, not 宁夏回族自治区)."""

from collections.abc import Iterable, Iterator, Set

from assistcli.errors import DataRejectedError
from assistcli.fields import Field
from assistcli.intake.codes import canonical_word
from assistcli.policy.packtext import PackText, Problem
from assistcli.policy.rules import Pack
from assistcli.policy.verdict import Judge


def remarks_on_words(pack: Pack, file: str, text: str) -> tuple[Problem, ...]:
    """The conditions and examples of *pack* whose words no case holds, each with its line."""
    source = PackText(file, text)
    for field, words in _compared(pack):
        for word in sorted(words):
            recorded = _recorded(field, word)
            if recorded not in words:
                source.report(
                    f"「{field.name}」在个案里没有「{word}」，记作「{recorded}」：条件里也要写它", word
                )
    for example in pack.examples:
        for name, written in example.facts.items():
            known = pack.fields.get(name)
            recorded = _recorded(known, written) if known and isinstance(written, str) else written
            if recorded != written:
                said = f"例「{example.title}」：「{name}」在个案里没有「{written}」，记作「{recorded}」"
                source.report(said, f'"{example.title}"')
    return tuple(source.problems)


def _compared(pack: Pack) -> Iterator[tuple[Field, Set[str]]]:
    """Each list of words in the rules of *pack*, with the field that is looked up in it."""
    seen: Iterable[tuple[str, frozenset[str]]] = dict.fromkeys(
        (mark.fact, frozenset(word for word in mark.members or () if isinstance(word, str)))
        for mark in Judge(pack, {}, 0).landmarks
    )
    for name, words in seen:
        if words:
            yield pack.fields[name], words


def _recorded(field: Field, word: str) -> str:
    """The word that a case holds where *word* was typed; an unknown one as it is."""
    try:
        return canonical_word(field, word)
    except DataRejectedError:
        return word
