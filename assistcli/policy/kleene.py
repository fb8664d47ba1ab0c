"""Three-valued tests over facts and how they join (Kleene's logic): true, false, or ``None`` for unknown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistcli.policy.crossing import Parting
from assistcli.values import Value

Facts = Mapping[str, Value]
Test = Callable[[Facts], bool | None]
Wants = Callable[[Facts], frozenset[str]]

NO_NAMES: frozenset[str] = frozenset()


class Hinge(Protocol):
    """A part of a condition that missing facts keep open."""

    def parting(self, facts: Facts) -> Parting | None:
        """How it parts what the missing quantities may be; ``None`` where that cannot be said."""


class Turning(Hinge, Protocol):
    """A comparison of quantities, that turns where its sides meet."""

    @property
    def beyond_reach(self) -> bool:
        """Whether it may stay open, or name one fact too many, while facts that it multiplies are missing."""

    def turns(self, facts: Facts, name: str) -> list[int] | None:
        """Where it may turn as *name* alone varies; ``None`` where that cannot be said."""


class Lookup:
    """A fact that is looked up as it is: no quantity is parted."""

    def parting(self, _facts: Facts) -> None:
        """Nothing."""


Hinges = Callable[[Facts], frozenset[Hinge]]


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition: by Kleene's logic alone (``holds``), and by what all answers agree on (``sure``).

    ``wants`` names the missing facts, ``hinges`` the parts that it hangs on while it is open; ``lines`` are
    all its comparisons.
    """

    holds: Test
    sure: Test
    wants: Wants
    hinges: Hinges
    lines: tuple[Turning, ...] = ()


def same(test: Test, name: str = "") -> Truth:
    """A condition without quantities, on the fact *name* if on any."""
    wanted, hinges = frozenset({name}) if name else NO_NAMES, frozenset({Lookup()})
    return Truth(test, test, lambda facts: NO_NAMES if name in facts else wanted, lambda _facts: hinges)


def joined(every: bool, parts: Sequence[Truth]) -> Truth:
    """All (且) or any (或) of *parts*."""
    join = all_of if every else any_of
    sure = join([part.sure for part in parts])

    def open_parts(facts: Facts) -> list[Truth]:
        return [part for part in parts if part.sure(facts) is None] if sure(facts) is None else []

    return Truth(
        join([part.holds for part in parts]),
        sure,
        lambda facts: NO_NAMES.union(*(part.wants(facts) for part in open_parts(facts))),
        lambda facts: frozenset[Hinge]().union(*(part.hinges(facts) for part in open_parts(facts))),
        tuple(line for part in parts for line in part.lines),
    )


def negated(part: Truth) -> Truth:
    """非 *part*."""
    return Truth(_negation(part.holds), _negation(part.sure), part.wants, part.hinges, part.lines)


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
