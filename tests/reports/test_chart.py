"""Bars in letters: they show the numbers, fit a Windows terminal, and leave nothing out silently."""

from hypothesis import given
from hypothesis import strategies as st

from assistcli.reports.chart import FILLS, MOST_BARS, Chart, make_chart, text_bars, text_headings

NAMES = ("原已落实", "新落实", "未落实")
PARTS = st.tuples(*[st.integers(0, 10**6)] * 3)


def test_a_bar_is_as_long_as_its_numbers() -> None:
    """The longest takes the whole width; a one beside a thousand is still seen."""
    chart = make_chart("图", NAMES, [("甲学院", (10, 0, 20)), ("乙学院", (0, 1, 999)), ("丙学院", (0, 0, 0))])
    first, second, third = (str(row[-1]) for row in text_bars(chart))
    assert first == "██"[:1] + "·"
    assert second.count("▓") == 1
    assert len(second) == 30
    assert third == ""
    assert text_headings(chart) == ("名称", "原已落实 █", "新落实 ▓", "未落实 ·", "图")


def test_the_letters_are_in_gbk() -> None:
    """A Windows terminal prints them; ░ would be a question mark."""
    assert FILLS.encode("gbk").decode("gbk") == FILLS


@given(st.lists(st.tuples(st.text(max_size=3), PARTS), max_size=40))
def test_what_is_not_drawn_is_said(bars: list[tuple[str, tuple[int, ...]]]) -> None:
    """The largest are drawn, in their order; the caption counts the others."""
    chart = make_chart("图", NAMES, bars)
    assert len(chart.labels) + chart.left_out == len(bars)
    assert (chart.left_out > 0) == ("未画" in chart.caption)
    drawn = [sum(chart.values(bar)) for bar in range(len(chart.labels))]
    assert sum(drawn) >= sum(sorted((sum(parts) for _, parts in bars), reverse=True)[:MOST_BARS])
    assert all(number >= 0 for row in text_bars(chart) for number in row[1:-1] if isinstance(number, int))


def test_a_chart_in_words_has_every_number() -> None:
    """For whom cannot see the picture."""
    chart = Chart(title="图", labels=("甲", "乙"), series=(("新", (1, 2)), ("旧", (3, 4))))
    assert chart.described == "图：甲 新1、旧3；乙 新2、旧4"
