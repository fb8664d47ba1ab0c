"""Verdicts recalled: cases of equal facts, as far as some rule looks at them, are judged once."""

from assistcli.policy.kleene import Facts
from assistcli.policy.result import Verdict
from assistcli.policy.verdict import Judge

MOST_RECALLED = 2_000
"""Sets of facts kept. Where rules ask yes or no alone, few differ; where an income counts, none recurs."""


class Recall:
    """The verdicts of *judge*; what it said of the first sets of facts is kept with its reasons."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        bearing = [judge.facts_of(benefit) for benefit in judge.pack.benefits]
        self._asked = tuple(sorted(frozenset().union(*bearing)))
        self._known: dict[tuple[object, ...], tuple[Verdict, ...]] = {}

    def verdicts(self, given: Facts) -> list[Verdict]:
        """A verdict on every benefit of the pack from the *given* facts."""
        key = tuple(map(given.get, self._asked))
        known = self._known.get(key)
        if known is None:
            known = tuple(self._judge.verdicts(given))
            if len(self._known) < MOST_RECALLED:
                self._known[key] = known
        return list(known)
