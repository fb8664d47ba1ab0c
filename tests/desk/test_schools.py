"""Schools are only proposed, by the place they stand in; no name is taken for another."""

import pytest

from assistcli.desk.schools import propose_school


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
