"""Drafts: the answers given so far, kept in the store's folder until they are saved or thrown away."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from assistcli.errors import CancelledError
from assistcli.interview.dialogue import Terminal, confirm
from assistcli.interview.questions import YES_NO

FOLDER = "drafts"


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
    """Where one command keeps its draft: readable by its owner only, replaced in one step."""

    def __init__(self, store: Path, name: str) -> None:
        self.name = name
        self._path = store / FOLDER / f"{name}.json"

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

    def resume(self, terminal: Terminal, what: str) -> Draft:
        """The kept draft of *what* (登记 …) if the person wants to go on with it, else a fresh one."""
        draft = self.load()
        if draft is None:
            return Draft()
        if confirm(
            terminal, f"继续上次未完成的{what}吗？（{_whose(draft)}已答 {draft.known} 项）", YES_NO[0]
        ):
            return draft
        self.discard()
        terminal.say(f"已丢弃上次的草稿，重新{what}")
        return Draft()

    def farewell(self, command: str) -> CancelledError:
        """What to say to a person who leaves before the end; *command* goes on from here."""
        kept = f"已中断；已答的内容留作草稿，再运行 {command} 可继续"
        return CancelledError(kept if self.exists() else "已中断，没有写入")


def kept_drafts(store: Path) -> Iterator[DraftFile]:
    """The drafts that wait in the folder *store*, by name."""
    for path in sorted((store / FOLDER).glob("*.json")):
        yield DraftFile(store, path.stem)


def _is_words(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(text, str) for text in found.values())


def _whose(draft: Draft) -> str:
    who = draft.answers.get("姓名") or draft.about
    return f"{who}，" if who else ""
