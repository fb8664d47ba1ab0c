"""``assist show``: everything on record about one case. Loads no notice: it only shows what was recorded."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

import typer

from assistcli.admission.disagreement import kept_words, undecided_lines
from assistcli.book.casebook import Casebook, open_casebook
from assistcli.book.caserecord import case_head, case_label
from assistcli.book.records import event_data, event_record, recorded
from assistcli.commands.options import Command, Json, OneCase, Reveal, new_app
from assistcli.desk.deeds import casework_of, contact_words, join_words
from assistcli.fields import HIDDEN, catalogue
from assistcli.followup.hands import other_steps_by_same, states_of_one_hand
from assistcli.masks import mask_id
from assistcli.model import HOUSEHOLD, Case, Claim, Fact, Filing, Step
from assistcli.output import answer
from assistcli.values import format_value

HELP = """查看一个个案：事实、联系记录（最近的在前）、申请、审批步骤。

身份证号等敏感信息默认隐藏；--show-sensitive 显示，并留下查看记录。

例：assist show 10800021
"""
VEIL = "***"
CONFIDED = ("text", "topics", "result", "evidence")
"""What was said in a contact: hidden where its kind is restricted (R0-42)."""

if TYPE_CHECKING:
    from assistcli.schools.proposal import Proposal

app = new_app()


@app.command(cls=Command, help=HELP)
def show(ctx: typer.Context, case: OneCase, reveal: Reveal = False, as_json: Json = False) -> None:
    """Show one case."""
    book = open_casebook(ctx.obj)
    found = book.case(case, ctx.obj.pack)
    if reveal:
        book.note_looks("show", [found.id])
    if as_json:
        answer(as_json, _case_data(book, found, reveal=reveal))
    else:
        answer(as_json, None, *_page(book, found, reveal=reveal))


def _case_data(book: Casebook, case: Case, *, reveal: bool) -> dict[str, Any]:
    """One case as the contract's JSON object; what is hidden shows its mask instead."""
    steps = book.steps(case.id)
    return {
        **case_head(case),
        "pack": case.pack,
        "year": case.year,
        "facts": {
            name: _veiled(name, fact) if _hidden(name) and not reveal else recorded(name, fact.value)
            for name, fact in case.facts.items()
        },
        "proposals": [p.record() for p in _proposals(case)],
        "contacts": [_veiled_data("contact", contact, reveal) for contact in book.contacts(case.id)],
        "claims": [_veiled_data("claim", claim, reveal) for claim in book.claims(case.id)],
        "steps": [
            _veiled_data("id", step, reveal) | {"same_hand": other_steps_by_same(steps, step)}
            for step in steps
        ],
        "filings": [_veiled_data("id", filing, reveal) for filing in book.events(Filing, case.id)],
    }


def _veiled_data(id_key: str, event: Any, reveal: bool) -> dict[str, Any]:
    data = event_data(id_key, event)
    if not data.get("restricted") or reveal:
        return data
    return data | {name: [VEIL] if name == "topics" else VEIL for name in CONFIDED if name in data}


def _hidden(name: str) -> bool:
    """Whether fact *name* is secret; a pack's own fact counts as one, since no class is known here."""
    field = catalogue().get(name)
    return field is None or field.sensitivity == HIDDEN


def _veiled(name: str, fact: Fact) -> str:
    field = catalogue().get(name)
    return mask_id(str(fact.value)) if field and field.kind == "id" else VEIL


def _page(book: Casebook, case: Case, *, reveal: bool) -> list[str]:
    lines = [f"{case_label(case)}　{case.pack} {case.year}　个案号 {case.id}"]
    by_origin = groupby(case.facts.items(), key=lambda item: _origin(item[1]))
    for origin, facts in by_origin:
        lines.append(f"\n来源：{origin}")
        lines += [f"  {name}：{_shown(name, fact, reveal)}" for name, fact in facts]
    lines += _proposal_lines(case)
    lines += _section("几个来源说法不同", undecided_lines(case, reveal=reveal))
    lines += _section("另有说法（已定，留作备查）", kept_words(case, reveal=reveal))
    return [*lines, *_events(book, case, reveal=reveal), *_casework(book, case)]


def _section(title: str, entries: list[str]) -> list[str]:
    return [f"\n{title}：", *(f"  {entry}" for entry in entries)] if entries else []


def _proposals(case: Case) -> "list[Proposal]":
    """What the school lists propose for facts that are not recorded; only a union's case has such facts."""
    if case.subject != HOUSEHOLD:
        return []
    from assistcli.schools.proposal import case_proposals  # reads the lists where a school is recorded

    return case_proposals(case)


def _proposal_lines(case: Case) -> list[str]:
    proposals = _proposals(case)
    if not proposals:
        return []
    from assistcli.schools.proposal import proposal_line  # loaded by now

    return ["", proposal_line(proposals, case.call_name)]


def _casework(book: Casebook, case: Case) -> list[str]:
    """Outcomes, helpers, plans and recommendations as they were recorded; what is empty is left out."""
    return [
        line
        for title, deeds in groupby(casework_of(book, case), key=lambda deed: deed.kind)
        for line in (f"\n{title}：", *(f"  {deed.day} {deed.words}" for deed in deeds))
    ]


def _step_line(step: Step, same: list[str]) -> str:
    """One step; marked where the same person took others of the case."""
    mark = f"（与{'、'.join(same)}同一经办人）" if same else ""
    return join_words(step.day, step.step, step.result, step.by + mark, step.reason)


def _claim_mark(claim: Claim) -> str:
    """That one person brought *claim* to more than one state, as who checked and approved it."""
    same = [f"{'、'.join(states)}同一经办人" for states in states_of_one_hand(claim)]
    return f"（{'，'.join(same)}）" if same else ""


def _origin(fact: Fact) -> str:
    return f"{fact.source}，{fact.day}，{fact.by}"


def _shown(name: str, fact: Fact, reveal: bool) -> str:
    if _hidden(name) and not reveal:
        return _veiled(name, fact)
    field = catalogue().get(name)
    return format_value(field, fact.value) if field else str(fact.value)


def _events(book: Casebook, case: Case, *, reveal: bool) -> list[str]:
    lines = ["\n联系记录："]
    for contact in book.contacts(case.id):
        said = VEIL if contact.restricted and not reveal else contact_words(contact)
        appointment = f"　约 {contact.next_date}" if contact.next_date else ""
        lines.append(f"  {contact.day} {contact.channel} {contact.kind} {said}　{contact.by}{appointment}")
    lines += ["\n审批步骤："]
    steps = book.steps(case.id)
    lines += [f"  {_step_line(step, other_steps_by_same(steps, step))}" for step in steps]
    lines += ["\n资助申请："]
    for claim in book.claims(case.id):
        asked = event_record(claim)["asked"]
        lines.append(f"  {claim.day} {claim.item} {asked} 元 {claim.state}{_claim_mark(claim)}　{claim.id}")
    return lines
