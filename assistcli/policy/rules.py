"""What a pack holds once read: frozen parts of rules, each with its clause and the words it quotes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assistcli.fields import Field
from assistcli.policy.logic import Truth
from assistcli.policy.reading import Open, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a rule stands: clause (条款) and its words, verbatim."""

    clause: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One compiled condition: its text, its three-valued test and the facts it looks at."""

    __test__ = False  # a rule's test, not pytest's

    text: str
    holds: Truth
    facts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a benefit, under each option of the reading it depends on, if any."""

    citation: Citation
    test: Open[Test]


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """Something a person may be entitled to (资格): all conditions must hold."""

    id: str
    title: str
    citation: Citation
    conditions: tuple[Condition, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A cap in fen; ``each`` says whether it binds every claim alone or all of them together."""

    fen: int
    citation: Citation
    each: Open[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """The only amounts allowed, in fen, and for which way of paying (补贴, 报销) they bind."""

    fen: tuple[int, ...]
    citation: Citation
    bind: Mapping[str, Open[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The part of the fee that is paid: numerator over denominator."""

    numerator: int
    denominator: int
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimItem:
    """One item of money that may be claimed (资助项目) and everything that bounds it."""

    item: str
    kinds: tuple[str, ...]
    citation: Citation
    benefit: Open[str]
    in_total: Open[bool]
    cap: Limit | None = None
    tiers: Tiers | None = None
    share: Share | None = None
    certificate: Citation | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimState:
    """A state that a claim passes on its way to payment, in the notice's order."""

    name: str
    by: str
    citation: Citation
    needs_papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """One step of the approval chain (审批步骤); ``grants`` names the benefit it makes valid."""

    name: str
    aliases: tuple[str, ...]
    by: str
    citation: Citation
    papers: tuple[str, ...] = ()
    grants: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRule:
    """Channels and kinds of contact, and the cadence as the notice words it; days only if it states them."""

    channels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    restricted_kinds: frozenset[str] = frozenset()
    cadence_words: str = ""
    cadence_days: int | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """Something due at a time that the notice names in its own words."""

    when: str
    what: str
    who: str
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRule:
    """A form or table of the notice: per case or over all cases, and the benefit it applies for.

    ``asks`` names the facts that people are asked for because the form prints them.
    """

    name: str
    title: str
    short: str
    per: str
    citation: Citation
    application_for: str = ""
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRule:
    """The columns of a statistics table over categories, with the readings that touch it."""

    colleges: tuple[str, ...]
    graduates: str
    first: str
    others: tuple[str, ...]
    count_reading: str
    overlap_reading: str
    ratio_reading: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One notice (政策包): who issued it, what it says, and how each unclear clause may be read."""

    id: str
    title: str
    issuer: str
    number: str
    issued: date | None
    status: str
    subject: str
    notes: tuple[str, ...]
    clauses: Mapping[str, str]
    fields: Mapping[str, Field]
    readings: Mapping[str, Reading]
    benefits: tuple[Benefit, ...]
    claims: tuple[ClaimItem, ...] = ()
    total: Limit | None = None
    claim_states: tuple[ClaimState, ...] = ()
    steps: tuple[StepRule, ...] = ()
    papers: Mapping[str, Citation] = field(default_factory=dict)
    contact: ContactRule = ContactRule()
    events: tuple[CalendarEvent, ...] = ()
    forms: tuple[FormRule, ...] = ()
    summary: SummaryRule | None = None

    def facts_needed(self) -> list[str]:
        """Names of the facts that some condition looks at, in order of first use."""
        used = [
            name
            for benefit in self.benefits
            for condition in benefit.conditions
            for test in condition.test.under.values()
            for name in sorted(test.facts)
        ]
        return list(dict.fromkeys(used))
