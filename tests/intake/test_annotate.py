"""The annotated workbook: the clerk's own file, the bad cells red, and it goes in once mended."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from assistcli.intake.annotate import write_annotated
from assistcli.intake.reading import Intake, read_rows
from assistcli.intake.vocabulary import EXPLANATION
from tests.intake.builders import HEADER, id_number, student, students, write_csv, write_xlsx


def read(path: Path) -> Intake:
    """The file read as a list of students."""
    return read_rows(path, subject="student", mapping={}, year=2013)


def bad_rows() -> list[list[object]]:
    """A title, a header, two good rows and one whose ID number has a wrong check digit."""
    wrong = id_number(3)[:-1] + ("1" if id_number(3)[-1] != "1" else "2")
    return [["名单"], [*HEADER], *students(2), [*student(3)[:5], wrong, *student(3)[6:]]]


def annotate(path: Path) -> Path:
    """The annotated copy of *path*."""
    intake = read(path)
    return write_annotated(path, intake, intake.errors)


def test_the_bad_cell_is_red_with_a_comment_and_formatting_stays(tmp_path: Path) -> None:
    source = write_xlsx(tmp_path / "名单.xlsx", bad_rows())
    book = load_workbook(source)
    book.worksheets[0]["B3"].font = Font(name="楷体", size=20)
    book.worksheets[0].column_dimensions["B"].width = 33
    book.save(source)
    target = annotate(source)
    assert target.name == "名单.有错.xlsx"
    sheet = load_workbook(target).worksheets[0]
    assert sheet["F5"].fill.start_color.rgb == "FFFF9999"
    assert "校验位" in sheet["F5"].comment.text
    assert sheet["B3"].font.name == "楷体"
    assert sheet.column_dimensions["B"].width == 33
    assert sheet.cell(2, 10).value == EXPLANATION
    assert "身份证号" in str(sheet.cell(5, 10).value)
    assert sheet.cell(3, 10).value is None


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_mended_it_goes_in(tmp_path: Path, suffix: str) -> None:
    """The red cell filled in, the annotated workbook imports without an error."""
    write = write_xlsx if suffix == "xlsx" else write_csv
    target = annotate(write(tmp_path / f"名单.{suffix}", bad_rows()))
    book = load_workbook(target)
    book.worksheets[0]["F5"].value = id_number(3)
    book.save(target)
    again = read(target)
    assert not again.errors
    assert not again.proposals
    assert len(again.rows) == 3


def test_a_second_round_drops_the_old_marks(tmp_path: Path) -> None:
    """What was mended is no longer red; what is wrong now is; the clerk's mending is not overwritten."""
    target = annotate(write_xlsx(tmp_path / "名单.xlsx", bad_rows()))
    book = load_workbook(target)
    book.worksheets[0]["F5"].value = id_number(3)
    book.worksheets[0]["H4"].value = "也许"
    book.save(target)
    second = annotate(target)
    assert second.name == "名单.有错(2).xlsx"
    sheet = load_workbook(second).worksheets[0]
    assert sheet["F5"].fill.fill_type is None
    assert sheet["F5"].comment is None
    assert sheet.cell(5, 10).value is None
    assert sheet["H4"].comment is not None
    assert sheet.max_column == 10


def test_the_same_errors_again_make_no_second_file(tmp_path: Path) -> None:
    source = write_xlsx(tmp_path / "名单.xlsx", bad_rows())
    assert annotate(source) == annotate(source)
    assert {path.name for path in tmp_path.iterdir()} == {"名单.有错.xlsx", "名单.xlsx"}


def test_a_locked_file_gets_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel holds 名单.有错.xlsx open: the next number is taken."""
    real = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if Path(target).name == "名单.有错.xlsx":
            raise PermissionError
        return real(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    assert annotate(write_xlsx(tmp_path / "名单.xlsx", bad_rows())).name == "名单.有错(2).xlsx"


def test_a_long_name_is_cut_to_what_a_folder_takes(tmp_path: Path) -> None:
    source = write_xlsx(tmp_path / ("名" * 83 + ".xlsx"), bad_rows())
    assert len(annotate(source).name.encode()) <= 255


def test_the_copy_is_for_its_owner_only(tmp_path: Path) -> None:
    target = annotate(write_xlsx(tmp_path / "名单.xlsx", bad_rows()))
    assert target.stat().st_mode & 0o077 == 0


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    rows = bad_rows()
    rows[2][3] = "=1+1"
    sheet = load_workbook(annotate(write_csv(tmp_path / "名单.csv", rows))).worksheets[0]
    assert sheet["D3"].value == "=1+1"
    assert sheet["D3"].data_type == "s"
