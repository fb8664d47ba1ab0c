"""What goes into the forms about one case: text by the placeholders of its template (R0-43 …, R2-21 …)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from assistcli.derivation import complete_values, facts_of
from assistcli.model import Case, Claim, Office
from assistcli.money import format_yuan, format_yuan_or_none
from assistcli.policy.rules import Pack
from assistcli.policy.ruling import APPROVED, PAID
from assistcli.policy.subsidy import Account, ClaimResult
from assistcli.values import Value, format_value

FormRecord = Mapping[str, Any]

CASE_KEY = "个案号"  # goes unseen with the form, and finds the case again when it comes back
ON_FILE, FILE_KIND = "在档", "档案类别"
AIDED, AID, AID_DAY = "本单位资助", "助学资金", "发放日期"


def office_fields(office: Office) -> dict[str, Any]:
    """The office's name and its own figures, which every form may print."""
    return {"填报单位": office.unit, **{name: str(value) for name, value in office.figures.items()}}


def person_record(case: Case, pack: Pack, office: Office, claims: Sequence[Claim] = ()) -> dict[str, Any]:
    """Every fact of *case* as text by its field name, what follows from them, and the office's own figures.

    Nothing is signed, sealed or dated here: those blocks of a template hold no placeholder. A box named after
    a choice (困难农民工) is ticked where that choice was recorded; money only where its payment is (R2-24).
    """
    values = complete_values(facts_of(case), case.year)
    record = office_fields(office) | _choice_boxes(values, pack)
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
