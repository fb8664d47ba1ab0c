"""Rows beside the cases that bear their keys, found in one walk over the store.

A file that comes again with a few changes is mostly rows that repeat what their cases say already; to look
each of them up costs three times as much as to see its case pass by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistcli.book.caserecord import case_of_record, values_of_record
from assistcli.book.entries import Reader
from assistcli.intake.rows import ParsedRow
from assistcli.model import HOUSEHOLD, Case
from assistcli.policy.rules import Pack
from assistcli.progress import count_on

WORTH_A_WALK = 3  # cases that pass by in the time of one look-up
MOST_KEPT = 2_000  # cases kept at hand for rows that differ: some 10 MB

Key = tuple[str, object]
"""A fact by which a row is looked up, and what the row says of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What was seen of a file's rows while the cases passed by.

    ``same`` holds, by the places of the rows that without any doubt say nothing new, the ids of their cases:
    only one case of the notice and year bears any of the row's keys, and all that the row says is recorded
    there. ``bearers`` holds the cases that bear a key; a key that is not among them has to be looked up.
    """

    same: Mapping[int, str] = field(default_factory=dict)
    bearers: Mapping[Key, Sequence[Case]] = field(default_factory=dict)


def watch_cases(rows: Sequence[ParsedRow], source: Reader, pack: Pack, year: int) -> Passage:
    """What one walk over *source* says of *rows*; nothing where it would cost more than look-ups."""
    if source.count_cases() > len(rows) * WORTH_A_WALK:
        return Passage()
    watch = _Watch(rows, pack.subject)
    for id, record in count_on(source.case_records(pack.id, year), "核对个案") if watch.places else ():
        watch.see(id, record)
    same = {place: id for place, id in watch.found.items() if id}
    return Passage(same=same, bearers=watch.bearers)


class _Watch:
    """Sees cases pass by; ``found`` holds a blank id for a row that differs or has several cases."""

    def __init__(self, rows: Sequence[ParsedRow], subject: str) -> None:
        self.rows = rows
        self.places = _places_by_key(rows, subject)
        self.names = tuple(dict.fromkeys(name for name, _ in self.places))
        self.found: dict[int, str] = {}
        self.bearers: dict[Key, tuple[Case, ...]] = dict.fromkeys(self.places, ())
        self._kept = 0

    def see(self, id: str, record: Mapping[str, Any]) -> None:
        """Weigh the case *id* against the rows that bear a key of it."""
        values = values_of_record(record)
        keys = [key for name in self.names if (key := (name, values.get(name))) in self.places]
        differs = False
        for place in {self.places[key] for key in keys}:
            said = self.rows[place].values
            # Equal dictionaries are told apart in a third of the time that a part of one takes.
            is_same = place not in self.found and (said == values or said.items() <= values.items())
            self.found[place] = id if is_same else ""
            differs |= not is_same
        if differs and self._kept < MOST_KEPT:
            self._keep(case_of_record(record, id), keys)
        else:
            for key in keys:
                self.bearers.pop(key, None)  # who is not at hand is looked up

    def _keep(self, case: Case, keys: Sequence[Key]) -> None:
        """Have *case* at hand: a row will ask for it."""
        self._kept += 1
        for key in keys:
            if key in self.bearers:
                self.bearers[key] += (case,)


def _places_by_key(rows: Sequence[ParsedRow], subject: str) -> dict[Key, int]:
    """Where each number stands by which a row is looked up; no two sound rows bear the same."""
    names = ("身份证号",) if subject == HOUSEHOLD else ("学号", "身份证号")
    return {
        (name, row.values[name]): place
        for place, row in enumerate(rows)
        if not (row.errors or row.case)
        for name in names
        if name in row.values
    }
