"""Adopting a reading (确定口径): which notice it belongs to, and whose results it changes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistcli.casebook import Casebook
from assistcli.desk.assessment import Assessor
from assistcli.errors import DataRejectedError
from assistcli.fields import nearest_names
from assistcli.model import Adoption, Case
from assistcli.money import format_yuan
from assistcli.policy.reading import Reading
from assistcli.policy.rules import Pack
from assistcli.words import VERDICTS

CADENCE, QUOTAS = "周期", "服务次数"
EDITION = "版本"
"""Under this name stands that a pack of the store's own was renewed; the option is a hash of its text."""
PRACTICES = (CADENCE, QUOTAS)
ADOPTED = "采用"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A result of one case that a change of rules changes: what it was, and what it becomes."""

    case: Case
    what: str
    before: str
    after: str


def find_reading(packs: list[Pack], name: str) -> tuple[Pack, Reading]:
    """The reading *name* and the notice it belongs to.

    Raises:
        DataRejectedError: none of *packs* has it; the message lists those they have.
    """
    for pack in packs:
        if name in pack.readings:
            return pack, pack.readings[name]
    known = [reading for pack in packs for reading in pack.readings]
    near = nearest_names(name, known)
    hint = f"；是不是「{near[0]}」？" if near else ""
    raise DataRejectedError(
        f"没有「{name}」这个口径；可用：{'、'.join(known) or '（文件没有口径问题）'}{hint}"
    )


def demand_option(reading: Reading, option: str) -> None:
    """Let an option pass that *reading* has.

    Raises:
        DataRejectedError: it has not; the message lists those it has with their meaning.
    """
    if option not in reading.options:
        known = "；".join(f"{name}（{label}）" for name, label in reading.options.items())
        raise DataRejectedError(
            f"口径 {reading.id} 没有「{option}」这个选项。{reading.question}\n可选：{known}"
        )


def changes_by(book: Casebook, adoption: Adoption) -> list[Change]:
    """What *adoption* would change for the cases of its notice."""
    office = book.office()
    after = replace(office, adoptions=(*office.adoptions, adoption))
    return list(changed_results(book, adoption.pack, Assessor(book), Assessor(book, after)))


def changed_results(book: Casebook, pack: str, before: Assessor, after: Assessor) -> Iterator[Change]:
    """Every result of a case under *pack* on which *before* and *after* differ."""
    for case in book.cases(pack):
        old, new = results_of(case, before, book), results_of(case, after, book)
        for what in old | new:
            was, becomes = old.get(what, "—"), new.get(what, "—")
            if was != becomes:
                yield Change(case=case, what=what, before=was, after=becomes)


def results_of(case: Case, assessor: Assessor, book: Casebook) -> dict[str, str]:
    """Every verdict with its amounts, and every claim with what is allowed of it, in words."""
    found = {}
    for verdict in assessor.verdicts(case):
        amounts = "或".join(f"{format_yuan(fen)} 元" for fen in verdict.amounts)
        found[verdict.benefit.title] = " ".join(filter(None, (VERDICTS[verdict.verdict], amounts)))
    if book.claims(case.id):
        for result in assessor.account(case, book).claims:
            label = f"{result.claim.item} {format_yuan(result.claim.asked)} 元（{result.claim.id[-6:]}）"
            allowed = "取决于口径" if result.allowed is None else f"核定 {format_yuan(result.allowed)} 元"
            found[label] = f"不予支付：{result.refusal}" if result.refusal else allowed
    return found
