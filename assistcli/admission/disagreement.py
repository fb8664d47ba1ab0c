"""Where sources disagree: told in words, listed, and settled anew when the rules change."""

from collections.abc import Iterator, Sequence

from assistcli.book.casebook import Page, Reader
from assistcli.fields import catalogue
from assistcli.model import Case, Fact
from assistcli.provenance import Precedence, resettled, undecided, word_lines


def open_disagreements(source: Reader, pack: str | None) -> Iterator[tuple[Case, str, Sequence[Fact]]]:
    """Every fact that is unknown because sources disagree, with its case and what each says."""
    for case in source.cases(pack):
        for name, said in undecided(case).items():
            yield case, name, said


def settle_anew(page: Page, rules: Sequence[Precedence]) -> int:
    """Number of facts that *rules* settle otherwise than before, now written so on *page*."""
    changed = 0
    for case in list(page.cases()):
        now = resettled(case, rules) if case.statements else case
        moved = sum(case.value(name) != now.value(name) for name in case.statements)
        if moved:
            page.put_case(now)
        changed += moved
    return changed


def undecided_lines(case: Case, *, reveal: bool = False) -> list[str]:
    """What a person should hear of *case*: which facts are unknown because sources disagree."""
    lines = []
    for name, said in undecided(case).items():
        words = "；".join(word_lines(said, catalogue().get(name), reveal=reveal))
        lines.append(f"{name}：几个来源说法不同，未定之前按「不详」判定：{words}")
    return lines


def kept_words(case: Case, *, reveal: bool = False) -> list[str]:
    """What else was said on facts that are settled: by whom, of which day."""
    lines = []
    for name, said in case.statements.items():
        fact = case.facts.get(name)
        others = [other for other in said if fact and other.value != fact.value]
        if others:
            lines.append(f"{name}：{'；'.join(word_lines(others, catalogue().get(name), reveal=reveal))}")
    return lines
