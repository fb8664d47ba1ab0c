"""Rows that repeat what their cases say already, found in one walk over the store.

A file that comes again with a few changes is mostly such rows; to look each of them up costs three times as
much as to see its case pass by.
"""

from collections.abc import Sequence

from assistcli.book.entries import Reader
from assistcli.derivation import facts_of
from assistcli.intake.rows import ParsedRow
from assistcli.model import HOUSEHOLD
from assistcli.policy.rules import Pack
from assistcli.progress import count_on

WORTH_A_WALK = 3  # cases that pass by in the time of one look-up


def repeated_rows(rows: Sequence[ParsedRow], source: Reader, pack: Pack, year: int) -> dict[int, str]:
    """Case ids, by the places of those *rows* that without any doubt say nothing new.

    Only one case of the notice and year bears any of the row's keys, and all that the row says is recorded
    there. Where a walk would cost more than look-ups nobody is named: every row is looked up then.
    """
    if source.count_cases() > len(rows) * WORTH_A_WALK:
        return {}
    keys = _places_by_key(rows, pack.subject)
    names = dict.fromkeys(name for name, _ in keys)
    found: dict[int, str] = {}
    for case in count_on(source.cases(pack.id), "核对个案") if keys else ():
        if case.year != year:
            continue
        values = facts_of(case)
        for place in {keys[name, values[name]] for name in names if (name, values.get(name)) in keys}:
            said = rows[place].values
            # Equal dictionaries are told apart in a third of the time that a part of one takes.
            is_same = place not in found and (said == values or said.items() <= values.items())
            found[place] = case.id if is_same else ""
    return {place: id for place, id in found.items() if id}


def _places_by_key(rows: Sequence[ParsedRow], subject: str) -> dict[tuple[str, object], int]:
    """Where each number stands by which a row is looked up; no two sound rows bear the same."""
    names = ("身份证号",) if subject == HOUSEHOLD else ("学号", "身份证号")
    return {
        (name, row.values[name]): place
        for place, row in enumerate(rows)
        if not (row.errors or row.case)
        for name in names
        if name in row.values
    }
