"""``assist show``: everything on record about one case."""

from typing import Any

import typer

from assistcli.casebook import Casebook, open_casebook
from assistcli.commands.options import Command, Json, OneCase, Reveal, new_app
from assistcli.context import user_name
from assistcli.fields import HIDDEN, Field, catalogue
from assistcli.masks import mask_id
from assistcli.model import Case, Fact
from assistcli.output import answer
from assistcli.policy.rules import Pack
from assistcli.records import event_record, recorded
from assistcli.values import format_value

HELP = """查看一个个案：事实、联系记录（最近的在前）、申请、审批步骤。

身份证号等敏感信息默认隐藏；--show-sensitive 显示，并留下查看记录。

例：assist show 10800021
"""

app = new_app()


@app.command(cls=Command, help=HELP)
def show(ctx: typer.Context, case: OneCase, reveal: Reveal = False, as_json: Json = False) -> None:
    """Show one case."""
    book = open_casebook(ctx.obj)
    found = book.case(case, ctx.obj.pack)
    pack = book.pack(found.pack)
    if reveal:
        with book.writing("show --show-sensitive", user_name()) as page:
            page.put_access(found.id, ctx.obj.today)
    answer(as_json, case_data(book, found, pack, reveal=reveal), *_page(book, found, pack, reveal=reveal))


def case_data(book: Casebook, case: Case, pack: Pack, *, reveal: bool) -> dict[str, Any]:
    """One case as the contract's JSON object."""
    return {
        "case": case.id,
        "student_no": case.student_no,
        "name": case.name,
        "pack": case.pack,
        "year": case.year,
        "facts": {
            name: recorded(name, fact.value) if reveal or not _hidden(pack, name) else _veil(pack, name, fact)
            for name, fact in case.facts.items()
        },
        "contacts": [_event_data("contact", contact) for contact in book.contacts(case.id)],
        "claims": [_event_data("claim", claim) for claim in book.claims(case.id)],
        "steps": [_event_data("id", step) for step in book.steps(case.id)],
    }


def _event_data(id_key: str, event: Any) -> dict[str, Any]:
    record = event_record(event)
    record["date"] = record.pop("day")
    return {id_key: event.id} | record


def _field(pack: Pack, name: str) -> Field | None:
    return catalogue().get(name) or pack.fields.get(name)


def _hidden(pack: Pack, name: str) -> bool:
    field = _field(pack, name)
    return field is None or field.sensitivity == HIDDEN


def _veil(pack: Pack, name: str, fact: Fact) -> str:
    field = _field(pack, name)
    return mask_id(str(fact.value)) if field and field.kind == "id" else "***"


def _page(book: Casebook, case: Case, pack: Pack, *, reveal: bool) -> list[str]:
    lines = [
        f"{case.name}　{case.student_no or ''}　个案号 {case.id}",
        f"文件：{pack.title}，年份 {case.year}",
        "",
    ]
    for name, fact in case.facts.items():
        field = _field(pack, name)
        visible = reveal or not _hidden(pack, name)
        shown = (
            (format_value(field, fact.value) if field else str(fact.value))
            if visible
            else _veil(pack, name, fact)
        )
        lines.append(f"  {name}：{shown}　〔{fact.source}，{fact.day}，{fact.by}〕")
    return [*lines, *_events(book, case, pack, reveal=reveal)]


def _events(book: Casebook, case: Case, pack: Pack, *, reveal: bool) -> list[str]:
    lines = ["", "联系记录："]
    for contact in book.contacts(case.id):
        secret = contact.kind in pack.contact.restricted_kinds and not reveal
        text = "（已隐藏）" if secret else contact.text
        appointment = f"　约 {contact.next_date}" if contact.next_date else ""
        lines.append(f"  {contact.day} {contact.channel} {contact.kind} {text}　{contact.by}{appointment}")
    lines += ["", "审批步骤："]
    lines += [
        f"  {step.day} {step.step} {step.result} {step.by} {step.reason}" for step in book.steps(case.id)
    ]
    lines += ["", "资助申请："]
    for claim in book.claims(case.id):
        data = event_record(claim)
        lines.append(f"  {claim.day} {claim.item} {data['asked']} 元 {claim.state}　{claim.id}")
    return lines
