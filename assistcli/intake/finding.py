"""The case that a row is about, by its keys; what speaks against it is noted in the row.

The rules of CONTRACT.md: 学号, else 身份证号, else rejected; a household child by 身份证号, where missing by
职工身份证号 + 姓名. The same 学号 with another 身份证号, or the reverse, is an error, never an update.
"""

from collections.abc import Sequence
from typing import Protocol

from assistcli.intake.judgement import row_key
from assistcli.intake.rows import ParsedRow
from assistcli.masks import mask_id
from assistcli.model import Case

STUDENT_NO = "学号"
ID_NUMBER = "身份证号"
WORKER_ID = "职工身份证号"


class CaseLookup(Protocol):
    """What matching needs of a store: the cases of this notice and year that bear a key."""

    def by_student_no(self, number: str) -> Sequence[Case]:
        """Cases whose 学号 is *number*."""
        ...

    def by_id_number(self, number: str) -> Sequence[Case]:
        """Cases whose 身份证号 is *number*."""
        ...

    def by_case(self, id: str) -> Sequence[Case]:
        """The case *id*, if it is one of these."""
        ...

    def by_worker(self, worker_id: str, name: str) -> Sequence[Case]:
        """Cases of the child *name* of the worker with *worker_id*."""
        ...


def find_student(row: ParsedRow, lookup: CaseLookup) -> Case | None:
    """The student of *row* by 学号, else by 身份证号; ``None`` if there is no such case yet."""
    number, own = row.values.get(STUDENT_NO), row.values.get(ID_NUMBER)
    by_number = _only(row, STUDENT_NO, lookup.by_student_no(str(number)) if number else ())
    by_id = _only(row, ID_NUMBER, lookup.by_id_number(str(own)) if own else ())
    for case in (by_number, by_id):
        if case is not None:
            _compare_keys(row, case, (STUDENT_NO, ID_NUMBER))
    if by_number and by_id and by_number.id != by_id.id:
        row.refuse(ID_NUMBER, "学号和身份证号分别是库里两个人的；请核对")
    return by_number or by_id


def find_household(row: ParsedRow, lookup: CaseLookup) -> Case | None:
    """The child of *row* by 身份证号, where that is missing by the worker's and the name; ``None`` if new."""
    own, worker, name = (row.values.get(field) for field in (ID_NUMBER, WORKER_ID, "姓名"))
    found = _only(row, ID_NUMBER, lookup.by_id_number(str(own)) if own else ())
    if found is None and worker and name:
        found = _only(row, WORKER_ID, lookup.by_worker(str(worker), str(name)))
    if found is not None:
        _compare_keys(row, found, (ID_NUMBER, STUDENT_NO))
    return found


def find_printed(row: ParsedRow, found: Case | None, lookup: CaseLookup, subject: str) -> Case | None:
    """The case of a form that holds the case id it was printed with; what a person wrote goes before it.

    A form is passed on and filled in by somebody else: so the id alone never names the case.
    """
    printed = next(iter(lookup.by_case(row.case)), None)
    is_same = printed is not None and row.values.get("姓名") == printed.name
    if found is not None or printed is None or not is_same:
        if found is None and not row_key(row, subject):
            row.refuse(STUDENT_NO, "表上没有学号和身份证号，姓名也不是打印时的那个人，认不出是谁；请补上一样")
        elif found is not None and printed is not None and found.id != printed.id:
            row.doubt(STUDENT_NO, f"这张表是给 {printed.name} 打印的，写的是 {found.name}；按写的读")
        return found
    if row_key(row, subject):
        number = f"（{printed.student_no}）" if printed.student_no else ""
        row.refuse(
            STUDENT_NO,
            f"这张表是给 {printed.name}{number} 打印的，写的号码库里没有；写错了请改正，"
            "另一个人请用空白表（assist form 表名 --blank）",
        )
    return printed


def _only(row: ParsedRow, field: str, cases: Sequence[Case]) -> Case | None:
    if len(cases) > 1:
        row.refuse(field, f"库里有 {len(cases)} 个个案的{field}相同，不知改哪一个；请先用 assist doctor 检查")
    return cases[0] if cases else None


def _compare_keys(row: ParsedRow, case: Case, keys: Sequence[str]) -> None:
    """Refuse a row whose other key contradicts the case found: one of the two numbers is wrong."""
    for name in keys:
        given, known = row.values.get(name), case.value(name)
        if given is None or known is None or given == known:
            continue
        shown = mask_id(str(known)) if name == ID_NUMBER else str(known)
        message = f"与库里同一人（{case.name}）的{name} {shown} 不同；请核对，库里的错了就用 assist edit 改"
        if all(error.message != message for error in row.errors):
            row.refuse(name, message)
