"""The store as of a past day (截至某日): cases opened and events dated by then, claims as they stood.

Facts are as they are recorded now: a fact learned later was true before. Entries made late count by the day
they are about, not by the day they were typed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assistcli.entries import E, Reader
from assistcli.model import Case, Claim, Contact, Step
from store.backend import Backend


class PastReader(Reader):
    """Reads the store as of *day*."""

    def __init__(self, source: Backend, day: date) -> None:
        super().__init__(source)
        self._day = day

    def cases(self, pack: str | None = None) -> Iterator[Case]:
        """Every case that was open by the day."""
        return (case for case in super().cases(pack) if case.opened <= self._day)

    def events(self, kind: type[E], case: str) -> list[E]:
        """Events of *kind* of the case, up to the day."""
        return list(self._until(super().events(kind, case)))

    def all_events(self, kind: type[E]) -> Iterator[E]:
        """Every event of *kind* up to the day."""
        return self._until(super().all_events(kind))

    def events_by_case(self, kind: type[E]) -> Mapping[str, list[E]]:
        """Every event of *kind* up to the day, by case."""
        found: dict[str, list[E]] = defaultdict(list)
        for event in self.all_events(kind):
            found[event.case].append(event)  # type: ignore[attr-defined]  # only events of cases are asked for
        return found

    def contacts(self, case: str) -> list[Contact]:
        """Contacts of the case up to the day, newest first."""
        return list(self._until(super().contacts(case)))

    def claims(self, case: str) -> list[Claim]:
        """Claims of the case as they stood on the day."""
        return list(self._until(super().claims(case)))

    def steps(self, case: str) -> list[Step]:
        """Approval steps of the case up to the day."""
        return list(self._until(super().steps(case)))

    def _until(self, events: Iterator[E] | list[E]) -> Iterator[E]:
        for event in events:
            if event.day <= self._day:  # type: ignore[attr-defined]  # every event has its day
                yield self._cut(event)

    def _cut(self, event: E) -> E:
        """*event* with only the stages it had reached by the day."""
        stages = getattr(event, "stages", ())
        kept = tuple(stage for stage in stages if stage.day <= self._day)
        return event if len(kept) == len(stages) else replace(event, stages=kept)
