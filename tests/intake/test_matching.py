"""Rows against known cases, by the matching rules of CONTRACT.md."""

from collections.abc import Sequence
from datetime import date

import pytest

from assistcli.intake.matching import Added, Changed, Delivered, Rejected, Unchanged, match_row
from assistcli.intake.rows import ParsedRow
from assistcli.model import Case, Fact
from assistcli.values import Value
from tests.intake.builders import id_number

DAY = date(2013, 4, 1)
PLAIN = Delivered(day=DAY, by="李老师")
ID_1, ID_2, ID_3 = id_number(1), id_number(2), id_number(3)


class Cases:
    """A store's cases, found by plain looking."""

    def __init__(self, *cases: Case) -> None:
        self.cases = cases

    def _with(self, **values: str) -> Sequence[Case]:
        return [
            case for case in self.cases if all(case.value(name) == value for name, value in values.items())
        ]

    def by_student_no(self, number: str) -> Sequence[Case]:
        """Cases with this 学号."""
        return self._with(学号=number)

    def by_id_number(self, number: str) -> Sequence[Case]:
        """Cases with this 身份证号."""
        return self._with(身份证号=number)

    def by_case(self, id: str) -> Sequence[Case]:
        """The case with this id."""
        return [case for case in self.cases if case.id == id]

    def by_worker(self, worker_id: str, name: str) -> Sequence[Case]:
        """Cases of this child."""
        return self._with(职工身份证号=worker_id, 姓名=name)


def case(number: str, **values: Value) -> Case:
    """A case with these facts."""
    facts = {name: Fact(value=value, raw="", source="", day=DAY, by="") for name, value in values.items()}
    return Case(id=number, pack="p", year=2013, subject="student", opened=DAY, facts=facts)


def row(**values: Value) -> ParsedRow:
    """A parsed row with these values."""
    raws = {name: str(value) for name, value in values.items()}
    return ParsedRow(file="a.csv", sheet="", number=2, values=dict(values), raws=raws, columns={})


KNOWN = Cases(
    case("1", 学号="1040", 姓名="张三", 身份证号=ID_1, 低保=True),
    case("2", 学号="1041", 姓名="李四"),
    case("3", 姓名="王五", 身份证号=ID_3),
)


def test_a_new_student_is_added() -> None:
    assert isinstance(match_row(row(学号="2000", 姓名="赵六"), KNOWN, "student", PLAIN), Added)


def test_a_blank_cell_erases_nothing() -> None:
    """What the row does not say stays; a row that says nothing new changes nothing."""
    assert isinstance(match_row(row(学号="1040", 姓名="张三"), KNOWN, "student", PLAIN), Unchanged)


def test_changes_are_listed_field_by_field() -> None:
    found = match_row(row(学号="1040", 低保=False, 班级="信息091"), KNOWN, "student", PLAIN)
    assert isinstance(found, Changed)
    assert [(change.field, change.old, change.new) for change in found.changes] == [
        ("低保", True, False),
        ("班级", None, "信息091"),
    ]


def test_no_is_not_unknown() -> None:
    """``False`` replaces ``True`` and is a change; it never counts as blank."""
    assert isinstance(match_row(row(学号="1041", 低保=False), KNOWN, "student", PLAIN), Changed)


@pytest.mark.parametrize(
    ("values", "field"), [({"性别": "女"}, "性别"), ({"身份证号": id_number(5, sex="女")}, "身份证号")]
)
def test_what_contradicts_a_known_fact_is_an_error(values: dict[str, str], field: str) -> None:
    """A list without ID numbers cannot change a sex that the known ID number denies, nor the reverse."""
    known = Cases(
        case("1", 学号="1040", 身份证号=id_number(1, sex="男"))
        if field == "性别"
        else case("1", 学号="1040", 性别="男")
    )
    found = match_row(row(学号="1040", **values), known, "student", PLAIN)
    assert isinstance(found, Rejected)
    assert [error.field for error in found.row.errors] == [field]


def test_the_id_number_finds_who_has_no_student_number() -> None:
    found = match_row(row(学号="1042", 身份证号=ID_3), KNOWN, "student", PLAIN)
    assert isinstance(found, Changed)
    assert found.case.id == "3"


@pytest.mark.parametrize(
    "values",
    [
        {"学号": "1040", "身份证号": ID_2},
        {"学号": "9999", "身份证号": ID_1},
        {"学号": "1041", "身份证号": ID_1},
    ],
    ids=["same number, other ID", "same ID, other number", "two people"],
)
def test_keys_that_disagree_are_an_error(values: dict[str, str]) -> None:
    """Never an update; the message shows no whole ID number."""
    found = match_row(row(**values), KNOWN, "student", PLAIN)
    assert isinstance(found, Rejected)
    assert found.row.errors
    assert not any(ID_1 in error.message for error in found.row.errors)


def test_a_row_with_errors_is_rejected() -> None:
    bad = row(学号="1040")
    bad.refuse("低保", "不是是非答案")
    assert isinstance(match_row(bad, KNOWN, "student", PLAIN), Rejected)


HOUSEHOLDS = Cases(
    case("a", 姓名="张小", 身份证号=ID_1, 职工身份证号=ID_3, 职工姓名="张大"),
    case("b", 姓名="张中", 职工身份证号=ID_3, 职工姓名="张大"),
)


@pytest.mark.parametrize(
    ("values", "kind", "found"),
    [
        ({"姓名": "张小", "身份证号": ID_1}, Unchanged, "a"),
        ({"姓名": "张中", "职工身份证号": ID_3}, Unchanged, "b"),
        ({"姓名": "张中", "身份证号": ID_2, "职工身份证号": ID_3}, Changed, "b"),
        ({"姓名": "张新", "身份证号": ID_2, "职工身份证号": ID_3}, Added, None),
        ({"姓名": "张小", "身份证号": ID_2, "职工身份证号": ID_3}, Rejected, None),
    ],
    ids=["own ID", "worker and name", "worker and name, ID new", "a sister", "worker and name, other ID"],
)
def test_household_children(values: dict[str, str], kind: type, found: str | None) -> None:
    """A child is found by its own ID number, else by the worker's and its name."""
    outcome = match_row(row(**values), HOUSEHOLDS, "household", PLAIN)
    assert isinstance(outcome, kind)
    if isinstance(outcome, (Changed, Unchanged)):
        assert (outcome.case.id if isinstance(outcome, Changed) else outcome.case_id) == found


def test_one_key_in_two_cases_is_refused() -> None:
    twins = Cases(case("1", 学号="1040"), case("2", 学号="1040"))
    assert isinstance(match_row(row(学号="1040"), twins, "student", PLAIN), Rejected)


PRINTED = case("c1", 姓名="张三", 学号="1")
OTHER = case("c2", 姓名="李晓明", 学号="2")


def of_form(**values: Value) -> ParsedRow:
    """A row of a form that was printed for 张三."""
    made = row(**values)
    made.case = "c1"
    return made


@pytest.mark.parametrize(
    ("values", "expected", "said"),
    [
        ({"姓名": "张三", "班级": "甲"}, "c1", ""),
        ({"姓名": "张三", "学号": "1", "班级": "甲"}, "c1", ""),
        ({"姓名": "李晓明", "学号": "2", "班级": "甲"}, "c2", "是给 张三 打印的"),
        ({"姓名": "王小红", "学号": "3"}, "added", ""),
        ({"姓名": "张三", "学号": "11"}, "rejected", "写的号码库里没有"),
        ({"姓名": "李晓明", "班级": "甲"}, "rejected", "认不出是谁"),
        ({"班级": "甲"}, "rejected", "认不出是谁"),
    ],
)
def test_the_id_in_a_form_helps_where_no_number_was_written(
    values: dict[str, Value], expected: str, said: str
) -> None:
    """What a person wrote goes before it, and another name is another person."""
    made = of_form(**values)
    outcome = match_row(made, Cases(PRINTED, OTHER), "student", PLAIN)
    if isinstance(outcome, Changed):
        assert outcome.case.id == expected
    else:
        assert type(outcome).__name__.lower() == expected
    told = " ".join(remark.message for remark in (*made.errors, *made.warnings))
    assert said in told
    assert bool(said) == bool(told)


def test_the_id_of_another_store_names_nobody() -> None:
    made = of_form(姓名="张三")
    assert isinstance(match_row(made, Cases(OTHER), "student", PLAIN), Rejected)
