"""Text sheets become templates: the committed forms are what their sheets say, slim and East Asian."""

import io
import zipfile
from pathlib import Path

import pytest

from forms.boxes import cell_room
from forms.errors import TemplateError
from forms.fit import text_width, wrap
from forms.layout import HOME, build_form, main, read_sheet
from forms.marks import MARK
from forms.wordml import Element
from tests.forms.audit import audit_document
from tests.forms.documents import W, part, texts

ROOT = Path(str(HOME))
SHEETS = sorted(path for path in (ROOT / "layouts").rglob("*.toml"))
IDS = [f"{path.parent.name}/{path.stem}" for path in SHEETS]


def built_from(sheet: Path) -> Path:
    """The template that *sheet* describes."""
    return ROOT / "templates" / sheet.parent.name / f"{sheet.stem}.docx"


@pytest.mark.parametrize("sheet", SHEETS, ids=IDS)
def test_the_committed_template_is_what_its_sheet_says(sheet: Path) -> None:
    """Rebuilding gives the same parts, byte by byte."""
    with zipfile.ZipFile(built_from(sheet)) as archive:
        committed = {name: archive.read(name) for name in archive.namelist()}
    again = build_form(read_sheet(sheet))
    assert again == build_form(read_sheet(sheet))
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == committed


def test_every_template_has_a_sheet() -> None:
    assert {built_from(sheet) for sheet in SHEETS} == set((ROOT / "templates").rglob("*.docx"))


@pytest.mark.parametrize("sheet", SHEETS, ids=IDS)
def test_templates_are_sound_slim_and_set_in_chinese_type(sheet: Path) -> None:
    """East Asian fonts and language on every run, no theme font, grid and table width agree."""
    data = built_from(sheet).read_bytes()
    root = part(data)
    assert audit_document(data, texts(data)) == []
    assert len(data) < 9_000
    with zipfile.ZipFile(io.BytesIO(data)) as archive:  # else a line before a break is torn to both margins
        assert b"<w:doNotExpandShiftReturn/>" in archive.read("word/settings.xml")
    for run in root.iter(f"{{{W}}}r"):
        fonts = run.find(f"{{{W}}}rPr/{{{W}}}rFonts")
        assert fonts is not None
        assert fonts.get(f"{{{W}}}eastAsia") in ("宋体", "仿宋", "黑体", "方正小标宋简体")
        assert fonts.get(f"{{{W}}}hint") == "eastAsia"
        assert not any("heme" in str(name) for name in fonts.attrib)
        language = run.find(f"{{{W}}}rPr/{{{W}}}lang")
        assert language is not None
        assert language.get(f"{{{W}}}eastAsia") == "zh-CN"
    for table in root.iter(f"{{{W}}}tbl"):
        grid = [int(column.get(f"{{{W}}}w", "0")) for column in table.iter(f"{{{W}}}gridCol")]
        width = table.find(f"{{{W}}}tblPr/{{{W}}}tblW")
        assert width is not None
        assert int(width.get(f"{{{W}}}w", "0")) == sum(grid)


def test_a_clerk_starts_a_form_from_a_text_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, form = tmp_path / "新表.toml", tmp_path / "新表.docx"
    sheet.write_text('[[block]]\ntext = "困难补助申请表"\n', encoding="utf-8")
    assert main([str(sheet), str(form)]) == 0
    assert texts(form.read_bytes()) == ["困难补助申请表"]
    assert main([]) == 2
    sheet.write_text("[[block]\n", encoding="utf-8")
    assert main([str(sheet), str(form)]) == 7
    assert "新表.toml" in capsys.readouterr().err


ONE_PAGE = {  # form → how often its repeating row is printed
    "zust-2013/approval": 0,
    "zust-2013/summary": 11,
    "zust-2013/detail": 15,
    "dalian-2011/approval-new": 0,
    "dalian-2011/approval-continuing": 0,
    "general/claim-slip": 0,
}


@pytest.mark.parametrize("name", ONE_PAGE)
def test_a_one_page_form_leaves_room_for_another_office_to_differ(name: str) -> None:
    """Rows, their borders and paragraphs leave 12 points of the page, for Word, WPS and other fonts."""
    root = part((ROOT / f"templates/{name}.docx").read_bytes())
    size, margins = (next(root.iter(f"{{{W}}}{tag}")) for tag in ("pgSz", "pgMar"))
    page = number_of(size, "h") - number_of(margins, "top") - number_of(margins, "bottom")
    body = next(root.iter(f"{{{W}}}body"))
    used = sum(height_of(found, 700) for found in body.findall(f"{{{W}}}p"))
    for row in body.iter(f"{{{W}}}tr"):
        times = ONE_PAGE[name] if "{{学院们." in text_in(row) or "{{名单." in text_in(row) else 1
        used += times * (number_of(next(row.iter(f"{{{W}}}trHeight")), "val") + 0.5)
    assert used <= page - 12


WIDEST_FIGURE = 0.64  # em, of the substitute that a machine without 仿宋 is likely to take


@pytest.mark.parametrize(
    ("form", "field", "text"),
    [
        ("zust-2013/detail", "名单.手机号码", "13800000001"),
        ("zust-2013/detail", "名单.帮扶类型", "A、B1、B4、B5"),
        ("zust-2013/approval", "手机号码", "13800000001"),
        ("dalian-2011/approval-new", "职工身份证号", "210200196805010000"),
        ("dalian-2011/approval-continuing", "职工身份证号", "210200196805010000"),
        ("general/claim-slip", "手机号码", "13800000001"),
    ],
)
def test_a_number_fits_its_cell_in_a_wide_substitute_font(form: str, field: str, text: str) -> None:
    """It must neither wrap nor be clipped."""
    root = part((ROOT / f"templates/{form}.docx").read_bytes())
    cell = next(cell for cell in root.iter(f"{{{W}}}tc") if text_in(cell) == f"{{{{{field}}}}}")
    room = number_of(next(cell.iter(f"{{{W}}}tcW")), "w") - 12  # both margins and the borders
    narrow = sum(character.isascii() for character in text)
    assert (narrow * WIDEST_FIGURE + len(text) - narrow) * 12 <= room


def test_footnotes_of_five_lines_stay_on_the_page_of_the_summary() -> None:
    root = part((ROOT / "templates/zust-2013/summary.docx").read_bytes())
    page, margins = (next(root.iter(f"{{{W}}}{tag}")) for tag in ("pgSz", "pgMar"))
    room = number_of(page, "h") - number_of(margins, "top") - number_of(margins, "bottom")
    body = next(root.iter(f"{{{W}}}body"))
    used = sum(height_of(found, 700) for found in body.findall(f"{{{W}}}p") if "附注" not in text_in(found))
    for row in body.iter(f"{{{W}}}tr"):
        times = ONE_PAGE["zust-2013/summary"] if "{{学院们." in text_in(row) else 1
        used += times * (number_of(next(row.iter(f"{{{W}}}trHeight")), "val") + 0.5)
    assert used + 5 * 16 <= room - 12


def number_of(element: Element, name: str) -> float:
    """The attribute *name* of *element* in points."""
    return int(element.get(f"{{{W}}}{name}", "0")) / 20


def text_in(element: Element) -> str:
    """All text in *element*."""
    return "".join(map(str, element.itertext()))


@pytest.mark.parametrize(
    ("sheet", "word"),
    [
        ({"style": {"title": {"colour": "red"}}}, "colour"),
        ({"block": [{"text": "x", "style": "缺"}]}, "缺"),
        ({"block": [{"widths": [1, 2], "row": [{"height": 1, "cells": ["一"]}]}]}, "第 1 行"),
        ({"block": [{"widths": [1], "row": [{"height": 1, "cells": ["一", "二"]}]}]}, "第 1 行"),
        ({"block": [{"widths": [1], "row": [{"height": 1, "spans": [2], "cells": ["一"]}]}]}, "第 1 行"),
    ],
)
def test_a_mistake_in_a_sheet_is_named(sheet: dict[str, object], word: str) -> None:
    with pytest.raises(TemplateError, match=word):
        build_form(sheet)


@pytest.mark.parametrize("sheet", SHEETS, ids=IDS)
def test_no_printed_word_is_cut_off_by_an_exact_row(sheet: Path) -> None:
    """Labels and fixed sentences fit their cells, with a line for each placeholder."""
    for cell in part(built_from(sheet).read_bytes()).iter(f"{{{W}}}tc"):
        room = cell_room(cell)
        if room is not None:
            needed = sum(height_of(found, room[0]) for found in cell.iter(f"{{{W}}}p"))
            assert needed <= room[1] + 0.5, "".join(map(str, cell.itertext()))


def height_of(paragraph: Element, width: float) -> float:
    """Height of *paragraph* in points, at *width*."""
    spacing, size = paragraph.find(f"{{{W}}}pPr/{{{W}}}spacing"), paragraph.find(f".//{{{W}}}sz")
    assert spacing is not None
    assert size is not None
    points = int(size.get(f"{{{W}}}val", "0")) / 2
    indents = paragraph.find(f"{{{W}}}pPr/{{{W}}}ind")
    sides = [0 if indents is None else int(indents.get(f"{{{W}}}{name}", "0")) for name in ("left", "right")]
    words = MARK.sub("", "".join(map(str, paragraph.itertext())))
    columns = (width - sum(sides) / 20) / points
    lines = 1 if text_width(words) <= columns else wrap(words, columns, 0, None)[0]
    before, after, line = (int(spacing.get(f"{{{W}}}{name}", "0")) for name in ("before", "after", "line"))
    return (before + after + lines * line) / 20
