"""What came from whom: files taken in, how their headers are read, and whose word on a fact counts.

A source (来源) is named when a file is imported: 学校教务处, 民政局. What the office itself enters or imports
without naming one is its own word, which settles all that was said before. Sources that disagree leave the
fact unknown until a rule that a person set, or a person, decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistcli.fields import Field
from assistcli.masks import mask_value
from assistcli.model import Case, Fact, LazyFacts

OWN_WORD = "本单位"
IGNORE = "-"  # the field of a column that is not wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One file that went in whole (来件); its id is drawn from its content and how it was read."""

    id: str
    file: str
    rows: int
    day: date
    by: str
    party: str = ""
    stated: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a person had the unknown headers of one layout of tables read (表头对应)."""

    id: str
    pack: str
    headers: tuple[str, ...]
    mapping: Mapping[str, str]
    file: str
    day: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """A rule on whose word counts (来源规则): of *parties* the earlier named, or with *newest* the newer.

    It is for the facts *topics*, or where these are blank for all; a party that is not listed yields to one
    that is.
    """

    id: str
    day: date
    parties: tuple[str, ...]
    by: str
    topics: tuple[str, ...] = ()
    newest: bool = False
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks in an import: a party and the day it speaks of, and the rules that a person has set."""

    party: str = ""
    stated: date | None = None
    rules: Sequence[Precedence] = field(default_factory=tuple)

    def tells(self, case: Case, name: str, value: object) -> bool:
        """Whether *value* for fact *name* is news; what the party said before, or later, is none."""
        if case.value(name) == value:
            return False
        earlier = next((fact for fact in case.statements.get(name, ()) if fact.party == self.party), None)
        if not self.party or earlier is None:
            return True
        return earlier.value != value and not _is_older(self.stated, earlier)


UNNAMED = Voice()
"""What is entered without a source being named: the office's own word."""


def heard(case: Case, new: Fact, name: str) -> tuple[Fact, ...]:
    """Everything said on fact *name* of *case*, oldest first, once *new* has been said as well.

    A party's word replaces its earlier one, and the office's own from the same file; of its own words only
    the last before this one is kept.
    """
    known = case.facts.get(name)
    said = case.statements.get(name) or ((known,) if known else ())
    others = [fact for fact in said if _speaker(fact) != _speaker(new)]
    own = [fact for fact in others if not fact.party][-1:] if not new.party else others
    return (*(fact for fact in others if fact.party or fact in own), new)


def settled(name: str, said: Sequence[Fact], rules: Sequence[Precedence]) -> Fact | None:
    """The statement that counts; ``None`` while sources disagree and no rule decides."""
    standing = open_statements(said)
    if len({_exact(fact) for fact in standing}) == 1:
        return standing[-1]
    for rule in sorted(rules, key=lambda rule: (rule.day, rule.id), reverse=True):
        if not rule.topics or name in rule.topics:
            winner = _winner(rule, standing)
            if winner is not None:
                return winner
    return None


def open_statements(said: Sequence[Fact]) -> Sequence[Fact]:
    """Those of *said* that the office has not overruled by a later word of its own."""
    last = max((place for place, fact in enumerate(said) if not fact.party), default=0)
    return said[last:]


def with_word(case: Case, name: str, said: Sequence[Fact], now: Fact | None) -> Case:
    """*case* with *said* on fact *name*, of which *now* counts; all is kept where not all say the same."""
    statements = {other: kept for other, kept in case.statements.items() if other != name}
    if len({_exact(fact) for fact in said}) > 1:
        statements[name] = tuple(said)
    return replace(case, facts=_with_fact(case.facts, name, now), statements=statements)


def _with_fact(facts: Mapping[str, Fact], name: str, fact: Fact | None) -> Mapping[str, Fact]:
    if isinstance(facts, LazyFacts):
        return facts.with_fact(name, fact)
    others = {other: known for other, known in facts.items() if other != name or fact}
    return others | ({name: fact} if fact else {})


def resettled(case: Case, rules: Sequence[Precedence]) -> Case:
    """*case* with every fact on which sources disagree settled by *rules*, or open again."""
    for name, said in case.statements.items():
        case = with_word(case, name, said, settled(name, said, rules))
    return case


def undecided(case: Case) -> dict[str, Sequence[Fact]]:
    """The facts of *case* on which sources disagree and nothing decides, with what each says."""
    return {name: open_statements(said) for name, said in case.statements.items() if name not in case.facts}


def _winner(rule: Precedence, standing: Sequence[Fact]) -> Fact | None:
    """The statement that *rule* prefers; ``None`` where none of its parties speaks, or two on one day."""
    listed = [fact for fact in standing if (fact.party or OWN_WORD) in rule.parties]
    if not listed:
        return None
    if not rule.newest:
        return min(listed, key=lambda fact: rule.parties.index(fact.party or OWN_WORD))
    newest = max(day_of_word(fact) for fact in listed)
    last = [fact for fact in listed if day_of_word(fact) == newest]
    return last[0] if len({_exact(fact) for fact in last}) == 1 else None


def day_of_word(fact: Fact) -> date:
    """The day for which a statement was made, else the day it came in."""
    return fact.stated or fact.day


def _is_older(stated: date | None, earlier: Fact) -> bool:
    return stated is not None and stated < day_of_word(earlier)


def _speaker(fact: Fact) -> str:
    return fact.party or f"\0{fact.source.split(' ')[0]}"


def _exact(fact: Fact) -> tuple[type, object]:
    return type(fact.value), fact.value


def mapping_words(layout: Layout) -> str:
    """What each header stands for, in a line."""
    named = layout.mapping.items()
    return "、".join(f"{header}→{'不要' if name == IGNORE else name}" for header, name in named)


def word_lines(said: Sequence[Fact], about: Field | None, *, reveal: bool = False) -> list[str]:
    """Who says what on one fact, and of which day; personal values masked unless *reveal*."""
    return [
        f"{fact.party or OWN_WORD}（{fact.source}，{day_of_word(fact)}）说"
        f" {mask_value(about, fact.value, reveal=reveal) if about else fact.value}"
        for fact in said
    ]
