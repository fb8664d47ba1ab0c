"""A comparison with a formula that is stated in rows: the first row that applies gives the value."""

from collections.abc import Iterator, Sequence
from functools import partial

from assistcli.policy.kleene import NO_NAMES, Facts, Hinge, Test, Truth

MOST_REMEMBERED = 4_096

Rows = Sequence[tuple[Truth | None, Truth]]
"""When each row applies (``None``: always), and the comparison with its value."""


def row_by_row(rows: Rows, looked_at: tuple[str, ...]) -> Truth:
    """The comparison with whichever of *rows* applies; which one is remembered by the facts *looked_at*."""
    remembered: dict[tuple[object, ...], Test] = {}

    def test(facts: Facts) -> bool | None:
        key = tuple(map(facts.get, looked_at))
        row = remembered.get(key)
        if row is None:
            if len(remembered) >= MOST_REMEMBERED:
                remembered.clear()
            row = remembered[key] = _row_for(rows, facts)
        return row(facts)

    lines = tuple(line for when, compared in rows for part in (when, compared) if part for line in part.lines)

    def sure(facts: Facts) -> bool | None:
        known = test(facts)
        return _sure_of_rows(rows, facts) if known is None else known

    return Truth(test, sure, partial(_wants_of_rows, rows), partial(_hinges_of_rows, rows), lines)


def _row_for(rows: Rows, facts: Facts) -> Test:
    """The comparison of the row that applies; unknown where none does or a fact is missing."""
    for when, compared in rows:
        holds = when.holds(facts) if when else True
        if holds:
            return compared.holds
        if holds is None:
            break
    return lambda _facts: None


def _reachable(rows: Rows, facts: Facts) -> Iterator[tuple[Truth | None, Truth, bool | None]]:
    """The rows that may apply, up to the first that surely does, and whether they do."""
    for when, compared in rows:
        applies = when.sure(facts) if when else True
        if applies is not False:
            yield when, compared, applies
        if applies:
            return


def _sure_of_rows(rows: Rows, facts: Facts) -> bool | None:
    """What all rows that may still apply agree on; nothing where perhaps none does."""
    found = list(_reachable(rows, facts))
    results = {compared.sure(facts) for _, compared, _ in found}
    return results.pop() if len(results) == 1 and found[-1][2] else None


def _open_in_rows(rows: Rows, facts: Facts) -> list[Truth]:
    """What keeps the comparison open: which row applies, and what the rows that may apply come to."""
    if _sure_of_rows(rows, facts) is not None:
        return []
    found = list(_reachable(rows, facts))
    asked = [when for when, _, applies in found if when and applies is None]
    return asked + [compared for _, compared, _ in found if compared.sure(facts) is None]


def _wants_of_rows(rows: Rows, facts: Facts) -> frozenset[str]:
    return NO_NAMES.union(*(part.wants(facts) for part in _open_in_rows(rows, facts)))


def _hinges_of_rows(rows: Rows, facts: Facts) -> frozenset[Hinge]:
    return frozenset[Hinge]().union(*(part.hinges(facts) for part in _open_in_rows(rows, facts)))
