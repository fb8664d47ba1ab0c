"""Amounts printed with so many decimals: totals half up, parts so that they add up (R2-30, R2-31).

Only what is printed is rounded, once; what is checked and opened stays exact to the fen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

MOST_DECIMALS = 6
"""Of 万元: the sixth is the fen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """What is printed by line, and of which lines that is not what half up would give, or hides an amount."""

    printed: Mapping[int, str]
    shared: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()

    def notes(self, decimals: int, unit: str) -> list[str]:
        """What a reader of rounded amounts must know."""
        told = f"金额按{unit}保留 {decimals} 位小数，逐笔的精确数用 --who 打开"
        lines = [(self.shared, "按最大余额法取舍，使分项之和等于总数"), (self.hidden, "不是零，舍入后为 0")]
        words = [f"第 {'、'.join(map(str, places))} 行{word}" for places, word in lines if places]
        return ["；".join([told, *words])]


def round_amounts(
    amounts: Mapping[int, int], sums: Iterable[tuple[int, Sequence[int]]], fen_in: int, decimals: int
) -> Rounding:
    """*amounts* in fen by line, as printed in units of *fen_in* with *decimals*; *sums*: total and parts.

    Parts that do not add up to their total are rounded each by itself: no rounding hides that.
    """
    step = fen_in // 10**decimals
    plain = {line: half_up(fen, step) for line, fen in amounts.items()}
    steps = dict(plain)
    for total, parts in sums:
        if total in amounts and amounts[total] == sum(amounts[part] for part in parts):
            steps |= zip(parts, share_out([amounts[part] for part in parts], step), strict=True)
    return Rounding(
        printed={line: f"{Decimal(n).scaleb(-decimals):f}" for line, n in steps.items()},
        shared=tuple(line for line, n in steps.items() if n != plain[line]),
        hidden=tuple(line for line, n in steps.items() if n == 0 and amounts[line]),
    )


def half_up(fen: int, step: int) -> int:
    """How many times *step* is in *fen*, half up."""
    return (2 * fen + step) // (2 * step)


def share_out(parts: Sequence[int], step: int) -> list[int]:
    """How often *step* is in each of *parts*, so that they add up to their rounded sum (最大余额法)."""
    whole = half_up(sum(parts), step)
    found = [part // step for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: (-(parts[place] % step), place))
    for place in by_remainder[: whole - sum(found)]:
        found[place] += 1
    return found
