"""The same person or household twice (重复救助): shown for a person to decide, never decided here."""

from typing import Any

from assistcli.book.casebook import Casebook
from assistcli.identity import PERSON_KEYS
from assistcli.model import Case

SAME = {"学号": "同一学生", "身份证号": "同一人", "职工身份证号": "同一户"}
"""What those are who share a key, the surest key first."""


def overlaps(case: Case, book: Casebook) -> list[tuple[str, Case]]:
    """Other cases of the same person or household, under any notice and year, and what they share."""
    found: dict[str, tuple[str, Case]] = {}
    for key, name in PERSON_KEYS.items():
        value = case.value(name)
        for other in book.found(key, str(value)) if value else ():
            if other.id != case.id:
                found.setdefault(other.id, (SAME[name], other))
    return list(found.values())


def overlap_data(case: Case, book: Casebook) -> list[dict[str, Any]]:
    """The overlaps of *case* as JSON."""
    return [
        {"same": words, "case": other.id, "name": other.name, "pack": other.pack, "year": other.year}
        for words, other in overlaps(case, book)
    ]


def overlap_lines(case: Case, book: Casebook) -> list[str]:
    """The overlaps of *case* for the screen."""
    return [
        f"注意（避免重复救助，由人判断）：{words}另有个案 "
        f"{other.name}，{other.pack} {other.year} 年，个案号 {other.id}"
        for words, other in overlaps(case, book)
    ]
