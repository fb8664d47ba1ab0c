"""Answers that a script passes: a JSON object for ``--from``, ``字段=值`` for ``--set``."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistcli.desk.registration import Answers, case_fields, plain_answers, read_facts
from assistcli.errors import DataRejectedError, MissingFileError, UsageError
from assistcli.model import Fact
from assistcli.policy.rules import Pack

STDIN = "-"
LARGEST_BYTES = 1_000_000
SAFE_INTEGER = 2**53
"""From here on many programs write another number than was meant."""

FLAT_HINT = '应为一个只有一层的对象：{"学号": "…", "姓名": "…"}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who enters facts, and on what day."""

    by: str
    day: date


def stated_facts(pack: Pack, source: str, settings: Sequence[str], author: Author) -> dict[str, Fact | None]:
    """Facts that the file *source* (``-`` is standard input) and the *settings* state; these go first.

    Raises:
        DataRejectedError: unknown fields, answers that do not fit, one field answered twice.
        UsageError: there is no such file, or a setting without ``=``.
    """
    given = read_object(source) if source else {}
    set_by_hand = read_settings(settings)
    for answers in (given, set_by_hand):
        demand_single(answers, pack)
    where = "标准输入" if source == STDIN else Path(source).name
    facts = read_facts(given, pack, source=where, by=author.by, day=author.day)
    return facts | read_facts(set_by_hand, pack, source="命令行", by=author.by, day=author.day)


def read_settings(settings: Sequence[str]) -> dict[str, str]:
    """Field names and answers of ``字段=值`` texts; an answer may be blank.

    Raises:
        UsageError: one has no ``=``, or one field is set twice.
    """
    answers: dict[str, str] = {}
    for setting in settings:
        name, sign, text = setting.partition("=")
        name = name.strip()
        if not sign or not name:
            raise UsageError(f"「{setting}」应写成 字段=值，例：--set 手机号码=13800000000")
        if name in answers:
            raise UsageError(f"--set 写了两次「{name}」；请只留一个")
        answers[name] = text
    return answers


def read_object(source: str) -> dict[str, str]:
    """Field names and answers of the one flat JSON object in the file *source*, or on standard input.

    Raises:
        UsageError: there is no such file.
        DataRejectedError: it is not one flat object.
    """
    where = "标准输入" if source == STDIN else f"文件「{Path(source).name}」"
    try:
        found = json.loads(
            _read_text(source, where),
            object_pairs_hook=_unique_names,
            parse_float=str,
            parse_int=_safe_integer,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise DataRejectedError(f"{where}第 {error.lineno} 行不是 JSON；{FLAT_HINT}") from None
    except RecursionError:
        raise DataRejectedError(f"{where}嵌套过深；{FLAT_HINT}") from None
    if isinstance(found, list):
        raise DataRejectedError(f"{where}是列表；这里一次只收一人。成批请用：assist import 文件.json")
    if not isinstance(found, dict):
        raise DataRejectedError(f"{where}不是对象；{FLAT_HINT}")
    return plain_answers(found)


def demand_single(answers: Answers, pack: Pack) -> None:
    """Let *answers* pass in which no field is answered under two of its names.

    Raises:
        DataRejectedError: one is; it is not for us to choose.
    """
    named, seen = case_fields(pack), dict[str, str]()
    for name in answers:
        field = named[name].name if name in named else name
        if field in seen:
            raise DataRejectedError(f"「{seen[field]}」和「{name}」是同一项；请只填一个")
        seen[field] = name


def _read_text(source: str, where: str) -> str:
    data = _standard_input() if source == STDIN else _file_bytes(source)
    if len(data) > LARGEST_BYTES:
        raise DataRejectedError(f"{where}过大（最多 {LARGEST_BYTES // 1000} KB），不像是一个人的资料")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataRejectedError(f"{where}不是 UTF-8 文本；请另存为 UTF-8") from None


def _standard_input() -> bytes:
    if sys.stdin.isatty():
        raise UsageError("--from - 从标准输入读取，例：assist add --from - < 张三.json")
    data: bytes = sys.stdin.buffer.read(LARGEST_BYTES + 1)
    return data


def _file_bytes(source: str) -> bytes:
    path = Path(source)
    if not path.is_file():
        raise MissingFileError(source, "请核对 --from 后面的路径")
    with path.open("rb") as file:
        return file.read(LARGEST_BYTES + 1)


def _unique_names(pairs: Sequence[tuple[str, Any]]) -> Mapping[str, Any]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise DataRejectedError(f"「{twice}」写了两次；请只留一个")
    return dict(pairs)


def _safe_integer(digits: str) -> str:
    if len(digits) > len(str(SAFE_INTEGER)) or abs(int(digits)) >= SAFE_INTEGER:
        raise DataRejectedError(f"数字 {digits[:4]}… 过长，末几位可能已损坏；号码请写成文字（加引号）")
    return digits


def _refuse_constant(word: str) -> Any:
    raise DataRejectedError(f"{word} 不是数；不清楚的请写 null")
