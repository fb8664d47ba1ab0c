"""Text sheets become templates: the committed forms are what their sheets say, slim and East Asian."""

import io
import zipfile
from pathlib import Path

import pytest

from forms.audit import audit_document
from forms.errors import TemplateError
from forms.layout import HOME, build_form, main, read_sheet
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
