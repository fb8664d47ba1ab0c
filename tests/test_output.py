"""Tables on a terminal: they fit its width, and what cannot be read in pieces stays whole."""

import os
import sys

import pytest
from wcwidth import wcswidth

from assistcli import output
from assistcli.output import Table, render_table
from assistcli.sheets.claimsheet import HEADINGS

NAMES = (
    "学院名称",
    "毕业生数",
    "A类帮困生（双困生）",
    "B1：少数民族",
    "B2：身心有缺陷",
    "B3：单亲家庭",
    "小计",
    "合计人数",
)
CLAIM = "01M80CEV67Z91J2ZXZWTXCQJT5"


@pytest.fixture(params=[60, 80, 100])
def columns(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """The width of the terminal on which everything is shown."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(output, "get_terminal_size", lambda: os.terminal_size((request.param, 24)))
    return int(request.param)


def test_long_headings_wrap(columns: int) -> None:
    """A statistics table has figures of one letter below headings of twenty."""
    shown = render_table(Table(NAMES, [("机械学院", 320, 2, 2, 0, 4, 4, 4)])).splitlines()
    assert max(map(wcswidth, shown)) <= columns


def test_long_cells_wrap_beside_a_short_heading(columns: int) -> None:
    """The padding of the headings counts."""
    reason = "二、1「家庭经济特别困难（被学校认定为家庭经济困难学生）」满足" * 2
    rows = [("10800001", "甲同学", "A类（双困生）", "取决于口径", "符合", reason)]
    shown = render_table(Table(("学号", "姓名", "项目", "原为", "改为", "因为"), rows)).splitlines()
    assert max(map(wcswidth, shown)) <= columns


def test_figures_days_and_names_of_records_stay_whole(columns: int) -> None:
    """They are read, added up and copied; words give way first, and figures only to fit at all."""
    row = ("卫子涵", "突发性困难补助和其他费用，由学校决定", "2013-06-05", "99999999.00", CLAIM)
    shown = render_table(Table(("姓名", "项目", "日期", "申请", "申请号"), [row]))
    assert columns < 80 or all(word in shown for word in row[2:])
    assert max(map(wcswidth, shown.splitlines())) <= columns


def test_a_claim_is_read_whole_at_a_hundred_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name is copied into the next command."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(output, "get_terminal_size", lambda: os.terminal_size((100, 24)))
    row = (
        "张三",
        "突发性困难补助",
        "2013-06-05",
        "1400.00",
        "取决于口径",
        "",
        "",
        "申请",
        "三、5（2）①",
        CLAIM,
    )
    shown = render_table(Table(HEADINGS, [row]))
    assert CLAIM in shown
    assert max(map(wcswidth, shown.splitlines())) <= 100


def test_a_table_that_fits_stays_as_it_is(columns: int) -> None:
    told = Table(("学号", "姓名"), [("10800001", "张三")])
    assert render_table(told) == "学号      姓名\n--------  ------\n10800001  张三"
