"""Photos: decoded and written anew, printed in their box, stored once, and never opened by a value."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree
from PIL import Image

from forms.batch import write_batch
from forms.errors import RecordError, TemplateError
from forms.fill import fill
from forms.formmap import map_form
from forms.layout import HOME
from forms.photo import LONGEST_EDGE, MAX_FILE, Photo, read_photo
from forms.readback import read_form
from forms.returned import read_document
from forms.template import Template, load_template
from tests.forms.audit import audit_document
from tests.forms.documents import W, document, paragraph, part, table, texts
from tests.forms.pictures import WHERE, draw, jpeg, png, save, telltale_jpeg, telltale_png

CASE_FILE = Path(str(HOME)) / "templates/general/case-file.docx"
BOX = paragraph("{{照片|照片}}")
EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
CM = 360_000  # EMU


def photo(tmp_path: Path, data: bytes, name: str = "x.jpg") -> Photo:
    """The photo in a file that holds *data*."""
    return read_photo(save(data, tmp_path / name))


def extents(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each photo of a document, in cm."""
    return [(int(e.get("cx", "0")) / CM, int(e.get("cy", "0")) / CM) for e in part(data).iter(EXTENT)]


def members(data: bytes) -> dict[str, bytes]:
    """The package's members."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def template(body: str = BOX) -> Template:
    """A template of *body*."""
    return load_template(document(body))


@pytest.mark.parametrize("data", [telltale_jpeg(), telltale_png(), telltale_jpeg(6)])
def test_nothing_but_pixels_goes_on(data: bytes, tmp_path: Path) -> None:
    """Where a photo was taken, in any of its corners, is not in the form."""
    assert WHERE in data
    filled = fill(template(), {"照片": photo(tmp_path, data)})
    assert all(WHERE not in content for content in members(filled).values())
    [stored] = [content for name, content in members(filled).items() if name.startswith("word/media/")]
    with Image.open(io.BytesIO(stored)) as image:
        assert not image.getexif()
        assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [(1, (300, 400), (10, 10)), (3, (300, 400), (290, 390)), (6, (400, 300), (390, 10)),
     (8, (400, 300), (10, 290))],
)  # fmt: skip
def test_a_photo_stands_upright(
    orientation: int, size: tuple[int, int], red: tuple[int, int], tmp_path: Path
) -> None:
    """As the telephone was held."""
    found = photo(tmp_path, telltale_jpeg(orientation))
    assert (found.width, found.height) == size
    with Image.open(io.BytesIO(found.data)) as image:
        pixel = image.convert("RGB").getpixel(red)
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "1", "P", "RGBA", "LA", "I;16"])
def test_every_kind_of_colour_is_printed(mode: str, tmp_path: Path) -> None:
    made = jpeg(draw(mode=mode)) if mode == "CMYK" else png(draw(mode="L" if mode == "I;16" else mode))
    found = photo(tmp_path, made, "x.png")
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.mode == "RGB"


def test_what_one_can_see_through_is_white(tmp_path: Path) -> None:
    found = photo(tmp_path, png(Image.new("RGBA", (80, 80), (0, 0, 0, 0))))
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.getpixel((40, 40)) == (255, 255, 255)


def test_a_large_photo_is_shrunk_to_print_resolution(tmp_path: Path) -> None:
    found = photo(tmp_path, jpeg(draw(3000, 4000)))
    assert (found.width, found.height) == (LONGEST_EDGE * 3 // 4, LONGEST_EDGE)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是 jpg 或 png"),
        (b"GIF89a" + b"x" * 100, "不是 jpg 或 png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是 jpg 或 png"),
        (b"%PDF-1.7", "不是 jpg 或 png"),
        (jpeg()[:200], "损坏"),
        (png()[:80], "损坏"),
        (b"\xff\xd8\xff" + b"x" * 500, "损坏"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 500, "损坏"),
        (jpeg(draw(40, 400)), "太小"),
        (png(Image.new("1", (9000, 9000))), "像素过多"),
        (png(Image.new("1", (14000, 14000))), "像素过多"),
        (b"\xff\xd8\xff" + b"x" * MAX_FILE, "超过 20 MB"),
    ],
    ids=range(12),
)
def test_what_is_no_sound_photo_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    """By what is in the file, whatever it is called."""
    with pytest.raises(RecordError, match=said):
        photo(tmp_path, data)


def test_a_photo_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"打不开照片“无.jpg”"):
        read_photo(tmp_path / "无.jpg")


def test_a_photo_keeps_its_proportions_in_its_box(tmp_path: Path) -> None:
    """2.5 × 3.5 cm unless the template says otherwise; never more than the cell has."""
    tall, wide = photo(tmp_path, jpeg(draw(100, 400))), photo(tmp_path, jpeg(draw(400, 200)))
    assert extents(fill(template(), {"照片": tall}))[0] == pytest.approx((0.875, 3.5), abs=0.01)
    assert extents(fill(template(), {"照片": wide}))[0] == pytest.approx((2.5, 1.25), abs=0.01)
    large = template(paragraph("{{照片|照片5x7}}"))
    assert extents(fill(large, {"照片": wide}))[0] == pytest.approx((5, 2.5), abs=0.01)
    exact = '<w:trPr><w:trHeight w:val="567" w:hRule="exact"/></w:trPr>'
    cell = template(table(("{{照片|照片}}",), properties=exact) + paragraph(""))
    width, height = extents(fill(cell, {"照片": tall}))[0]
    assert height <= 1.01
    assert width == pytest.approx(height / 4, abs=0.01)


def test_an_exact_line_does_not_cut_the_photo(tmp_path: Path) -> None:
    body = BOX.replace("<w:p>", '<w:p><w:pPr><w:spacing w:line="240" w:lineRule="exact"/></w:pPr>')
    filled = part(fill(template(body), {"照片": photo(tmp_path, jpeg())}))
    assert [s.get(f"{{{W}}}lineRule") for s in filled.iter(f"{{{W}}}spacing")] == ["auto"]


@pytest.mark.parametrize("value", [None, "", "张三.jpg", "/etc/passwd", "../../x.png", 7, b"\xff\xd8\xff"])
def test_without_a_photo_the_word_stays_in_the_box(value: object) -> None:
    """A value is never taken for a path."""
    filled = fill(template(), {"照片": value})
    assert texts(filled) == ["照片"]
    assert not [name for name in members(filled) if "media" in name]
    assert audit_document(filled) == []
    assert template().missing({"照片": value}) == ["照片"]


def test_a_photo_prints_no_text_where_text_is_asked_for(tmp_path: Path) -> None:
    found = photo(tmp_path, jpeg())
    assert texts(fill(template(paragraph("[{{照片}}]")), {"照片": found})) == ["[]"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (paragraph("照片：{{照片|照片}}"), "单独放一段"),
        (paragraph("{{照片|照片}}{{姓名}}"), "单独放一段"),
        (paragraph("{{照片|照片0.1×1}}"), "大小写法不对"),
        (paragraph("{{照片|照片30×40}}"), "大小写法不对"),
        (paragraph("{{照片|照片大}}"), "大小写法不对"),
    ],
)
def test_a_photo_that_cannot_be_placed_is_refused(body: str, said: str) -> None:
    with pytest.raises(TemplateError, match=said):
        template(body)


def test_a_header_holds_no_photo() -> None:
    header = {"word/header1.xml": f'<w:hdr xmlns:w="{W}">{BOX}</w:hdr>'}
    with pytest.raises(TemplateError, match="不能放在页眉"):
        load_template(document(paragraph("{{a}}"), header))


def test_a_photo_is_stored_once_and_drawn_as_often_as_it_is_asked_for(tmp_path: Path) -> None:
    """In one document of many people, in a list, and beside the template's own pictures."""
    one, two = photo(tmp_path, jpeg()), photo(tmp_path, jpeg(draw(200, 200)))
    rows = table(("{{名单.姓名}}", "{{名单.照片|照片}}"))
    loaded = template(BOX + rows + paragraph("尾"))
    people = [
        {"照片": one, "名单": [{"照片": two}, {"照片": one}, {}]},
        {},
        {"照片": two, "名单": [{"照片": one}]},
    ]
    assert write_batch(loaded, people, tmp_path / "x.docx") == 3
    made = (tmp_path / "x.docx").read_bytes()
    assert audit_document(made) == []
    assert len(docx.Document(io.BytesIO(made)).inline_shapes) == 5
    stored = {name: content for name, content in members(made).items() if "media" in name}
    assert stored == {"word/media/photo1.jpg": one.data, "word/media/photo2.jpg": two.data}
    assert texts(made).count("照片") == 2  # a row without a person has no box to fill
    write_batch(loaded, people, tmp_path / "y.docx")
    assert (tmp_path / "y.docx").read_bytes() == made


def test_relationships_of_the_template_stay(tmp_path: Path) -> None:
    """A seal of the office that the template holds already keeps its own."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    drawing = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="rId7"/>'
        "</v:shape></w:pict></w:r></w:p>"
    )
    base = members(document(""))
    related = etree.fromstring(base["word/_rels/document.xml.rels"])
    etree.SubElement(
        related, f"{{{related.nsmap[None]}}}Relationship", Id="rId7", Type=kind, Target="media/s.jpg"
    )
    types = base["[Content_Types].xml"].replace(
        b"<Default", b'<Default Extension="jpg" ContentType="image/jpeg"/><Default', 1
    )
    extra = {
        "word/_rels/document.xml.rels": etree.tostring(related), "word/media/s.jpg": jpeg(),
        "[Content_Types].xml": types,
    }  # fmt: skip
    filled = fill(
        load_template(document(drawing + BOX, extra)), {"照片": photo(tmp_path, jpeg(draw(90, 90)))}
    )
    assert audit_document(filled) == []
    assert {name for name in members(filled) if "media" in name} == {
        "word/media/s.jpg",
        "word/media/photo1.jpg",
    }


def test_a_batch_leaves_nothing_but_its_document(tmp_path: Path) -> None:
    """Photos wait on disk until the text is written; no copy of them stays behind."""
    people = [{"照片": photo(tmp_path, jpeg(draw(100 + number, 100)))} for number in range(3)]
    write_batch(template(), people, tmp_path / "out" / "x.docx")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["x.docx"]
    assert len([name for name in members((tmp_path / "out/x.docx").read_bytes()) if "media" in name]) == 3


def test_the_box_of_a_photo_answers_nothing_when_a_form_comes_back(tmp_path: Path) -> None:
    """Neither its word nor its picture."""
    loaded, form = load_template(CASE_FILE), map_form(CASE_FILE)
    for value in (None, photo(tmp_path, jpeg())):
        made = fill(loaded, {"姓名": "李晓明", "照片": value})
        reading = read_form(read_document(made), form)
        assert "照片" not in reading.values
        assert reading.values["姓名"] == "李晓明"
        assert reading.missing == ()
