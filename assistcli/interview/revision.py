"""Changing one case at the terminal: choose a field, answer, again until done, then save."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistcli.book.casebook import Casebook
from assistcli.desk.registration import read_facts
from assistcli.errors import CancelledError, ConfirmationError, DataRejectedError
from assistcli.fields import HIDDEN
from assistcli.interview.answers import Author
from assistcli.interview.dialogue import Move, Prompt, Terminal, confirm, settle_plain, settle_yes_no
from assistcli.interview.drafts import Draft, DraftFile
from assistcli.interview.questions import YES_NO, Question, field_questions, pick, reasons
from assistcli.interview.sitting import SOURCE, taken_refuser
from assistcli.masks import veil_value
from assistcli.model import Case, Fact
from assistcli.policy.rules import Pack
from assistcli.schools.proposal import FACTS, propose_answer
from assistcli.values import format_value

CLEARED = "不详"

Save = Callable[[Mapping[str, Fact | None]], list[str]]


def revise(book: Casebook, case: Case, terminal: Terminal, author: Author, save: Save) -> list[str]:
    """Names of the facts that changed, once *save* has taken what the person at *terminal* states.

    Raises:
        CancelledError: the person left; the draft stays.
        ConfirmationError: the person does not want the changes saved.
    """
    file = DraftFile(book.folder, f"edit.{case.id}")
    try:
        revision = Revision(book, case, author, _resumed(terminal, file, case))
        changed = revision.hold(terminal, file, save)
    except CancelledError:
        kept = f"已中断；改动留作草稿，再运行 assist edit {case.call_name} 可继续"
        raise CancelledError(kept if file.exists() else "已中断，没有写入") from None
    except ConfirmationError:
        file.discard()
        raise
    file.discard()
    return changed


def _resumed(terminal: Terminal, file: DraftFile, case: Case) -> Draft:
    draft = file.load()
    names = "、".join(draft.answers) if draft else ""
    if draft and confirm(terminal, f"继续上次对 {case.name} 未保存的修改吗？（{names}）", YES_NO[0]):
        return draft
    file.discard()
    return Draft()


class Revision:
    """One sitting over one case; what was answered so far stands in the draft."""

    def __init__(self, book: Casebook, case: Case, author: Author, draft: Draft) -> None:
        self._case = case
        self._author = author
        self._draft = draft
        self._pack: Pack = book.pack(case.pack)
        self._questions = {question.name: question for question in field_questions(self._pack)}
        self._refuse = taken_refuser(book, case, author)

    def hold(self, terminal: Terminal, file: DraftFile, save: Save) -> list[str]:
        """Names of the facts that changed; none where the person changed nothing."""
        while True:
            name = terminal.ask(self._choice())
            if not isinstance(name, str):
                terminal.say("  直接回车：完成修改")
            elif name:
                self._answer(terminal, self._questions[name])
                file.keep(self._draft)
            elif not self.changes():
                return []
            elif (changed := self._conclude(terminal, save)) is not None:
                return changed

    def changes(self) -> dict[str, str]:
        """The answers that differ from what is on record."""
        return {n: text for n, text in self._draft.answers.items() if text != self._recorded(n)}

    def _recorded(self, name: str) -> str:
        return format_value(self._questions[name].field, self._case.value(name))

    def _shown(self, name: str) -> str:
        return veil_value(self._questions[name].field, self._case.value(name))

    def _choice(self) -> Prompt:
        changes = self.changes()
        remarks = {
            name: self._shown(name) + (f" → {changes[name] or CLEARED}" if name in changes else "")
            for name in self._questions
        }

        def settle(text: str) -> str:
            shown = settle_plain(text)
            return pick(self._questions, shown) if shown else ""

        return Prompt(
            words="改哪一项？",
            hint="（输入名称筛选，或用 ↑↓ 选；直接回车：完成）",
            choices=tuple(self._questions),
            remarks=remarks,
            settle=settle,
            keys="Ctrl-C 中断（草稿保留）",
        )

    def _answer(self, terminal: Terminal, question: Question) -> None:
        reply = terminal.ask(self._prompt(question))
        if reply is Move.WHY:
            for line in reasons(question.name, self._pack):
                terminal.say(f"  {line}")
            self._answer(terminal, question)
        elif isinstance(reply, str):
            self._note(question, reply)

    def _note(self, question: Question, reply: str) -> None:
        if not self._veiled(question):
            self._draft.answers[question.name] = reply
        elif reply:
            self._draft.answers[question.name] = "" if reply == CLEARED else reply

    def _veiled(self, question: Question) -> bool:
        return question.field.sensitivity == HIDDEN and bool(self._recorded(question.name))

    def _prompt(self, question: Question) -> Prompt:
        name, recorded = question.name, self._recorded(question.name)

        def settle(text: str) -> str:
            settled = question.settle(text)
            self._refuse(name, settled)
            return settled

        proposed, source = self._proposal(name)
        prompt = Prompt(
            words=f"{question.words}〔建议 {proposed}，{source}〕" if source else question.words,
            hint=question.hint,
            default=self._draft.answers.get(name, recorded or proposed),
            choices=question.choices,
            settle=settle,
            keys="< 或 Shift-Tab 不改这一项　? 为什么问　Ctrl-C 中断（草稿保留）",
        )
        if not self._veiled(question):
            return prompt
        hint = f"（现为 {self._shown(name)}；直接回车：不改；填 {CLEARED}：清除）"
        return replace(prompt, hint=hint, default="", settle=lambda text: _settle_hidden(text, settle))

    def _proposal(self, name: str) -> tuple[str, str]:
        """What the school lists propose for a fact not on record, and which list; blank if nothing."""
        if name in self._draft.answers or self._recorded(name):
            return "", ""
        known = {field: self._recorded(field) for field in FACTS if field in self._questions}
        return propose_answer(name, known | self.changes(), self._case.year)

    def _conclude(self, terminal: Terminal, save: Save) -> list[str] | None:
        """Names of the facts that were saved; ``None`` to go on changing."""
        for line in self._summary():
            terminal.say(line)
        reply = terminal.ask(
            Prompt(
                words="保存吗？",
                hint="（是/否；< 继续修改）",
                choices=YES_NO,
                settle=settle_yes_no,
                keys="< 或 Shift-Tab 继续修改　Ctrl-C 中断（草稿保留）",
            )
        )
        if reply == YES_NO[1]:
            raise ConfirmationError("没有保存，改动已丢弃")
        return self._saved(terminal, save) if reply == YES_NO[0] else None

    def _saved(self, terminal: Terminal, save: Save) -> list[str] | None:
        author = self._author
        try:
            return save(read_facts(self.changes(), self._pack, source=SOURCE, by=author.by, day=author.day))
        except DataRejectedError as error:
            terminal.say(f"不能保存：{error}")
            return None

    def _summary(self) -> Sequence[str]:
        changes = self.changes().items()
        lines = [f"  {name}：{self._shown(name) or CLEARED} → {text or CLEARED}" for name, text in changes]
        return ["", f"{self._case.name} 的改动：", *lines]


def _settle_hidden(text: str, settle: Callable[[str], str]) -> str:
    """As *settle*; blank leaves what is recorded and not shown, so clearing has a word of its own."""
    shown = settle_plain(text)
    return settle(shown) or CLEARED if shown else ""
