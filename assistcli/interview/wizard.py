"""The flow of questions: forward, back, jumps, why, and saving at the end."""

from collections.abc import Callable, Mapping, Sequence

from assistcli.errors import ConfirmationError, DataRejectedError
from assistcli.interview.dialogue import Jump, Move, Prompt, Terminal, find_jump, settle_yes_no
from assistcli.interview.drafts import Draft
from assistcli.interview.questions import YES_NO
from assistcli.interview.script import Aside, Script
from assistcli.values import fold_text

KEYS = "< 或 Shift-Tab 上一题　>名称 跳题　? 为什么问　Ctrl-C 中断（草稿保留）"
LAST_KEYS = "< 或 Shift-Tab 上一题　编号或名称 跳到该题　Ctrl-C 中断（草稿保留）"


class Interview:
    """One sitting over a script; its draft is kept after every answer.

    The draft says where the row of questions stands; ``_visit`` is one that was jumped to from there.
    """

    def __init__(self, script: Script, draft: Draft, keep: Callable[[Draft], None]) -> None:
        self._script = script
        self._draft = draft
        self._keep = keep
        self._names = [question.name for question in script.questions]
        self._visit = ""
        draft.answers = {name: text for name, text in draft.answers.items() if self._still_fits(name, text)}

    def hold(self, terminal: Terminal, save: Callable[[Mapping[str, str]], None]) -> None:
        """Ask until *save* has taken the answers.

        Raises:
            ConfirmationError: the person does not want them saved.
        """
        saved = False
        while not saved:
            name = self._current()
            if name:
                self._put(terminal, name)
            else:
                saved = self._conclude(terminal, save)

    def open_names(self) -> list[str]:
        """Names of the questions that are to be asked, answered or not."""
        aside = self._script.asides(self._draft.answers)
        return [name for name in self._names if name not in aside]

    def answers(self) -> dict[str, str]:
        """The answers that say something; what follows from another is left out."""
        still_open = set(self.open_names())
        return {name: text for name, text in self._draft.answers.items() if text and name in still_open}

    def _still_fits(self, name: str, text: str) -> bool:
        """Whether an answer from an older draft is still one: notice and catalogue may have changed."""
        if name not in self._names:
            return False
        try:
            return not text or bool(self._script.question(name, {}).settle(text))
        except DataRejectedError:
            return False

    def _current(self) -> str:
        """The question to put; blank where only saving is left."""
        if self._visit or self._draft.at == "":
            return self._visit
        at = self._draft.at
        if at is None or at not in self._names:
            return self._next(self._names[-1])
        return at if self._in_row(at) else self._next(at)

    def _in_row(self, name: str) -> bool:
        """Whether *name* is asked in turn; what was taken over from another case is not."""
        return name in self.open_names() and name not in self._draft.taken

    def _next(self, name: str) -> str:
        """The question without an answer that comes next after *name*, or first of all; blank: none left."""
        place = self._names.index(name) + 1
        order = [*self._names[place:], *self._names[:place]]
        return next((n for n in order if n not in self._draft.answers and self._in_row(n)), "")

    def _before(self, name: str) -> str:
        """The question that comes before *name*; blank where there is none."""
        before = self._names[: self._names.index(name)]
        return next((n for n in reversed(before) if self._in_row(n)), "")

    def _put(self, terminal: Terminal, name: str) -> None:
        reply = terminal.ask(self._prompt(name))
        if reply is Move.WHY:
            for line in self._script.reasons(name, self._draft.answers):
                terminal.say(f"  {line}")
        elif reply is Move.BACK:
            self._go_back(name, terminal)
        elif isinstance(reply, Jump):
            self._visit = reply.to
        elif isinstance(reply, str):
            self._take(name, reply, terminal)

    def _prompt(self, name: str) -> Prompt:
        answers, still_open = self._draft.answers, self.open_names()
        question = self._script.question(name, answers)
        proposed, source = self._script.proposal(name, answers) if name not in answers else ("", "")

        def settle(text: str) -> str:
            answer = question.settle(text)
            self._script.refuse(name, answer, answers)
            return answer

        place = still_open.index(name) + 1 if name in still_open else "补"
        return Prompt(
            mark=f"({place}/{len(still_open)})",
            words=f"{question.words}〔建议 {proposed}，{source}〕" if source else question.words,
            hint=question.hint,
            default=answers.get(name, proposed),
            choices=question.choices,
            remarks=question.remarks,
            settle=settle,
            keys=KEYS,
            jumps=self._jumps(still_open),
        )

    def _jumps(self, still_open: Sequence[str]) -> list[str]:
        """Names of all questions, those that are asked first: these are numbered on the screen."""
        return [*still_open, *(name for name in self._names if name not in still_open)]

    def _take(self, name: str, reply: str, terminal: Terminal) -> None:
        answers = self._draft.answers
        before = self._script.asides(answers)
        answers[name] = reply
        if not self._visit or not self._draft.at:
            self._draft.at = self._next(name)
        self._visit = ""
        self._keep(self._draft)
        for line in [*self._script.remarks(name, answers), *self._news(before)]:
            terminal.say(f"  {line}")
        if dispute := self._script.dispute(answers):
            terminal.say(f"  {dispute.words}")
            self._visit = dispute.name

    def _news(self, before: Mapping[str, Aside]) -> list[str]:
        """What is no longer asked since *before*, said once."""
        asides = self._script.asides(self._draft.answers)
        gone = {name: aside for name, aside in asides.items() if name not in before}
        return [f"不再问：{names}（{why}；要填可输入 >名称）" for why, names in _unasked(gone).items()]

    def _go_back(self, name: str, terminal: Terminal) -> None:
        if self._visit:
            self._visit = ""
            return
        before = self._before(name)
        if not before:
            terminal.say("  这是第一题")
            return
        self._draft.at = before
        self._keep(self._draft)

    def _conclude(self, terminal: Terminal, save: Callable[[Mapping[str, str]], None]) -> bool:
        still_open = self.open_names()
        for line in self._summary(still_open):
            terminal.say(line)
        reply = terminal.ask(self._last_prompt(still_open))
        if reply == YES_NO[0]:
            return self._try(terminal, save)
        if reply == YES_NO[1]:
            raise ConfirmationError("没有保存；已答的内容留作草稿，下次可继续")
        if reply is Move.BACK:
            self._draft.at = next((name for name in reversed(still_open) if self._in_row(name)), "")
        elif isinstance(reply, Jump):
            self._visit = reply.to
        elif isinstance(reply, str):
            self._visit = reply
        return False

    def _try(self, terminal: Terminal, save: Callable[[Mapping[str, str]], None]) -> bool:
        try:
            save(self.answers())
        except DataRejectedError as error:
            terminal.say(f"不能保存：{error}")
            return False
        return True

    def _summary(self, still_open: Sequence[str]) -> list[str]:
        answers, asides = self._draft.answers, self._script.asides(self._draft.answers)
        lines = ["", "请核对："]
        for number, name in enumerate(still_open, 1):
            lines.append(f"  {number:>2}. {name}：{answers.get(name) or '（不详）'}{self._whence(name)}")
        known = [f"      {n}：{aside.answer}（{aside.why}）" for n, aside in asides.items() if aside.answer]
        unasked = [f"      未问：{names}（{why}）" for why, names in _unasked(asides).items()]
        return lines + known + unasked

    def _whence(self, name: str) -> str:
        taken = self._draft.taken.get(name)
        return "（沿用）" if taken and taken == self._draft.answers.get(name) else ""

    def _last_prompt(self, still_open: Sequence[str]) -> Prompt:
        jumps = self._jumps(still_open)

        def settle(text: str) -> str:
            shown = fold_text(text)
            return find_jump(jumps, shown) if shown.isdecimal() or shown in jumps else settle_yes_no(text)

        return Prompt(
            words="保存吗？",
            hint="（是/否；要改就输入编号）",
            choices=YES_NO,
            settle=settle,
            keys=LAST_KEYS,
            jumps=jumps,
        )


def _unasked(asides: Mapping[str, Aside]) -> dict[str, str]:
    """Why questions stay without an answer → their names in one line."""
    found: dict[str, list[str]] = {}
    for name, aside in asides.items():
        if aside.why and not aside.answer:
            found.setdefault(aside.why, []).append(name)
    return {why: "、".join(names) for why, names in found.items()}
