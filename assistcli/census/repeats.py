"""Who has several cases in the whole store (重复救助): shown for a person to decide, never decided here."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from assistcli.book.casebook import Casebook
from assistcli.book.caserecord import case_head
from assistcli.desk.assessment import Assessor
from assistcli.desk.overlap import SAME
from assistcli.identity import mask_middle
from assistcli.model import Case
from assistcli.money import format_yuan
from assistcli.output import Table
from assistcli.policy.statement import ELIGIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Cases that share one key: of what kind (同一人, 同一户), the key, and the cases in their order."""

    same: str
    key: str
    cases: tuple[Case, ...]


class OverlapCount:
    """How many cases share a key with another one, counted as they pass by; eight bytes for each key."""

    def __init__(self) -> None:
        self._marks = array("q")

    def add(self, case: Case) -> None:
        """Count *case*."""
        self._marks.extend(hash(pair) for pair in _keys_of(case))

    def repeated(self) -> frozenset[int]:
        """The marks of the keys that several cases bear."""
        runs = ((mark, sum(1 for _ in run)) for mark, run in groupby(sorted(self._marks)))
        return frozenset(mark for mark, length in runs if length > 1)

    def line(self) -> list[str]:
        """A line for the end of a list, if there is anything to look at."""
        keys = len(self.repeated())
        told = f"{keys} 处同一人或同一户有几个个案（避免重复救助，由人判断）：assist check --overlaps"
        return [told] if keys else []


def _keys_of(case: Case) -> Iterator[tuple[str, str]]:
    for name in SAME:
        if value := case.text(name):
            yield name, value


def all_overlaps(book: Casebook) -> list[Hit]:
    """Everybody, and every household, with several cases in the store, under any notice and year."""
    count = OverlapCount()
    for case in book.cases():
        count.add(case)
    repeated = count.repeated()
    groups: dict[tuple[str, str], list[Case]] = {}
    for case in book.cases():
        for pair in _keys_of(case):
            if hash(pair) in repeated:
                groups.setdefault(pair, []).append(case)
    return list(_hits(groups))


def _hits(groups: dict[tuple[str, str], list[Case]]) -> Iterator[Hit]:
    """Each group once, by the surest key that all of it share."""
    told: list[set[str]] = []
    for name, words in SAME.items():
        for (of, value), cases in groups.items():
            ids = {case.id for case in cases}
            if of == name and len(ids) > 1 and not any(ids <= known for known in told):
                told.append(ids)
                yield Hit(same=words, key=_shown(name, value), cases=tuple(cases))


def _shown(name: str, value: str) -> str:
    return f"{name} {value if name == '学号' else mask_middle(value, 2, 3)}"


def hits_data(hits: Iterable[Hit], assessor: Assessor, book: Casebook) -> list[dict[str, Any]]:
    """*hits* as JSON: what each case is entitled to, and what it was approved and paid."""
    return [
        {"same": hit.same, "key": hit.key, "cases": [_case_data(case, assessor, book) for case in hit.cases]}
        for hit in hits
    ]


def _case_data(case: Case, assessor: Assessor, book: Casebook) -> dict[str, Any]:
    total = assessor.account(case, book).total
    entitled = [v.benefit.id for v in assessor.verdicts(case) if v.verdict == ELIGIBLE]
    money = {"approved": format_yuan(total.approved), "paid": format_yuan(total.paid)}
    return case_head(case) | {"pack": case.pack, "year": case.year, "entitled": entitled} | money


def hits_page(data: Iterable[dict[str, Any]]) -> list[str | Table]:
    """The same for the screen; nothing is decided here."""
    rows = [
        (
            f"{hit['same']}（{hit['key']}）" if number == 0 else "",
            case["name"],
            case["pack"],
            case["year"],
            "、".join(case["entitled"]) or "—",
            case["approved"],
            case["paid"],
            case["case"],
        )
        for hit in data
        for number, case in enumerate(hit["cases"])
    ]
    if not rows:
        return ["没有同一人或同一户的几个个案"]
    headings = ("相同", "姓名", "文件", "年份", "符合", "批准", "发放", "个案号")
    return [Table(headings, rows), "避免重复救助：是不是重复、由谁承担，由人判断，程序不决定"]
