"""Files that another office saved again: forms read alike, templates filled alike."""

from pathlib import Path

import pytest

from forms.fill import fill
from forms.formmap import map_form
from forms.layout import HOME
from forms.readback import read_form
from forms.returned import read_document
from forms.template import load_template
from tests.forms.audit import audit_document
from tests.forms.conftest import Office
from tests.forms.documents import texts
from tests.forms.people import HOUSEHOLD, PERSON, SUMMARY, detail_row
from tests.forms.test_fill import filled_with
from tests.forms.test_likeness import most_like

pytestmark = pytest.mark.office

FOLDER = Path(str(HOME)) / "templates"
TEMPLATES = {f"{path.parent.name}+{path.stem}": path for path in sorted(FOLDER.rglob("*.docx"))}
RECORDS = {
    "zust-2013+approval": PERSON,
    "zust-2013+detail": {"学院": "理", "名单": [detail_row(number) for number in range(17)]},
    "zust-2013+summary": SUMMARY,
    "dalian-2011+approval-new": HOUSEHOLD,
    "dalian-2011+statistics": {"年度": "2011", **{f"数量{n}": str(n) for n in range(1, 43)}},
}


def test_another_office_changes_neither_forms_nor_templates(tmp_path: Path, office: Office) -> None:
    """LibreOffice writes tables, merges and runs its own way; one conversion for all."""
    for name, path in TEMPLATES.items():
        (tmp_path / f"template+{name}.docx").write_bytes(path.read_bytes())
    for name, record in RECORDS.items():
        (tmp_path / f"{name}.docx").write_bytes(fill(load_template(TEMPLATES[name]), record))
    (tmp_path / "again").mkdir()
    office(tmp_path, "docx:MS Word 2007 XML", tmp_path / "again")
    forms_read_alike(tmp_path)
    templates_fill_alike(tmp_path)


def forms_read_alike(folder: Path) -> None:
    """Every field comes back as from the file before."""
    maps = {name: map_form(path) for name, path in TEMPLATES.items()}
    for name in RECORDS:
        page = read_document(folder / "again" / f"{name}.docx")
        wanted = read_form(read_document(folder / f"{name}.docx"), maps[name])
        found = read_form(page, maps[name])
        assert most_like(page, maps) == name
        assert (found.values, found.lists) == (wanted.values, wanted.lists)
        assert (found.missing, found.doubtful) == ((), {})


def templates_fill_alike(folder: Path) -> None:
    """The same placeholders, the same words, a sound document."""
    for name, path in TEMPLATES.items():
        before, after = load_template(path), load_template(folder / "again" / f"template+{name}.docx")
        assert after.marks == before.marks
        filled = fill(after, filled_with(after, "值"))
        assert audit_document(filled) == []
        wanted = texts(fill(before, filled_with(before, "值")))
        assert [text for text in texts(filled) if text.strip()] == [text for text in wanted if text.strip()]
