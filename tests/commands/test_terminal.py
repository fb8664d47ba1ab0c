"""The questions on a real terminal: keys, signals, kills. Everything else is tested without one."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands.terminals import Start, answer, finish, pexpect, starter
from tests.conftest import Assist

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")

WOMAN = "330102199102030020"
REST = (
    "满",
    "13800000000",
    "机械",
    "1081",
    "宁波",
    "是",
    "2013",
    "是",
    "特别",
    "否",
    "否",
    "否",
    "否",
    "",
    "",
    "",
)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A function that starts the program on a terminal of its own."""
    yield from starter(tmp_path)


def draft(store: Path) -> dict[str, str]:
    """The answers in the draft of the store."""
    answers: dict[str, str] = json.loads((store / "drafts" / "add.zust-2013.json").read_text())["answers"]
    return answers


def test_a_whole_registration(start: Start, assist: Assist, store: Path) -> None:
    """Back with the old answer, a wrong number mended, a choice filtered by typing, a summary, one case."""
    child = start("add")
    answer(child, "学号", "10800021")
    answer(child, "姓名", "张三")
    answer(child, "身份证号", "<")
    child.expect_exact("(2/20)")
    answer(child, "张三", "李晓明")
    answer(child, "身份证号", "330102199102030011")
    child.expect_exact("校验位不对")
    answer(child, "(3/20)", WOMAN)
    for number, text in enumerate(REST, 4):
        answer(child, f"({number}/19)", text)
    answer(child, "保存吗", "是")
    assert finish(child, "已登记：李晓明") == 0
    facts = assist("show", "10800021", "--show-sensitive", "--json").json["facts"]
    assert (facts["民族"], facts["学院"], facts["身份证号"]) == ("满族", "机械学院", WOMAN)
    assert "性别" not in facts
    assert not (store / "drafts" / "add.zust-2013.json").exists()


def test_ctrl_c_keeps_the_draft_and_exits_130(start: Start, store: Path) -> None:
    """The message says so."""
    child = start("add")
    answer(child, "学号", "10800021")
    child.expect_exact("姓名")
    child.send("张\x03")
    assert finish(child, "草稿") == 130
    assert draft(store) == {"学号": "10800021"}


def test_a_kill_loses_no_answer(start: Start, store: Path) -> None:
    """After kill -9 the next run offers to go on, with the next question."""
    child = start("add")
    answer(child, "学号", "10800021")
    answer(child, "姓名", "张三")
    child.expect_exact("身份证号")
    child.kill(signal.SIGKILL)
    child.expect(pexpect.EOF)
    again = start("add")
    answer(again, "继续上次未完成的登记吗", "是")
    again.expect_exact("(3/20)")
    again.send("\x1b[Z")
    again.expect_exact("(2/20)")
    again.expect_exact("张三")
    again.send("\x04")
    assert finish(again, "草稿") == 130


def test_without_a_store_one_is_offered_first(start: Start, assist: Assist, tmp_path: Path) -> None:
    """Notice, unit, year and folder; then the questions go on."""
    child = start("add")
    answer(child, "现在建立一个吗", "是")
    answer(child, "按哪个文件办理", "弱势群体")
    answer(child, "单位名称", "浙江科技学院")
    answer(child, "年份", "")
    answer(child, "哪个文件夹", "")
    child.expect_exact("已建立数据文件夹")
    child.expect_exact("学号")
    child.send("\x03")
    assert finish(child, "没有写入") == 130
    assert assist("list", "--json").json == []


def test_editing_on_a_terminal(start: Start, assist: Assist, student: Callable[..., str]) -> None:
    """Choose a field by typing part of it, answer, save."""
    number = student(手机号码="13800000000")
    child = start("edit", number)
    answer(child, "改哪一项", "手机")
    answer(child, "手机号码", "13900000000")
    answer(child, "改哪一项", "")
    answer(child, "保存吗", "是")
    assert finish(child, "已修改") == 0
    assert assist("show", number, "--json").json["facts"]["手机号码"] == "13900000000"


def test_json_never_asks_even_on_a_terminal(start: Start, store: Path) -> None:
    """Exit 2 and what to pass."""
    assert finish(start("add", "--json"), "--set") == 2
