"""Hostile templates: refused with a reason, before anything of them is used."""

import io
import zipfile

import pytest

from forms.errors import TemplateError
from forms.fill import fill
from forms.template import load_template
from tests.forms.documents import W, document, package, paragraph, texts

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
BODY = paragraph("{{姓名}}")


def relationship(kind: str, target: str, mode: str = "") -> str:
    """A relationships part with one entry."""
    how = f' TargetMode="{mode}"' if mode else ""
    return (
        f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId9" Type="{RELATIONSHIPS}/{kind}" Target="{target}"{how}/></Relationships>'
    )


def field(*codes: str) -> str:
    """A paragraph with a field whose code is split over runs."""
    parts = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    character = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"<w:p>{character.format('begin')}{parts}{character.format('end')}</w:p>"


def picture(shape: str) -> str:
    """A drawing of old, which needs no relationship to fetch something."""
    spaces = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    return f"<w:p><w:r><w:pict><v:group {spaces}>{shape}</v:group></w:pict></w:r></w:p>"


EXTERNAL = {
    f"{kind}-{number}": {"word/_rels/document.xml.rels": relationship(kind, target, mode)}
    for number, (kind, target, mode) in enumerate([
        ("hyperlink", "https://example.com/", "External"),
        ("hyperlink", "mailto:a@example.com", "External"),
        ("image", "https://example.com/x.png", "External"),
        ("image", "file:///etc/passwd", ""),
        ("image", "\\\\server\\share\\x.png", "external"),
        ("image", "//server/x.png", ""),
        ("attachedTemplate", "http://example.com/x.dotm", "External"),
        ("attachedTemplate", "x.dotm", ""),
        ("oleObject", "embeddings/x.bin", ""),
        ("package", "x.xlsx", ""),
        ("aFChunk", "chunk.html", ""),
        ("frame", "x.html", ""),
        ("subDocument", "x.docx", ""),
        ("vbaProject", "x.bin", ""),
        ("control", "x.xml", ""),
    ])
}  # fmt: skip
MEMBERS = {
    "vba": {"word/vbaProject.bin": b"x"},
    "vba-case": {"word/VBAPROJECT.BIN": b"x"},
    "ole": {"word/embeddings/oleObject1.bin": b"x"},
    "embedded-sheet": {"word/embeddings/sheet.xlsx": b"x"},
    "activex": {"word/activeX/activeX1.xml": b"<x/>"},
    "ribbon": {"customUI/customUI14.xml": b"<customUI/>"},
    "chunk": {"word/afchunk.mht": b"x"},
    "settings-template": {
        "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:attachedTemplate/></w:settings>'
    },
    "mail-merge": {"word/settings.xml": f'<w:settings xmlns:w="{W}"><w:mailMerge/></w:settings>'},
    "settings-external": {
        "word/_rels/settings.xml.rels": relationship("attachedTemplate", "http://example.com/x", "External")
    },
    "add-in": {"word/webextensions/taskpanes.xml": "<x/>"},
    "add-in-linked": {"_rels/.rels": relationship("webextensiontaskpanes", "taskpanes.xml")},
    "keys": {"word/_rels/document.xml.rels": relationship("keyMapCustomizations", "customizations.xml")},
    "style-sheet": {"word/settings.xml": f'<w:settings xmlns:w="{W}"><w:saveThroughXslt/></w:settings>'},
    "macro-type": {
        "[Content_Types].xml": '<Types xmlns="x"><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    },
}
BODIES = {
    "altChunk": "<w:altChunk/>",
    "object": "<w:p><w:r><w:object/></w:r></w:p>",
    "dde": field(" DDE excel x y "),
    "dde-split": field("D", "DE", "AUTO c:\\\\windows\\\\system32\\\\cmd.exe"),
    "dde-over-paragraphs": field("D", "DEAU</w:instrText></w:r></w:p><w:p><w:r><w:instrText>TO cmd"),
    "dde-lower": field(" ddeauto x "),
    "include-text": field(" INCLUDETEXT x "),
    "include-picture": field(' INCLUDEPICTURE "http://example.com/x" '),
    "link": field(" LINK x "),
    "import": field(" IMPORT x "),
    "database": field(" DATABASE x "),
    "macro-button": field(" MACROBUTTON x y "),
    "hyperlink": field(' HYPERLINK "http://example.com/" '),
    "quote": field(" QUOTE 68 68 69 "),
    "simple": '<w:p><w:fldSimple w:instr=" DDEAUTO x "/></w:p>',
    "in-header": BODY,
    "picture-by-address": picture('<v:imagedata src=" http://example.com/x.png"/>'),
    "picture-of-office": picture('<v:imagedata o:href="file:///etc/passwd"/>'),
    "picture-that-leads-out": picture('<v:shape HREF="\\\\server\\share"/>'),
}
BODIES_MEMBERS: dict[str, dict[str, str | bytes]] = {
    "in-header": {"word/header1.xml": f'<w:hdr xmlns:w="{W}">{field(" DDE x ")}</w:hdr>'}
}


def test_there_are_enough_hostile_templates() -> None:
    assert len({**EXTERNAL, **MEMBERS, **BODIES, **ENTITIES}) >= 52


@pytest.mark.parametrize("members", [*EXTERNAL.values(), *MEMBERS.values()], ids=[*EXTERNAL, *MEMBERS])
def test_nothing_external_or_executable_comes_in_with_the_package(members: dict[str, str | bytes]) -> None:
    with pytest.raises(TemplateError, match="不能用作模板"):
        load_template(document(BODY, members))


@pytest.mark.parametrize("name", BODIES)
def test_nor_in_the_text(name: str) -> None:
    with pytest.raises(TemplateError, match="不能用作模板"):
        load_template(document(BODY + BODIES[name], BODIES_MEMBERS.get(name)))


@pytest.mark.parametrize("code", [" PAGE ", " NUMPAGES \\* Arabic ", " SEQ x ", " DATE "])
def test_page_numbers_are_welcome(code: str) -> None:
    load_template(document(BODY + field(code)))


@pytest.mark.parametrize(
    ("body", "members", "remedy"),
    [
        (BODY, EXTERNAL["attachedTemplate-6"], "文档模板"),
        (BODY, EXTERNAL["hyperlink-1"], "取消超链接"),
        (BODY + BODIES["quote"], {}, r"Ctrl\+Shift\+F9"),
        (BODY, MEMBERS["macro-type"], "不带宏"),
        (BODY, MEMBERS["ole"], "请在 Word 里删去"),
    ],
)
def test_a_clerk_is_told_how_to_be_rid_of_it(body: str, members: dict[str, str | bytes], remedy: str) -> None:
    """Where a document was made from another, its template's path goes with it unseen."""
    with pytest.raises(TemplateError, match=remedy):
        load_template(document(body, members))


def test_a_shape_may_lead_to_a_place_in_the_form() -> None:
    load_template(document(BODY + picture('<v:shape href="#页尾"/><v:imagedata src=""/>')))


def test_a_template_cannot_run_what_jinja_would() -> None:
    """Words of a foreign template language are text or a refusal, never executed."""
    body = paragraph("{{ cycler.__init__.__globals__.os.popen('x') }}")
    with pytest.raises(TemplateError, match="写法不对"):
        load_template(document(body))
    assert texts(fill(load_template(document(paragraph("{% for a in b %}"))), {})) == ["{% for a in b %}"]


def bomb(size: int, members: int = 1) -> bytes:
    """A package with members of *size* zeros."""
    return document(BODY, {f"word/media/{number}.bin": b"\0" * size for number in range(members)})


@pytest.mark.parametrize(("size", "members"), [(30_000_000, 1), (900_000, 50), (1, 500)])
def test_zip_bombs_are_refused_unopened(size: int, members: int) -> None:
    with pytest.raises(TemplateError, match=r"过大|过多"):
        load_template(bomb(size, members))


@pytest.mark.parametrize("name", ["../x", "/x", "word\\x", "word/../../x"])
def test_member_names_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(TemplateError, match="可疑"):
        load_template(document(BODY, {name: "x"}))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "internal": '<!ENTITY a "x">',
    "external": '<!ENTITY a SYSTEM "file:///etc/passwd">',
    "remote": '<!ENTITY a SYSTEM "http://example.com/x">',
    "parameter": '<!ENTITY % a SYSTEM "http://example.com/x.dtd"> %a;',
    "billion-laughs": f'<!ENTITY l0 "ha">{LAUGHS}<!ENTITY a "&l9;">',
    "quadratic": f'<!ENTITY a "{"a" * 100_000}">',
}


@pytest.mark.parametrize("name", ENTITIES)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"])
def test_entities_are_refused(part: str, name: str) -> None:
    """Unread: none is ever expanded or fetched."""
    xml = f'<!DOCTYPE x [{ENTITIES[name]}]><w:document xmlns:w="{W}"><w:body>&a;</w:body></w:document>'
    with pytest.raises(TemplateError, match="DTD"):
        load_template(document(BODY, {part: xml}))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-7"])
def test_entities_are_refused_in_another_encoding(encoding: str) -> None:
    """Where the bytes of <!DOCTYPE do not stand in the part as such."""
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "x">]>'
        f'<w:document xmlns:w="{W}"><w:body>{BODY}</w:body></w:document>'
    )
    with pytest.raises(TemplateError, match="DTD"):
        load_template(document(BODY, {"word/document.xml": xml.encode(encoding).replace(b"<!", b"+ADwAIQ-")}))


def test_two_members_of_one_name_are_refused() -> None:
    """One reader would see the first, another the second."""
    buffer = io.BytesIO(document(BODY))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(TemplateError, match="重名"):
        load_template(buffer.getvalue())


def test_what_a_template_hides_does_not_reach_a_form() -> None:
    """Its maker, its first page, pictures taken off the page, remarks, data of other programs."""
    secret = b"SECRET"
    core = b'<cp:coreProperties xmlns:cp="x"><creator>SECRET</creator></cp:coreProperties>'
    hidden: dict[str, str | bytes] = {
        "docProps/core.xml": core, "docProps/thumbnail.jpeg": secret, "word/media/gone.png": secret,
        "customXml/item1.xml": b"<x>SECRET</x>", "docProps/custom.xml": b"<x>SECRET</x>",
        "word/comments.xml": f'<w:comments xmlns:w="{W}">SECRET</w:comments>',
        "word/_rels/document.xml.rels": relationship("comments", "comments.xml"),
    }  # fmt: skip
    filled = fill(load_template(document(BODY, hidden)), {})
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        assert [name for name in archive.namelist() if secret in archive.read(name)] == []


def broken_zip() -> bytes:
    """A package with a damaged member."""
    data = bytearray(document(BODY))
    data[60:90] = b"x" * 30
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "不是完好的"),
        (b"PK\x03\x04", "不是完好的"),
        (b"<html></html>", "不是完好的"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "另存为 .docx"),
        (document(BODY)[:-40], "不是完好的"),
        (broken_zip(), "不是完好的"),
        (document(BODY, {"word/document.xml": "<w:document"}), "已损坏"),
        (document(""), "没有段落"),
        (package({"word/document.xml": f'<w:document xmlns:w="{W}"/>'}), "正文是空的"),
    ],
)
def test_what_is_no_sound_document_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(TemplateError, match=reason):
        load_template(data)


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(TemplateError, match="不是 Word 文档"):
        load_template(buffer.getvalue())
