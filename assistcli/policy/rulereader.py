"""The parts that every rule of a pack is read from: citations, conditions, amounts, open parts."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from assistcli.errors import DataRejectedError
from assistcli.fields import nearest_names
from assistcli.money import parse_yuan
from assistcli.policy.entry import Entry
from assistcli.policy.expression import ExpressionError, parse_condition
from assistcli.policy.logic import compile_truth
from assistcli.policy.reading import Open, Reading
from assistcli.policy.rules import Citation, Test
from assistcli.policy.scope import Scope, facts_of

T = TypeVar("T")

NEVER = Test(text="", holds=lambda _facts: None, facts=frozenset())


class RuleReader:
    """Reads parts of rules against the clauses, readings and names that a pack declares."""

    def __init__(self, clauses: Mapping[str, str], readings: Mapping[str, Reading], scope: Scope) -> None:
        self.clauses = clauses
        self.readings = readings
        self.scope = scope
        self.readings_used: list[str] = []

    def citation(self, entry: Entry) -> Citation:
        """The ``clause`` of *entry* and its ``quote``; without a quote, the clause's own words.

        No clause, a clause that was not copied, or a quote that does not stand in it is a problem.
        """
        clause, quote = entry.need("clause", str, ""), entry.text("quote")
        words = self.clauses.get(clause)
        if clause and words is None:
            near = nearest_names(clause, self.clauses)
            hint = f"；是不是「{near[0]}」？" if near else ""
            entry.report(f"{entry.where} 引用的条款「{clause}」不在 [clauses] 里{hint}", f'"{clause}"')
        elif words is not None and _squeeze(quote) not in _squeeze(words):
            entry.report(f"{entry.where} 的引文不在条款「{clause}」原文里", quote)
        return Citation(clause=clause, quote=quote or words or "")

    def test(self, entry: Entry, text: str) -> Test:
        """The compiled condition *text*."""
        try:
            node = parse_condition(text)
            return Test(text=text, holds=compile_truth(node, self.scope), facts=facts_of(node, self.scope))
        except ExpressionError as error:
            entry.report(f"条件「{text}」{error}", text, error.column)
            return NEVER

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
        self.readings_used.append(name)
        return Open(name, {option: read(value) for option, value in under.items()})

    def open_value(self, entry: Entry, key: str, kind: type[T], default: T) -> Open[T]:
        """The part under *key*: a plain value, or a table with ``reading`` and ``under``."""
        value = entry.get(key, (kind, dict), default)
        if not isinstance(value, dict):
            return Open.settled(value)
        part = Entry(entry.source, value, f"{entry.where} {key}")
        result = self.open_part(part, lambda option: option, default)
        part.finish()
        return result


def _squeeze(text: str) -> str:
    return "".join(text.split())
