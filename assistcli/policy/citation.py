"""Where a rule stands in its notice, and what of the notice is damaged."""

from dataclasses import dataclass

from assistcli.values import squeeze

PLACES = "／"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a rule stands: clause (条款) and its words, verbatim; ``damage`` where they are damaged."""

    clause: str
    quote: str
    damage: str = ""

    @property
    def in_full(self) -> str:
        """Clause and words, as a person is shown them: 三、5「…」."""
        return f"{self.clause}「{self.quote}」"


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A damaged passage: as found, how it is read (blank: not read at all), why, and how surely."""

    id: str
    where: str
    found: str
    read: str
    basis: str
    sure: str

    @property
    def places(self) -> tuple[str, ...]:
        """The places that were found damaged, without blanks (``／`` stands between them)."""
        return tuple(squeeze(place) for place in self.found.split(PLACES))
