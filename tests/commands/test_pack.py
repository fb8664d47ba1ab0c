"""``assist pack``: notices listed, shown, checked, taken into use, and their readings adopted."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Assist

SOUND = (Path(__file__).parents[1] / "policy" / "sound.toml").read_text(encoding="utf-8")
DOUBTFUL = {"就业能力特别弱": "是", "贫困生等级": "困难"}


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(SOUND, encoding="utf-8")
    return path


def test_all_packaged_notices_are_listed_and_the_used_one_marked(assist: Assist, store: Path) -> None:
    listed = {entry["pack"]: entry for entry in assist("pack", "list", "--json").json}
    assert listed.keys() == {
        "zust-2013",
        "yinchuan-2018",
        "dalian-2011",
        "sicau-horticulture-2023",
        "key-groups-2022",
    }
    assert [name for name, entry in listed.items() if entry["used"]] == ["zust-2013"]
    assert listed["key-groups-2022"]["status"] == "参考做法"


def test_the_damaged_passages_are_shown_as_found(assist: Assist) -> None:
    """D-01 … D-16 with 原文; what cannot be read is not read."""
    damaged = assist("pack", "show", "yinchuan-2018", "--damaged", "--json").json
    assert [entry["id"] for entry in damaged] == [f"D-{number:02d}" for number in range(1, 17)]
    by_id = {entry["id"]: entry for entry in damaged}
    assert by_id["D-03"]["found"] == "813日前"
    assert by_id["D-09"]["read"] is None
    told = assist("pack", "show", "yinchuan-2018").stdout
    assert "8月13日前" in told
    assert "推定，见 D-03" in told


def test_what_a_notice_does_not_say_is_said_to_be_unsaid(assist: Assist) -> None:
    sheet = assist("pack", "show", "dalian-2011", "--json").json
    assert [benefit["amounts"] for benefit in sheet["benefits"]] == [[], [], [], []]
    assert [len(benefit["unstated"]) for benefit in sheet["benefits"]] == [1, 1, 1, 0]
    assert sheet["date"] is None
    assert "文件未规定" in assist("pack", "show", "dalian-2011").stdout


def test_what_the_copyist_found_nothing_of_is_no_silence_of_the_notice(
    assist: Assist, own_pack: Path
) -> None:
    """Damage, unclear clauses and notes are ours; that there are none is not 「文件未规定」."""
    told = assist("pack", "show", str(own_pack)).stdout
    assert "【残损】\n  没有登记" in told
    assert "【材料】\n  毕业证" in told
    assert "【指标】\n  文件未规定" in told


def test_checking_a_sound_pack_runs_its_examples(assist: Assist, own_pack: Path) -> None:
    assert assist("pack", "check", str(own_pack), "--json").json == {
        "pack": "example-2020",
        "ok": True,
        "problems": [],
        "examples": {"passed": 1, "failed": 0},
        "remarks": [],
    }


def test_checking_a_broken_pack_exits_7_with_file_line_and_message(assist: Assist, own_pack: Path) -> None:
    own_pack.write_text(SOUND.replace('if = "在档"', 'if = "在当"'), encoding="utf-8")
    result = assist("pack", "check", str(own_pack), "--json", code=7)
    assert result.json["ok"] is False
    [problem] = result.json["problems"]
    assert (problem["file"], problem["line"]) == ("own.toml", 43)
    assert "是不是「在档」？" in problem["message"]


def test_using_a_pack_of_ones_own_copies_it_into_the_store(
    assist: Assist, store: Path, own_pack: Path
) -> None:
    assist("pack", "use", str(own_pack), "--json")
    own_pack.unlink()
    assert (store / "packs" / "example-2020.toml").is_file()
    assert "example-2020" in [entry["pack"] for entry in assist("pack", "list", "--json").json]
    assist("pack", "use", "example-2020", code=3)


def test_a_broken_pack_is_not_taken_into_use(assist: Assist, store: Path, own_pack: Path) -> None:
    own_pack.write_text(SOUND.replace('"3000.00"', '"3000.01"'), encoding="utf-8")
    result = assist("pack", "use", str(own_pack), code=7)
    assert "例「本地应届生」" in result.stderr
    assert not (store / "packs").exists()


def test_adopting_a_reading_lists_whose_result_changes_and_is_stamped_afterwards(
    assist: Assist, student: Callable[..., str]
) -> None:
    student("10800001", **DOUBTFUL)
    student("10800002", 就业能力特别弱="是", 贫困生等级="特别困难")
    word = "学生处5月8日电话"
    adopted = assist("pack", "adopt", "A-31", "top-grade", "--by", "王老师", "--word", word, "--json").json
    assert [(c["student_no"], c["before"], c["after"]) for c in adopted["changed"]] == [
        ("10800001", "取决于口径", "不符合")
    ]
    assert (adopted["by"], adopted["word"], adopted["date"]) == ("王老师", word, "2013-06-01")
    page = assist("check", "10800001").stdout
    assert f"A-31 须为特别困难（王老师，{word}，2013-06-01）" in page


def test_a_rehearsed_adoption_shows_whose_result_would_change_and_writes_nothing(
    assist: Assist, student: Callable[..., str]
) -> None:
    """--dry-run needs nobody's name and no word yet; the next check still knows of no adoption."""
    student(**DOUBTFUL)
    before = assist("check", "--json").json
    tried = assist("pack", "adopt", "A-31", "top-grade", "--dry-run", "--json").json
    assert tried["written"] is False
    assert [(c["student_no"], c["before"], c["after"]) for c in tried["changed"]] == [
        ("10800001", "取决于口径", "不符合")
    ]
    assert "没有记录" in assist("pack", "adopt", "A-31", "top-grade", "--dry-run").stdout
    assert assist("check", "--json").json == before


def test_the_sheet_names_each_way_of_reading_in_words(assist: Assist) -> None:
    """A person reads 包括, not the code that commands take."""
    told = assist("pack", "show", "yinchuan-2018").stdout
    assert "包括（counts） → 招生批次 不属于" in told
    assert "口径 A-10=首次申请者为0（zero）" in told


def test_a_later_adoption_replaces_the_earlier_one(assist: Assist, student: Callable[..., str]) -> None:
    student("10800001", **DOUBTFUL)
    for option, verdict in (("top-grade", "not_eligible"), ("any-grade", "eligible")):
        assist("pack", "adopt", "A-31", option, "--by", "王老师", "--word", "电话")
        assert assist("check", "10800001", "--json").json[0]["verdict"] == verdict


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("A-31", "both", "--by", "甲", "--word", "乙"), 3, "any-grade（任一认定等级）"),
        (("A-99", "yes", "--by", "甲", "--word", "乙"), 3, "A-31"),
        (("A-31",), 2, "any-grade（任一认定等级）"),
        (("A-31", "any-grade", "--word", "乙"), 2, "--by"),
        (("A-31", "any-grade", "--by", "甲"), 2, "--word"),
        (("zust-2013", "周期", "--by", "甲"), 3, "文件未规定"),
    ],
)
def test_what_cannot_be_adopted_is_refused_with_what_can(
    assist: Assist, store: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    assert told in assist("pack", "adopt", *arguments, code=code).stderr


@pytest.mark.parametrize("what", ["周期", "服务次数"])
def test_the_rhythm_of_a_practice_is_adopted_by_name(assist: Assist, store: Path, what: str) -> None:
    adopted = assist("pack", "adopt", "sicau-horticulture-2023", what, "--by", "王老师", "--json").json
    assert (adopted["pack"], adopted["reading"]) == ("sicau-horticulture-2023", what)


def test_a_new_pack_is_a_sound_skeleton(assist: Assist, tmp_path: Path) -> None:
    assist("pack", "new", "shili-2026")
    assert assist("pack", "check", "shili-2026.toml", "--json").json["ok"] is True
    assert assist("pack", "test", "shili-2026.toml", "--json").json[0]["passed"] is True
    assist("pack", "new", "shili-2026", code=3)
    assist("pack", "new", "示例", code=3)


def test_comparing_packs_tells_what_changed_and_for_whom(
    assist: Assist, student: Callable[..., str], tmp_path: Path
) -> None:
    """A stricter edition of the notice: its rule, and the student it would refuse."""
    from assistcli.policy.pack import find_pack

    student("10800001", **DOUBTFUL)
    text = find_pack("zust-2013")[1].replace(
        'any-grade = "家庭经济困难认定"', 'any-grade = "贫困生等级 为 特别困难"'
    )
    newer = tmp_path / "newer.toml"
    newer.write_text(text, encoding="utf-8")
    told = assist("pack", "diff", "zust-2013", str(newer), "--json").json
    assert any(line["change"] == "+" for line in told["rules"])
    assert [(c["student_no"], c["before"], c["after"]) for c in told["changed"]] == [
        ("10800001", "取决于口径", "不符合")
    ]


def test_why_not_names_the_nearest_change_of_one_fact(assist: Assist, student: Callable[..., str]) -> None:
    """Never 民族 or 单亲家庭; the grade and the finding may honestly differ."""
    student("10800001", 就业能力特别弱="是", 贫困生等级="无", 民族="汉族", 单亲家庭="否")
    by_benefit = {v["benefit"]: v["why_not"] for v in assist("check", "10800001", "--why-not", "--json").json}
    found = [change for changes in by_benefit.values() for change in changes]
    assert {change["field"] for change in found if "missing" not in change} == {"贫困生等级"}
    assert {change["field"] for change in found} & {"民族", "少数民族", "单亲家庭"} == set()
    assert by_benefit["A"] == [{"field": "贫困生等级", "relation": "=", "value": "特别困难"}]
    assert by_benefit["B1"] == []


def test_asking_without_a_terminal_names_just_the_facts_that_matter(
    assist: Assist, student: Callable[..., str]
) -> None:
    student(
        "10800001", 贫困生等级="无", 民族="汉族", 单亲家庭="否", 学业困难="否", 突发性事件="否", 灾害地区="否"
    )
    told = assist("check", "10800001", "--ask", code=2).stderr
    assert "待问：就业能力特别弱、身心有缺陷" in told
    student("10800002", 就业能力特别弱="否")
    assert json.loads(assist("check", "10800002", "--ask", "--json").stdout)[0]["verdict"] == "not_eligible"


def test_words_that_no_case_holds_are_remarked(assist: Assist, own_pack: Path) -> None:
    """Cases hold 内蒙古, whatever was typed: a condition on 内蒙古自治区 alone would never be met."""
    own_pack.write_text(SOUND.replace("内蒙古", "内蒙古自治区"), encoding="utf-8")
    checked = assist("pack", "check", str(own_pack), "--json").json
    assert checked["ok"]
    told = [remark["message"] for remark in checked["remarks"]]
    assert [message.split("：")[0] for message in told] == [
        "「学校所在省」在个案里没有「内蒙古自治区」，记作「内蒙古」",
        "例「本地应届生」",
    ]


@pytest.mark.parametrize("name", ["zust-2013", "yinchuan-2018", "dalian-2011"])
def test_the_notices_use_the_words_that_cases_hold(assist: Assist, name: str) -> None:
    assert not [
        remark
        for remark in assist("pack", "check", name, "--json").json["remarks"]
        if "记作" in remark["message"]
    ]
