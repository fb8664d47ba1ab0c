"""What a pack holds once read: frozen parts of rules, each with its clause and the words it quotes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistcli.fields import Field
from assistcli.policy.citation import Citation, Damage
from assistcli.policy.example import Example
from assistcli.policy.figure import FormulaRule, ParameterRule
from assistcli.policy.kleene import Hinges, Turning, Wants
from assistcli.policy.kleene import Test as Holding
from assistcli.policy.landmark import Landmark
from assistcli.policy.practice import (
    Aid,
    Cadence,
    CalendarEvent,
    ContactRule,
    FormRule,
    Indicator,
    Portion,
    Quota,
    Role,
    StepRule,
    SummaryRule,
    Target,
    Words,
)
from assistcli.policy.quantity import Quantity
from assistcli.policy.reading import Open, OpenQuestion, Reading
from assistcli.policy.selection import Selection

__all__ = ["CalendarEvent", "Citation", "ContactRule", "FormRule", "StepRule", "SummaryRule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One compiled condition: its text, its three-valued tests, and where facts can turn it.

    ``wants`` names the missing facts on which it hangs while it is not ``sure``, ``hinges`` the comparisons;
    ``finite`` are the facts that are only looked up or compared with figures.
    """

    __test__ = False  # a rule's test, not pytest's

    text: str
    holds: Holding
    sure: Holding
    wants: Wants
    hinges: Hinges
    facts: frozenset[str]
    marks: tuple[Landmark, ...]
    finite: frozenset[str]
    lines: tuple[Turning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a benefit under each reading it depends on, and what to do where it fails."""

    citation: Citation
    test: Open[Test]
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRow:
    """One row of an amount table: when it applies, and the least and most it gives (``None``: no bound)."""

    citation: Citation
    when: Open[Test]
    least: Open[Quantity] | None
    most: Open[Quantity] | None
    text: str
    facts: frozenset[str]
    marks: tuple[Landmark, ...]
    payer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """Something a person may be entitled to (资格): all conditions must hold.

    ``pick`` says which rows of the amount table count: the one that applies, the best, or their sum.
    ``papers`` must come with an application for it.
    """

    id: str
    title: str
    citation: Citation
    conditions: tuple[Condition, ...]
    readings: tuple[Reading, ...]
    amounts: tuple[AmountRow, ...] = ()
    pick: str = "one"
    note: str = ""
    papers: tuple[str, ...] = ()
    portions: tuple[Portion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A cap in fen; ``each`` says whether it binds every claim alone or all of them together.

    ``yearly`` says, where that is unclear, whether it begins anew every calendar year (A-09).
    """

    fen: int
    citation: Citation
    each: Open[bool]
    yearly: Open[bool] = field(default_factory=lambda: Open.settled(False))


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
    """One item of money that may be claimed (资助项目) and everything that bounds it.

    ``portion`` names the portion of its benefit's amount that is paid through it.
    """

    item: str
    kinds: tuple[str, ...]
    citation: Citation
    benefit: Open[str]
    in_total: Open[bool]
    cap: Limit | None = None
    tiers: Tiers | None = None
    share: Share | None = None
    certificate: Citation | None = None
    exact: Citation | None = None
    decided: bool = False
    portion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """What must be known of whoever is paid out of *fund* (实名制、会员卡发放): names of facts."""

    fund: str
    facts: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimState:
    """A state that a claim passes on its way to payment, in the notice's order."""

    name: str
    by: str
    citation: Citation
    needs_papers: tuple[str, ...] = ()
    payee: Payee | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One notice (政策包): who issued it, what it says, and how each unclear clause may be read.

    ``damage`` names the damaged passages that its date or number are read from.
    """

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
    contact: ContactRule = field(default_factory=ContactRule)
    events: tuple[CalendarEvent, ...] = ()
    forms: tuple[FormRule, ...] = ()
    summary: SummaryRule | None = None
    unit: str = ""
    source: str = ""
    questions: tuple[OpenQuestion, ...] = ()
    damaged: tuple[Damage, ...] = ()
    formulas: tuple[FormulaRule, ...] = ()
    parameters: tuple[ParameterRule, ...] = ()
    quotas: tuple[Quota, ...] = ()
    selections: tuple[Selection, ...] = ()
    roles: tuple[Role, ...] = ()
    targets: tuple[Target, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    aids: tuple[Aid, ...] = ()
    words: tuple[Words, ...] = ()
    duties: Mapping[str, Citation] = field(default_factory=dict)
    sent_to: str = ""
    basis: str = ""
    damage: str = ""
    may_change: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()

    def facts_needed(self) -> list[str]:
        """Names of the facts that some condition looks at, in order of first use."""
        used = [
            name
            for benefit in self.benefits
            for condition in benefit.conditions
            for test in condition.test.under.values()
            for name in sorted(test.facts)
        ]
        used += [name for benefit in self.benefits for row in benefit.amounts for name in sorted(row.facts)]
        used += [name for chosen in self.selections for rank in chosen.ranks for name in sorted(rank.facts)]
        return [name for name in dict.fromkeys(used) if self.fields[name].of]


def readings_of_claims(items: Iterable[ClaimItem]) -> set[str]:
    """Ids of the readings that some rule of *items* names."""
    used: set[str] = set()
    for item in items:
        used |= {*item.benefit.readings, *item.in_total.readings}
        used |= set(item.cap.each.readings) if item.cap else set()
        for bind in item.tiers.bind.values() if item.tiers else ():
            used |= set(bind.readings)
    return used
