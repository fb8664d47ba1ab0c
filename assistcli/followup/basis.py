"""What a thing that waits stands on (依据): its clause, and since when it has waited."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from assistcli.followup.agenda import Item
from assistcli.policy.rules import Pack
from assistcli.words import UNSTATED

Clauses = Mapping[str, str]
"""Kind of item → the clause that asks for it."""


def clauses_of(pack: Pack, practices: Iterable[Pack]) -> Clauses:
    """The clauses of *pack* itself, and of the *practices* adopted where it has none, with their names."""
    return clauses_among(practices) | {kind: cited.clause for kind, cited in pack.duties.items()}


def clauses_among(packs: Iterable[Pack]) -> dict[str, str]:
    """The clauses of *packs*, each with the name of its pack; of two that ask for one thing the first."""
    return {k: f"{p.id} {cited.clause}" for p in reversed(list(packs)) for k, cited in p.duties.items()}


def founded(item: Item, clauses: Clauses, today: date) -> Item:
    """*item* with its clause, 「文件未规定」 where there is none, and the days that it has waited."""
    waited = item.days_waiting(today)
    if item.clause and waited is None:
        return item
    return replace(
        item,
        clause=item.clause or clauses.get(item.kind, UNSTATED),
        reason=item.reason if waited is None else f"{item.reason}，已 {waited} 天",
    )
