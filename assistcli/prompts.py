"""Questions on a real terminal. The only module that imports questionary.

Its own lists and yes/no prompts do not know Chinese, so every question is its text prompt with our keys
and our list of matches: nothing is ever chosen that was not typed or marked.
"""

from collections.abc import Iterable
from typing import Any

import questionary
from prompt_toolkit.application import get_app_session
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout.processors import TabsProcessor
from questionary import Style

from assistcli.errors import CancelledError, DataRejectedError, UsageError
from assistcli.interview import dialogue
from assistcli.interview.dialogue import JUMP, Move, Prompt, Reply, read_reply, settle_plain
from assistcli.interview.questions import matching
from assistcli.output import say
from assistcli.values import fold_text

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

    def __init__(self) -> None:
        """Make sure that questions can be drawn here.

        Raises:
            UsageError: this window is no console that could (a Windows console without screen buffer).
        """
        try:
            _ = get_app_session().output
        except Exception as error:
            raise UsageError(
                "这个窗口不能逐项提问。请改用 Windows 终端、cmd 或 PowerShell 窗口，\n"
                "或不用提问：assist add --set 字段=值，assist log 个案 渠道 种类，"
                "assist claim add 个案 项目 金额"
            ) from error

    def ask(self, prompt: Prompt) -> Reply:
        """The settled answer to *prompt*, or a move; what does not fit is said, and asked again.

        Raises:
            CancelledError: Ctrl-C, Ctrl-D or a closed terminal.
        """
        text = prompt.default
        while True:
            try:
                typed = _question(prompt, text).unsafe_ask()
                if isinstance(typed, Move):
                    return typed
                text = typed
                return read_reply(prompt, text)
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


def _question(prompt: Prompt, text: str) -> Any:
    question = questionary.text(
        prompt.words,
        qmark=prompt.mark,
        instruction=prompt.hint or None,
        default=text,
        style=LOOK,
        key_bindings=_keys(prompt),
        completer=Matches(prompt) if prompt.choices or prompt.jumps else None,
        complete_while_typing=True,
        bottom_toolbar=prompt.keys or None,
        validate_while_typing=False,
        input_processors=[TabsProcessor(char1=" ", char2=" ")],
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
        text, choices, remarks = document.text, self._prompt.choices, self._prompt.remarks
        sign = JUMP if self._prompt.jumps and fold_text(text).startswith(JUMP) else ""
        if sign:
            choices, remarks = self._prompt.jumps, {}
        whole = complete_event.completion_requested and text in choices
        for choice in choices if whole else matching(choices, fold_text(text).removeprefix(sign), remarks):
            meta = remarks.get(choice, "")
            yield Completion(f"{sign}{choice}", start_position=-len(text), display_meta=meta)


def _keys(prompt: Prompt) -> KeyBindings:
    def accept(event: KeyPressEvent) -> None:
        _show_settled(prompt, event.current_buffer)
        event.current_buffer.validate_and_handle()

    keys = KeyBindings()
    keys.add("enter")(accept)
    for name, action in _ACTIONS.items():
        keys.add(name)(action)
    if prompt.choices:
        keys.add("down")(_browse)
    if prompt.pasted:
        keys.add("tab")(_insert_tab)
        keys.add(Keys.BracketedPaste)(_paste_lines)
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


def _paste_lines(event: KeyPressEvent) -> None:
    """Keep the lines and columns of what was copied from a spreadsheet."""
    event.current_buffer.cut_selection()
    event.current_buffer.insert_text(event.data.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n"))


def _insert_tab(event: KeyPressEvent) -> None:
    event.current_buffer.cut_selection()
    event.current_buffer.insert_text("\t")


def _show_settled(prompt: Prompt, buffer: Any) -> None:
    """Leave the answer as it is taken on the screen, not the part of it that was typed."""
    try:
        settled = read_reply(prompt, buffer.text)
    except DataRejectedError:
        return
    if isinstance(settled, str) and settled != buffer.text:
        buffer.document = Document(settled)


def _browse(event: KeyPressEvent) -> None:
    buffer = event.current_buffer
    if buffer.complete_state:
        buffer.complete_next()
    else:
        buffer.exit_selection()
        buffer.start_completion(select_first=False)


_ACTIONS = {"s-tab": _go_back, "c-d": _close, "c-u": _clear, "c-z": _ignore, Keys.BracketedPaste: _paste}
