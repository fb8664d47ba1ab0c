"""The claims desk: taking a claim in, finding it again, moving it on. Every refusal names its clause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistcli.book.casebook import Page, Reader
from assistcli.book.entries import SHORTEST_ID
from assistcli.desk.assessment import Assessor
from assistcli.errors import CaseLookupError, DataRejectedError
from assistcli.fields import guess_name
from assistcli.identity import new_ulid
from assistcli.model import Case, Claim, Stage
from assistcli.money import format_yuan, positive_fen
from assistcli.policy.procedure import amount_for, demand_advance, demand_payee, states_before
from assistcli.policy.rules import ClaimItem, Pack
from assistcli.policy.ruling import PAID, REJECTED
from assistcli.policy.subsidy import ClaimResult, item_of
from assistcli.values import clean_text, parse_date, parse_date_or_none, squeeze
from assistcli.words import UNSTATED

SUBSIDY, REIMBURSEMENT = "补贴", "报销"
MOST_LINES = 3  # of an error


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedClaim:
    """A claim as a person states it, all text; blanks where nothing was said."""

    item: str
    amount: str
    mode: str = ""
    day: str = ""
    spent: str = ""
    receipt: str = ""
    certificate: str = ""
    issued: str = ""


def make_claim(stated: StatedClaim, case: Case, rule: ClaimItem, today: date, by: str) -> Claim:
    """The claim of *case* under *rule* that *by* states, made *today* unless another day is stated.

    Raises:
        DataRejectedError: an amount, a date or a way of paying that is none.
    """
    return Claim(
        id=new_ulid(),
        case=case.id,
        item=stated.item,
        asked=positive_fen(stated.amount),
        day=parse_date(stated.day) if stated.day else today,
        mode=paying_mode(stated.mode, rule),
        by=by,
        spent=parse_date_or_none(stated.spent),
        receipt=clean_text(stated.receipt),
        certificate=clean_text(stated.certificate),
        issued=parse_date_or_none(stated.issued),
    )


def claim_item(pack: Pack, kind: str) -> ClaimItem:
    """The item of the notice that a claim of *kind* falls under.

    Raises:
        DataRejectedError: the notice knows no such kind, or names it without an amount.
    """
    item = item_of(pack, kind)
    if item is None:
        _demand_amount(pack, kind)
        kinds = [kind for item in pack.claims for kind in item.kinds]
        hint = guess_name(kind, kinds)
        listed = "、".join(kinds) or "（文件未规定资助项目）"
        raise DataRejectedError(f"没有「{kind}」这个项目；可用：{listed}{hint}")
    return item


def _demand_amount(pack: Pack, kind: str) -> None:
    """Let a kind pass that the notice does not name without an amount: none is reckoned or guessed."""
    aid = next((aid for aid in pack.aids if kind in (aid.name, *aid.aliases)), None)
    if aid:
        raise DataRejectedError(
            f"「{kind}」的金额{UNSTATED}，不能计算或登记为申请；由有权决定的人定\n依据：{aid.citation.in_full}"
        )


def paying_mode(mode: str, item: ClaimItem) -> str:
    """报销 or 补贴: as told, else 补贴 where the notice sets tiers and 报销 where it does not.

    Raises:
        DataRejectedError: *mode* is neither.
    """
    if mode not in {"", SUBSIDY, REIMBURSEMENT}:
        raise DataRejectedError(f"--as 只能是 {REIMBURSEMENT} 或 {SUBSIDY}，不是「{mode}」")
    return mode or (SUBSIDY if item.tiers else REIMBURSEMENT)


def paying_source(source: str, state: str) -> str:
    """The fund that a claim is paid from, as told.

    Raises:
        DataRejectedError: the claim is not paid in *state*.
    """
    if source and state != PAID:
        raise DataRejectedError(f"--source 资金来源只在{PAID}时写明，不是「{state}」")
    return clean_text(source)


def result_of(
    claim: Claim, assessor: Assessor, case: Case, source: Reader, extra: Sequence[Claim] = ()
) -> ClaimResult:
    """What the rules make of *claim* among all claims of *case*, with *extra* ones not recorded yet."""
    account = assessor.account(case, source, extra)
    return next(result for result in account.claims if result.claim.id == claim.id)


def claim_results(
    cases: Iterable[Case], assessor: Assessor, source: Reader
) -> list[tuple[Case, ClaimResult]]:
    """Every claim of *cases* with what the rules make of it."""
    return [
        (case, result)
        for case in cases
        if source.claims(case.id)
        for result in assessor.account(case, source).claims
    ]


def demand_payable(result: ClaimResult) -> None:
    """Let a new claim pass unless every way to read the notice refuses it.

    Raises:
        DataRejectedError: refused; the message gives the reason, the clause and its words.
    """
    if result.refusal:
        raise DataRejectedError(refusal_words(result))


def demand_new_receipt(claim: Claim, others: Iterable[Claim]) -> None:
    """Let *claim* pass unless its receipt stands behind one of *others* for the same item already.

    Raises:
        DataRejectedError: it does, and that claim was not turned down.
    """
    for other in others:
        same = (other.item, other.receipt) == (claim.item, claim.receipt)
        if claim.receipt and same and other.state != REJECTED:
            raise DataRejectedError(
                f"票据 {claim.receipt} 已用于 {other.day} 的{other.item} {format_yuan(other.asked)} 元"
                f"（申请号 {other.id}，{other.state}）；一张票据不重复报"
            )


def twins_of(claim: Claim, others: Iterable[Claim]) -> list[Claim]:
    """Those of *others* that ask for the same on the same day: typed twice, perhaps; a person decides."""
    asked = claim.item, claim.asked, claim.day
    return [o for o in others if (o.item, o.asked, o.day) == asked and o.state != REJECTED]


def refusal_words(result: ClaimResult) -> str:
    """Why a claim is refused: the reason, the clause and its words."""
    return f"不能登记：{result.refusal}\n依据：{result.citation.in_full}"


def find_claim(source: Reader, id: str) -> Claim:
    """The claim with this id, or the only one whose id ends so.

    Raises:
        CaseLookupError: none, or more than one.
    """
    found = source.event(Claim, id)
    if found:
        return found
    raise CaseLookupError(
        f"没有申请号为「{id}」的申请。assist claim list 列出全部（可只写末尾 {SHORTEST_ID} 位以上）"
    )


def waiting_claims(
    source: Reader, assessor: Assessor, state: str, pack: str | None, college: str = ""
) -> list[str]:
    """Ids of the claims that stand just before *state*, of one *college* or all, in the order of making.

    Raises:
        DataRejectedError: there is none, or no notice knows *state*.
    """
    waiting = []
    for claim in source.all_events(Claim):
        case = source.case(claim.case)
        elsewhere = college and squeeze(case.text("学院")) != squeeze(college)
        if (
            not elsewhere
            and pack in (None, case.pack)
            and claim.state == states_before(assessor.pack(case), state)
        ):
            waiting.append(claim.id)
    if not waiting:
        raise DataRejectedError(f"没有可以「{state or '推进'}」的申请。assist claim list 查看各申请的状态")
    return waiting


def advance_claim(id: str, page: Page, assessor: Assessor, stage: Stage) -> tuple[Case, ClaimResult]:
    """Move the claim to *stage*, whose amount (fen) is only a wish; returns it as it then stands.

    Raises:
        DataRejectedError: wrong order, over what is allowed, held, or a paper is missing.
    """
    claim = find_claim(page, id)
    case = page.case(claim.case)
    before = result_of(claim, assessor, case, page)
    papers = {paper.paper for paper in page.papers(case.id)}
    demand_payee(demand_advance(assessor.pack(case), before, stage.state, papers, case), case, stage.source)
    fixed = replace(stage, amount=amount_for(case, before, stage.state, stage.amount))
    page.put_event(replace(claim, stages=(*claim.stages, fixed)))
    return case, result_of(claim, assessor, case, page)


def advance_movable(
    ids: Iterable[str], page: Page, assessor: Assessor, stage: Stage
) -> tuple[list[tuple[Case, ClaimResult]], list[str]]:
    """Those of the claims *ids* that may move to *stage*, moved, and why the others may not.

    Raises:
        DataRejectedError: none may.
    """
    moved, problems = [], []
    for id in ids:
        try:
            moved.append(advance_claim(id, page, assessor, stage))
        except DataRejectedError as error:
            problems.append(str(error))
    if problems and not moved:
        if len(problems) > MOST_LINES:
            rest = len(problems) - MOST_LINES + 1
            problems[MOST_LINES - 1 :] = [f"……还有 {rest} 笔；一笔也没有推进，assist claim list 查看"]
        raise DataRejectedError("\n".join(problems))
    return moved, problems
