"""What a pack says about work beside money: approval steps, contacts, calendar, roles, targets, forms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assistcli.policy.citation import Citation
from assistcli.policy.reading import Open

POPULATIONS = (
    "全部个案",
    "帮扶对象",
    "未落实的帮扶对象",
    "未落实且无原因的帮扶对象",
    "帮扶对象中的毕业生",
    "需要帮扶的毕业生",
    "受过帮扶的毕业生",
    "在校学生",
    "是否在校未知",
    "毕业生",
    "已落实的毕业生",
    "未落实的毕业生",
)
"""Groups of cases that can be counted, and that a rate can be of."""

TRAITS = (
    "有排摸日期",
    "有系统录入日期",
    "有结对帮扶者",
    "有计划",
    "服务达标",
    "受过一对一帮扶",
    "已落实",
)
"""What can be counted of each case of such a group."""

CALENDAR_MONTH, YEAR_START = "自然月", "年"
"""Words of a cadence's way and of a quota's beginning; other words are days, or a figure of the unit."""

NUMBERS = ("户数", "当月新岗位", "岗位数", "用人单位数", "推荐人次")
"""What is counted and is no person."""

DUTIES = ("跟踪", "结对", "推荐结果", "计划", "去向证明", "异地协作", "公示")
"""Kinds of what waits (待办) that no other rule of a notice cites: it may name the clause of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """One step of the approval chain (审批步骤); ``grants`` names the benefit it makes valid.

    ``publishes``: the step is a public list (公示), and what follows waits for its end. ``needed`` is where
    the notice pays only those to whom it was granted; else the clause of the step itself says so.
    """

    name: str
    aliases: tuple[str, ...]
    by: str
    citation: Citation
    papers: tuple[str, ...] = ()
    grants: str = ""
    needed: Citation | None = None
    publishes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRule:
    """Channels and kinds of contact, and the cadence as the notice words it; days only if it states them.

    ``mass_counts`` says, where that is unclear, whether a message to many counts as a talk (A-22).
    """

    channels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    restricted_kinds: frozenset[str] = frozenset()
    cadence_words: str = ""
    cadence_days: int | None = None
    citation: Citation | None = None
    mass_counts: Open[bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """Something due at a time that the notice names in its own words; days only where it names days.

    ``before`` says that the notice words it 「X日前」; ``includes`` whether day X itself is in time (A-16)
    and ``ends`` which day ends it (A-17), each under the reading that it hangs on.
    """

    when: str
    what: str
    who: str
    citation: Citation
    start: date | None = None
    end: date | None = None
    before: bool = False
    includes: Open[bool] | None = None
    ends: Open[date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRule:
    """A form or table of the notice: per case or over all cases, and the benefit it applies for.

    ``asks`` names the facts that people are asked for because the form prints them. A ``slot`` is a form that
    the notice names but does not show: the office brings its own template.
    """

    name: str
    title: str
    short: str
    per: str
    citation: Citation
    application_for: str = ""
    asks: tuple[str, ...] = ()
    slot: bool = False


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
class Quota:
    """How many services of a kind a person must get at least (服务次数).

    ``since`` says from when they count: nothing for ever, a year's first day, or a figure of the unit (A-19).
    """

    kind: str
    least: int
    by: str
    period: str
    citation: Citation
    since: Open[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Somebody who takes part (角色), and how many of them one unit needs, where the notice says."""

    name: str
    per: str
    count: int | None
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A goal (指标) in the notice's words, with its figure where it has one.

    ``under`` gives the least under each option of ``reading``, where it is unclear which figure binds.
    """

    name: str
    least: str
    goal: str
    unit: str
    period: str
    citation: Citation
    reading: str = ""
    under: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aid:
    """A kind of help (资助种类) that the notice names and gives no amount for: none is ever reckoned."""

    name: str
    aliases: tuple[str, ...]
    note: str
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of the notice for one kind of thing (名目): platforms, topics, who may help, sources of money."""

    kind: str
    words: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often something is to be done (周期): days where the words give them.

    ``ways`` counts it by calendar month or by days (A-20), ``each`` for everybody or all at once (A-23), each
    under the reading that it hangs on.
    """

    name: str
    words: str
    days: int | None
    per: str
    citation: Citation
    ways: Open[str] | None = None
    each: Open[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A rate of one or several groups, or a plain number where ``of`` is empty.

    ``of`` maps an option of ``reading`` (or a label of its own) to a group, ``labels`` an option to words;
    where nobody adopted the reading, all are shown. ``flag`` keeps those whose yes/no fact holds.
    """

    name: str
    counts: str
    of: Mapping[str, str]
    labels: Mapping[str, str]
    reading: str
    flag: str
    citation: Citation

    def groups(self, adopted: Mapping[str, str]) -> list[tuple[str, str]]:
        """Label and group of every denominator that counts; a blank label where there is but one."""
        option = adopted.get(self.reading, "")
        if option in self.of:
            return [("", self.of[option])]
        if len(self.of) == 1:
            return [("", group) for group in self.of.values()]
        return [(self.labels.get(key, key), group) for key, group in self.of.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """A share (numerator, denominator) of an amount; ``against`` names what it is paid on, blank: at once."""

    name: str
    share: tuple[int, int]
    against: str
    citation: Citation
