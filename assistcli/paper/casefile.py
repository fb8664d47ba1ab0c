"""一人一档: everything on record about one person, and what the notice says should be there and is not."""

from assistcli.book.casebook import Casebook
from assistcli.derivation import complete_values, facts_of
from assistcli.desk.assessment import Assessor
from assistcli.desk.deeds import Deed, contact_words, deeds_of
from assistcli.fields import HIDDEN
from assistcli.masks import veil_value
from assistcli.model import Case, Contact, Office
from assistcli.money import format_yuan, format_yuan_or_none
from assistcli.paper.paperwork import FormRecord, person_record
from assistcli.paper.stationery import CASE_FILE, form_rules
from assistcli.policy.rules import Pack
from assistcli.policy.ruling import APPROVED, PAID
from assistcli.policy.subsidy import Account
from assistcli.policy.verdict import Verdict
from assistcli.sheets.reasonwords import unmet_conditions
from assistcli.words import VERDICTS

NOT_RECORDED = "（未登记）"


def case_file_record(
    case: Case, book: Casebook, assessor: Assessor, office: Office, day: str, *, reveal: bool = False
) -> FormRecord:
    """Facts, standing with reasons, contacts, money and what was done for one case.

    No notice asks for secret facts here, so its lists hide them unless *reveal* (REQUIREMENTS 7.6).
    Restricted contacts (心理辅导) are left out: they are printed nowhere unless named (R0-42).
    """
    pack = assessor.pack(case)
    facts = [
        {"项目": name, "内容": veil_value(pack.fields[name], fact.value, reveal=reveal)}
        for name, fact in case.facts.items()
        if name in pack.fields
    ]
    facts += [{"项目": name, "内容": NOT_RECORDED} for name in _lacking(case, pack)]
    titles = {form.name: form.short for form in form_rules(pack)}
    contacts = [contact for contact in book.contacts(case.id) if not contact.restricted]
    return {
        **person_record(case, pack, office, book.claims(case.id)),
        "姓名": case.name,
        "编号": case.call_name,
        "填表日期": day,
        "基本情况": facts,
        "资格": [_standing(verdict, case, assessor, reveal=reveal) for verdict in assessor.verdicts(case)],
        "联系记录": [_talk(contact) for contact in contacts],
        "资助": _money(assessor.account(case, book)),
        "办理": [_deed(deed) for deed in deeds_of(book, case, titles)],
    }


def _talk(contact: Contact) -> dict[str, str]:
    return {
        "日期": contact.day.isoformat(),
        "方式": contact.channel,
        "种类": contact.kind,
        "内容": contact_words(contact),
        "经办人": contact.by,
    }


def _deed(deed: Deed) -> dict[str, str]:
    return {"日期": deed.day.isoformat(), "事项": deed.kind, "内容": deed.words, "经办人": deed.by}


def _lacking(case: Case, pack: Pack) -> list[str]:
    """What the notice says that 一人一档 holds and nobody recorded (R3-21)."""
    known = complete_values(facts_of(case), case.year)
    asked = [name for form in pack.forms if form.name == CASE_FILE for name in form.asks]
    return [name for name in asked if name not in known]


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
