"""The calendar of a notice: fuzzy words stay words until somebody sets the days; lists to be taken down."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from assistcli.assistance import Activity, Deadline, Publication
from assistcli.followup.agenda import EVENT, LEAVER, PUBLIC, ROUTINE, Item, call_name
from assistcli.model import Case
from assistcli.policy.practice import Cadence, CalendarEvent
from assistcli.policy.rules import Pack

PER_CASE = "个案"
NUMERALS = "零一两三四五六七八九"


def event_items(pack: Pack, deadlines: Iterable[Deadline], today: date) -> Iterator[Item]:
    """What the calendar of *pack* asks for and nobody has done yet, this year or on its own date."""
    set_days = [entry for entry in deadlines if entry.pack == pack.id and entry.day <= today]
    for event in pack.events:
        if leaver_years(event) is None:
            mine = [entry for entry in set_days if entry.what == event.what]
            if not any(_done(entry, event, today) for entry in mine):
                yield _event_item(pack, event, mine, today)


def _done(entry: Deadline, event: CalendarEvent, today: date) -> bool:
    """Whether *entry* says that the event is done: for good where it has a date, else for this year."""
    return entry.done is not None and (event.end is not None or entry.done.year == today.year)


def _event_item(pack: Pack, event: CalendarEvent, mine: list[Deadline], today: date) -> Item:
    window = max((e for e in mine if e.until and e.until.year == today.year), key=_order, default=None)
    due = window.until if window else event.end
    says = f"{event.when} {event.what}（{event.who}）{_damage_mark(event)}"
    command = f"assist record done {event.what}"
    if window:
        says += f"；{window.by}定为 {window.start or ''}—{window.until}"
    elif due is None:
        says += "；文件只有文字，未设定日期"
        command = f"assist record deadline {event.what} --until 日期"
    if event.before and due:
        says += f"；「前」是否含当日未规定，稳妥以 {due - timedelta(days=1)} 为限"
    return Item(
        kind=EVENT, due=due, reason=says, clause=f"{pack.id} {event.citation.clause}", command=command
    )


def _damage_mark(event: CalendarEvent) -> str:
    return f"，推定，见 {event.citation.damage}" if event.citation.damage else ""


def _order(entry: Deadline) -> tuple[date, str]:
    return entry.day, entry.id


def routine_items(
    pack: Pack, cadences: Iterable[Cadence], activities: Iterable[Activity], today: date
) -> Iterator[Item]:
    """The unit's own adopted rhythms (例会、通报): the latest activity of that name plus the days stated.

    Where the words give a month and no days, one in this calendar month is enough (A-20 shows both).
    """
    done = [activity for activity in activities if activity.day <= today]
    for cadence in cadences:
        if cadence.per != PER_CASE:
            last = max((a.day for a in done if a.kind == cadence.name), default=None)
            due = _routine_due(cadence, last)
            if cadence.days is None and last and (last.year, last.month) == (today.year, today.month):
                continue
            yield Item(
                kind=ROUTINE,
                due=due,
                reason=f"{cadence.name}：{cadence.words}；上次 {last or '没有记录'}",
                clause=f"{pack.id} {cadence.citation.clause}",
                command=f"assist record activity {cadence.name} 名称",
            )


def _routine_due(cadence: Cadence, last: date | None) -> date | None:
    return last + timedelta(days=cadence.days) if last and cadence.days else None


def publication_items(publications: Iterable[Publication], today: date) -> Iterator[Item]:
    """Public lists whose day to be taken down has come."""
    for entry in publications:
        if entry.down is None and entry.day <= today and entry.take_down <= today:
            yield Item(
                kind=PUBLIC,
                due=entry.take_down,
                reason=f"公示「{entry.title}」（{entry.people} 人）应于 {entry.take_down} 撤下"
                + _objections(entry),
                command=f"assist publish --down {entry.id}",
            )


def _objections(entry: Publication) -> str:
    return f"；有 {len(entry.stages)} 条异议" if entry.stages else ""


def leaver_years(event: CalendarEvent) -> int | None:
    """Years after leaving school that the words of *event* (离校两年内) reach; ``None``: it is no such."""
    match = re.search(rf"离校([{NUMERALS}\d])年内", event.when)
    if not match:
        return None
    return int(match[1]) if match[1].isdecimal() else NUMERALS.index(match[1])


def leaver_items(case: Case, packs: Iterable[Pack], today: date) -> Iterator[Item]:
    """That the open *case* left school without a job, and whether the notice's years are over (R4-16).

    Only the year of graduation is known: the window is open to the end of the last year, and a case leaves
    the list by an outcome alone; after the window it says so.
    """
    year = case.value("毕业年份")
    for pack in packs:
        for event in pack.events:
            years = leaver_years(event)
            if years is not None and isinstance(year, int) and year < today.year:
                over = f"；离校已超过 {years} 年，请确认是否继续" if today.year > year + years else ""
                yield Item(
                    kind=LEAVER,
                    case=case.id,
                    reason=f"{year} 届，{event.when}未就业，{event.what}{over}",
                    clause=f"{pack.id} {event.citation.clause}",
                    command=f"assist outcome {call_name(case)} 去向",
                )
