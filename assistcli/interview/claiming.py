"""Taking a claim in by questions: only the items of the notice, only what the item needs, refused at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistcli.book.casebook import Casebook
from assistcli.desk.claimdesk import (
    REIMBURSEMENT,
    SUBSIDY,
    StatedClaim,
    claim_item,
    demand_payable,
    make_claim,
    refusal_words,
)
from assistcli.errors import DataRejectedError
from assistcli.fields import Field
from assistcli.interview.answers import Author
from assistcli.interview.dialogue import Terminal
from assistcli.interview.drafts import Draft, DraftFile
from assistcli.interview.questions import Question
from assistcli.interview.script import Answers, Aside, Script
from assistcli.interview.sitting import Sitting, hold_sitting
from assistcli.model import Case, Claim
from assistcli.money import format_yuan
from assistcli.policy.rules import Citation, ClaimItem, Pack
from assistcli.policy.subsidy import ClaimResult
from assistcli.values import parse_date
from assistcli.words import BY_READING

ITEM, MODE, AMOUNT, DAY = "项目", "方式", "金额", "申请日期"
SPENT, RECEIPT, CERTIFICATE, ISSUED = "费用发生日期", "票据号", "证书编号", "发证日期"
MEMBERS = {
    ITEM: "item", MODE: "mode", AMOUNT: "amount", DAY: "day",
    SPENT: "spent", RECEIPT: "receipt", CERTIFICATE: "certificate", ISSUED: "issued",
}  # fmt: skip
_KINDS = {AMOUNT: "money", DAY: "date", SPENT: "date", ISSUED: "date"}
_UNNEEDED = Aside("")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSetting:
    """Where a claim is made: for which case, under which notice, by whom, and what the rules make of it."""

    case: Case
    pack: Pack
    author: Author
    rule_on: Callable[[Claim], ClaimResult]


def ask_claim(
    book: Casebook,
    terminal: Terminal,
    setting: ClaimSetting,
    stated: StatedClaim,
    save: Callable[[StatedClaim], tuple[Case, ClaimResult]],
) -> tuple[Case, ClaimResult]:
    """What *save* makes of the claim that the person at *terminal* states beside what is *stated*."""
    told = {name: text for name, member in MEMBERS.items() if (text := getattr(stated, member))}
    made: list[tuple[Case, ClaimResult]] = []
    script, case = ClaimScript(setting, told), setting.case
    command = book.context.spell(f"claim add {case.call_name}", book.folder)

    def begin(draft: Draft) -> Script:
        draft.about = case.name
        return script

    sitting = Sitting(
        what="资助申请",
        command=command,
        begin=begin,
        save=lambda answers: made.append(save(claim_of({**answers, **told}))),
    )
    hold_sitting(terminal, DraftFile(book.folder, f"claim.{case.id}"), sitting)
    return made[0]


def claim_of(answers: Answers) -> StatedClaim:
    """The claim that *answers*, by question, come to."""
    return StatedClaim(**{member: answers.get(name, "") for name, member in MEMBERS.items()})


class ClaimScript(Script):
    """The questions about one claim; what was stated on the command line is not asked."""

    def __init__(self, setting: ClaimSetting, stated: Mapping[str, str]) -> None:
        """Ask in *setting* what is not *stated*, by question.

        Raises:
            DataRejectedError: the notice has no items, or no item can be paid to the case at all.
        """
        self._setting = setting
        self._stated = {name: text for name, text in stated.items() if text}
        kinds = [kind for item in setting.pack.claims for kind in item.kinds]
        self._hopeless = {kind: reason for kind in kinds if (reason := self._hopeless_words(kind))}
        if not kinds:
            raise DataRejectedError(f"「{setting.pack.title}」未规定资助项目，没有可登记的申请")
        if len(self._hopeless) == len(kinds):
            raise DataRejectedError(next(iter(self._hopeless.values())))
        names = [name for name in MEMBERS if name not in self._stated]
        super().__init__([_question(name, tuple(kinds), self._hopeless) for name in names])

    def asides(self, answers: Answers) -> Mapping[str, Aside]:
        """What the item does not need: a certificate, a way of paying, a receipt."""
        rule = self._rule(answers)
        if rule is None:
            return {}
        needed = {ITEM, AMOUNT, DAY}
        needed |= {MODE} if rule.tiers else set()
        needed |= {CERTIFICATE, ISSUED} if rule.certificate else set()
        needed |= {SPENT, RECEIPT} if not (rule.exact or rule.decided) else set()
        return {q.name: _UNNEEDED for q in self.questions if q.name not in needed and q.name not in answers}

    def question(self, name: str, answers: Answers) -> Question:
        """Question *name*; the amount lists the tiers of the item."""
        found, rule = super().question(name, answers), self._rule(answers)
        if name != AMOUNT or rule is None or rule.tiers is None:
            return found
        return replace(found, choices=tuple(format_yuan(fen) for fen in rule.tiers.fen))

    def proposal(self, name: str, answers: Answers) -> tuple[str, str]:
        """Today, and the way of paying that is usual."""
        if name == DAY:
            return self._setting.author.day.isoformat(), "今天"
        return (SUBSIDY, "") if name == MODE else ("", "")

    def refuse(self, name: str, answer: str, answers: Answers) -> None:
        """Let an answer pass unless the claim as it then stands could not be paid.

        Raises:
            DataRejectedError: with the reason, the clause and its words.
        """
        told = {**answers, **self._stated, name: answer}
        if name == ITEM and answer in self._hopeless:
            raise DataRejectedError(self._hopeless[answer])
        if name in {SPENT, ISSUED} and answer and parse_date(answer) > self._setting.author.day:
            raise DataRejectedError(f"{name} {answer} 晚于今天 {self._setting.author.day}，请核对")
        if told.get(ITEM) and told.get(AMOUNT) and name != ITEM:
            demand_payable(self._result(told))

    def remarks(self, name: str, answers: Answers) -> Sequence[str]:
        """What of the amount is allowed, once item and amount are known."""
        told = {**answers, **self._stated}
        if name not in {AMOUNT, ISSUED} or not (told.get(ITEM) and told.get(AMOUNT)):
            return []
        result = self._result(told)
        allowed = BY_READING if result.allowed is None else f"{format_yuan(result.allowed)} 元"
        return [f"核定：{allowed}（{result.citation.clause}）"]

    def reasons(self, name: str, answers: Answers) -> Sequence[str]:
        """The clause that sets the answer for the item chosen; of every item while one is to be chosen."""
        chosen = self._rule(answers) if name != ITEM else None
        pick = _CLAUSES.get(name, _item_clause)
        found = [(item, pick(item)) for item in ([chosen] if chosen else self._setting.pack.claims)]
        lines = [f"{cited.in_full}——{item.item}" for item, cited in found if cited]
        return list(dict.fromkeys(lines)) or ["用于登记，文件没有专门规定"]

    def _rule(self, answers: Answers) -> ClaimItem | None:
        kind = self._stated.get(ITEM) or answers.get(ITEM)
        return claim_item(self._setting.pack, kind) if kind else None

    def _result(self, told: Answers) -> ClaimResult:
        here = self._setting
        stated = claim_of(told)
        claim = make_claim(
            stated, here.case, claim_item(here.pack, stated.item), here.author.day, here.author.by
        )
        return here.rule_on(claim)

    def _hopeless_words(self, kind: str) -> str:
        """Why no amount of *kind* can be paid; blank where some can."""
        rule = claim_item(self._setting.pack, kind)
        day = self._stated.get(DAY, "")
        told = [
            {ITEM: kind, AMOUNT: format_yuan(fen), DAY: day}
            for fen in (rule.tiers.fen if rule.tiers else (1,))
        ]
        results = [self._result(words) for words in told]
        if any(not result.refusal or result.citation == rule.exact for result in results):
            return ""
        return refusal_words(results[0])


def _question(name: str, kinds: tuple[str, ...], hopeless: Mapping[str, str]) -> Question:
    listed = {ITEM: kinds, MODE: (SUBSIDY, REIMBURSEMENT)}.get(name, ())
    remarks = {kind: reason.splitlines()[0] for kind, reason in hopeless.items()} if name == ITEM else {}
    field = Field(
        name=name,
        kind=_KINDS.get(name, "text"),
        sensitivity="S2",
        question="申请哪个项目？" if name == ITEM else name,
        required=name in {ITEM, MODE, AMOUNT, DAY},
    )
    return Question(field=field, choices=listed, closed=bool(listed), remarks=remarks, blank="可留空")


def _item_clause(item: ClaimItem) -> Citation | None:
    return item.citation


def _tier_clause(item: ClaimItem) -> Citation | None:
    return item.tiers.citation if item.tiers else None


def _amount_clause(item: ClaimItem) -> Citation | None:
    cited = item.tiers or item.share or item.cap
    return item.exact or (cited.citation if cited else item.citation)


_CLAUSES: Mapping[str, Callable[[ClaimItem], Citation | None]] = {
    MODE: _tier_clause,
    AMOUNT: _amount_clause,
    CERTIFICATE: lambda item: item.certificate,
    ISSUED: lambda item: item.certificate,
}
