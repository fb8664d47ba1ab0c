"""Logging a contact by questions: what was talked about, how, when, and when next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistcli.book.casebook import Casebook
from assistcli.errors import DataRejectedError
from assistcli.fields import Field
from assistcli.interview.dialogue import Terminal
from assistcli.interview.drafts import Draft, DraftFile
from assistcli.interview.questions import Question
from assistcli.interview.script import Answers, Dispute, Script
from assistcli.interview.sitting import Sitting, hold_sitting
from assistcli.model import Case
from assistcli.policy.practice import ContactRule
from assistcli.policy.rules import Citation, Pack
from assistcli.values import parse_date

CHANNEL, KIND, TEXT, DAY, NEXT = "渠道", "种类", "内容", "联系日期", "下次联系"

MEMBERS = {CHANNEL: "channel", KIND: "kind", TEXT: "text", DAY: "day", NEXT: "next_day"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What was said on the command line already, by question, and the day the program runs on."""

    answers: Mapping[str, str]
    today: date


def ask_contact(
    book: Casebook,
    terminal: Terminal,
    cases: Sequence[Case],
    script: "ContactScript",
    save: Callable[[Mapping[str, str]], None],
) -> None:
    """Ask the person at *terminal* about a contact with *cases* until *save* has taken the answers."""
    first, others = cases[0], len(cases) - 1
    names = ",".join(case.call_name for case in cases)

    def begin(draft: Draft) -> Script:
        draft.about = f"{first.name} 等 {len(cases)} 人" if others else first.name
        return script

    file = DraftFile(book.folder, f"log.{first.id}" + (f"+{others}" if others else ""))
    command = book.context.spell(f"log {names}", book.folder)
    hold_sitting(terminal, file, Sitting(what="联系记录", command=command, begin=begin, save=save))


class ContactScript(Script):
    """The questions about one contact; what was stated is not asked."""

    def __init__(self, pack: Pack, rule: ContactRule, stated: Stated) -> None:
        asked = [question for question in _questions(rule) if not stated.answers.get(question.name)]
        super().__init__(asked)
        self._pack = pack
        self._stated = stated

    def refuse(self, name: str, answer: str, answers: Answers) -> None:
        """Let a next date pass that is not before the contact itself.

        Raises:
            DataRejectedError: it is; said at the question, not after the last one.
        """
        if name == NEXT and answer and parse_date(answer) < self._day(answers):
            raise DataRejectedError(f"下次联系日 {answer} 早于本次 {self._day(answers)}；请改为同日或以后")

    def remarks(self, name: str, answers: Answers) -> Sequence[str]:
        """A warning where the contact lies in the future."""
        if name == DAY and self._day(answers) > self._stated.today:
            return [f"注意：{answers[DAY]} 晚于今天 {self._stated.today}，到那一天才算数"]
        return []

    def dispute(self, answers: Answers) -> Dispute | None:
        """The next date, where the day of the contact was moved behind it."""
        given = answers.get(NEXT, "")
        if given and parse_date(given) < self._day(answers):
            return Dispute(NEXT, f"下次联系日 {given} 早于本次 {self._day(answers)}，请核对")
        return None

    def proposal(self, name: str, answers: Answers) -> tuple[str, str]:
        """Today, for the day of the contact."""
        return (self._stated.today.isoformat(), "今天") if name == DAY else ("", "")

    def reasons(self, name: str, answers: Answers) -> Sequence[str]:
        """The clauses on services, on how often, and whose words the lists are."""
        return _REASONS[name](self._pack) or ["用于联系记录，文件没有专门规定"]

    def _day(self, answers: Answers) -> date:
        told = self._stated.answers.get(DAY) or answers.get(DAY)
        return parse_date(told) if told else self._stated.today


def _questions(rule: ContactRule) -> list[Question]:
    listed = {CHANNEL: rule.channels, KIND: rule.kinds}
    words = {CHANNEL: "联系渠道", KIND: "服务种类", NEXT: "约定的下次联系日期"}
    return [
        Question(
            field=Field(
                name=name,
                kind="date" if name in {DAY, NEXT} else "text",
                sensitivity="S2",
                question=words.get(name, name),
                required=name in listed,
            ),
            choices=listed.get(name, ()),
            closed=bool(listed.get(name)),
            blank="可留空",
        )
        for name in (CHANNEL, KIND, TEXT, DAY, NEXT)
    ]


def _cited(what: str, citation: Citation) -> str:
    return f"{citation.in_full}——{what}"


def _channel_reasons(pack: Pack) -> list[str]:
    return [f"{pack.title}列出的渠道：{'、'.join(pack.contact.channels)}"] if pack.contact.channels else []


def _kind_reasons(pack: Pack) -> list[str]:
    quotas = [_cited(f"{quota.kind}至少 {quota.least} 次", quota.citation) for quota in pack.quotas]
    secret = "、".join(sorted(pack.contact.restricted_kinds))
    return [*quotas, *([f"{secret}的内容只在要求时显示"] if secret else [])]


def _rhythm_reasons(pack: Pack) -> list[str]:
    rule = pack.contact
    return [_cited(f"联系周期：{rule.cadence_words}", rule.citation)] if rule.citation else []


def _text_reasons(pack: Pack) -> list[str]:
    return ["写明内容（或另附证明）的，才计入服务次数"] if pack.contact.kinds else []


_REASONS = {
    CHANNEL: _channel_reasons,
    KIND: _kind_reasons,
    TEXT: _text_reasons,
    DAY: _rhythm_reasons,
    NEXT: _rhythm_reasons,
}
