"""Schools are only proposed, by the place they stand in; no name is taken for another."""

import pytest

from assistcli.schools.lists import propose_school, table_rows

EDITIONS = ("2017", "2025")


@pytest.mark.parametrize(
    ("name", "province", "city"),
    [
        ("河北工业大学", "天津市", "天津市"),
        ("西藏民族大学", "陕西省", "咸阳市"),
        ("吉利学院", "四川省", "成都市"),
        ("宁夏大学", "宁夏回族自治区", "银川市"),
        ("兰州大学", "甘肃省", "兰州市"),
    ],
)
def test_the_place_is_where_the_school_stands_not_its_owner(name: str, province: str, city: str) -> None:
    school = propose_school(name, 2025)
    assert school is not None
    assert (school.province, school.city) == (province, city)


@pytest.mark.parametrize(
    "name",
    [
        "南京信息工程大学", "成都信息工程大学", "南昌航空大学", "哈尔滨工程大学", "武汉工程大学",
        "西安工程大学", "安徽工程大学", "河北工程大学", "中国人民警察大学", "中国人民公安大学",
        "中央司法警官学院", "中国消防救援学院",
    ],
)  # fmt: skip
def test_civil_schools_with_a_name_like_an_academys_are_not_military(name: str) -> None:
    school = propose_school(name, 2025)
    assert school is not None
    assert school.military is False


@pytest.mark.parametrize(
    "name", ["国防科技大学", "中国人民解放军国防科技大学", "中国人民解放军海军航空大学", "信息工程大学"]
)
def test_academies_are_known_by_full_former_and_short_names(name: str) -> None:
    school = propose_school(name, 2018)
    assert school is not None
    assert school.military is True


def test_a_name_that_speaks_of_troops_in_the_civil_list_is_left_to_people() -> None:
    school = propose_school("公安消防部队高等专科学校", 2018)
    assert school is not None
    assert school.military is None


@pytest.mark.parametrize("name", ["哈尔滨工业大学（威海）", "山东大学威海", "北京师范大学珠海", "不存在大学"])
def test_a_branch_campus_and_an_unknown_name_get_no_proposal(name: str) -> None:
    assert propose_school(name, 2018) is None


def test_the_edition_of_the_notices_year_decides_name_and_level() -> None:
    """宁夏职业技术学院 was 专科 in the list of 2017; the same school is 本科 under another name in 2025."""
    before, after = propose_school("宁夏职业技术学院", 2018), propose_school("宁夏职业技术大学", 2025)
    assert before is not None
    assert after is not None
    assert (before.level, before.edition, before.now) == ("专科", "2017", "宁夏职业技术大学")
    assert (after.level, after.edition) == ("本科", "2025")
    assert before.code[-5:] == after.code[-5:]


def test_brackets_and_blanks_of_a_name_do_not_matter() -> None:
    assert propose_school(" 中国地质大学(武汉) ", 2018) == propose_school("中国地质大学（武汉）", 2018)


def test_the_edition_and_what_the_other_list_has_stand_beside_a_renamed_school() -> None:
    """浙江科技学院, the notice's own school, is 浙江科技大学 now; 吉利学院 has moved to 成都 since."""
    named = {name: propose_school(name, 2018) for name in ("浙江科技学院", "北京吉利学院")}
    assert [school.source for school in named.values() if school] == [
        "2017 年名单；2025 年名单为「浙江科技大学」，本科，在杭州市",
        "2017 年名单；2025 年名单为「吉利学院」，本科，在成都市",
    ]
    unchanged = propose_school("清华大学", 2018)
    assert unchanged is not None
    assert unchanged.source == "2017 年名单"


def test_no_place_is_taken_from_a_code() -> None:
    """吉利学院 keeps the digits of 北京 (11) in its code."""
    school = propose_school("吉利学院", 2025)
    assert school is not None
    assert (school.code[2:4], school.province) == ("11", "四川省")


def test_the_lists_agree_with_the_counted_changes_between_the_editions() -> None:
    """2,631 schools of 2017: 267 bear another name in 2025, 93 of them another level; 44 codes are gone."""
    rows = table_rows("schools.csv")
    before, after = ({r["code"]: r for r in rows if r["edition"] == edition} for edition in EDITIONS)
    both = before.keys() & after.keys()
    renamed = [code for code in both if before[code]["name"] != after[code]["name"]]
    assert (len(before), len(before) - len(both), len(renamed)) == (2_631, 44, 267)
    assert sum(before[code]["level"] != after[code]["level"] for code in renamed) == 93


def test_a_renamed_school_is_found_by_both_names_with_the_level_of_its_list() -> None:
    rows = table_rows("schools.csv")
    for row in rows:
        year = 2018 if row["edition"] == EDITIONS[0] else 2025
        school = propose_school(row["name"], year)
        assert school is not None, row
        assert (school.code, school.level, school.edition) == (row["code"], row["level"], row["edition"])


@pytest.mark.parametrize(
    ("name", "province"),
    [
        ("第二军医大学", "上海市"), ("中国人民解放军空军工程大学", "陕西省"), ("海军航空大学", "山东省"),
        ("中国人民武装警察部队工程大学", "陕西省"), ("解放军信息工程大学", "河南省"),
    ],
)  # fmt: skip
def test_an_academy_is_known_by_the_names_on_paper_and_stands_in_its_citys_province(
    name: str, province: str
) -> None:
    school = propose_school(name, 2018)
    assert school is not None
    assert (school.military, school.province, school.source) == (True, province, "2026 年军队院校名单")


@pytest.mark.parametrize("name", ["清华大学（国防生）", "南京理工大学定向培养军士", "清华大学计算机系"])
def test_what_is_said_of_the_student_beside_the_school_makes_no_school(name: str) -> None:
    """国防生 and 定向培养军士 are the student's, at a civil school: nothing is proposed from such a name."""
    assert propose_school(name, 2018) is None
