"""Who helps whom (结对帮扶者): the pairing that counts on a day, and handing over without a gap."""

from collections.abc import Iterable
from datetime import date

from assistcli.assistance import Pairing
from assistcli.model import Case

HELPER_FACT = "结对帮扶者"


def latest_pairing(pairings: Iterable[Pairing], today: date) -> Pairing | None:
    """The pairing that counts on *today*: the last one by day, and of one day the last recorded."""
    known = [pairing for pairing in pairings if pairing.day <= today]
    return max(known, key=lambda pairing: (pairing.day, pairing.id), default=None)


def helper_of(case: Case, pairings: Iterable[Pairing], today: date) -> str:
    """Name of the person who helps *case* on *today*: as paired, else as stated; blank where nobody does."""
    pairing = latest_pairing(pairings, today)
    return pairing.helper if pairing else case.text(HELPER_FACT)
