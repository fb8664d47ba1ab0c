"""The store as of a past day (截至某日): what held on that day, not what was already typed in on it.

Events count by the day they are about; one entered late counts as if it had been entered in time. A fact
changes: it is what the last entry dated by that day said, in the order of the journal, so that a clock that
was set back takes nothing from the entry made last. A fact first learned after the day was true before: its
first entry counts. A case opened after the day counts only where something about it is dated by the day.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assistcli.book.caserecord import case_of_record
from assistcli.book.entries import CASES, OF_CASE, E, Reader
from assistcli.desk.assessment import cut_stages
from assistcli.fields import catalogue
from assistcli.model import Case, Claim, Contact, Fact, Step
from store.backend import Backend


class PastReader(Reader):
    """Reads the store as of *day*."""

    def __init__(self, source: Backend, day: date) -> None:
        super().__init__(source)
        self._backend = source
        self._day = day
        self.left_out = 0
        """How many cases were passed over because they were opened later and nothing about them is older."""

    def cases(self, pack: str | None = None) -> Iterator[Case]:
        """Every case that there was by the day, with its facts as they stood."""
        for case in super().cases(pack):
            stood = self._as_it_stood(case)
            if case.opened <= self._day or self._dated(stood):
                yield stood
            else:
                self.left_out += 1

    def _as_it_stood(self, case: Case) -> Case:
        """*case* with each fact as its last entry dated by the day said, else as its first entry said."""
        first: dict[str, Fact] = {}
        stood: dict[str, Fact | None] = {}
        before: Mapping[str, Fact] = {}
        for entry in self._backend.history(CASES, case.id):
            if entry.document is None:
                continue
            now = case_of_record(entry.document, case.id).facts
            typed = date.fromisoformat(entry.at[:10])
            if typed <= self._day:
                stood |= dict.fromkeys(before.keys() - now.keys())
            changed = {name: fact for name, fact in now.items() if before.get(name) != fact}
            first = changed | first
            stood |= {name: fact for name, fact in changed.items() if fact.day <= self._day}
            before = now
        facts = {name: fact for name, fact in (first | stood).items() if fact is not None}
        return replace(case, facts=facts)

    def _dated(self, case: Case) -> bool:
        """Whether a date among the facts of *case*, or any event of it, is of the day or before."""
        known = catalogue()
        dates = [case.text(name) for name in case.facts if name in known and known[name].kind == "date"]
        records = (r for table in OF_CASE for _, r in self._backend.find(table, "case", case.id))
        days = (*dates, *(str(record["day"]) for record in records))
        return any(day <= self._day.isoformat() for day in days)

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
                yield cut_stages(event, self._day)
