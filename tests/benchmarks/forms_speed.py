"""Speed of filling forms beside python-docx and docxtpl (when installed), on the same template and people.

``python -m tests.benchmarks.forms_speed [PEOPLE]`` prints forms per CPU-second and ratios, the median of
three interleaved rounds. docxtpl is no dependency: its rows are left out where it is not installed.
"""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from forms.batch import write_batch, write_each
from forms.fill import fill
from forms.formmap import map_form
from forms.layout import HOME
from forms.marks import MARK
from forms.readback import read_document, read_form
from forms.template import load_template
from tests.forms.people import person

APPROVAL = Path(str(HOME)) / "templates/zust-2013/approval.docx"
ROUNDS = 3
SLOW = 20  # the slow ways fill this many times fewer

Way = Callable[[int, Path], None]


def our_batch(people: int, folder: Path) -> None:
    """All in one document."""
    write_batch(load_template(APPROVAL), map(person, range(people)), folder / "batch.docx")


def our_each(people: int, folder: Path) -> None:
    """One file each."""
    named = ((f"{number}.docx", person(number)) for number in range(people))
    write_each(load_template(APPROVAL), named, folder / "each")


def floor(people: int, folder: Path) -> None:
    """Writing the finished bytes and nothing else."""
    data = APPROVAL.read_bytes()
    for number in range(people):
        (folder / f"{number}.docx").write_bytes(data)


def with_python_docx(people: int, folder: Path) -> None:
    """One file each: open, replace in the text elements, save; the quickest way it offers."""
    import docx
    from docx.oxml.ns import qn

    for number in range(people):
        document = docx.Document(str(APPROVAL))
        record = person(number)
        for text in document.element.body.iter(qn("w:t")):
            if "{{" in text.text:
                text.text = MARK.sub(lambda mark: str(record[mark[1]]), text.text)  # noqa: B023 — called at once
        document.save(str(folder / f"{number}.docx"))


def with_docxtpl(people: int, folder: Path) -> None:
    """One file each, as its documentation shows."""
    from docxtpl import DocxTemplate  # type: ignore[import-not-found, unused-ignore]

    for number in range(people):
        template = DocxTemplate(io.BytesIO(APPROVAL.read_bytes()))
        template.render(person(number))
        template.save(str(folder / f"{number}.docx"))


def opening(people: int, folder: Path) -> None:
    """python-docx merely opening a filled form."""
    import docx

    data = fill(load_template(APPROVAL), person(0))
    for _ in range(people):
        docx.Document(io.BytesIO(data))


def reading_back(people: int, folder: Path) -> None:
    """Every field of a filled form."""
    data, form = fill(load_template(APPROVAL), person(0)), map_form(APPROVAL)
    for _ in range(people):
        read_form(read_document(data), form)


def ways(people: int) -> Iterator[tuple[str, Way, int]]:
    """Name, function and number of forms of each way that can run here."""
    slow = max(people // SLOW, 5)
    if find_spec("docxtpl"):
        yield "docxtpl, one file each", with_docxtpl, slow
    yield "python-docx, one file each", with_python_docx, slow
    yield "forms, one document", our_batch, people
    yield "forms, one file each", our_each, people
    yield "floor: writing finished bytes", floor, people
    yield "python-docx, opening one", opening, slow * 5
    yield "forms, reading one back", reading_back, slow * 5


def measure(way: Way, people: int) -> float:
    """Forms per CPU-second of *way*."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        way(people, Path(folder))
        return people / (time.process_time() - start)


def peak_megabytes(people: int) -> float:
    """Peak memory of a fresh process that writes one document of *people*."""
    code = (
        "import resource, sys, tempfile; from pathlib import Path;"
        "from tests.benchmarks.forms_speed import our_batch;"
        "our_batch(int(sys.argv[1]), Path(tempfile.mkdtemp()));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(people)], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / 1024


def run(people: int) -> dict[str, float]:
    """Forms per CPU-second of every way, the median of the rounds."""
    found: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, way, number in ways(people):
            found.setdefault(name, []).append(measure(way, number))
    return {name: median(speeds) for name, speeds in found.items()}


def report(people: int, write: Callable[[str], Any]) -> None:
    """Print the table."""
    speeds = run(people)
    ground = next(iter(speeds))
    write(f"{people} approval forms, forms per CPU-second, median of {ROUNDS}\n")
    for name, speed in speeds.items():
        write(f"{name:32} {speed:9.0f}   {speed / speeds[ground]:7.1f} × {ground.split(',')[0]}\n")
    for number in (people, people * 10):
        write(f"peak memory, {number} in one document: {peak_megabytes(number):.0f} MB\n")


if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, sys.stdout.write)
