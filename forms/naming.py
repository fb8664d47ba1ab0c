"""File names that every system takes, never outside the folder, never over an older file by accident."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

MAX_BYTES = 255  # of a name on Linux and macOS: 85 Chinese characters

_FORBIDDEN = re.compile(r'[<>:"/\\|?*%]')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
_SPARE = 8  # bytes kept for “(999)”


def file_name(*parts: str, suffix: str = ".docx") -> str:
    """A safe name of *parts* joined by “_”, as in 学号_姓名_表名.docx; the last part is kept whole."""
    words = [clean_part(part) for part in parts]
    kept = [word for word in words if word] or ["未命名"]
    room = MAX_BYTES - len(suffix.encode()) - _SPARE
    return _shorten(kept, room) + suffix


def clean_part(part: str) -> str:
    """*part* without anything that a file name may not hold or that misleads the eye."""
    text = unicodedata.normalize("NFC", part)
    text = "".join(_visible(character) for character in text)
    text = _FORBIDDEN.sub("-", text)
    text = re.sub(r"\.{2,}", ".", re.sub(r"\s+", " ", text)).strip(" .-~")
    device = text.partition(".")[0].strip().lower() in _DEVICES
    return f"_{text}" if device else text


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zl", "Zp"):
        return " "
    return "" if category in ("Cc", "Cf", "Cs", "Co") or character in "\ufffe\uffff" else character


def _shorten(words: list[str], room: int) -> str:
    *front, last = words
    last = _cut_bytes(last, room)
    if not front:
        return last
    head = _cut_bytes("_".join(front), room - len(last.encode()) - 1)
    return f"{head}_{last}" if head else last


def _cut_bytes(text: str, room: int) -> str:
    return text.encode()[: max(room, 0)].decode(errors="ignore").rstrip(" .")


def numbered_names(name: str) -> Iterator[str]:
    """*name*, then the same with (2), (3) … before its ending, for as long as it is asked."""
    stem, dot, suffix = name.rpartition(".")
    yield name
    for number in count(2):
        yield f"{stem}({number}){dot}{suffix}"


def fold_name(name: str) -> str:
    """*name* as Windows and macOS compare it with others."""
    return name.lower() if name.isascii() else unicodedata.normalize("NFKC", name).casefold()
