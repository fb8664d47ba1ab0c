"""Rows judged against themselves and each other: keys, ID numbers, contradictions, doubles."""

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from assistcli.derivation import contradictions
from assistcli.intake.rows import ParsedRow
from assistcli.intake.wording import row_words
from assistcli.masks import mask_id
from assistcli.model import HOUSEHOLD

SUSPICIOUS_SHARE = 0.3
HARDLY = 1 / 500
_DIGITS = re.compile(r"\d{18}")
ID_FIELDS = ("身份证号", "职工身份证号")
NAME = "姓名"


def judge_rows(rows: Sequence[ParsedRow], subject: str, year: int) -> None:
    """Note in each of *rows* what its own facts, or another row, speak against."""
    for row in rows:
        _judge_key(row, subject)
        if NAME in row.columns and not row.raw(NAME):
            row.doubt(NAME, "姓名空着；表格和名单都要用，请补上")
        for given, source in contradictions(row.values, year):
            row.refuse(given, f"「{given}」填的是「{_shown(row, given)}」，与{source}不符；请核对哪一个对")
        for name in ID_FIELDS:
            if name in row.values and not is_known_region(str(row.values[name])[:6]):
                row.doubt(
                    name, f"{mask_id(str(row.values[name]))} 的地区码不在现行代码表里（旧码也可能），请核对"
                )
    for name in ID_FIELDS:
        _judge_id_column(rows, name)
    _judge_doubles(rows, subject)


def _shown(row: ParsedRow, name: str) -> str:
    return row.raw(name)[:20]


def _judge_key(row: ParsedRow, subject: str) -> None:
    if row.case or row_key(row, subject):
        return
    if {error.field for error in row.errors} & {"学号", *ID_FIELDS}:
        return
    if subject == HOUSEHOLD:
        row.refuse("身份证号", "缺子女身份证号，也没有职工身份证号加姓名，认不出是谁；请补上一样")
    else:
        row.refuse("学号", "缺学号和身份证号，认不出是谁；请补上一样")


def row_key(row: ParsedRow, subject: str) -> tuple[str, ...]:
    """What names the row's case: 学号, else 身份证号, for a household else worker and name; or nothing."""
    values = row.values
    if subject != HOUSEHOLD and (number := values.get("学号")):
        return ("学号", str(number))
    if own := values.get("身份证号"):
        return ("身份证号", str(own))
    worker, name = values.get("职工身份证号"), values.get("姓名")
    return ("职工身份证号+姓名", str(worker), str(name)) if subject == HOUSEHOLD and worker and name else ()


def _judge_id_column(rows: Sequence[ParsedRow], name: str) -> None:
    """Refuse ID numbers that passed through a number and kept a right check digit, as one in twelve does."""
    texts = [(row, text) for row in rows if name in row.columns and (text := row.raw(name))]
    numbers = [(row, text) for row, text in texts if _DIGITS.fullmatch(text)]
    damaged = any("E+" in text.upper() for _, text in texts)
    _judge_zeros([row for row, text in numbers if text.endswith("000")], len(numbers), name, damaged=damaged)
    rounded = [row for row, text in numbers if int(float(text)) == int(text)]
    sound = [row for row in rounded if name in row.values]
    if len(sound) < len(rounded) or is_no_chance(rounded, len(numbers), name):
        for row in sound:
            row.refuse(name, "整列证号的末几位像被当作数字处理过而改掉了；请从原始名单重新取这一列")


def is_no_chance(rounded: Sequence[ParsedRow], count: int, name: str) -> bool:
    """Whether so many of *count* ID numbers would hardly be multiples of 16, 32 or 64 by chance.

    Those are the steps in which a floating-point number of eighteen digits goes; one sound number in so many
    is such a multiple.
    """
    if not rounded:
        return False
    many, step = len(rounded), min(math.ulp(float(row.raw(name))) for row in rounded)
    # Ways to choose so many of all, by their share each; in logarithms, for a list may be long.
    ways = math.lgamma(count + 1) - math.lgamma(many + 1) - math.lgamma(count - many + 1)
    return ways - many * math.log(step) < math.log(HARDLY)


def _judge_zeros(zeros: Sequence[ParsedRow], count: int, name: str, *, damaged: bool) -> None:
    """Refuse ID numbers in …000, Excel's mark, where the column shows its damage elsewhere; else warn.

    One sound number in a thousand ends so.
    """
    broken = any(name not in row.values for row in zeros)
    sure = damaged or broken or len(zeros) > count * SUSPICIOUS_SHARE
    for row in zeros:
        if name not in row.values:
            continue
        if sure:
            row.refuse(name, "证号末三位是 000，同列还有被 Excel 改坏的证号；请照证件重新填写")
        else:
            row.doubt(name, f"{mask_id(row.raw(name))} 末三位是 000；Excel 改坏的证号也是这样，请核对证件")


def _judge_doubles(rows: Iterable[ParsedRow], subject: str) -> None:
    seen: dict[tuple[str, ...], ParsedRow] = {}
    for row in rows:
        for key in _all_keys(row, subject):
            first = seen.setdefault(key, row)
            if first is not row:
                _refuse_double(first, row, key[0])


def _all_keys(row: ParsedRow, subject: str) -> list[tuple[str, ...]]:
    """Every key that may stand only once in a file: a person has one student number and one ID number."""
    keys: list[tuple[str, ...]] = [
        (name, str(value)) for name in ("学号", "身份证号") if (value := row.values.get(name))
    ]
    main = row_key(row, subject)
    return [*keys, main] if main and main not in keys else keys


def _refuse_double(first: ParsedRow, second: ParsedRow, name: str) -> None:
    field = name.split("+", maxsplit=1)[0]
    for row, other in ((first, second), (second, first)):
        message = f"{name}与{_place(other, row)}相同；一人只留一行"
        if all(error.message != message for error in row.errors):
            row.refuse(field, message)


def _place(row: ParsedRow, seen_from: ParsedRow) -> str:
    sheet = f"工作表「{row.sheet}」" if row.sheet != seen_from.sheet else ""
    return f"{sheet}{row_words(row.file, row.number)}"


def is_known_region(code: str) -> bool:
    """Whether six digits are a Chinese county in the code table; 81–83 are residence permits."""
    return code[:2] in {"81", "82", "83"} or code in _regions()


@cache
def _regions() -> frozenset[str]:
    """Every code of the table that stdnum ships; through its own reader each start would cost 90 ms."""
    found, province = set(), ""
    for line in _region_table().read_text(encoding="utf-8").splitlines():
        if line[:2].isdecimal():
            province = line[:2]
        elif line[2:6].isdecimal() and "county=" in line:
            found.add(province + line[2:6])
    return frozenset(found)


def _region_table() -> Path:
    """Where stdnum keeps its table of counties; it is not imported for that: ssl and pydoc cost 13 ms."""
    stdnum = find_spec("stdnum")
    if stdnum is None or not stdnum.submodule_search_locations:
        raise ModuleNotFoundError("stdnum", name="stdnum")
    return Path(stdnum.submodule_search_locations[0], "cn", "loc.dat")
