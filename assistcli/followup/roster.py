"""The roster (名册): who holds which role where, and which roles a notice wants that nobody holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistcli.assistance import Member
from assistcli.followup.agenda import ROSTER, Item
from assistcli.model import Case
from assistcli.policy.citation import Citation
from assistcli.policy.practice import Role
from assistcli.values import squeeze

UNIT_FACTS = {"小班": "班级", "班级": "班级", "学院": "学院"}
"""For which unit a role is wanted → the fact of a case that names its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One role of one unit: how many are wanted, and who holds it."""

    unit: str
    role: Role
    members: tuple[Member, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Who holds it."""
        return tuple(member.name for member in self.members)

    @property
    def missing(self) -> int:
        """How many are still wanted."""
        return max((self.role.count or 0) - len(self.members), 0)


def role_word(role: str) -> str:
    """The role as people call it: 领导（院两委委员） is 领导."""
    return squeeze(role).split("（")[0]


def holders(members: Iterable[Member], today: date) -> dict[tuple[str, str], list[Member]]:
    """(Unit, role) → who holds it on *today*; the last entry about a person in a role counts."""
    last: dict[tuple[str, str, str], Member] = {}
    for member in members:
        if member.day <= today:
            last[member.unit, role_word(member.role), member.name] = member
    found: dict[tuple[str, str], list[Member]] = {}
    for (unit, role, _), member in last.items():
        if member.until is None or member.until >= today:
            found.setdefault((unit, role), []).append(member)
    return found


def places(
    roles: Iterable[Role], cases: Sequence[Case], members: Iterable[Member], today: date
) -> list[Place]:
    """Every role that is wanted a number of times, in every unit that has a case."""
    held = holders(members, today)
    found = []
    for role in roles:
        if role.count is not None and role.per in UNIT_FACTS:
            units = {case.text(UNIT_FACTS[role.per]) for case in cases} - {""}
            found += [
                Place(unit=unit, role=role, members=tuple(held.get((unit, role_word(role.name)), ())))
                for unit in sorted(units)
            ]
    return sorted(found, key=lambda place: place.unit)


def held_beside(
    wanted: Iterable[Place], roles: Iterable[Role], members: Iterable[Member], today: date
) -> list[Place]:
    """Who holds a role on *today* of which no number is wanted there (R0-11: 联络员 of a college)."""
    counted = {(place.unit, role_word(place.role.name)) for place in wanted}
    known = {role_word(role.name): role for role in reversed(list(roles))}
    return [
        Place(unit=unit, role=replace(known.get(word) or unnamed_role(word), count=None), members=tuple(held))
        for (unit, word), held in sorted(holders(members, today).items())
        if (unit, word) not in counted
    ]


def unnamed_role(word: str) -> Role:
    """The role *word* that no notice in use names."""
    return Role(name=word, per="", count=None, citation=Citation(clause="", quote=""))


def roster_items(wanted: Iterable[Place], pack: str) -> Iterator[Item]:
    """One item per role that is not held as often as wanted (R3-12)."""
    for place in wanted:
        if place.missing:
            word = role_word(place.role.name)
            counts = f"已 {len(place.names)}，应 {place.role.count}"
            yield Item(
                kind=ROSTER,
                reason=f"{place.unit} {word} 差{place.missing}（{counts}）",
                clause=f"{pack} {place.role.citation.clause}",
                command=f"assist record member {place.unit} {word} 姓名",
            )
