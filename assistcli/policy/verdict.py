"""Verdicts: three-valued, under every reading, with reasons and only the missing facts that can matter."""

from collections.abc import Mapping, Sequence
from datetime import date

from assistcli.derivation import derived_value
from assistcli.policy.amount import NO_AMOUNT, Amounts, amounts_under
from assistcli.policy.completion import MOST_COMPLETIONS, Outcome, Outlook, Question, foresee
from assistcli.policy.kleene import Facts
from assistcli.policy.landmark import Landmark
from assistcli.policy.plan import Ground, Path, Plan, TestBench
from assistcli.policy.reading import Combination, Dependence, dependences
from assistcli.policy.result import Reason, Verdict
from assistcli.policy.rules import Benefit, Pack
from assistcli.policy.shortcut import short_verdict, short_word
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


LARGEST_MEMORY = 20_000
REFUSED, GRANTED = Outcome(False), Outcome(True)
_NO_FACTS: frozenset[str] = frozenset()


class Judge:
    """Judges cases under one pack, with some readings adopted, in the notice year *year*.

    Equal facts give equal verdicts, so those on rules without quantities are remembered (at most *memory*).
    """

    def __init__(
        self,
        pack: Pack,
        adopted: Mapping[str, str],
        year: int,
        today: date | None = None,
        memory: int = LARGEST_MEMORY,
    ) -> None:
        self.pack = pack
        self.adopted = {
            name: option
            for name, option in adopted.items()
            if name in pack.readings and option in pack.readings[name].options
        }
        self.year = year
        self._given = given_facts(pack, year, today)
        self._bench = TestBench(pack, self.adopted)
        self._most = memory
        self._remembered: dict[tuple[object, ...], Verdict] = {}
        self._foreseen: dict[tuple[object, ...], Outlook] = {}
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
        facts = self.complete(given)
        get = facts.get
        found: list[Verdict] = []
        held: list[bool | None] = []
        for plan in self._bench.plans:
            key = (plan.number, *map(get, plan.signature)) if plan.signature and self._most else ()
            verdict = self._remembered.get(key) if key else None
            if verdict is None:
                held = held or [test.holds(facts) for test in self._bench.tests]
                verdict = self._judge(plan, held, facts)
                self._remember(key, verdict)
            found.append(verdict)
        return found

    def verdict(self, benefit: Benefit, given: Facts) -> Verdict:
        """The verdict on *benefit* alone."""
        facts = self.complete(given)
        plan, tests = self._bench.plan(benefit), self._bench.tests
        held: list[bool | None] = [None] * len(tests)
        for place in plan.places:
            held[place] = tests[place].holds(facts)
        return self._judge(plan, held, facts)

    def word(self, benefit: Benefit, given: Facts) -> str:
        """The verdict on *benefit* alone, without reasons: eligible, not_eligible, unknown or depends."""
        facts = self.complete(given)
        plan = self._bench.plan(benefit)
        if word := short_word(plan, facts):
            return word
        held = [test.holds(facts) for test in self._bench.tests]
        words = {WORD[self._outcome(plan, path, held, facts)[0].holds] for path in plan.paths}
        return overall_word(words)

    def facts_of(self, benefit: Benefit) -> frozenset[str]:
        """Names of the facts that bear on *benefit*, those among them that others follow from included."""
        plan = self._bench.plan(benefit)
        return frozenset(
            [name for place in plan.places for name in self._bench.around[place]]
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

    def _remember(self, key: tuple[object, ...], verdict: Verdict) -> None:
        if key:
            if len(self._remembered) >= self._most:
                self._remembered.clear()
            self._remembered[key] = verdict

    def _judge(self, plan: Plan, held: Sequence[bool | None], facts: Facts) -> Verdict:
        """The verdict on *plan*: the short way if it can be gone."""
        short = short_verdict(plan, held)
        amounts = self._amounts(plan, facts) if short else None
        if short is None or amounts is None:
            return self._judge_at_length(plan, held, facts)
        word, depends = short
        reasons = tuple([self._reason(entry, held, facts) for entry in plan.reasons])
        if word == NOT_ELIGIBLE or not amounts:
            return Verdict(plan.benefit, word, (), depends, reasons)
        return Verdict(plan.benefit, word, (), depends, reasons, *split_amounts(amounts))

    def _amounts(self, plan: Plan, facts: Facts) -> Amounts | None:
        """What the payments of *plan* give on *facts*; ``None`` while a fact for them is missing."""
        path = plan.paths[0]
        if not path.payments:
            return NO_AMOUNT
        key = (plan.number, *map(facts.get, path.payment_facts))
        if key not in self._paid:
            if len(self._paid) >= max(self._most, 1):
                self._paid.clear()
            amounts, undecided = amounts_under(path.payments, plan.benefit.pick, facts)
            self._paid[key] = None if undecided else amounts
        return self._paid[key]

    def _judge_at_length(self, plan: Plan, held: Sequence[bool | None], facts: Facts) -> Verdict:
        """The verdict on *plan* from every combination of readings and every way to fill what is missing."""
        missing: set[str] = set()
        results: list[tuple[Combination, Outcome]] = []
        for path in plan.paths:
            outcome, wanted = self._outcome(plan, path, held, facts)
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
            tuple([self._reason(entry, held, facts) for entry in plan.reasons]),
            *(split_amounts(amounts) if amounts else ()),
        )

    def _outcome(
        self, plan: Plan, path: Path, held: Sequence[bool | None], facts: Facts
    ) -> tuple[Outcome, frozenset[str]]:
        """The outcome on *path* and, while it is open, the facts that could settle it."""
        values = [held[place] for place in path.tests]
        if False in values:
            return REFUSED, _NO_FACTS
        if None not in values and not path.payments:
            return GRANTED, _NO_FACTS
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
            if len(self._foreseen) >= max(self._most, 1):
                self._foreseen.clear()
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

    @staticmethod
    def _reason(ground: Ground, held: Sequence[bool | None], facts: Facts) -> Reason:
        condition, places, looked_at, _ = ground
        holds = held[places[0]]
        for place in places:
            if held[place] is not holds:
                holds = None
        return Reason(condition, holds, {n: facts[n] for n in looked_at if n in facts}, looked_at)
