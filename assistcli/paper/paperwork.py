"""What goes into the forms about one case: text by the placeholders of its template (R0-43 …, R2-21 …)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from assistcli.book.casebook import Casebook
from assistcli.derivation import complete_values, facts_of
from assistcli.desk.assessment import Assessor
from assistcli.fields import HIDDEN
from assistcli.masks import veil_value
from assistcli.model import Case, Claim, Office
from assistcli.money import format_yuan, format_yuan_or_none
from assistcli.policy.rules import Pack
from assistcli.policy.ruling import APPROVED, PAID
from assistcli.policy.subsidy import Account, ClaimResult
from assistcli.policy.verdict import Verdict
from assistcli.sheets.reasonwords import unmet_conditions
from assistcli.values import Value, format_value
from assistcli.words import VERDICTS

FormRecord = Mapping[str, Any]

CASE_KEY = "个案号"  # goes unseen with the form, and finds the case again when it comes back
ON_FILE, FILE_KIND = "在档", "档案类别"
AIDED, AID, AID_DAY = "本单位资助", "助学资金", "发放日期"


def office_record(office: Office) -> dict[str, Any]:
    """The office's name and its own figures, which every form may print."""
    return {"填报单位": office.unit, **{name: str(value) for name, value in office.figures.items()}}


def person_record(case: Case, pack: Pack, office: Office, claims: Sequence[Claim] = ()) -> dict[str, Any]:
    """Every fact of *case* as text by its field name, what follows from them, and the office's own figures.

    Nothing is signed, sealed or dated here: those blocks of a template hold no placeholder. A box named after
    a choice (困难农民工) is ticked where that choice was recorded; money only where its payment is (R2-24).
    """
    values = complete_values(facts_of(case), case.year)
    record = office_record(office) | _choice_boxes(values, pack)
    for name, value in values.items():
        record[name] = value if isinstance(value, bool) else format_value(pack.fields[name], value)
    record |= _file_boxes(values)
    for name in (AIDED, AID, AID_DAY):
        record.pop(name, None)
    return record | _payment(values, claims, pack) | {"编号": case.id, CASE_KEY: case.id}


def box_words(pack: Pack) -> dict[str, str]:
    """Choice → its field, for each choice that can name a box: no other field offers it or is called so."""
    offers = Counter(choice for field in pack.fields.values() for choice in field.choices)
    return {
        choice: field.name
        for field in pack.fields.values()
        for choice in field.choices
        if offers[choice] == 1 and choice not in pack.fields
    }


def _choice_boxes(values: Mapping[str, Value], pack: Pack) -> dict[str, bool]:
    return {choice: True for choice, name in box_words(pack).items() if values.get(name) == choice}


def _file_boxes(values: Mapping[str, Value]) -> dict[str, Any]:
    """困难职工档案内□ 其中□ (R2-23): a kind of file says that there is one; no file, no kind."""
    kind = str(values.get(FILE_KIND, ""))
    if values.get(ON_FILE) is False:
        return {kind: False} if kind else {}
    return {ON_FILE: True} if kind else {}


def _payment(values: Mapping[str, Value], claims: Sequence[Claim], pack: Pack) -> dict[str, Any]:
    """本单位资助, its sum and day: from what was paid, else from an amount and a day both recorded."""
    paid = [(claim.amount_at(PAID) or 0, claim.stages[-1].day) for claim in claims if claim.state == PAID]
    if paid:
        days = {day for _, day in paid}
        day = days.pop().isoformat() if len(days) == 1 else ""
        return {AIDED: True, AID: format_yuan(sum(fen for fen, _ in paid)), AID_DAY: day}
    if values.get(AIDED) is False or AID not in values or AID_DAY not in values:
        return {}
    return {AIDED: True, **{name: format_value(pack.fields[name], values[name]) for name in (AID, AID_DAY)}}


def claim_records(case: Case, account: Account, pack: Pack, office: Office) -> list[dict[str, Any]]:
    """资助申领单: one record for each claim of *case*."""
    person = person_record(case, pack, office)
    return [person | _claim(result) for result in account.claims]


def _claim(result: ClaimResult) -> dict[str, str]:
    claim = result.claim
    return {
        "编号": claim.id,
        "项目": claim.item,
        "发生日期": claim.spent.isoformat() if claim.spent else "",
        "票据号": claim.receipt,
        "证书号": claim.certificate,
        "申请金额": format_yuan(claim.asked),
        "核定金额": format_yuan_or_none(result.allowed) or "",
        "批准金额": format_yuan_or_none(claim.amount_at(APPROVED)) or "",
        "条款": result.citation.in_full,
    }


def case_file_record(
    case: Case, book: Casebook, assessor: Assessor, office: Office, day: str, *, reveal: bool = False
) -> FormRecord:
    """一人一档: facts, standing with reasons, contacts and money of one case.

    No notice asks for secret facts here, so its lists hide them unless *reveal* (REQUIREMENTS 7.6).
    Restricted contacts (心理辅导) are left out: they are printed nowhere unless named (R0-42).
    """
    pack = assessor.pack(case)
    facts = [
        {"项目": name, "内容": veil_value(pack.fields[name], fact.value, reveal=reveal)}
        for name, fact in case.facts.items()
        if name in pack.fields
    ]
    contacts = [contact for contact in book.contacts(case.id) if not contact.restricted]
    return {
        **person_record(case, pack, office, book.claims(case.id)),
        "姓名": case.name,
        "编号": case.call_name,
        "填表日期": day,
        "基本情况": facts,
        "资格": [_standing(verdict, case, assessor, reveal=reveal) for verdict in assessor.verdicts(case)],
        "联系记录": [
            {"日期": c.day.isoformat(), "方式": c.channel, "种类": c.kind, "内容": c.text, "经办人": c.by}
            for c in contacts
        ],
        "资助": _money(assessor.account(case, book)),
    }


def has_secrets(case: Case, pack: Pack) -> bool:
    """Whether 一人一档 of *case* hides a fact unless it is asked to reveal it."""
    return any(pack.fields[name].sensitivity == HIDDEN for name in case.facts if name in pack.fields)


def _standing(verdict: Verdict, case: Case, assessor: Assessor, *, reveal: bool) -> dict[str, str]:
    held = [f"已满足：{r.condition.citation.quote}" for r in verdict.reasons if r.holds]
    basis = "；".join([*held, *unmet_conditions(verdict.reasons, assessor.pack(case), reveal=reveal)])
    missing = f"；待核实：{'、'.join(verdict.missing)}" if verdict.missing else ""
    unsettled = f"；未定口径：{'、'.join(d.reading for d in verdict.depends)}" if verdict.depends else ""
    adopted = assessor.stamps(case, {reading.id for reading in verdict.benefit.readings})
    readings = f"；口径：{'；'.join(adopted)}" if adopted else ""
    return {
        "类别": verdict.benefit.title,
        "结论": VERDICTS[verdict.verdict],
        "条款": verdict.benefit.citation.clause,
        "依据": (basis + missing + unsettled + readings).removeprefix("；"),
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
