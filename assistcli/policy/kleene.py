"""Three-valued tests over facts and how they join (Kleene's logic): true, false, or ``None`` for unknown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistcli.values import Value

Facts = Mapping[str, Value]
Test = Callable[[Facts], bool | None]
Wants = Callable[[Facts], frozenset[str]]

NO_NAMES: frozenset[str] = frozenset()


class Turning(Protocol):
    """A comparison of quantities, that turns where its sides meet."""

    def turns(self, facts: Facts, name: str) -> list[int] | None:
        """Where it may turn as *name* alone varies; ``None`` where that cannot be said."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition: by Kleene's logic alone (``holds``), and by what all answers agree on (``sure``).

    ``wants`` names the missing facts that it hangs on while it is open; ``lines`` are its comparisons.
    """

    holds: Test
    sure: Test
    wants: Wants
    lines: tuple[Turning, ...] = ()


def same(test: Test, name: str = "") -> Truth:
    """A condition without quantities, on the fact *name* if on any."""
    wanted = frozenset({name}) if name else NO_NAMES
    return Truth(test, test, lambda facts: NO_NAMES if name in facts else wanted)


def joined(every: bool, parts: Sequence[Truth]) -> Truth:
    """All (且) or any (或) of *parts*."""
    join = all_of if every else any_of
    sure = join([part.sure for part in parts])

    def wants(facts: Facts) -> frozenset[str]:
        open_parts = [part for part in parts if part.sure(facts) is None] if sure(facts) is None else []
        return NO_NAMES.union(*(part.wants(facts) for part in open_parts))

    lines = tuple(line for part in parts for line in part.lines)
    return Truth(join([part.holds for part in parts]), sure, wants, lines)


def negated(part: Truth) -> Truth:
    """非 *part*."""
    return Truth(_negation(part.holds), _negation(part.sure), part.wants, part.lines)


def all_of(parts: Sequence[Test]) -> Test:
    """Whether all *parts* hold: false beats unknown beats true."""
    first, *rest = parts
    if not rest:
        return first
    second = all_of(rest)

    def test(facts: Facts) -> bool | None:
        value = first(facts)
        if value is False:
            return False
        other = second(facts)
        return other if value or other is False else None

    return test


def any_of(parts: Sequence[Test]) -> Test:
    """Whether any of *parts* holds: true beats unknown beats false."""
    first, *rest = parts
    if not rest:
        return first
    second = any_of(rest)

    def test(facts: Facts) -> bool | None:
        value = first(facts)
        if value:
            return True
        other = second(facts)
        return other if other or value is False else None

    return test


def _negation(part: Test) -> Test:
    def test(facts: Facts) -> bool | None:
        value = part(facts)
        return None if value is None else not value

    return test
