"""The parts that every rule of a pack is read from: citations, conditions, amounts, open parts."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product
from math import prod
from typing import Any, TypeVar

from assistcli.errors import DataRejectedError
from assistcli.money import parse_yuan
from assistcli.policy.citation import Citation, Damage
from assistcli.policy.entry import Entry
from assistcli.policy.expression import ExpressionError, Literal, Node, parse_condition
from assistcli.policy.landmark import landmarks_of, landmarks_of_value
from assistcli.policy.logic import compile_quantity, compile_truth, demand_divisors
from assistcli.policy.packtext import blamed_on, shorten
from assistcli.policy.quantity import Quantity, unit_of
from assistcli.policy.reading import Combination, Open, Reading
from assistcli.policy.rules import Test
from assistcli.policy.scope import LARGEST_FORMULA, Scope, facts_in, readings_of, size_of
from assistcli.policy.span import ANYTHING
from assistcli.values import squeeze

T = TypeVar("T")

MOST_PATHS = 256
NOTHING = Literal(False, False, 1)
NEVER = Test(
    text="",
    holds=lambda _: None,
    sure=lambda _: None,
    wants=lambda _: frozenset(),
    hinges=lambda _: frozenset(),
    facts=frozenset(),
    marks=(),
    finite=frozenset(),
)
NO_QUANTITY = Quantity(lambda _: None, lambda _: ANYTHING)


class RuleReader:
    """Reads parts of rules against the clauses, readings and names that a pack declares."""

    def __init__(
        self,
        clauses: Mapping[str, str],
        readings: Mapping[str, Reading],
        scope: Scope,
        damaged: Sequence[Damage] = (),
    ) -> None:
        self.clauses = clauses
        self.readings = readings
        self.scope = scope
        self._damaged = {damage.id: damage.places for damage in damaged}
        places = [re.escape(place) for damage in damaged for place in damage.places]
        self._some_place = re.compile("|".join(places) or r"(?!)")
        self._squeezed = {name: squeeze(words) for name, words in clauses.items()}
        self._hits: dict[str, list[str]] = {}
        self._nodes: dict[str, Node] = {}
        self._parsed: dict[str, Node] = {}
        self._tests: dict[tuple[str, tuple[tuple[str, str], ...]], Test] = {}

    def citation(self, entry: Entry) -> Citation:
        """The ``clause`` of *entry* and its ``quote``; without a quote, the clause's own words.

        No clause, a clause that was not copied, or a quote that does not stand in it is a problem.
        """
        clause, quote, damage = entry.need("clause", str, ""), entry.text("quote"), entry.text("damage")
        words = self.clauses.get(clause)
        if clause and words is None:
            hint = entry.source.hint(clause, self.clauses)
            entry.report(
                f"{entry.where} 引用的条款「{shorten(clause)}」不在 [clauses] 里{hint}", f'"{clause}"'
            )
        elif words is not None and squeeze(quote) not in self._squeezed[clause]:
            entry.report(f"{entry.where} 的引文不在条款「{clause}」原文里", quote)
        if damage and damage not in self._damaged:
            entry.report(f"{entry.where} 的 damage「{damage}」不在 [[damaged]] 里", f'"{damage}"')
        said = quote or words or ""
        hit = dict.fromkeys([damage] * bool(damage) + self._damage_in(said))
        return Citation(clause=clause, quote=said, damage="、".join(hit))

    def _damage_in(self, words: str) -> list[str]:
        """Ids of the damaged passages that *words* hold a place of."""
        if words not in self._hits:
            plain = squeeze(words)
            damaged = self._damaged.items() if self._some_place.search(plain) else ()
            self._hits[words] = [name for name, places in damaged if any(place in plain for place in places)]
        return self._hits[words]

    def node(self, entry: Entry, text: str) -> Node | None:
        """The syntax tree of *text*, formulas in it not too large."""
        if text in self._nodes:
            return self._nodes[text]
        try:
            node = self._parsed.get(text) or parse_condition(text)
            size = size_of(node, self.scope)
        except ExpressionError as error:
            entry.report(f"条件「{shorten(text)}」{error}", text, error.column)
            return None
        if size > LARGEST_FORMULA:
            entry.report(f"{entry.where} 展开后过大（{size} 项，最多 {LARGEST_FORMULA} 项）", text)
            return None
        self._nodes[text] = node
        return node

    def test(self, entry: Entry, text: str, combination: Combination) -> Test:
        """The compiled condition *text*, read by *combination*."""
        key = text, tuple(combination.items())
        if key not in self._tests:
            node, scope = self.node(entry, text), replace(self.scope, combination=combination)
            try:
                self._tests[key] = _compile_test(text, node, scope) if node else NEVER
            except ExpressionError as error:
                entry.report(f"条件「{shorten(text)}」{error}", text, error.column)
                self._tests[key] = NEVER
        return self._tests[key]

    def condition(self, entry: Entry, key: str, default: str | None = None) -> Open[Test]:
        """The condition under *key* of *entry*, or given ``under`` each option of its ``reading``."""
        texts = self.texts_under(entry, key, default)
        return self.opened(entry, texts, lambda text, combination: self.test(entry, text, combination))

    def texts_under(
        self, entry: Entry, key: str, default: str | None = None, fallback: str = "是"
    ) -> Open[str]:
        """The expression under *key*, or one for each option of the entry's ``reading``."""
        if "reading" in entry.table and key not in entry.table:
            return self.open_part(entry, str, fallback)
        text = entry.need(key, str, fallback) if default is None else entry.text(key, default)
        return Open.settled(text)

    def opened(self, entry: Entry, texts: Open[str], build: Callable[[str, Combination], T]) -> Open[T]:
        """What *build* makes of *texts* under every reading that they or their formulas depend on."""
        nodes = [self._quiet_node(text) for text in texts.under.values()]
        used = dict.fromkeys(texts.readings)
        for node in nodes:
            used |= dict.fromkeys(readings_of(node, self.scope))
        options = [self.readings[name].options for name in used]
        if prod(map(len, options)) > MOST_PATHS:
            entry.report(f"{entry.where} 牵涉的口径组合过多（最多 {MOST_PATHS} 种）")
            options = [{next(iter(each)): ""} for each in options]
        under = {}
        for picked in product(*options):
            combination = dict(zip(used, picked, strict=True))
            under[picked] = build(texts.at(combination), combination)
        return Open(tuple(used), under)

    def _quiet_node(self, text: str) -> Node:
        if text not in self._parsed:
            try:
                self._parsed[text] = parse_condition(text)
            except ExpressionError:  # reported where it is compiled
                return NOTHING
        return self._parsed[text]

    def quantity(self, entry: Entry, text: str, combination: Combination) -> Quantity:
        """The compiled amount *text* (bare numbers are yuan), in fen."""
        node, scope = self.node(entry, text), replace(self.scope, combination=combination)
        if node is None:
            return NO_QUANTITY
        try:
            demand_divisors(node, scope)
            if unit_of(node, scope) in {"money", "plain"}:
                return compile_quantity(node, scope, "money")
            entry.report(f"金额「{shorten(text)}」不是金额", text)
        except ExpressionError as error:
            entry.report(blamed_on("金额", text, error), text, error.column)
        return NO_QUANTITY

    def value_marks(self, text: str) -> Test:
        """The facts and landmarks of the amount *text*, under every reading."""
        node = self._quiet_node(text)
        facts: set[str] = set()
        marks = []
        try:
            options = [self.readings[name].options for name in readings_of(node, self.scope)]
            for picked in islice(product(*options), MOST_PATHS):
                names = readings_of(node, self.scope)
                scope = replace(self.scope, combination=dict(zip(names, picked, strict=True)))
                facts |= facts_in(node, scope)
                marks += list(landmarks_of_value(node, scope))
        except ExpressionError:  # reported where it is compiled
            return NEVER
        return replace(NEVER, text=text, facts=frozenset(facts), marks=tuple(dict.fromkeys(marks)))

    def fen(self, entry: Entry, text: str) -> int:
        """The amount *text* (yuan) in fen."""
        try:
            return parse_yuan(text)
        except DataRejectedError as error:
            entry.report(f"{entry.where}：{error}", text)
            return 0

    def open_part(self, entry: Entry, read: Callable[[Any], T], fallback: T) -> Open[T]:
        """The part that *entry* gives ``under`` each option of its ``reading``."""
        name, under = entry.need("reading", str, ""), entry.need("under", dict, {})
        reading = self.readings.get(name)
        if reading is None:
            entry.report(f"{entry.where} 用到的口径「{name}」没有声明", f'"{name}"')
            return Open.settled(fallback)
        if under.keys() != reading.options.keys():
            entry.report(
                f"{entry.where} 的 under 应恰好给出口径 {name} 的选项：{'、'.join(reading.options)}", name
            )
            return Open.settled(fallback)
        return Open((name,), {(option,): read(value) for option, value in under.items()})

    def hanging(self, entry: Entry, key: str, fallback: T) -> Open[T] | None:
        """The part under *key* that hangs on a reading; ``None`` where the entry has none."""
        part = entry.entry(key)
        if part is None:
            return None
        found: Open[T] = self.open_part(part, lambda value: value, fallback)
        part.finish()
        for value in found.under.values():
            if type(value) is not type(fallback):
                part.report(f"{part.where}：「{value}」的类型不对", key)
        return found

    def open_value(self, entry: Entry, key: str, kind: type[T], default: T) -> Open[T]:
        """The part under *key*: a plain value, or a table with ``reading`` and ``under``."""
        value = entry.get(key, (kind, dict), default)
        if not isinstance(value, dict):
            return Open.settled(value)
        part = Entry(entry.source, value, f"{entry.where} {key}", span=entry.span)
        result = self.open_part(part, lambda option: option, default)
        part.finish()
        return result


def _compile_test(text: str, node: Node, scope: Scope) -> Test:
    truth, marks = compile_truth(node, scope), tuple(landmarks_of(node, scope))
    demand_divisors(node, scope)
    return Test(
        text=text,
        holds=truth.holds,
        sure=truth.sure,
        wants=truth.wants,
        hinges=truth.hinges,
        lines=truth.lines,
        facts=facts_in(node, scope),
        marks=marks,
        finite=frozenset(m.fact for m in marks) - {m.fact for m in marks if m.reckoned},
    )
