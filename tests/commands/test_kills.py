"""kill -9 at each question of every wizard on a real terminal: the next run goes on with all answers."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.terminals import GO_ON, Start, answer, finish, kill, kill_at_each, starter
from tests.conftest import Assist

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")

WOMAN = "330102199102030020"
ASKED = "可留空"
"""Stands beside the question itself, not in the list that it was picked from."""
NEW_CASE = [
    ("学号", "10800021"), ("姓名", "张三"), ("身份证号", WOMAN), ("民族", "满"), ("手机号码", "13800000000"),
    ("学院", "机械"), ("班级", "1081"), ("生源地", "宁波"), ("全日制学生吗", "是"), ("毕业年份", "2013"),
    ("就业能力特别弱", "是"), ("贫困生等级", "特别"), ("身心", "否"), ("单亲", "是"), ("突发", "否"),
    ("灾害", "否"), ("学业", "否"), ("获资助", "国家助学金"), ("申请理由", "家庭困难"),
]  # fmt: skip
CONTACT = [
    ("联系渠道", "电"), ("服务种类", "gwtj"), ("内容", "谈面试"), ("联系日期", ""),
    ("下次联系日期", "2013-06-17"),
]  # fmt: skip
CLAIM = [
    ("申请哪个项目", "差旅"), ("方式", ""), ("金额", "300"), ("申请日期", ""), ("费用发生日期", "2013-05-20"),
    ("票据号", "0012345"),
]  # fmt: skip


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A function that starts the program on a terminal of its own."""
    yield from starter(tmp_path)


@pytest.fixture
def approved(assist: Assist, student: Callable[..., str]) -> str:
    """A student of category A whom the school approved."""
    number = student(就业能力特别弱="是", 贫困生等级="特别困难")
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--date", "2013-05-10", "--by", f"{step}人")
    return number


def nothing_waits(assist: Assist) -> bool:
    """Whether no draft is left."""
    left: list[Any] = assist("draft", "list", "--json").json
    return not left


def test_registering(start: Start, assist: Assist, store: Path) -> None:
    """Nineteen kills; the case has every answer."""
    child = kill_at_each(lambda: start("add"), NEW_CASE, "保存吗")
    answer(child, "保存吗", "是")
    assert finish(child, "已登记：张三") == 0
    facts = assist("show", "10800021", "--show-sensitive", "--json").json["facts"]
    assert len(facts) == 19
    assert (facts["身份证号"], facts["民族"], facts["申请理由"]) == (WOMAN, "满族", "家庭困难")
    assert nothing_waits(assist)


def test_logging_a_contact(start: Start, assist: Assist, student: Callable[..., str]) -> None:
    """The kind is spelt in pinyin; only the case stood on the line."""
    number = student()
    child = kill_at_each(lambda: start("log", number), CONTACT, "保存吗")
    answer(child, "保存吗", "是")
    assert finish(child, "已记：甲同学") == 0
    (contact,) = assist("show", number, "--json").json["contacts"]
    assert (contact["channel"], contact["kind"], contact["text"]) == ("电话", "岗位推荐", "谈面试")
    assert nothing_waits(assist)


def test_a_contact_with_somebody_picked_from_the_list(start: Start, assist: Assist, student: Any) -> None:
    """A kill at the list loses nothing; afterwards the one whose draft waits is named."""
    student("10800001", 姓名="单雪梅")
    student("10800002", 姓名="张三")
    kill(start("log"), "哪一个人")
    child = start("log")
    answer(child, "哪一个人", "sxm")
    answer(child, "联系渠道", "电")
    kill(child, "服务种类")
    again = start("log")
    again.expect_exact("有未完成的草稿：单雪梅 10800001")
    answer(again, "哪一个人", "10800001")
    answer(again, GO_ON, "是")
    again.expect_exact("服务种类")
    again.send("\x03")
    assert finish(again, "assist log 10800001") == 130


def test_claiming(start: Start, assist: Assist, approved: str) -> None:
    """Six kills; the claim has every answer."""
    child = kill_at_each(lambda: start("claim", "add", approved), CLAIM, "保存吗")
    answer(child, "保存吗", "是")
    assert finish(child, "差旅费") == 0
    (claim,) = assist("claim", "list", "--json").json
    assert (claim["item"], claim["allowed"]) == ("差旅费", "300.00")
    assert nothing_waits(assist)


def test_quick_entry(start: Start, assist: Assist, store: Path) -> None:
    """Lines taken and the bad one that waits come back; one undo takes all of them away."""
    steps = [("第 1 人", "1,张三"), ("第 2 人", "2,李晓明,139"), ("待改 1 行", "\x15" + "2,李晓明")]
    child = kill_at_each(lambda: start("add", "--rapid", "--columns", "学号,姓名,手机号码"), steps, "第 3 人")
    answer(child, "第 3 人", "")
    answer(child, "保存吗", "是")
    assert finish(child, "已登记 2 人") == 0
    assert [case["name"] for case in assist("list", "--json").json] == ["张三", "李晓明"]
    assert nothing_waits(assist)
    assist("undo")
    assert assist("list", "--json").json == []


def test_founding_a_store(start: Start, tmp_path: Path) -> None:
    """There is no store yet that a draft could lie in; it is kept all the same."""
    folder = tmp_path / "就业援助"
    steps = [
        ("哪个文件办理", "弱势"), ("单位名称", "浙江科技学院"), ("年份", "2013"), ("哪个文件夹", str(folder)),
    ]  # fmt: skip

    def begin() -> Any:
        child = start("add")
        answer(child, "现在建立一个吗", "是")
        return child

    child = begin()
    for number, (question, text) in enumerate(steps[:-1]):
        if number:
            answer(child, GO_ON, "是")
        answer(child, question, "\x15" + text)
        kill(child, steps[number + 1][0])
        child = begin()
    answer(child, GO_ON, "是")
    answer(child, "哪个文件夹", "\x15" + str(folder))
    child.expect_exact("学号")
    child.send("1\r")
    child.expect_exact("姓名")
    child.send("\x03")
    assert finish(child, "--store") == 130
    kept = json.loads((folder / "drafts" / "add.zust-2013.json").read_text("utf-8"))
    assert kept["answers"] == {"学号": "1"}


def test_editing(start: Start, assist: Assist, student: Callable[..., str]) -> None:
    """The changes that were typed are offered again."""
    number = student(手机号码="13800000000")
    child = start("edit", number)
    answer(child, "改哪一项", "手机")
    kill(child, ASKED)
    child = start("edit", number)
    answer(child, "改哪一项", "手机")
    answer(child, ASKED, "13900000000")
    kill(child, "改哪一项")
    child = start("edit", number)
    answer(child, "未保存的修改吗", "是")
    answer(child, "改哪一项", "")
    kill(child, "保存吗")
    child = start("edit", number)
    answer(child, "未保存的修改吗", "是")
    answer(child, "改哪一项", "")
    answer(child, "保存吗", "是")
    assert finish(child, "已修改") == 0
    assert assist("show", number, "--json").json["facts"]["手机号码"] == "13900000000"


def test_without_colour_where_none_is_wanted(start: Start, store: Path) -> None:
    """NO_COLOR: no colour even where an answer is refused."""
    child = start("add", NO_COLOR="1")
    answer(child, "学号", "张")
    child.expect_exact("应只有字母和数字")
    shown = child.before + child.after
    child.send("\x03")
    assert finish(child, "已中断") == 130
    assert "\x1b[31m" not in shown
    assert "\x1b[90m" not in shown
