"""The working of a formula (算式) for one case, line by line, under each reading it depends on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistcli.money import floor_to_fen, format_yuan
from assistcli.policy.figure import FormulaRule
from assistcli.policy.kleene import Facts
from assistcli.policy.reading import Combination, combinations
from assistcli.policy.rules import Pack
from assistcli.policy.scope import Ratio

SIGNS = {"加": "+", "减": "−", "乘": "×", "除以": "÷"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """One formula reckoned one way: its words, the figures, the value (``None``: a fact is missing)."""

    formula: str
    reading: Combination
    words: str
    figures: str
    value: str | None


def workings(pack: Pack, facts: Facts, adopted: Mapping[str, str]) -> list[Working]:
    """The working of every formula of *pack* that is to be shown, from *facts* as a judge completes them."""
    return [
        working
        for formula in pack.formulas
        if formula.show
        for working in _each_way(pack, formula, facts, adopted)
    ]


def _each_way(pack: Pack, formula: FormulaRule, facts: Facts, adopted: Mapping[str, str]) -> list[Working]:
    readings = [pack.readings[name] for name in formula.value.readings]
    found = []
    for combination in combinations(readings, adopted):
        words = formula.text.at(combination)
        found.append(
            Working(
                formula=formula.name,
                reading=combination,
                words=words,
                figures=_with_figures(words, pack, facts, combination),
                value=_shown(formula.value.at(combination).exact(facts), formula.unit),
            )
        )
    return found


def _with_figures(words: str, pack: Pack, facts: Facts, combination: Combination) -> str:
    values = {formula.name: formula for formula in pack.formulas}

    def figure(match: re.Match[str]) -> str:
        name = match[0]
        if name in values:
            inner = values[name]
            return _shown(inner.value.at(combination).exact(facts), inner.unit) or "？"
        if name in pack.fields:
            money = pack.fields[name].kind == "money"
            value = facts.get(name)
            return "？" if value is None else format_yuan(int(value)) if money else str(value)
        return SIGNS.get(name, name)

    return re.sub(r"[^\s()（）+\-*/]+", figure, words)


def _shown(ratio: Ratio | None, unit: str) -> str | None:
    """*ratio* cut, never rounded up, to two decimals; ``…`` where digits were cut off."""
    if ratio is None:
        return None
    return floor_to_fen(ratio[0] * (1 if unit == "money" else 100), ratio[1])
