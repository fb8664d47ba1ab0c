"""Trying a pack on its worked examples (例): where it does not give what they say."""

from collections.abc import Iterable, Mapping
from typing import Any

from assistcli.errors import DataRejectedError
from assistcli.model import Step
from assistcli.money import format_yuan, format_yuan_or_none
from assistcli.policy.chain import AGREED
from assistcli.policy.entitlement import entitlement_of, portion_limits
from assistcli.policy.example import VERDICT_WORDS, Example
from assistcli.policy.reading import DISAGREE
from assistcli.policy.rules import Pack
from assistcli.policy.subsidy import HELD, Account, ClaimResult, item_of, settle_account
from assistcli.policy.verdict import Judge, Verdict
from assistcli.values import Value, parse_value

REFUSED = "refused"


def run_example(pack: Pack, example: Example) -> list[str]:
    """Where *pack* does not give what *example* says; empty when it passes."""
    try:
        facts = _read_facts(pack, example)
    except DataRejectedError as error:
        return [str(error)]
    if strange := [r for r, o in example.adopted.items() if o not in _options(pack, r)]:
        return [f"口径 {strange[0]} 没有「{example.adopted[strange[0]]}」这个选项"]
    unknown = [claim.claim.item for claim in example.claims if item_of(pack, claim.claim.item) is None]
    if unknown:
        return [f"没有「{item}」这个项目" for item in unknown]
    verdicts = Judge(pack, example.adopted, example.year, example.today).verdicts(facts)
    steps = [
        Step(id=rule.name, case="例", step=rule.name, day=example.granted, by="例", result=AGREED)
        for rule in pack.steps
        if rule.grants and example.granted
    ]
    claims = [wanted.claim for wanted in example.claims]
    account = settle_account(pack, claims, example.adopted, entitlement_of(pack, verdicts, steps))
    return [*_verdict_faults(example, verdicts), *_claim_faults(example, account)]


def _options(pack: Pack, reading: str) -> Iterable[str]:
    return pack.readings[reading].options if reading in pack.readings else ()


def _read_facts(pack: Pack, example: Example) -> dict[str, Value]:
    named = {n: f for f in pack.fields.values() for n in f.names_for(pack.subject) if pack.subject in f.of}
    facts: dict[str, Value] = {}
    for name, text in example.facts.items():
        if name not in named:
            raise DataRejectedError(f"没有「{name}」这个字段")
        value = parse_value(named[name], text)
        if value is not None:
            facts[named[name].name] = value
    return facts


def _verdict_faults(example: Example, verdicts: Iterable[Verdict]) -> list[str]:
    found = {verdict.benefit.id: verdict for verdict in verdicts}
    given: list[tuple[str, Mapping[str, Any], Any]] = [
        ("结论", example.verdicts, lambda v: v.verdict),
        ("金额", example.amounts, lambda v: [format_yuan(fen) for fen in v.amounts]),
        ("缺少", example.missing, lambda v: list(v.missing)),
        ("口径", example.depends, dependence_words),
        ("幅度", example.ranges, lambda v: [_range_words(*limits) for limits in v.ranges]),
        ("发放单位", example.payers, lambda v: list(v.payers)),
        ("分次", example.portions, _portion_words),
    ]
    faults = []
    for what, wanted, actual in given:
        for benefit, value in wanted.items():
            got = actual(found[benefit]) if benefit in found else "没有这一项"
            if _unordered(got) != _unordered(value):
                faults.append(f"{benefit} 的{what}应为 {_shown(value)}，实为 {_shown(got)}")
    return faults


def _unordered(value: Any) -> Any:
    return sorted(value) if isinstance(value, (list, tuple)) else value


def _shown(value: Any) -> str:
    """What an example wants or gets, in Chinese."""
    if isinstance(value, Mapping):
        return "；".join(f"{name}：{_shown(part)}" for name, part in value.items()) or "（没有）"
    if isinstance(value, (list, tuple)):
        return "、".join(map(_shown, value)) or "（没有）"
    return next((words for words, code in VERDICT_WORDS.items() if code == value), str(value))


def _portion_words(verdict: Verdict) -> dict[str, str]:
    return {
        portion.name: "或".join(format_yuan(fen) for fen in portion_limits(verdict, portion.name))
        for portion in verdict.benefit.portions
    }


def _range_words(least: int | None, most: int | None) -> str:
    return f"{format_yuan_or_none(least) or ''}～{format_yuan_or_none(most) or ''}"


def dependence_words(verdict: Verdict) -> dict[str, dict[str, str]]:
    """Reading id → option → verdict or amount, as printed in JSON."""
    return {
        d.reading: {o: DISAGREE if r is None else r for o, r in d.options.items()} for d in verdict.depends
    }


def _claim_faults(example: Example, account: Account) -> list[str]:
    results = {result.claim.id: result for result in account.claims}
    faults = []
    for wanted in example.claims:
        result = results[wanted.claim.id]
        got, label = _outcome(result), f"{wanted.claim.item} {format_yuan(wanted.claim.asked)} 元"
        if got != wanted.allowed:
            faults.append(f"{label}应核定 {wanted.allowed}，实为 {got}")
        if wanted.says not in f"{result.refusal}（{result.citation.clause}）":
            faults.append(
                f"{label}应说明「{wanted.says}」，实为「{result.refusal}」（{result.citation.clause}）"
            )
    total = format_yuan_or_none(account.total.allowed) or DISAGREE
    if example.total and total != example.total:
        faults.append(f"合计应为 {example.total}，实为 {total}")
    by_reading = {
        d.reading: {o: format_yuan_or_none(fen) or DISAGREE for o, fen in d.options.items()}
        for d in account.depends
    }
    if example.total_depends and by_reading != example.total_depends:
        faults.append(f"合计的口径应为 {example.total_depends}，实为 {by_reading}")
    return faults


def _outcome(result: ClaimResult) -> str:
    if result.refusal:
        return REFUSED
    if result.state == HELD:
        return HELD
    return format_yuan_or_none(result.allowed) or DISAGREE
