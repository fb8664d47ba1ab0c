"""A verdict and its reasons, as values."""

from typing import NamedTuple

from assistcli.policy.kleene import Facts
from assistcli.policy.reading import Dependence
from assistcli.policy.rules import Benefit, Condition


class Reason(NamedTuple):
    """One condition of a verdict: whether it holds (``None``: unknown or by reading) and the facts it saw."""

    condition: Condition
    holds: bool | None
    facts: Facts
    looked_at: tuple[str, ...]


class Verdict(NamedTuple):
    """Whether a person is entitled to *benefit*: eligible, not_eligible, unknown or depends, and why.

    ``amounts`` are the fixed amounts in fen still possible, ascending; ``ranges`` the merely bounded ones.
    """

    benefit: Benefit
    verdict: str
    missing: tuple[str, ...]
    depends: tuple[Dependence[str], ...]
    reasons: tuple[Reason, ...]
    amounts: tuple[int, ...] = ()
    ranges: tuple[tuple[int | None, int | None], ...] = ()
    payers: tuple[str, ...] = ()
