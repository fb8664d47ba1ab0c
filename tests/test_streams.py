"""Closed, full, broken and GBK streams: a clean message, an exit code, never a traceback."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TODAY, Assist

pytestmark = pytest.mark.skipif(os.name == "nt", reason="closes streams as a POSIX shell does")
PROGRAM = f'"{sys.executable}" -m assistcli'

Shell = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def shell(store: Path, assist: Assist, tmp_path: Path) -> Shell:
    """A function that runs a shell line in which ``assist`` is the program, on a store with two students."""
    for number in ("10800001", "10800002"):
        assist("add", "--set", "姓名=王䶮", "--set", f"学号={number}")

    def call(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        told = {**os.environ, "ASSIST_STORE": str(store), "ASSIST_TODAY": TODAY, **environment}
        script = f'assist() {{ {PROGRAM} "$@"; }}\n{line}'
        return subprocess.run(["bash", "-c", script], capture_output=True, env=told, check=False)

    return call


def test_a_closed_output_is_told_before_anything_is_done(shell: Shell, assist: Assist) -> None:
    """Exit 2, one line, and nothing written: what cannot be shown is not begun."""
    done = shell("assist add --set 姓名=张三 --set 学号=1 >&-")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "标准输出已关闭" in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
    assert len(assist("list", "--json").json) == 2


@pytest.mark.parametrize(
    "command", ["add", "add --rapid", "log", "log 10800001", "edit 10800001", "claim add"]
)
@pytest.mark.parametrize("stdin", ["<&-", "< /dev/null"])
def test_where_nobody_can_answer_a_question_says_what_to_pass(shell: Shell, command: str, stdin: str) -> None:
    """Exit 2, an example to copy, no traceback."""
    done = shell(f"assist {command} {stdin}")
    assert done.returncode == 2
    assert "assist " in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("closed", ["2>&-", "<&- 2>&-"])
def test_what_needs_no_closed_stream_works(shell: Shell, closed: str) -> None:
    """A command that asks nothing and has nothing to note."""
    done = shell(f"assist list --json {closed}")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)) == 2


def test_all_streams_closed_is_an_exit_code(shell: Shell) -> None:
    """There is nowhere to say anything."""
    assert shell("assist list <&- >&- 2>&-").returncode == 2


@pytest.mark.parametrize("command", ["list", "list --json", "help 字段", "--help", "history"])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_enough_is_no_failure(shell: Shell, command: str, unbuffered: str) -> None:
    """What was to be shown could be shown: done, without a message."""
    done = shell(f"set -o pipefail; assist {command} | exec true", PYTHONUNBUFFERED=unbuffered)
    assert done.stderr == b""
    assert done.returncode == 0


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_is_gone_changes_neither_deed_nor_exit_code(
    shell: Shell, assist: Assist, unbuffered: str
) -> None:
    """The contact is recorded, and who is not eligible is so for a script that looks at four lines only."""
    line = "assist log 10800001 电话 岗位推荐 示例 | exec true"
    assert shell(f"set -o pipefail; {line}", PYTHONUNBUFFERED=unbuffered).returncode == 0
    assert len(assist("show", "10800001", "--json").json["contacts"]) == 1
    code = shell("assist check --exit-code > /dev/null").returncode
    line = "assist check --exit-code | exec true"
    assert shell(f"set -o pipefail; {line}", PYTHONUNBUFFERED=unbuffered).returncode == code == 4


def test_a_reader_of_notes_that_is_gone_stops_nothing(shell: Shell, assist: Assist) -> None:
    """The contact is recorded though nobody reads the warning about its day."""
    line = "assist log 10800001 电话 岗位推荐 示例 --date 2013-06-02 2> >(exec true)"
    assert shell(f"{line}").returncode == 0
    assert len(assist("show", "10800001", "--json").json["contacts"]) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
@pytest.mark.parametrize("command", ["list", "list --json", "help 字段"])
def test_a_full_disk_under_the_output_is_told(shell: Shell, command: str) -> None:
    """Exit 1 and 磁盘已满, in Chinese, once."""
    done = shell(f"assist {command} > /dev/full")
    assert done.returncode == 1
    assert "磁盘已满" in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1


def test_a_pipe_that_wants_gbk_gets_it_with_rare_letters_replaced(shell: Shell) -> None:
    """䶮 is in no GBK; it costs a question mark, not the table."""
    shown = shell("assist list | cat", PYTHONIOENCODING="gbk").stdout.decode("gbk")
    assert "学号" in shown
    assert "王?" in shown


def test_a_pipe_of_no_wish_gets_utf8_whatever_the_system_says(shell: Shell) -> None:
    """Where the locale is ASCII or GBK, too."""
    told = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    assert "王䶮" in shell("assist list", **told).stdout.decode("utf-8")


def test_json_is_utf8_even_into_a_gbk_pipe(shell: Shell) -> None:
    """The contract's one encoding."""
    done = shell("assist list --json", PYTHONIOENCODING="gbk", LC_ALL="C")
    assert json.loads(done.stdout.decode("utf-8"))[0]["name"] == "王䶮"


def test_messages_to_a_gbk_pipe_are_readable(shell: Shell) -> None:
    """Usage errors too."""
    done = shell("assist chek", PYTHONIOENCODING="gbk")
    assert "没有「chek」这个命令" in done.stderr.decode("gbk")
