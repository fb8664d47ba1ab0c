"""Parameters (参数) and formulas (公式) from a pack's TOML: named figures and reckonings for conditions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice, product

from assistcli.policy.entry import Entry, repeated
from assistcli.policy.expression import ExpressionError, Literal, Name, Node, is_one_word
from assistcli.policy.figure import FormulaRule, ParameterRule
from assistcli.policy.logic import compile_quantity, demand_divisors
from assistcli.policy.quantity import Quantity, unit_of
from assistcli.policy.reading import Combination, Open
from assistcli.policy.rulereader import MOST_PATHS, NO_QUANTITY, RuleReader
from assistcli.policy.scope import Figure, Parameter, Ratio, Rows, mentions, readings_of

ZERO = Literal("0", True, 1)
MOST_FIGURES = 200
UNITS = {"元": "money", "数": "number"}


def read_parameters(rules: RuleReader, entries: Iterable[Entry]) -> tuple[ParameterRule, ...]:
    """Every ``[[parameter]]``; each is known to the rules that follow."""
    read = []
    for entry in entries:
        name, unit = _new_name(rules, entry), entry.text("unit", "元")
        if unit not in UNITS:
            entry.report(f"{entry.where}：unit 应为 {' 或 '.join(UNITS)}，不是「{unit}」", unit)
        by = entry.text("by")
        if by and by not in rules.scope.fields:
            entry.report(f"{entry.where}：by「{by}」不是字段", f'"{by}"')
            by = ""
        figures = tuple(_read_figure(rules, e, unit, bool(by)) for e in entry.entries("values", "since"))
        if not figures:
            entry.report(f"{entry.where} 没有 values", name)
        for start, place in repeated((figure.start, figure.place) for figure in figures):
            entry.report(f"{entry.where}：{start}起{place}的数写了两次；改数要另写新的起始年份", start[:4])
        parameter = Parameter(unit=UNITS.get(unit, "money"), figures=figures, by=by)
        read.append(ParameterRule(name=name, parameter=parameter, citation=rules.citation(entry)))
        rules.scope = replace(rules.scope, parameters={**rules.scope.parameters, name: parameter})
        entry.finish()
    return tuple(read)


def _read_figure(rules: RuleReader, entry: Entry, unit: str, placed: bool) -> Figure:
    since, value = entry.need("since", (date, int), 0), entry.need("value", str, "0")
    place = entry.need("place", str, "") if placed else ""
    ratio = (rules.fen(entry, value), 1) if unit == "元" else _ratio(entry, value)
    entry.finish()
    day = since if isinstance(since, date) else date(min(max(since, 1), 9999), 1, 1)
    return Figure(since=day.isoformat(), place=place, value=ratio)


def _ratio(entry: Entry, text: str) -> Ratio:
    if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", text):
        return Decimal(text).as_integer_ratio()
    entry.report(f"{entry.where}：「{text}」不是数字", text)
    return 0, 1


def read_formulas(rules: RuleReader, entries: Iterable[Entry]) -> tuple[FormulaRule, ...]:
    """Every ``[[formula]]``; each is known to the rules that follow, so none can go in a circle."""
    read, waiting = [], list(entries)
    names = [str(entry.table.get("name", "")) for entry in waiting]
    for place, entry in enumerate(waiting):
        name = _new_name(rules, entry)
        texts = (
            rules.texts_under(entry, "is", fallback="0") if "rows" not in entry.table else Open.settled(name)
        )
        rows = _read_rows(rules, entry, texts)
        if used := next((later for later in names[place:] if later and _uses(rows, later)), ""):
            why = "公式不能引用自己" if used == name else f"「{used}」写在后面；公式只能用前面已写的公式"
            entry.report(f"{entry.where}：{why}", used)
            rows = Open.settled(((None, ZERO),))
        rules.scope = replace(rules.scope, formulas={**rules.scope.formulas, name: rows})
        read.append(_compiled(rules, entry, name, texts))
        entry.finish()
    return tuple(read)


def _row_words(row: object) -> str:
    """A row of a formula as it is written; the last one may say no when."""
    stated = row if isinstance(row, dict) else {}
    return f"{stated.get('when') or '其余'} → {stated.get('is', '')}"


def _uses(rows: Open[Rows], name: str) -> bool:
    return any(mentions(piece, name) for part in rows.under.values() for row in part for piece in row)


def _read_rows(rules: RuleReader, entry: Entry, texts: Open[str]) -> Open[Rows]:
    listed = entry.entries("rows", "when")
    if not listed:
        under = {o: ((None, _node(rules, entry, t)),) for o, t in texts.under.items()}
        return Open(texts.readings, under)
    rows: list[tuple[Node | None, Node]] = []
    for row in listed:
        when = row.text("when")
        value = _node(rules, row, row.need("is", str, "0"))
        rows.append((_node(rules, row, when) if when else None, value))
        row.finish()
    return Open.settled(tuple(rows))


def _node(rules: RuleReader, entry: Entry, text: str) -> Node:
    return rules.node(entry, text) or ZERO


def _compiled(rules: RuleReader, entry: Entry, name: str, texts: Open[str]) -> FormulaRule:
    """The formula *name*, compiled under every reading so that its mistakes show here."""
    unit = "money"

    def build(_text: str, combination: Combination) -> Quantity:
        try:
            return compile_quantity(Name(name, 1), replace(rules.scope, combination=combination), unit)
        except ExpressionError as error:
            entry.report(f"{entry.where}：{error}", str(next(iter(texts.under.values()))), error.column)
            return NO_QUANTITY

    try:
        found = unit_of(Name(name, 1), rules.scope)
        for piece in (piece for row in rules.scope.every_row(name) for piece in row if piece is not None):
            for picked in _pickings(rules, piece):
                demand_divisors(piece, replace(rules.scope, combination=picked))
        unit = "money" if found == "plain" else found
    except ExpressionError as error:
        entry.report(f"{entry.where}：{error}", str(next(iter(texts.under.values()))), error.column)
    value = rules.opened(entry, Open.settled(name), build)
    return FormulaRule(
        name=name,
        citation=rules.citation(entry),
        text=texts,
        value=value,
        unit=unit,
        show=entry.get("show", bool, False),
        rows="；".join(map(_row_words, entry.table["rows"])) if "rows" in entry.table else "",
    )


def _new_name(rules: RuleReader, entry: Entry) -> str:
    """The name of a parameter or formula: one word that nothing else goes by."""
    name: str = entry.need("name", str, "")
    if not is_one_word(name):
        entry.report(f"{entry.where}：名称「{name}」应是一个词，不含空格、标点，也不是运算词", name)
    if name in rules.scope.names():
        entry.report(f"{entry.where}：名称「{name}」已是字段、参数或公式", name)
    return name


def _pickings(rules: RuleReader, node: Node) -> Iterator[Combination]:
    names = readings_of(node, rules.scope)
    options = [rules.readings[name].options for name in names]
    for picked in islice(product(*options), MOST_PATHS):
        yield dict(zip(names, picked, strict=True))
