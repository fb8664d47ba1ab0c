"""What the contacts of a case come to: the last talk, the appointment made, the services given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistcli.glance import Glance

Place = tuple[date, str]
"""Day and id: the order of contacts; of one day the last recorded is the later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What counts under the readings adopted: messages to many (A-22), and services from a day on (A-19)."""

    mass: bool = False
    since: date | None = None


PLAIN = Counting()


@dataclass(slots=True)
class Tally:
    """Contacts of one case, added up one at a time, so that millions of them need no room.

    A talk is one-to-one and reached the person; a message to many is no talk and no service (A-22). A service
    counts with something to show for it: what was said, or evidence (R3-23). ``talked`` is the last talk.
    """

    talked: date | None = None
    noted: Place | None = None
    appointment: date | None = None
    services: dict[str, int] = field(default_factory=dict)
    unproven: dict[str, int] = field(default_factory=dict)

    def add(self, contact: Glance, counting: Counting = PLAIN) -> None:
        """Count *contact*; the order of adding does not matter."""
        if contact.mass and not counting.mass:
            return
        noted, day = self.noted, contact.day
        if noted is None or (day >= noted[0] and (day, contact.id) > noted):
            self.noted, self.appointment = (day, contact.id), contact.next_date
        if contact.missed:
            return
        if self.talked is None or day > self.talked:
            self.talked = day
        if counting.since and day < counting.since:
            return
        counted = self.services if contact.shown else self.unproven
        counted[contact.kind] = counted.get(contact.kind, 0) + 1


def tally_contacts(
    contacts: Iterable[Glance], today: date, counting: Counting = PLAIN
) -> Mapping[str, Tally]:
    """The tally of each case over *contacts* up to *today*; a day still to come has not happened."""
    tallies: dict[str, Tally] = {}
    for contact in contacts:
        if contact.day <= today:
            tally = tallies.get(contact.case)
            if tally is None:
                tally = tallies[contact.case] = Tally()
            tally.add(contact, counting)
    return tallies
