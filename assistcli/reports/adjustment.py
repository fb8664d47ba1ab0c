"""The list of an adjustment (信息库调整名单): who came in, left, stays or changed category (R0-13)."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain

from assistcli.model import Case
from assistcli.reports.opening import Cell, Item, open_aside
from assistcli.reports.statistics import StatisticsTable

COLUMNS = ("学院", "学号", "姓名", "班级", "原类别", "现类别", "调整")
ADDED, REMOVED, KEPT, CHANGED = "新增", "退出", "保留", "变更类别"


def adjustment_table(
    cases: Sequence[Case], before: Mapping[str, str], now: Mapping[str, str], since: date | None, title: str
) -> StatisticsTable:
    """One row per person who was or is on the list; *before* and *now* map case ids to categories."""
    listed = [case for case in cases if before.get(case.id) or now.get(case.id)]
    rows: list[tuple[Cell, ...]] = []
    became: dict[str, list[Item]] = {word: [] for word in (ADDED, REMOVED, KEPT, CHANGED)}
    for case in listed:
        was, stands = before.get(case.id, ""), now.get(case.id, "")
        what = adjustment_word(was, stands)
        became[what].append(Item(1, case.id, None, what))
        head = (case.text("学院"), case.student_no, case.name, case.text("班级"))
        rows.append((*head, was, stands, what))
    told = "，".join(f"{word} {len(items)} 人" for word, items in became.items())
    start = f"与 {since} 相比" if since else "第一次调整，没有以前的名单"
    note = f"{start}：{told}"
    return StatisticsTable(
        title=title,
        columns=COLUMNS,
        rows=tuple(rows),
        notes=(note,),
        asides={note: open_aside([*chain(*became.values())])},
        whose=[case.id for case in listed],
    )


def adjustment_word(before: str, now: str) -> str:
    """What became of a person whose categories were *before* and are *now*."""
    if not before:
        return ADDED
    if not now:
        return REMOVED
    return KEPT if before == now else CHANGED
