"""Posts that may suit: each point with its reason; unknown is no failure; none is offered twice."""

from datetime import date

from assistcli.assistance import Job, Recommendation
from assistcli.followup.match import matches
from assistcli.model import Case, Fact
from assistcli.values import Value

TODAY = date(2013, 6, 1)


def case(**facts: Value) -> Case:
    """A student who wants something."""
    stated = {n: Fact(value=v, raw=str(v), source="表", day=TODAY, by="李老师") for n, v in facts.items()}
    return Case(id="C", pack="p", year=2013, subject="student", opened=TODAY, facts=stated)


def job(
    id: str,
    *,
    place: str = "",
    majors: tuple[str, ...] = (),
    salary: int | None = None,
    until: date | None = None,
) -> Job:
    """A post."""
    return Job(
        id=id, day=TODAY, employer=f"公司{id}", title="岗位", by="李老师", place=place, majors=majors,
        salary=salary, until=until,
    )  # fmt: skip


WISHES = case(专业="机械工程", 意向地点="杭州、宁波", 意向薪资=4000_00)


def words(found: Job) -> list[str]:
    """合, 不合 or 不详 for 专业, 地点 and 薪资."""
    (match,) = matches(WISHES, [found], (), TODAY)
    return [word for word, _ in match.points]


def test_every_point_fits_or_fails_with_its_reason() -> None:
    """At the line itself the pay fits."""
    assert words(job("1", place="宁波市", majors=("机械",), salary=4000_00)) == ["合", "合", "合"]
    assert words(job("1", place="温州", majors=("会计",), salary=3999_99)) == ["不合", "不合", "不合"]
    (match,) = matches(WISHES, [job("1", place="温州")], (), TODAY)
    assert match.points[1] == ("不合", "想去 杭州、宁波／在 温州")


def test_unknown_is_no_failure() -> None:
    """A post that says nothing, and a student who says nothing."""
    assert words(job("1")) == ["不详", "不详", "不详"]
    (match,) = matches(case(), [job("1", place="宁波", majors=("机械",), salary=1)], (), TODAY)
    assert [word for word, _ in match.points] == ["不详", "不详", "不详"]


def test_the_best_come_first_and_closed_ones_not_at_all() -> None:
    """Fewest failures, then most fits; the last day still counts."""
    jobs = [
        job("bad", place="温州"), job("bare"), job("good", place="杭州", salary=5000_00),
        job("over", until=date(2013, 5, 31)), job("last", until=TODAY),
    ]  # fmt: skip
    assert [match.job.id for match in matches(WISHES, jobs, (), TODAY)] == ["good", "bare", "last", "bad"]


def test_what_was_recommended_is_not_offered_again() -> None:
    """By number, or by employer and title."""
    by_number = Recommendation(id="R1", case="C", day=TODAY, employer="x", by="李老师", job="1")
    by_name = Recommendation(id="R2", case="C", day=TODAY, employer="公司2", title="岗位", by="李老师")
    left = matches(WISHES, [job("1"), job("2"), job("3")], [by_number, by_name], TODAY)
    assert [match.job.id for match in left] == ["3"]
