"""A file that is not there: one exit code and one sentence, whichever command was to read it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from typer.main import get_command

from assistcli.cli import app
from tests.conftest import Assist

READING = {"source", "files", "target", "scan", "file"}
OTHERS = {"backup file", "record fund source", "claim advance source", "import source"}
"""Written; whence money and lists come."""
CALLS = {
    "add source": ("add", "--from", "没有.json"),
    "edit source": ("edit", "10800001", "--from", "没有.json"),
    "import files": ("import", "没有.xlsx"),
    "log source": ("log", "--from", "没有.csv"),
    "form edit source": ("form", "edit", "approval", "--from", "没有.docx"),
    "form lint target": ("form", "lint", "没有.docx"),
    "form filed scan": ("form", "filed", "10800001", "approval", "--scan", "没有.pdf"),
    "restore file": ("restore", "没有.zip", "恢复"),
}
PACKS = {
    "init": ("init", "新", "--pack", "没有.toml", "--unit", "示例", "--year", "2013"),
    "check": ("--pack", "没有.toml", "check"),
    "pack show": ("pack", "show", "没有.toml"),
    "pack check": ("pack", "check", "没有.toml"),
    "pack use": ("pack", "use", "没有.toml"),
}
LISTS = {"form": ("import", "没有.docx"), "list": ("import", "没有.csv"), "objects": ("import", "没有.json")}


def reading_parameters(command: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every argument or option by which *command*, or one below it, is given a file to read."""
    for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
        yield from reading_parameters(command.get_command(None, name), (*path, name))
    yield from (" ".join((*path, one.name)) for one in command.params if one.name in READING)


def test_every_file_to_be_read_is_tried_here() -> None:
    assert set(reading_parameters(get_command(app))) - OTHERS == CALLS.keys()


@pytest.mark.parametrize("call", [*CALLS.values(), *PACKS.values(), *LISTS.values()], ids=" ".join)
def test_a_missing_file_is_rejected_by_name(
    assist: Assist, student: Callable[..., str], call: tuple[str, ...]
) -> None:
    """Exit 3, nothing written, nothing asked."""
    student()
    before = assist("history", "--json").json
    result = assist(*call, code=3)
    missing = next(word for word in call if word.startswith("没有."))
    assert f"没有文件「{missing}」" in result.stderr
    assert not result.stdout
    assert assist("history", "--json").json == before
