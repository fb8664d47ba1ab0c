"""Indicators (指标) as a notice defines them: who counts, of whom, and under which words.

A notice says what it counts in the words below; ``reports.measures`` counts each from the records.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assistcli.policy.source import Citation

POPULATIONS = (
    "全部个案",
    "帮扶对象",
    "未落实的帮扶对象",
    "未落实且无原因的帮扶对象",
    "帮扶对象中的毕业生",
    "需要帮扶的毕业生",
    "受过帮扶的毕业生",
    "在校学生",
    "毕业生",
    "已落实的毕业生",
    "未落实的毕业生",
)
"""Groups of cases that can be counted, and that a rate can be of."""

TRAITS = ("有排摸日期", "有结对帮扶者", "有计划", "服务达标", "受过一对一帮扶", "已落实")
"""What can be counted of each case of such a group."""

NUMBERS = ("户数", "当月新岗位")
"""What is counted and is no person."""


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
