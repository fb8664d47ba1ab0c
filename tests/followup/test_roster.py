"""The roster of a class, 1/1/2/2 (R3-12): who is missing, with terms that begin and end."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistcli.assistance import Member
from assistcli.followup.roster import holders, places, role_word, roster_items
from assistcli.model import Case, Fact
from assistcli.policy.pack import load_pack

PACK = load_pack("sicau-horticulture-2023")
TODAY = date(2023, 3, 1)
ROLES = ("领导", "就业助理", "党员干部", "就业联络员")
DAYS = st.integers(-400, 40).map(lambda n: TODAY + timedelta(days=n))
WHO = (st.sampled_from(["一班", "二班"]), st.sampled_from(ROLES), st.sampled_from("甲乙丙丁"))
ENTRY = st.tuples(*WHO, DAYS, st.one_of(st.none(), DAYS))
Entry = tuple[str, str, str, date, date | None]


def student(number: int, group: str) -> Case:
    """A student of a class."""
    fact = Fact(value=group, raw=group, source="表", day=TODAY, by="李老师")
    return Case(
        id=f"C{number}", pack=PACK.id, year=2023, subject="student", opened=TODAY, facts={"班级": fact}
    )


def member(number: int, entry: Entry) -> Member:
    """One entry of the roster."""
    unit, role, name, day, until = entry
    return Member(id=f"{number:03}", day=day, unit=unit, role=role, name=name, by="李老师", until=until)


CASES = [student(1, "一班"), student(2, "一班"), student(3, "二班")]


def test_a_class_wants_one_one_two_two() -> None:
    """Every class that has a case, and no other."""
    wanted = places(PACK.roles, CASES, [], TODAY)
    found = [(place.unit, role_word(place.role.name), place.missing) for place in wanted]
    assert found == [
        (unit, role, n) for unit in ("一班", "二班") for role, n in zip(ROLES, (1, 1, 2, 2), strict=True)
    ]


@given(st.lists(ENTRY, max_size=25))
def test_who_is_missing_is_what_a_plain_loop_says(entries: list[Entry]) -> None:
    """The last entry about a person in a role counts; a term to come or over does not."""
    members = [member(number, entry) for number, entry in enumerate(entries)]
    in_force: dict[tuple[str, str, str], bool] = {}
    for unit, role, name, day, until in entries:
        if day <= TODAY:
            in_force[unit, role, name] = until is None or until >= TODAY
    for place in places(PACK.roles, CASES, members, TODAY):
        role = role_word(place.role.name)
        held = [n for (unit, word, n), on in in_force.items() if on and (unit, word) == (place.unit, role)]
        assert sorted(place.names) == sorted(held)
        assert place.missing == max({"领导": 1, "就业助理": 1}.get(role, 2) - len(held), 0)


def test_the_last_day_of_a_term_counts() -> None:
    """到某日止（含当天）."""
    until = [member(1, ("一班", "领导", "甲", TODAY - timedelta(days=9), TODAY))]
    assert holders(until, TODAY)
    assert not holders(until, TODAY + timedelta(days=1))


def test_each_row_has_the_command_that_clears_it() -> None:
    """With the clause of the practice."""
    items = list(roster_items(places(PACK.roles, CASES[:1], [], TODAY), PACK.id))
    assert items[0].command == "assist record member 一班 领导 姓名"
    assert items[2].reason == "一班 党员干部 差2（已 0，应 2）"
    assert {item.clause for item in items} == {f"{PACK.id} 二措"}
