"""Drafts: the answers given so far, kept in the store's folder until they are saved or thrown away."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from assistcli.errors import CancelledError
from assistcli.interview.dialogue import Prompt, Terminal, confirm, settle_plain
from assistcli.interview.questions import YES_NO, pick

FOLDER, BESIDE = "drafts", "~"
MOST_BESIDE = 99
ANOTHER = "另开一份"


@dataclass(slots=True, kw_only=True)
class Draft:
    """Answers by question (blank: asked, not known), and the question that comes next.

    ``at`` is blank where all was asked and only saving is left; ``None`` where nothing was asked yet.
    ``taken`` is what was taken over from another case and is not asked in turn; ``about`` says whose it is.
    """

    answers: dict[str, str] = field(default_factory=dict)
    at: str | None = None
    taken: dict[str, str] = field(default_factory=dict)
    about: str = ""

    @property
    def known(self) -> int:
        """How many questions have an answer that says something."""
        return sum(bool(text) for text in self.answers.values())


class DraftFile:
    """Where one command keeps a draft: readable by its owner only, replaced in one step.

    Several drafts of one command and subject lie side by side; the second is called NAME~2.
    """

    def __init__(self, store: Path, name: str) -> None:
        self.name = name
        self._store = store
        self._path = store / FOLDER / f"{name}.json"

    @property
    def subject(self) -> str:
        """What the draft is of, whichever of several it is: command and case."""
        return self.name.partition(BESIDE)[0]

    def beside(self, number: int) -> "DraftFile":
        """Draft *number* of the same subject, counted from 1."""
        return DraftFile(self._store, f"{self.subject}{BESIDE}{number}" if number > 1 else self.subject)

    def load(self) -> Draft | None:
        """The draft that was kept; ``None`` if there is none, or none that can be read."""
        try:
            draft = Draft(**json.loads(self._path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        sound = _is_words(draft.answers) and _is_words(draft.taken) and isinstance(draft.about, str)
        return draft if sound and isinstance(draft.at, str | None) else None

    def keep(self, draft: Draft) -> None:
        """Bring *draft* to disk."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = self._path.with_name(f"{self.name}.tmp")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(json.dumps(asdict(draft), ensure_ascii=False).encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)

    def discard(self) -> None:
        """Take the draft away."""
        self._path.unlink(missing_ok=True)

    def exists(self) -> bool:
        """Whether a draft is kept."""
        return self._path.is_file()

    def kept_at(self) -> datetime:
        """When the draft was brought to disk last, in the computer's own time."""
        return datetime.fromtimestamp(self._path.stat().st_mtime).astimezone()

    def farewell(self, command: str) -> CancelledError:
        """What to say to a person who leaves before the end; *command* goes on from here."""
        kept = f"已中断；已答的内容留作草稿，再运行 {command} 可继续"
        return CancelledError(kept if self.exists() else "已中断，没有写入")


def choose_draft(terminal: Terminal, first: DraftFile, what: str) -> tuple[DraftFile, Draft]:
    """The draft of *what* (登记 …) that the person wants to go on with and its file, or a fresh one.

    A draft that is not gone on with stays where it is: only ``assist draft discard`` throws one away.
    """
    files = [first.beside(number) for number in range(1, MOST_BESIDE + 1)]
    found = [(file, draft) for file in files if (draft := file.load())]
    if not found:
        return files[0], Draft()
    chosen = _only(terminal, found[0], what) if len(found) == 1 else _one_of(terminal, found, what)
    if chosen is None:
        free = next((file for file in files if file.load() is None), files[-1])
        terminal.say("原来的草稿留着（assist draft list 列出），这次另开一份")
        return free, Draft()
    return chosen


def _only(terminal: Terminal, found: tuple[DraftFile, Draft], what: str) -> tuple[DraftFile, Draft] | None:
    words = f"继续上次未完成的{what}吗？（{_words(found[1])}；否：留着，另开一份）"
    return found if confirm(terminal, words, YES_NO[0]) else None


def _one_of(
    terminal: Terminal, found: Sequence[tuple[DraftFile, Draft]], what: str
) -> tuple[DraftFile, Draft] | None:
    labels = [f"{number} {_words(draft)}" for number, (_, draft) in enumerate(found, 1)]

    def settle(text: str) -> str:
        shown = settle_plain(text)
        if shown.isdecimal() and 0 < int(shown) <= len(labels):
            return labels[int(shown) - 1]
        return pick([*labels, ANOTHER], shown)

    prompt = Prompt(
        words=f"有 {len(found)} 份未完成的{what}，接着哪一份？",
        hint="（输入编号或姓名，或用 ↑↓ 选）",
        default=labels[0],
        choices=(*labels, ANOTHER),
        settle=settle,
        keys="Ctrl-C 中断（草稿都留着）",
    )
    reply: object = None
    while not isinstance(reply, str):
        reply = terminal.ask(prompt)
    return None if reply == ANOTHER else found[labels.index(reply)]


def kept_drafts(store: Path) -> Iterator[DraftFile]:
    """The drafts that wait in the folder *store*, by name."""
    for path in sorted((store / FOLDER).glob("*.json")):
        yield DraftFile(store, path.stem)


def _is_words(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(text, str) for text in found.values())


def _words(draft: Draft) -> str:
    """Whose draft it is, where that is known, and how far it came."""
    who = draft.answers.get("姓名") or draft.about
    return f"{who}，已答 {draft.known} 项" if who else f"已答 {draft.known} 项"
