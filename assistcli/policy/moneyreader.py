"""Claim items, their tiers, shares and caps, and the states a claim passes, from a pack's TOML."""

from assistcli.policy.entry import Entry
from assistcli.policy.practice import Aid
from assistcli.policy.reading import Open
from assistcli.policy.rulereader import RuleReader
from assistcli.policy.rules import Citation, ClaimItem, ClaimState, Limit, Payee, Share, Tiers

ALL_TOGETHER, EACH = "累计", "每次"


def read_claim(rules: RuleReader, entry: Entry) -> ClaimItem:
    """One ``[[claim]]``."""
    certificate, exact = entry.entry("certificate"), entry.entry("exact")
    if not entry.texts("kinds"):
        entry.report(f'{entry.where} 没有 kinds：写明申请时可选的种类，如 kinds = ["差旅费"]', "[[claim]]")
    item = ClaimItem(
        item=entry.need("item", str, ""),
        kinds=entry.texts("kinds"),
        citation=rules.citation(entry),
        benefit=rules.open_value(entry, "benefit", str, ""),
        in_total=rules.open_value(entry, "in_total", bool, False),
        cap=_read_cap(rules, entry.entry("cap")),
        tiers=_read_tiers(rules, entry),
        share=_read_share(rules, entry.entry("share")),
        certificate=_read_citation(rules, certificate) if certificate else None,
        exact=_read_citation(rules, exact) if exact else None,
        decided=entry.get("decided", bool, False),
        portion=entry.text("portion"),
    )
    entry.finish()
    return item


def read_total(rules: RuleReader, entry: Entry | None) -> Limit | None:
    """The ``[total]`` cap over all items."""
    if entry is None:
        return None
    limit = Limit(
        fen=rules.fen(entry, entry.need("yuan", str, "0")),
        citation=rules.citation(entry),
        each=Open.settled(False),
        yearly=rules.hanging(entry, "yearly", False) or Open.settled(False),
    )
    entry.finish()
    return limit


def read_claim_state(rules: RuleReader, entry: Entry) -> ClaimState:
    """One ``[[claim_state]]``."""
    state = ClaimState(
        name=entry.need("name", str, ""),
        by=entry.text("by"),
        citation=rules.citation(entry),
        needs_papers=entry.texts("needs_papers"),
        payee=_read_payee(rules, entry.entry("payee")),
    )
    entry.finish()
    return state


def _read_payee(rules: RuleReader, entry: Entry | None) -> Payee | None:
    if entry is None:
        return None
    payee = Payee(
        fund=entry.need("fund", str, ""), facts=entry.texts("facts"), citation=rules.citation(entry)
    )
    for name in payee.facts:
        if name not in rules.scope.fields:
            entry.report(f"{entry.where}：facts 里的「{name}」不是字段", f'"{name}"')
    entry.finish()
    return payee


def _read_cap(rules: RuleReader, entry: Entry | None) -> Limit | None:
    if entry is None:
        return None
    fen, citation = rules.fen(entry, entry.need("yuan", str, "0")), rules.citation(entry)
    if fen <= 0:
        entry.report(f"{entry.where}：上限应大于 0；文件没有上限就不要写 cap", "yuan")
    each: Open[bool] = Open.settled(False)
    if "reading" in entry.table:
        each = rules.open_part(entry, lambda words: _is_each(entry, str(words)), False)
    entry.finish()
    return Limit(fen=fen, citation=citation, each=each)


def _is_each(entry: Entry, words: str) -> bool:
    if words not in {ALL_TOGETHER, EACH}:
        entry.report(f"{entry.where}：上限只能是「{ALL_TOGETHER}」或「{EACH}」，不是「{words}」", words)
    return words == EACH


def _read_tiers(rules: RuleReader, entry: Entry) -> Tiers | None:
    modes, tiers = entry.get("tiers_bind", dict, {}), entry.entry("tiers")
    if tiers is None:
        return None
    bind = Entry(entry.source, modes, f"{entry.where} tiers_bind", span=entry.span)
    read = Tiers(
        fen=tuple(rules.fen(tiers, yuan) for yuan in tiers.texts("yuan")),
        citation=rules.citation(tiers),
        bind={mode: rules.open_value(bind, mode, bool, True) for mode in modes},
    )
    if not read.fen:
        entry.report(f'{entry.where}：tiers 没有等级；写成 yuan = ["100", "200"]', "tiers")
    tiers.finish()
    return read


def _read_share(rules: RuleReader, entry: Entry | None) -> Share | None:
    if entry is None:
        return None
    numerator, denominator = entry.need("numerator", int, 1), entry.need("denominator", int, 1)
    if not 0 < numerator <= denominator:
        entry.report(f"{entry.where}：比例应大于 0、不超过 1", "numerator")
    share = Share(numerator=numerator, denominator=max(denominator, 1), citation=rules.citation(entry))
    entry.finish()
    return share


def _read_citation(rules: RuleReader, entry: Entry) -> Citation:
    citation = rules.citation(entry)
    entry.finish()
    return citation


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
