"""The checklist of state aid (助学政策落实表): how each person stands with every aid of the notice."""

from collections.abc import Mapping, Sequence
from functools import partial

from assistcli.assistance import Application
from assistcli.followup.elsewhere import AID_STATES, RECEIVED
from assistcli.model import Case
from assistcli.reports.opening import Cell, Item, Opening, Trace, open_aside
from assistcli.reports.statistics import StatisticsTable

PERSON = ("序号", "学号", "姓名", "学院或学校")


def aid_table(
    cases: Sequence[Case], states: Mapping[str, Mapping[str, Application]], aids: Sequence[str], title: str
) -> StatisticsTable:
    """One row per case with a column per aid, blank where nothing is recorded; the last counts who got it."""
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            case.student_no,
            case.name,
            case.text("学院") or case.text("就读学校"),
            *_states(case, states, aids),
        )
        for number, case in enumerate(cases, 1)
    ]
    got = [[states[case.id][aid] for case in cases if _status(case, states, aid) == RECEIVED] for aid in aids]
    rows.append((None, None, RECEIVED, None, *map(len, got)))
    unknown = [case for case in cases if not any(_status(case, states, aid) for aid in aids)]
    none = f"{len(unknown)} 人一项也没有登记"
    notes = [f"各栏：{'、'.join(AID_STATES)}；空白是还不知道", none]
    openings = {
        (len(cases), column): Opening(
            items=partial(_items, entries), meaning=f"{aid}：最近一次登记为{RECEIVED}的，每人计一"
        )
        for column, (aid, entries) in enumerate(zip(aids, got, strict=True), len(PERSON))
    }
    return StatisticsTable(
        title=title,
        columns=(*PERSON, *aids),
        rows=tuple(rows),
        notes=tuple(notes),
        openings=openings,
        whose=[case.id for case in cases],
        asides={none: open_aside([Item(case=case.id) for case in unknown])},
    )


def _items(entries: Sequence[Application]) -> list[Item]:
    return [
        Item(1, entry.case, entry.day, f"{entry.aid} {entry.status}", Trace("Application", entry.id))
        for entry in entries
    ]


def _states(case: Case, states: Mapping[str, Mapping[str, Application]], aids: Sequence[str]) -> list[Cell]:
    return [_status(case, states, aid) or None for aid in aids]


def _status(case: Case, states: Mapping[str, Mapping[str, Application]], aid: str) -> str:
    entry = states.get(case.id, {}).get(aid)
    return entry.status if entry else ""
