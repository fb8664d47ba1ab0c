"""From the TOML of a pack to its rules. Every problem is noted with its line; nothing is guessed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import prod
from typing import Any

from assistcli.fields import catalogue
from assistcli.policy.benefitreader import read_benefit, read_shared
from assistcli.policy.entry import Entry, repeated
from assistcli.policy.example import read_example
from assistcli.policy.figurereader import MOST_FIGURES, read_formulas, read_parameters
from assistcli.policy.headreader import (
    read_clauses,
    read_damage,
    read_head,
    read_own_facts,
    read_question,
    read_reading,
)
from assistcli.policy.moneyreader import read_aid, read_claim, read_claim_state, read_total
from assistcli.policy.practice import DUTIES
from assistcli.policy.practicereader import (
    read_cadence,
    read_contact,
    read_demand,
    read_event,
    read_form,
    read_indicator,
    read_quota,
    read_role,
    read_step,
    read_summary,
    read_target,
    read_words,
)
from assistcli.policy.reading import OpenQuestion, Reading
from assistcli.policy.rulereader import MOST_PATHS, RuleReader
from assistcli.policy.rules import Pack, readings_of_claims
from assistcli.policy.scope import BUILT_IN, Scope
from assistcli.policy.selection import Selection

OFFICE = "office"


def _read_selection(rules: RuleReader, entry: Entry) -> Selection:
    from assistcli.policy.selectionreader import read_selection  # few notices set places

    return read_selection(rules, entry)


LISTS: Mapping[str, tuple[str, str, Callable[[RuleReader, Entry], Any]]] = {
    "claims": ("claim", "item", read_claim),
    "claim_states": ("claim_state", "name", read_claim_state),
    "steps": ("step", "name", read_step),
    "events": ("event", "what", read_event),
    "cadences": ("cadence", "name", read_cadence),
    "quotas": ("quota", "kind", read_quota),
    "selections": ("selection", "benefit", _read_selection),
    "roles": ("role", "name", read_role),
    "targets": ("target", "name", read_target),
    "indicators": ("indicator", "name", read_indicator),
    "aids": ("aid", "name", read_aid),
    "words": ("words", "kind", read_words),
    "forms": ("form", "name", read_form),
}
"""Member of a pack → the array of tables that states it, what each of these is known by, and its reader."""


def read_pack(top: Entry) -> Pack:
    """The pack that *top* states; problems are noted in its source."""
    head = top.entry("head") or Entry(top.source, {}, "[head]")
    damaged = tuple(read_damage(entry) for entry in top.entries("damaged"))
    listed = [read_reading(entry) for entry in top.entries("reading")]
    readings = {reading.id: reading for reading in reversed(listed)}
    _demand_unique(top, "口径", [reading.id for reading in listed])
    scope = Scope(fields={**catalogue(), **read_own_facts(top), **BUILT_IN})
    rules = RuleReader(read_clauses(top), readings, scope, damaged)
    parameters = read_parameters(rules, top.entries("parameter", "name", MOST_FIGURES))
    formulas = read_formulas(rules, top.entries("formula", "name", MOST_FIGURES))
    shared = read_shared(rules, top.entries("shared_condition", "group"))
    summary = top.entry("summary")
    pack = Pack(
        **read_head(head),
        clauses=rules.clauses,
        fields=scope.fields,
        readings=readings,
        damaged=damaged,
        questions=tuple(read_question(entry) for entry in top.entries("question")),
        parameters=parameters,
        formulas=formulas,
        benefits=tuple(read_benefit(rules, entry, shared) for entry in top.entries("benefit")),
        **_listed(rules, top),
        total=read_total(rules, top.entry("total")),
        papers=dict(read_demand(rules, entry) for entry in top.entries("paper", "name")),
        duties=dict(read_demand(rules, entry) for entry in top.entries("duty", "name")),
        contact=read_contact(rules, top.entry("contact")),
        summary=read_summary(summary) if summary else None,
        examples=tuple(read_example(entry) for entry in top.entries("example", "title")),
    )
    demand_consistent(top, pack)
    _demand_sense(top, pack)
    top.finish()
    return pack


def _listed(rules: RuleReader, top: Entry) -> dict[str, Any]:
    return {
        member: tuple(read(rules, entry) for entry in top.entries(array, known_by))
        for member, (array, known_by, read) in LISTS.items()
    }


def demand_consistent(top: Entry, pack: Pack) -> None:
    """Note where parts of *pack* name others that it does not have."""
    benefits = [benefit.id for benefit in pack.benefits]
    named: list[tuple[str, Iterable[str], Iterable[str]]] = [
        ("资格", benefits, [option for item in pack.claims for option in item.benefit.under.values()]),
        ("资格", benefits, [step.grants for step in pack.steps]),
        ("资格", benefits, [form.application_for for form in pack.forms]),
        ("资格", benefits, [selection.benefit for selection in pack.selections]),
        ("材料", pack.papers, [paper for benefit in pack.benefits for paper in benefit.papers]),
        ("材料", pack.papers, [paper for step in pack.steps for paper in step.papers]),
        ("材料", pack.papers, [paper for state in pack.claim_states for paper in state.needs_papers]),
        ("字段", pack.fields, pack.may_change),
        ("待办", DUTIES, pack.duties),
    ]
    for what, known, used in named:
        for name in used:
            if name and name not in known:
                top.report(f"没有名为「{name}」的{what}", f'"{name}"')
    _demand_known_clauses(top, pack)
    _demand_portions(top, pack)
    _demand_few_readings(top, pack)
    _demand_unique(top, "资格", benefits)
    kinds = [kind for item in pack.claims for kind in item.kinds]
    kinds += [name for aid in pack.aids for name in (aid.name, *aid.aliases)]
    _demand_unique(top, "资助项目", kinds)
    _demand_unique(top, "步骤", [name for step in pack.steps for name in (step.name, *step.aliases)])


def _demand_portions(top: Entry, pack: Pack) -> None:
    portions = {(benefit.id, portion.name) for benefit in pack.benefits for portion in benefit.portions}
    for item in pack.claims:
        for benefit in item.benefit.under.values():
            if item.portion and (benefit, item.portion) not in portions:
                message = f"[[claim]] {item.item}：资格「{benefit}」没有名为「{item.portion}」的分次"
                top.report(f"{message} [[benefit.portion]]", f'"{item.portion}"')


def _demand_known_clauses(top: Entry, pack: Pack) -> None:
    unclear_clauses: list[Reading | OpenQuestion] = [*pack.readings.values(), *pack.questions]
    for unclear in unclear_clauses:
        if unclear.clause not in pack.clauses:
            top.report(f"口径 {unclear.id} 引用的条款「{unclear.clause}」不在 [clauses] 里", unclear.id)
    for name in pack.facts_needed():
        if pack.subject not in pack.fields[name].of:
            top.report(f"「{name}」不是这类个案（{pack.subject}）的字段，没有人会填它", name)


def _demand_few_readings(top: Entry, pack: Pack) -> None:
    names = readings_of_claims(pack.claims) | set(pack.total.yearly.readings if pack.total else ())
    paths = prod(len(pack.readings[name].options) for name in names)
    if paths > MOST_PATHS:
        top.report(f"资助项目的口径组合过多（{paths} 种，最多 {MOST_PATHS} 种）", "[[claim]]")


def _demand_unique(top: Entry, what: str, names: list[str]) -> None:
    for name in repeated(names):
        top.report(f"{what}「{name}」重复", f'"{name}"')


def _demand_sense(top: Entry, pack: Pack) -> None:
    """Note what *pack* names twice, and what its forms and its table ask that no such case has."""
    _demand_single(top, pack)
    for form in pack.forms:
        for name in form.asks:
            if name in pack.fields and pack.subject not in pack.fields[name].of:
                told = f"「{name}」不是这类个案（{pack.subject}）的字段，没有人会填它"
                top.report(f"[[form]] {form.name}：{told}", f'"{name}"')
    _demand_known_columns(top, pack)
    _demand_known_benefits(top, pack)


def _demand_known_benefits(top: Entry, pack: Pack) -> None:
    benefits = [benefit.id for benefit in pack.benefits]
    for example in pack.examples:
        tables = (example.verdicts, example.amounts, example.missing, example.ranges, example.payers)
        for name in dict.fromkeys(name for table in tables for name in table if name not in benefits):
            hint = top.source.hint(name, benefits)
            top.report(f"例「{example.title}」：没有名为「{name}」的资格{hint}", example.title)


def _demand_single(top: Entry, pack: Pack) -> None:
    papers, duties = (
        [entry.get("name", "") for entry in top.table.get(key, ()) if isinstance(entry, dict)]
        for key in ("paper", "duty")
    )
    named: list[tuple[str, Sequence[object]]] = [
        ("口径", [*pack.readings, *(question.id for question in pack.questions)]),
        ("残损", [damage.id for damage in pack.damaged]),
        ("表格", [form.name for form in pack.forms]),
        ("材料", [name for name in papers if isinstance(name, str)]),
        ("待办", [name for name in duties if isinstance(name, str)]),
        ("服务次数", [quota.kind for quota in pack.quotas]),
        ("周期", [cadence.name for cadence in pack.cadences]),
        ("例", [example.title for example in pack.examples]),
    ]
    for what, names in named:
        for name in repeated(names):
            top.report(f"{what}「{name}」重复", f'"{name}"')
    for name in repeated(step.grants for step in pack.steps if step.grants):
        top.report(f"资格「{name}」由两个步骤授予；只有最后一步写 grants", "grants")


def _demand_known_columns(top: Entry, pack: Pack) -> None:
    if pack.summary is None:
        return
    benefits, figure = [benefit.id for benefit in pack.benefits], pack.summary.graduates
    for name in (pack.summary.first, *pack.summary.others):
        if name and name not in benefits:
            top.report(f"[summary]：没有名为「{name}」的资格{top.source.hint(name, benefits)}", f'"{name}"')
    offices = [field.name for field in catalogue().values() if OFFICE in field.of]
    if figure not in offices:
        hint = top.source.hint(figure, offices)
        top.report(f"[summary]：graduates「{figure}」不是单位的数据{hint}", "graduates")
