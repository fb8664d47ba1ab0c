"""The calendar of a notice: fuzzy words stay words until somebody sets the days; lists to be taken down."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from assistcli.assistance import Activity, Deadline, Publication
from assistcli.followup.agenda import EVENT, LEAVER, PUBLIC, ROUTINE, Item
from assistcli.model import Case
from assistcli.policy.practice import CALENDAR_MONTH, Cadence, CalendarEvent
from assistcli.policy.reading import Combination
from assistcli.policy.rules import Pack

PER_CASE = "个案"
NOTHING_ADOPTED: Combination = {}
NUMERALS = "零一两三四五六七八九"


def event_items(
    pack: Pack, deadlines: Iterable[Deadline], today: date, adopted: Combination = NOTHING_ADOPTED
) -> Iterator[Item]:
    """What the calendar of *pack* asks for and nobody has done yet, this year or on its own date."""
    set_days = [entry for entry in deadlines if entry.pack == pack.id and entry.day <= today]
    for event in pack.events:
        if leaver_years(event) is None:
            mine = [entry for entry in set_days if entry.what == event.what]
            if not any(_done(entry, event, today) for entry in mine):
                yield _event_item(pack, event, mine, today, adopted)


def _done(entry: Deadline, event: CalendarEvent, today: date) -> bool:
    """Whether *entry* says that the event is done: for good where it has a date, else for this year."""
    dated = event.end is not None or event.ends is not None
    return entry.done is not None and (dated or entry.done.year == today.year)


def _event_item(
    pack: Pack, event: CalendarEvent, mine: list[Deadline], today: date, adopted: Combination
) -> Item:
    window = max((e for e in mine if e.until and e.until.year == today.year), key=_order, default=None)
    due, doubt = (window.until, "") if window else _last_day(event, adopted)
    says = f"{event.when} {event.what}（{event.who}）{_damage_mark(event)}"
    command = f"assist record done {event.what}"
    if window:
        says += f"；{window.by}定为 {window.start or ''}—{window.until}"
    elif due is None:
        says += "；文件只有文字，未设定日期"
        command = f"assist record deadline {event.what} --until 日期"
    return Item(
        kind=EVENT, due=due, reason=says + doubt, clause=f"{pack.id} {event.citation.clause}", command=command
    )


def _last_day(event: CalendarEvent, adopted: Combination) -> tuple[date | None, str]:
    """The last day in time, and what makes it doubtful: an open reading gives the earlier day and says so."""
    if event.ends:
        settled = event.ends.settled_by(adopted)
        days = "或".join(str(day) for day in event.ends.under.values())
        readings = "、".join(event.ends.readings)
        return (
            (settled, "") if settled else (min(event.ends.under.values()), f"；{days}，取决于口径 {readings}")
        )
    if not (event.before and event.end):
        return event.end, ""
    eve = event.end - timedelta(days=1)
    includes = event.includes.settled_by(adopted) if event.includes else None
    if includes is None:
        return event.end, f"；「前」是否含当日未规定，稳妥以 {eve} 为限"
    return (event.end, "；含当日（已定口径）") if includes else (eve, f"；不含 {event.end} 当日（已定口径）")


def _damage_mark(event: CalendarEvent) -> str:
    return f"，推定，见 {event.citation.damage}" if event.citation.damage else ""


def _order(entry: Deadline) -> tuple[date, str]:
    return entry.day, entry.id


def routine_items(
    pack: Pack,
    cadences: Iterable[Cadence],
    activities: Iterable[Activity],
    today: date,
    adopted: Combination = NOTHING_ADOPTED,
) -> Iterator[Item]:
    """The unit's own adopted rhythms (例会、通报): the latest activity of that name plus the days stated.

    Where the words give a month and no days, one in this calendar month is enough (A-20 shows both).
    """
    done = [activity for activity in activities if activity.day <= today]
    for cadence in cadences:
        if cadence.per != PER_CASE:
            last = max((a.day for a in done if a.kind == cadence.name), default=None)
            ways = _ways_due(cadence, last, today, adopted)
            if ways == {CALENDAR_MONTH: None} and last and _month(last) == _month(today):
                continue
            says = f"{cadence.name}：{cadence.words}；上次 {last or '没有记录'}"
            yield Item(
                kind=ROUTINE,
                due=min(filter(None, ways.values()), default=None),
                reason=says + _doubts(cadence, ways, adopted),
                clause=f"{pack.id} {cadence.citation.clause}",
                command=f"assist record activity {cadence.name} 名称",
                since=last,
            )


def _ways_due(
    cadence: Cadence, last: date | None, today: date, adopted: Combination
) -> dict[str, date | None]:
    """When it is due again by each way of counting that is not ruled out; a calendar month has no day."""
    if cadence.ways is None:
        way = str(cadence.days) if cadence.days else CALENDAR_MONTH
        return {way: _way_due(way, last)}
    settled = cadence.ways.settled_by(adopted)
    ways = [settled] if settled else cadence.ways.under.values()
    return {way: _way_due(way, last) for way in ways}


def _way_due(way: str, last: date | None) -> date | None:
    return last + timedelta(days=int(way)) if last and way.isdecimal() else None


def _doubts(cadence: Cadence, ways: Mapping[str, date | None], adopted: Combination) -> str:
    """What is unclear about the rhythm, or how it was settled: how a month counts, and for whom."""
    said = ""
    if len(ways) > 1 and cadence.ways:
        both = "，".join(f"按 {day} 天计到 {due or '现在'}" for day, due in ways.items() if day.isdecimal())
        said = f"；{CALENDAR_MONTH}一次，{both}，取决于口径 {'、'.join(cadence.ways.readings)}"
    if cadence.each:
        whom = cadence.each.settled_by(adopted)
        open_words = (
            f"{'或'.join(cadence.each.under.values())}，取决于口径 {'、'.join(cadence.each.readings)}"
        )
        said += f"；{whom or open_words}"
    return said


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


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
                    command=f"assist outcome {case.call_name} 去向",
                )
