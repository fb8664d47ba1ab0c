"""``assist add`` with what a script passes."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Assist

NEW = ("--set", "学号=10800021", "--set", "姓名=张三")
ID_NUMBER = "330102199102030015"


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that puts text on standard input."""

    def pipe(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return pipe


def facts(assist: Assist, case: str) -> dict[str, object]:
    """The facts on record for *case*, secret ones included."""
    shown: dict[str, object] = assist("show", case, "--show-sensitive", "--json").json["facts"]
    return shown


def test_set_creates_a_case_and_answers_in_json(assist: Assist, store: Path) -> None:
    """The answer is the contract's object, and the case is there."""
    created = assist("add", *NEW, "--json").json
    assert created["created"] is True
    assert assist("show", "10800021", "--json").json["case"] == created["case"]


def test_object_from_a_file_states_facts(assist: Assist, store: Path, tmp_path: Path) -> None:
    """Aliases, true, null and numbers of a flat object are answers."""
    flat = {
        "学生姓名": "张三",
        "学号": 10800021,
        "全日制": True,
        "民族": "汉",
        "单亲": None,
        "毕业年份": 2013,
    }
    (tmp_path / "张三.json").write_text(json.dumps(flat, ensure_ascii=False), "utf-8-sig")
    assist("add", "--from", str(tmp_path / "张三.json"))
    assert facts(assist, "张三") == {
        "姓名": "张三",
        "学号": "10800021",
        "全日制": True,
        "民族": "汉族",
        "毕业年份": 2013,
    }


def test_set_overrides_the_object_under_any_name(
    assist: Assist, store: Path, type_in: Callable[[str], None]
) -> None:
    """``--set`` goes before ``--from``, also where one uses an alias."""
    type_in('{"学号": "10800021", "姓名": "张三", "手机": "13800000000"}')
    assist("add", "--from", "-", "--set", "手机号码=13900000000", "--json")
    assert facts(assist, "10800021")["手机号码"] == "13900000000"


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("[]", 3, "assist import"),
        ("3", 3, "不是对象"),
        ("{", 3, "第 1 行"),
        ('{"学号": "1", "学号": "2"}', 3, "两次"),
        ('{"手机": "13800000000", "手机号": "13900000000"}', 3, "同一项"),
        ('{"姓名": {"姓": "张"}}', 3, "姓名"),
        ('{"身份证号": 330102199102030011}', 3, "写成文字"),
        ('{"姓名": "张三", "学好": "1"}', 3, "没有「学好」"),
        ('{"学号": "1"}', 3, "缺姓名"),
        ('{"姓名": "张三"}', 3, "缺学号"),
        ('{"学号": "1", "姓名": "张三", "身份证号": "330102199102030000"}', 3, "校验位"),
        ("[" * 100_000, 3, "嵌套过深"),
    ],
)
def test_bad_objects_are_refused_with_the_reason(
    assist: Assist, store: Path, type_in: Callable[[str], None], text: str, code: int, word: str
) -> None:
    """What is wrong is said, and nothing is written."""
    type_in(text)
    assert word in assist("add", "--from", "-", code=code).stderr
    assert assist("list", "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((), "--set"),
        (("--json",), "--set"),
        (("--set", "学号"), "字段=值"),
        ((*NEW, "--set", "学号=1"), "两次"),
    ],
)
def test_wrong_calls_exit_2(assist: Assist, store: Path, arguments: tuple[str, ...], word: str) -> None:
    """Without a terminal, or with half a setting, the message says what to pass."""
    assert word in assist("add", *arguments, code=2).stderr


def test_a_second_case_with_the_same_number_is_refused(assist: Assist, store: Path) -> None:
    """The message names the edit command for the case that is there."""
    assist("add", *NEW)
    assert "assist edit" in assist("add", *NEW, code=3).stderr
    assert len(assist("list", "--json").json) == 1


def test_without_a_store_a_script_gets_exit_6(assist: Assist) -> None:
    """A script is told how to make a store."""
    assert "assist init" in assist("add", *NEW, code=6).stderr


WORKER = "330102199102030020"
CLASS = ("--set", "学院=机械学院", "--set", "班级=1081", "--set", "专业=机械", "--set", "毕业年份=2013")


def test_like_takes_over_what_the_class_shares_and_nothing_else(assist: Assist, store: Path) -> None:
    """College, class, subject, year with their source; neither the person's own facts nor what is set."""
    assist("add", *NEW, *CLASS, "--set", "手机号码=13800000000", "--set", "贫困生等级=困难")
    assist(
        "add", "--like", "10800021", "--set", "学号=10800022", "--set", "姓名=李晓明", "--set", "班级=1082"
    )
    assert facts(assist, "10800022") == {
        "学号": "10800022", "姓名": "李晓明", "学院": "机械学院",
        "班级": "1082", "专业": "机械", "毕业年份": 2013,
    }  # fmt: skip


def test_like_a_child_takes_over_what_the_household_shares(assist: Assist, tmp_path: Path) -> None:
    """The worker and the household's figures, not the other child's school."""
    folder = tmp_path / "union"
    assist("init", str(folder), "--pack", "yinchuan-2018", "--unit", "某工会", "--year", "2018")
    worker = ("职工姓名=王建国", f"职工身份证号={WORKER}", "家庭人口=3", "姓名=王一", "就读学校=某大学")
    first = assist("--store", str(folder), "add", *(w for s in worker for w in ("--set", s)), "--json").json
    second = assist(
        "--store", str(folder), "add", "--like", first["case"], "--set", "姓名=王二", "--json"
    ).json
    shown = assist("--store", str(folder), "show", second["case"], "--show-sensitive", "--json").json["facts"]
    assert shown == {"职工姓名": "王建国", "职工身份证号": WORKER, "家庭人口": 3, "姓名": "王二"}


@pytest.mark.parametrize(("like", "code", "said"), [("火星", 5, "没有找到"), ("10800021", 3, "没有可沿用")])
def test_what_cannot_be_taken_over_is_told(
    assist: Assist, store: Path, like: str, code: int, said: str
) -> None:
    """Nobody of that name, or nothing known that is shared; nothing is written."""
    assist("add", *NEW)
    assert said in assist("add", "--like", like, "--set", "学号=2", "--set", "姓名=李", code=code).stderr
    assert len(assist("list", "--json").json) == 1
