"""Which question to ask next (待问), so that as few as possible are asked until every verdict is settled.

A way of asking puts one question, and by its answer the next, until no verdict, amount or reading hangs on a
missing fact. The shortest way is the one that asks fewest where answers fall worst; at each step, of those
equal in this, the one that asks fewest on average, all kinds of answer that still make a difference counted
alike; then the one that the verdicts name first, quantities last. A clerk reads it as: at most so many
questions, and no other order is sure of fewer.

It is reckoned out from what every kind of case leads to, up to ``MOST_KINDS`` kinds and ``MOST_STATES``
states of knowledge. Beyond that the fact is asked whose answers leave least open on average, and the person
is told so. Quantities that are reckoned together count as open until the last of them is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistcli.policy.answers import values_to_try
from assistcli.policy.kleene import Facts
from assistcli.policy.prospect import Asking, prospect_of
from assistcli.policy.statement import UNKNOWN
from assistcli.policy.verdict import Judge, Verdict

MOST_KINDS = 20_000
MOST_STATES = 5_000

Cost = tuple[int, float]
"""Questions still to ask: at worst, and on average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """The fact to ask for next; how many are asked at worst from here, ``None`` where not reckoned out."""

    fact: str
    most: int | None


class Inquirer:
    """Finds question after question for one case; what was reckoned out for one serves the next."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._way = ShortestWay()

    def next(self, given: Facts, passed: frozenset[str] = frozenset()) -> Inquiry | None:
        """The next question of the shortest way; ``None``: nothing is left to ask.

        Facts in *passed* were asked already and are not known.
        """
        missing = [name for verdict in self._judge.verdicts(given) for name in verdict.missing]
        wanted = [name for name in dict.fromkeys(missing) if name not in passed]
        if not wanted:
            return None
        found = prospect_of(self._judge, given, wanted, MOST_KINDS)
        try:
            if found:
                return self._way.first(found.askings, found.results)
        except _TooManyStatesError:
            pass
        return Inquiry(fact=min(wanted, key=lambda name: _left_open(self._judge, given, name)), most=None)


class _TooManyStatesError(Exception):
    """The shortest way is not reckoned out: too many states of knowledge."""


class ShortestWay:
    """The shortest way to ask, reckoned from the end; equal states of knowledge are reckoned once.

    A state is what can still be asked, and the result of every kind of case, one letter each, the last fact
    varying quickest. Which results they are is of no matter, only which are equal.
    """

    def __init__(self) -> None:
        self._costs: dict[tuple[tuple[tuple[int, int], ...], str], Cost] = {}

    def first(self, askings: Sequence[Asking], results: str) -> Inquiry:
        """The question to begin with."""
        costs = {
            asking.facts[0]: self._cost_of(place, askings, results) for place, asking in enumerate(askings)
        }
        fact = min(costs, key=lambda name: costs[name])  # of equals, the first
        return Inquiry(fact=fact, most=costs[fact][0])

    def _cost_of(self, place: int, askings: Sequence[Asking], results: str) -> Cost:
        """Cost of beginning with the asking at *place*, and going on by the shortest way."""
        left = [*askings[:place], *askings[place + 1 :]]
        after = [self.cost(left, part) for part in dict.fromkeys(parts_of(place, askings, results))]
        own = len(askings[place].facts)
        return own + max(cost[0] for cost in after), round(own + sum(c[1] for c in after) / len(after), 9)

    def cost(self, askings: Sequence[Asking], results: str) -> Cost:
        """Cost of the shortest way from here."""
        askings, results = essence_of(askings, results)
        if not askings:
            return 0, 0.0
        letters = {ord(letter): chr(number) for number, letter in enumerate(dict.fromkeys(results))}
        key = tuple((len(asking.facts), asking.kinds) for asking in askings), results.translate(letters)
        if key not in self._costs:
            if len(self._costs) >= MOST_STATES:
                raise _TooManyStatesError
            self._costs[key] = min(self._cost_of(place, askings, results) for place in range(len(askings)))
        return self._costs[key]


def essence_of(askings: Sequence[Asking], results: str) -> tuple[list[Asking], str]:
    """*askings* without those that make no difference, and without kinds of answer that make none."""
    kept = list(askings)
    for place in reversed(range(len(kept))):
        parts = parts_of(place, kept, results)
        distinct = list(dict.fromkeys(parts))
        if len(distinct) == 1:
            del kept[place]
            results = distinct[0]
        elif len(distinct) < len(parts):
            kept[place] = Asking(kept[place].facts, len(distinct))
            results = _woven(distinct, _stride(place, kept))
    return kept, results


def parts_of(place: int, askings: Sequence[Asking], results: str) -> list[str]:
    """The results that are left under each kind of answer to the asking at *place*."""
    stride, kinds = _stride(place, askings), askings[place].kinds
    starts = range(0, len(results), stride * kinds)
    return [
        "".join([results[start + kind * stride : start + (kind + 1) * stride] for start in starts])
        for kind in range(kinds)
    ]


def _woven(parts: Sequence[str], stride: int) -> str:
    """The results whose parts under each kind of answer are *parts*: the reverse of ``parts_of``."""
    starts = range(0, len(parts[0]), stride)
    return "".join([part[start : start + stride] for start in starts for part in parts])


def _stride(place: int, askings: Sequence[Asking]) -> int:
    stride = 1
    for asking in askings[place + 1 :]:
        stride *= asking.kinds
    return stride


def _left_open(judge: Judge, given: Facts, name: str) -> float:
    """What is undecided once *name* is answered, on average over its possible answers."""
    values = values_to_try(judge, name, given)
    if not values:
        return float(open_points(judge.verdicts(given)) - 1)
    return sum(open_points(judge.verdicts({**given, name: value})) for value in values) / len(values)


def open_points(verdicts: Sequence[Verdict]) -> int:
    """How much is undecided: facts still wanted, and twice as much for a verdict still open."""
    return sum(len(verdict.missing) + 2 * (verdict.verdict == UNKNOWN) for verdict in verdicts)
