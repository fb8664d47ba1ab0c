"""Benefits from a pack's TOML: their conditions, shared ones among them, and their amount tables."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from assistcli.policy.amount import is_whole
from assistcli.policy.entry import Entry
from assistcli.policy.practice import Portion
from assistcli.policy.quantity import Quantity
from assistcli.policy.reading import Combination, Open
from assistcli.policy.rulereader import MOST_PATHS, RuleReader
from assistcli.policy.rules import AmountRow, Benefit, Condition

PICKS = ("one", "best", "sum")

Shared = Mapping[str, list[Condition]]


def read_shared(rules: RuleReader, entries: Iterable[Entry]) -> Shared:
    """The conditions of each ``[[shared_condition]]`` group."""
    groups: dict[str, list[Condition]] = {}
    for entry in entries:
        group = entry.need("group", str, "")
        groups.setdefault(group, []).append(_read_condition(rules, entry))
    return groups


def _read_condition(rules: RuleReader, entry: Entry) -> Condition:
    condition = Condition(
        citation=rules.citation(entry), test=rules.condition(entry, "if"), remedy=entry.text("else")
    )
    entry.finish()
    return condition


def read_benefit(rules: RuleReader, entry: Entry, shared: Shared) -> Benefit:
    """One ``[[benefit]]``."""
    group, pick = entry.text("conditions_of"), entry.text("pick", "one")
    if group and group not in shared:
        entry.report(f"{entry.where}：没有名为「{group}」的 [[shared_condition]]", f'"{group}"')
    if pick not in PICKS:
        entry.report(f"{entry.where}：pick 应为 {'、'.join(PICKS)}，不是「{pick}」", pick)
    own = [_read_condition(rules, e) for e in entry.entries("condition", "clause")]
    conditions = (*shared.get(group, ()), *own)
    rows = tuple(_read_row(rules, e) for e in entry.entries("amount", "when"))
    portions = tuple(_read_portion(rules, e) for e in entry.entries("portion", "name"))
    benefit = Benefit(
        id=entry.need("id", str, ""),
        title=entry.need("title", str, ""),
        citation=rules.citation(entry),
        conditions=conditions,
        readings=tuple(rules.readings[name] for name in _readings(conditions, rows)),
        amounts=rows,
        pick=pick,
        note=entry.text("note"),
        papers=entry.texts("papers"),
        portions=portions,
    )
    if portions and not is_whole(portions):
        entry.report(f"{entry.where}：各次 portion 的 share 加起来应恰为一", "portion")
    if not conditions:
        entry.report(f'{entry.where} 没有任何条件；写成 if = "是" 才是人人都有', benefit.id)
    _demand_few_paths(entry, benefit)
    entry.finish()
    return benefit


def _read_portion(rules: RuleReader, entry: Entry) -> Portion:
    portion = Portion(
        name=entry.need("name", str, ""),
        share=entry.share("share"),
        against=entry.text("against"),
        citation=rules.citation(entry),
    )
    entry.finish()
    return portion


def _readings(conditions: Iterable[Condition], rows: Iterable[AmountRow]) -> dict[str, None]:
    used: dict[str, None] = {}
    for condition in conditions:
        used |= dict.fromkeys(condition.test.readings)
    for row in rows:
        for part in (row.when, row.least, row.most):
            used |= dict.fromkeys(part.readings if part else ())
    return used


def _demand_few_paths(entry: Entry, benefit: Benefit) -> None:
    paths = 1
    for reading in benefit.readings:
        paths *= len(reading.options)
    if paths > MOST_PATHS:
        entry.report(f"{entry.where} 的口径组合过多（{paths} 种，最多 {MOST_PATHS} 种）", benefit.id)


def _read_row(rules: RuleReader, entry: Entry) -> AmountRow:
    fixed = entry.text("yuan") or entry.text("is")
    if fixed and ("most" in entry.table or "least" in entry.table):
        entry.report(f"{entry.where}：yuan（定额）不能与 most（不超过）、least（不低于）同用", "most")
    least, most = fixed or entry.text("least"), fixed or entry.text("most")
    if _is_number(least) and _is_number(most) and Decimal(least) > Decimal(most):
        entry.report(f"{entry.where}：least（不低于 {least}）大于 most（不超过 {most}）", "least")
    marks = [rules.value_marks(text) for text in (least, most) if text]
    row = AmountRow(
        citation=rules.citation(entry),
        when=rules.condition(entry, "when", "是"),
        least=_amount(rules, entry, least),
        most=_amount(rules, entry, most),
        text=_words(fixed, least, most),
        payer=entry.text("payer"),
        facts=frozenset().union(*(mark.facts for mark in marks)),
        marks=tuple(mark for test in marks for mark in test.marks),
    )
    entry.finish()
    return row


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", text))


def _amount(rules: RuleReader, entry: Entry, text: str) -> Open[Quantity] | None:
    if not text:
        return None

    def build(text: str, combination: Combination) -> Quantity:
        return rules.quantity(entry, text, combination)

    return rules.opened(entry, Open.settled(text), build)


def _words(fixed: str, least: str, most: str) -> str:
    """The amount in words, as the row states it."""
    if fixed:
        return fixed
    parts = [f"不低于 {least}"] * bool(least) + [f"不超过 {most}"] * bool(most)
    return "、".join(parts) or "文件未规定金额"
