"""Facts put on every line of a pack (界线), and one step below and above: what the rules make of them.

For each numeric comparison, those inside formulas and rows of amounts too, a case is made up that lies
exactly on it: the other facts so that the line decides, if they can be; one fact is then solved for. Its
neighbours, −0.01, 0 and +0.01 yuan (1 person, 1 year), are judged, and each answer is reckoned a second time
in fractions, by the two sides and not by the cleared sum that judges.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from assistcli.derivation import follows_from
from assistcli.policy.gap import Gap
from assistcli.policy.kleene import Facts
from assistcli.policy.line import Line
from assistcli.policy.reading import Combination, combinations
from assistcli.policy.rules import Benefit, Pack, Test
from assistcli.policy.span import span_of_field
from assistcli.policy.verdict import Judge, Verdict
from assistcli.values import Value

MOST_CASES = 300
AMOUNTS, COUNTS = (0, 120_000, 5_000_000), (3, 1, 2)
STEPS = (-1, 0, 1)
NUMBERS = frozenset({"money", "count", "year"})
DEFAULT_YEAR = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """One line of a benefit: its condition, the fact moved across it, and what its three values lead to.

    ``turns`` says that the result differs on its sides. No ``values``: no case could be put on the line.
    """

    benefit: str
    condition: str
    reading: Combination
    field: str = ""
    values: tuple[int, ...] = ()
    holds: tuple[bool | None, ...] = ()
    results: tuple[Verdict, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def turns(self) -> bool:
        """Whether verdict or amounts differ from one side to the other."""
        return len({(result.verdict, result.amounts, result.ranges) for result in self.results}) > 1


def boundaries(pack: Pack) -> Iterator[Boundary]:
    """Every line of *pack* with a case on it; a line that several readings share is tried once."""
    seen: set[int] = set()
    year = pack.issued.year if pack.issued else pack.examples[0].year if pack.examples else DEFAULT_YEAR
    for benefit in pack.benefits:
        for combination in combinations(benefit.readings, {}):
            judge = Judge(pack, combination, year, pack.issued)
            for test, line in _lines(judge.tests_of(benefit)):
                if id(line) not in seen:
                    seen.add(id(line))
                    yield _boundary(judge, benefit, test, line)


def _lines(tests: Sequence[Test]) -> Iterator[tuple[Test, Line]]:
    for test in tests:
        for line in test.lines:
            if isinstance(line, Line) and line.facts:
                yield test, line


def _boundary(judge: Judge, benefit: Benefit, test: Test, line: Line) -> Boundary:
    """The line with the first case on it whose result turns there, else with any case on it."""
    found = None
    blank = Boundary(benefit=benefit.id, condition=test.text, reading=judge.adopted)
    for facts, name in islice(_cases_on(judge, benefit, test, line), MOST_CASES):
        tried = _tried(judge, benefit, test, line, facts, name)
        if tried.turns or tried.faults:
            return tried
        found = found or tried
    return found or blank


def _tried(judge: Judge, benefit: Benefit, test: Test, line: Line, facts: Facts, name: str) -> Boundary:
    values = tuple([int(facts[name]) + step for step in STEPS])
    cases = [{**facts, name: value} for value in values]
    complete = [judge.complete(case) for case in cases]
    results = tuple([judge.verdict(benefit, case) for case in cases])
    faults = [
        f"{name} = {value}：判断与按分数复算不一致"
        for value, whole in zip(values, complete, strict=True)
        if not line.holds(whole) is line.sure(whole) is line.by_fractions(whole)
    ]
    faults += [
        f"{name} = {value}：只要结论与带理由的结论不一致"
        for value, case, result in zip(values, cases, results, strict=True)
        if judge.word(benefit, case) != result.verdict
    ]
    return Boundary(
        benefit=benefit.id,
        condition=test.text,
        reading=judge.adopted,
        field=name,
        values=values,
        holds=tuple([line.holds(whole) for whole in complete]),
        results=results,
        faults=tuple(faults),
    )


def _cases_on(
    judge: Judge, benefit: Benefit, own: Test, line: Line
) -> Iterator[tuple[dict[str, Value], str]]:
    """Cases exactly on *line*, each with the fact that was solved for; first those that fulfil all else."""
    fields, looked_at = judge.pack.fields, judge.facts_of(benefit)
    gaps = [gap for gap in judge.gaps({}) if gap.name in looked_at]
    numbers = sorted(name for name in line.facts if fields[name].kind in NUMBERS)
    numbers.sort(key=lambda name: fields[name].kind != "money")
    others = [test for test in judge.conditions_of(benefit) if test is not own]
    for base in chain(_bases(judge, gaps, others, {}), _bases(judge, gaps, [], {})):
        for name in numbers:
            facts = {n: v for n, v in base.items() if n != name and not follows_from(fields[n], name)}
            root = line.solved(judge.complete(facts), name)
            if root is not None and root > span_of_field(fields[name])[0]:
                yield {**facts, name: root}, name


def _bases(
    judge: Judge, gaps: Sequence[Gap], demands: Sequence[Test], facts: Facts
) -> Iterator[dict[str, Value]]:
    """Made-up cases that fulfil *demands*: every kind of answer to finite facts, a few amounts for others."""
    whole = judge.complete(facts)
    if any(test.sure(whole) is False for test in demands):
        return
    if not gaps:
        yield dict(facts)
        return
    for way in _amounts(judge, gaps[0]):
        yield from _bases(judge, gaps[1:], demands, {**facts, **way})


def _amounts(judge: Judge, gap: Gap) -> Sequence[Mapping[str, Value]]:
    if gap.ways:
        return gap.ways
    field = judge.pack.fields[gap.name]
    tried = {"money": AMOUNTS, "count": COUNTS}.get(field.kind, (judge.year,))
    return [{gap.name: value} for value in tried if value >= field.least]
