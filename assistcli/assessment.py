"""What follows for a case from its facts, its events and its notice: verdicts and its account of money."""

from collections.abc import Sequence
from datetime import date

from assistcli.casebook import Casebook, Reader
from assistcli.model import Case, Claim, Step
from assistcli.policy.rules import Pack, StepRule
from assistcli.policy.ruling import Entitlement
from assistcli.policy.subsidy import Account, settle_account
from assistcli.policy.verdict import NOT_ELIGIBLE, Facts, Judge, Verdict

AGREED = "同意"


class Assessor:
    """Assesses the cases of one casebook; packs are read once, and only those of the cases."""

    def __init__(self, book: Casebook) -> None:
        self._book = book
        self._office = book.office()
        self._judges: dict[tuple[str, int], Judge] = {}

    def judge(self, case: Case) -> Judge:
        """The judge for the notice and year of *case*, with the office's adopted readings."""
        key = case.pack, case.year
        if key not in self._judges:
            pack = self._book.pack(case.pack)
            self._judges[key] = Judge(pack, self._office.adopted(pack.id), case.year)
        return self._judges[key]

    def pack(self, case: Case) -> Pack:
        """The notice that *case* stands under."""
        return self.judge(case).pack

    def verdicts(self, case: Case) -> list[Verdict]:
        """A verdict on every benefit of the notice."""
        return self.judge(case).verdicts(facts_of(case))

    def account(self, case: Case, source: Reader, extra: Sequence[Claim] = ()) -> Account:
        """The account of *case* with its claims in *source* and any *extra* ones not recorded yet."""
        judge = self.judge(case)
        claims = [*source.claims(case.id), *extra]
        entitlement = _entitlement(judge.pack, self.verdicts(case), source.steps(case.id))
        return settle_account(judge.pack, claims, judge.adopted, entitlement)


def facts_of(case: Case) -> Facts:
    """The recorded values of *case*, by field name."""
    return {name: fact.value for name, fact in case.facts.items()}


def _entitlement(pack: Pack, verdicts: Sequence[Verdict], steps: Sequence[Step]) -> Entitlement:
    """Why a claim on a day is refused: not in the category, or not approved by then (三、5（2）末)."""
    words = {verdict.benefit.id: verdict for verdict in verdicts}
    granting = {rule.grants: rule for rule in pack.steps if rule.grants}

    def refusal(benefit: str, day: date) -> str | None:
        if not benefit:
            return None
        verdict = words[benefit]
        if verdict.verdict == NOT_ELIGIBLE:
            return f"不属于{verdict.benefit.title}"
        return _unapproved(granting.get(benefit), steps, day)

    return refusal


def _unapproved(rule: StepRule | None, steps: Sequence[Step], day: date) -> str | None:
    if rule is None:
        return None
    taken = [step for step in steps if step.step == rule.name]
    if not taken or taken[-1].result != AGREED:
        return f"还没有「{rule.name}」的记录；先办审批，再记费用"
    if taken[-1].day > day:
        return f"申请日 {day} 早于{rule.name}日 {taken[-1].day}"
    return None
