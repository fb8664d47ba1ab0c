"""What the program was told before the command: which store, which day, which notice."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

MARKER = "assist.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The options of the program: ``--store``, ``--today``, ``--pack`` and ``--debug``.

    ``pack_file`` is the file that ``--pack`` named; ``pack`` is then the id that stands in it.
    """

    store: Path | None
    today: date
    pack: str | None = None
    pack_file: Path | None = None
    debug: bool = False
    closers: list[Callable[[], None]] = field(default_factory=list, compare=False, repr=False)

    def close(self) -> None:
        """Let go of what the command opened."""
        while self.closers:
            self.closers.pop()()

    def store_folder(self) -> Path | None:
        """The store to use: as told, else the nearest folder upward with ``assist.toml``, else one's own.

        ``None`` where none of these is a store.
        """
        if self.store is not None:
            return self.store if (self.store / MARKER).is_file() else None
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / MARKER).is_file():
                return folder
        return home_store() if (home_store() / MARKER).is_file() else None

    def spell(self, command: str, folder: Path) -> str:
        """How to call *command* on the store in *folder* from here, naming it where it would not be found."""
        told = os.environ.get("ASSIST_STORE")
        found = replace(self, store=Path(told) if told else None).store_folder()
        store = "" if found and found.resolve() == folder.resolve() else f' --store "{folder.resolve()}"'
        pack = f" --pack {self.pack}" if self.pack else ""
        return f"assist{store}{pack} {command}"


def home_store() -> Path:
    """The folder for a store that belongs to the user, not to a project."""
    from platformdirs import user_data_path  # only where no store was named or found

    return user_data_path("assist", appauthor=False)


def user_name() -> str:
    """Who is at the keyboard, as the system knows it: entries without ``--by`` are made under this name."""
    import getpass  # only where something is entered

    try:
        return os.environ.get("USERNAME") or getpass.getuser()
    except (ImportError, KeyError, OSError):
        return "本机用户"
