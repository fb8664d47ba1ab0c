"""The charts of the bulletin in Word: Chinese letters, equal bytes every time, words beside the picture."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from assistcli.paper import picture
from assistcli.paper.picture import covering_font, picture_of
from assistcli.paper.tabledoc import save_table
from assistcli.reports.chart import Chart, make_chart

CHART = make_chart("各学院落实情况（人）", ("原已落实", "新落实"), [("园艺学院", (3, 1)), ("茶学院", (0, 2))])
needs_font = pytest.mark.skipif(
    covering_font("园艺学院落实情况") is None, reason="no Chinese font on this machine"
)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@needs_font
def test_the_same_chart_gives_the_same_bytes() -> None:
    """In this process and in a fresh one; nothing in the file says when or by what it was made."""
    first, second = picture_of(CHART), picture_of(CHART)
    assert first.png is not None
    assert first == second
    program = (
        "import sys; from assistcli.paper.picture import picture_of\n"
        "from tests.paper.test_picture import CHART\n"
        "sys.stdout.buffer.write(picture_of(CHART).png)"
    )
    fresh = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    assert fresh == first.png
    assert b"tEXt" not in first.png


@needs_font
def test_a_name_is_never_read_as_a_formula_and_no_letter_becomes_a_box() -> None:
    """Dollar signs stay what they are; drawing warns of no missing letter (warnings are errors here)."""
    odd = make_chart("图", ("甲",), [(r"$\frac$ 学院_{1}", (1,)), ("一个名称特别长的学院或者单位名称", (2,))])
    assert picture_of(odd).png is not None


@needs_font
def test_more_bars_make_a_higher_picture_that_fits_a_page() -> None:
    """Twenty bars at most; nine inches are free on a page."""
    many = make_chart("图", ("甲",), [(f"单位{n}", (n,)) for n in range(60)])
    png, small = picture_of(many).png, picture_of(CHART).png
    assert png is not None
    assert small is not None
    assert size_of(png)[1] > size_of(small)[1]
    assert size_of(png)[1] < 9 * picture.DPI


def test_letters_that_no_font_has_are_told_not_drawn() -> None:
    """A private letter is in no font: no picture, and so no boxes."""
    unknown = Chart(title="图", labels=("\U0010fffd",), series=(("甲", (1,)),))
    assert covering_font("\U0010fffd") is None
    assert picture_of(unknown).png is None


def charts_of(path: Path) -> tuple[list[str], list[tuple[str, str]], int]:
    """Texts of all paragraphs, alt text and title of all pictures, number of images in a document."""
    from docx import Document

    document = Document(str(path))
    shapes = [shape._inline.docPr for shape in document.inline_shapes]
    images = [part for part in document.part.package.iter_parts() if part.content_type == "image/png"]
    return (
        [p.text for p in document.paragraphs],
        [(s.get("descr"), s.get("title")) for s in shapes],
        len(images),
    )


@needs_font
def test_a_picture_in_word_has_a_caption_and_its_numbers_in_words(tmp_path: Path) -> None:
    """Caption above the picture, alt text with every number."""
    path = save_table("通报", ("甲",), [(1,)], (), tmp_path / "通报.docx", [CHART])
    texts, shapes, images = charts_of(path)
    assert "图 1　各学院落实情况（人）" in texts
    assert shapes == [(CHART.described, CHART.caption)]
    assert "园艺学院 原已落实3、新落实1" in CHART.described
    assert images == 1


def test_without_a_chinese_font_the_document_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No boxes: the numbers stand in the table, the document and the screen say what to install."""
    monkeypatch.setattr(picture, "covering_font", lambda text: None)
    path = save_table("通报", ("甲",), [(1,)], (), tmp_path / "通报.docx", [CHART])
    texts, shapes, images = charts_of(path)
    assert any("没有能显示全部文字的中文字体" in text for text in texts)
    assert (shapes, images) == ([], 0)
    assert "请安装" in capsys.readouterr().err


def test_a_picture_is_read_from_memory_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a chart is left in the folder but the document."""
    monkeypatch.chdir(tmp_path)
    save_table("通报", ("甲",), [(1,)], (), tmp_path / "通报.docx", [CHART])
    assert [path.name for path in tmp_path.iterdir()] == ["通报.docx"]
