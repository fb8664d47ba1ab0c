"""A notice as a readable sheet: who, how much, by when, what is unclear, what is damaged."""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistcli.money import format_yuan
from assistcli.policy.citation import Citation
from assistcli.policy.practice import Indicator, Portion
from assistcli.policy.rules import AmountRow, Benefit, ClaimItem, Condition, Pack
from assistcli.policy.scope import Ratio
from assistcli.policy.selection import Selection
from assistcli.words import UNSTATED

OURS = frozenset({"不清楚的条款（口径）", "残损", "说明"})
"""Parts that whoever copied the notice adds: where they are empty, that is not the notice's silence."""
UNREGISTERED = "没有登记"
PICKED = {"sum": "（各项相加）", "best": "（只取最高一项）"}
PLAIN_YUAN = re.compile(r"(?:^|(?<=不低于 )|(?<=不超过 ))\d+(?:\.\d+)?(?=$|、)")
"""A bare figure in the words of an amount: yuan."""


def sheet_lines(pack: Pack) -> list[str]:
    """The whole sheet of *pack*."""
    lines: list[str] = []
    for title, content in _parts(pack):
        nothing = UNREGISTERED if title in OURS else UNSTATED
        lines += [f"【{title}】", *(f"  {line}" for line in content or [nothing]), ""]
    return lines


def _parts(pack: Pack) -> list[tuple[str, list[str]]]:
    """Title and lines of each part of the sheet, in their order."""
    damaged = [f"{d.id} {d.where} 原文「{_one_line(d.found)}」{_presumption(d.read)}" for d in pack.damaged]
    return [
        ("依据", _head(pack)),
        ("对象", [line for benefit in pack.benefits for line in _benefit(pack, benefit)]),
        ("公式与参数", _figures(pack)),
        ("资助项目", _money(pack)),
        ("没有写金额的资助", [f"{a.name}：金额{UNSTATED}{quoted(a.citation)}{a.note}" for a in pack.aids]),
        ("名目", [f"{w.kind}：{'、'.join(w.words)}{mark(w.citation)}" for w in pack.words]),
        ("名额", [_places(selection) for selection in pack.selections]),
        ("程序", [f"{n}. {s.name}（{s.by}）{mark(s.citation)}" for n, s in enumerate(pack.steps, 1)]),
        ("材料", [f"{name}：{quoted(citation)}" for name, citation in pack.papers.items()]),
        ("日程", [f"{e.when}　{e.what}　{e.who}{mark(e.citation)}" for e in pack.events]),
        ("周期与次数", _rhythm(pack)),
        ("指标", [*_targets(pack), *map(_indicator, pack.indicators)]),
        ("角色", [f"{role.name}{_count(role.count)} {role.per}{mark(role.citation)}" for role in pack.roles]),
        ("待办", [f"{name}：{quoted(citation)}" for name, citation in pack.duties.items()]),
        ("表格", [f"{form.name}　{form.title}{mark(form.citation)}" for form in pack.forms]),
        ("不清楚的条款（口径）", _readings(pack)),
        ("残损", damaged),
        ("说明", list(pack.notes)),
    ]


def damage_lines(pack: Pack) -> list[str]:
    """Every damaged passage of *pack*: 原文, 推定, 依据, 确定度."""
    if not pack.damaged:
        return ["文件没有登记残损之处"]
    return [
        f"{d.id}　{d.where}\n  原文：{_one_line(d.found)}\n  推定：{d.read or '不推定'}"
        f"\n  依据：{d.basis}\n  确定度：{d.sure}"
        for d in pack.damaged
    ]


def _presumption(read: str) -> str:
    return f"　推定「{_one_line(read)}」" if read else "　不推定"


def _one_line(found: str) -> str:
    return found.replace("\n", "（换行）")


def mark(citation: Citation) -> str:
    """The clause of *citation* in brackets; 推定 where its words are damaged."""
    return f"（{citation.clause}{f'，推定，见 {citation.damage}' if citation.damage else ''}）"


def presumed(damage: str) -> str:
    """The mark behind what is read from a damaged passage; blank where nothing is damaged."""
    return f"〔推定，{damage}〕" if damage else ""


def _head(pack: Pack) -> list[str]:
    issued = (pack.issued.isoformat() if pack.issued else "日期" + UNSTATED) + presumed(pack.damage)
    number = pack.number or "文号" + UNSTATED
    lines = [
        pack.title,
        f"{pack.issuer}　{number}　{issued}　{pack.status}",
        f"适用：{pack.unit or UNSTATED}",
    ]
    if pack.status != "制度":
        lines.append("参考做法：不约束别的单位，须用 assist pack adopt 明确采用")
    lines += [f"依据文件：{pack.basis}"] * bool(pack.basis)
    return lines + [f"发送：{pack.sent_to}"] * bool(pack.sent_to)


def _benefit(pack: Pack, benefit: Benefit) -> list[str]:
    lines = [f"{benefit.title}{mark(benefit.citation)}" + (f"　{benefit.note}" if benefit.note else "")]
    lines += [f"　条件：{_condition(pack, condition)}" for condition in benefit.conditions]
    lines += [f"　金额{PICKED.get(benefit.pick, '')}：{_row(row)}" for row in benefit.amounts]
    lines += [f"　材料：{'、'.join(benefit.papers)}"] * bool(benefit.papers)
    return lines + [f"　分次：{_portion(portion)}" for portion in benefit.portions]


def _portion(portion: Portion) -> str:
    how = f"凭{portion.against}" if portion.against else "直接发"
    share = f"{portion.share[0]}/{portion.share[1]}"
    return f"{portion.name} {share}，{how}{quoted(portion.citation)}"


def quoted(citation: Citation) -> str:
    """The mark of *citation* with its words."""
    return f"{mark(citation)}「{citation.quote}」"


def _condition(pack: Pack, condition: Condition) -> str:
    """A condition, under each option of the readings it depends on."""
    test = condition.test
    if not test.readings:
        return f"{_plain(test.under[()].text)}{mark(condition.citation)}"
    if len(alike := {found.text for found in test.under.values()}) == 1:
        return f"{alike.pop()}，取决于口径 {'、'.join(test.readings)}{mark(condition.citation)}"
    texts = [
        f"{_options(pack, test.readings, options)} → {_plain(found.text)}"
        for options, found in test.under.items()
    ]
    return f"按口径 {'、'.join(test.readings)}：{'；'.join(texts)}{mark(condition.citation)}"


def _options(pack: Pack, readings: Sequence[str], options: Sequence[str]) -> str:
    """How *readings* are read, in words, each with the code that commands take."""
    named = zip(readings, options, strict=True)
    return "、".join(f"{pack.readings[reading].options[option]}（{option}）" for reading, option in named)


def _plain(text: str) -> str:
    """A condition's words; one that always holds asks for nothing."""
    return {"是": "不作条件", "否": "一律不符合"}.get(text, text)


def _row(row: AmountRow) -> str:
    when = next(iter(row.when.under.values())).text
    condition = f"{when} → " if when not in {"", "是"} else ""
    payer = f"，由{row.payer}发" if row.payer else ""
    amount = PLAIN_YUAN.sub(r"\g<0> 元", row.text)
    return f"{condition}{amount}{payer}{quoted(row.citation)}"


def _figures(pack: Pack) -> list[str]:
    lines = []
    for rule in pack.parameters:
        for figure in rule.parameter.figures:
            place = f"（{figure.place}）" if figure.place else ""
            value = _value(figure.value, rule.parameter.unit)
            lines.append(f"{rule.name}{place} = {value}（{figure.start}起）{mark(rule.citation)}")
    for formula in pack.formulas:
        for options, text in formula.text.under.items():
            names = formula.text.readings
            read_as = f"　口径 {'、'.join(names)}={_options(pack, names, options)}" if options else ""
            lines.append(f"{formula.name} = {formula.rows or text}{mark(formula.citation)}{read_as}")
    return lines


def _value(ratio: Ratio, unit: str) -> str:
    if unit == "money":
        return f"{format_yuan(ratio[0])} 元"
    return f"{Decimal(ratio[0]) / ratio[1]:f}"


def _money(pack: Pack) -> list[str]:
    lines = [_claim(item) for item in pack.claims]
    if pack.total:
        lines.append(f"合计上限 {format_yuan(pack.total.fen)} 元{mark(pack.total.citation)}")
    return lines


def _claim(item: ClaimItem) -> str:
    parts = [f"{item.item}（{'、'.join(item.kinds)}）"]
    if item.tiers:
        parts.append(f"等级 {'、'.join(format_yuan(fen) for fen in item.tiers.fen)} 元")
    if item.share:
        parts.append(f"按 {item.share.numerator}/{item.share.denominator} 报销")
    parts += [f"上限 {format_yuan(item.cap.fen)} 元"] if item.cap else []
    parts += ["金额由决定人定"] * item.decided
    parts += [f"只能按标准发{quoted(item.exact)}"] if item.exact else []
    return "　".join(parts) + mark(item.citation)


def _places(selection: Selection) -> str:
    limits = [f"最多 {selection.most} 人"] if selection.most is not None else []
    if selection.share:
        rounding = selection.rounding or f"不足一人怎么计{UNSTATED}"
        limits.append(f"{selection.of}的 {selection.share[0]}/{selection.share[1]}（{rounding}）")
    parts = ("，".join(limits), order_words(selection), "相同的由人决定")
    return f"{selection.benefit}：{'；'.join(parts)}{mark(selection.citation)}"


def order_words(selection: Selection) -> str:
    """The order of *selection* in words, each tie-break with its own clause; 文件未规定 if there is none."""
    words = []
    for rank in selection.ranks:
        end = "高（晚、是）的在前" if rank.larger_first else "低（早、否）的在前"
        own = "" if rank.citation == selection.citation else mark(rank.citation)
        words.append(f"{rank.name}{end}{own}")
    return "；再按".join(words) or f"先后{UNSTATED}"


def _rhythm(pack: Pack) -> list[str]:
    lines = [f"{c.name}：{c.words}　{c.per}{mark(c.citation)}" for c in pack.cadences]
    if pack.contact.citation:
        lines.append(f"联系：{pack.contact.cadence_words}{mark(pack.contact.citation)}")
    return lines + [f"{q.kind}：至少 {q.least} 次 {q.by}{mark(q.citation)}" for q in pack.quotas]


def _targets(pack: Pack) -> list[str]:
    return [
        f"{t.name}：{'，'.join(filter(None, (t.least, t.goal and f'力争 {t.goal}')))}"
        f"{f' {t.unit}' * bool(t.unit)}{mark(t.citation)}"
        for t in pack.targets
    ]


def _indicator(indicator: Indicator) -> str:
    """What is counted, of whom; under each option where that is unclear."""
    labels = [f"{key}＝{group}" if key else group for key, group in indicator.of.items()]
    by_reading = f"按口径 {indicator.reading}：" if indicator.reading else ""
    of = f" ÷ {by_reading}{'；'.join(labels)}" if labels else ""
    flag = f"，限{indicator.flag}" if indicator.flag else ""
    return f"{indicator.name} = {indicator.counts}{of}{flag}{quoted(indicator.citation)}"


def _readings(pack: Pack) -> list[str]:
    """Every unclear clause, in the order of its id."""
    lines = []
    for reading in pack.readings.values():
        options = "；".join(f"{name}＝{label}" for name, label in reading.options.items())
        lines.append(f"{reading.id}　{reading.question}（{reading.clause}）{options}。请问{reading.decides}")
    for q in pack.questions:
        options = f"可能：{'；'.join(q.options)}。" if q.options else ""
        lines.append(f"{q.id}　{q.question}（{q.clause}）{options}请问{q.decides}")
    return sorted(lines)


def _count(count: int | None) -> str:
    return "" if count is None else f" {count} 名"
