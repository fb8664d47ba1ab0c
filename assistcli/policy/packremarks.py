"""What looks odd in a sound pack (提醒): nothing of it keeps the pack out of use, a person should look."""

import re
import unicodedata
from collections.abc import Iterator
from math import prod

from assistcli.money import format_yuan
from assistcli.policy.citation import Citation
from assistcli.policy.crossing import MOST_CELLS, Parting, is_new
from assistcli.policy.gap import Question, gaps_of
from assistcli.policy.packtext import PackText
from assistcli.policy.plan import Path, Plan, TestBench
from assistcli.policy.possibility import MOST_COMPLETIONS
from assistcli.policy.region import MOST_REGIONS
from assistcli.policy.rules import Pack
from assistcli.policy.scope import YEAR
from assistcli.policy.statement import given_facts

LONG_CLAUSE = 40
"""A clause of more letters holds more than one thing: without a quote nobody sees which was meant."""
WORDED = "一二三四五六七八九十百千万零两〇%％"
"""A quote with one of these may state its figure in words."""

HARD = "把事实自乘，或相乘后用 为、不为 比较：这些事实同时空缺时，待问可能多列"

Remark = tuple[str, str]
"""What to look at, and by which words it is found in the pack."""


def remarks_on(pack: Pack, source: PackText) -> Iterator[Remark]:
    """What a person should look at in *pack*, whose text *source* is."""
    if not pack.examples and (pack.benefits or pack.claims):
        yield "没有例子：至少写符合、不符合、待核实各一个 [[example]]，照文件手算", "[[benefit]]"
    yield from _unused(pack, "\n".join(source.lines))
    yield from _beyond_reach(pack)
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


def _beyond_reach(pack: Pack) -> Iterator[Remark]:
    """The rules of which, while facts are missing, one too many may be asked for: never a wrong verdict."""
    for plan in TestBench(pack, {}).plans:
        for ground in plan.reasons:
            for test in ground.condition.test.under.values():
                if any(line.beyond_reach for line in test.lines):
                    yield f"「{test.text}」{HARD}（最多试 {MOST_REGIONS} 处）", f'"{test.text}"'
        if any(_crossing(path, plan, pack) >= MOST_CELLS for path in plan.paths):
            yield (
                f"「{plan.benefit.id}」：几项事实一起算的比较超过 {MOST_CELLS - 1} 处，"
                "这些事实同时空缺时，待问可能多列",
                f'"{plan.benefit.id}"',
            )
        if any(_ways(path, plan, pack) > MOST_COMPLETIONS // len(plan.paths) for path in plan.paths):
            yield (
                f"「{plan.benefit.id}」：事实全空缺时填法超过 {MOST_COMPLETIONS} 种，这时待问可能多列",
                f'"{plan.benefit.id}"',
            )


def _crossing(path: Path, plan: Plan, pack: Pack) -> int:
    """How many comparisons on *path* reckon with several facts, those that part alike once."""
    tests = [ground.condition.test.at(path.combination) for ground in plan.reasons]
    found: list[Parting] = []
    for test in (*tests, *(payment.when for payment in path.payments)):
        for line in test.lines:
            parting = line.parting(given_facts(pack, pack.issued.year if pack.issued else 0, None))
            if parting and len(parting.box) > 1 and is_new(parting, found):
                found.append(parting)
    return len(found)


def _ways(path: Path, plan: Plan, pack: Pack) -> int:
    """In how many ways all finite facts on *path* can be filled in."""
    tests = [ground.condition.test.at(path.combination) for ground in plan.reasons]
    question = Question(tests=tuple(tests), payments=path.payments, pick=plan.benefit.pick)
    year = pack.issued.year if pack.issued else 0
    return prod(len(gap.ways) or 1 for gap in gaps_of(question, {YEAR: year}, pack.fields, year))


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
