"""Packs: where they lie, and reading one with every problem named by file and line."""

import re
import tomllib
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistcli.errors import MissingFileError, PackError
from assistcli.fields import nearest_names
from assistcli.policy.entry import Entry, PackText, Problem
from assistcli.policy.packreader import read_pack
from assistcli.policy.rules import Pack

PACKAGED = Path(__file__).with_name("packs")  # asking importlib.resources loads twelve modules
LARGEST_BYTES = 1_000_000
LONGEST_LINE = 20_000
MOST_KEPT = 16  # packs in memory at once
MOST_LINES = 20_000
TOML_FAULTS = {
    "Illegal character": "引号没有成对，或有不许出现的字符",
    "Unterminated string": "引号没有成对",
    "overwrite": "同一项写了两次",
    "twice": "同一个表写了两次",
    "mutate": "同一项写了两次",
    "Unclosed array": "方括号没有闭合",
    "Expected ']'": "方括号没有闭合",
    "Expected '='": "缺等号；中文的项名要加引号",
    "Invalid statement": "这一行不是「项 = 值」也不是「[表]」；中文的项名要加引号",
    "Invalid value": "等号后面的值写法不对；文字要加引号",
    "Expected newline or end of document": "一行只能写一项",
    "Unescaped": "引号里的反斜杠要写成 \\\\",
    "Invalid date": "日期不存在",
}
"""Signs in the TOML reader's English messages, and what they mean."""


def packaged_ids() -> list[str]:
    """Ids of the packs that come with the program."""
    return sorted(path.stem for path in PACKAGED.glob("*.toml"))


def find_pack(name: str, folders: Sequence[Path] = ()) -> tuple[str, str]:
    """File name and text of the pack *name*: a path to a file, a file in *folders*, or a packaged id.

    Raises:
        PackError: there is no such pack; the message proposes the nearest.
        MissingFileError: a file was named that is not there.
    """
    candidates = [Path(name), *(folder / f"{name}.toml" for folder in folders)]
    for path in candidates:
        if path.suffix == ".toml" and path.is_file():
            return path.name, _read_text(path)
    if name in packaged_ids():
        return f"{name}.toml", (PACKAGED / f"{name}.toml").read_text(encoding="utf-8")
    if name.endswith(".toml"):
        raise MissingFileError(name)
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
    return _read_sound(name, *find_pack(name, folders))


@lru_cache(MOST_KEPT)
def _read_sound(name: str, file: str, text: str) -> Pack:
    """The pack that *text* states; read once, however often a command asks for it: a pack never changes."""
    pack, problems = examine_pack(file, text)
    if pack is None or problems:
        more = f"（共 {len(problems)} 处，assist pack check {name} 全部列出）" if len(problems) > 1 else ""
        raise PackError(f"政策包有错：{problems[0]}{more}")
    return pack


def examine_pack(file: str, text: str) -> tuple[Pack | None, list[Problem]]:
    """The pack that *text* states, if it can be read at all, and every problem found in it."""
    source = PackText(file, text[:LARGEST_BYTES])
    if len(text.encode()) > LARGEST_BYTES or len(source.lines) > MOST_LINES:
        source.report(f"文件过大（最多 {LARGEST_BYTES // 1000} KB、{MOST_LINES} 行），不像是政策包")
        return None, source.problems
    if long := next((n for n, line in enumerate(source.lines, 1) if len(line) > LONGEST_LINE), 0):
        message = f"这一行过长（最多 {LONGEST_LINE} 字）"
        source.problems.append(Problem(file=file, line=long, message=message))
        return None, source.problems
    try:
        table: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        source.problems.append(describe_toml_error(file, str(error), source.lines))
        return None, source.problems
    except (RecursionError, ValueError, InvalidOperation):
        source.report("不是有效的 TOML：括号套得太深，或数字太长")
        return None, source.problems
    try:
        return read_pack(Entry(source, table, "政策包")), source.problems
    except RecursionError:
        source.report("条件或公式套得太深")
        return None, source.problems


def describe_toml_error(file: str, message: str, lines: Sequence[str]) -> Problem:
    """What the TOML reader says in English of a pack's *lines*, as a problem in Chinese with its line."""
    place = re.search(r"at line (\d+), column (\d+)", message)
    line, column = (int(place[1]), f"第 {place[2]} 列：") if place else (len(lines), "")
    meant = next((words for sign, words in TOML_FAULTS.items() if sign in message), "写法不对")
    if 0 < line <= len(lines) and (odd := re.search("[“”＝＂]", lines[line - 1])):
        meant = f'「{odd[0]}」是全角的；项名外面的引号和等号要用半角的 " 和 ='
    return Problem(file=file, line=line, message=f"{column}不是有效的 TOML：{meant}")
