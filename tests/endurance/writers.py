"""Many windows at once: every append of every process is there, once."""

import shutil
import subprocess
import sys
from pathlib import Path

from store.backend import Change
from store.doctor import check_store
from store.opening import create_store, open_store
from tests.endurance.office import KEYS

PROCESSES, APPENDS = 8, 200


def run(count: int, seed: int, folder: Path, *, processes: int = PROCESSES, appends: int = APPENDS) -> str:
    """Figures of *count* rounds."""
    for _ in range(count):
        create_store(folder / "store", KEYS).close()
        workers = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.endurance.writers", folder / "store", str(number), str(appends)]
            )
            for number in range(processes)
        ]
        assert [worker.wait() for worker in workers] == [0] * processes
        store = open_store(folder / "store", KEYS)
        found = [id for id, _ in store.scan("cases")]
        history = sum(1 for _ in store.history())
        store.close()
        assert sorted(found) == sorted(
            f"{number}-{index}" for number in range(processes) for index in range(appends)
        )
        assert history == len(found) == len(set(found))
        assert check_store(folder / "store").ok
        shutil.rmtree(folder / "store")
    return f"{count} × {processes} processes × {appends} appends, {count * processes * appends} of them there"


def append(folder: str, number: str, appends: int) -> None:
    """One process: appends, each its own command; waits for the others as long as it takes."""
    store = open_store(folder, KEYS, timeout=300)
    for index in range(appends):
        document = {"student_no": number, "name": "张三", "n": index}
        store.commit(
            [Change(table="cases", id=f"{number}-{index}", document=document)], by=number, command="add"
        )
    store.close()


if __name__ == "__main__":
    append(sys.argv[1], sys.argv[2], int(sys.argv[3]))
