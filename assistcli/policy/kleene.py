"""Three-valued tests over facts and how they join (Kleene's logic): true, false, or ``None`` for unknown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistcli.values import Value

Facts = Mapping[str, Value]
Test = Callable[[Facts], bool | None]


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition: by Kleene's logic alone, and with the bounds of missing quantities considered."""

    holds: Test
    sure: Test


def same(test: Test) -> Truth:
    """A condition without quantities: bounds have nothing to add."""
    return Truth(test, test)


def joined(every: bool, parts: Sequence[Truth]) -> Truth:
    """All (且) or any (或) of *parts*."""
    join = all_of if every else any_of
    return Truth(join([part.holds for part in parts]), join([part.sure for part in parts]))


def negated(part: Truth) -> Truth:
    """非 *part*."""
    return Truth(_negation(part.holds), _negation(part.sure))


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
