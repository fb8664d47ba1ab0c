"""How each condition stands on a case, taken alone: true, false or open under each option of its reading."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistcli.fields import Field
from assistcli.policy.gap import Question
from assistcli.policy.kleene import Facts
from assistcli.policy.plan import Ground, TestBench
from assistcli.policy.possibility import Outlook, foresee

Held = Sequence[bool | None]
Values = tuple[bool | None, ...]

LARGEST_MEMORY = 20_000
NOTHING: frozenset[str] = frozenset()


class Standing(NamedTuple):
    """What a condition comes to under each option, the facts that keep it open, and all it lacks.

    ``holds`` is what all options agree on; ``number`` is the same for equal standings of one condition.
    """

    number: int
    ground: Ground
    holds: bool | None
    values: Values
    missing: frozenset[str]
    gaps: frozenset[str]


class Standings:
    """The standings of a pack's conditions; equal ones are made once."""

    def __init__(self, bench: TestBench, fields: Mapping[str, Field], year: int) -> None:
        self._bench = bench
        self._fields = fields
        self._year = year
        self._made: dict[tuple[int, Values, frozenset[str], frozenset[str]], Standing] = {}
        self._known: list[dict[object, Standing]] = [{} for _ in bench.grounds]
        self._alone: dict[tuple[object, ...], Outlook] = {}

    def on(self, grounds: Iterable[Ground], held: Held, facts: Facts) -> list[Standing]:
        """The standings of *grounds* on *facts*, where each test holds as *held* says."""
        known = self._known
        return [
            known[ground.number].get(ground.pick(held)) or self._standing(ground, held, facts)
            for ground in grounds
        ]

    def _standing(self, ground: Ground, held: Held, facts: Facts) -> Standing:
        values = tuple([held[place] for place in ground.places])
        if None not in values:
            standing = self._make(ground, values, NOTHING, NOTHING)
            self._known[ground.number][ground.pick(held)] = standing
            return standing
        around = {name for place in ground.places for name in self._bench.around[place]}
        ahead = [self._outlook(place, facts) for place in ground.places]
        missing = NOTHING.union(*(outlook.missing for outlook in ahead))
        values = tuple([outlook.outcome.holds for outlook in ahead])
        return self._make(ground, values, missing, frozenset(around - facts.keys()))

    def _make(
        self, ground: Ground, values: Values, missing: frozenset[str], gaps: frozenset[str]
    ) -> Standing:
        key = ground.number, values, missing, gaps
        if key not in self._made:
            holds = values[0] if len(set(values)) == 1 else None
            self._made[key] = Standing(len(self._made), ground, holds, values, missing, gaps)
        return self._made[key]

    def _outlook(self, place: int, facts: Facts) -> Outlook:
        """What the test at *place*, taken alone, can still become."""
        key = (place, *map(facts.get, self._bench.around[place]))
        if key not in self._alone:
            question = Question(tests=(self._bench.tests[place],), payments=(), pick="one")
            if len(self._alone) >= LARGEST_MEMORY:
                self._alone.clear()
            self._alone[key] = foresee(question, facts, self._fields, self._year)
        return self._alone[key]
