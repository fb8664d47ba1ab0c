"""Places (名额) from a pack's TOML: how many of the list, in which order, and what breaks a tie."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from assistcli.policy.citation import Citation
from assistcli.policy.entry import Entry
from assistcli.policy.expression import Name
from assistcli.policy.kleene import Facts
from assistcli.policy.logic import compile_quantity
from assistcli.policy.quantity import unit_of
from assistcli.policy.reading import Combination, Open
from assistcli.policy.rulereader import RuleReader
from assistcli.policy.scope import facts_in
from assistcli.policy.selection import DOWN, ENTITLED, HALF_UP, LISTED, UP, Rank, Selection

RankValue = Callable[[Facts], Fraction | None]
ROUNDINGS = (DOWN, UP, HALF_UP)


def read_selection(rules: RuleReader, entry: Entry) -> Selection:
    """One ``[[selection]]``; without ``order`` the notice names none, and people decide."""
    citation = rules.citation(entry)
    ranks = list(_read_ranks(rules, entry, citation))
    for tie in entry.entries("tie", "clause"):
        ranks += _read_ranks(rules, tie, rules.citation(tie))
        tie.finish()
    readings = dict.fromkeys(name for rank in ranks for name in rank.value.readings)
    selection = Selection(
        benefit=entry.need("benefit", str, ""),
        most=entry.get("most", int, None),
        share=entry.share("share") if "share" in entry.table else None,
        of=entry.text("of"),
        rounding=entry.text("round"),
        ranks=tuple(ranks),
        readings=tuple(rules.readings[name] for name in readings),
        citation=citation,
    )
    _demand_limits(entry, selection)
    entry.finish()
    return selection


def _demand_limits(entry: Entry, selection: Selection) -> None:
    if selection.most is None and selection.share is None:
        entry.report(f"{entry.where} 没有写明名额：most（最多几人）或 share（几分之几）")
    if selection.most is not None and selection.most < 0:
        entry.report(f"{entry.where}：most 不能小于 0", "most")
    if selection.share and selection.of not in {ENTITLED, LISTED}:
        message = f"share 要写明 of，是谁的几分之几：{LISTED}（全体）或 {ENTITLED}（符合的人）"
        entry.report(f"{entry.where}：{message}", "share")
    if selection.rounding and selection.rounding not in ROUNDINGS:
        entry.report(f"{entry.where}：round 应为 {'、'.join(ROUNDINGS)}；文件没有规定就不写", "round")


def _read_ranks(rules: RuleReader, entry: Entry, citation: Citation) -> Iterator[Rank]:
    for word in entry.texts("order"):
        name = word.removeprefix("-")
        if not _can_rank(rules, name):
            entry.report(f"{entry.where}：order 里的「{name}」不是能比大小的字段或公式", name)
            continue
        yield Rank(
            name=name,
            larger_first=word.startswith("-"),
            value=rules.opened(entry, Open.settled(name), lambda text, c: _value(rules, text, c)),
            facts=facts_in(Name(name, 1), rules.scope) if name in rules.scope.fields else _facts(rules, name),
            citation=citation,
        )


def _can_rank(rules: RuleReader, name: str) -> bool:
    field = rules.scope.fields.get(name)
    return name in rules.scope.formulas or (field is not None and field.kind not in {"text", "phone", "id"})


def _facts(rules: RuleReader, name: str) -> frozenset[str]:
    """The facts that the formula *name* looks at under any reading."""
    return rules.value_marks(name).facts


def _value(rules: RuleReader, name: str, combination: Combination) -> RankValue:
    """What ranks by *name*: a number; of a choice its place among the choices, of a date its day."""
    field = rules.scope.fields.get(name)
    if field and field.kind in {"choice", "month"}:
        return _placed(name, field.choices)
    scope = replace(rules.scope, combination=combination)
    node = Name(name, 1)
    quantity = compile_quantity(node, scope, unit_of(node, scope))

    def ratio(facts: Facts) -> Fraction | None:
        exact = quantity.exact(facts)
        return None if exact is None else Fraction(*exact)

    return ratio


def _placed(name: str, choices: tuple[str, ...]) -> RankValue:
    def place(facts: Facts) -> Fraction | None:
        value = facts.get(name)
        if value is None or (choices and value not in choices):
            return None
        return Fraction(choices.index(str(value)) if choices else int(str(value).replace("-", "")))

    return place
