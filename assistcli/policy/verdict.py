"""Verdicts: three-valued, under every reading, with reasons and only the missing facts that can matter."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assistcli.derivation import derived_value
from assistcli.policy.amount import NO_AMOUNT, Amounts, amounts_under
from assistcli.policy.gap import Gap, Question, gaps_of
from assistcli.policy.kleene import NO_NAMES, Facts
from assistcli.policy.landmark import Landmark
from assistcli.policy.plan import Path, Plan, TestBench
from assistcli.policy.possibility import MOST_COMPLETIONS, Outcome, Outlook, foresee
from assistcli.policy.reading import Combination, Dependence, dependences
from assistcli.policy.result import Reason, Verdict
from assistcli.policy.rules import Benefit, Pack, Test
from assistcli.policy.shortcut import Short, short_verdict, short_word
from assistcli.policy.standing import LARGEST_MEMORY, Standing, Standings
from assistcli.policy.statement import (
    DEPENDS,
    ELIGIBLE,
    NOT_ELIGIBLE,
    UNKNOWN,
    WORD,
    describe_outcome,
    given_facts,
    overall_word,
    split_amounts,
)
from assistcli.values import Value

__all__ = ["DEPENDS", "ELIGIBLE", "NOT_ELIGIBLE", "UNKNOWN", "Facts", "Judge", "Reason", "Verdict"]


REFUSED, GRANTED = Outcome(False), Outcome(True)


class Judge:
    """Judges cases under one pack, with some readings adopted, in the notice year *year*.

    What is still to come of an open condition, and what a table pays, is remembered by the facts it looks at.
    """

    def __init__(self, pack: Pack, adopted: Mapping[str, str], year: int, today: date | None = None) -> None:
        self.pack = pack
        self.adopted = {
            name: option
            for name, option in adopted.items()
            if name in pack.readings and option in pack.readings[name].options
        }
        self.year = year
        self._given = given_facts(pack, year, today)
        self._bench = TestBench(pack, self.adopted)
        self._foreseen: dict[tuple[object, ...], Outlook] = {}
        self._standings = Standings(self._bench, pack.fields, year)
        self._shorts: dict[tuple[int, tuple[int, ...]], Short | None] = {}
        self._paid: dict[tuple[object, ...], Amounts | None] = {}
        self._derived = [
            (name, field.derivation)
            for name, field in pack.fields.items()
            if field.derivation and name in self._bench.facts
        ]

    def complete(self, given: Facts) -> dict[str, Value]:
        """The *given* facts, with what follows from them as far as some rule looks at it."""
        facts = {**given, **self._given}
        for name, rule in self._derived:
            if name not in facts and rule.source in facts:
                follows = derived_value(rule, facts[rule.source], self.year)
                if follows is not None:
                    facts[name] = follows
        return facts

    def verdicts(self, given: Facts) -> list[Verdict]:
        """A verdict on every benefit of the pack from the *given* facts."""
        return self._verdicts(self._bench.plans, given)

    def verdict(self, benefit: Benefit, given: Facts) -> Verdict:
        """The verdict on *benefit* alone."""
        return self._verdicts([self._bench.plan(benefit)], given)[0]

    def word(self, benefit: Benefit, given: Facts) -> str:
        """The verdict on *benefit* alone, without reasons: eligible, not_eligible, unknown or depends."""
        facts = self.complete(given)
        plan = self._bench.plan(benefit)
        return short_word(plan, facts) or self._verdicts([plan], given)[0].verdict

    def _verdicts(self, plans: Sequence[Plan], given: Facts) -> list[Verdict]:
        """The verdicts on *plans*; a condition that several of them share is told once."""
        facts = self.complete(given)
        held = self._bench.hold(facts)
        standings = self._standings.on(self._bench.grounds, held, facts)
        told = [
            Reason(
                standing.ground.condition,
                standing.holds,
                standing.ground.see(facts),
                standing.ground.looked_at,
            )
            for standing in standings
        ]
        numbers = [standing.number for standing in standings]
        found = []
        for plan in plans:
            short = self._short(plan, numbers, standings)
            reasons = plan.of_all(told)
            amounts = self._amounts(plan, facts) if short else None
            if short is None or amounts is None:
                found.append(self._judge_at_length(plan, held, reasons, facts))
            elif amounts and short[0] != NOT_ELIGIBLE:
                found.append(Verdict(plan.benefit, *short, reasons, *split_amounts(amounts)))
            else:
                found.append(Verdict(plan.benefit, *short, reasons))
        return found

    def _short(self, plan: Plan, numbers: Sequence[int], standings: Sequence[Standing]) -> Short | None:
        """What the short way gives; the same for equal standings of the conditions of *plan*."""
        key = plan.number, plan.of_all(numbers)
        if key not in self._shorts:
            self._make_room(self._shorts)
            self._shorts[key] = short_verdict(plan.of_all(standings)) if plan.independent else None
        return self._shorts[key]

    def outcomes(self, given: Facts) -> list[tuple[Outcome, frozenset[str]]]:
        """What every benefit comes to on every path of readings, and the facts missing there."""
        facts = self.complete(given)
        held = self._bench.hold(facts)
        return [self._outcome(plan, path, held, facts) for plan in self._bench.plans for path in plan.paths]

    def gaps(self, given: Facts) -> list[Gap]:
        """The missing facts that some rule looks at, and the ways to fill them."""
        payments = tuple(
            payment for plan in self._bench.plans for path in plan.paths for payment in path.payments
        )
        question = Question(tests=tuple(self._bench.tests), payments=payments, pick="one")
        return gaps_of(question, self.complete(given), self.pack.fields, self.year)

    def tests_of(self, benefit: Benefit) -> list[Test]:
        """Every test that bears on *benefit* or on its amounts, under every open reading."""
        paths = self._bench.plan(benefit).paths
        return self.conditions_of(benefit) + [payment.when for path in paths for payment in path.payments]

    def conditions_of(self, benefit: Benefit) -> list[Test]:
        """Every test of the conditions of *benefit*, under every open reading."""
        grounds = self._bench.plan(benefit).reasons
        return [self._bench.tests[place] for ground in grounds for place in ground.places]

    def facts_of(self, benefit: Benefit) -> frozenset[str]:
        """Names of the facts that bear on *benefit*, those among them that others follow from included."""
        plan = self._bench.plan(benefit)
        return frozenset(
            [name for ground in plan.reasons for place in ground.places for name in self._bench.around[place]]
            + [name for path in plan.paths for name in path.payment_facts]
        )

    @property
    def landmarks(self) -> list[Landmark]:
        """Every place in the rules that looks at a fact."""
        rows = [row for benefit in self.pack.benefits for row in benefit.amounts]
        return [
            *(mark for test in self._bench.tests for mark in test.marks),
            *(mark for row in rows for test in row.when.under.values() for mark in test.marks),
            *(mark for row in rows for mark in row.marks),
        ]

    @staticmethod
    def _make_room(memory: dict[Any, Any]) -> None:
        if len(memory) >= LARGEST_MEMORY:
            memory.clear()

    def _amounts(self, plan: Plan, facts: Facts) -> Amounts | None:
        """What the payments of *plan* give on *facts*; ``None`` while a fact for them is missing."""
        path = plan.paths[0]
        if not path.payments:
            return NO_AMOUNT
        key = (plan.number, *map(facts.get, path.payment_facts))
        if key not in self._paid:
            self._make_room(self._paid)
            amounts, undecided = amounts_under(path.payments, plan.benefit.pick, facts)
            self._paid[key] = None if undecided else amounts
        return self._paid[key]

    def _judge_at_length(
        self, plan: Plan, held: Sequence[bool | None], reasons: tuple[Reason, ...], facts: Facts
    ) -> Verdict:
        """The verdict on *plan* from every combination of readings and every way to fill what is missing."""
        missing: set[str] = set()
        results: list[tuple[Combination, Outcome]] = []
        told: dict[tuple[object, ...], tuple[Outcome, frozenset[str]]] = {}
        for path in plan.paths:
            key = (id(path.payments), *[place for place in path.tests if not held[place]])
            if key not in told:
                told[key] = self._outcome(plan, path, held, facts)
            outcome, wanted = told[key]
            missing |= wanted
            results.append((path.combination, outcome))
        first = results[0][1]
        if any(outcome != first for _, outcome in results):
            depends = self._depends(plan.benefit, results)
            verdict = overall_word({WORD[outcome.holds] for _, outcome in results})
            amounts: Amounts = frozenset().union(*(outcome.amounts for _, outcome in results))
        else:
            depends, verdict, amounts = (), WORD[first.holds], first.amounts
        return Verdict(
            plan.benefit,
            verdict,
            tuple(sorted(missing)) if missing else (),
            depends,
            reasons,
            *(split_amounts(amounts) if amounts else ()),
        )

    def _outcome(
        self, plan: Plan, path: Path, held: Sequence[bool | None], facts: Facts
    ) -> tuple[Outcome, frozenset[str]]:
        """The outcome on *path* and, while it is open, the facts that could settle it."""
        values = [held[place] for place in path.tests]
        if False in values:
            return REFUSED, NO_NAMES
        if None not in values and not path.payments:
            return GRANTED, NO_NAMES
        tests = self._bench.tests
        undecided = tuple([tests[place] for place in path.tests if held[place] is None])
        question = Question(tests=undecided, payments=path.payments, pick=plan.benefit.pick)
        ahead = self._foresee(plan, path, question, held, facts)
        return ahead.outcome, ahead.missing

    def _foresee(
        self, plan: Plan, path: Path, question: Question, held: Sequence[bool | None], facts: Facts
    ) -> Outlook:
        around = self._bench.around
        seen = [facts.get(n) for place in path.tests if held[place] is None for n in around[place]]
        states = [held[place] for place in path.tests]
        key = (path.number, *states, *seen, *map(facts.get, path.payment_facts))
        if key not in self._foreseen:
            self._make_room(self._foreseen)
            self._foreseen[key] = foresee(
                question, facts, self.pack.fields, self.year, MOST_COMPLETIONS // len(plan.paths)
            )
        return self._foreseen[key]

    def _depends(
        self, benefit: Benefit, results: Sequence[tuple[Combination, Outcome]]
    ) -> tuple[Dependence[str], ...]:
        """The readings that change the verdict, and those that change only the amount."""
        words = [(combination, WORD[outcome.holds]) for combination, outcome in results]
        amounts = [(combination, describe_outcome(outcome)) for combination, outcome in results]
        found = {d.reading: d for d in dependences(amounts, benefit.readings, self.adopted)}
        found |= {d.reading: d for d in dependences(words, benefit.readings, self.adopted)}
        return tuple(found[reading.id] for reading in benefit.readings if reading.id in found)
