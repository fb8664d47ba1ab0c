"""Speed of filling forms beside python-docx and docxtpl (when installed), on the same template and people.

``python -m tests.benchmarks.forms_speed [PEOPLE]`` prints forms per second of processor time and by the
clock, and their ratios to docxtpl and to the floor; each the best of several interleaved rounds, for others
on the machine only ever add time. It writes in the folder for temporary files: TMPDIR chooses the disk.
docxtpl is no dependency: its row is left out where it is not installed.
"""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from forms.batch import write_batch, write_each
from forms.fill import fill
from forms.formmap import map_form
from forms.layout import HOME
from forms.marks import MARK
from forms.readback import read_form
from forms.returned import read_document
from forms.template import load_template
from tests.forms.documents import repacked
from tests.forms.people import person

PACKAGED = Path(str(HOME)) / "templates/zust-2013/approval.docx"
ROUNDS = 5
SLOW = 20  # the slow ways fill this many times fewer

Way = Callable[[int, Path], None]
Speed = tuple[float, float]  # forms per second of processor time, and by the clock
DOCXTPL, FLOOR = "docxtpl, one file each", "floor: writing finished bytes"


def our_batch(people: int, folder: Path) -> None:
    """All in one document."""
    write_batch(load_template(APPROVAL), map(person, range(people)), folder / "batch.docx")


def our_each(people: int, folder: Path) -> None:
    """One file each, its record's key in it."""
    named = ((f"{number}.docx", person(number)) for number in range(people))
    write_each(load_template(APPROVAL), named, folder / "each", "学号")


def without_filters(template: bytes) -> bytes:
    """*template* with bare fields only, for others know none of the filters: the same for every way."""
    for room in ("|留3格", "|留5格"):
        template = repacked(template, room, "")
    return template


APPROVAL = without_filters(PACKAGED.read_bytes())


@cache
def finished(people: int) -> list[bytes]:
    """The forms of *people*, filled."""
    template = load_template(APPROVAL)
    return [fill(template, person(number), str(number)) for number in range(people)]


def floor(people: int, folder: Path) -> None:
    """Writing the finished bytes and nothing else."""
    for number, data in enumerate(finished(people)):
        (folder / f"{number}.docx").write_bytes(data)


def with_python_docx(people: int, folder: Path) -> None:
    """One file each: open, replace in the text elements, save; the quickest way it offers."""
    import docx
    from docx.oxml.ns import qn

    for number in range(people):
        document = docx.Document(io.BytesIO(APPROVAL))
        record = person(number)
        for text in document.element.body.iter(qn("w:t")):
            if "{{" in text.text:
                text.text = MARK.sub(lambda mark: str(record[mark[1]]), text.text)  # noqa: B023 — called at once
        document.save(str(folder / f"{number}.docx"))


def with_docxtpl(people: int, folder: Path) -> None:
    """One file each, as its documentation shows."""
    from docxtpl import DocxTemplate  # type: ignore[import-not-found, unused-ignore]

    for number in range(people):
        template = DocxTemplate(io.BytesIO(APPROVAL))
        template.render(person(number))
        template.save(str(folder / f"{number}.docx"))


def opening(people: int, folder: Path) -> None:
    """python-docx merely opening a filled form."""
    import docx

    for data in finished(people):
        docx.Document(io.BytesIO(data))


def reading_back(people: int, folder: Path) -> None:
    """Every field of a filled form."""
    form = map_form(APPROVAL)
    for data in finished(people):
        read_form(read_document(data), form)


def ways(people: int) -> Iterator[tuple[str, Way, int]]:
    """Name, function and number of forms of each way that can run here."""
    if find_spec("docxtpl"):
        yield DOCXTPL, with_docxtpl, max(people // SLOW, 5)
    yield "python-docx, one file each", with_python_docx, max(people // SLOW, 5)
    yield "forms, one document", our_batch, people
    yield "forms, one file each", our_each, people
    yield FLOOR, floor, people
    yield "python-docx, opening one", opening, people
    yield "forms, reading one back", reading_back, people


def measure(way: Way, people: int, folder: Path) -> Speed:
    """Forms per second of *way*, written in the new *folder*."""
    folder.mkdir()
    clock, processor = time.perf_counter(), time.process_time()
    way(people, folder)
    return people / (time.process_time() - processor), people / (time.perf_counter() - clock)


def peak_megabytes(people: int) -> float:
    """Peak memory of a fresh process that writes one document of *people*."""
    code = (
        "import sys, tempfile; from pathlib import Path;"
        "from tests.benchmarks.forms_speed import our_batch; from tests.memory import peak_memory;"
        "our_batch(int(sys.argv[1]), Path(tempfile.mkdtemp()));"
        "print(peak_memory())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(people)], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / 2**20


def run(people: int) -> dict[str, Speed]:
    """Speed of every way, the best of the rounds."""
    found: dict[str, list[Speed]] = {}
    # Nothing is deleted before the end: for seconds after, ext4 makes each new file wait for those deleted.
    finished(people)
    with tempfile.TemporaryDirectory() as home:
        for turn in range(ROUNDS):
            for place, (name, way, number) in enumerate(ways(people)):
                speed = measure(way, number, Path(home, f"{turn}-{place}"))
                found.setdefault(name, []).append(speed)
    return {name: (max(p for p, _ in speeds), max(c for _, c in speeds)) for name, speeds in found.items()}


def report(people: int, write: Callable[[str], Any]) -> None:
    """Print the table."""
    speeds = run(people)
    write(f"{people} approval forms in {tempfile.gettempdir()}, best of {ROUNDS} rounds\n")
    write(f"{'':30}{'per CPU-s':>10}{'per s':>9}{'× docxtpl':>11}{'floor is ×':>12}\n")
    for name, (processor, clock) in speeds.items():
        ratio = f"{processor / speeds[DOCXTPL][0]:11.1f}" if DOCXTPL in speeds else f"{'–':>11}"
        write(f"{name:30}{processor:10.0f}{clock:9.0f}{ratio}{speeds[FLOOR][0] / processor:12.1f}\n")
    for number in (people, people * 10):
        with tempfile.TemporaryDirectory() as folder:
            seconds = number / measure(our_batch, number, Path(folder, "one"))[0]
        memory = peak_megabytes(number)
        write(f"{number} in one document: {seconds:.2f} CPU-s, at most {memory:.0f} MB of memory\n")


if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, sys.stdout.write)
