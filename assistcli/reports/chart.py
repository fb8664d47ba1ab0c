"""Numbers of a table as bars: what a chart shows, and the same bars in letters for the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_BARS = 20
FILLS = "█▓·"
"""One letter per series; all three are in GBK, so that a Windows terminal shows them."""
WIDEST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One bar per label, made of as many parts as there are series; ``left_out`` bars are not drawn."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    left_out: int = 0

    def values(self, bar: int) -> list[int]:
        """The parts of one bar, in the order of the series."""
        return [numbers[bar] for _, numbers in self.series]

    @property
    def caption(self) -> str:
        """The title, and how many bars are not drawn."""
        return self.title + (f"（另有 {self.left_out} 项未画，见表）" if self.left_out else "")

    @property
    def described(self) -> str:
        """The whole chart in words, for whom cannot see it."""
        bars = (
            f"{label} " + "、".join(f"{name}{numbers[bar]}" for name, numbers in self.series)
            for bar, label in enumerate(self.labels)
        )
        return f"{self.caption}：{'；'.join(bars)}"


def make_chart(title: str, names: Sequence[str], bars: Sequence[tuple[str, Sequence[int]]]) -> Chart:
    """The chart of *bars*, each a label with one number per series of *names*; the largest where too many."""
    largest = sorted(bars, key=lambda bar: -sum(bar[1]))[:MOST_BARS]
    drawn = [bar for bar in bars if bar in largest]
    return Chart(
        title=title,
        labels=tuple(label for label, _ in drawn),
        series=tuple((name, tuple(parts[n] for _, parts in drawn)) for n, name in enumerate(names)),
        left_out=len(bars) - len(drawn),
    )


def text_bars(chart: Chart) -> list[tuple[object, ...]]:
    """One row per bar: its label, its numbers, and the bar in letters; a part above zero is never nothing."""
    most = max((sum(chart.values(bar)) for bar in range(len(chart.labels))), default=0) or 1
    rows: list[tuple[object, ...]] = []
    for bar, label in enumerate(chart.labels):
        values = chart.values(bar)
        pieces = (
            fill * max(value * WIDEST // most, 1) if value else ""
            for fill, value in zip(FILLS, values, strict=False)
        )
        rows.append((label, *values, "".join(pieces)))
    return rows


def text_headings(chart: Chart) -> tuple[str, ...]:
    """Headings of ``text_bars``: each series with the letter that stands for it."""
    return (
        "名称", *(f"{name} {fill}" for fill, (name, _) in zip(FILLS, chart.series, strict=False)), "图"
    )  # fmt: skip
