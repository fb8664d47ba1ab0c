"""Power cuts: any moment of any command, with an index that is old, new, broken or gone."""

import os
import random
import shutil
from pathlib import Path

from store.index import NAME as INDEX
from store.index import SEAL
from tests.endurance.disk import Disk, Event, Recorder
from tests.endurance.faults import intercepted
from tests.endurance.office import WRITING, Office, State, thresholds

PER_RUN, COMMANDS = 50, 8


@thresholds(3000, 20_000)
def run(count: int, seed: int, folder: Path) -> str:
    """Figures of *count* images of a disk after a power cut."""
    chance = random.Random(seed)  # noqa: S311 — a trial must be repeatable
    done = unfinished = 0
    while done < count:
        story = Story(folder, chance)
        for _ in range(min(PER_RUN, count - done)):
            unfinished += story.cut()
            done += 1
        shutil.rmtree(folder / "store")
    return f"{done} images, everything acknowledged is there; {unfinished} held the command under way as well"


class Story:
    """One run of commands, recorded, to be cut at any moment."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        office = Office(folder / "store", folder, chance)
        for _ in range(chance.randrange(6)):
            command = office.think()
            command.run()
            office.succeed(command)
        self.start = folder / "start"
        shutil.rmtree(self.start, ignore_errors=True)
        shutil.copytree(office.folder, self.start)
        self.marks: list[tuple[int, State]] = [(0, office.state)]  # calls made, records acknowledged
        self.indexes = [self._index(office)]
        self.events: list[Event] = []
        for _ in range(COMMANDS):
            self._record(office)

    def cut(self) -> bool:
        """Whether the image of one cut held the unfinished command; it must hold all before it."""
        moment = self.chance.randrange(len(self.events) + 1)
        image = self.folder / "image"
        shutil.rmtree(image, ignore_errors=True)
        self._lay_out(moment, image)
        acknowledged = max(mark for mark in range(len(self.marks)) if self.marks[mark][0] <= moment)
        allowed = [state for _, state in self.marks[acknowledged : acknowledged + 2]]
        office = Office(image, self.folder, self.chance, allowed[0])
        found = office.inspect()
        assert found in allowed, (moment, len(found), [len(state) for state in allowed])
        office.next_works(found)
        return found != allowed[0]

    def _record(self, office: Office) -> None:
        """Carry out one command and note its calls."""
        command, recorder = office.think(self.chance.choice(WRITING)), Recorder()
        with intercepted(recorder, reads=True):
            command.run()
        office.succeed(command)
        self.events += recorder.events
        self.marks.append((len(self.events), office.state))
        self.indexes.append(self._index(office))

    def _lay_out(self, moment: int, image: Path) -> None:
        """The disk after a cut at a moment."""
        disk = Disk(self.start, self.folder / "store")
        for event in self.events[:moment]:
            disk.play(event)
        disk.after_cut(image, self.chance)
        self._place_index(image)

    def _index(self, office: Office) -> tuple[bytes, bytes, int]:
        """Index, seal and time as they are."""
        path = office.folder / INDEX
        if not path.exists():
            return b"", b"", 0
        return path.read_bytes(), (office.folder / SEAL).read_bytes(), path.stat().st_mtime_ns

    def _place_index(self, image: Path) -> None:
        """Some index of this run: from before or after the cut, broken, or none."""
        for name in (INDEX, SEAL, f"{INDEX}-journal"):
            (image / name).unlink(missing_ok=True)
        how = self.chance.choice(("any", "any", "broken", "none"))
        data, seal, time = self.chance.choice(self.indexes)
        if how == "none":
            return
        if how == "broken":
            data = bytes(self.chance.randrange(256) if at % 50 == 0 else byte for at, byte in enumerate(data))
        for name, text in ((INDEX, data), (SEAL, seal)):
            (image / name).write_bytes(text)
            (image / name).chmod(0o600)
        os.utime(image / INDEX, ns=(time, time if how == "any" else time + 1))
