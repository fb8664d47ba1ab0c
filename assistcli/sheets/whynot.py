"""What would have to be different, told: for the screen and as JSON."""

from typing import Any

from assistcli.policy.counterfactual import AT_LEAST, Change, turning_changes
from assistcli.policy.kleene import Facts
from assistcli.policy.rules import Pack
from assistcli.policy.verdict import ELIGIBLE, Judge, Verdict
from assistcli.values import Value, format_value, record_value


def change_data(judge: Judge, verdict: Verdict, given: Facts) -> list[dict[str, Any]]:
    """The changes that would turn *verdict* as JSON: of one fact, or with ``also`` of two."""
    return [_record(change, judge.pack) for change in turning_changes(judge, verdict.benefit, given)]


def _record(change: Change, pack: Pack) -> dict[str, Any]:
    field = pack.fields[change.field]
    record: dict[str, Any] = {
        "field": change.field,
        "relation": change.relation,
        "value": record_value(field, change.value),
    }
    if change.until is not None:
        record["until"] = record_value(field, change.until)
    if change.missing:
        record["missing"] = True
    return record | ({"also": _record(change.also, pack)} if change.also else {})


def change_lines(judge: Judge, verdict: Verdict, given: Facts) -> list[str]:
    """The changes that would turn *verdict*, for the screen."""
    if verdict.verdict == ELIGIBLE:
        return []
    changes = turning_changes(judge, verdict.benefit, given)
    if not changes:
        return [f"  {_first_step(verdict)}"]
    alone = [] if changes[0].also is None else ["  若要符合：没有哪一项单独改变就够；两项一起："]
    return alone + [_line(change, judge.pack) for change in changes]


def _first_step(verdict: Verdict) -> str:
    """What to do where no change of one or two facts is known to be enough."""
    if verdict.missing:
        return f"还缺 {'、'.join(verdict.missing)}：先答明，再看差什么"
    enough = "可以如实改变的事实里，没有哪一项或哪两项改变就够"
    readings = "、".join(dependence.reading for dependence in verdict.depends)
    return f"若要符合：先问清口径 {readings}；{enough}" if readings else f"若要符合：{enough}"


def _line(change: Change, pack: Pack) -> str:
    also = f"，且 {_words(change.also, pack)}" if change.also else ""
    if change.missing:
        return f"  若 {_words(change, pack)}，则符合（现在未知）"
    return f"  若要符合：{_words(change, pack)}{also}"


def _words(change: Change, pack: Pack) -> str:
    shown = f"{change.field} {change.relation} {_figure(change.value, change.field, pack)}"
    if change.relation == AT_LEAST and change.until is not None:
        shown += f" 且 ≤ {_figure(change.until, change.field, pack)}"
    return shown


def _figure(value: Value, name: str, pack: Pack) -> str:
    """*value* as written; yuan in groups of three digits, so that no digit is misread."""
    field = pack.fields[name]
    return (
        f"{int(value) // 100:,}.{int(value) % 100:02d} 元"
        if field.kind == "money"
        else format_value(field, value)
    )
