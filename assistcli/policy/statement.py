"""Words and figures of a verdict: from outcomes under several readings to what is told."""

from datetime import date

from assistcli.money import format_yuan
from assistcli.policy.amount import Amounts
from assistcli.policy.possibility import Outcome
from assistcli.policy.reading import DISAGREE
from assistcli.policy.rules import Pack
from assistcli.policy.scope import TODAY, YEAR
from assistcli.values import Value

ELIGIBLE, NOT_ELIGIBLE, UNKNOWN, DEPENDS = "eligible", "not_eligible", "unknown", DISAGREE

WORD = {True: ELIGIBLE, False: NOT_ELIGIBLE, None: UNKNOWN}


def given_facts(pack: Pack, year: int, today: date | None) -> dict[str, Value]:
    """What no case holds: notice year, day of the check, and the figures in force for everybody."""
    given: dict[str, Value] = {YEAR: year} | ({TODAY: today.isoformat()} if today else {})
    for rule in pack.parameters:
        day = today.isoformat() if today else ""
        figure = rule.parameter.in_force(year, "", day) if rule.parameter.everywhere else None
        if figure:
            given[rule.name] = figure[0]
    return given


def describe_outcome(outcome: Outcome) -> str:
    """The one amount of *outcome* in yuan, ``depends`` where several are possible, else the verdict."""
    amounts = sorted(outcome.amounts, key=str)
    if not outcome.holds or not amounts:
        return WORD[outcome.holds]
    least, most, _ = amounts[0]
    if len(amounts) > 1:
        return DEPENDS
    return format_yuan(least) if least is not None and least == most else f"{least}～{most}"


def split_amounts(
    amounts: Amounts,
) -> tuple[tuple[int, ...], tuple[tuple[int | None, int | None], ...], tuple[str, ...]]:
    """The fixed *amounts*, ascending; those that are only bounded; and who may have to pay."""
    fixed = sorted({a.most for a in amounts if a.most is not None and a.least == a.most})
    bounded = {(a.least, a.most) for a in amounts if a.least != a.most or a.most is None}
    payers = sorted({amount.payer for amount in amounts if amount.payer})
    return tuple(fixed), tuple(sorted(bounded, key=str)), tuple(payers)


def overall_word(words: set[str]) -> str:
    """The verdict on which all readings agree, else unknown if any gives it, else depends."""
    if len(words) == 1:
        return next(iter(words))
    return UNKNOWN if UNKNOWN in words else DEPENDS
