"""What goes into each Word form: records of text by the placeholders of its template (R0-43 … R0-55)."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from assistcli.assessment import Assessor, facts_of
from assistcli.casebook import Casebook
from assistcli.derivation import complete_values
from assistcli.model import Case, Office
from assistcli.money import format_yuan, format_yuan_or_none, parse_yuan
from assistcli.policy.rules import Pack
from assistcli.policy.ruling import APPROVED, PAID
from assistcli.policy.subsidy import Account
from assistcli.policy.verdict import Verdict
from assistcli.reports.statistics import Cell, StatisticsTable
from assistcli.values import format_value
from assistcli.words import VERDICTS

FormRecord = Mapping[str, Any]

PAPER_MODE = "纸质"
SIGNATURE_SPACE = "\n签名："
_COLLEGE = "学院"
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


def person_record(case: Case, pack: Pack, office: Office) -> dict[str, Any]:
    """Every fact of *case* as text by its field name, what follows from them, and the office's own figures.

    Nothing is ticked, signed or dated here: those blocks of a template hold no placeholder.
    """
    values = complete_values(facts_of(case), case.year)
    record: dict[str, Any] = {"填报单位": office.unit, **{n: str(v) for n, v in office.figures.items()}}
    for name, value in values.items():
        field = pack.fields[name]
        record[name] = value if isinstance(value, bool) else format_value(field, value)
    return record | {"编号": case.id}


def college_blank(college: str) -> str:
    """*college* as it fills a blank that is followed by the printed word 学院."""
    return college.removesuffix(_COLLEGE)


def summary_record(table: StatisticsTable) -> FormRecord:
    """附件2: one row per college and the total row."""
    rows = [dict(zip(_SUMMARY_KEYS, map(_text, row), strict=True)) for row in table.rows]
    return {"学院们": rows[:-1], "合计": [rows[-1]], "附注": "；".join(table.notes)}


def detail_records(table: StatisticsTable, mode: str) -> list[tuple[str, FormRecord]]:
    """附件3: one record per college; on paper each helper gets room for a signature (R0-53)."""
    records: list[tuple[str, FormRecord]] = []
    for college, rows in _by_college(table):
        people = [dict(zip(_DETAIL_KEYS, map(_text, row[1:]), strict=True)) for row in rows]
        if mode == PAPER_MODE:
            people = [p | {"结对帮扶者": p["结对帮扶者"] + SIGNATURE_SPACE} for p in people]
        records.append((college, {"学院": college_blank(college), "名单": people}))
    return records


def spending_records(table: StatisticsTable, office: Office, day: str) -> list[tuple[str, FormRecord]]:
    """June spending: one record per college with sums; a sum with an unknown part is unknown."""
    records: list[tuple[str, FormRecord]] = []
    for college, rows in _by_college(table):
        lines = [dict(zip(_SPENDING_KEYS, map(_text, row[1:]), strict=True)) for row in rows]
        sums = {key: _sum(line[key] for line in lines) for key in _SPENDING_KEYS[4:]}
        figures = {name: str(value) for name, value in office.figures.items()}
        record = {"学院": college, "填表日期": day, **figures, "名单": lines, "合计": [sums], "附注": ""}
        records.append((college, record))
    return records


def _by_college(table: StatisticsTable) -> list[tuple[str, list[tuple[Cell, ...]]]]:
    return [(str(college), list(rows)) for college, rows in groupby(table.rows, key=lambda row: row[0])]


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _sum(amounts: Any) -> str:
    known = [text for text in amounts if text]
    return format_yuan(sum(parse_yuan(text) for text in known)) if known else ""


def case_file_record(case: Case, book: Casebook, assessor: Assessor, office: Office, day: str) -> FormRecord:
    """一人一档: facts, standing with reasons, contacts and money of one case.

    Restricted contacts (心理辅导) are left out: they are printed nowhere unless named (R0-42).
    """
    pack = assessor.pack(case)
    facts = [
        {"项目": name, "内容": format_value(pack.fields[name], fact.value)}
        for name, fact in case.facts.items()
        if name in pack.fields
    ]
    contacts = [contact for contact in book.contacts(case.id) if not contact.restricted]
    return {
        "姓名": case.name,
        "编号": case.student_no or case.id,
        "填报单位": office.unit,
        "填表日期": day,
        "基本情况": facts,
        "资格": [_standing(verdict) for verdict in assessor.verdicts(case)],
        "联系记录": [
            {"日期": c.day.isoformat(), "方式": c.channel, "种类": c.kind, "内容": c.text, "经办人": c.by}
            for c in contacts
        ],
        "资助": _money(assessor.account(case, book)),
    }


def _standing(verdict: Verdict) -> dict[str, str]:
    held = [r.condition.citation.quote for r in verdict.reasons if r.holds]
    failed = [r.condition.citation.quote for r in verdict.reasons if r.holds is False]
    basis = "；".join([*(f"符合：{quote}" for quote in held), *(f"不符合：{quote}" for quote in failed)])
    missing = f"；待核实：{'、'.join(verdict.missing)}" if verdict.missing else ""
    return {
        "类别": verdict.benefit.title,
        "结论": VERDICTS[verdict.verdict],
        "条款": verdict.benefit.citation.clause,
        "依据": basis + missing,
    }


def _money(account: Account) -> list[dict[str, str]]:
    return [
        {
            "日期": result.claim.day.isoformat(),
            "项目": result.claim.item,
            "申请金额": format_yuan(result.claim.asked),
            "批准金额": format_yuan_or_none(result.claim.amount_at(APPROVED)) or "",
            "已发放": format_yuan_or_none(result.claim.amount_at(PAID)) or "",
            "条款": result.citation.clause,
        }
        for result in account.claims
    ]
