"""The lint of finished documents, proved on planted faults."""

import io
import warnings
import zipfile
from pathlib import Path

import pytest

from forms.fill import fill
from forms.layout import HOME
from forms.template import load_template
from tests.forms.audit import audit_document
from tests.forms.documents import document, paragraph, table
from tests.forms.people import PERSON

APPROVAL = Path(str(HOME)) / "templates/zust-2013/approval.docx"
SOUND = paragraph("甲") + table(("一", "二"), ("三", "四")) + paragraph("乙")
MERGED = '<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/><w:vMerge/></w:tcPr>' + paragraph("") + "</w:tc>"
LONE = f"<w:tc>{paragraph('')}</w:tc>"
PICTURE = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="7" name="x"/></wp:inline></w:drawing></w:r></w:p>'
CONTROL = '<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
BOOKMARK = '<w:p><w:bookmarkStart w:id="{0}" w:name="{1}"/><w:bookmarkEnd w:id="{2}"/></w:p>'
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

BODIES = {
    "leftover placeholder": paragraph("{{姓名}}"),
    "leftover placeholder over runs": paragraph("{{姓", "名}}"),
    "leftover token": paragraph("@@0:t3@@"),
    "cell without paragraph": SOUND.replace(paragraph("一"), "", 1),
    "cell that ends in a table": SOUND.replace(paragraph("一"), table(("x",)), 1),
    "row with a cell too few": SOUND.replace("</w:tblGrid>", f"</w:tblGrid><w:tr>{LONE}</w:tr>"),
    "span beyond the grid": SOUND.replace("<w:tcW", '<w:gridSpan w:val="2"/><w:tcW', 1),
    "table without grid": SOUND.replace('<w:gridCol w:w="1000"/>', ""),
    "table without rows": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='1'/></w:tblGrid></w:tbl><w:p/>",
    "row without cells": SOUND.replace("</w:tblGrid>", "</w:tblGrid><w:tr/>"),
    "merge without a cell above": SOUND.replace("</w:tblGrid>", f"</w:tblGrid><w:tr>{MERGED * 2}</w:tr>"),
    "cell settings behind the text": SOUND.replace("</w:tc>", "<w:tcPr/><w:p/></w:tc>", 1),
    "table at the very end": paragraph("甲") + table(("一",)),
    "paragraph in a paragraph": f"<w:p>{paragraph('甲')}</w:p>",
    "text outside a run": "<w:p><w:t>甲</w:t></w:p>",
    "run outside a paragraph": "<w:r><w:t>甲</w:t></w:r><w:p/>",
    "cell outside a row": "<w:tc><w:p/></w:tc><w:p/>",
    "size that is no number": "<w:p><w:r><w:rPr><w:sz w:val='None'/></w:rPr></w:r></w:p>",
    "settings out of order": "<w:p><w:pPr><w:jc w:val='left'/><w:pageBreakBefore/></w:pPr></w:p>",
    "setting twice": "<w:p><w:pPr><w:jc w:val='left'/><w:jc w:val='left'/></w:pPr></w:p>",
    "run settings out of order": "<w:p><w:r><w:rPr><w:sz w:val='2'/><w:b/></w:rPr></w:r></w:p>",
    "drawing id twice": PICTURE * 2,
    "control id twice": CONTROL * 2 + "<w:p/>",
    "bookmark id twice": BOOKMARK.format(0, "a", 0) + BOOKMARK.format(0, "b", 0),
    "bookmark name twice": BOOKMARK.format(0, "a", 0) + BOOKMARK.format(1, "a", 1),
    "bookmark without end": BOOKMARK.format(0, "a", 1),
    "style unknown": "<w:p><w:pPr><w:pStyle w:val='x'/></w:pPr></w:p>",
    "relationship unknown": "<w:p><w:hyperlink r:id='rId77'><w:r/></w:hyperlink></w:p>",
    "altChunk": "<w:altChunk/><w:p/>",
    "page setup twice": "<w:sectPr/><w:p/>",
}
RELATION = (
    f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="x/{{}}" Target="{{}}"{{}}/>{{}}'
    "</Relationships>"
)
MEMBERS: dict[str, dict[str, str | bytes]] = {
    "part that is no xml": {"word/styles.xml": "<w:styles"},
    "part without content type": {"word/media/x.png": b"x"},
    "content type without part": {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="x"/>'
        '<Default Extension="xml" ContentType="x"/><Override PartName="/word/x.xml" ContentType="x"/></Types>'
    },
    "relationship to nowhere": {"word/_rels/document.xml.rels": RELATION.format("styles", "x.xml", "", "")},
    "relationship id twice": {
        "word/_rels/document.xml.rels": RELATION.format(
            "styles", "styles.xml", "", '<Relationship Id="rId1" Type="x/settings" Target="settings.xml"/>'
        )
    },
    "external": {
        "word/_rels/document.xml.rels": RELATION.format("image", "http://x/", ' TargetMode="External"', "")
    },
    "macro": {"word/vbaProject.bin": b"x"},
}
FOUND = {
    "leftover placeholder": "没有填",
    "leftover placeholder over runs": "没有填",
    "leftover token": "没有填",
    "cell without paragraph": "不以段落结尾",
    "cell that ends in a table": "不以段落结尾",
    "row with a cell too few": "占 1 列",
    "span beyond the grid": "占 3 列",
    "table without grid": "没有列宽",
    "table without rows": "一行也没有",
    "row without cells": "没有单元格",
    "merge without a cell above": "接不上",
    "cell settings behind the text": "不在最前",
    "table at the very end": "之后没有段落",
    "paragraph in a paragraph": "w:p 放错",
    "text outside a run": "w:t 放错",
    "run outside a paragraph": "w:r 放错",
    "cell outside a row": "w:tc 放错",
    "size that is no number": "不是整数",
    "settings out of order": "w:pPr 内的顺序",
    "setting twice": "w:pPr 内有重复",
    "run settings out of order": "w:rPr 内的顺序",
    "drawing id twice": "图形编号 7",
    "control id twice": "控件编号 5",
    "bookmark id twice": "书签编号 0",
    "bookmark name twice": "书签名 a",
    "bookmark without end": "不成对",
    "style unknown": "样式 x",
    "relationship unknown": "rId77",
    "altChunk": "altChunk",
    "page setup twice": "sectPr",
    "part that is no xml": "已损坏",
    "part without content type": "没有内容类型",
    "content type without part": "不存在的 word/x.xml",
    "relationship to nowhere": "不存在的 x.xml",
    "relationship id twice": "rId1 重复",
    "external": "外部",
    "macro": "宏",
}


def test_a_sound_document_has_no_fault() -> None:
    assert audit_document(document(SOUND)) == []
    assert audit_document(fill(load_template(APPROVAL), PERSON)) == []


@pytest.mark.parametrize("name", BODIES)
def test_every_fault_planted_in_the_text_is_found(name: str) -> None:
    """And called by its name."""
    assert any(FOUND[name] in fault for fault in audit_document(document(BODIES[name])))


@pytest.mark.parametrize("name", MEMBERS)
def test_every_fault_planted_in_the_package_is_found(name: str) -> None:
    """And called by its name."""
    assert any(FOUND[name] in fault for fault in audit_document(document(SOUND, MEMBERS[name])))


def test_a_member_twice_is_found() -> None:
    buffer = io.BytesIO(document(SOUND))
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", b"x")
    assert audit_document(buffer.getvalue())


def test_page_setup_that_is_not_last_or_missing_is_found() -> None:
    assert audit_document(document(SOUND, section=f"<w:sectPr/>{paragraph('尾')}"))
    assert audit_document(document(SOUND, section=""))


@pytest.mark.parametrize("data", [b"", b"x", document(SOUND)[:-30]])
def test_what_is_no_package_is_one_fault(data: bytes) -> None:
    assert len(audit_document(data)) == 1


def test_braces_that_a_person_wrote_are_no_placeholder() -> None:
    data = document(paragraph("我写了{{姓名}}"))
    assert audit_document(data, ["我写了{{姓名}}"]) == []
    assert audit_document(data, ["别的"])
