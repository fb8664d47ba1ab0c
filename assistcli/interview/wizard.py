"""The flow of questions about a case: forward, back, why, and saving at the end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistcli.errors import ConfirmationError, DataRejectedError
from assistcli.interview.dialogue import Move, Prompt, Terminal, settle_yes_no
from assistcli.interview.drafts import Draft
from assistcli.interview.questions import YES_NO, Question, follow_up, follows
from assistcli.values import fold_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What an interview asks: the questions, the year they refer to, reasons and checks of single answers.

    ``refuse`` raises ``DataRejectedError`` for an answer that cannot stand, as a number that is taken.
    ``propose`` gives the answer that a list has for a question yet unanswered, and which list; blank if none.
    """

    questions: Sequence[Question]
    year: int
    reasons: Callable[[str], Sequence[str]]
    refuse: Callable[[str, str], None]
    propose: Callable[[str, Mapping[str, str]], tuple[str, str]] = lambda name, answers: ("", "")


class Interview:
    """One sitting over a script; its draft is kept before every question."""

    def __init__(self, script: Script, draft: Draft, keep: Callable[[Draft], None]) -> None:
        self._script = script
        self._draft = draft
        self._keep = keep
        self._returning = False

    def hold(self, terminal: Terminal, save: Callable[[Mapping[str, str]], None]) -> None:
        """Ask until *save* has taken the answers.

        Raises:
            ConfirmationError: the person does not want them saved.
        """
        saved = False
        while not saved:
            question = self._current()
            if question is None:
                saved = self._conclude(terminal, save)
            else:
                self._put(terminal, question)

    def open_questions(self) -> list[Question]:
        """The questions that the answers so far do not settle."""
        return [q for q in self._script.questions if not follows(q, self._draft.answers, self._script.year)]

    def _current(self) -> Question | None:
        if self._draft.at == "":
            return None
        still_open = self.open_questions()
        named = (question for question in still_open if question.name == self._draft.at)
        return next(named, still_open[0])

    def _put(self, terminal: Terminal, question: Question) -> None:
        reply = terminal.ask(self._prompt(question))
        if reply is Move.WHY:
            for line in self._script.reasons(question.name):
                terminal.say(f"  {line}")
        elif reply is Move.BACK:
            self._go(question, -1, terminal)
        elif isinstance(reply, str):
            self._draft.answers[question.name] = reply
            self._go(question, 1, terminal)

    def _prompt(self, question: Question) -> Prompt:
        still_open = self.open_questions()

        def settle(text: str) -> str:
            answer = question.settle(text)
            self._script.refuse(question.name, answer)
            return answer

        proposed, source = self._proposal(question)
        return Prompt(
            mark=f"({still_open.index(question) + 1}/{len(still_open)})",
            words=f"{question.words}〔建议 {proposed}，{source}〕" if proposed else question.words,
            hint=question.hint,
            default=self._draft.answers.get(question.name, proposed),
            choices=question.choices,
            settle=settle,
            keys="< 或 Shift-Tab 上一题　? 为什么问　Ctrl-C 中断（草稿保留）",
        )

    def _proposal(self, question: Question) -> tuple[str, str]:
        """What is proposed as the first answer; one that was given, be it blank, is not called in doubt."""
        answers = self._draft.answers
        return ("", "") if question.name in answers else self._script.propose(question.name, answers)

    def _go(self, question: Question, step: int, terminal: Terminal) -> None:
        order = [entry.name for entry in self._script.questions]
        here, names = order.index(question.name), [entry.name for entry in self.open_questions()]
        before = [name for name in names if order.index(name) < here]
        after = [name for name in names if order.index(name) > here]
        if step < 0 and not before:
            terminal.say("  这是第一题")
            return
        forward = "" if self._returning or not after else after[0]
        self._draft.at = before[-1] if step < 0 else forward
        self._returning = False
        self._keep(self._draft)

    def _conclude(self, terminal: Terminal, save: Callable[[Mapping[str, str]], None]) -> bool:
        still_open = self.open_questions()
        for line in self._summary(still_open):
            terminal.say(line)
        reply = terminal.ask(self._last_prompt(still_open))
        if reply == YES_NO[0]:
            return self._try(terminal, save)
        if reply == YES_NO[1]:
            raise ConfirmationError("没有保存；已答的内容留作草稿，下次可继续")
        if reply is Move.BACK:
            self._draft.at = still_open[-1].name
        elif isinstance(reply, str):
            self._draft.at, self._returning = reply, True
        return False

    def _try(self, terminal: Terminal, save: Callable[[Mapping[str, str]], None]) -> bool:
        try:
            save(self.answers())
        except DataRejectedError as error:
            terminal.say(f"不能保存：{error}")
            return False
        return True

    def answers(self) -> dict[str, str]:
        """The answers that say something; what follows from another is left out."""
        still_open = {question.name for question in self.open_questions()}
        return {name: text for name, text in self._draft.answers.items() if text and name in still_open}

    def _summary(self, still_open: Sequence[Question]) -> list[str]:
        answers = self._draft.answers
        lines = ["", "请核对："]
        for number, question in enumerate(still_open, 1):
            lines.append(f"  {number:>2}. {question.name}：{answers.get(question.name) or '（不详）'}")
        following = [question for question in self._script.questions if question not in still_open]
        return lines + [f"      {q.name}：{self._following(q)}" for q in following]

    def _following(self, question: Question) -> str:
        rule = question.field.derivation
        value = follow_up(question, self._draft.answers, self._script.year)
        return f"{value}（由{rule.source}得出）" if rule else value

    def _last_prompt(self, still_open: Sequence[Question]) -> Prompt:
        names = [question.name for question in still_open]

        def settle(text: str) -> str:
            shown = fold_text(text)
            if shown.isdecimal() and 1 <= int(shown) <= len(names):
                return names[int(shown) - 1]
            if shown in names:
                return shown
            return settle_yes_no(text)

        return Prompt(
            words="保存吗？",
            hint="（是/否；要改就输入编号）",
            choices=YES_NO,
            settle=settle,
            keys="< 或 Shift-Tab 上一题　编号或名称 跳到该题　Ctrl-C 中断（草稿保留）",
        )
