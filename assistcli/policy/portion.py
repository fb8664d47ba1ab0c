"""An amount paid in portions (分次): so much at once, so much against invoices, as the notice divides it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistcli.policy.source import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """A share (numerator, denominator) of an amount; ``against`` names what it is paid on, blank: at once."""

    name: str
    share: tuple[int, int]
    against: str
    citation: Citation


def divide_amount(fen: int, portions: Sequence[Portion]) -> dict[str, int]:
    """Fen of each portion of *fen*, by name; parts of a fen stay with the last, so that nothing is lost."""
    parts = {portion.name: fen * portion.share[0] // portion.share[1] for portion in portions[:-1]}
    return parts | {portion.name: fen - sum(parts.values()) for portion in portions[-1:]}


def is_whole(portions: Sequence[Portion]) -> bool:
    """Whether the shares of *portions* add up to one."""
    return sum(Fraction(*portion.share) for portion in portions) == 1
