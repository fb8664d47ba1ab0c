"""Questions on a real terminal. The only module that imports questionary.

Its own lists and yes/no prompts do not know Chinese, so every question is its text prompt with our keys
and our list of matches: nothing is ever chosen that was not typed or marked.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import questionary
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from questionary import Style

from assistcli.errors import CancelledError, DataRejectedError
from assistcli.interview import dialogue
from assistcli.interview.dialogue import Move, Prompt, ask_series, settle_plain
from assistcli.interview.questions import pick
from assistcli.output import say
from assistcli.values import fold_text, parse_date

LOOK = Style(
    [
        ("instruction", "fg:ansibrightblack"),
        ("bottom-toolbar", "noreverse fg:ansibrightblack"),
        ("selected", "reverse"),
    ]
)
WARNING = "fg:ansired"


class PersonTerminal:
    """The terminal that a person sits at."""

    def ask(self, prompt: Prompt) -> str | Move:
        """The settled answer to *prompt*; what does not fit is said with the reason and asked again.

        Raises:
            CancelledError: Ctrl-C, Ctrl-D or a closed terminal.
        """
        text = prompt.default
        while True:
            try:
                text = _question(prompt, text).unsafe_ask()
                return _read(prompt, text)
            except DataRejectedError as error:
                questionary.print(f"  {error}", style=WARNING)
                text = "" if prompt.choices else text
            except (KeyboardInterrupt, EOFError):
                raise CancelledError("已中断，没有写入") from None

    def say(self, text: str) -> None:
        """Show *text*."""
        say(text)


def confirm(question: str, default: str = "") -> bool:
    """Whether the person says 是 to *question*."""
    return dialogue.confirm(PersonTerminal(), question, default)


def ask_contact(
    channels: Sequence[str], kinds: Sequence[str], given: tuple[str, str, str, str]
) -> tuple[str, str, str, str]:
    """Channel, kind, content and next date of a contact; those *given* are not asked."""
    prompts = [
        _listed("联系渠道", channels),
        _listed("服务种类", kinds),
        Prompt(words="内容", hint="（可留空）"),
        Prompt(words="约定的下次联系日期", hint="（如 2013-05-17；可留空）", settle=_settle_date),
    ]
    asked = [prompt for prompt, known in zip(prompts, given, strict=True) if not known]
    answers = iter(ask_series(PersonTerminal(), asked))
    channel, kind, text, next_day = (known or next(answers) for known in given)
    return channel, kind, text, next_day


def _listed(words: str, choices: Sequence[str]) -> Prompt:
    def settle(text: str) -> str:
        shown = settle_plain(text)
        if not shown:
            raise DataRejectedError(f"{words}不能留空")
        return pick(choices, shown) if choices else shown

    hint = "（输入几个字筛选，或用 ↑↓ 选）" if choices else ""
    return Prompt(words=words, hint=hint, choices=choices, settle=settle)


def _settle_date(text: str) -> str:
    shown = settle_plain(text)
    return parse_date(shown).isoformat() if shown else ""


def _move(text: str) -> Move | None:
    folded = fold_text(text)
    return next((move for move in Move if move.value == folded), None)


def _read(prompt: Prompt, text: str | Move) -> str | Move:
    if isinstance(text, Move):
        return text
    return _move(text) or prompt.settle(text)


def _question(prompt: Prompt, text: str) -> Any:
    question = questionary.text(
        prompt.words,
        qmark=prompt.mark,
        instruction=prompt.hint or None,
        default=text,
        style=LOOK,
        key_bindings=_keys(prompt),
        completer=Matches(prompt) if prompt.choices else None,
        complete_while_typing=True,
        bottom_toolbar=prompt.keys or None,
        validate_while_typing=False,
    )
    question.application.pre_run_callables.append(lambda: _open(question.application, prompt))
    return question


def _open(application: Any, prompt: Prompt) -> None:
    """Mark the old answer, so that typing replaces it; without one, show the list of answers."""
    buffer = application.current_buffer
    if buffer.text:
        buffer.cursor_position = 0
        buffer.start_selection()
        buffer.selection_state.enter_shift_mode()
        buffer.cursor_position = len(buffer.text)
    elif prompt.choices:
        buffer.start_completion(select_first=False)


class Matches(Completer):
    """The listed answers that hold what was typed, wherever in the word it stands."""

    def __init__(self, prompt: Prompt) -> None:
        self._prompt = prompt

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """The matches for *document*; all of them where the list is asked for beside a whole answer."""
        typed, choices = fold_text(document.text), self._prompt.choices
        whole = complete_event.completion_requested and document.text in choices
        for choice in choices:
            remark = self._prompt.remarks.get(choice, "")
            if whole or typed in fold_text(choice) or typed in fold_text(remark):
                yield Completion(choice, start_position=-len(document.text), display_meta=remark)


def _keys(prompt: Prompt) -> KeyBindings:
    def accept(event: KeyPressEvent) -> None:
        if not _move(event.current_buffer.text):
            _show_settled(prompt, event.current_buffer)
        event.current_buffer.validate_and_handle()

    keys = KeyBindings()
    keys.add("enter")(accept)
    for name, action in _ACTIONS.items():
        keys.add(name)(action)
    if prompt.choices:
        keys.add("down")(_browse)
    return keys


def _go_back(event: KeyPressEvent) -> None:
    event.app.exit(result=Move.BACK)


def _close(event: KeyPressEvent) -> None:
    event.app.exit(exception=EOFError)


def _clear(event: KeyPressEvent) -> None:
    event.current_buffer.text = ""


def _ignore(_event: KeyPressEvent) -> None:
    """Ctrl-Z ends input on Windows; here it is no letter of the answer."""


def _paste(event: KeyPressEvent) -> None:
    event.current_buffer.cut_selection()
    event.current_buffer.insert_text(settle_plain(event.data))


def _show_settled(prompt: Prompt, buffer: Any) -> None:
    """Leave the answer as it is taken on the screen, not the part of it that was typed."""
    try:
        settled = prompt.settle(buffer.text)
    except DataRejectedError:
        return
    if settled != buffer.text:
        buffer.document = Document(settled)


def _browse(event: KeyPressEvent) -> None:
    buffer = event.current_buffer
    if buffer.complete_state:
        buffer.complete_next()
    else:
        buffer.exit_selection()
        buffer.start_completion(select_first=False)


_ACTIONS = {"s-tab": _go_back, "c-d": _close, "c-u": _clear, "c-z": _ignore, Keys.BracketedPaste: _paste}
