"""Signed forms that are back: recorded with the scan's hash, and the list of those that are not."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.test_paperwork import A_ONLY, NOBODY
from tests.conftest import Assist

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


def test_a_notice_without_application_forms_awaits_none(
    assist: Assist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is not the same as all being back."""
    assist("init", str(tmp_path / "s"), "--pack", "key-groups-2022", "--unit", "某大学", "--year", "2022")
    monkeypatch.setenv("ASSIST_STORE", str(tmp_path / "s"))
    assert "没有每人一份的申请表" in assist("form", "filed").stdout
    assert assist("form", "filed", "--json").json == []
