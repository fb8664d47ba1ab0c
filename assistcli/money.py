"""Amounts of money: integer fen (分) inside the program, yuan (元) with two decimals in text."""

import re
import unicodedata
from typing import TYPE_CHECKING

from assistcli.errors import DataRejectedError

if TYPE_CHECKING:
    from decimal import Decimal  # its module is slow to load, and text in yuan needs none of it

MOST_DIGITS = 13


def parse_yuan(text: "str | int | Decimal") -> int:
    """Amount in fen that *text* states in yuan; more than two decimals are refused, never rounded.

    Raises:
        DataRejectedError: *text* is no amount, has part of a fen, or has more than thirteen digits before it.
    """
    plain = unicodedata.normalize("NFKC", str(text)).strip().replace(",", "")
    plain = plain.removesuffix("元").removeprefix("¥")
    match = re.fullmatch(r"(-?)0*(\d+)(?:\.(\d+))?", plain, re.ASCII)
    if not match:
        raise DataRejectedError(f"「{text}」不是金额；请写成 237 或 237.50（元）")
    sign, whole, part = match[1], match[2], (match[3] or "").rstrip("0")
    if len(whole) > MOST_DIGITS:
        raise DataRejectedError(f"「{text}」超出可处理的金额")
    if len(part) > 2:
        raise DataRejectedError(f"「{text}」精确到分以下；金额最多两位小数，请核对原始凭证")
    return int(f"{sign}{whole}{part:0<2}")


def positive_fen(text: str) -> int:
    """The amount above zero that *text* states in yuan, in fen.

    Raises:
        DataRejectedError: it states none.
    """
    fen = parse_yuan(text)
    if fen <= 0:
        raise DataRejectedError(f"金额「{text}」应大于 0")
    return fen


def format_yuan(fen: int) -> str:
    """*fen* as yuan with exactly two decimals: 23700 → ``237.00``."""
    sign, rest = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{rest // 100}.{rest % 100:02d}"


def format_yuan_or_none(fen: int | None) -> str | None:
    """As ``format_yuan``; unknown stays unknown."""
    return None if fen is None else format_yuan(fen)


def floor_to_fen(fen: int, parts: int = 1) -> str:
    """*fen* ÷ *parts* as yuan, cut to two decimals, never rounded up: 839.99972 prints ``839.99…``.

    The ``…`` says that digits were cut off. A negative amount is cut away from zero: never up either.
    """
    whole, rest = divmod(fen, parts)
    return format_yuan(whole) + ("…" if rest else "")
