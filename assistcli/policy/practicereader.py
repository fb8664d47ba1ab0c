"""From a pack's TOML: approval steps, papers, contacts, calendar, forms, quotas, roles and targets."""

import re
from datetime import date

from assistcli.policy.citation import Citation
from assistcli.policy.entry import Entry
from assistcli.policy.practice import (
    NUMBERS,
    POPULATIONS,
    TRAITS,
    Cadence,
    CalendarEvent,
    ContactRule,
    FormRule,
    Indicator,
    Quota,
    Role,
    StepRule,
    SummaryRule,
    Target,
    Words,
)
from assistcli.policy.reading import Open
from assistcli.policy.rulereader import RuleReader
from assistcli.values import squeeze

PER = ("case", "table")


def read_step(rules: RuleReader, entry: Entry) -> StepRule:
    """One ``[[step]]`` of the approval chain."""
    needed = entry.entry("needed")
    step = StepRule(
        name=entry.need("name", str, ""),
        aliases=entry.texts("aliases"),
        by=entry.text("by"),
        citation=rules.citation(entry),
        papers=entry.texts("papers"),
        grants=entry.text("grants"),
        needed=rules.citation(needed) if needed else None,
        publishes=entry.get("publishes", bool, False),
    )
    if needed:
        needed.finish()
    entry.finish()
    return step


def read_demand(rules: RuleReader, entry: Entry) -> tuple[str, Citation]:
    """One ``[[paper]]`` or ``[[duty]]``: its name and where the notice asks for it."""
    demand = entry.need("name", str, ""), rules.citation(entry)
    entry.finish()
    return demand


def read_contact(rules: RuleReader, entry: Entry | None) -> ContactRule:
    """The ``[contact]`` table."""
    if entry is None:
        return ContactRule()
    cadence = entry.entry("cadence")
    contact = ContactRule(
        channels=entry.texts("channels"),
        kinds=entry.texts("kinds"),
        restricted_kinds=frozenset(entry.texts("restricted_kinds")),
        cadence_words=cadence.text("words") if cadence else "",
        cadence_days=cadence.get("days", int, None) if cadence else None,
        citation=rules.citation(cadence) if cadence else None,
        mass_counts=rules.hanging(entry, "mass_counts", False),
    )
    entry.finish()
    return contact


def read_event(rules: RuleReader, entry: Entry) -> CalendarEvent:
    """One ``[[event]]`` of the calendar."""
    event = CalendarEvent(
        when=entry.need("when", str, ""),
        what=entry.need("what", str, ""),
        who=entry.text("who"),
        citation=rules.citation(entry),
        start=entry.get("start", date, None),
        end=entry.get("end", date, None),
        before=entry.get("before", bool, False),
        includes=rules.hanging(entry, "includes", False),
        ends=rules.hanging(entry, "ends", date.min),
    )
    if event.before and event.end is None:
        entry.report(f"{entry.where}：写了 before（某日前），还要写 end（哪一日）", "before")
    if event.start and event.end and event.start > event.end:
        entry.report(f"{entry.where}：start 晚于 end", str(event.start))
    entry.finish()
    return event


def read_form(rules: RuleReader, entry: Entry) -> FormRule:
    """One ``[[form]]`` or table of the notice."""
    form = FormRule(
        name=entry.need("name", str, ""),
        title=entry.need("title", str, ""),
        short=entry.text("short"),
        per=entry.need("per", str, "case"),
        citation=rules.citation(entry),
        application_for=entry.text("application_for"),
        asks=entry.texts("asks"),
        slot=entry.get("slot", bool, False),
    )
    if form.per not in PER:
        entry.report(f"{entry.where}：per 应为 {' 或 '.join(PER)}，不是「{form.per}」", "per")
    for name in form.asks:
        if name not in rules.scope.fields:
            entry.report(f"{entry.where}：asks 里的「{name}」不是字段", name)
    entry.finish()
    return form


def read_summary(entry: Entry) -> SummaryRule:
    """The ``[summary]`` table."""
    summary = SummaryRule(
        colleges=entry.texts("colleges"),
        graduates=entry.need("graduates", str, ""),
        first=entry.need("first", str, ""),
        others=entry.texts("others"),
        count_reading=entry.text("count_reading"),
        overlap_reading=entry.text("overlap_reading"),
        ratio_reading=entry.text("ratio_reading"),
        labels=entry.texts("labels"),
    )
    entry.finish()
    return summary


def read_quota(rules: RuleReader, entry: Entry) -> Quota:
    """One ``[[quota]]``: how many services of a kind a person must get."""
    quota = Quota(
        kind=entry.need("kind", str, ""),
        least=entry.need("least", int, 1),
        by=entry.text("by"),
        period=entry.text("period"),
        citation=rules.citation(entry),
        since=rules.hanging(entry, "since", ""),
    )
    if quota.least < 1:
        entry.report(f"{entry.where}：least 应大于 0", "least")
    entry.finish()
    return quota


def read_role(rules: RuleReader, entry: Entry) -> Role:
    """One ``[[role]]``: who takes part, and how many where the notice says."""
    role = Role(
        name=entry.need("name", str, ""),
        per=entry.text("per"),
        count=entry.get("count", int, None),
        citation=rules.citation(entry),
    )
    entry.finish()
    return role


def is_figure(text: str) -> bool:
    """Whether *text* is a plain number, as 60 or 62.5."""
    return bool(re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text))


def read_target(rules: RuleReader, entry: Entry) -> Target:
    """One ``[[target]]``: a goal in the notice's words, with its figure where it has one."""
    bound = entry.entry("bound")
    under = rules.open_part(bound, str, "") if bound else Open.settled("")
    target = Target(
        name=entry.need("name", str, ""),
        reading="".join(under.readings),
        under={option: words for (option,), words in under.under.items()} if bound else {},
        least=entry.text("least"),
        goal=entry.text("goal"),
        unit=entry.text("unit"),
        period=entry.text("period"),
        citation=rules.citation(entry),
    )
    if not (target.least or target.goal):
        entry.report(f"{entry.where} 没有 least（至少）也没有 goal（力争）", target.name)
    if target.least and not is_figure(target.least):
        entry.report(f"{entry.where}：least「{target.least}」不是数字；说不成数字的写进 goal", "least")
    entry.finish()
    return target


def read_cadence(rules: RuleReader, entry: Entry) -> Cadence:
    """One ``[[cadence]]``: how often something is to be done, in the notice's words."""
    cadence = Cadence(
        name=entry.need("name", str, ""),
        words=entry.need("words", str, ""),
        days=entry.get("days", int, None),
        per=entry.text("per"),
        citation=rules.citation(entry),
        ways=rules.hanging(entry, "ways", ""),
        each=rules.hanging(entry, "each", ""),
    )
    if cadence.days is not None and cadence.days < 1:
        entry.report(f"{entry.where}：days 应大于 0", "days")
    entry.finish()
    return cadence


def read_indicator(rules: RuleReader, entry: Entry) -> Indicator:
    """One ``[[indicator]]``: what is counted, and of whom, under each option where that is unclear."""
    of = rules.open_value(entry, "of", str, "")
    reading = "".join(of.readings)
    indicator = Indicator(
        name=entry.need("name", str, ""),
        counts=entry.need("counts", str, POPULATIONS[0]),
        of={"".join(option): group for option, group in of.under.items() if group},
        labels=rules.readings[reading].options if reading else {},
        reading=reading,
        flag=entry.text("flag"),
        citation=rules.citation(entry),
    )
    _demand_countable(rules, entry, indicator)
    entry.finish()
    return indicator


def _demand_countable(rules: RuleReader, entry: Entry, indicator: Indicator) -> None:
    countable = TRAITS if indicator.of else (*POPULATIONS, *NUMBERS)
    for what, word, known in [
        ("counts", indicator.counts, countable),
        *(("of", group, POPULATIONS) for group in indicator.of.values()),
    ]:
        if word not in known:
            entry.report(f"{entry.where}：{what}「{word}」应为 {'、'.join(known)}", word)
    field = rules.scope.fields.get(indicator.flag)
    if indicator.flag and (field is None or field.kind != "yesno"):
        entry.report(f"{entry.where}：flag「{indicator.flag}」不是是非字段", indicator.flag)


def read_words(rules: RuleReader, entry: Entry) -> Words:
    """One ``[[words]]``: each of the words must stand in the clause."""
    listed = Words(
        kind=entry.need("kind", str, ""), words=entry.texts("words"), citation=rules.citation(entry)
    )
    clause = squeeze(rules.clauses.get(listed.citation.clause, ""))
    for word in listed.words:
        if squeeze(word) not in clause:
            entry.report(f"{entry.where}：「{word}」不在条款「{listed.citation.clause}」原文里", word)
    entry.finish()
    return listed
