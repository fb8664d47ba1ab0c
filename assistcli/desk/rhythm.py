"""The rhythm of contacts in one store; the packs it was adopted from are read here."""

from datetime import date

from assistcli.book.casebook import Casebook
from assistcli.followup.cadence import Rhythm, adopted_practices, rhythm_of
from assistcli.followup.tally import Counting
from assistcli.model import Office
from assistcli.policy.practice import YEAR_START
from assistcli.policy.rules import Pack


def practices_of(book: Casebook) -> dict[str, Pack]:
    """The packs from which a cadence or quotas were adopted, by id."""
    return {name: book.pack(name) for name in adopted_practices(book.office().adoptions)}


def rhythm_for(book: Casebook, pack: Pack) -> Rhythm:
    """The rhythm for cases of *book* under *pack*."""
    return rhythm_of(book.office(), pack, practices_of(book))


def counting_for(book: Casebook, office: Office, today: date) -> Counting:
    """What counts as a talk and as a service, by *office*'s readings of the practices adopted in *book*."""
    found = Counting()
    for pack in practices_of(book).values():
        adopted = office.adopted(pack.id)
        mass = pack.contact.mass_counts.settled_by(adopted) if pack.contact.mass_counts else None
        starts = [_first_day(q.since.settled_by(adopted), office, today) for q in pack.quotas if q.since]
        since = max(filter(None, starts), default=None)
        found = Counting(mass=found.mass or bool(mass), since=found.since or since)
    return found


def _first_day(word: str | None, office: Office, today: date) -> date | None:
    """The day that *word* names: the year's first, or a figure of the unit; none where it is not set."""
    if word == YEAR_START:
        return date(today.year, 1, 1)
    figure = office.figures.get(word) if word else None
    return date.fromisoformat(str(figure)) if figure else None
