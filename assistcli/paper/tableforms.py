"""What goes into the forms over many cases: rows by the placeholders of a template (R0-48 … R0-55)."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from assistcli.model import Office
from assistcli.money import format_yuan, parse_yuan
from assistcli.paper.paperwork import FormRecord, office_fields
from assistcli.reports.opening import Cell
from assistcli.reports.statistics import StatisticsTable

PAPER_MODE, ELECTRONIC_MODE = "纸质", "电子"
SIGN = "签名："
_COLLEGE, _ALLOWED = "学院", "核定金额"
_SUMMARY_KEYS = ("学院", "毕业生数", "A", "B1", "B2", "B3", "B4", "B5", "小计", "合计人数", "合计比例")
_DETAIL_KEYS = (
    "序号",
    "姓名",
    "性别",
    "班级",
    "手机号码",
    "帮扶类型",
    "贫困生等级",
    "结对帮扶者",
    "最终单位落实情况",
)
_SPENDING_KEYS = ("序号", "学号", "姓名", "项目", "申请金额", "核定金额", "批准金额", "已发放", "余额")


def college_blank(college: str) -> str:
    """*college* as it fills a blank that is followed by the printed word 学院."""
    return college.removesuffix(_COLLEGE)


def summary_record(table: StatisticsTable, office: Office) -> FormRecord:
    """附件2: one row per college and the total row."""
    rows = [dict(zip(_SUMMARY_KEYS, map(_text, row), strict=True)) for row in table.rows]
    notes = "；".join(table.notes)
    return {**office_fields(office), "学院们": rows[:-1], "合计": [rows[-1]], "附注": notes}


def detail_records(table: StatisticsTable, office: Office, mode: str) -> list[tuple[str, FormRecord]]:
    """附件3: one record per college; on paper each helper gets room for a signature (R0-53)."""
    records: list[tuple[str, FormRecord]] = []
    for college, rows in _by_college(table):
        people = [dict(zip(_DETAIL_KEYS, map(_text, row[1:]), strict=True)) for row in rows]
        if mode == PAPER_MODE:
            people = [p | {"结对帮扶者": f"{p['结对帮扶者']} {SIGN}".lstrip()} for p in people]
        records.append((college, {**office_fields(office), "学院": college_blank(college), "名单": people}))
    return records


def spending_records(table: StatisticsTable, office: Office, day: str) -> list[tuple[str, FormRecord]]:
    """June spending: one record per college with sums; where 核定 is unknown for one, so is its sum."""
    records: list[tuple[str, FormRecord]] = []
    for college, rows in _by_college(table):
        lines = [dict(zip(_SPENDING_KEYS, map(_text, row[1:]), strict=True)) for row in rows]
        sums = {key: _sum([line[key] for line in lines]) for key in _SPENDING_KEYS[4:]}
        if not all(line[_ALLOWED] for line in lines):
            sums[_ALLOWED] = ""
        head = {**office_fields(office), "学院": college, "填表日期": day}
        records.append((college, {**head, "名单": lines, "合计": [sums], "附注": "；".join(table.notes)}))
    return records


def number_record(table: StatisticsTable, office: Office, year: int) -> FormRecord:
    """A table of one number a row: 数量1, 数量2 … by the row."""
    numbers = {f"数量{place}": _text(row[-1]) for place, row in enumerate(table.rows, 1)}
    return {**office_fields(office), "年度": str(year), **numbers, "附注": "；".join(table.notes)}


def roster_record(people: Sequence[Mapping[str, Any]], office: Office, year: int) -> FormRecord:
    """A list of people for a template of the office's own: 名单 with every field of each person."""
    rows = [{**person, "序号": str(place)} for place, person in enumerate(people, 1)]
    return {**office_fields(office), "年度": str(year), "人数": str(len(rows)), "名单": rows}


def _by_college(table: StatisticsTable) -> list[tuple[str, list[tuple[Cell, ...]]]]:
    return [(str(college), list(rows)) for college, rows in groupby(table.rows, key=lambda row: row[0])]


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _sum(amounts: Sequence[str]) -> str:
    """Sum of *amounts*; a blank one is money that was not approved or paid yet."""
    known = [text for text in amounts if text]
    return format_yuan(sum(parse_yuan(text) for text in known)) if known else ""
