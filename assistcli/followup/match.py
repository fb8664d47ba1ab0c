"""Posts that may suit a case (岗位匹配): by 专业, 地点 and 薪资, each with its reason; a person chooses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistcli.assistance import Job, Recommendation
from assistcli.model import Case
from assistcli.money import format_yuan
from assistcli.values import listed_words

MAJOR, PLACE, PAY = "专业", "意向地点", "意向薪资"
FITS, FAILS, UNKNOWN = "合", "不合", "不详"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One post with, for 专业, 地点 and 薪资 each, whether it fits and why."""

    job: Job
    points: tuple[tuple[str, str], ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Sort key: fewest points that fail, then most that fit."""
        words = [word for word, _ in self.points]
        return words.count(FAILS), -words.count(FITS)


def matches(case: Case, jobs: Iterable[Job], advices: Sequence[Recommendation], today: date) -> list[Match]:
    """Open posts that were not recommended to *case* yet, the best first; what is unknown is no failure."""
    tried = {advice.job for advice in advices} | {(a.employer, a.title) for a in advices}
    found = [
        Match(job=job, points=(_major(case, job), _place(case, job), _pay(case, job)))
        for job in jobs
        if job.day <= today and (job.until is None or job.until >= today)
        if job.id not in tried and (job.employer, job.title) not in tried
    ]
    return sorted(found, key=lambda match: match.rank)


def _major(case: Case, job: Job) -> tuple[str, str]:
    major = case.text(MAJOR)
    if not major or not job.majors:
        return UNKNOWN, "专业不详" if not major else "岗位没有写专业"
    fits = any(wanted in major or major in wanted for wanted in job.majors)
    return (FITS if fits else FAILS), f"{major}／要求 {'、'.join(job.majors)}"


def _place(case: Case, job: Job) -> tuple[str, str]:
    place = case.text(PLACE)
    if not place or not job.place:
        return UNKNOWN, "意向地点不详" if not place else "岗位没有写地点"
    fits = any(word in job.place or job.place in word for word in listed_words(place))
    return (FITS if fits else FAILS), f"想去 {place}／在 {job.place}"


def _pay(case: Case, job: Job) -> tuple[str, str]:
    wanted = case.value(PAY)
    if not isinstance(wanted, int) or job.salary is None:
        return UNKNOWN, "意向薪资不详" if not isinstance(wanted, int) else "岗位没有写薪资"
    return (
        FITS if job.salary >= wanted else FAILS
    ), f"想要 {format_yuan(wanted)}／给 {format_yuan(job.salary)}"
