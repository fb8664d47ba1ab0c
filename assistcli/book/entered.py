"""Where something was recorded: by which command of the journal; for a fact also out of which source."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistcli.book.caserecord import case_of_record
from assistcli.book.entries import CASES, OFFICE, TABLE_OF
from assistcli.model import Case

if TYPE_CHECKING:
    from store.backend import Backend, Entry


FEW = 500
"""So many records are looked up one by one; more are met sooner by reading on."""
Key = tuple[str, str]
"""Id of an event and the state that counts; blank where none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Number and name of the command, when, by whom; of a fact the ``source`` it was read from, too."""

    transaction: int
    command: str
    at: str
    by: str
    source: str = ""

    @property
    def told(self) -> str:
        """Where, for a person; the number is that of ``assist history``."""
        source = f"{self.source}，" if self.source else ""
        return f"{source}第 {self.transaction} 号 {self.command}（{self.at[:10]}，{self.by}）"


def fact_entered(backend: "Backend", case: Case, name: str) -> Entered | None:
    """Where the fact *name* of *case*, as it stands there, comes from; ``None``: nothing is recorded."""
    fact = case.facts.get(name)
    if fact is None:
        return None
    for entry in backend.history(CASES, case.id):
        if entry.document and case_of_record(entry.document, case.id).facts.get(name) == fact:
            return _told(entry, fact.source)
    return None


def figure_entered(backend: "Backend", college: str, figure: str) -> Entered | None:
    """Which command set the *figure* of a *college* to what it is."""
    return _last_change(
        (entry, _figure(entry.document, college, figure)) for entry in backend.history(OFFICE, OFFICE)
    )


def event_entered(backend: "Backend", kind: str, id: str, state: str = "") -> Entered | None:
    """Which command made the event what it is, its stages apart; with a *state*, which brought it there."""
    return _last_change(
        (entry, _stages(entry.document, state)) for entry in backend.history(TABLE_OF[kind], id)
    )


def events_entered(backend: "Backend", kind: str, wanted: Collection[Key]) -> dict[Key, Entered]:
    """Of each id and state *wanted* what ``event_entered`` says; of many, in one reading of the journal."""
    if len(wanted) <= FEW:
        each = {key: event_entered(backend, kind, *key) for key in wanted}
        return {key: entered for key, entered in each.items() if entered}
    states: dict[str, list[str]] = {}
    for id, state in wanted:
        states.setdefault(id, []).append(state)
    found: dict[Key, Entered] = {}
    before: dict[Key, int] = {}
    for entry in backend.history(TABLE_OF[kind]):
        for state in states.get(entry.id, ()):
            key, now = (entry.id, state), _stages(entry.document, state)
            mark = hash(repr(now)) if now else 0  # documents of a hundred thousand entries are not kept
            if mark and mark != before.get(key):
                found[key] = _told(entry)
            before[key] = mark
    return found


def _last_change(versions: "Iterable[tuple[Entry, object]]") -> Entered | None:
    """The last of *versions* that is not what the one before it was."""
    found: Entry | None = None
    before: object = None
    for entry, now in versions:
        if now != before and now:
            found = entry
        before = now
    return None if found is None else _told(found)


def _told(entry: "Entry", source: str = "") -> Entered:
    return Entered(
        transaction=entry.transaction, command=entry.command, at=entry.at, by=entry.by, source=source
    )


def _stages(document: Mapping[str, Any] | None, state: str) -> object:
    """The stages of *state* in a version of an event; without a state, all that is no stage."""
    if document is None or not state:
        return {name: value for name, value in (document or {}).items() if name != "stages"}
    return [stage for stage in document.get("stages", ()) if stage["state"] == state]


def _figure(document: Mapping[str, Any] | None, college: str, figure: str) -> object:
    figures = (document or {}).get("colleges", {}).get(college, {})
    return [figures[figure]] if figure in figures else None
