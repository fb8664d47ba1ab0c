"""Finding names in lists by pinyin; every reading of a letter counts."""

import subprocess
import sys

import pytest

from assistcli.errors import DataRejectedError
from assistcli.interview.pinyin import readings, speller
from assistcli.interview.questions import matching, pick

NAMES = [
    "张三",
    "张思德",
    "单雪梅",
    "曾小贤",
    "解东",
    "查海生",
    "区小萍",
    "仇英",
    "朴美玉",
    "盖小苏",
    "尉迟敬",
]

# Surnames whose reading is not the usual one of the letter: 现代汉语词典.
SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "查": "zha", "区": "ou", "仇": "qiu", "朴": "piao",
    "盖": "ge", "翟": "zhai", "覃": "qin", "缪": "miao", "任": "ren", "折": "she", "种": "chong",
    "召": "shao", "员": "yun", "乐": "yue", "繁": "po", "哈": "ha", "牟": "mu", "逄": "pang",
    "隗": "kui", "冼": "xian", "谌": "chen", "句": "gou", "祭": "zhai", "能": "nai", "薄": "bo",
    "卜": "bu", "车": "che", "秘": "bi", "过": "guo", "万": "wan", "尉": "yu", "长": "zhang",
    "宁": "ning", "吕": "lv", "洗": "xian", "燕": "yan", "应": "ying",
}  # fmt: skip


@pytest.mark.parametrize(("letter", "reading"), SURNAMES.items())
def test_a_surname_is_found_under_its_own_reading(letter: str, reading: str) -> None:
    """Nobody is asked which reading his name has: all count."""
    assert reading in readings(letter)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zs", ["张三", "张思德"]),
        ("zss", []),
        ("zsd", ["张思德"]),
        ("zhangsan", ["张三"]),
        ("ZHANGS", ["张三", "张思德"]),
        ("sxm", ["单雪梅"]),
        ("dxm", ["单雪梅"]),
        ("xd", ["解东"]),
        ("zhs", ["张三", "张思德", "查海生"]),
        ("oxp", ["区小萍"]),
        ("pmy", ["朴美玉"]),
        ("ycj", ["尉迟敬"]),
        ("wcj", ["尉迟敬"]),
        ("hs", ["查海生"]),
        ("q", ["区小萍", "仇英"]),
    ],
)
def test_initials_and_whole_syllables_find_names(typed: str, found: list[str]) -> None:
    """From any letter of the name on, in either case."""
    assert matching(NAMES, typed) == found


@pytest.mark.parametrize("typed", ["", "z s", "张s", "z3", "é"])
def test_only_plain_latin_letters_spell(typed: str) -> None:
    """Chinese letters are looked for as they are."""
    assert not any(map(speller(typed), NAMES))


def test_one_match_is_the_answer_and_several_never_are() -> None:
    """The first of several is never taken; what is spelt out whole is no part of a longer one."""
    assert pick(NAMES, "zsd") == "张思德"
    assert pick(["汉族", "哈尼族"], "hanzu") == "汉族"
    assert pick(["张三", "张三丰"], "zhangsan") == "张三"
    with pytest.raises(DataRejectedError, match="2 项符合"):
        pick(["汉族", "哈尼族"], "hanz")
    with pytest.raises(DataRejectedError, match="2 项符合"):
        pick(["章三", "张三"], "zhangsan")
    with pytest.raises(DataRejectedError, match="2 项符合：张三、张思德"):
        pick(NAMES, "zs")


def test_the_library_is_loaded_only_when_letters_are_typed_at_a_list() -> None:
    """It costs as much as half a start; its phrases, 44 MB more, never are."""
    probe = (
        "import sys; from assistcli.interview.questions import matching;"
        "matching(['张三'], '张'); before = 'pypinyin' in sys.modules;"
        "matching(['张三'], 'z'); print(before, 'pypinyin' in sys.modules,"
        "'pypinyin.phrases_dict' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "True", "False"]
