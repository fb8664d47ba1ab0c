"""The checklist of state aid (助学政策落实表): how each person stands with every aid of the notice."""

from collections.abc import Mapping, Sequence

from assistcli.assistance import Application
from assistcli.followup.elsewhere import AID_STATES, RECEIVED
from assistcli.model import Case
from assistcli.reports.statistics import Cell, StatisticsTable

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
    got = {
        column: [c.id for c in cases if _status(c, states, aid) == RECEIVED]
        for column, aid in enumerate(aids, len(PERSON))
    }
    rows.append((None, None, RECEIVED, None, *(len(ids) for ids in got.values())))
    unknown = sum(not any(_status(case, states, aid) for aid in aids) for case in cases)
    notes = [f"各栏：{'、'.join(AID_STATES)}；空白是还不知道", f"{unknown} 人一项也没有登记"]
    people = {(len(cases), column): ids for column, ids in got.items()}
    return StatisticsTable(
        title=title, columns=(*PERSON, *aids), rows=tuple(rows), notes=tuple(notes), people=people
    )


def _states(case: Case, states: Mapping[str, Mapping[str, Application]], aids: Sequence[str]) -> list[Cell]:
    return [_status(case, states, aid) or None for aid in aids]


def _status(case: Case, states: Mapping[str, Mapping[str, Application]], aid: str) -> str:
    entry = states.get(case.id, {}).get(aid)
    return entry.status if entry else ""
