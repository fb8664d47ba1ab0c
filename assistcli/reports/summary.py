"""The table of categories by college (zust-2013 附件2): persons per category, subtotal, total and ratio.

Only verdicts ``eligible`` count. How they add up depends on readings A-05 (小计), A-06 (A and B at once) and
A-30 (denominator); unadopted, the table counts persons over 毕业生数 and footnotes what other options give.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from assistcli.model import Case, Office
from assistcli.policy.rules import Pack, SummaryRule
from assistcli.policy.verdict import DEPENDS, ELIGIBLE, UNKNOWN, Verdict
from assistcli.reports.categories import A_ONLY, BOTH, Reckoning, Standing, reckoning_of, standing_of
from assistcli.reports.opening import OFFICE, Cell, Item, Opening, Place, Trace, open_aside
from assistcli.reports.statistics import StatisticsTable, open_share, percent
from assistcli.values import squeeze

LISTED = "listed"
TOTAL_LABEL = "合计"
COUNTED = "counted"
DOUBTS = {COUNTED: "已计入，还有类别未定", UNKNOWN: "待核实", DEPENDS: "取决于口径"}
GRADUATES, FIRST = 1, 2
"""The columns of 毕业生数 and of the first category."""

Judged = Sequence[tuple[Case, Sequence[Verdict]]]


def summary_table(
    judged: Iterable[tuple[Case, Sequence[Verdict]]], pack: Pack, office: Office
) -> StatisticsTable:
    """The table over all *judged* cases.

    Raises:
        LookupError: the notice has no such table.
    """
    rule = pack.summary
    if rule is None:
        raise LookupError(pack.id)
    cases = list(judged)
    standings = [standing_of(case, verdicts, rule) for case, verdicts in cases]
    adopted, reckoning = office.adopted(pack.id), reckoning_of(rule, office.adopted(pack.id))
    graduates = [_graduates(office, rule, college) for college in rule.colleges]
    groups = [[s for s in standings if s.college == college] for college in rule.colleges]
    everyone = [standing for group in groups for standing in group]
    meanings = _meanings(pack, rule, reckoning)
    rows: list[tuple[Cell, ...]] = []
    openings = _graduates_openings(rule, graduates)
    asides = {text: open_aside(items) for text, items in _asides(cases, everyone, rule, adopted)}
    for number, (label, group, whole) in enumerate(
        [*zip(rule.colleges, groups, graduates, strict=True), (TOTAL_LABEL, everyone, _sum_known(graduates))]
    ):
        columns = reckoning.columns(group)
        divisor = len(group) if adopted.get(rule.ratio_reading) == LISTED else whole
        rows.append((label, whole, *map(len, columns), percent(len(columns[-1]), divisor)))
        opened = [_opening(c, rule, meaning) for c, meaning in zip(columns, meanings, strict=True)]
        if divisor is not None:
            opened.append(open_share(opened[-1], divisor, _ratio(rule, adopted)))
        openings |= {(number, place): opening for place, opening in enumerate(opened, FIRST)}
    return StatisticsTable(
        title=next(form.title for form in pack.forms if form.name == "summary"),
        columns=rule.labels,
        rows=tuple(rows),
        notes=(*asides, *_untyped_notes(rule, graduates, adopted)),
        openings=openings,
        asides=asides,
    )


def _graduates(office: Office, rule: SummaryRule, college: str) -> int | None:
    value = office.college_figures.get(college, {}).get(rule.graduates)
    return None if value is None else int(value)


def _sum_known(numbers: Sequence[int | None]) -> int | None:
    return None if None in numbers else sum(number for number in numbers if number is not None)


def _opening(counted: Sequence[Standing], rule: SummaryRule, meaning: str) -> Opening:
    return Opening(items=partial(_items, counted, rule.first), meaning=meaning)


def _items(counted: Sequence[Standing], first: str) -> list[Item]:
    return [standing.item(first) for standing in counted]


def _meanings(pack: Pack, rule: SummaryRule, reckoning: Reckoning) -> list[str]:
    """What each count means, in words, with its clause or reading."""
    clauses = {benefit.id: benefit.citation.clause for benefit in pack.benefits}
    named = zip((rule.first, *rule.others), rule.labels[FIRST:], strict=False)
    told = [f"{name}：资格为「符合」的人，每人计一（{clauses[id]}）" for id, name in named]
    only = f"，同属 {rule.first} 的不计" if reckoning.overlap == A_ONLY else ""
    how = "每项计一" if reckoning.entries else "一人有几项只计一次"
    told.append(f"小计：{_others(rule)} 各项{only}，{how}（口径 {rule.count_reading}）")
    whole = f"{rule.first} 与小计相加" if reckoning.adds else "各类的人，每人只计一次"
    return [*told, f"合计人数：{whole}（口径 {rule.overlap_reading}）"]


def _others(rule: SummaryRule) -> str:
    """The categories beside the first, in short: B1–B5."""
    return f"{rule.others[0]}–{rule.others[-1]}"


def _ratio(rule: SummaryRule, adopted: Mapping[str, str]) -> str:
    of = "信息库中的人数" if adopted.get(rule.ratio_reading) == LISTED else rule.graduates
    return f"合计比例＝合计人数÷{of}（口径 {rule.ratio_reading}）"


def _graduates_openings(rule: SummaryRule, graduates: Sequence[int | None]) -> dict[Place, Opening]:
    """Where the typed 毕业生数 of each college come from; the total is all of them, if all are typed."""
    typed = [
        [] if number is None else [_typed(college, rule.graduates, number)]
        for college, number in zip(rule.colleges, graduates, strict=True)
    ]
    whole = [] if None in graduates else [*chain.from_iterable(typed)]
    how = f"assist unit set {rule.graduates}=数 --college 学院"
    meaning = f"{rule.graduates}：学院填报的数，不从个案数（{how}）"
    return {
        (row, GRADUATES): Opening(items=partial(list, items), meaning=meaning)
        for row, items in enumerate([*typed, whole])
        if items
    }


def _typed(college: str, figure: str, number: int) -> Item:
    return Item(number, what=f"{college} {figure}", trace=Trace(OFFICE, college, figure))


def _asides(
    cases: Judged, everyone: Sequence[Standing], rule: SummaryRule, adopted: Mapping[str, str]
) -> Iterator[tuple[str, list[Item]]]:
    """Footnotes with whom they speak of: who is not counted and why, and what other readings give."""
    yield from _doubtful(cases)
    yield from _elsewhere(cases, rule)
    plain, by_entries, both = Reckoning(rule), Reckoning(rule, entries=True), Reckoning(rule, BOTH)
    persons, entries = (len(way.subtotal(everyone)) for way in (plain, by_entries))
    if rule.count_reading not in adopted and persons != entries:
        several = [s.item(rule.first) for s in everyone if len(s.others) > 1]
        yield f"口径 {rule.count_reading} 未定：小计按人 {persons} 人；按项 {entries} 人次", several
    distinct, doubled = (len(way.whole(everyone)) for way in (plain, both))
    if rule.overlap_reading not in adopted and distinct != doubled:
        told = f"合计按人 {distinct} 人；两类都计 {doubled} 人次"
        double = [s.item(rule.first) for s in everyone if s.first and s.others]
        in_both = f"{len(double)} 人同属 {rule.first} 和 {_others(rule)}"
        yield f"口径 {rule.overlap_reading} 未定：{in_both}，{told}", double
    if rule.ratio_reading not in adopted and everyone:
        by_listed = percent(distinct, len(everyone))
        listed = [s.item(rule.first) for s in everyone]
        yield f"口径 {rule.ratio_reading} 未定：比例按毕业生数；按信息库人数为 {by_listed}", listed


def _untyped_notes(
    rule: SummaryRule, graduates: Sequence[int | None], adopted: Mapping[str, str]
) -> Iterator[str]:
    """Which colleges have no 毕业生数 yet."""
    lacking = [c for c, number in zip(rule.colleges, graduates, strict=True) if number is None]
    if lacking and adopted.get(rule.ratio_reading) != LISTED:
        named = "各学院都" if len(lacking) == len(rule.colleges) else f"{'、'.join(lacking)} "
        yield f"{named}没有填{rule.graduates}，相应的比例和合计空着"


def _doubtful(cases: Judged) -> Iterator[tuple[str, list[Item]]]:
    """How many may still come in, and how many of those counted may come into more categories."""
    told: dict[str, list[Item]] = {COUNTED: [], UNKNOWN: [], DEPENDS: []}
    for case, verdicts in cases:
        words = {verdict.verdict for verdict in verdicts}
        if words & {UNKNOWN, DEPENDS}:
            why = COUNTED if ELIGIBLE in words else UNKNOWN if UNKNOWN in words else DEPENDS
            told[why].append(Item(1, case.id, None, DOUBTS[why]))
    within, unknown, depends = (len(items) for items in told.values())
    if within or unknown or depends:
        more = f"；已计入的人中 {within} 人还有类别未定" if within else ""
        yield f"另有 {unknown} 人待核实、{depends} 人取决于口径{more}", [*chain(*told.values())]


def _elsewhere(cases: Judged, rule: SummaryRule) -> Iterator[tuple[str, list[Item]]]:
    elsewhere = [case for case, _ in cases if squeeze(case.text("学院")) not in rule.colleges]
    if elsewhere:
        items = [Item(case=case.id) for case in elsewhere]
        yield f"{len(elsewhere)} 人学院未填或不在附件所列学院，未计入", items
