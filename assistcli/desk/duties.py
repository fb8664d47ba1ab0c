"""What waits for whom (待办), read from the store: every open case once, and everything else that is due."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from assistcli.assistance import (
    Activity,
    Application,
    Deadline,
    Member,
    Outcome,
    Pairing,
    Plan,
    Publication,
    Recommendation,
    Referral,
)
from assistcli.book.casebook import Casebook
from assistcli.desk.assessment import Assessor
from assistcli.desk.rhythm import counting_for, rhythm_for
from assistcli.followup.agenda import PRIMARY, Item, urgency
from assistcli.followup.basis import Clauses, clauses_among, clauses_of, founded
from assistcli.followup.cadence import BINDING, Rhythm, adopted_practices
from assistcli.followup.calendar import (
    event_items,
    leaver_items,
    publication_items,
    routine_items,
)
from assistcli.followup.contact import aftercare_item, contact_item, out_of_scope_item
from assistcli.followup.elsewhere import aid_items, referral_items
from assistcli.followup.pairing import helper_of
from assistcli.followup.placement import is_placed, latest_outcome
from assistcli.followup.quota import quota_items
from assistcli.followup.roster import places, roster_items
from assistcli.followup.tally import Tally, tally_contacts
from assistcli.followup.waiting import (
    advice_items,
    claim_items,
    evidence_items,
    form_items,
    helper_items,
    paper_items,
    plan_items,
    step_items,
)
from assistcli.model import Case, Claim, Filing, Office, Paper, Step
from assistcli.policy.procedure import papers_applied
from assistcli.policy.rules import FormRule, Pack
from assistcli.policy.verdict import NOT_ELIGIBLE

D = TypeVar("D", Step, Claim, Paper, Filing, Plan, Recommendation, Application, Referral)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing that waits, with the case it is about; the office's own have none."""

    case: Case | None
    item: Item


class Desk:
    """Everything that waits on one day, from one reading of the store."""

    def __init__(self, book: Casebook, today: date) -> None:
        self._book = book
        self._today = today
        self._office: Office = book.office()
        self._assessor = Assessor(book, self._office)
        self._packs: dict[str, Pack] = {}
        self._rhythms: dict[str, Rhythm] = {}
        self._clauses: dict[str, Clauses] = {}
        self._tallies = tally_contacts(book.glances(), today, counting_for(book, self._office, today))
        self._outcomes = book.events_by_case(Outcome)
        self._pairings = book.events_by_case(Pairing)

    def duties(self, cases: Sequence[Case], packs: Sequence[str]) -> list[Duty]:
        """All that waits for *cases* and for the office under *packs*, the most pressing first."""
        found = [Duty(case=case, item=item) for case in cases for item in self._of_case(case)]
        clauses = clauses_among(map(self._pack, packs))
        own = (founded(item, clauses, self._today) for item in self._of_office(packs, cases))
        found += [Duty(case=None, item=item) for item in own]
        return sorted(found, key=lambda duty: urgency(duty.item, self._today))

    def misplaced(self, cases: Iterable[Case]) -> list[Case]:
        """Those of *cases* that are open and not on exactly one primary list: there must be none."""
        return [case for case in cases if self._lists(case) != (0 if self._placed(case) else 1)]

    def _lists(self, case: Case) -> int:
        return sum(item.kind in PRIMARY for item in self._of_case(case))

    def _placed(self, case: Case) -> bool:
        return is_placed(latest_outcome(self._outcomes.get(case.id, ()), self._today))

    def items_by_case(self, cases: Sequence[Case]) -> dict[str, list[Item]]:
        """What waits for each of *cases*, by case id."""
        return {case.id: list(self._of_case(case)) for case in cases}

    def rhythm(self, pack: Pack) -> Rhythm:
        """The rhythm for cases under *pack*."""
        if pack.id not in self._rhythms:
            self._rhythms[pack.id] = rhythm_for(self._book, pack)
        return self._rhythms[pack.id]

    def _pack(self, name: str) -> Pack:
        if name not in self._packs:
            self._packs[name] = self._book.pack(name)
        return self._packs[name]

    @cached_property
    def _steps(self) -> Mapping[str, list[Step]]:
        return self._until_today(Step)

    @cached_property
    def _claims(self) -> Mapping[str, list[Claim]]:
        return self._until_today(Claim)

    @cached_property
    def _papers(self) -> Mapping[str, list[Paper]]:
        return self._until_today(Paper)

    @cached_property
    def _filings(self) -> Mapping[str, list[Filing]]:
        return self._until_today(Filing)

    @cached_property
    def _plans(self) -> Mapping[str, list[Plan]]:
        return self._until_today(Plan)

    @cached_property
    def _advices(self) -> Mapping[str, list[Recommendation]]:
        return self._until_today(Recommendation)

    @cached_property
    def _applied(self) -> Mapping[str, list[Application]]:
        return self._until_today(Application)

    @cached_property
    def _referrals(self) -> Mapping[str, list[Referral]]:
        return self._until_today(Referral)

    def _until_today(self, kind: type[D]) -> Mapping[str, list[D]]:
        grouped = self._book.events_by_case(kind)
        return {case: [e for e in events if e.day <= self._today] for case, events in grouped.items()}

    @cached_property
    def _shared_numbers(self) -> frozenset[str]:
        """Student numbers that several cases bear, as where a person stands under two notices."""
        if len(self._office.packs) < 2:
            return frozenset()
        counts = Counter(case.student_no for case in self._book.cases() if case.student_no)
        return frozenset(number for number, count in counts.items() if count > 1)

    def _of_case(self, case: Case) -> Iterator[Item]:
        """What waits for *case*; its commands name it by a word that names no other case."""
        number, clauses = case.student_no, self._clauses_of(case.pack)
        shared = number is not None and number in self._shared_numbers
        for item in self._items(case):
            named = item.command.replace(f" {number}", f" {case.id}", 1) if shared else item.command
            yield founded(
                item if named == item.command else replace(item, command=named), clauses, self._today
            )

    def _clauses_of(self, name: str) -> Clauses:
        if name not in self._clauses:
            practices = map(self._pack, adopted_practices(self._office.adoptions))
            self._clauses[name] = clauses_of(self._pack(name), practices)
        return self._clauses[name]

    def _items(self, case: Case) -> Iterator[Item]:
        pack = self._pack(case.pack)
        outcome = latest_outcome(self._outcomes.get(case.id, ()), self._today)
        yield from self._paperwork(case, pack)
        if outcome and is_placed(outcome):
            yield from self._of_placed(case, pack, outcome)
        else:
            yield from self._of_open(case, pack)

    def _of_placed(self, case: Case, pack: Pack, outcome: Outcome) -> Iterator[Item]:
        tally = self._tallies.get(case.id, Tally())
        yield aftercare_item(case, tally, self.rhythm(pack), pack.contact, outcome.day, self._today)
        yield from evidence_items(case, outcome)

    def _of_open(self, case: Case, pack: Pack) -> Iterator[Item]:
        tally = self._tallies.get(case.id)
        helper = helper_of(case, self._pairings.get(case.id, ()), self._today)
        if tally is None and not helper and (clauses := self._refused_by(case)):
            yield out_of_scope_item(case, clauses)
            return
        tally, rhythm = tally or Tally(), self.rhythm(pack)
        yield contact_item(case, tally, rhythm, pack.contact, self._today)
        advices = self._advices.get(case.id, ())
        yield from quota_items(case, tally, rhythm, pack.contact, len(advices))
        yield from helper_items(case, helper)
        yield from advice_items(case, advices, self._today)
        yield from plan_items(case, self._plans.get(case.id, ()), self._today)
        yield from leaver_items(case, [self._pack(name) for name in self._office.packs], self._today)

    def _paperwork(self, case: Case, pack: Pack) -> Iterator[Item]:
        steps, claims = self._steps.get(case.id, []), self._claims.get(case.id, [])
        received = {paper.paper for paper in self._papers.get(case.id, [])}
        yield from step_items(case, pack, steps)
        asked = steps and any(benefit.papers for benefit in pack.benefits)
        applied = papers_applied(self._assessor.verdicts(case)) if asked else []
        yield from paper_items(case, pack, steps, claims, received, applied)
        if steps:
            filed = {filing.form for filing in self._filings.get(case.id, [])}
            yield from form_items(case, self._applications(case, pack), steps, filed)
        yield from claim_items(case, pack, claims)
        yield from aid_items(case, pack, self._applied.get(case.id, ()), self._today)
        yield from referral_items(case, self._referrals.get(case.id, ()), self._today)

    def _applications(self, case: Case, pack: Pack) -> list[FormRule]:
        """The forms with which *case* applies for what the notice does not surely refuse it."""
        forms = [rule for rule in pack.forms if rule.per == "case" and rule.application_for]
        verdicts = self._assessor.verdicts(case) if forms else ()
        open_to = {verdict.benefit.id for verdict in verdicts if verdict.verdict != NOT_ELIGIBLE}
        return [rule for rule in forms if rule.application_for in open_to]

    def _refused_by(self, case: Case) -> list[str]:
        """The clauses that surely entitle *case* to nothing; none where one may, or somebody works on it."""
        worked_on = (self._steps, self._claims, self._plans, self._advices, self._outcomes)
        if any(case.id in events for events in worked_on):
            return []
        verdicts = self._assessor.verdicts(case)
        refused = all(verdict.verdict == NOT_ELIGIBLE for verdict in verdicts)
        return [verdict.benefit.citation.clause for verdict in verdicts] if refused else []

    def _of_office(self, packs: Sequence[str], cases: Sequence[Case]) -> Iterator[Item]:
        members = list(self._book.all_events(Member))
        deadlines, activities = list(self._book.all_events(Deadline)), list(self._book.all_events(Activity))
        for name in packs:
            yield from event_items(self._pack(name), deadlines, self._today, self._office.adopted(name))
        adopted = adopted_practices(self._office.adoptions)
        for name in adopted:
            pack = self._pack(name)
            yield from routine_items(pack, pack.cadences, activities, self._today, self._office.adopted(name))
        binding = [name for name in packs if self._pack(name).status == BINDING]
        for name in dict.fromkeys([*binding, *adopted]):
            wanted = places(self._pack(name).roles, cases, members, self._today)
            yield from roster_items(wanted, name)
        yield from publication_items(self._book.all_events(Publication), self._today)
