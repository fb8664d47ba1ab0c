"""The rhythm of contacts in one store; the packs it was adopted from are read here."""

from assistcli.casebook import Casebook
from assistcli.followup.cadence import Rhythm, adopted_practices, rhythm_of
from assistcli.policy.rules import Pack


def practices_of(book: Casebook) -> dict[str, Pack]:
    """The packs from which a cadence or quotas were adopted, by id."""
    return {name: book.pack(name) for name in adopted_practices(book.office().adoptions)}


def rhythm_for(book: Casebook, pack: Pack) -> Rhythm:
    """The rhythm for cases of *book* under *pack*."""
    return rhythm_of(book.office(), pack, practices_of(book))
