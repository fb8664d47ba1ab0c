"""Damaged files: never read as empty, never overwritten, named by the doctor, repaired on a copy."""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from store.doctor import check_store
from store.errors import StoreDamagedError
from store.repair import fix_store
from tests.endurance.office import WRITING, Office, State, thresholds

REPAIRS = 5  # one damaged store in so many is repaired as well


@thresholds(3000, 6000)
def run(count: int, seed: int, folder: Path) -> str:
    """Figures of *count* damaged files."""
    chance = random.Random(seed)  # noqa: S311 — a trial must be repeatable
    refused = repaired = done = 0
    while done < count:
        sound = Sound(folder, chance)
        for _ in range(min(20, count - done)):
            refused += sound.damage()
            if done % REPAIRS == 0:
                sound.repair()
                repaired += 1
            done += 1
        shutil.rmtree(folder / "store")
    return (
        f"{done} damaged files, all named; {refused} stores refused, {done - refused} hit in history only;"
        f" {repaired} repaired"
    )


@dataclass
class Sound:
    """A sound store, damaged again and again."""

    folder: Path
    chance: random.Random

    def __post_init__(self) -> None:
        self.office = Office(self.folder / "store", self.folder, self.chance)
        for number in range(12):
            command = self.office.think("import" if number == 0 else self.chance.choice(WRITING))
            command.run()
            self.office.succeed(command)
        self.kept = self.folder / "kept"
        shutil.rmtree(self.kept, ignore_errors=True)
        shutil.copytree(self.office.folder, self.kept)

    def damage(self) -> bool:
        """Whether the store is refused after one damage; it must be, unless only history is hit."""
        store = self.office.folder
        shutil.rmtree(store)
        shutil.copytree(self.kept, store)
        files = [*store.glob("log/*"), *store.glob("archive/*"), store / "store.json"]
        path, how = self.chance.choice(files), self.chance.choice(list(DAMAGES))
        before = path.read_bytes()
        after = DAMAGES[how](before, self.chance)
        if after == before:
            after = before[:-1]
        path.write_bytes(after)
        if self.chance.random() < 0.3:
            (store / "index.seal").unlink(missing_ok=True)
        state = _bytes_of(store)
        refused = self._is_refused()
        report = check_store(store)
        assert _bytes_of(store) == state, how
        assert not report.ok, (how, path)
        assert any(path.name in problem.file for problem in report.problems), (how, path)
        return refused

    def repair(self) -> None:
        """Repair the damaged store: whole, every loss named, and nothing to do a second time."""
        store = self.office.folder
        damaged = _bytes_of(store)
        done = fix_store(store, by="李老师")
        found, before = self.office.inspect(), self.office.state
        changed = {key for key in found.keys() | before.keys() if found.get(key) != before.get(key)}
        named = {loss.record for loss in done.losses}
        garbled = any("可能有误" in loss.message for loss in done.losses)
        assert not changed or garbled or "" in named or {"/".join(key) for key in changed} <= named
        assert not fix_store(store, by="李老师").changed
        kept = [path.read_bytes() for path in (store / done.kept).rglob("*") if path.is_file()]
        assert all(text in kept or path.exists() for path, text in damaged.items())
        self.office.next_works(found)

    def _is_refused(self) -> bool:
        """Whether the damage is reported on reading; what is answered instead must be right."""
        try:
            found: State = self.office.found()
        except StoreDamagedError:
            return True
        assert found == self.office.state
        return False


def _bytes_of(store: Path) -> dict[Path, bytes]:
    """The files that hold records."""
    files = (*store.glob("log/*"), *store.glob("archive/*"), *store.glob("store.json"), *store.glob("torn/*"))
    return {path: path.read_bytes() for path in files}


def _lines(change: Callable[[list[bytes], random.Random], None]) -> Callable[[bytes, random.Random], bytes]:
    """A damage done to whole lines."""

    def damage(data: bytes, chance: random.Random) -> bytes:
        lines = data.splitlines(keepends=True)
        change(lines, chance)
        return b"".join(lines)

    return damage


def _flip(data: bytes, chance: random.Random) -> bytes:
    """One bit."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _zero(data: bytes, chance: random.Random) -> bytes:
    """A stretch of zeros."""
    at, size = chance.randrange(len(data)), chance.randrange(1, 4096)
    return data[:at] + bytes(len(data[at : at + size])) + data[at + size :]


def _noise(data: bytes, chance: random.Random) -> bytes:
    """A stretch of anything."""
    at, size = chance.randrange(len(data)), chance.randrange(1, 600)
    return data[:at] + chance.randbytes(len(data[at : at + size])) + data[at + size :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    """Only a beginning, or nothing at all."""
    return data[: chance.choice((0, chance.randrange(len(data)), len(data) - 1))]


def _markers(lines: list[bytes], chance: random.Random) -> None:
    """What a version control program leaves in a file it could not merge."""
    at = chance.randrange(len(lines))
    lines[at : at + 1] = [b"<<<<<<< HEAD\n", lines[at], b"=======\n", lines[at], b">>>>>>> theirs\n"]


def _swap(lines: list[bytes], chance: random.Random) -> None:
    """Two lines change places."""
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _drop(lines: list[bytes], chance: random.Random) -> None:
    """A line goes."""
    del lines[chance.randrange(len(lines))]


def _repeat(lines: list[bytes], chance: random.Random) -> None:
    """A line comes twice."""
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "cut": _cut,
    "flip": _flip,
    "zero": _zero,
    "noise": _noise,
    "bom": lambda data, _: b"\xef\xbb\xbf" + data,
    "crlf": lambda data, _: data.replace(b"\n", b"\r\n"),
    "gbk": lambda data, _: data.decode().encode("gb18030"),
    "markers": _lines(_markers),
    "swap": _lines(_swap),
    "drop": _lines(_drop),
    "repeat": _lines(_repeat),
}
