"""json and jsonl files, lists of flat objects, to a sheet whose first row holds the keys."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Never

from assistcli.errors import DataRejectedError
from assistcli.intake import bounds
from assistcli.intake.sheet import Cell, Sheet

DEPTH_HINT = '应为对象的列表：[{"学号": "…", "姓名": "…"}, …]，每个对象只有一层'


def read_objects(path: Path) -> Sheet:
    """The records of a json or jsonl file as rows below a row of their keys; row 2 is the first record.

    Raises:
        DataRejectedError: it is not JSON, or not a list of flat objects.
    """
    text = _decode(path)
    records = _parse_lines(text, path.name) if path.suffix.lower() == ".jsonl" else _parse(text, path.name)
    if isinstance(records, dict):
        records = [records]
    if not isinstance(records, list):
        raise DataRejectedError(f"文件「{path.name}」{DEPTH_HINT}")
    keys: dict[str, int] = {}
    for number, record in enumerate(records, start=1):
        for key in _check_record(record, path.name, number):
            keys.setdefault(key, len(keys))
    bounds.check_area(len(records) + 1, len(keys), f"文件「{path.name}」")
    rows: list[list[Cell]] = [list(keys)]
    rows += [[_cell(record.get(key)) for key in keys] for record in records]
    return Sheet(name="", rows=rows, keyed=True)


def _decode(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    raise DataRejectedError(f"文件「{path.name}」不是 UTF-8 文本；请另存为 UTF-8")


def _parse(text: str, name: str, line: int = 0) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unique_keys, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = line or error.lineno
        raise DataRejectedError(f"文件「{name}」第 {where} 行不是 JSON；{DEPTH_HINT}") from error
    except (RecursionError, ValueError) as error:
        reason = "嵌套过深" if isinstance(error, RecursionError) else _reason(error)
        place = f"第 {line} 行" if line else ""
        raise DataRejectedError(f"文件「{name}」{place}{reason}；{DEPTH_HINT}") from error


def _reason(error: ValueError) -> str:
    return str(error) if str(error).startswith(("有", "含")) else "有过长的数字"


def _parse_lines(text: str, name: str) -> list[Any]:
    lines = ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
    return [_parse(line, name, number) for number, line in lines]


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        twice = next(key for key in record if sum(key == other for other, _ in pairs) > 1)
        raise ValueError(f"有一个对象写了两次「{twice}」")
    return record


def _refuse_constant(word: str) -> Never:
    raise ValueError(f"含有 {word}，不是数")


def _check_record(record: object, name: str, number: int) -> Iterable[str]:
    if not isinstance(record, dict):
        raise DataRejectedError(f"文件「{name}」第 {number} 条不是对象；{DEPTH_HINT}")
    for key, value in record.items():
        if isinstance(value, (dict, list)):
            raise DataRejectedError(f"文件「{name}」第 {number} 条的「{key}」里还有一层；{DEPTH_HINT}")
    return record


def _cell(value: Any) -> Cell:
    return "" if value is None else value
