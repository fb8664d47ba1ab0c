"""Packs: where they lie, and reading one with every problem named by file and line."""

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistcli.errors import PackError
from assistcli.fields import nearest_names
from assistcli.policy.entry import Entry, PackText, Problem
from assistcli.policy.packreader import read_pack
from assistcli.policy.rules import Pack

LARGEST_BYTES = 1_000_000


def packaged_ids() -> list[str]:
    """Ids of the packs that come with the program."""
    folder = files("assistcli.policy").joinpath("packs")
    return sorted(
        entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")
    )


def find_pack(name: str, folders: Sequence[Path] = ()) -> tuple[str, str]:
    """File name and text of the pack *name*: a path to a file, a file in *folders*, or a packaged id.

    Raises:
        PackError: there is no such pack; the message proposes the nearest.
    """
    candidates = [Path(name), *(folder / f"{name}.toml" for folder in folders)]
    for path in candidates:
        if path.suffix == ".toml" and path.is_file():
            return path.name, _read_text(path)
    if name in packaged_ids():
        resource = files("assistcli.policy").joinpath("packs", f"{name}.toml")
        return f"{name}.toml", resource.read_text(encoding="utf-8")
    near = nearest_names(name, packaged_ids())
    hint = f"是不是「{near[0]}」？" if near else ""
    raise PackError(f"没有名为「{name}」的政策包。{hint}assist pack list 列出全部")


def _read_text(path: Path) -> str:
    if path.stat().st_size > LARGEST_BYTES:
        raise PackError(f"{path.name} 过大（最多 {LARGEST_BYTES // 1000} KB），不像是政策包")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise PackError(f"{path.name} 不是 UTF-8 文本；请另存为 UTF-8") from None


def load_pack(name: str, folders: Sequence[Path] = ()) -> Pack:
    """The pack *name*, sound.

    Raises:
        PackError: it has problems; the message names the first with its line, and how many there are.
    """
    file, text = find_pack(name, folders)
    pack, problems = examine_pack(file, text)
    if pack is None or problems:
        more = f"（共 {len(problems)} 处，assist pack check {name} 全部列出）" if len(problems) > 1 else ""
        raise PackError(f"政策包有错：{problems[0]}{more}")
    return pack


def examine_pack(file: str, text: str) -> tuple[Pack | None, list[Problem]]:
    """The pack that *text* states, if it can be read at all, and every problem found in it."""
    source = PackText(file, text)
    try:
        table: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        source.report(f"不是有效的 TOML：{error}")
        return None, source.problems
    pack = read_pack(Entry(source, table, "政策包"))
    return pack, source.problems
