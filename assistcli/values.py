"""Text to typed values and back, one place for prompts, ``--set``, spreadsheets and forms.

In memory a value is ``bool`` (yesno), ``int`` (money in fen, count, year) or ``str`` (the rest: a date as
``YYYY-MM-DD``, a month as ``YYYY-MM``). In records and JSON money is text in yuan with two decimals.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from assistcli.errors import DataRejectedError
from assistcli.fields import Field, guess_name
from assistcli.identity import check_id_number
from assistcli.money import format_yuan, parse_yuan

Value = bool | int | str

UNKNOWN_WORDS = frozenset({"", "不详", "未知", "不清楚", "待核实", "-", "—", "/", "无法核实"})
YES_WORDS = frozenset(
    {"是", "有", "√", "✓", "✔", "✔\ufe0f", "☑", "☑\ufe0f", "1", "Y", "YES", "对", "TRUE", "T"}
)
NO_WORDS = frozenset({"否", "无", "×", "✗", "✘", "☒", "0", "N", "NO", "错", "FALSE", "F", "不是", "没有"})

LONGEST_UNKNOWN = max(map(len, UNKNOWN_WORDS))

# Patterns are compiled on first use by ``re`` itself: compiling all of them costs every start 4 ms.
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]"
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_DOTS = rf"(?<={_HAN})\s*[·•・.．‧᛫∙⋅]\s*(?={_HAN})"
_HAN_GAP = rf"(?<={_HAN})\s+(?={_HAN})"
_DATE = r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?"
_COMPACT_DATE = r"(\d{4})(\d{2})(\d{2})"
_MONTH = r"(\d{4})(?:[-./年](\d{1,2})月?|(\d{2}))(?:[-./]?\d{1,2}日?)?"
_PHONE = r"(?:\+?86)?(1\d{10}|0\d{2,3}\d{7,8}|\d{7,8})"


def clean_text(text: str) -> str:
    """*text* without control and direction characters, outer blanks, and with U+00A0 as a blank."""
    if text.isprintable():  # nothing to take out: the case of nearly every cell of a file
        return text.strip()
    return re.sub(_CONTROL, "", text.replace("\u00a0", " ").replace("\t", " ")).strip()


def listed_words(text: str) -> list[str]:
    """The words of *text* between commas, Chinese (，、) or Western, blanks dropped."""
    return [word.strip() for word in re.split("[,，、]", text) if word.strip()]


def squeeze(text: str) -> str:
    """*text* without blanks: 理 学 院 is 理学院."""
    return "".join(text.split())


def fold_text(text: str) -> str:
    """*text* for comparing only: full-width folded to half-width (NFKC), all blanks gone, upper case."""
    shown = clean_text(text)
    if shown.isalnum() and shown.isascii():
        return shown.upper()
    folded = shown if shown.isascii() else unicodedata.normalize("NFKC", shown)
    return squeeze(folded).upper()


def parse_value(field: Field, text: str) -> Value | None:
    """The value that *text* states for *field*; ``None`` where it says nothing.

    Raises:
        DataRejectedError: *text* does not fit the field; the message says what would.
    """
    shown = clean_text(text)
    if field.kind == "text" and len(shown) > LONGEST_UNKNOWN and len(shown.split()) == 1:
        return _parse_text(field, shown, shown)  # no word for unknown is so long, nor is it folded
    folded = fold_text(text)
    if folded in UNKNOWN_WORDS and not (field.kind == "choice" and shown in field.choices):
        return None
    return _PARSERS[field.kind](field, shown, folded)


def record_value(field: Field, value: Value) -> Value:
    """*value* as it stands in records and JSON: money as text in yuan, all else unchanged."""
    return format_yuan(int(value)) if field.kind == "money" else value


def value_of_record(field: Field, recorded: Value) -> Value:
    """The value in memory of what ``record_value`` wrote."""
    return _fen_of_record(str(recorded)) if field.kind == "money" else recorded


@lru_cache(maxsize=4096)
def _fen_of_record(text: str) -> int:
    """Fen of an amount as it stands in records: ten thousand cases hold few different amounts."""
    return parse_yuan(text)


def format_value(field: Field, value: Value | None) -> str:
    """*value* as Chinese text for the screen and for Word; unknown is blank."""
    return "" if value is None else usual_text(record_value(field, value))


def usual_text(value: Value) -> str:
    """The text from which *value*, as it stands in records, is usually read."""
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def parse_date(text: str) -> date:
    """The day that *text* names: 2013-05-06, 2013.5.6, 2013年5月6日 or 20130506.

    Raises:
        DataRejectedError: it names no day.
    """
    folded = fold_text(text)
    match = re.fullmatch(_DATE, folded) or re.fullmatch(_COMPACT_DATE, folded)
    try:
        if match:
            year, month, day = (int(part) for part in match.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise DataRejectedError(f"「{clean_text(text)}」不是日期；请写成 2013-05-06")


def parse_date_or_none(text: str) -> date | None:
    """The day that *text* names; ``None`` where it is blank.

    Raises:
        DataRejectedError: it names no day.
    """
    return parse_date(text) if text else None


def iso_or_none(day: date | None) -> str | None:
    """*day* as JSON has it."""
    return day.isoformat() if day else None


def _parse_text(field: Field, shown: str, _folded: str) -> str:
    if len(shown) > 10_000:
        raise DataRejectedError(f"文字过长（{len(shown)} 字，最多 10000 字）")
    if field.code:
        return _parse_code(shown)
    return plain_name(shown) if field.name.endswith("姓名") else shown


def _parse_code(shown: str) -> str:
    """A number that names somebody (学号): full-width letters are the plain ones; 1.08E+07 is damage."""
    if shown.isalnum() and shown.isascii() and len(shown) <= 40:
        return shown
    code = squeeze(unicodedata.normalize("NFKC", shown))
    if re.fullmatch(r"\d(\.\d+)?[Ee]\+\d+", code, re.ASCII):
        raise DataRejectedError(f"「{shown}」被表格软件改成了科学计数，末位已丢失；请按原始名单重填")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", code):
        raise DataRejectedError(f"「{shown}」应只有字母和数字，如 10800001")
    return code


def plain_name(name: str) -> str:
    """A person's name with the one middle dot · of all those in use and no blanks between Chinese letters.

    Lists space two-character names out to the width of three, and no two programs type the same dot.
    """
    if name.isalpha():  # neither a dot nor a blank: nearly every name, and the patterns take 3 ms to compile
        return name
    return " ".join(re.sub(_HAN_GAP, "", re.sub(_DOTS, "·", name)).split())


def _parse_yesno(_field: Field, shown: str, folded: str) -> bool:
    if folded in YES_WORDS:
        return True
    if folded in NO_WORDS:
        return False
    raise DataRejectedError(
        f"「{shown}」不是是非答案；请填 是 或 否（也可 有/无、√、1/0、Y/N），不清楚就留空"
    )


def _parse_choice(field: Field, shown: str, folded: str) -> str:
    for choice in field.choices:
        if fold_text(choice) == folded:
            return choice
    if folded in field.words:
        return field.words[folded]
    hint = guess_name(shown, field.choices)
    raise DataRejectedError(f"「{shown}」不在可选项内：{'、'.join(field.choices)}{hint}")


def _parse_money(_field: Field, _shown: str, folded: str) -> int:
    fen = parse_yuan(folded.removesuffix("元"))
    if fen < 0:
        raise DataRejectedError(f"「{folded}」是负数；金额不能小于 0")
    return fen


def _parse_count(field: Field, shown: str, folded: str) -> int:
    digits = re.sub(r"(\.0)?[人个天日口]?$", "", folded)
    if not digits.isdecimal() or len(digits) > 9:
        raise DataRejectedError(f"「{shown}」不是整数")
    if int(digits) < field.least:
        raise DataRejectedError(f"「{shown}」太小；至少是 {field.least}")
    return int(digits)


def _parse_year(_field: Field, shown: str, folded: str) -> int:
    digits = re.sub(r"(\.0)?[年届]?$", "", folded)
    if len(digits) == 4 and digits.isdecimal() and 1900 <= int(digits) <= 2999:
        return int(digits)
    raise DataRejectedError(f"「{shown}」不是年份；请写成四位数字，如 2013")


def _parse_month(_field: Field, shown: str, folded: str) -> str:
    match = re.fullmatch(_MONTH, folded)
    if match and 1 <= int(match[2] or match[3]) <= 12:
        return f"{match[1]}-{int(match[2] or match[3]):02d}"
    raise DataRejectedError(f"「{shown}」不是年月；请写成 1991-02")


def _parse_date(_field: Field, shown: str, _folded: str) -> str:
    return parse_date(shown).isoformat()


def _parse_phone(_field: Field, shown: str, folded: str) -> str:
    if len(folded) == 11 and folded.isdecimal() and folded.isascii() and folded[0] == "1":
        return folded
    match = re.fullmatch(_PHONE, re.sub(r"[-()]", "", folded).removesuffix(".0"))
    if not match:
        raise DataRejectedError(f"「{shown}」不是电话号码；手机是 1 开头的 11 位数字")
    return match[1]


def _parse_id(_field: Field, _shown: str, folded: str) -> str:
    return check_id_number(folded)


_PARSERS: dict[str, Callable[[Field, str, str], Value]] = {
    "text": _parse_text,
    "yesno": _parse_yesno,
    "choice": _parse_choice,
    "money": _parse_money,
    "count": _parse_count,
    "year": _parse_year,
    "month": _parse_month,
    "date": _parse_date,
    "phone": _parse_phone,
    "id": _parse_id,
}
