"""Signed forms that are back: recorded with the scan's hash, and the list of those that are not."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.commands.test_paperwork import A_ONLY, NOBODY
from tests.conftest import Assist, Founded

Student = Callable[..., str]


def out(assist: Assist, *words: str) -> list[tuple[str, str]]:
    """Student number and form of what is not back."""
    return [(e["student_no"], e["form"]) for e in assist("form", "filed", *words, "--json").json]


def test_a_signed_form_comes_back_with_its_scan(assist: Assist, student: Student, tmp_path: Path) -> None:
    """Day and SHA-256 are kept; the case leaves the list; undo puts it back."""
    number = student(**A_ONLY)
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    assert out(assist) == [(number, "approval")]
    (filed,) = assist(
        "form", "filed", number, "审批表", "--date", "2013-05-20", "--scan", str(scan), "--json"
    ).json
    assert filed["sha256"] == hashlib.sha256(b"%PDF-1.7 signed").hexdigest()
    assert (filed["form"], filed["date"], filed["scan"]) == ("approval", "2013-05-20", "扫描.pdf")
    assert out(assist) == []
    assert "都已交回" in assist("form", "filed").stdout
    assist("undo")
    assert out(assist) == [(number, "approval")]


def test_several_forms_come_back_at_once_or_not_at_all(assist: Assist, student: Student) -> None:
    """One wrong name and nothing is recorded."""
    numbers = [student(f"1080000{place}", **A_ONLY) for place in (1, 2, 3)]
    assist("form", "filed", *numbers[:2], "不存在", "approval", code=5)
    assert len(out(assist)) == 3
    assist("form", "filed", *numbers[:2], "approval", "--date", "2013-05-20")
    assert out(assist) == [(numbers[2], "approval")]


def test_only_forms_that_would_be_printed_are_awaited(assist: Assist, student: Student) -> None:
    """Who is surely not entitled hands in nothing; other forms are listed when they are named."""
    student("10800001", **A_ONLY)
    student("10800002", **NOBODY)
    assert out(assist) == [("10800001", "approval")]
    assert out(assist, "case-file") == [("10800001", "case-file"), ("10800002", "case-file")]


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("10800001", "approval", "--date", "2013-06-02"), "还没有到", 3),
        (("10800001", "approval", "--scan", "没有.pdf"), "没有文件「没有.pdf」", 3),
        (("10800001", "approval", "--scan", "空.pdf"), "空文件", 3),
        (("10800001", "summary"), "不按个案归档", 3),
        (("10800001", "aproval"), "没有「aproval」", 3),
        (("10800009", "approval"), "没有找到", 5),
        (("10800001", "10800001", "approval", "--scan", "空.pdf"), "一次只对一个个案", 2),
        (("--date", "2013-05-20"), "请写明个案和表名", 2),
    ],
)
def test_what_cannot_be_filed_is_refused_and_nothing_is_recorded(
    assist: Assist, student: Student, tmp_path: Path, words: tuple[str, ...], said: str, code: int
) -> None:
    """What, and what to do."""
    student(**A_ONLY)
    (tmp_path / "空.pdf").touch()
    assert said in assist("form", "filed", *words, code=code).stderr
    assert len(out(assist)) == 1


@pytest.mark.parametrize("name", ["z.json", "z.pdf", "z.jpg"])
@pytest.mark.parametrize(
    "content",
    [
        b'{"a": 1}',
        b"PK\x03\x04\x14\0\0\0\0\0 %PDF-1.7",
        b"<html>",
        b"BMI 22",
        "一段文字".encode(),
        b"\0" * 99,
    ],
    ids=["json", "zip", "web page", "BM", "text", "zeros"],
)
def test_a_file_that_is_no_scan_is_refused_by_what_is_in_it(
    assist: Assist, student: Student, tmp_path: Path, name: str, content: bytes
) -> None:
    """Whatever it is called; nothing is recorded."""
    student(**A_ONLY)
    (tmp_path / name).write_bytes(content)
    told = assist("form", "filed", "10800001", "approval", "--scan", str(tmp_path / name), code=3).stderr
    assert f"「{name}」的内容不是图片或 PDF" in told
    assert len(out(assist)) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP", "JPEG2000", "PDF"])
def test_pictures_of_every_usual_kind_are_scans(
    assist: Assist, student: Student, tmp_path: Path, kind: str
) -> None:
    """As the picture library writes them, under any name."""
    from PIL import Image

    student(**A_ONLY)
    for mode in ("L", "RGB"):
        Image.new(mode, (40, 30)).save(tmp_path / "扫描", kind)
        assist("form", "filed", "10800001", "approval", "--scan", str(tmp_path / "扫描"))


def test_one_scan_under_two_names_is_told(assist: Assist, student: Student, tmp_path: Path) -> None:
    """It may hold both forms; a person should look."""
    numbers = [student(f"1080000{place}", **A_ONLY) for place in (1, 2)]
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    told = [
        assist("form", "filed", n, "approval", "--scan", str(scan)).stderr for n in (*numbers, numbers[1])
    ]
    assert told[0] == ""
    assert "已登记在 甲同学 10800001 名下" in told[1]
    assert "10800002" not in told[2]


def test_a_notice_without_application_forms_awaits_none(assist: Assist, founded: Founded) -> None:
    """That is not the same as all being back."""
    founded("key-groups-2022", "2022")
    assert "没有每人一份的申请表" in assist("form", "filed").stdout
    assert assist("form", "filed", "--json").json == []


def apply(assist: Assist, number: str) -> None:
    """Begin the approval chain of a student."""
    assist("step", number, "申请", "--date", "2013-05-10")


def due_forms(assist: Assist) -> list[tuple[str, str]]:
    """Student number and command of each form that is due."""
    return [(e["student_no"], e["command"]) for e in assist("due", "--kind", "表格", "--json").json]


def test_a_form_is_due_from_the_application_until_it_is_back(assist: Assist, student: Student) -> None:
    """With the command that clears it; who has not applied, or was refused, owes none."""
    for number in ("10800001", "10800002", "10800003"):
        student(number, **A_ONLY)
    student("10800004", **NOBODY)
    assert due_forms(assist) == []
    for number in ("10800001", "10800002"):
        apply(assist, number)
    assist("step", "10800002", "核对", "--result", "不同意", "--reason", "不困难", "--date", "2013-05-11")
    assert due_forms(assist) == [("10800001", "assist form filed 10800001 approval")]
    assert "审批表」签字盖章后还没有交回归档" in assist("due").stdout
    assist("form", "filed", "10800001", "approval", "--date", "2013-05-20")
    assert due_forms(assist) == []


def test_a_case_shows_what_is_back(assist: Assist, student: Student, tmp_path: Path) -> None:
    """Day, form, scan and its hash."""
    number = student(**A_ONLY)
    assert "签字盖章后交回的表格" not in assist("show", number).stdout
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    assist("form", "filed", number, "approval", "--date", "2013-05-20", "--scan", str(scan))
    digest = hashlib.sha256(b"%PDF-1.7 signed").hexdigest()
    [filing] = assist("show", number, "--json").json["filings"]
    assert (filing["form"], filing["date"], filing["scan"]) == ("approval", "2013-05-20", digest)
    shown = assist("show", number).stdout
    assert "签字盖章后交回的表格" in shown
    assert f"SHA-256 {digest[:12]}" in shown


def test_all_forms_are_listed_and_exported_back_or_not(
    assist: Assist, student: Student, tmp_path: Path
) -> None:
    """Numbers, dates, whole hashes; one that came back stays listed though the verdict changed since."""
    student("10800001", **A_ONLY)
    student("10800002", **A_ONLY)
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    assist("form", "filed", "10800001", "approval", "--date", "2013-05-20", "--scan", str(scan))
    assist("edit", "10800001", "--set", "贫困生等级=无")
    listed = assist("form", "filed", "--all", "--json").json
    assert [(e["student_no"], e["back"]) for e in listed] == [("10800001", True), ("10800002", False)]
    assert listed[0]["filing"]["sha256"] == hashlib.sha256(b"%PDF-1.7 signed").hexdigest()
    assert "已交回 1 份，未交回 1 份" in assist("form", "filed", "--all").stdout
    assist("form", "filed", "approval", "--out", "归档.xlsx")
    rows = [[c.value for c in row] for row in openpyxl.load_workbook("归档.xlsx").worksheets[0].rows]
    assert rows[1] == ["学号", "姓名", "表格", "状态", "交回", "经办人", "扫描件", "SHA-256"]
    assert [row[3] for row in rows[2:4]] == ["已交回", "未交回"]
    assert "不与个案同用" in assist("form", "filed", "10800001", "approval", "--all", code=2).stderr
