"""The list of what waits, for the screen: many persons of whom the same is said stand together."""

from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from assistcli.book.caserecord import case_label
from assistcli.desk.duties import Duty
from assistcli.followup.agenda import Item
from assistcli.model import Case

MOST_ALONE = 5
"""More persons than these of whom the same is said are folded."""
MOST_PLACES, NAMED = 12, 3

Entry = tuple[str, Sequence[str]]
"""The command that clears some lines, and the lines."""


def due_lines(duties: Sequence[Duty], today: date, *, folded: bool) -> list[str]:
    """The *duties* by kind, the most pressing kind first, each with the command that clears it.

    Those who share reason, day and kind of command stand in one line if *folded*, counted by their place.
    """
    lines: list[str] = [] if duties else ["没有待办"]
    for kind in dict.fromkeys(duty.item.kind for duty in duties):
        found = [duty for duty in duties if duty.item.kind == kind]
        lines.append(f"【{kind}】{len(found)} 项")
        entries = _folded(found, today) if folded else (_alone(duty, today) for duty in found)
        for command, alike in groupby(entries, key=itemgetter(0)):
            lines += [line for _, told in alike for line in told] + [f"      → {command}"]
    return lines


def is_folded(duties: Sequence[Duty]) -> bool:
    """Whether the list of *duties* folds any."""
    return any(len(alike) > MOST_ALONE for alike in _groups(duties).values())


def _groups(duties: Sequence[Duty]) -> dict[Hashable, list[Duty]]:
    groups: dict[Hashable, list[Duty]] = {}
    for duty in duties:
        groups.setdefault(_likeness(duty), []).append(duty)
    return groups


def _likeness(duty: Duty) -> Hashable:
    """What persons must share to stand together; the office's own items each stand alone."""
    item, case = duty.item, duty.case
    if case is None:
        return id(item)
    return item.kind, item.reason, item.clause, item.due, item.command.replace(case.call_name, "")


def _folded(duties: Sequence[Duty], today: date) -> Iterator[Entry]:
    for alike in _groups(duties).values():
        if len(alike) <= MOST_ALONE:
            yield from (_alone(duty, today) for duty in alike)
        else:
            commands = dict.fromkeys(duty.item.command for duty in alike)
            command = next(iter(commands))
            yield f"逐人：{command}" if len(commands) > 1 else command, _together(alike, today)


def _alone(duty: Duty, today: date) -> Entry:
    who = case_label(duty.case) if duty.case else ""
    return duty.item.command, [_line(who, duty.item, today)]


def _together(alike: Sequence[Duty], today: date) -> list[str]:
    cases = [duty.case for duty in alike if duty.case]
    lines = [_line(f"{len(cases)} 人", alike[0].item, today)]
    places = _by_place(cases)
    for place, found in list(places.items())[:MOST_PLACES]:
        names = "、".join(map(case_label, found[:NAMED]))
        more = " 等" if len(found) > NAMED else ""
        lines.append(f"      {place or '没有学院班级'}（{len(found)} 人）：{names}{more}")
    if len(places) > MOST_PLACES:
        lines.append(f"      还有 {len(places) - MOST_PLACES} 处")
    return lines


def _by_place(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """The *cases* by class, or where the classes are many by college; those with most persons first."""
    for words in (_class_words, _college_words):
        places: dict[str, list[Case]] = {}
        for case in cases:
            places.setdefault(words(case), []).append(case)
        if len(places) <= MOST_PLACES:
            break
    return dict(sorted(places.items(), key=lambda place: -len(place[1])))


def _class_words(case: Case) -> str:
    return " ".join(filter(None, (_college_words(case), case.text("班级"))))


def _college_words(case: Case) -> str:
    return case.text("学院") or case.text("工作单位")


def _line(who: str, item: Item, today: date) -> str:
    """Who, when and why, with the clause."""
    clause = f"（{item.clause}）" if item.clause else ""
    return "  " + "　".join(filter(None, (who, _day(item, today), item.reason + clause)))


def _day(item: Item, today: date) -> str:
    """When it is due, in words; blank where there is no day."""
    days = item.days_overdue(today)
    if days is None:
        return ""
    return f"{item.due} " + ("今天" if days == 0 else f"逾期 {days} 天" if days > 0 else f"还有 {-days} 天")
