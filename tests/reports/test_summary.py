"""The college summary against plain loops over random students (REQUIREMENTS §9.4)."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assistcli.model import Adoption, Case, Fact, Office
from assistcli.policy.pack import load_pack
from assistcli.policy.verdict import Judge
from assistcli.reports.statistics import percent
from assistcli.reports.summary import summary_table
from assistcli.values import Value
from tests.reports.opened import assert_every_number_opens

DAY = date(2013, 6, 1)
PACK = load_pack("zust-2013")
COLLEGES = ("机械学院", "理 学 院", "轻工学院", "别处学院")
YES_NO = st.sampled_from([True, False, None])

students = st.lists(
    st.fixed_dictionaries(
        {
            "学院": st.sampled_from(COLLEGES),
            "就业能力特别弱": YES_NO,
            "贫困生等级": st.sampled_from(["特别困难", "困难", "无", None]),
            "全日制": st.just(True),
            "毕业年份": st.sampled_from([2013, 2013, 2013, 2014]),
            "民族": st.sampled_from(["汉族", "回族", None]),
            "身心有缺陷": YES_NO,
            "单亲家庭": YES_NO,
            "突发性事件": st.just(False),
            "灾害地区": YES_NO,
            "学业困难": YES_NO,
        }
    ),
    max_size=12,
)


def make_case(number: int, values: dict[str, Value | None]) -> Case:
    """A case with the known ones of *values*."""
    facts = {
        name: Fact(value=value, raw=str(value), source="示例", day=DAY, by="示例")
        for name, value in values.items()
        if value is not None
    }
    return Case(id=str(number), pack=PACK.id, year=2013, subject="student", opened=DAY, facts=facts)


def plain_row(people: list[dict[str, Value | None]], adopted: dict[str, str]) -> list[int]:
    """A, B1…B5, 小计, 合计人数 of *people*, worked out by loops that know nothing of the program."""
    row = [0] * 8
    for person in people:
        graduating = person["毕业年份"] == 2013
        weak = person["就业能力特别弱"] is True
        # 困难 is A only where any grade counts: open, so only 特别困难 surely counts.
        is_a = graduating and weak and person["贫困生等级"] == "特别困难"
        situations = [
            person["民族"] == "回族",
            person["身心有缺陷"] is True,
            person["单亲家庭"] is True,
            person["灾害地区"] is True,
            person["学业困难"] is True,
        ]
        held = [graduating and weak and holds for holds in situations]
        if is_a and adopted.get("A-06") == "a-only":
            held = [False] * 5
        entries = sum(held)
        subtotal = entries if adopted.get("A-05") == "entries" else int(entries > 0)
        row[0] += is_a
        for place, holds in enumerate(held, 1):
            row[place] += holds
        row[6] += subtotal
        doubled = adopted.get("A-06") == "both" or adopted.get("A-05") == "entries"
        row[7] += (is_a + subtotal) if doubled else int(is_a or any(held))
    return row


@settings(max_examples=150, deadline=None)
@given(
    people=students,
    count=st.sampled_from([None, "persons", "entries"]),
    overlap=st.sampled_from([None, "a-only", "both"]),
)
def test_every_row_is_what_plain_loops_count(
    people: list[dict[str, Value | None]], count: str | None, overlap: str | None
) -> None:
    """All eleven colleges and the total, under every combination of the table readings."""
    adopted = {name: option for name, option in (("A-05", count), ("A-06", overlap)) if option}
    adoptions = tuple(
        Adoption(pack=PACK.id, reading=r, option=o, by="示例", word="示例", day=DAY)
        for r, o in adopted.items()
    )
    office = Office(unit="示例", year=2013, packs=(PACK.id,), adoptions=adoptions)
    judge = Judge(PACK, adopted, 2013)
    judged = []
    for number, values in enumerate(people):
        known = {name: value for name, value in values.items() if value is not None}
        judged.append((make_case(number, values), judge.verdicts(known)))
    table = summary_table(judged, PACK, office)
    total = [0] * 8
    for row in table.rows[:-1]:
        group = [person for person in people if str(person["学院"]).replace(" ", "") == row[0]]
        expected = plain_row(group, adopted)
        assert list(row[2:10]) == expected
        total = [a + b for a, b in zip(total, expected, strict=True)]
    assert list(table.rows[-1][2:10]) == total
    assert_every_number_opens(table)
    elsewhere = sum(person["学院"] == "别处学院" for person in people)
    assert any(note.startswith(f"{elsewhere} 人学院未填") for note in table.notes) == bool(elsewhere)


def test_those_who_are_counted_are_not_among_the_others() -> None:
    """「另有」 names persons in no column; who stands in one and may come into more is told apart."""
    plain: dict[str, Value] = {"学院": "机械学院", "全日制": True, "毕业年份": 2013, "就业能力特别弱": True}
    settled: dict[str, Value] = {
        "民族": "汉族", "身心有缺陷": False, "单亲家庭": False, "突发性事件": False, "灾害地区": False,
        "学业困难": False, "贫困生等级": "无",
    }  # fmt: skip
    people: list[dict[str, Value]] = [
        plain | settled | {"民族": "回族"},  # B1 and nothing more
        plain | {"民族": "回族"},  # B1, the rest unknown
        plain | settled | {"贫困生等级": "困难"},  # A by A-31
        plain,  # all unknown
        plain | settled,  # nothing
    ]
    judge = Judge(PACK, {}, 2013)
    judged = [(make_case(n, dict(known)), judge.verdicts(known)) for n, known in enumerate(people)]
    table = summary_table(judged, PACK, Office(unit="示例", year=2013, packs=(PACK.id,)))
    assert table.rows[0][9] == 2
    assert table.notes[0] == "另有 1 人待核实、1 人取决于口径；已计入的人中 1 人还有类别未定"


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_percentage_is_rounded_half_up_once(part: int, whole: int) -> None:
    """One decimal, exact integer arithmetic: 62 of 173 is 35.8 %."""
    text = percent(part, whole)
    assert text is not None
    tenths = int(text.removesuffix("%").replace(".", ""))
    assert abs(tenths * whole - part * 1000) * 2 <= whole
    assert percent(62, 173) == "35.8%"
    assert percent(1, 0) == "—"
    assert percent(1, None) is None
