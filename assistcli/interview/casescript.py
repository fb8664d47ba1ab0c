"""What is asked about a new case: not what follows from other answers, nor what decides nothing any more."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from assistcli.errors import DataRejectedError
from assistcli.fields import Field
from assistcli.interview.questions import (
    case_questions,
    follow_up,
    follows,
    reasons,
    ruled_names,
    source_name,
)
from assistcli.interview.script import Answers, Aside, Dispute, Script
from assistcli.policy.rules import Pack
from assistcli.policy.verdict import Judge
from assistcli.schools.proposal import propose_answer
from assistcli.values import Value, parse_value

DECIDED = "所列资格已能判定，不受影响"


class CaseScript(Script):
    """The questions about a new case under one notice."""

    def __init__(
        self, pack: Pack, judge: Judge, refuse: Callable[[str, str], None], extra: Iterable[str] = ()
    ) -> None:
        """Ask under *pack*, and about the fields in *extra* though the notice does not need them."""
        super().__init__(case_questions(pack, frozenset(extra)))
        self._pack = pack
        self._judge = judge
        self._refuse = refuse
        self._ruled = ruled_names(pack)
        self._known: tuple[Mapping[str, str], Mapping[str, Aside]] = {}, {}

    def asides(self, answers: Answers) -> Mapping[str, Aside]:
        """What follows from another answer, and what can no longer change a verdict or an amount."""
        if self._known[0] != answers or not answers:
            self._known = dict(answers), self._find_asides(answers)
        return self._known[1]

    def _find_asides(self, answers: Answers) -> Mapping[str, Aside]:
        wanted = self._wanted(answers)
        found: dict[str, Aside] = {}
        for question in self.questions:
            name, rule = question.name, question.field.derivation
            if rule and follows(question.field, answers, self._judge.year):
                value = follow_up(question.field, answers, self._judge.year)
                found[name] = Aside(f"由{rule.source}得出", value)
            elif name in self._ruled and name not in answers and name not in wanted:
                found[name] = Aside(DECIDED)
        return found

    def _wanted(self, answers: Answers) -> frozenset[str]:
        """The facts that some verdict or amount can still hang on."""
        fields = self._pack.fields
        facts: dict[str, Value] = {}
        for name, text in answers.items():
            value = parse_value(fields[name], text)
            if value is not None:
                facts[name] = value
        verdicts = self._judge.verdicts(facts)
        return frozenset(source_name(fields, name) for verdict in verdicts for name in verdict.missing)

    def reasons(self, name: str, answers: Answers) -> Sequence[str]:
        """The clauses that need the fact, and the forms that print it."""
        return reasons(name, self._pack)

    def refuse(self, name: str, answer: str, answers: Answers) -> None:
        """Let *answer* pass if nobody else bears it and it agrees with what follows from the others.

        Raises:
            DataRejectedError: it is taken, or contradicts its source.
        """
        derived = self._derived(self._pack.fields[name], answers)
        rule = self._pack.fields[name].derivation
        if rule and answer and derived and answer != derived:
            raise DataRejectedError(
                f"与{rule.source}得出的「{derived}」矛盾；若是{rule.source}错了，输入 >{rule.source} 去改"
            )
        self._refuse(name, answer)

    def remarks(self, name: str, answers: Answers) -> Sequence[str]:
        """What follows from the answer to *name*."""
        following = [
            f"{field.name} {derived}"
            for field in self._pack.fields.values()
            if field.derivation and field.derivation.source == name and self._pack.subject in field.of
            if (derived := self._derived(field, answers)) and answers.get(field.name, "") in {"", derived}
        ]
        return [f"由{name}得出：{'、'.join(following)}"] if following else []

    def dispute(self, answers: Answers) -> Dispute | None:
        """The first answer that contradicts what follows from another one."""
        for question in self.questions:
            derived, given = self._derived(question.field, answers), answers.get(question.name, "")
            if question.field.derivation and given and derived and given != derived:
                source = question.field.derivation.source
                words = f"{question.name}已填「{given}」，由{source}得出「{derived}」，两者不一致，请核对"
                return Dispute(question.name, words)
        return None

    def proposal(self, name: str, answers: Answers) -> tuple[str, str]:
        """What the packaged lists of schools say; a person confirms it with Enter or types another answer."""
        return propose_answer(name, answers, self._judge.year)

    def _derived(self, field: Field, answers: Answers) -> str:
        """What follows for *field* from its source; blank if nothing does."""
        return follow_up(field, answers, self._judge.year)
