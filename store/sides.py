"""Two stores side by side: where they parted, and what each has written since."""

from contextlib import suppress
from itertools import takewhile
from typing import NamedTuple

from store.backend import Entry
from store.errors import StoreMissingError
from store.ledger import Ledger, entry_of
from store.threeway import value_at
from store.undo import undone_by

COMMAND = "merge"
Key = tuple[str, str]  # table, id


class Event(NamedTuple):
    """One version of a record: who it is everywhere, and where it stands here."""

    digest: str
    sequence: int


class Side(NamedTuple):
    """One store's versions since the two parted."""

    ledger: Ledger
    events: dict[Key, list[Event]]


def common_prefix(one: Ledger, other: Ledger) -> int:
    """Number of the last line that two journals share from their beginning on; 0 if none."""
    low, high = 0, min(one.end.sequence, other.end.sequence)
    while low < high:
        middle = (low + high + 1) // 2
        mine = one.digest(middle)
        if mine is not None and mine == other.digest(middle):
            low = middle
        else:
            high = middle - 1
    return low


def side_since(ledger: Ledger, fork: int) -> Side:
    """Versions of each record behind the fork, without merges that were undone."""
    dropped = _undone_merges(ledger, fork)
    events: dict[Key, list[Event]] = {}
    for line in ledger.since(fork):
        if not line.members.keys() & {"kept", "gap"} and line.members["tx"] not in dropped:
            entry = entry_of(line)
            events.setdefault((entry.table, entry.id), []).append(Event(entry.digest, entry.sequence))
    return Side(ledger, events)


def _undone_merges(ledger: Ledger, fork: int) -> set[int]:
    """Transactions behind the fork that are merges taken back, and those that took them back.

    So that a merge that was undone can be made again.
    """
    first = next((line.members["tx"] for line in ledger.since(fork)), 0)
    records = list(takewhile(lambda record: record.number >= first, ledger.transactions()))
    merges = {record.number for record in records if record.command == COMMAND}
    undone = {target: undo for target, undo in undone_by(records).items() if target in merges}
    return {*undone, *undone.values()}


def entry_or_none(ledger: Ledger, sequence: int | None) -> Entry | None:
    """A version; None if there is none or it was lost to damage."""
    if sequence is None:
        return None
    with suppress(StoreMissingError):
        return ledger.entry(sequence)
    return None


def last_author(side: Side, events: list[Event], path: str) -> tuple[str, str]:
    """Who last changed a field, and when."""
    author, value = ("", ""), None
    for event in events:
        entry = side.ledger.entry(event.sequence)
        found = [value_at(entry.document, path)]
        if found != value:
            origin = entry.origin or {}
            author, value = (origin.get("by", entry.by), origin.get("at", entry.at)), found
    return author
