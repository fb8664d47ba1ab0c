"""Verdicts: three-valued, under every reading, with reasons and only the missing facts that can matter."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistcli.derivation import complete_values
from assistcli.policy.completion import Outlook, all_hold, outlook
from assistcli.policy.reading import DISAGREE, Combination, Dependence, combinations, dependences
from assistcli.policy.rules import Benefit, Condition, Pack, Test
from assistcli.values import Value

ELIGIBLE, NOT_ELIGIBLE, UNKNOWN, DEPENDS = "eligible", "not_eligible", "unknown", DISAGREE

Facts = Mapping[str, Value]

_WORD = {True: ELIGIBLE, False: NOT_ELIGIBLE, None: UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One condition of a verdict: whether it holds (``None``: unknown or by reading) and the facts it saw."""

    condition: Condition
    holds: bool | None
    facts: Facts
    looked_at: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a person is entitled to *benefit*: eligible, not_eligible, unknown or depends, and why."""

    benefit: Benefit
    verdict: str
    missing: tuple[str, ...]
    depends: tuple[Dependence[str], ...]
    reasons: tuple[Reason, ...]


class Judge:
    """Judges cases under one pack, with some readings adopted, in the notice year *year*."""

    def __init__(self, pack: Pack, adopted: Mapping[str, str], year: int) -> None:
        self.pack = pack
        self.adopted = adopted
        self.year = year
        self._combinations = {b.id: combinations(b.readings, adopted) for b in pack.benefits}

    def verdicts(self, given: Facts) -> list[Verdict]:
        """A verdict on every benefit of the pack from the *given* facts."""
        facts = complete_values(given, self.year)
        return [self.verdict(benefit, facts) for benefit in self.pack.benefits]

    def verdict(self, benefit: Benefit, facts: Facts) -> Verdict:
        """The verdict on *benefit* from *facts*, which are complete (see ``complete_values``)."""
        held = [
            {option: test.holds(facts) for option, test in condition.test.under.items()}
            for condition in benefit.conditions
        ]
        missing: set[str] = set()
        results = []
        for combination in self._combinations[benefit.id]:
            result, wanted = self._result(benefit, held, combination, facts)
            missing |= wanted
            results.append((combination, _WORD[result]))
        return Verdict(
            benefit=benefit,
            verdict=_overall({result for _, result in results}),
            missing=tuple(sorted(missing)),
            depends=tuple(dependences(results, benefit.readings, self.adopted)) if len(results) > 1 else (),
            reasons=tuple(self._reason(c, h, facts) for c, h in zip(benefit.conditions, held, strict=True)),
        )

    def _result(
        self, benefit: Benefit, held: list[dict[str, bool | None]], combination: Combination, facts: Facts
    ) -> tuple[bool | None, frozenset[str]]:
        """The result under *combination* and, while it is open, the facts that could settle it."""
        values = [
            options[combination[condition.test.reading] if condition.test.reading else ""]
            for condition, options in zip(benefit.conditions, held, strict=True)
        ]
        result = all_hold(values)
        if result is not None:
            return result, frozenset()
        undecided = [
            condition.test.at(combination)
            for condition, value in zip(benefit.conditions, values, strict=True)
            if value is None
        ]
        return self._settle(undecided, facts)

    def _settle(self, undecided: list[Test], facts: Facts) -> tuple[bool | None, frozenset[str]]:
        ahead: Outlook = outlook(undecided, facts, self.pack.fields, self.year)
        if len(ahead.results) == 1 and None not in ahead.results:
            return next(iter(ahead.results)), frozenset()
        return None, ahead.missing

    def _reason(self, condition: Condition, held: Mapping[str, bool | None], facts: Facts) -> Reason:
        reading = condition.test.reading
        counted = [self.adopted[reading]] if reading in self.adopted else list(held)
        values = {held[option] for option in counted}
        looked_at = frozenset().union(*(condition.test.under[option].facts for option in counted))
        return Reason(
            condition=condition,
            holds=values.pop() if len(values) == 1 else None,
            facts={name: facts[name] for name in sorted(looked_at) if name in facts},
            looked_at=looked_at,
        )


def _overall(words: set[str]) -> str:
    """The verdict on which all readings agree, else unknown if any gives it, else depends."""
    if len(words) == 1:
        return next(iter(words))
    return UNKNOWN if UNKNOWN in words else DEPENDS
