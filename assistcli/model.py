"""The map of the model: a case is facts, everything else about it is an event with a date and a person.

    Case ──< Fact        one answer about the person: value, raw text, source, day, by whom
      │──< Contact       one talk, visit or service given (联系记录)
      │──< Claim         one request for money: asked → allowed → approved → paid (申请)
      │──< Step          one step of the approval chain (审批步骤)
      │──< Paper         one document that has come in (材料)
      └──< Filing        one signed form that is back from ink (归档)
    Office               the unit: its notices, year, figures per college, adopted readings (口径)
      └──< Adoption      one reading of an unclear clause, by whom and on what word

A university case is one student; a union case is one child of a household. What is done until a person is
placed, and what tables count beside cases, is in ``assistance``. Nothing derived is stored here: verdicts,
amounts and lists are computed from facts and packs each time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from assistcli.values import Value

STUDENT, HOUSEHOLD = "student", "household"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One answer (事实): the value, the text it was read from, and where, when and through whom it came.

    ``party`` names who says so where an import was told (来源单位: 学校教务处), blank for the office itself;
    ``stated`` is the day for which that party says it.
    """

    value: Value
    raw: str
    source: str
    day: date
    by: str
    party: str = ""
    stated: date | None = None


class Origin(NamedTuple):
    """Where, when and through whom a case first came in: its facts of the same origin do not repeat it."""

    source: str
    day: date
    by: str


class LazyFacts(Mapping[str, Fact]):
    """Facts that are made when asked for; rules and tables ask for values only, and get them without."""

    __slots__ = ()

    def stated(self, name: str) -> Value | None:
        """What is recorded for field *name*; unknown is ``None``."""
        raise NotImplementedError

    def all_stated(self) -> dict[str, Value]:
        """Every recorded value by field name."""
        raise NotImplementedError

    def with_fact(self, name: str, fact: Fact | None) -> "LazyFacts":
        """These facts with *fact* as *name*, or without any."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person under one notice in one year (个案); ``subject`` is student or household.

    ``origin`` never changes, so that two stores abbreviate a case alike. ``statements`` holds, oldest first,
    what sources said about a fact where they differ; until that is settled the fact is not among ``facts``.
    """

    id: str
    pack: str
    year: int
    subject: str
    opened: date
    facts: Mapping[str, Fact] = field(default_factory=dict)
    origin: Origin | None = None
    statements: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)

    def value(self, name: str) -> Value | None:
        """What was recorded for field *name*; unknown is ``None``. Nothing is derived here."""
        if isinstance(self.facts, LazyFacts):
            return self.facts.stated(name)
        fact = self.facts.get(name)
        return None if fact is None else fact.value

    def text(self, name: str) -> str:
        """The recorded text of *name*, blank when unknown."""
        value = self.value(name)
        return "" if value is None else str(value)

    @property
    def name(self) -> str:
        """姓名 of the student or child."""
        return self.text("姓名")

    @property
    def student_no(self) -> str | None:
        """学号, where the case has one."""
        return self.text("学号") or None

    @property
    def call_name(self) -> str:
        """What names the case in a command: 学号, else the case id."""
        return self.student_no or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact or service (联系记录): by whom, through which channel, of which kind, and when next.

    ``restricted`` marks a kind whose content is shown only on request (心理辅导, R0-42); ``mass`` one sent to
    many at once, which is no talk and no recommendation (A-22); ``missed`` an attempt that reached nobody.
    """

    id: str
    case: str
    day: date
    channel: str
    kind: str
    text: str
    by: str
    next_date: date | None = None
    restricted: bool = False
    topics: tuple[str, ...] = ()
    result: str = ""
    evidence: str = ""
    mass: bool = False
    missed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One state that a claim reached (上报 批准 发放 …): when, by whom, how much (fen), out of which fund."""

    state: str
    day: date
    by: str
    amount: int | None = None
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One request for money (申请), in fen; ``asked`` is the fee where the notice pays a share of it."""

    id: str
    case: str
    item: str
    asked: int
    day: date
    mode: str
    by: str = ""
    spent: date | None = None
    receipt: str = ""
    certificate: str = ""
    issued: date | None = None
    stages: tuple[Stage, ...] = ()

    @property
    def state(self) -> str:
        """The last state reached; a fresh claim is 申请."""
        return self.stages[-1].state if self.stages else "申请"

    def amount_at(self, state: str) -> int | None:
        """Amount in fen fixed when the claim reached *state*; ``None`` if it did not."""
        return next((stage.amount for stage in reversed(self.stages) if stage.state == state), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the notice's approval chain (审批步骤) with its result 同意, 不同意 or 退回."""

    id: str
    case: str
    step: str
    day: date
    by: str
    result: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document that has come in for a case (材料)."""

    id: str
    case: str
    paper: str
    day: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One signed and stamped form that is back (归档); ``scan`` is the SHA-256 of its scan, in hex."""

    id: str
    case: str
    form: str
    day: date
    by: str
    scan: str = ""
    scan_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """One reading of an unclear clause taken for good (口径): which option, by whom, on what word, when."""

    pack: str
    reading: str
    option: str
    by: str
    word: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The unit that keeps the store: its notices, the notice year, and its own figures (毕业生数 …)."""

    unit: str
    year: int
    packs: tuple[str, ...]
    figures: Mapping[str, Value] = field(default_factory=dict)
    college_figures: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    adoptions: tuple[Adoption, ...] = ()

    def adopted(self, pack: str) -> Mapping[str, str]:
        """Reading id → adopted option for *pack*; a later adoption replaces an earlier one."""
        return {entry.reading: entry.option for entry in self.adoptions if entry.pack == pack}
