"""Why a condition holds or not, in plain words: the clause, and what is on record."""

from collections.abc import Iterable, Mapping

from assistcli.fields import HIDDEN, Field
from assistcli.policy.result import Reason
from assistcli.policy.rules import Pack
from assistcli.values import Value, format_value

UNKNOWN = "未知"
NO_FACT = "与登记的事实无关"


def shown_fact(name: str, facts: Mapping[str, Value], fields: Mapping[str, Field]) -> str:
    """The fact *name* as it is on record; 未知 where nothing is."""
    value = facts.get(name)
    return UNKNOWN if value is None else format_value(fields[name], value)


def unmet_words(reason: Reason, pack: Pack, *, reveal: bool = False) -> str:
    """Which condition is not met, and by which facts; those that lists must hide, hidden unless *reveal*."""
    listed = shown_fact if reveal else _listed_fact
    facts = "，".join(f"{name}＝{listed(name, reason.facts, pack.fields)}" for name in reason.looked_at)
    remedy = f"，{reason.condition.remedy}" if reason.condition.remedy else ""
    return f"{reason.condition.citation.in_full}这一条没有满足（{facts or NO_FACT}）{remedy}"


def _listed_fact(name: str, facts: Mapping[str, Value], fields: Mapping[str, Field]) -> str:
    if fields[name].sensitivity == HIDDEN and facts.get(name) is not None:
        from assistcli.masks import veil_value  # only where something must be hidden

        return veil_value(fields[name], facts[name])
    return shown_fact(name, facts, fields)


def unmet_conditions(reasons: Iterable[Reason], pack: Pack, *, reveal: bool = False) -> list[str]:
    """Every condition among *reasons* that is not met, in words."""
    return [unmet_words(reason, pack, reveal=reveal) for reason in reasons if reason.holds is False]
