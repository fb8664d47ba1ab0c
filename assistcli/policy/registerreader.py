"""From a pack's TOML what it names for counting and logging: indicators, aid without amount, words."""

from assistcli.policy.entry import Entry
from assistcli.policy.practice import NUMBERS, POPULATIONS, TRAITS, Aid, Indicator, Words
from assistcli.policy.rulereader import RuleReader


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


def read_aid(rules: RuleReader, entry: Entry) -> Aid:
    """One ``[[aid]]``: help that the notice names without an amount."""
    aid = Aid(
        name=entry.need("name", str, ""),
        aliases=entry.texts("aliases"),
        note=entry.text("note"),
        citation=rules.citation(entry),
    )
    entry.finish()
    return aid


def read_words(rules: RuleReader, entry: Entry) -> Words:
    """One ``[[words]]``: each of the words must stand in the clause."""
    listed = Words(
        kind=entry.need("kind", str, ""), words=entry.texts("words"), citation=rules.citation(entry)
    )
    clause = "".join(rules.clauses.get(listed.citation.clause, "").split())
    for word in listed.words:
        if "".join(word.split()) not in clause:
            entry.report(f"{entry.where}：「{word}」不在条款「{listed.citation.clause}」原文里", word)
    entry.finish()
    return listed
