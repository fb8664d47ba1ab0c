"""Amount tables looked over: for every kind of case exactly one row must apply, and no row may be dead."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from assistcli.policy.crossing import Parting, cells_between, is_new
from assistcli.policy.kleene import Facts, Turning
from assistcli.policy.landmark import SOMETHING_ELSE, marks_by_fact, representatives
from assistcli.policy.plan import Path, Plan, TestBench
from assistcli.policy.region import Ends, Point
from assistcli.policy.rules import Benefit, Pack, Test
from assistcli.policy.scope import BUILT_IN
from assistcli.policy.verdict import NOT_ELIGIBLE, Judge
from assistcli.values import Value, format_value

MOST_KINDS = 20_000
MOST_SEARCHED = 400
"""Kinds of case and rows for which cells between comparisons are looked for: a second at most."""
MOST_CELLS = 32
MOST_TOLD = 5


def table_faults(pack: Pack) -> list[tuple[str, str]]:
    """What is wrong with the amount tables of *pack*: benefit id and message, with the very case."""
    bench, given = (
        TestBench(pack, {}),
        Judge(pack, {}, pack.issued.year if pack.issued else 2000).complete({}),
    )
    faults: list[tuple[str, str]] = []
    for plan in bench.plans:
        if plan.benefit.amounts and plan.benefit.pick == "one":
            found = dict.fromkeys(_faults_of(pack, bench, plan, given))
            faults += [(plan.benefit.id, message) for message in islice(found, MOST_TOLD)]
    return faults


def hopeless_benefits(pack: Pack) -> list[tuple[str, str]]:
    """Benefits that nobody can get whatever the facts, under no reading: their conditions contradict."""
    verdicts = Judge(pack, {}, pack.issued.year if pack.issued else 2000).verdicts({})
    return [
        (verdict.benefit.id, f"「{verdict.benefit.id}」没有人能符合：条件互相矛盾")
        for verdict in verdicts
        if verdict.verdict == NOT_ELIGIBLE
    ]


def _faults_of(pack: Pack, bench: TestBench, plan: Plan, given: Facts) -> Iterator[str]:
    """The gaps and overlaps of a table, and its dead rows; nothing of one that cannot be told apart."""
    used: set[int] = set()
    for path in plan.paths:
        tests = [bench.tests[place] for place in path.tests]
        for case in _kinds(pack, path, tests, given):
            if case is None:
                return
            facts = {**given, **case}
            applying = [n for n, payment in enumerate(path.payments, 1) if payment.when.sure(facts)]
            if any(test.sure(facts) is False for test in tests):
                continue
            used |= set(applying)
            if len(applying) != 1:
                yield _message(pack, plan.benefit, case, applying)
    for number in range(1, len(plan.benefit.amounts) + 1):
        if number not in used:
            yield f"「{plan.benefit.id}」金额表第 {number} 行永远用不上"


def _kinds(
    pack: Pack, path: Path, tests: Sequence[Test], given: Facts
) -> Iterator[Mapping[str, Value] | None]:
    """Every kind of case that the table tells apart; ``None`` where that is too much to tell.

    Quantities that it reckons with are taken from every cell between its comparisons and those of *tests*.
    """
    marks = marks_by_fact([mark for payment in path.payments for mark in payment.when.marks])
    names = sorted(marks.keys() - BUILT_IN.keys())
    values = {name: representatives(pack.fields[name], marks[name], given) for name in names}
    finite = [name for name in names if values[name]]
    rows = [line for payment in path.payments for line in payment.when.lines]
    beside = [line for test in tests for line in test.lines]
    most = MOST_KINDS if len(finite) == len(names) else MOST_SEARCHED
    for picked in islice(
        product(*(values[name] for name in finite)), most // (len(path.payments) + len(path.tests))
    ):
        case = dict(zip(finite, picked, strict=True))
        points = [{}] if len(finite) == len(names) else _points(rows, beside, {**given, **case})
        yield from ({**case, **point} for point in points) if points else (None,)


def _points(rows: Sequence[Turning], beside: Sequence[Turning], facts: Facts) -> list[Point]:
    """A point of every cell between *rows*, and those *beside* that share a quantity; none if not found."""
    box: dict[str, Ends] = {}
    found: list[Parting] = []
    for line in (*rows, *beside):
        parting = line.parting(facts)
        if parting is None and line in rows:
            return []
        near = parting and (line in rows or box.keys() & parting.box)
        if parting and near and parting.box and is_new(parting, found):
            found.append(parting)
            box |= parting.box
    return [cell.point for cell in cells_between([parting.sides for parting in found], box, MOST_CELLS) or ()]


def _message(pack: Pack, benefit: Benefit, case: Facts, applying: Sequence[int]) -> str:
    words = "，".join(
        f"{name}={'其他' if value == SOMETHING_ELSE else format_value(pack.fields[name], value)}"
        for name, value in case.items()
    )
    if not applying:
        return f"「{benefit.id}」金额表有缺口：{words} 时没有一行适用"
    rows = "、".join(str(number) for number in applying)
    return f"「{benefit.id}」金额表有重叠：{words} 时第 {rows} 行都适用"
