"""Drafts: the answers given so far, kept in the store's folder until they are saved or thrown away."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

FOLDER = "drafts"


@dataclass(slots=True, kw_only=True)
class Draft:
    """Answers by field name (blank: asked, not known), and the question that comes next.

    ``at`` is blank where all was asked and only saving is left; ``None`` where nothing was asked yet.
    """

    answers: dict[str, str] = field(default_factory=dict)
    at: str | None = None


class DraftFile:
    """Where one command keeps its draft: readable by its owner only, replaced in one step."""

    def __init__(self, store: Path, name: str) -> None:
        self._path = store / FOLDER / f"{name}.json"

    def load(self) -> Draft | None:
        """The draft that was kept; ``None`` if there is none, or none that can be read."""
        try:
            record = json.loads(self._path.read_text("utf-8"))
            answers, at = record["answers"], record["at"]
        except (OSError, ValueError, LookupError, TypeError):
            return None
        sound = isinstance(answers, dict) and all(isinstance(text, str) for text in answers.values())
        return Draft(answers=answers, at=at) if sound and isinstance(at, str | None) else None

    def keep(self, draft: Draft) -> None:
        """Bring *draft* to disk."""
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        temporary = self._path.with_suffix(".tmp")
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
