"""What one cell of a table of single values counts: the records behind its number, by the rule of the cell.

人 counts persons, 人次 entries, money is fen. The rules stand in ``tables/statistics``, which says at its
head what each word of a rule means.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistcli.assistance import Activity, Fund, Job
from assistcli.model import Case
from assistcli.reports.items import (
    UNSAID,
    activity_item,
    fact_trace,
    fund_item,
    graduate_item,
    job_item,
    new_posts,
    outcome_item,
    service_item,
)
from assistcli.reports.material import STAGE, Material, Service
from assistcli.reports.opening import Item

PAID, PAID_ON, FILE, PLACE = "助学资金", "发放日期", "档案类别", "学校所在市"

Rule = Mapping[str, Any]
Cells = Sequence[Rule]
Served = tuple[Case, Service]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """How a cell counts: which records, what each adds to the number, what each says when it is opened."""

    select: Callable[[Rule, Cells, Material], Iterable[Any]]
    tell: Callable[[Any, Material], Item]
    weigh: Callable[[Any], int] = lambda _: 1

    def number(self, cell: Rule, cells: Cells, material: Material) -> int:
        """The number of *cell*; fen where it is money."""
        return sum(map(self.weigh, self.select(cell, cells, material)))

    def items(self, cell: Rule, cells: Cells, material: Material) -> list[Item]:
        """What the number of *cell* is made of; what adds nothing is left out."""
        chosen = [(record, self.weigh(record)) for record in self.select(cell, cells, material)]
        return [self.tell(record, material)._replace(number=n) for record, n in chosen if n]


def counter_of(cell: Rule) -> Counter:
    """How *cell* counts."""
    return COUNTERS[str(cell["count"])]


def words_of(cell: Rule, name: str) -> list[str]:
    """The words of *cell* under *name*; none where it has none."""
    listed = cell.get(name, [])
    return [str(word) for word in listed] if isinstance(listed, list) else []


def _aided(cell: Rule, _cells: Cells, material: Material) -> list[Case]:
    """Cases that were paid by the day, in the year, and belong to the cell's group."""
    return [case for case in material.cases if _paid_in_time(case, material) and _belongs(cell, case)]


def _paid_in_time(case: Case, material: Material) -> bool:
    paid, day = case.value(PAID), case.text(PAID_ON)
    return bool(paid) and day[:4] == str(material.year) and day <= material.day.isoformat()


def _belongs(cell: Rule, case: Case) -> bool:
    stages, files, flag = words_of(cell, "stages"), words_of(cell, "files"), str(cell.get("flag", ""))
    if stages and case.text(STAGE) not in stages:
        return False
    if files and case.text(FILE) not in files:
        return False
    return not flag or case.value(flag) is True


def _fen_paid(case: Case) -> int:
    return int(case.value(PAID) or 0)


def _tell_paid(case: Case, _material: Material) -> Item:
    told = "，".join(f"{name} {case.text(name) or UNSAID}" for name in (STAGE, FILE))
    day = date.fromisoformat(case.text(PAID_ON))
    return Item(1, case.id, day, f"{PAID}，{told}", fact_trace(case, PAID))


def _graduates(cell: Rule, _cells: Cells, material: Material) -> list[Case]:
    wanted = str(cell.get("standing", ""))
    found = [case for case in material.cases if material.standing(case)]
    return [case for case in found if wanted in ("", material.standing(case))]


def _placed(cell: Rule, cells: Cells, material: Material) -> list[Case]:
    return [case for case in _graduates(cell, cells, material) if material.placed(case)]


def _unplaced(cell: Rule, cells: Cells, material: Material) -> list[Case]:
    place = str(cell.get("studied_in", ""))
    cases = [case for case in _graduates(cell, cells, material) if not material.placed(case)]
    return [case for case in cases if not place or place in case.text(PLACE)]


def _services(cell: Rule, cells: Cells, material: Material) -> Iterator[Served]:
    """Entries (人次): each case as often as it was served."""
    kinds = words_of(cell, "kinds")
    for case in _graduates(cell, cells, material):
        for service in material.services(case):
            if service.kind in kinds and service.day.year == material.year:
                yield case, service


def _tell_service(served: Served, _material: Material) -> Item:
    case, service = served
    return service_item(case.id, service)


def _dated(records: Iterable[Any], material: Material) -> list[Any]:
    """Those of *records* that are of the year and not after the day."""
    return [r for r in records if r.day.year == material.year and r.day <= material.day]


def _raised(cell: Rule, cells: Cells, material: Material) -> list[Fund]:
    spoken_for = [use for other in cells for use in words_of(other, "uses")]
    raised = [f for f in _dated(material.funds, material) if not f.out and f.kind not in spoken_for]
    sources = [words_of(other, "sources") for other in cells if other["count"] == "raised"]
    if cell.get("other"):
        return [fund for fund in raised if not any(_named(fund, words) for words in sources)]
    if words := words_of(cell, "sources"):
        return [f for f in raised if next((w for w in sources if _named(f, w)), None) == words]
    return raised


def _named(fund: Fund, words: Iterable[str]) -> bool:
    return any(word in fund.source for word in words)


def _used(cell: Rule, _cells: Cells, material: Material) -> list[Fund]:
    return [fund for fund in _dated(material.funds, material) if fund.kind in words_of(cell, "uses")]


def _fen(fund: Fund) -> int:
    return fund.amount


def _tell_fund(fund: Fund, _material: Material) -> Item:
    return fund_item(fund)


def _held(cell: Rule, _cells: Cells, material: Material) -> list[Activity]:
    return [a for a in _dated(material.activities, material) if a.kind in words_of(cell, "kinds")]


def _tell_activity(activity: Activity, _material: Material) -> Item:
    return activity_item(activity)


def _offered(cell: Rule, _cells: Cells, material: Material) -> list[Job]:
    classes = words_of(cell, "classes")
    return [job for job in _dated(material.jobs, material) if job.employer_class in classes]


def _openings(job: Job) -> int:
    return job.openings or 0


def _tell_job(job: Job, _material: Material) -> Item:
    return job_item(job)


COUNTERS: Mapping[str, Counter] = {
    "aided": Counter(select=_aided, tell=_tell_paid),
    "paid": Counter(select=_aided, tell=_tell_paid, weigh=_fen_paid),
    "graduates": Counter(select=_graduates, tell=graduate_item),
    "placed": Counter(select=_placed, tell=outcome_item),
    "unplaced": Counter(select=_unplaced, tell=outcome_item),
    "services": Counter(select=_services, tell=_tell_service),
    "raised": Counter(select=_raised, tell=_tell_fund, weigh=_fen),
    "fund_sum": Counter(select=_used, tell=_tell_fund, weigh=_fen),
    "fund_entries": Counter(select=_used, tell=_tell_fund),
    "activities": Counter(select=_held, tell=_tell_activity),
    "posts": Counter(select=_held, tell=_tell_activity, weigh=new_posts),
    "openings": Counter(select=_offered, tell=_tell_job, weigh=_openings),
}
