"""Who counts in which column of a table of categories, by the readings that were adopted.

A student may hold several categories: persons are not entries. How they add up depends on whether 小计 counts
persons or entries (A-05) and what becomes of who is A and B at once (A-06).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistcli.model import Case
from assistcli.policy.rules import SummaryRule
from assistcli.policy.verdict import ELIGIBLE, Verdict
from assistcli.reports.opening import Item
from assistcli.values import squeeze

ENTRIES, BOTH, A_ONLY = "entries", "both", "a-only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One student in the table: college, and the categories that surely hold."""

    case: str
    college: str
    first: bool
    others: frozenset[str]

    def item(self, first: str) -> Item:
        """The student as one that is counted, with all categories; *first* is the code of the first."""
        held = [first] if self.first else []
        return Item(1, self.case, None, "、".join([*held, *sorted(self.others)]))


def standing_of(case: Case, verdicts: Sequence[Verdict], rule: SummaryRule) -> Standing:
    """Where *case* stands in the table."""
    held = {verdict.benefit.id for verdict in verdicts if verdict.verdict == ELIGIBLE}
    return Standing(
        case=case.id,
        college=squeeze(case.text("学院")),
        first=rule.first in held,
        others=frozenset(held & set(rule.others)),
    )


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How categories add up: ``entries`` and not persons; what an ``overlap`` of both kinds counts as."""

    rule: SummaryRule
    overlap: str = ""
    entries: bool = False

    def columns(self, group: Sequence[Standing]) -> list[list[Standing]]:
        """Who counts in each column from the first category to 合计人数, each as often as it counts."""
        return [
            [standing for standing in group if standing.first],
            *([s for s in group if other in self._counted(s)] for other in self.rule.others),
            self.subtotal(group),
            self.whole(group),
        ]

    def subtotal(self, group: Sequence[Standing]) -> list[Standing]:
        """小计: who holds another category than the first; by entries, once for each of them."""
        most = None if self.entries else 1
        return [standing for standing in group for _ in sorted(self._counted(standing))[:most]]

    def whole(self, group: Sequence[Standing]) -> list[Standing]:
        """合计人数: A and 小计 together where both count or entries are counted; else each person once."""
        if self.adds:
            return [*(standing for standing in group if standing.first), *self.subtotal(group)]
        return [standing for standing in group if standing.first or standing.others]

    @property
    def adds(self) -> bool:
        """Whether 合计 is A and 小计 added up."""
        return self.overlap == BOTH or self.entries

    def _counted(self, standing: Standing) -> frozenset[str]:
        """The other categories in which *standing* counts: none beside the first one under ``a-only``."""
        return frozenset() if self.overlap == A_ONLY and standing.first else standing.others


def reckoning_of(rule: SummaryRule, adopted: Mapping[str, str]) -> Reckoning:
    """How categories add up by the readings *adopted*; unadopted, persons are counted."""
    overlap = adopted.get(rule.overlap_reading, "")
    return Reckoning(rule, overlap, adopted.get(rule.count_reading) == ENTRIES)
