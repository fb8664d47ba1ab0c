"""What was done for one person, each deed in words: for the screen and for 一人一档."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistcli.assistance import Application, Exemplar, Outcome, Pairing, Plan, Recommendation, Referral
from assistcli.book.entries import Reader
from assistcli.model import Case, Contact, Filing, Paper, Stage, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing done for a person: its day, what kind of thing, the words of it, and by whom."""

    day: date
    kind: str
    words: str
    by: str


NO_TITLES: Mapping[str, str] = {}


def casework_of(book: Reader, case: Case, titles: Mapping[str, str] = NO_TITLES) -> list[Deed]:
    """Outcomes, returned forms, helpers, plans, aids, referrals and posts of *case*, kind by kind.

    *titles* are those of the forms by their names, where the notice is at hand.
    """
    return [
        *(_outcome(event) for event in book.events(Outcome, case.id)),
        *(_filing(event, titles) for event in book.events(Filing, case.id)),
        *(_pairing(event) for event in book.events(Pairing, case.id)),
        *(_plan(event) for event in book.events(Plan, case.id)),
        *(_application(event) for event in book.events(Application, case.id)),
        *(_referral(event) for event in book.events(Referral, case.id)),
        *(_exemplar(event) for event in book.events(Exemplar, case.id)),
        *(_advice(event) for event in book.events(Recommendation, case.id)),
    ]


def deeds_of(book: Reader, case: Case, titles: Mapping[str, str] = NO_TITLES) -> list[Deed]:
    """Every deed for *case* but contacts and claims, its papers and steps as well, in order of the days."""
    formal = [*map(_paper, book.papers(case.id)), *map(_step, book.steps(case.id))]
    return sorted([*formal, *casework_of(book, case, titles)], key=lambda deed: deed.day)


def join_words(*parts: object) -> str:
    """*parts* with blanks between; those that say nothing are left out."""
    return " ".join(str(part) for part in parts if part)


def contact_words(contact: Contact) -> str:
    """What was said in *contact*, with result and evidence, and what keeps it from counting."""
    parts = {"主题": "、".join(contact.topics), "结果": contact.result, "证明": contact.evidence}
    marks = [word for word, holds in (("群发", contact.mass), ("未联系上", contact.missed)) if holds]
    named = [f"{name}：{text}" for name, text in parts.items() if text]
    return "；".join(filter(None, (contact.text, *named, *marks)))


def _paper(event: Paper) -> Deed:
    return Deed(day=event.day, kind="材料", words=event.paper, by=event.by)


def _step(event: Step) -> Deed:
    words = join_words(event.step, event.result, event.reason)
    return Deed(day=event.day, kind="审批步骤", words=words, by=event.by)


def _outcome(event: Outcome) -> Deed:
    words = join_words(event.status, event.employer, event.evidence, event.reason)
    return Deed(day=event.day, kind="去向", words=words, by=event.by)


def _filing(event: Filing, titles: Mapping[str, str]) -> Deed:
    form = titles.get(event.form, event.form)
    words = join_words(form, event.by, event.scan_name, event.scan and f"SHA-256 {event.scan[:12]}")
    return Deed(day=event.day, kind="签字盖章后交回的表格", words=words, by=event.by)


def _pairing(event: Pairing) -> Deed:
    words = join_words("起", event.helper, event.kind, event.reason)
    return Deed(day=event.day, kind="结对帮扶者", words=words, by=event.by)


def _plan(event: Plan) -> Deed:
    words = join_words(f"{event.goal}（{event.owner}）{'、'.join(event.measures)}", event.until, event.reason)
    return Deed(day=event.day, kind="计划", words=words, by=event.by)


def _application(event: Application) -> Deed:
    words = join_words(event.aid, event.status, event.reason)
    return Deed(day=event.day, kind="助学政策", words=words, by=event.by)


def _referral(event: Referral) -> Deed:
    told = f"给出{'、'.join(event.shared)}；{event.consent}"
    words = join_words(event.office, f"{event.purpose}（{told}）", *_stages(event.stages))
    return Deed(day=event.day, kind="异地协作", words=words, by=event.by)


def _exemplar(event: Exemplar) -> Deed:
    words = join_words(f"{event.text}（{event.consent}）")
    return Deed(day=event.day, kind="典型事例", words=words, by=event.by)


def _advice(event: Recommendation) -> Deed:
    words = join_words(event.employer, event.title, *_stages(event.stages))
    return Deed(day=event.day, kind="岗位推荐", words=words, by=event.by)


def _stages(stages: tuple[Stage, ...]) -> Iterator[str]:
    return (join_words("→", stage.day, stage.state, stage.reason) for stage in stages)
