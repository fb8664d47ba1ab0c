"""What looks odd in a sound pack (提醒): nothing of it keeps the pack out of use, a person should look."""

import re
import unicodedata
from collections.abc import Iterator

from assistcli.money import format_yuan
from assistcli.policy.citation import Citation
from assistcli.policy.packtext import PackText
from assistcli.policy.rules import Pack

LONG_CLAUSE = 40
"""A clause of more letters holds more than one thing: without a quote nobody sees which was meant."""
WORDED = "一二三四五六七八九十百千万零两〇%％"
"""A quote with one of these may state its figure in words."""

Remark = tuple[str, str]
"""What to look at, and by which words it is found in the pack."""


def remarks_on(pack: Pack, source: PackText) -> Iterator[Remark]:
    """What a person should look at in *pack*, whose text *source* is."""
    if not pack.examples and (pack.benefits or pack.claims):
        yield "没有例子：至少写符合、不符合、待核实各一个 [[example]]，照文件手算", "[[benefit]]"
    yield from _unused(pack, "\n".join(source.lines))
    for where, figure, citation in _figures(pack):
        if (
            len(pack.clauses[citation.clause]) > LONG_CLAUSE
            and citation.quote == pack.clauses[citation.clause]
        ):
            yield (
                f"「{where}」没有 quote：引用了整条「{citation.clause}」，请抄上所依据的那一句",
                f'"{where}"',
            )
        elif figure and not _stands_in(figure, citation.quote):
            yield (
                f"「{where}」：数字 {figure} 不在引文「{citation.quote[:LONG_CLAUSE]}」里，请核对原文",
                f'"{where}"',
            )


def _unused(pack: Pack, text: str) -> Iterator[Remark]:
    """What is declared and stands nowhere else in the *text*."""
    declared = {
        "条款": [f'"{name}"' for name in pack.clauses],
        "口径": [name for name, reading in pack.readings.items() if not reading.tables_only],
        "参数": [rule.name for rule in pack.parameters],
        "公式": [rule.name for rule in pack.formulas if not rule.show],
    }
    for what, names in declared.items():
        for name in names:
            if text.count(name) == 1:
                shown = name.strip('"')
                yield f"{what}「{shown}」没有规则用到；漏写了规则，还是只作背景？", name


def _figures(pack: Pack) -> Iterator[tuple[str, str, Citation]]:
    """Each condition and figure: its words, its digits (blank without any), and where it is cited from."""
    for rule in pack.parameters:
        for figure in rule.parameter.figures:
            if rule.parameter.unit == "money" and not figure.place:
                yield rule.name, _digits(format_yuan(figure.value[0])), rule.citation
    for benefit in pack.benefits:
        for condition in benefit.conditions:
            yield next(iter(condition.test.under.values())).text, "", condition.citation
        for row in benefit.amounts:
            yield row.text, row.text if row.text.isdecimal() else "", row.citation


def _digits(yuan: str) -> str:
    return yuan.removesuffix("00").removesuffix(".")


def _stands_in(figure: str, quote: str) -> bool:
    folded = unicodedata.normalize("NFKC", quote).replace(",", "")
    return any(sign in quote for sign in WORDED) or bool(re.search(rf"(?<![\d.]){re.escape(figure)}", folded))
