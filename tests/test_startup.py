"""Start-up is guarded by what is loaded, never by the clock."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Assist

HEAVY = {
    "docx", "lxml", "openpyxl", "python_calamine", "questionary", "prompt_toolkit", "tabulate", "rich",
    "pypinyin", "stdnum", "platformdirs", "filelock", "portalocker", "asyncio", "pydantic", "secrets",
    "matplotlib", "numpy", "PIL",
}  # fmt: skip
PROBE = """
import sys
before = set(sys.modules)
from assistcli.cli import run
code = run(sys.argv[1:])
sys.stderr.write("\\n" + str(code) + " " + " ".join(set(sys.modules) - before))
"""


def loaded(*arguments: str) -> set[str]:
    """Names of the modules that *arguments* load in a fresh process, beside those of the bare interpreter.

    How many the interpreter itself starts with differs from one installation to the next.
    """
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=True
    )
    code, *names = done.stderr.splitlines()[-1].split()
    assert code == "0", done.stderr
    return set(names)


def rooms(names: set[str]) -> set[str]:
    """The top-level packages among *names*."""
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize(
    ("arguments", "forbidden", "most"),
    [
        (("--help",), HEAVY | {"tinydb", "sqlite3", "tomllib"}, 132),
        (("show", "10800001"), HEAVY | {"tinydb"}, 185),
        (("check", "10800001"), HEAVY | {"tinydb"}, 240),
        (
            ("log", "10800001", "电话", "岗位推荐", "示例"),
            HEAVY - {"filelock", "secrets"} | {"tinydb"},
            268,
        ),
    ],
    ids=["--help", "show", "check", "log"],
)
def test_a_command_loads_only_what_it_uses(
    assist: Assist, store: Path, arguments: tuple[str, ...], forbidden: set[str], most: int
) -> None:
    """No heavy library that the command does not use, and no more modules than counted once."""
    assist("add", "--set", "姓名=甲同学", "--set", "学号=10800001", "--json")
    names = loaded("--store", str(store), *arguments)
    assert sorted(rooms(names) & forbidden) == []
    assert len(names) <= most


def test_only_a_bulletin_in_word_draws(assist: Assist, store: Path, tmp_path: Path) -> None:
    """The plotting library is loaded for a picture alone: not on the screen, not for a workbook."""
    assist("add", "--set", "姓名=甲同学", "--set", "学号=10800001", "--json")
    report = ("--store", str(store), "report")
    assert not rooms(loaded(*report, "bulletin")) & {"matplotlib", "numpy", "PIL"}
    assert "matplotlib" not in rooms(loaded(*report, "bulletin", "--out", str(tmp_path / "通报.xlsx")))
    assert "matplotlib" not in rooms(loaded(*report, "ledger", "--out", str(tmp_path / "台账.docx")))
    assert "matplotlib" in rooms(loaded(*report, "bulletin", "--out", str(tmp_path / "通报.docx")))


def test_looking_at_a_case_loads_no_rules(assist: Assist, store: Path) -> None:
    """`show` tells what was recorded; the notice's rules stay on the disk."""
    assist("add", "--set", "姓名=甲同学", "--set", "学号=10800001", "--json")
    names = loaded("--store", str(store), "show", "10800001")
    assert not {
        name for name in names if name.startswith(("assistcli.policy", "assistcli.intake", "forms.t"))
    }
