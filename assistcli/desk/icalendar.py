"""What is due as a calendar file (RFC 5545) for the office: one whole-day event per dated item."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256

from assistcli.desk.duties import Duty
from assistcli.values import clean_text

LINE_OCTETS = 75


def calendar_text(duties: Iterable[Duty], today: date) -> str:
    """The calendar of all *duties* that have a day, as made on *today*; lines end as the standard wants."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//assist//due//ZH", "CALSCALE:GREGORIAN"]
    for duty in duties:
        lines += _event(duty, today) if duty.item.due else []
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _fold(line))


def _event(duty: Duty, today: date) -> list[str]:
    item = duty.item
    day = item.due or today
    who = duty.case.name if duty.case else ""
    return [
        "BEGIN:VEVENT",
        f"UID:{_identity(item.kind, item.command, day.isoformat())}@assist",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(' '.join(filter(None, (item.kind, who))))}",
        f"DESCRIPTION:{_escape(f'{item.reason} {item.command}')}",
        "END:VEVENT",
    ]


def _identity(*words: str) -> str:
    """The same for the same item every time, so that a calendar read in again doubles nothing."""
    return sha256("\n".join(words).encode()).hexdigest()[:32]


def _escape(text: str) -> str:
    """*text* as a value of the standard: no control characters, its own signs marked, one line."""
    text = clean_text(text)
    for sign in "\\;,":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())


def _fold(line: str) -> Iterator[str]:
    """*line* in pieces of at most 75 octets, no letter cut in two; each but the first begins with a blank."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LINE_OCTETS:
            yield piece
            piece, size = " ", 1
        piece += letter
        size += width
    yield piece
