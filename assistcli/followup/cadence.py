"""When the next contact is due (联系周期): the latest real contact plus the adopted number of days."""

from collections.abc import Iterable
from datetime import date, timedelta

from assistcli.model import Contact, Office
from assistcli.policy.rules import Pack

CADENCE_FIGURE = "联系周期"


def cadence_days(office: Office, pack: Pack) -> int | None:
    """Days between contacts: what the unit set, else what the notice states; ``None``: 「未设定周期」.

    A notice that says only 定期 states none (R0-21).
    """
    own = office.figures.get(CADENCE_FIGURE)
    if own is not None:
        return int(own)
    return pack.contact.cadence_days if pack.status == "制度" else None


def next_due(contacts: Iterable[Contact], days: int | None) -> date | None:
    """The day the next contact is due.

    An appointment made at the latest contact stands; else the latest contact plus *days*. A back-dated entry
    moves nothing: only the latest contact counts (REQUIREMENTS 9.5). ``None`` without contact or cadence.
    """
    latest = max(contacts, key=lambda contact: (contact.day, contact.id), default=None)
    if latest is None:
        return None
    if latest.next_date:
        return latest.next_date
    return None if days is None else latest.day + timedelta(days=days)
