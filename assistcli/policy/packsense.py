"""What a pack says that nobody can mean: the same thing twice, and tables about what is not there."""

from collections.abc import Sequence

from assistcli.fields import catalogue
from assistcli.policy.entry import Entry, repeated
from assistcli.policy.rules import Pack

OFFICE = "office"


def demand_sense(top: Entry, pack: Pack) -> None:
    """Note what *pack* names twice, and what its forms and its table ask that no such case has."""
    _demand_single(top, pack)
    for form in pack.forms:
        for name in form.asks:
            if name in pack.fields and pack.subject not in pack.fields[name].of:
                told = f"「{name}」不是这类个案（{pack.subject}）的字段，没有人会填它"
                top.report(f"[[form]] {form.name}：{told}", f'"{name}"')
    _demand_known_columns(top, pack)
    _demand_known_benefits(top, pack)


def _demand_known_benefits(top: Entry, pack: Pack) -> None:
    benefits = [benefit.id for benefit in pack.benefits]
    for example in pack.examples:
        tables = (example.verdicts, example.amounts, example.missing, example.ranges, example.payers)
        for name in dict.fromkeys(name for table in tables for name in table if name not in benefits):
            hint = top.source.hint(name, benefits)
            top.report(f"例「{example.title}」：没有名为「{name}」的资格{hint}", example.title)


def _demand_single(top: Entry, pack: Pack) -> None:
    papers = [paper.get("name", "") for paper in top.table.get("paper", ()) if isinstance(paper, dict)]
    named: list[tuple[str, Sequence[object]]] = [
        ("口径", [*pack.readings, *(question.id for question in pack.questions)]),
        ("残损", [damage.id for damage in pack.damaged]),
        ("表格", [form.name for form in pack.forms]),
        ("材料", [name for name in papers if isinstance(name, str)]),
        ("服务次数", [quota.kind for quota in pack.quotas]),
        ("周期", [cadence.name for cadence in pack.cadences]),
        ("例", [example.title for example in pack.examples]),
    ]
    for what, names in named:
        for name in repeated(names):
            top.report(f"{what}「{name}」重复", f'"{name}"')
    for name in repeated(step.grants for step in pack.steps if step.grants):
        top.report(f"资格「{name}」由两个步骤授予；只有最后一步写 grants", "grants")


def _demand_known_columns(top: Entry, pack: Pack) -> None:
    if pack.summary is None:
        return
    benefits, figure = [benefit.id for benefit in pack.benefits], pack.summary.graduates
    for name in (pack.summary.first, *pack.summary.others):
        if name and name not in benefits:
            top.report(f"[summary]：没有名为「{name}」的资格{top.source.hint(name, benefits)}", f'"{name}"')
    offices = [field.name for field in catalogue().values() if OFFICE in field.of]
    if figure not in offices:
        hint = top.source.hint(figure, offices)
        top.report(f"[summary]：graduates「{figure}」不是单位的数据{hint}", "graduates")
