"""What follows for a case from its facts, its events and its notice: verdicts and its account of money."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistcli.book.casebook import Casebook, Reader
from assistcli.book.entries import E
from assistcli.derivation import facts_of
from assistcli.errors import DataRejectedError
from assistcli.model import Adoption, Case, Claim, Office, Step
from assistcli.policy.entitlement import entitlement_of
from assistcli.policy.recall import Recall
from assistcli.policy.rules import Pack
from assistcli.policy.subsidy import Account, settle_account
from assistcli.policy.verdict import ELIGIBLE, Judge, Verdict


class Assessor:
    """Assesses the cases of one casebook; packs are read once, and only those of the cases."""

    def __init__(
        self, book: Casebook, office: Office | None = None, packs: Mapping[str, Pack] | None = None
    ) -> None:
        """Assess under *office* and its readings, or the store's own; by *packs* in place of others."""
        self._packs = packs or {}
        self._book = book
        self._office = office or book.office()
        self._judges: dict[tuple[str, int], Judge] = {}
        self._recalls: dict[tuple[str, int], Recall] = {}

    def judge(self, case: Case) -> Judge:
        """The judge for the notice and year of *case*, with the office's adopted readings."""
        key = case.pack, case.year
        if key not in self._judges:
            pack = self._packs.get(case.pack) or self._book.pack(case.pack)
            self._judges[key] = Judge(
                pack, self._office.adopted(case.pack), case.year, self._book.context.today
            )
        return self._judges[key]

    def stamps(self, case: Case, only: Container[str] | None = None) -> list[str]:
        """Every adopted reading of the notice of *case*, or of those in *only*, as a stamp."""
        return stamps_of(self._office, self.pack(case), only)

    def stamp_lines(self) -> list[str]:
        """For a list of many cases: the adopted readings of every notice, a line for each that has some."""
        adopted = {adoption.pack for adoption in self._office.adoptions}
        packs = [self._book.pack(name) for name in self._office.packs if name in adopted]
        return [f"已定口径（{pack.id}）：{'；'.join(stamps_of(self._office, pack))}" for pack in packs]

    def adoptions(self, case: Case) -> list[Adoption]:
        """The adoptions in force for the notice of *case*."""
        return adoptions_of(self._office, case.pack)

    def pack(self, case: Case) -> Pack:
        """The notice that *case* stands under."""
        return self.judge(case).pack

    def verdicts(self, case: Case) -> list[Verdict]:
        """A verdict on every benefit of the notice."""
        key = case.pack, case.year
        if key not in self._recalls:
            self._recalls[key] = Recall(self.judge(case))
        return self._recalls[key].verdicts(facts_of(case))

    def is_entitled(self, case: Case, benefit: str = "") -> bool:
        """Whether *case* is surely entitled to *benefit*, or to any where none is named."""
        return any(
            verdict.verdict == ELIGIBLE and benefit in ("", verdict.benefit.id)
            for verdict in self.verdicts(case)
        )

    def account(self, case: Case, source: Reader, extra: Sequence[Claim] = ()) -> Account:
        """The account of *case* with its claims in *source* and any *extra* ones not recorded yet."""
        return self._settle(case, [*source.claims(case.id), *extra], source.steps(case.id))

    def accounts(self, cases: Iterable[Case], source: Reader, day: date) -> Iterator[tuple[Case, Account]]:
        """Each of *cases* that claimed by *day*, with its account as it then stood; all claims are read once.

        A claim or a stage that is dated later has not happened.
        """
        claims, steps = source.events_by_case(Claim), source.events_by_case(Step)
        for case in cases:
            by_then = [cut_stages(claim, day) for claim in claims.get(case.id, ()) if claim.day <= day]
            if by_then:
                own = sorted(by_then, key=lambda claim: (claim.day, claim.id))
                yield case, self._settle(case, own, steps.get(case.id, ()))

    def _settle(self, case: Case, claims: Sequence[Claim], steps: Sequence[Step]) -> Account:
        judge = self.judge(case)
        entitlement = entitlement_of(judge.pack, self.verdicts(case), steps)
        return settle_account(judge.pack, claims, judge.adopted, entitlement)


def adoptions_of(office: Office, pack: str) -> list[Adoption]:
    """The adoptions in force for *pack*: of each reading the latest."""
    return list({entry.reading: entry for entry in office.adoptions if entry.pack == pack}.values())


def stamps_of(office: Office, pack: Pack, only: Container[str] | None = None) -> list[str]:
    """The stamp of every adoption in force for *pack*: the option in words, by whom, on what word, when.

    With *only*, those of the readings in it.
    """
    return [
        f"{e.reading} {_option_words(e, pack)}（{e.by}，{e.word or '—'}，{e.day}）"
        for e in adoptions_of(office, pack.id)
        if only is None or e.reading in only
    ]


def _option_words(adoption: Adoption, pack: Pack) -> str:
    reading = pack.readings.get(adoption.reading)  # a rhythm or an edition is adopted, too, and no reading
    return reading.options.get(adoption.option, adoption.option) if reading else adoption.option


def stamp_records(adoptions: Iterable[Adoption]) -> list[dict[str, str | None]]:
    """*adoptions* as JSON."""
    return [
        {"reading": e.reading, "option": e.option, "by": e.by, "word": e.word or None, "date": f"{e.day}"}
        for e in adoptions
    ]


def demand_benefit(packs: Iterable[Pack], benefit: str) -> None:
    """Let *benefit* pass where one of *packs* has it, or none is named.

    Raises:
        DataRejectedError: none has it; the message lists what there is.
    """
    known = [entry.id for pack in packs for entry in pack.benefits]
    if benefit and benefit not in known:
        raise DataRejectedError(f"没有「{benefit}」这一类；可用：{'、'.join(known)}")


def cut_stages(event: E, day: date) -> E:
    """*event* with only the stages it had reached by *day*."""
    stages = getattr(event, "stages", ())
    kept = tuple(stage for stage in stages if stage.day <= day)
    return event if len(kept) == len(stages) else replace(event, stages=kept)
