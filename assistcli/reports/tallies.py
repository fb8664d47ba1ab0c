"""Plain numbers below the rates: persons by where they stand, entries by kind (人次), activities and posts.

Nothing is rounded to 余 or 近.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from assistcli.assistance import Activity
from assistcli.followup.placement import destinations
from assistcli.model import Case
from assistcli.reports.items import activity_item, new_posts, outcome_item, service_item
from assistcli.reports.material import Material
from assistcli.reports.opening import Item, total

Line = tuple[str, str, int, Callable[[], Sequence[Item]]]
"""One number: name, definition, number, and what it is made of."""


def tallies_of(material: Material, objects: Sequence[Case]) -> Iterator[Line]:
    """Every plain number over *material*; *objects* are the cases that the notices are about (帮扶对象)."""
    yield from _groups(material, objects)
    yield from _talks(material)
    yield from _activities(material)


def _groups(material: Material, objects: Sequence[Case]) -> Iterator[Line]:
    """Persons by where they stand: 升学 and 就业 apart, an intention beside both (R3-25, R3-26)."""
    by_group: dict[str, list[Case]] = {}
    for case in objects:
        outcome = material.outcome(case)
        known = destinations().get(outcome.status) if outcome else None
        if known:
            by_group.setdefault(known.group if known.placed else f"未落实：{known.word}", []).append(case)
    for group, cases in sorted(by_group.items()):
        yield group, "帮扶对象最近一次去向，人", len(cases), partial(_outcomes, cases, material)


def _outcomes(cases: Sequence[Case], material: Material) -> list[Item]:
    return [outcome_item(case, material) for case in cases]


def _talks(material: Material) -> Iterator[Line]:
    """Entries by kind (人次)."""
    kinds: Counter[str] = Counter()
    for case in material.cases:
        kinds.update(service.kind for service in material.services(case))
    for kind, count in sorted(kinds.items()):
        yield kind, "人次（群发和未联系上的不计）", count, partial(_talks_of, kind, material)


def _activities(material: Material) -> Iterator[Line]:
    """Activities by kind (场次), who came and what was offered."""
    held: dict[str, list[Activity]] = {}
    for activity in material.activities:
        if activity.day <= material.day:
            held.setdefault(activity.kind, []).append(activity)
    for kind, activities in sorted(held.items()):
        yield kind, "场次", len(activities), partial(_summed, activities, lambda _: 1)
        yield from _offered(kind, activities)


def _offered(kind: str, activities: Sequence[Activity]) -> Iterator[Line]:
    """How many came to the activities of *kind* and what posts they offered, where that was noted."""
    for word, definition, weigh in (
        ("参加人次", "登记的参加人次相加", _heads),
        ("提供岗位", "登记的岗位数相加；再次举办的同一活动不重复计", new_posts),
    ):
        items = partial(_summed, activities, weigh)
        if number := total(items()):
            yield f"{kind}{word}", definition, number, items


def _heads(activity: Activity) -> int:
    return activity.heads or 0


def _summed(activities: Sequence[Activity], weigh: Callable[[Activity], int]) -> list[Item]:
    return [activity_item(a)._replace(number=weigh(a)) for a in activities if weigh(a)]


def _talks_of(kind: str, material: Material) -> list[Item]:
    return [
        service_item(case.id, service)
        for case in material.cases
        for service in material.services(case)
        if service.kind == kind
    ]
