"""Errors: what, where, what to do next, in Chinese, never more than three lines."""

import ast
import os
import re
from pathlib import Path

import pytest

import store.errors
from store.errors import StoreDamagedError, StoreError, explaining

ENGLISH = re.compile("[A-Za-z]{3}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MODULES = sorted(Path(store.errors.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("number", sorted(store.errors._REASONS))
def test_what_the_system_refuses_is_explained(number: int, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught, explaining("写入", tmp_path):
        raise OSError(number, os.strerror(number), str(tmp_path / "f"))
    lines = str(caught.value).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("写入失败：")
    assert str(tmp_path / "f") in lines[0]
    assert not ENGLISH.search(lines[0].replace(str(tmp_path), ""))
    assert CHINESE.search(lines[1])


def test_damage_says_where_and_what_next() -> None:
    error = StoreDamagedError("日志里有一行已损坏", file="log/000001.jsonl", line=3, records=["cases/c1"])
    assert str(error).splitlines() == [
        "日志里有一行已损坏（log/000001.jsonl 第 3 行，cases/c1）",
        "没有改动任何文件。请运行 assist doctor 查看，assist doctor --fix 在副本上修复。",
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_error_is_raised_in_chinese(path: Path) -> None:
    """The first words of each, wherever it is raised."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and re.fullmatch(r"Store\w*Error", node.func.id)
        ):
            text = ast.unparse(node.args[0]) if node.args else ""
            assert CHINESE.search(text) or text == "what", (path.name, node.lineno, text)


def test_the_store_is_a_leaf() -> None:
    """It knows neither the program nor the forms."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not [
                name for name in names if name.split(".")[0] in {"assistcli", "forms", "typer", "tests"}
            ], path
