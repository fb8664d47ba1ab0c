"""Taking a case in and changing it: one way for questions, ``--set``, JSON and imports."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assistcli.book.casebook import Reader, new_case_id
from assistcli.derivation import contradictions, facts_of
from assistcli.errors import DataRejectedError, UsageError
from assistcli.fields import Field, guess_name
from assistcli.identity import PERSON_KEYS
from assistcli.intake.codes import canonical_word
from assistcli.model import HOUSEHOLD, Case, Fact
from assistcli.policy.rules import Pack
from assistcli.values import parse_value

Answers = Mapping[str, str]
"""Field names (or their aliases) with the text of the answer; blank text says nothing."""

_JSON_WORDS = {True: "是", False: "否", None: ""}


def plain_answers(flat: Mapping[str, Any]) -> dict[str, str]:
    """The members of a JSON object as text answers: true is 是, null is blank.

    Raises:
        DataRejectedError: a member is a list or an object.
    """
    for name, value in flat.items():
        if isinstance(value, list | dict):
            raise DataRejectedError(f"「{name}」应是文字、数字、true/false 或 null")
    return {n: _JSON_WORDS[v] if v is None or isinstance(v, bool) else str(v) for n, v in flat.items()}


def case_fields(pack: Pack) -> dict[str, Field]:
    """Every name that a fact of a case under *pack* goes by, aliases included, with its field."""
    named: dict[str, Field] = {}
    for field in pack.fields.values():
        if pack.subject in field.of:
            for name in field.names_for(pack.subject):
                named.setdefault(name, field)
    return named


def field_named(name: str, packs: Iterable[Pack]) -> str:
    """The name of the field that *name*, its own or an alias, means under every one of *packs*.

    Raises:
        UsageError: it means none, or not the same under all of them.
    """
    known = [case_fields(pack) for pack in packs]
    found = {fields[name].name for fields in known if name in fields}
    if len(found) > 1:
        raise UsageError(f"「{name}」在几个文件里不是同一项：{'、'.join(sorted(found))}；请写其中一个")
    if not found:
        hint = guess_name(name, {other for fields in known for other in fields})
        raise UsageError(f"没有「{name}」这个字段{hint}")
    return found.pop()


def read_facts(answers: Answers, pack: Pack, *, source: str, by: str, day: date) -> dict[str, Fact | None]:
    """Facts that *answers* state, by field name; ``None`` where an answer is blank.

    Raises:
        DataRejectedError: unknown fields or answers that do not fit, all of them named.
    """
    known, facts, problems = case_fields(pack), {}, []
    for name, text in answers.items():
        field = known.get(name)
        if field is None:
            problems.append(f"没有「{name}」这个字段{guess_name(name, known)}")
            continue
        try:
            value = parse_value(field, canonical_word(field, text))
        except DataRejectedError as error:
            problems.append(f"{field.name}：{error}")
            continue
        facts[field.name] = (
            None if value is None else Fact(value=value, raw=text, source=source, day=day, by=by)
        )
    if problems:
        raise DataRejectedError("\n".join(problems))
    return facts


def new_case(facts: Mapping[str, Fact | None], pack: Pack, year: int, day: date) -> Case:
    """A new case under *pack*, opened on *day*, with the known ones of *facts*.

    Raises:
        DataRejectedError: it cannot be told from others (no key), or answers contradict each other.
    """
    case = Case(
        id=new_case_id(),
        pack=pack.id,
        year=year,
        subject=pack.subject,
        opened=day,
        facts={name: fact for name, fact in facts.items() if fact is not None},
    )
    demand_sound(case)
    return case


def amended(case: Case, facts: Mapping[str, Fact | None]) -> Case:
    """*case* with *facts* changed; a ``None`` takes the fact out, and what sources said on it.

    A changed fact is the office's own word: it settles what sources said before.

    Raises:
        DataRejectedError: it would lose its key, or answers contradict each other.
    """
    merged = {name: fact for name, fact in {**case.facts, **facts}.items() if fact is not None}
    statements = {
        name: (*said, fact) if (fact := facts.get(name)) else said
        for name, said in case.statements.items()
        if name not in facts or facts[name] is not None
    }
    changed = replace(case, facts=merged, statements=statements)
    demand_sound(changed)
    return changed


def demand_sound(case: Case) -> None:
    """Let a case pass that has a name, a key, and no contradicting answers.

    Raises:
        DataRejectedError: with everything that is wrong.
    """
    problems = [] if case.name else ["缺姓名"]
    if not _has_key(case):
        key = "身份证号（或职工身份证号）" if case.subject == HOUSEHOLD else "学号（或身份证号）"
        problems.append(f"缺{key}，无法与他人区分")
    for name, source in contradictions(facts_of(case), case.year):
        problems.append(f"{name}与{source}矛盾；请核对")
    if problems:
        raise DataRejectedError("\n".join(problems))


def _has_key(case: Case) -> bool:
    if case.subject == HOUSEHOLD:
        return bool(case.value("身份证号") or case.value("职工身份证号"))
    return bool(case.value("学号") or case.value("身份证号"))


def demand_unique(case: Case, source: Reader) -> None:
    """Let a case pass whose key nobody else has under the same notice and year.

    Raises:
        DataRejectedError: somebody has it; the message says who and how to change that case instead.
    """
    for key, name in PERSON_KEYS.items():
        value = case.value(name)
        others = source.found(key, str(value), case.pack) if value else []
        for other in others:
            if name == "职工身份证号" and other.name != case.name:
                continue  # brothers and sisters
            if other.id != case.id and other.year == case.year:
                whose = f"{other.name}（{other.call_name}）"
                raise DataRejectedError(f"{name}已登记给 {whose}。修改请用：assist edit {other.id}")
