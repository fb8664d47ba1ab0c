"""Values as a form prints them: cleaned, escaped, ticked, dated, in capitals. Nothing here raises."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

YES = frozenset({"是", "有", "对", "√", "☑", "1", "y", "yes", "true"})
CHECKED, UNCHECKED = "☑", "□"

_SPECIAL = re.compile("[&<>\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_ISO_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_ISO_MONTH = re.compile(r"(\d{4})[-/.年](0?[1-9]|1[0-2])月?")
_XML_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_XML_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def plain_text(value: object) -> str:
    """Text of *value* without characters that no form can hold; nothing for None, 是/否 for a bool."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    text = value if isinstance(value, str) else str(value)
    if _SPECIAL.search(text) is None:
        return text
    return _ILLEGAL.sub("", _BREAKS.sub("\n", text))


def xml_text(text: str) -> str:
    """Markup of plain *text* inside a ``w:t``: escaped, newlines as ``w:br``, tabs as ``w:tab``."""
    if _SPECIAL.search(text) is None:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", _XML_BREAK).replace("\t", _XML_TAB)


def is_yes(value: object) -> bool:
    """Whether *value* plainly says yes; unknown does not."""
    return value is True or (isinstance(value, str) and value.strip().lower() in YES)


def box_text(value: object) -> str:
    """☑ for yes, □ for no and for unknown: an unknown box is left for a person to tick."""
    return CHECKED if is_yes(value) else UNCHECKED


def date_text(value: object) -> str:
    """*value* as 2026年11月21日, a month as 2026年11月; what is neither is printed as it came."""
    day = _calendar_day(value)
    if day:
        return f"{day.year}年{day.month}月{day.day}日"
    text = plain_text(value)
    month = _ISO_MONTH.fullmatch(text.strip())
    return f"{month[1]}年{int(month[2])}月" if month else text


def inked_date(value: object) -> str:
    """*value* as 2026年11月21日; when blank, the room and the words for a date in ink."""
    return date_text(value) or "　　　　年　　月　　日"


def inked_day(value: object) -> str:
    """Month and day of *value* as 11月21日; when blank, the room and the words for them in ink."""
    day = _calendar_day(value)
    return (plain_text(value) or "　　月　　日") if day is None else f"{day.month}月{day.day}日"


def _calendar_day(value: object) -> date | None:
    found = _ISO_DATE.fullmatch(plain_text(value).strip())
    try:
        return None if found is None else date(*map(int, found.groups()))
    except ValueError:
        return None


def capital_amount(value: object) -> str:
    """*value* in yuan as 人民币伍佰元整; what is no amount in whole fen is printed as it came."""
    text = plain_text(value)
    fen = _fen(text)
    if fen is None:
        return text
    yuan, jiao, cents = fen // 100, fen // 10 % 10, fen % 10
    whole = _capital_integer(yuan) + "元" if yuan or not fen else ""
    if not jiao and not cents:
        return f"人民币{whole}整"
    tail = (_DIGITS[jiao] + "角") if jiao else ("零" if yuan else "")
    return f"人民币{whole}{tail}" + (f"{_DIGITS[cents]}分" if cents else "整")


def _fen(text: str) -> int | None:
    try:
        amount = Decimal(text.strip().removesuffix("元").replace(",", "").replace("，", "")) * 100
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount < 10**18:
        return None
    return int(amount)


def _capital_integer(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    groups: list[str] = []
    gap = False
    for place in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10 ** (4 * place) % 10_000
        if group == 0:
            gap = bool(groups)
            continue
        zero = _DIGITS[0] if groups and (gap or group < 1000) else ""
        groups.append(zero + _capital_group(group) + _GROUPS[place])
        gap = False
    return "".join(groups)


def _capital_group(group: int) -> str:
    words = ""
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and not words.endswith(_DIGITS[0]):
            words += _DIGITS[0]
    return words.rstrip(_DIGITS[0])
