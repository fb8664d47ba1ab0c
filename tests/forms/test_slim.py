"""A clerk's own template, made over years in Word: what it drags along stays behind, what it says stays."""

import io
import zipfile

import docx
import pytest
from docx.shared import Cm

from forms.fill import fill
from forms.lint import lint_template
from forms.package import read_members
from forms.slim import slim_members
from forms.template import load_template
from tests.forms.audit import audit_document
from tests.forms.documents import W, document, paragraph, part, table, texts
from tests.forms.pictures import jpeg

SESSIONS = (
    '<w:p w:rsidR="00A1" w:rsidRDefault="00B2" w:rsidP="00C3"><w:bookmarkStart w:id="0" w:name="_GoBack"/>'
    '<w:r w:rsidRPr="00D4"><w:lastRenderedPageBreak/><w:t>姓名：{{姓</w:t></w:r>'
    '<w:proofErr w:type="spellStart"/>'
    '<w:r w:rsidR="00E5"><w:t>名}}</w:t></w:r><w:proofErr w:type="spellEnd"/><w:bookmarkEnd w:id="0"/></w:p>'
)


def bloated() -> bytes:
    """What python-docx, like Word, makes of an empty page: hundreds of styles, a picture, a few words."""
    made = docx.Document()
    made.add_paragraph("姓名：{{姓名}}", style="Title")
    made.add_table(1, 2, style="Table Grid").cell(0, 0).text = "{{学号}}"
    made.add_picture(io.BytesIO(jpeg()), width=Cm(2))
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def styles(data: bytes) -> set[str]:
    """Ids of the styles of a document."""
    return {style.get(f"{{{W}}}styleId", "") for style in part(data, "word/styles.xml").iter(f"{{{W}}}style")}


def test_sessions_and_proofing_marks_go_and_the_placeholder_is_filled_over_them() -> None:
    filled = fill(load_template(document(SESSIONS)), {"姓名": "张三"})
    assert texts(filled) == ["姓名：张三"]
    raw = zipfile.ZipFile(io.BytesIO(filled)).read("word/document.xml")
    assert not [word for word in (b"rsid", b"proofErr", b"_GoBack", b"lastRendered") if word in raw]
    assert audit_document(filled) == []


def test_a_bloated_template_makes_slim_forms_that_look_the_same() -> None:
    """Styles in use stay with what they are based on; the rest, and the page's miniature, go."""
    template = bloated()
    filled = fill(load_template(template), {"姓名": "张三", "学号": "10800021"})
    assert len(filled) < 0.4 * len(template)
    assert {"Title", "TableGrid", "Normal", "TableNormal"} <= styles(filled)
    assert len(styles(filled)) < 15
    assert "docProps/thumbnail.jpeg" not in read_members(filled)
    assert audit_document(filled) == []
    again = docx.Document(io.BytesIO(filled))
    assert len(again.inline_shapes) == 1
    assert next(found.style.name for found in again.paragraphs if found.style) == "Title"


def test_a_slim_template_is_left_as_it_is() -> None:
    members = read_members(document(SESSIONS))
    once = slim_members(members)
    assert slim_members(once) == once


@pytest.mark.parametrize("kind", ["header", "footer", "numbering", "settings", "fontTable", "footnotes"])
def test_what_a_page_needs_stays(kind: str) -> None:
    """Every part that the text leads to."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{relation}/{kind}" Target="{kind}9.xml"/></Relationships>'
    )
    extra = {"word/_rels/document.xml.rels": related, f"word/{kind}9.xml": f'<w:x xmlns:w="{W}"/>'}
    assert f"word/{kind}9.xml" in slim_members(read_members(document(SESSIONS, extra)))


AUTHOR = 'w:id="9" w:author="SECRET" w:date="2013-01-01T00:00:00Z"'
TRACKED = (
    f"<w:p><w:pPr><w:rPr><w:ins {AUTHOR}/></w:rPr></w:pPr><w:r><w:t>姓名：</w:t></w:r>"
    f"<w:ins {AUTHOR}><w:r><w:rPr><w:b/><w:rPrChange {AUTHOR}><w:rPr/></w:rPrChange></w:rPr>"
    "<w:t>{{姓</w:t></w:r></w:ins>"
    f"<w:del {AUTHOR}><w:r><w:delText>{{{{旧名}}}}</w:delText></w:r></w:del>"
    "<w:r><w:t>名}}</w:t></w:r></w:p>"
)


def test_tracked_changes_are_accepted_and_nobody_is_named() -> None:
    """Rows too; the clerk is told, and the template is used all the same."""
    rows = table(("留",)) + table(("去",), properties=f"<w:trPr><w:del {AUTHOR}/></w:trPr>") + paragraph("尾")
    template = document(TRACKED + rows)
    filled = fill(load_template(template), {"姓名": "张三"})
    assert texts(filled) == ["姓名：张三", "留", "尾"]
    assert b"SECRET" not in zipfile.ZipFile(io.BytesIO(filled)).read("word/document.xml")
    assert audit_document(filled) == []
    problem, *others = lint_template(template, ["姓名"])
    assert "修订标记" in problem.message
    assert not problem.fatal
    assert not [other for other in others if other.fatal]
    assert not [p for p in lint_template(document(SESSIONS), ["姓名"]) if "修订" in p.message]
