"""One cell to the value that it states for a field, with what the cell's type gives away.

Nothing is repaired: what Excel has damaged is refused with the way to mend it, what is doubtful is refused
with the spelling that is not.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from assistcli.errors import DataRejectedError
from assistcli.fields import Field
from assistcli.identity import check_id_number
from assistcli.intake.codes import canonical_word, flags_of, spellings_for
from assistcli.intake.headers import ColumnReading
from assistcli.intake.sheet import Cell, plain_text
from assistcli.values import LONGEST_UNKNOWN, Value, clean_text, fold_text, parse_value

EXACT_DIGITS = 1e15
PHONE_DIGITS, LONGEST_NUMBER = 11, 30
LONGEST_TEXT = 10_000
_SERIAL_START = date(1899, 12, 30)
_SERIALS = range(10_000, 73_415)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+")
_FLOAT_INTEGER = re.compile(r"(\d{5,})\.0")
_SHORT_YEAR = re.compile(r"'?(\d{2})[-./年](\d{1,2})(?:[-./月]\d{1,2}日?|月)?")
_NUMBER_TEXTS = frozenset({"学号", "会员卡号", "档案编号"})
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
_SEPARATORS = re.compile(r"\s*[/、,，;；\n|]\s*|\s{1,}")


class CellReading(NamedTuple):
    """What one cell states: (field, value) pairs, the raw text, and why it was refused or is doubtful."""

    pairs: tuple[tuple[str, Value], ...] = ()
    raw: str = ""
    error: str = ""
    warning: str = ""

    @property
    def remarked(self) -> bool:
        """Whether a person should hear of it."""
        return bool(self.error or self.warning)

    def value_of(self, name: str) -> Value | None:
        """The value that the cell states for field *name*."""
        for field, value in self.pairs:
            if field == name:
                return value
        return None


NOTHING = CellReading()


def read_cell(fields: Sequence[Field], reading: ColumnReading, cell: Cell) -> CellReading:
    """What *cell* states for *fields*; never raises for bad data, the reading carries the reason."""
    text = plain_text(cell)
    if not text:
        return NOTHING
    try:
        if reading is ColumnReading.FLAGS:
            return CellReading(pairs=tuple(flags_of(text).items()), raw=text)
        if reading is ColumnReading.SPLIT:
            return _read_parts(fields, text)
        return _read_one(fields[0], cell, text)
    except DataRejectedError as error:
        return CellReading(raw=text, error=str(error))


def certain_test(field: Field, reading: ColumnReading) -> Callable[[str], bool] | None:
    """What tells of a text whether it is, letter for letter, a value of *field*; or no such test.

    Most cells of a long list are: numbers of students, people and phones, addresses, reasons.
    """
    if reading is not ColumnReading.ONE or spellings_for(field.name):
        return None
    if field.code:
        return _is_certain_code
    if field.kind == "text":
        named = field.name.endswith("姓名") or field.name in _NUMBER_TEXTS
        return None if named else _is_certain_text
    return {"phone": _is_certain_phone, "id": _is_certain_id}.get(field.kind)


def _is_certain_phone(text: str) -> bool:
    return len(text) == PHONE_DIGITS and text[0] == "1" and _is_digits(text)


def _is_certain_code(text: str) -> bool:
    return 0 < len(text) <= LONGEST_NUMBER and _is_digits(text)


def _is_certain_id(text: str) -> bool:
    try:
        check_id_number(text)
    except DataRejectedError:
        return False
    return True


def _is_certain_text(text: str) -> bool:
    return LONGEST_UNKNOWN < len(text) < LONGEST_TEXT and text.isprintable() and " " not in text


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _read_one(field: Field, cell: Cell, text: str) -> CellReading:
    if not isinstance(cell, str):
        text, warning = _typed_text(field, cell, text)
    else:
        text, warning = _loose_text(field, text)
    value = parse_value(field, canonical_word(field, text))
    pairs = () if value is None else ((field.name, value),)
    return CellReading(pairs=pairs, raw=plain_text(cell), warning=warning)


def _read_parts(fields: Sequence[Field], text: str) -> CellReading:
    parts = [part for part in _SEPARATORS.split(clean_text(text)) if part]
    if len(parts) == 1 and fold_text(parts[0]).endswith(("大学", "学院", "学校")):
        fields = fields[:1]
    if len(parts) != len(fields):
        names = "、".join(entry.name for entry in fields)
        raise DataRejectedError(
            f"「{clean_text(text)[:40]}」分不成 {names}；请用 / 隔开，或分成 {len(fields)} 列"
        )
    values = [(entry.name, parse_value(entry, part)) for entry, part in zip(fields, parts, strict=True)]
    return CellReading(pairs=tuple((name, value) for name, value in values if value is not None), raw=text)


def _typed_text(field: Field, cell: Cell, text: str) -> tuple[str, str]:
    """Text and warning of a cell that is no text: number, date or true/false."""
    if isinstance(cell, bool):
        return text, ""
    if isinstance(cell, (int, float)):
        return _NUMBER_READERS.get(field.kind, _number_as_is)(float(cell), text)
    if isinstance(cell, date):
        return _date_text(field, cell), ""
    raise DataRejectedError(f"单元格是时间（{text}），不是{field.name}；请改成文本重新填写")


def _number_as_is(number: float, text: str) -> tuple[str, str]:
    if abs(number) >= EXACT_DIGITS:
        raise DataRejectedError(
            "单元格是数字格式，15 位以后的数字已被 Excel 改掉；请把该列设为文本后重新填写"
        )
    return text, ""


def _number_as_id(_number: float, _text: str) -> tuple[str, str]:
    raise DataRejectedError(
        "证号是数字格式，末几位已被 Excel 改掉，无法复原；请把该列设为文本后照证件重新填写"
    )


def _number_as_month(number: float, text: str) -> tuple[str, str]:
    if text.endswith(".1"):
        raise DataRejectedError(
            f"「{text}」可能是 1 月，也可能是 10 月（数字格式会丢掉末尾的 0）；请写成 2013-10"
        )
    return _number_as_day(number, text)


def _number_as_day(number: float, text: str) -> tuple[str, str]:
    if number.is_integer() and int(number) in _SERIALS:
        day = (_SERIAL_START + timedelta(days=int(number))).isoformat()
        return day, f"Excel 日期序号 {text} 读作 {day}"
    return text, ""


_NUMBER_READERS: dict[str, Callable[[float, str], tuple[str, str]]] = {
    "id": _number_as_id,
    "month": _number_as_month,
    "date": _number_as_day,
}


def _date_text(field: Field, cell: date) -> str:
    if isinstance(cell, datetime) and cell.time() != time() and field.kind not in {"date", "month"}:
        raise DataRejectedError(f"单元格是日期时间（{cell}），不是{field.name}；请改成文本重新填写")
    day = cell.date() if isinstance(cell, datetime) else cell
    if field.kind not in {"date", "month"}:
        raise DataRejectedError(f"单元格是日期（{day}），多半是 Excel 自动改的；请把该列设为文本后重新填写")
    if day.year in {1899, 1900, 1904, 1905, 1906}:
        raise DataRejectedError(f"单元格是日期 {day}，多半是把年份或数字误设成日期格式；请重新填写")
    return day.isoformat()


def _loose_text(field: Field, text: str) -> tuple[str, str]:
    """Text and warning of a text cell; what other programs leave in it is refused or taken off."""
    if field.kind in {"id", "phone"} or field.name in _NUMBER_TEXTS:
        return (text, "") if text.isdecimal() else _long_number_text(field, text, fold_text(text))
    if field.kind in {"date", "month"}:
        return _day_text(_MIDNIGHT.sub("", text), fold_text(text))
    return text, ""


def _long_number_text(field: Field, text: str, folded: str) -> tuple[str, str]:
    if _SCIENTIFIC.fullmatch(folded):
        raise DataRejectedError(
            f"「{clean_text(text)}」是科学计数法，原来的数字已丢失；请把该列设为文本后重新填写"
        )
    whole = _FLOAT_INTEGER.fullmatch(folded)
    if whole and field.kind != "id" and len(whole[1]) < 16:
        return whole[1], f"「{clean_text(text)}」读作 {whole[1]}" if field.kind == "text" else ""
    return text, ""


def _day_text(text: str, folded: str) -> tuple[str, str]:
    if folded.isdecimal() and len(folded) == 5 and int(folded) in _SERIALS:
        day = _SERIAL_START + timedelta(days=int(folded))
        raise DataRejectedError(f"「{folded}」像是 Excel 日期序号（{day}）；请改写成日期")
    short = _SHORT_YEAR.fullmatch(folded)
    if short:
        raise DataRejectedError(
            f"「{clean_text(text)}」的年份只有两位；请写成四位，如 20{short[1]}-{int(short[2]):02d}"
        )
    return text, ""
