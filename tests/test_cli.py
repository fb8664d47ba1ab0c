"""The program as a whole: help, usage errors, exit codes, what bad input gets."""

import errno
import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command

import assistcli.cli
import assistcli.errors
import forms.errors
import store.errors
from assistcli.cli import COMMANDS, EXIT_CODES, report_error
from assistcli.usage import describe_usage_error
from tests.conftest import Assist

NAMES = [name for group in COMMANDS.values() for name in group]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_with_an_example(assist: Assist, name: str) -> None:
    """Help is Chinese, shows an example, and `assist help` tells the same."""
    page = assist(name, "--help").stdout
    assert page.startswith("用法：assist")
    assert "例：assist" in page
    assert assist("help", name).stdout.strip() == page.strip()
    assert not {"Usage", "Options", "Arguments", "required"} & set(page.split())


def pages(command: Any, ctx: Any) -> Iterator[tuple[str, Any]]:
    """The usage of every command and subcommand, with its arguments."""
    if isinstance(command, TyperGroup):
        for name in command.list_commands(ctx):
            below: Any = command.get_command(ctx, name)
            yield from pages(below, typer.Context(below, parent=ctx, info_name=name))
    else:
        yield command.get_help(ctx), [p for p in command.params if p.param_type_name == "argument"]


def test_every_number_and_name_to_be_written_is_explained() -> None:
    """What stands for a person, a claim, a form or a notice is said where it is asked for."""
    program = get_command(assistcli.cli.app)
    seen = 0
    for page, arguments in pages(program, typer.Context(program, info_name="assist")):
        asked = " ".join(str(argument.metavar) for argument in arguments)
        for word in ("个案", "申请号", "政策包", "步骤", "口径", "推荐编号", "协作编号"):
            if word in asked:
                seen += 1
                assert f"\n  {word}：" in page, page
        assert "{" not in page.splitlines()[0]
    assert seen > 20


def test_help_shows_the_page_of_a_subcommand(assist: Assist) -> None:
    """With its options; a wrong one is told with the nearest."""
    assert assist("help", "claim", "add").stdout.strip() == assist("claim", "add", "--help").stdout.strip()
    assert "是不是 add" in assist("help", "claim", "ad", code=2).stderr


def test_the_front_page_names_every_command(assist: Assist) -> None:
    """The first page is the table of commands."""
    page = assist("--help").stdout
    assert all(f"\n  {name} " in page for name in NAMES)


@pytest.mark.parametrize("module", [assistcli.errors, store.errors, forms.errors])
def test_every_error_has_an_exit_code(module: object, capsys: pytest.CaptureFixture[str]) -> None:
    """The one table of exit codes knows every kind of error; only the unforeseen is 1."""
    for _, kind in inspect.getmembers(module, inspect.isclass):
        if issubclass(kind, Exception) and kind is not assistcli.errors.AssistError:
            assert any(issubclass(kind, known) for known in EXIT_CODES), kind
    capsys.readouterr()


def test_an_unforeseen_error_is_one_and_shows_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    """The unexpected says so, without the program's inside."""
    assert report_error(ZeroDivisionError("x")) == 1
    shown = capsys.readouterr().err
    assert "意外错误" in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chek",), "没有「chek」这个命令；是不是 check"),
        (("show",), "缺少「个案」"),
        (("show", "a", "--foo"), "没有「--foo」这个选项"),
        (("claim",), "用法：assist claim"),
        (("list", "--columns"), "选项「--columns」后面要跟一个值"),
        (("cap", "--today"), "「--today」要写在命令之前"),
        (("unit", "sett"), "没有「sett」这个命令；是不是 set"),
        (("help", "chek"), "没有「chek」这个主题；是不是 check"),
        (("show", "a", "b"), "多出了参数：b"),
        (("list", "--json=3"), "选项「--json」后面不跟值"),
        (("form", "approval", "--extract"), "没有「--extract」这个选项"),
    ],
)
def test_a_wrong_call_is_told_in_chinese(assist: Assist, arguments: tuple[str, ...], said: str) -> None:
    """Exit 2, what is wrong, and where the usage stands."""
    result = assist(*arguments, code=2)
    assert said in result.stderr
    assert not result.stdout
    assert len(result.stderr.strip().splitlines()) <= 3 or "用法：" in result.stderr


LATIN = "[A-Za-z]{3,}"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("'x' is not a valid integer.", "应为整数"),
        ("'x' is not a valid float.", "应为数字"),
        ("'x' is not one of 'a', 'b'.", "不在可选项内"),
        ("Path 'x' does not exist.", "没有这个文件或文件夹"),
        ("'x' does not match the formats '%Y-%m-%d'", "不是日期"),
        ("7 is not in the range 1<=x<=5.", "超出范围"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_in_chinese(message: str, said: str) -> None:
    """What the library says in English is said in Chinese."""
    told = describe_usage_error(typer.BadParameter(message))
    assert said in told
    assert not re.search(LATIN, told)


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读"), (errno.EIO, "读写出错")]
)
def test_what_the_system_refuses_is_told_in_chinese(
    capsys: pytest.CaptureFixture[str], number: int, said: str
) -> None:
    """With the file it is about."""
    assert report_error(OSError(number, os.strerror(number), "名单.xlsx")) == 1
    shown = capsys.readouterr().err
    assert said in shown
    assert "名单.xlsx" in shown
    assert not re.search(LATIN, shown.replace("xlsx", ""))


@pytest.mark.parametrize(
    "command", ["list", "check", "cap", "show 张三", "unit show", "history", "report summary"]
)
def test_without_a_store_a_command_says_how_to_make_one(assist: Assist, command: str) -> None:
    """Exit 6 and the two ways to begin."""
    result = assist(*command.split(), code=6)
    assert "assist init" in result.stderr
    assert "assist demo" in result.stderr


def test_a_store_named_wrongly_is_told_by_name(assist: Assist, tmp_path: Path) -> None:
    """The folder that was meant stands in the message."""
    assert "nowhere" in assist("--store", str(tmp_path / "nowhere"), "list", code=6).stderr


def test_no_such_student_and_two_of_the_same_name(assist: Assist, store: Path) -> None:
    """Exit 5; of two, both are listed with their numbers."""
    for number in ("10800001", "10800002"):
        assist("add", "--set", "姓名=乙同学", "--set", f"学号={number}", "--json")
    assert "没有找到「丙同学」" in assist("show", "丙同学", code=5).stderr
    both = assist("show", "乙同学", code=5).stderr
    assert "10800001" in both
    assert "10800002" in both
    assert assist("show", "10800002", "--json").json["name"] == "乙同学"


def test_a_case_is_named_by_id_number_or_name(assist: Assist, store: Path) -> None:
    """Case id, 学号, national ID number and a name that only one bears all name the case."""
    case = assist(
        "add",
        "--set",
        "姓名=丁同学",
        "--set",
        "学号=10800009",
        "--set",
        "身份证号=52010319910707928X",
        "--json",
    ).json["case"]
    for name in (case, "10800009", "52010319910707928X", "丁同学"):
        assert assist("show", name, "--json").json["case"] == case


def test_the_day_is_an_argument(assist: Assist) -> None:
    """A day that is none is refused with the form that is wanted."""
    result = assist("--today", "2013-13-01", "list", code=2)
    assert "「2013-13-01」不是日期；请写成 2013-05-06" in result.stderr


def test_json_is_one_value_and_nothing_else(assist: Assist, store: Path) -> None:
    """Messages go to standard error; standard output parses."""
    assert assist("list", "--json").json == []
    assert assist("check", "--json").json == []
    assert assist("cap", "--json").json == []
    assert assist("claim", "list", "--json").json == []
    assert assist("report", "list", "--json").json[0]["name"] == "summary"
    assert {form["name"] for form in assist("form", "list", "--json").json} == {
        "approval", "summary", "detail", "spending", "case-file", "claim-slip",
    }  # fmt: skip


def test_a_file_held_open_elsewhere_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Excel locks open files on Windows: exit 3, which file, and to close it."""
    assert report_error(PermissionError(13, "denied", "名单.xlsx")) == 3
    shown = capsys.readouterr().err
    assert "名单.xlsx" in shown
    assert "关闭它" in shown


def test_a_pack_with_a_typing_error_is_refused_by_line(assist: Assist, store: Path) -> None:
    """Exit 7, file and line; nothing else happens."""
    assist("add", "--set", "姓名=甲同学", "--set", "学号=10800001")
    (store / "packs").mkdir()
    (store / "packs" / "zust-2013.toml").write_text('[head]\nid = "zust-2013\n', encoding="utf-8")
    refused = assist("check", code=7).stderr
    assert "zust-2013.toml" in refused
    assert "Traceback" not in refused
