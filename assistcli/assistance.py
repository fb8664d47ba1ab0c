"""The other half of the model: what is done until a person is placed, and what tables count beside cases.

Case ──< Outcome          where a person stands or went (去向), with employer and evidence
  │──< Pairing          who helps (结对帮扶者), since when; the latest counts
  │──< Plan             goals and measures (一生一策); the latest counts, the older ones stay
  │──< Application      a state aid applied for (国家助学政策): 已申请 → 已获得 or 未获批; the latest counts
  │──< Referral         what another union was told, why and with whose consent (异地协作), and its answers
  │──< Exemplar         a person's story told in public (典型事例), without the name and by consent
  └──< Recommendation   one job recommended: 推荐 → 面试 → 录用 or 拒绝, with the reason
Office ──< Activity     a fair, lecture or meeting (活动): heads and posts offered
  │──< Job              a post of an employer (岗位)
  │──< Fund             money raised or spent (资金), by source
  │──< Member           who holds which role (角色) in a class or college, and for how long
  │──< Deadline         the days somebody set for a fuzzy word of the calendar (6月初), and when it was done
  └──< Publication      a public list (公示) and the day it is taken down
"""

from dataclasses import dataclass
from datetime import date

from assistcli.model import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Where a person stands from *day* on (去向): a word or national code, with employer and evidence."""

    id: str
    case: str
    day: date
    status: str
    by: str
    employer: str = ""
    evidence: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Who helps a case from *day* on (结对帮扶者); ``reason`` says why the helper changed."""

    id: str
    case: str
    day: date
    helper: str
    by: str
    kind: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One version of a case's plan (一生一策): goal, measures, who and by when; a revision has a reason."""

    id: str
    case: str
    day: date
    goal: str
    owner: str
    by: str
    measures: tuple[str, ...] = ()
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One job recommended to a case (岗位推荐) and how it went on, each stage with day and reason."""

    id: str
    case: str
    day: date
    employer: str
    by: str
    title: str = ""
    job: str = ""
    stages: tuple[Stage, ...] = ()

    @property
    def state(self) -> str:
        """The last state reached; a fresh one is 推荐."""
        return self.stages[-1].state if self.stages else "推荐"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """How a case stands with one *aid* that the notice names (国家助学金 …) from *day* on."""

    id: str
    case: str
    day: date
    aid: str
    status: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A case told to another office (异地协作): the names of the facts given, why, and who consented.

    *until* is the day by which an answer was agreed; each answer (反馈) is one of its ``stages``.
    """

    id: str
    case: str
    day: date
    office: str
    purpose: str
    consent: str
    by: str
    shared: tuple[str, ...] = ()
    until: date | None = None
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemplar:
    """A person's story for the public (典型事例): *text* names nobody, *consent* says who agreed and how."""

    id: str
    case: str
    day: date
    text: str
    consent: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One fair, lecture, meeting or course (活动): how many came, how many posts were offered.

    ``again`` names an earlier round of the same fair, whose posts are not counted twice.
    """

    id: str
    day: date
    kind: str
    title: str
    by: str
    heads: int | None = None
    posts: int | None = None
    again: str = ""
    partner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One post of an employer (岗位); ``salary`` is the lowest monthly pay in fen, where it was said."""

    id: str
    day: date
    employer: str
    title: str
    by: str
    openings: int | None = None
    place: str = ""
    majors: tuple[str, ...] = ()
    salary: int | None = None
    employer_class: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """Money raised for help (筹集), in fen, by source and label; ``level`` says for which stage of school.

    ``out``: money spent out of the source beside the payments to cases.
    """

    id: str
    day: date
    source: str
    amount: int
    by: str
    kind: str = ""
    label: str = ""
    level: str = ""
    out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who holds *role* in a *unit* (a class, a college) from *day* to the end of *until*."""

    id: str
    day: date
    unit: str
    role: str
    name: str
    by: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The days that somebody set for an event of the calendar, and the day it was done."""

    id: str
    pack: str
    what: str
    by: str
    day: date
    start: date | None = None
    until: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One public list (公示) of *cases*: from when until when, how many it names; ``down`` once taken down.

    Each objection (异议) that came in is one of its ``stages``.
    """

    id: str
    day: date
    title: str
    take_down: date
    people: int
    by: str
    down: date | None = None
    stages: tuple[Stage, ...] = ()
    cases: tuple[str, ...] = ()
