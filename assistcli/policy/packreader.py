"""From the TOML of a pack to its rules. Every problem is noted with its line; nothing is guessed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistcli.fields import Field, catalogue, read_field
from assistcli.policy.entry import Entry
from assistcli.policy.moneyreader import read_claim, read_claim_state, read_total
from assistcli.policy.reading import Open, Reading
from assistcli.policy.rulereader import RuleReader
from assistcli.policy.rules import (
    Benefit,
    CalendarEvent,
    Citation,
    Condition,
    ContactRule,
    FormRule,
    Pack,
    StepRule,
    SummaryRule,
)
from assistcli.policy.scope import Scope

STATUSES = ("制度", "参考做法")
SUBJECTS = ("student", "household")


def read_pack(top: Entry) -> Pack:
    """The pack that *top* states; problems are noted in its source."""
    head = top.entry("head") or Entry(top.source, {}, "[head]")
    clauses = _read_clauses(top)
    readings = {reading.id: reading for reading in (_read_reading(e) for e in top.entries("reading"))}
    fields = dict(catalogue()) | _read_own_facts(top)
    rules = RuleReader(clauses, readings, Scope(fields=fields))
    shared = _read_shared(rules, top)
    summary = top.entry("summary")
    pack = Pack(
        **_read_head(head),
        clauses=clauses,
        fields=fields,
        readings=readings,
        benefits=tuple(_read_benefit(rules, entry, shared) for entry in top.entries("benefit")),
        claims=tuple(read_claim(rules, entry) for entry in top.entries("claim", "item")),
        total=read_total(rules, top.entry("total")),
        claim_states=tuple(read_claim_state(rules, entry) for entry in top.entries("claim_state", "name")),
        steps=tuple(_read_step(rules, entry) for entry in top.entries("step", "name")),
        papers=dict(_read_paper(rules, entry) for entry in top.entries("paper", "name")),
        contact=_read_contact(rules, top.entry("contact")),
        events=tuple(_read_event(rules, entry) for entry in top.entries("event", "what")),
        forms=tuple(_read_form(rules, entry) for entry in top.entries("form", "name")),
        summary=_read_summary(summary) if summary else None,
    )
    top.finish()
    return pack


def _read_head(head: Entry) -> dict[str, Any]:
    status, subject = head.need("status", str, ""), head.need("subject", str, "")
    if status and status not in STATUSES:
        head.report(f"status 应为 {' 或 '.join(STATUSES)}，不是「{status}」", status)
    if subject and subject not in SUBJECTS:
        head.report(f"subject 应为 {' 或 '.join(SUBJECTS)}，不是「{subject}」", subject)
    for key in ("unit", "sent_to", "basis"):
        head.text(key)
    head.get("copied", date, None)
    read = {
        "id": head.need("id", str, ""),
        "title": head.need("title", str, ""),
        "issuer": head.need("issuer", str, ""),
        "number": head.text("number"),
        "issued": head.get("date", date, None),
        "status": status,
        "subject": subject,
        "notes": head.texts("notes"),
    }
    head.finish()
    return read


def _read_clauses(top: Entry) -> Mapping[str, str]:
    clauses = top.get("clauses", dict, {})
    for name, words in clauses.items():
        if not isinstance(words, str) or not words.strip():
            top.report(f"条款「{name}」没有原文", name)
    return {name: str(words) for name, words in clauses.items()}


def _read_own_facts(top: Entry) -> dict[str, Field]:
    own = {}
    for entry in top.entries("fact", "name"):
        name, kind = entry.need("name", str, ""), entry.need("kind", str, "text")
        if name in catalogue():
            entry.report(f"「{name}」在字段目录里已有，政策包不能重新定义", name)
        own[name] = read_field({"class": "S2", **entry.table, "name": name, "kind": kind})
    return own


def _read_reading(entry: Entry) -> Reading:
    options, plain = entry.need("options", dict, {}), entry.text("plain")
    if plain and plain not in options:
        entry.report(f"{entry.where}：plain「{plain}」不是它的选项", plain)
    reading = Reading(
        id=entry.need("id", str, ""),
        question=entry.need("question", str, ""),
        clause=entry.need("clause", str, ""),
        decides=entry.text("decides"),
        options={option: str(label) for option, label in options.items()},
        plain=plain,
        tables_only=entry.get("tables_only", bool, False),
    )
    entry.finish()
    return reading


def _read_shared(rules: RuleReader, top: Entry) -> dict[str, list[Condition]]:
    groups: dict[str, list[Condition]] = {}
    for entry in top.entries("shared_condition", "group"):
        group = entry.need("group", str, "")
        groups.setdefault(group, []).append(_read_condition(rules, entry))
    return groups


def _read_condition(rules: RuleReader, entry: Entry) -> Condition:
    citation = rules.citation(entry)
    if "reading" in entry.table:
        test = rules.open_part(entry, lambda text: rules.test(entry, str(text)), rules.test(entry, "是"))
    else:
        test = Open.settled(rules.test(entry, entry.need("if", str, "是")))
    entry.finish()
    return Condition(citation=citation, test=test)


def _read_benefit(rules: RuleReader, entry: Entry, shared: Mapping[str, list[Condition]]) -> Benefit:
    group = entry.text("conditions_of")
    if group and group not in shared:
        entry.report(f"{entry.where}：没有名为「{group}」的 [[shared_condition]]", f'"{group}"')
    own = [_read_condition(rules, e) for e in entry.entries("condition", "clause")]
    conditions = (*shared.get(group, ()), *own)
    used = dict.fromkeys(condition.test.reading for condition in conditions if condition.test.reading)
    benefit = Benefit(
        id=entry.need("id", str, ""),
        title=entry.need("title", str, ""),
        citation=rules.citation(entry),
        conditions=conditions,
        readings=tuple(rules.readings[name] for name in used),
    )
    entry.finish()
    return benefit


def _read_step(rules: RuleReader, entry: Entry) -> StepRule:
    step = StepRule(
        name=entry.need("name", str, ""),
        aliases=entry.texts("aliases"),
        by=entry.text("by"),
        citation=rules.citation(entry),
        papers=entry.texts("papers"),
        grants=entry.text("grants"),
    )
    entry.finish()
    return step


def _read_paper(rules: RuleReader, entry: Entry) -> tuple[str, Citation]:
    paper = entry.need("name", str, ""), rules.citation(entry)
    entry.finish()
    return paper


def _read_contact(rules: RuleReader, entry: Entry | None) -> ContactRule:
    if entry is None:
        return ContactRule()
    cadence = entry.entry("cadence")
    contact = ContactRule(
        channels=entry.texts("channels"),
        kinds=entry.texts("kinds"),
        restricted_kinds=frozenset(entry.texts("restricted_kinds")),
        cadence_words=cadence.text("words") if cadence else "",
        cadence_days=cadence.get("days", int, None) if cadence else None,
        citation=rules.citation(cadence) if cadence else None,
    )
    entry.finish()
    return contact


def _read_event(rules: RuleReader, entry: Entry) -> CalendarEvent:
    event = CalendarEvent(
        when=entry.need("when", str, ""),
        what=entry.need("what", str, ""),
        who=entry.text("who"),
        citation=rules.citation(entry),
    )
    entry.finish()
    return event


def _read_form(rules: RuleReader, entry: Entry) -> FormRule:
    form = FormRule(
        name=entry.need("name", str, ""),
        title=entry.need("title", str, ""),
        short=entry.text("short"),
        per=entry.need("per", str, "case"),
        citation=rules.citation(entry),
        application_for=entry.text("application_for"),
        asks=entry.texts("asks"),
    )
    for name in form.asks:
        if name not in rules.scope.fields:
            entry.report(f"{entry.where}：asks 里的「{name}」不是字段", name)
    entry.finish()
    return form


def _read_summary(entry: Entry) -> SummaryRule:
    summary = SummaryRule(
        colleges=entry.texts("colleges"),
        graduates=entry.need("graduates", str, ""),
        first=entry.need("first", str, ""),
        others=entry.texts("others"),
        count_reading=entry.text("count_reading"),
        overlap_reading=entry.text("overlap_reading"),
        ratio_reading=entry.text("ratio_reading"),
        labels=entry.texts("labels"),
    )
    entry.finish()
    return summary
