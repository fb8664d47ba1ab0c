"""``assist check --places``: the whole list ranked for the places that a notice sets."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Assist, Founded, set_options

SOUND = (Path(__file__).parent.parent / "policy" / "sound.toml").read_text(encoding="utf-8")
TABLE = """
[[selection]]
benefit = "资助"
most = 2
order = ["人均月收入"]
clause = "第一条"
  [[selection.tie]]
  order = ["-家庭人口"]
  clause = "第二条"
"""
Add = Callable[..., None]


@pytest.fixture
def add(assist: Assist, founded: Founded, tmp_path: Path) -> Add:
    """Makes a store of a notice with two places, and adds entitled people to it by income and head-count."""
    pack = tmp_path / "places-2020.toml"
    pack.write_text(SOUND.replace("example-2020", "places-2020") + TABLE, encoding="utf-8")
    founded("dalian-2011", "2020", unit="某市教育局")
    assist("pack", "use", str(pack))
    assist("--pack", "places-2020", "pack", "adopt", "R-01", "strict", "--by", "王老师", "--word", "电话")

    def put(name: str, **facts: str) -> None:
        known = {"姓名": name, "职工身份证号": "520103196411140096", "在档": "是", "毕业年份": "2020"}
        words = set_options({**known, **facts})
        assist("--pack", "places-2020", "add", *words, "--json")

    return put


def standings(assist: Assist) -> dict[str, str]:
    [ranked] = assist("check", "--places", "--json").json
    return {one["name"]: one["status"] for one in ranked["cases"]}


def test_who_is_within_and_which_clause_drew_the_border(assist: Assist, add: Add) -> None:
    """Income first; of equal incomes the larger household, by the tie-break's own clause."""
    add("李甲", 家庭年度总收入="3000", 家庭人口="1")
    add("李乙", 家庭年度总收入="6000", 家庭人口="2")
    add("李丙", 家庭年度总收入="1200", 家庭人口="3")
    [ranked] = assist("check", "--places", "--json").json
    assert standings(assist) == {"李丙": "within", "李乙": "within", "李甲": "waiting"}
    assert ranked["places"] == {"least": 2, "most": 2}
    assert {one["name"]: one["decides"]["clause"] for one in ranked["cases"] if one["decides"]} == {
        "李丙": "第一条",
        "李乙": "第二条",
        "李甲": "第二条",
    }


def test_a_tie_that_the_notice_does_not_break_is_for_a_person(assist: Assist, add: Add) -> None:
    for name in ("李甲", "李乙", "李丙"):
        add(name, 家庭年度总收入="6000", 家庭人口="2")
    assert set(standings(assist).values()) == {"tied"}
    told = assist("check", "--places").stdout
    assert "3 人并列最后的名额，各项先后都相同，再往下文件未规定，由人决定" in told


def test_whose_right_is_open_is_named_and_takes_no_place(assist: Assist, add: Add) -> None:
    add("李甲", 家庭年度总收入="6000", 家庭人口="2")
    add("李乙", 家庭人口="2")
    [ranked] = assist("check", "--places", "--json").json
    assert [one["name"] for one in ranked["undecided"]] == ["李乙"]
    assert (ranked["listed"], ranked["entitled"]) == (2, 1)
    assert (
        "另有 1 人资格待核实或取决于口径，没有排入；若符合，名次会变：李乙"
        in assist("check", "--places").stdout
    )


def test_a_notice_without_places_says_so(assist: Assist, store: Path) -> None:
    assert "名额文件未规定" in assist("check", "--places", code=3).stderr


def test_a_person_alone_has_no_rank(assist: Assist, add: Add) -> None:
    add("李甲", 家庭年度总收入="6000", 家庭人口="2")
    assert "看的是全体，不能写个案" in assist("check", "李甲", "--places", code=2).stderr
