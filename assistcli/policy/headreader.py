"""What a pack says about its notice before any rule: head, clauses, damaged passages, readings, facts."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any

from assistcli.fields import Field, catalogue, read_field
from assistcli.policy.citation import Damage
from assistcli.policy.entry import MOST_ENTRIES, Entry, repeated
from assistcli.policy.expression import is_one_word
from assistcli.policy.reading import OpenQuestion, Reading
from assistcli.policy.scope import BUILT_IN

MOST_OPTIONS = 12
CLASSES = ("S1", "S2", "S3")
STATUSES = ("制度", "参考做法")
SUBJECTS = ("student", "household")
KINDS = ("text", "yesno", "choice", "money", "count", "year", "month", "date", "phone", "id")


def read_head(head: Entry) -> dict[str, Any]:
    """The members of the pack that ``[head]`` gives."""
    id: str = head.need("id", str, "")
    if id and not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", id):
        head.report("id 只能用小写字母、数字和连字符，如 yinchuan-2018", "id")
    status, subject = head.need("status", str, ""), head.need("subject", str, "")
    if status and status not in STATUSES:
        head.report(f"status 应为 {' 或 '.join(STATUSES)}，不是「{status}」", status)
    if subject and subject not in SUBJECTS:
        head.report(f"subject 应为 {' 或 '.join(SUBJECTS)}，不是「{subject}」", subject)
    issued, copied = head.get("date", date, None), head.get("copied", date, None)
    if issued and copied and copied < issued:
        head.report(f"copied（抄录日期 {copied}）早于 date（发文日期 {issued}）", str(copied))
    read = {
        "id": id,
        "title": head.need("title", str, ""),
        "issuer": head.need("issuer", str, ""),
        "number": head.text("number"),
        "issued": issued,
        "status": status,
        "subject": subject,
        "notes": head.texts("notes"),
        "unit": head.text("unit"),
        "sent_to": head.text("sent_to"),
        "basis": head.text("basis"),
        "damage": "、".join(head.texts("damage")),
        "source": head.text("source"),
        "may_change": head.texts("may_change"),
    }
    head.finish()
    return read


def read_clauses(top: Entry) -> Mapping[str, str]:
    """Clause (条款) → its words, verbatim."""
    clauses = top.get("clauses", dict, {})
    for name, words in clauses.items():
        if not isinstance(words, str) or not words.strip():
            top.report(f"条款「{name}」没有原文", name)
    if len(clauses) > MOST_ENTRIES:
        top.report(f"[clauses] 过多（{len(clauses)} 条，最多 {MOST_ENTRIES} 条）", "[clauses]")
    return {name: str(words) for name, words in clauses.items()}


def read_own_facts(top: Entry) -> dict[str, Field]:
    """The facts that only this pack knows."""
    taken = {name for field in catalogue().values() for name in (field.name, *field.aliases)}
    own = {}
    for entry in top.entries("fact", "name"):
        field = _read_own_fact(entry)
        for alias in (alias for alias in field.aliases if alias in taken):
            entry.report(f"{entry.where}：别名「{alias}」已是字段目录里的名称，导入时分不清", f'"{alias}"')
        own[field.name] = field
        entry.finish()
    return own


def _read_own_fact(entry: Entry) -> Field:
    name, kind = entry.need("name", str, ""), entry.need("kind", str, "text")
    if not is_one_word(name) or name in BUILT_IN:
        entry.report(f"{entry.where}：名称「{name[:20]}」应是一个词，也不能是运算词")
    if name in catalogue():
        entry.report(f"「{name}」在字段目录里已有，政策包不能重新定义", name)
    if kind not in KINDS:
        entry.report(f"{entry.where}：kind 应为 {'、'.join(KINDS)}，不是「{kind}」", kind)
        kind = "text"
    choices, question = entry.texts("choices"), entry.text("question")
    if (kind == "choice") != bool(choices):
        entry.report(f"{entry.where}：kind 为 choice 的字段要有 choices，别的字段不能有", name)
    for choice in repeated(choices):
        entry.report(f"{entry.where}：choices 里「{choice}」写了两次", f'"{choice}"')
    secrecy = entry.text("class", "S2")
    if secrecy not in CLASSES:
        entry.report(f"{entry.where}：class 应为 {'、'.join(CLASSES)}，不是「{secrecy}」", "class")
    aliases, least = entry.texts("aliases"), entry.get("least", int, 0)
    table = {"choices": choices, "question": question, "aliases": aliases, "least": least}
    return read_field({"class": secrecy, "name": name, "kind": kind, **table})


def read_reading(entry: Entry) -> Reading:
    """One ``[[reading]]``: an unclear clause and the ways to read it."""
    options, plain = entry.need("options", dict, {}), entry.text("plain")
    if len(options) > MOST_OPTIONS:
        entry.report(f"{entry.where}：口径的选项过多（{len(options)} 个，最多 {MOST_OPTIONS} 个）")
        options = dict(islice(options.items(), MOST_OPTIONS))
    if len(options) < 2:
        entry.report(f"{entry.where}：口径至少要有两个选项，现有 {len(options)} 个", entry.text("id"))
    for label in repeated(map(str, options.values())):
        entry.report(f"{entry.where}：两个选项都写成「{label}」，没有人分得清", f'"{label}"')
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


def read_damage(entry: Entry) -> Damage:
    """One ``[[damaged]]`` passage; a blank ``read`` says that nobody can tell."""
    damage = Damage(
        id=entry.need("id", str, ""),
        where=entry.need("where", str, ""),
        found=entry.need("found", str, ""),
        read=entry.text("read"),
        basis=entry.need("basis", str, ""),
        sure=entry.need("sure", str, ""),
    )
    entry.finish()
    return damage


def read_question(entry: Entry) -> OpenQuestion:
    """One ``[[question]]``: an unclear clause that people must settle, not the program."""
    question = OpenQuestion(
        id=entry.need("id", str, ""),
        question=entry.need("question", str, ""),
        clause=entry.need("clause", str, ""),
        decides=entry.text("decides"),
        options=entry.texts("options"),
    )
    entry.finish()
    return question
