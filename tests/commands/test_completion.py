"""Completion: what may come next, and the scripts run by the shells themselves."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistcli.commands.completion import SCRIPTS, script_of
from tests.conftest import Assist
from tests.test_startup import HEAVY, loaded, rooms

Complete = Callable[..., list[str]]


@pytest.fixture
def complete(assist: Assist, store: Path) -> Complete:
    """What may stand at *current* after some words, in a store of three students."""
    for number in ("10800001", "10800002", "20800003"):
        assist("add", "--set", f"学号={number}", "--set", "姓名=张三", "--set", "身份证号=")

    def call(current: str, *before: str) -> list[str]:
        return assist("completion", "bash", f"--current={current}", "--", *before).stdout.split()

    return call


@pytest.mark.parametrize(
    ("current", "before", "found"),
    [
        ("sh", (), ["show"]),
        ("--st", (), ["--store"]),
        ("--vers", (), ["--version"]),
        ("re", ("claim",), ["reject"]),
        ("--ce", ("claim", "add"), ["--certificate"]),
        ("--l", ("add",), ["--like"]),
        ("", ("show",), ["10800001", "10800002", "20800003"]),
        ("1080", ("show",), ["10800001", "10800002"]),
        ("", ("claim", "add", "10800001", "差旅费"), []),
        ("20", ("add", "--like"), ["20800003"]),
        ("10800002", ("--today", "2013-06-01", "step"), ["10800002"]),
        ("1080", ("check", "20800003"), ["10800001", "10800002"]),
        ("yin", ("--pack",), ["yinchuan-2018"]),
        ("zust", ("pack", "show"), ["zust-2013"]),
        ("口", ("help",), ["口径"]),
        ("imp", ("help",), ["import"]),
        ("appr", ("form",), ["approval"]),
        ("lis", ("form",), ["list"]),
        ("--one", ("form",), ["--one-file"]),
        ("1080", ("form", "approval"), ["10800001", "10800002"]),
        ("--one", ("form", "approval"), ["--one-file"]),
        ("sum", ("form", "edit"), ["summary"]),
        ("case", ("form", "filed", "10800001"), ["case-file"]),
        ("sum", ("report",), ["summary"]),
        ("appr", ("report",), []),
        ("led", ("--pack", "zust-2013", "report"), ["ledger"]),
        ("B", ("list", "--benefit"), ["B1", "B2", "B3", "B4", "B5"]),
        ("成", ("paper", "10800001"), ["成绩单"]),
        ("学", ("step", "10800001"), ["学院建议", "学校批准"]),
        ("学", ("step",), []),
        ("差", ("claim", "add", "10800001"), ["差旅费"]),
        ("待", ("outcome", "10800001"), ["待就业"]),
        ("A-06", ("pack", "adopt"), ["A-06"]),
        ("电", ("log", "10800001"), ["电话"]),
        ("岗", ("log", "10800001", "电话"), ["岗位推荐"]),
        ("", ("import",), []),
        ("", ("add", "--from"), []),
        ("", ("nosuch",), []),
        ("张", ("show",), []),
        ("", ("--store",), []),
    ],
)
def test_what_may_come_next(
    complete: Complete, current: str, before: tuple[str, ...], found: list[str]
) -> None:
    """Commands, options, numbers, notices, topics; nothing where files or free words stand."""
    assert complete(current, *before) == found


def test_every_command_and_every_option_is_completed(complete: Complete, assist: Assist) -> None:
    """Those of the help page, and no hidden one."""
    assert {"init", "add", "completion", "draft", "merge"} <= set(complete(""))
    assert "--current" not in complete("--", "completion")
    assert "--install" in complete("--", "completion")


def test_an_option_used_is_not_offered_again_unless_it_may_be(complete: Complete) -> None:
    """--set can be repeated, --json cannot."""
    offered = complete("--", "add", "--json", "--set", "姓名=张三")
    assert "--json" not in offered
    assert "--set" in offered


def test_no_name_is_ever_offered(complete: Complete) -> None:
    """Names are personal data; a shell keeps what it shows."""
    assert not any(
        "张" in word for words in (("show",), ("log",), ("claim", "add")) for word in complete("", *words)
    )


def test_without_a_store_there_are_just_no_numbers(assist: Assist) -> None:
    """A shell shows no errors."""
    assert assist("completion", "bash", "--current=", "--", "show").stdout == ""
    assert assist("completion", "bash", "--current=", "--", "--store", "nowhere", "show").stdout == ""


def test_the_store_on_the_line_is_the_one_asked(complete: Complete, assist: Assist, tmp_path: Path) -> None:
    """Not the one that the shell stands in."""
    other = tmp_path / "other"
    assist("init", str(other), "--pack", "zust-2013", "--unit", "某学院", "--year", "2013")
    assert complete("", "--store", str(other), "show") == []


def test_a_notice_of_ones_own_is_offered(complete: Complete, store: Path, assist: Assist) -> None:
    """By its id, and with its own benefits once it is in use."""
    from assistcli.policy.pack import find_pack

    text = find_pack("zust-2013")[1].replace('id = "zust-2013"', 'id = "own-2013"', 1)
    Path("own.toml").write_text(text, "utf-8")
    assist("pack", "use", "own.toml")
    assert complete("own", "pack", "show") == ["own-2013"]
    assert complete("own", "--pack") == ["own-2013"]
    assert complete("appr", "--pack", "own-2013", "form") == ["approval"]


@pytest.mark.parametrize(
    ("current", "before", "most"),
    [("sh", (), 220), ("108", ("show",), 268), ("su", ("report",), 400), ("ap", ("form",), 400)],
)
def test_completing_loads_little(
    complete: Complete, store: Path, current: str, before: tuple[str, ...], most: int
) -> None:
    """A key press must not cost more than the command itself."""
    names = loaded("--store", str(store), "completion", "bash", f"--current={current}", "--", *before)
    assert sorted(rooms(names) & (HEAVY | {"tinydb"})) == []
    assert len(names) <= most


def test_an_unknown_shell_is_told(assist: Assist) -> None:
    """With those that are known."""
    assert "bash、zsh、fish、powershell" in assist("completion", "csh", code=2).stderr


@pytest.mark.parametrize(
    ("shell", "place"),
    [
        ("bash", "data/bash-completion/completions/assist"),
        ("zsh", "home/.zfunc/_assist"),
        ("fish", "config/fish/completions/assist.fish"),
    ],
)
def test_installing_writes_where_the_shell_looks(
    assist: Assist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str, place: str
) -> None:
    """And says so; nothing else in the home folder is touched."""
    for name, folder in (("HOME", "home"), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    assert str(tmp_path / place) in assist("completion", shell, "--install").stdout
    assert (tmp_path / place).read_text("ascii") == script_of(shell)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written == [tmp_path / place]


def test_powershell_is_told_what_to_write_where(assist: Assist) -> None:
    """No policy is changed and no profile is edited."""
    assert "$PROFILE" in assist("completion", "powershell", "--install", code=2).stderr
    assert "ExecutionPolicy" not in script_of("powershell")


@pytest.mark.parametrize("shell", SCRIPTS)
def test_scripts_are_plain_ascii(assist: Assist, shell: str) -> None:
    """A Chinese Windows reads them in GBK."""
    assert assist("completion", shell).stdout.isascii()


@pytest.fixture
def run_shell(complete: Complete, store: Path, tmp_path: Path) -> Callable[[str, str], str]:
    """What a shell prints that sources its script, with ``assist`` on its path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "assist"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m assistcli "$@"\n', "utf-8")
    program.chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    told = {
        **os.environ,
        "PATH": path,
        "ASSIST_STORE": str(store),
        "LC_ALL": "C.UTF-8",
        "HOME": str(tmp_path),
    }

    def run(shell: str, script: str) -> str:
        if not shutil.which(shell):
            pytest.skip(f"{shell} is not here")
        option = "-Command" if shell == "pwsh" else "-c"
        done = subprocess.run([shell, option, script], capture_output=True, text=True, env=told, check=False)
        assert done.stderr == ""
        return done.stdout

    return run


BASH = """
eval "$(assist completion bash)"
COMP_WORDS=({words}); COMP_CWORD={place}; _assist; printf '%s\\n' "${{COMPREPLY[@]}}"; complete -p assist
"""


@pytest.mark.parametrize(
    ("words", "place", "found"),
    [
        ("assist sho", 1, ["show"]),
        ("assist show 2", 2, ["20800003"]),
        ("assist show ''", 2, ["10800001", "10800002", "20800003"]),
        ("assist --store . claim re", 4, ["reject"]),
        ("assist form app", 2, ["approval"]),
        ("assist list --benefit B1", 3, ["B1"]),
    ],
)
def test_bash_completes(
    run_shell: Callable[[str, str], str], words: str, place: int, found: list[str]
) -> None:
    """The function that bash calls fills its answer; files stay the last resort."""
    lines = run_shell("bash", BASH.format(words=words, place=place)).splitlines()
    assert lines[:-1] == found
    assert "-o default" in lines[-1]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("assist sho", ["show\t查看一个个案"]),
        ("assist show 2", ["20800003"]),
        ("assist show ", ["10800001", "10800002", "20800003"]),
        ("assist report led", ["ledger\t工作台账"]),
    ],
)
def test_fish_completes(run_shell: Callable[[str, str], str], line: str, found: list[str]) -> None:
    """With what each command does."""
    assert run_shell("fish", f"assist completion fish | source; complete -C '{line}'").splitlines() == found


def test_zsh_completes(run_shell: Callable[[str, str], str]) -> None:
    """On a terminal of its own, for zsh completes nowhere else."""
    script = """
zmodload zsh/zpty
zpty z "zsh -f -i"
zpty -w z 'PS1=; autoload -Uz compinit; compinit -u -D; eval "$(assist completion zsh)"; echo REA""DY'
zpty -r z out '*READY*'
zpty -w -n z $'assist sho\\t 2\\t; assist report led\\t; echo DO""NE\\n'
zpty -r z out '*DONE*'
print -r -- "$out"
"""
    shown = run_shell("zsh", script)
    assert "assist show" in shown
    assert "20800003" in shown
    assert "assist report ledger" in shown


def test_powershell_takes_the_script(run_shell: Callable[[str, str], str]) -> None:
    """Where there is one."""
    script = (
        "assist completion powershell | Out-String | Invoke-Expression;"
        "(TabExpansion2 'assist show 2' 13).CompletionMatches.CompletionText"
    )
    assert run_shell("pwsh", script).split() == ["20800003"]


def test_the_powershell_script_is_balanced() -> None:
    """Every bracket is closed by its own kind, outside of texts and remarks."""
    code = "\n".join(line.partition("# ")[0] for line in script_of("powershell").splitlines())
    pairs, open_ones = {")": "(", "]": "[", "}": "{"}, []
    for text in ('"\'"', "'\"'"):
        code = code.replace(text, "")
    for letter in code:
        if letter in pairs.values():
            open_ones.append(letter)
        elif letter in pairs:
            assert open_ones.pop() == pairs[letter]
    assert open_ones == []
