"""Verdicts on many cases: one line each, and how many persons each benefit counts."""

from collections.abc import Iterable, Sequence

from assistcli.model import HOUSEHOLD, Case
from assistcli.output import Table
from assistcli.policy.verdict import DEPENDS, ELIGIBLE, UNKNOWN, Verdict
from assistcli.sheets.verdictsheet import amount_words
from assistcli.words import VERDICTS


def overview(judged: Sequence[tuple[Case, Sequence[Verdict]]]) -> Table:
    """One row per case: what it is entitled to, what is open, and why."""
    if judged and all(case.subject == HOUSEHOLD for case, _ in judged):
        about = ("职工姓名", "就读学校")
    else:
        about = ("学号", "学院")
    rows = [
        (case.text(about[0]), case.name, case.text(about[1]), *_summary(verdicts))
        for case, verdicts in judged
    ]
    return Table((about[0], "姓名", about[1], "符合", "未定", "缺少的事实或口径"), rows)


def _summary(verdicts: Sequence[Verdict]) -> tuple[str, str, str]:
    entitled = "、".join(v.benefit.id + _in_brackets(v) for v in verdicts if v.verdict == ELIGIBLE)
    doubtful = [v for v in verdicts if v.verdict in {UNKNOWN, DEPENDS}]
    open_points = [f"{v.benefit.id} {VERDICTS[v.verdict]}" for v in doubtful]
    wanted = dict.fromkeys(name for v in verdicts for name in v.missing)
    readings = dict.fromkeys(f"口径 {d.reading}" for v in verdicts for d in v.depends)
    return entitled or "—", "、".join(open_points), "、".join([*wanted, *readings])


def _in_brackets(verdict: Verdict) -> str:
    amounts = amount_words(verdict)
    return f"（{amounts}）" if amounts else ""


class Headcount:
    """How many persons each benefit counts, by verdict."""

    def __init__(self) -> None:
        self._persons = 0
        self._counts: dict[str, dict[str, int]] = {}

    def add(self, verdicts: Sequence[Verdict]) -> None:
        """Count one person."""
        self._persons += 1
        for verdict in verdicts:
            words = self._counts.setdefault(verdict.benefit.title, dict.fromkeys(VERDICTS, 0))
            words[verdict.verdict] += 1

    def lines(self) -> list[str]:
        """The counts for the screen."""
        told = [
            f"  {title}：" + "，".join(f"{VERDICTS[word]} {n}" for word, n in words.items() if n)
            for title, words in self._counts.items()
        ]
        return [f"共 {self._persons} 人", *told]


def count_lines(judged: Iterable[tuple[Case, Sequence[Verdict]]]) -> list[str]:
    """How many persons each benefit counts, by verdict."""
    headcount = Headcount()
    for _, verdicts in judged:
        headcount.add(verdicts)
    return headcount.lines()
