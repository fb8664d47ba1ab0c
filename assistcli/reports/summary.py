"""The table of categories by college (zust-2013 附件2): persons per category, subtotal, total and ratio.

Only verdicts ``eligible`` count. A student may hold several categories: persons are not entries. How they add
up depends on readings A-05 (小计), A-06 (A and B at once) and A-30 (denominator); unadopted, the table counts
persons over 毕业生数 and footnotes what the other option gives.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistcli.model import Case, Office
from assistcli.policy.rules import Pack, SummaryRule
from assistcli.policy.verdict import DEPENDS, ELIGIBLE, UNKNOWN, Verdict
from assistcli.reports.statistics import Cell, StatisticsTable, percent
from assistcli.values import squeeze

ENTRIES, BOTH, A_ONLY, LISTED = "entries", "both", "a-only", "listed"
TOTAL_LABEL = "合计"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One student in the table: college, and the categories that surely hold."""

    case: str
    college: str
    first: bool
    others: frozenset[str]


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
    standings = [_standing(case, verdicts, rule) for case, verdicts in cases]
    adopted = office.adopted(pack.id)
    graduates = [_graduates(office, rule, college) for college in rule.colleges]
    counters = _counters(rule, adopted)
    groups = [[s for s in standings if s.college == college] for college in rule.colleges]
    everyone = [standing for group in groups for standing in group]
    rows: list[tuple[Cell, ...]] = []
    people: dict[tuple[int, int], list[str]] = {}
    for number, (label, group, whole) in enumerate(
        [*zip(rule.colleges, groups, graduates, strict=True), (TOTAL_LABEL, everyone, _sum_known(graduates))]
    ):
        counts = [count(group) for count in counters]
        ratio = percent(counts[-1], len(group) if adopted.get(rule.ratio_reading) == LISTED else whole)
        rows.append((label, whole, *counts, ratio))
        people |= _people(number, group, rule, adopted)
    return StatisticsTable(
        title=next(form.title for form in pack.forms if form.name == "summary"),
        columns=rule.labels,
        rows=tuple(rows),
        notes=tuple(_notes(cases, everyone, rule, adopted, _sum_known(graduates))),
        people=people,
    )


def _standing(case: Case, verdicts: Sequence[Verdict], rule: SummaryRule) -> Standing:
    held = {verdict.benefit.id for verdict in verdicts if verdict.verdict == ELIGIBLE}
    return Standing(
        case=case.id,
        college=squeeze(case.text("学院")),
        first=rule.first in held,
        others=frozenset(held & set(rule.others)),
    )


def _graduates(office: Office, rule: SummaryRule, college: str) -> int | None:
    value = office.college_figures.get(college, {}).get(rule.graduates)
    return None if value is None else int(value)


def _sum_known(numbers: Sequence[int | None]) -> int | None:
    return None if None in numbers else sum(number for number in numbers if number is not None)


Count = Callable[[Sequence[Standing]], int]


def _counters(rule: SummaryRule, adopted: Mapping[str, str]) -> list[Count]:
    """One counter per column between 毕业生数 and 比例."""
    overlap = adopted.get(rule.overlap_reading, "")
    entries = adopted.get(rule.count_reading) == ENTRIES
    subtotal = _subtotal(overlap, entries)
    columns: list[Count] = [lambda group: sum(s.first for s in group)]
    columns += [_category(other, overlap) for other in rule.others]
    return [*columns, subtotal, _total(overlap, entries)]


def _counted(standing: Standing, overlap: str) -> frozenset[str]:
    """The other categories in which *standing* counts: none beside the first one under ``a-only``."""
    return frozenset() if overlap == A_ONLY and standing.first else standing.others


def _category(name: str, overlap: str) -> Count:
    return lambda group: sum(name in _counted(s, overlap) for s in group)


def _subtotal(overlap: str, entries: bool) -> Count:
    def count(group: Sequence[Standing]) -> int:
        held = [len(_counted(s, overlap)) for s in group]
        return sum(held) if entries else sum(n > 0 for n in held)

    return count


def _total(overlap: str, entries: bool) -> Count:
    """A and subtotal added where both count or entries are counted; else distinct persons."""

    def count(group: Sequence[Standing]) -> int:
        if overlap == BOTH or entries:
            return sum(s.first for s in group) + _subtotal(overlap, entries)(group)
        return sum(s.first or bool(s.others) for s in group)

    return count


def _people(
    row: int, group: Sequence[Standing], rule: SummaryRule, adopted: Mapping[str, str]
) -> dict[tuple[int, int], list[str]]:
    """The cases behind each count, by (row, column); of entries, a case as often as it counts."""
    overlap, entries = adopted.get(rule.overlap_reading, ""), adopted.get(rule.count_reading) == ENTRIES
    counted = [(s.case, _counted(s, overlap)) for s in group]
    first = [s.case for s in group if s.first]
    subtotal = [case for case, others in counted for _ in sorted(others)[: None if entries else 1]]
    apart = overlap == BOTH or entries
    total = [*first, *subtotal] if apart else [s.case for s in group if s.first or s.others]
    columns = [first, *([c for c, others in counted if other in others] for other in rule.others)]
    return {(row, column): cases for column, cases in enumerate([*columns, subtotal, total], 2)}


def _notes(
    cases: Sequence[tuple[Case, Sequence[Verdict]]],
    everyone: Sequence[Standing],
    rule: SummaryRule,
    adopted: Mapping[str, str],
    graduates: int | None,
) -> list[str]:
    """Footnotes: who is not counted and why, and what other readings give."""
    notes = [note for note in (_doubtful_note(cases), _elsewhere_note(cases, rule)) if note]
    persons, entries = _subtotal("", False)(everyone), _subtotal("", True)(everyone)
    if rule.count_reading not in adopted and persons != entries:
        notes.append(f"口径 {rule.count_reading} 未定：小计按人 {persons} 人；按项 {entries} 人次")
    distinct, doubled = _total("", False)(everyone), _total(BOTH, False)(everyone)
    if rule.overlap_reading not in adopted and distinct != doubled:
        both = f"合计按人 {distinct} 人；两类都计 {doubled} 人次"
        notes.append(f"口径 {rule.overlap_reading} 未定：{doubled - distinct} 人同属 A 类和 B 类，{both}")
    if rule.ratio_reading not in adopted and graduates is not None and everyone:
        by_listed = percent(distinct, len(everyone))
        notes.append(f"口径 {rule.ratio_reading} 未定：比例按毕业生数；按信息库人数为 {by_listed}")
    return notes


def _doubtful_note(cases: Sequence[tuple[Case, Sequence[Verdict]]]) -> str:
    """How many may still come in, and how many of those counted may come into more categories."""
    words = [{verdict.verdict for verdict in verdicts} for _, verdicts in cases]
    unsettled = [word for word in words if word & {UNKNOWN, DEPENDS}]
    others = [word for word in unsettled if ELIGIBLE not in word]
    unknown = sum(UNKNOWN in word for word in others)
    if not unsettled:
        return ""
    within = len(unsettled) - len(others)
    more = f"；已计入的人中 {within} 人还有类别未定" if within else ""
    return f"另有 {unknown} 人待核实、{len(others) - unknown} 人取决于口径{more}"


def _elsewhere_note(cases: Sequence[tuple[Case, Sequence[Verdict]]], rule: SummaryRule) -> str:
    elsewhere = sum(squeeze(case.text("学院")) not in rule.colleges for case, _ in cases)
    return f"{elsewhere} 人学院未填或不在附件所列学院，未计入" if elsewhere else ""
