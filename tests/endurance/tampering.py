"""Edits to history: whoever changes, deletes, moves or inserts lines is found out."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from store.doctor import check_store
from store.line import digest_of, is_sound, load_line, prev_of, seal_members
from tests.endurance.office import Office, thresholds


@thresholds(1 << 20, 1 << 20)
def run(count: int, seed: int, folder: Path) -> str:
    """Figures of *count* edits by somebody who knows the format and seals lines anew."""
    chance = random.Random(seed)  # noqa: S311 — a trial must be repeatable
    office = Office(folder / "store", folder, chance)
    for kind in ("add", "import", "edit", "add", "edit", "remove", "add"):
        command = office.think(kind)
        command.run()
        office.succeed(command)
    path, paper = office.folder / "log" / "000001.jsonl", check_store(office.folder).head
    good, only_paper = path.read_bytes(), 0
    for number in range(count):
        (office.folder / "head.json").unlink(missing_ok=True)  # the forger removes that as well
        how = EDITS[number % len(EDITS)]
        lines = good.splitlines(keepends=True)
        how(lines, chance)
        if b"".join(lines) == good:
            del lines[chance.randrange(1, len(lines))]
        path.write_bytes(b"".join(lines))
        shutil.rmtree(office.folder / "tmp", ignore_errors=True)
        by_itself = not check_store(office.folder).ok
        only_paper += not by_itself
        assert by_itself or how in BEYOND_THE_CHAIN, how.__name__
        assert not check_store(office.folder, heads=[paper]).ok, how.__name__
    beyond = "only by the printed hash: end cut off, or the whole rest forged"
    return f"{count} edits, all found; {only_paper} of them {beyond}"


def _sealed(raw: bytes, prev: str, chance: random.Random | None = None) -> bytes:
    """The line sealed anew, with a changed document if *chance* is given."""
    members = load_line(raw)
    del members["prev"], members["hash"]
    if chance and "document" in members:
        members["document"] = {"name": "赵钱", "n": chance.random()}
    return seal_members(members, prev)[0]


def _edit(lines: list[bytes], chance: random.Random) -> None:
    """Another document under a new seal."""
    at = chance.randrange(1, len(lines) - 1)
    lines[at] = _sealed(lines[at], prev_of(lines[at]), chance)


def _edit_plainly(lines: list[bytes], chance: random.Random) -> None:
    """A few bytes in a text editor."""
    at = chance.randrange(1, len(lines))
    lines[at] = lines[at].replace(b'"by":"', b'"by":"x', 1)


def _delete(lines: list[bytes], chance: random.Random) -> None:
    """A line less."""
    del lines[chance.randrange(1, len(lines) - 1)]


def _move(lines: list[bytes], chance: random.Random) -> None:
    """A line elsewhere."""
    lines.insert(
        chance.randrange(1, len(lines) - 2), lines.pop(chance.randrange(len(lines) // 2, len(lines)))
    )


def _insert(lines: list[bytes], chance: random.Random) -> None:
    """A forged line that follows the one before it."""
    at = chance.randrange(2, len(lines))
    lines.insert(at, _sealed(lines[at - 1], digest_of(lines[at - 1]), chance))


def _swap(lines: list[bytes], chance: random.Random) -> None:
    """Two lines exchanged, their links mended, their numbers not."""
    at = chance.randrange(1, len(lines) - 1)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    _relink(lines, at)


def _cut_off(lines: list[bytes], chance: random.Random) -> None:
    """The end gone, at the end of a transaction."""
    ends = [at for at in range(1, len(lines) - 1) if load_line(lines[at])["left"] == 0]
    del lines[chance.choice(ends) + 1 :]


def _forge_the_rest(lines: list[bytes], chance: random.Random) -> None:
    """A changed line, and every later one linked and sealed anew: a chain without a flaw."""
    at = chance.randrange(1, len(lines))
    lines[at] = _sealed(lines[at], prev_of(lines[at]), chance)
    _relink(lines, at + 1)


def _relink(lines: list[bytes], start: int) -> None:
    """Seal lines anew from *start* on."""
    for at in range(start, len(lines)):
        lines[at] = _sealed(lines[at], digest_of(lines[at - 1]))
        assert is_sound(lines[at])


Edit = Callable[[list[bytes], random.Random], None]
BEYOND_THE_CHAIN: tuple[Edit, ...] = (_cut_off, _forge_the_rest)
EDITS: tuple[Edit, ...] = (_edit, _edit_plainly, _delete, _move, _insert, _swap, *BEYOND_THE_CHAIN)
