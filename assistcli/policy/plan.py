"""A pack laid out for judging: every test once, and for each benefit the tests on every path of readings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from assistcli.fields import Field
from assistcli.policy.amount import Payment
from assistcli.policy.kleene import Facts
from assistcli.policy.kleene import Test as Holding
from assistcli.policy.reading import Combination, combinations
from assistcli.policy.rules import Benefit, Condition, Pack, Test
from assistcli.policy.scope import BUILT_IN


class Path(NamedTuple):
    """One way to read a benefit's clauses: the places of its tests, its payments and what those look at."""

    number: int
    combination: Combination
    tests: tuple[int, ...]
    payments: tuple[Payment, ...]
    payment_facts: tuple[str, ...]


class Ground(NamedTuple):
    """One condition as a reason: the places of its tests that count, and the facts they look at, sorted.

    ``options`` gives the place of the test under each option, where the condition hangs on one open reading.
    ``pick`` takes what the tests came to out of all, ``see`` the facts out of a case's.
    """

    number: int
    condition: Condition
    places: tuple[int, ...]
    looked_at: tuple[str, ...]
    options: tuple[str, ...]
    pick: Callable[[Sequence[bool | None]], object]
    see: Callable[[Facts], Facts]


class Plan(NamedTuple):
    """A benefit laid out; ``of_all`` takes what belongs to its conditions out of what all of the pack's have.

    ``independent`` says that no two conditions hang on the same open reading, and no payment on any.
    """

    number: int
    benefit: Benefit
    paths: tuple[Path, ...]
    reasons: tuple[Ground, ...]
    of_all: Callable[[Sequence[Any]], tuple[Any, ...]]
    independent: bool
    checks: tuple[tuple[Holding, tuple[Holding, ...]], ...]


class TestBench:
    """The distinct tests of a pack, and a plan for each of its benefits."""

    __test__ = False  # holds the tests of rules, is none of pytest's

    def __init__(self, pack: Pack, adopted: Mapping[str, str]) -> None:
        self._fields = pack.fields
        self._adopted = adopted
        self._places: dict[int, int] = {}
        self._paths = 0
        self._grounds: dict[int, Ground] = {}
        self._payments: dict[tuple[int, ...], tuple[Payment, ...]] = {}
        self.tests: list[Test] = []
        self.plans = [self._lay_out(number, benefit) for number, benefit in enumerate(pack.benefits)]
        self._by_benefit = {id(plan.benefit): plan for plan in self.plans}
        self.facts = frozenset().union(*(test.facts for test in self.tests), *self._payment_facts())
        self.around = [self._with_sources(test.facts) for test in self.tests]
        self.grounds = list(self._grounds.values())
        self._holds = [test.holds for test in self.tests]

    def hold(self, facts: Facts) -> list[bool | None]:
        """What every test comes to on *facts* by Kleene's logic alone."""
        return [holds(facts) for holds in self._holds]

    def plan(self, benefit: Benefit) -> Plan:
        """The plan for *benefit*."""
        return self._by_benefit[id(benefit)]

    def _payment_facts(self) -> list[frozenset[str]]:
        return [frozenset(path.payment_facts) for plan in self.plans for path in plan.paths]

    def _lay_out(self, number: int, benefit: Benefit) -> Plan:
        paths = tuple(self._path(benefit, c) for c in combinations(benefit.readings, self._adopted))
        grounds = tuple(self._ground(condition) for condition in benefit.conditions)
        quick_first = sorted(grounds, key=lambda ground: len(ground.looked_at) * len(ground.places))
        checks = tuple(self._check(ground) for ground in quick_first)
        of_all = _taking([ground.number for ground in grounds])
        return Plan(number, benefit, paths, grounds, of_all, self._independent(benefit), checks)

    def _check(self, ground: Ground) -> tuple[Holding, tuple[Holding, ...]]:
        first, *others = (self.tests[place].holds for place in ground.places)
        return first, tuple(others)

    def _independent(self, benefit: Benefit) -> bool:
        """Each open reading touches one condition alone, each condition one open reading at most."""
        used = [self._open(condition) for condition in benefit.conditions]
        names = [name for readings in used for name in readings]
        rows = [part for row in benefit.amounts for part in (row.when, row.least, row.most) if part]
        return (
            all(len(condition.test.readings) < 2 for condition in benefit.conditions)
            and len(names) == len(set(names))
            and not any(part.readings for part in rows)
        )

    def _open(self, condition: Condition) -> list[str]:
        return [name for name in condition.test.readings if name not in self._adopted]

    def _path(self, benefit: Benefit, combination: Combination) -> Path:
        tests = tuple(self._place(condition.test.at(combination)) for condition in benefit.conditions)
        payments = self._payments_read(benefit, combination)
        facts: set[str] = set()
        for payment in payments:
            facts |= payment.when.facts | payment.row.facts
        self._paths += 1
        return Path(self._paths, combination, tests, payments, self._with_sources(facts))

    def _payments_read(self, benefit: Benefit, combination: Combination) -> tuple[Payment, ...]:
        """The payments of *benefit* under *combination*; the same ones where that makes no difference."""
        payments = tuple(
            Payment(
                row=row,
                when=row.when.at(combination),
                least=row.least.at(combination) if row.least else None,
                most=row.most.at(combination) if row.most else None,
            )
            for row in benefit.amounts
        )
        parts = (part for p in payments for part in (p.row, p.when, p.least, p.most))
        return self._payments.setdefault(tuple(map(id, parts)), payments)

    def _ground(self, condition: Condition) -> Ground:
        """A condition laid out, once; adopted readings count alone, unadopted ones with every option."""
        if id(condition) in self._grounds:
            return self._grounds[id(condition)]
        names = condition.test.readings
        counted = [
            test
            for options, test in condition.test.under.items()
            if all(self._adopted.get(n, o) == o for n, o in zip(names, options, strict=True))
        ]
        looked_at = tuple(sorted(frozenset().union(*(test.facts for test in counted)) - BUILT_IN.keys()))
        places = tuple(self._place(test) for test in counted)
        options: tuple[str, ...] = ()
        if len(self._open(condition)) == 1 == len(names):
            options = tuple(picked[0] for picked in condition.test.under)
        number, pick = len(self._grounds), itemgetter(*places)
        ground = Ground(number, condition, places, looked_at, options, pick, _sight(looked_at))
        return self._grounds.setdefault(id(condition), ground)

    def _place(self, test: Test) -> int:
        if id(test) not in self._places:
            self._places[id(test)] = len(self.tests)
            self.tests.append(test)
        return self._places[id(test)]

    def _with_sources(self, names: Iterable[str]) -> tuple[str, ...]:
        """*names*, what they follow from, and what else follows from that: all that bears on a gap."""
        sources = {self._source(self._fields[name]) for name in names}
        siblings = {n for n, f in self._fields.items() if self._source(f) in sources}
        return tuple(sorted({*names, *sources, *siblings}))

    @staticmethod
    def _source(field: Field) -> str:
        return field.derivation.source if field.derivation else field.name


def _taking(numbers: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Takes the items at *numbers* out of a list, as a tuple even where it is one or none."""
    if len(numbers) > 1:
        return itemgetter(*numbers)
    return lambda items: tuple([items[number] for number in numbers])


def _sight(names: tuple[str, ...]) -> Callable[[Facts], Facts]:
    """Picks the facts of *names* that are known; most conditions look at one."""
    if len(names) != 1:
        return lambda facts: {name: facts[name] for name in names if name in facts}
    name = names[0]
    return lambda facts: {name: facts[name]} if name in facts else {}
