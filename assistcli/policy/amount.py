"""Amounts of a benefit (金额): which rows of its table apply, and what they give together.

An amount is a pair of fen: the least and the most; equal where the notice fixes it, ``None`` where it gives
no bound on that side. Where it states no amount at all, none is reckoned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from assistcli.policy.kleene import Facts
from assistcli.policy.practice import Portion
from assistcli.policy.quantity import Quantity
from assistcli.policy.rules import AmountRow, Test


class Amount(NamedTuple):
    """Fen: the least and the most, equal where fixed, ``None`` for no bound; and who pays, if it is said."""

    least: int | None
    most: int | None
    payer: str = ""


Amounts = frozenset[Amount]

NO_AMOUNT: Amounts = frozenset()
UNSTATED = Amount(None, None)
MOST_OPEN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One row of an amount table, read one way: when it applies and what it gives."""

    row: AmountRow
    when: Test
    least: Quantity | None
    most: Quantity | None


def amounts_under(payments: Sequence[Payment], pick: str, facts: Facts) -> tuple[Amounts, frozenset[str]]:
    """The amounts that *payments* can still give on *facts*, and the facts that keep them open."""
    open_facts: set[str] = set()
    certain: list[Amount] = []
    possible: list[Amount] = []
    for payment in payments:
        applies = payment.when.sure(facts)
        if applies is None:
            open_facts |= payment.when.wants(facts)
        if applies is False:
            continue
        amount = _amount(payment, facts)
        if amount is None:
            open_facts |= payment.row.facts
        else:
            (certain if applies else possible).append(amount)
    return _combined(certain, possible, pick), frozenset(open_facts)


def _amount(payment: Payment, facts: Facts) -> Amount | None:
    """What *payment* gives; ``None`` while a fact for it is missing. Part of a fen is dropped.

    A reckoning below zero bounds nothing: the notice does not say what it comes to; zero would be a guess.
    """
    bounds = []
    for quantity in (payment.least, payment.most):
        ratio = quantity.exact(facts) if quantity else None
        if quantity and ratio is None:
            return None
        bounds.append(ratio[0] // ratio[1] if ratio and ratio[0] >= 0 else None)
    return Amount(bounds[0], bounds[1], payment.row.payer)


def _combined(certain: Sequence[Amount], possible: Sequence[Amount], pick: str) -> Amounts:
    if pick == "one":
        return frozenset(certain[:1] or possible)
    if len(possible) > MOST_OPEN:
        return frozenset({*certain, *possible})
    results = set()
    for taken in product((False, True), repeat=len(possible)):
        amounts = [*certain, *(a for a, is_in in zip(possible, taken, strict=True) if is_in)]
        if amounts:
            results.add(_sum(amounts) if pick == "sum" else max(amounts, key=_height))
    return frozenset(results)


def _sum(amounts: Sequence[Amount]) -> Amount:
    least = [amount[0] for amount in amounts]
    most = [amount[1] for amount in amounts]
    return Amount(
        None if None in least else sum(fen for fen in least if fen is not None),
        None if None in most else sum(fen for fen in most if fen is not None),
        "、".join(dict.fromkeys(amount.payer for amount in amounts if amount.payer)),
    )


def _height(amount: Amount) -> tuple[int, int]:
    return amount[1] or 0, amount[0] or 0


def divide_amount(fen: int, portions: Sequence[Portion]) -> dict[str, int]:
    """Fen of each portion of *fen*, by name; parts of a fen stay with the last, so that nothing is lost."""
    parts = {portion.name: fen * portion.share[0] // portion.share[1] for portion in portions[:-1]}
    return parts | {portion.name: fen - sum(parts.values()) for portion in portions[-1:]}


def is_whole(portions: Sequence[Portion]) -> bool:
    """Whether the shares of *portions* add up to one."""
    return sum(Fraction(*portion.share) for portion in portions) == 1
