"""A chart as a picture (PNG) for Word, in a Chinese font of this computer; equal charts give equal bytes."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.reports.chart import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PREFERRED = (
    "Microsoft YaHei", "DengXian", "SimHei", "SimSun",
    "PingFang SC", "Hiragino Sans GB", "Heiti SC", "STHeiti", "Heiti TC", "Songti SC", "Arial Unicode MS",
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans CJK JP",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Serif CJK SC", "AR PL UMing CN",
)  # fmt: skip
"""Chinese fonts that come with Windows, with macOS and with Linux, in this order."""
COLOURS = ("#1f4e79", "#e08a1e", "#c9d6e3")
"""Dark, middle, light: they stay apart on a black-and-white printer too."""
INCHES_WIDE, INCHES_PER_BAR, MOST_LETTERS, DPI = 6.0, 0.36, 12, 150
NO_FONT = "没有画图：这台电脑没有能显示全部文字的中文字体；数字见上表。请安装微软雅黑、思源黑体等字体后重做"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawn chart: the PNG, or nothing where no font has the letters; caption, and the chart in words."""

    png: bytes | None
    caption: str
    described: str


def picture_of(chart: Chart) -> Picture:
    """*chart* drawn, in a font that has every letter of it: never boxes in place of letters."""
    words = "".join((chart.caption, *chart.labels, *(name for name, _ in chart.series), "0123456789…"))
    family = covering_font(words)
    return Picture(
        png=_draw(chart, family) if family else None, caption=chart.caption, described=chart.described
    )


def covering_font(text: str) -> str | None:
    """Name of a font of this computer that has every letter of *text*; ``None``: there is none."""
    from matplotlib.font_manager import fontManager

    installed = {entry.name: entry.fname for entry in fontManager.ttflist if Path(entry.fname).is_file()}
    letters = {ord(letter) for letter in text if not letter.isspace()}
    wanted = [name for name in PREFERRED if name in installed]
    rest = sorted(set(installed) - set(wanted))
    return next((name for name in (*wanted, *rest) if _has(name, letters)), None)


def _has(family: str, letters: set[int]) -> bool:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    try:
        font = get_font(findfont(FontProperties(family=family), fallback_to_default=False))
    except (OSError, RuntimeError, ValueError):  # a font that is broken, or gone since the list was made
        return False
    return all(font.get_char_index(letter) for letter in letters)


def _draw(chart: Chart, family: str) -> bytes:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    kept = io.BytesIO()
    with mpl.rc_context():
        mpl.rcdefaults()  # whatever this user's own settings are
        mpl.rcParams.update({"font.family": family, "text.parse_math": False})
        height = INCHES_PER_BAR * len(chart.labels) + 1.3
        figure = Figure(figsize=(INCHES_WIDE, height), layout="constrained")
        _draw_bars(figure.add_subplot(), chart)
        figure.savefig(kept, format="png", dpi=DPI, metadata={"Software": None})
    return kept.getvalue()


def _draw_bars(axes: "Axes", chart: Chart) -> None:
    """One bar per label from the top, its parts side by side, each with its number."""
    places = range(len(chart.labels))
    from matplotlib.ticker import MaxNLocator

    start = [0] * len(chart.labels)
    for (name, values), colour in zip(chart.series, COLOURS, strict=False):
        bars = axes.barh(places, values, left=start, color=colour, edgecolor="white", label=name)
        shown = [str(value) if value else "" for value in values]
        inside = "white" if colour == COLOURS[0] else "black"
        axes.bar_label(bars, labels=shown, label_type="center", color=inside, fontsize=9)
        start = [before + value for before, value in zip(start, values, strict=True)]
    axes.set_yticks(places, [_short(label) for label in chart.labels])
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=len(chart.series), frameon=False)


def _short(label: str) -> str:
    return label if len(label) <= MOST_LETTERS else label[: MOST_LETTERS - 1] + "…"
