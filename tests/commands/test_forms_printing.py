"""Forms of the union's notice, claim slips, PDF and Ctrl-C, from outside."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

import forms.fill
from forms import pdf
from tests.commands.test_forms_templates import union
from tests.commands.test_paperwork import A_ONLY, words
from tests.conftest import Assist, set_options

__all__ = ["union"]
Student = Callable[..., str]
Union = Callable[[str, str], Path]
WORKER = {
    "姓名": "李晓明", "职工姓名": "李大勇", "职工身份证号": "52010319910707928X", "就读学校": "某某理工大学",
    "专业": "机械设计", "家庭月人均收入": "520",
}  # fmt: skip


def child(assist: Assist, **facts: str) -> None:
    """Adds a child of a household."""
    settings = set_options(WORKER | facts)
    assist("add", *settings, "--json")


def text_of(assist: Assist, form: str) -> str:
    """The text of the one printed *form*, without blanks."""
    (path,) = assist("form", form, "李晓明", "--json").json["files"]
    return "".join(words(path).split())


def test_the_union_forms_are_two_templates(assist: Assist, union: Union) -> None:
    """新生 has 备注 and 考上大学子女姓名; 在读 has neither, but 考取年度 (R2-21, R2-26)."""
    union("dalian-2011", "2011")
    child(assist, 考取年度="2010", 在档="是")
    new, continuing = text_of(assist, "approval-new"), text_of(assist, "approval-continuing")
    assert "考上大学子女姓名李晓明" in new
    assert "某某理工大学机械设计" in new
    assert "备注" not in continuing
    assert "考取年度2010" in continuing
    assert "520103" in new


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"在档": "是", "档案类别": "困难农民工"}, "困难职工档案内☑其中困难农民工☑"),
        ({"在档": "是", "档案类别": "困难职工"}, "困难职工档案内☑其中困难农民工□"),
        ({"档案类别": "困难农民工"}, "困难职工档案内☑其中困难农民工☑"),
        ({"在档": "否", "档案类别": "困难农民工"}, "困难职工档案内□其中困难农民工□"),
        ({}, "困难职工档案内□其中困难农民工□"),
    ],
)
def test_the_file_boxes_are_ticked_from_the_file(
    assist: Assist, union: Union, facts: dict[str, str], expected: str
) -> None:
    """R2-23: 其中 implies the first; unknown ticks nothing."""
    union("dalian-2011", "2011")
    child(assist, **facts)
    assert expected in text_of(assist, "approval-new")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"本单位资助": "是"}, "资助的对象□助学资金元，于月日发放"),
        ({"助学资金": "500", "发放日期": "2011-08-20"}, "资助的对象☑助学资金500.00元，于8月20日发放"),
        ({"助学资金": "500"}, "资助的对象□助学资金元，于月日发放"),
        (
            {"本单位资助": "否", "助学资金": "500", "发放日期": "2011-08-20"},
            "资助的对象□助学资金元，于月日发放",
        ),
    ],
)
def test_own_aid_is_printed_only_from_a_payment(
    assist: Assist, union: Union, facts: dict[str, str], expected: str
) -> None:
    """R2-24: an amount and the day it was paid, or ink."""
    union("dalian-2011", "2011")
    child(assist, **facts)
    assert expected in text_of(assist, "approval-new")


def test_the_statistics_form_holds_the_numbers_of_the_report(assist: Assist, union: Union) -> None:
    """42 numbers behind their items, the year, and the footnotes; as of any day."""
    union("dalian-2011", "2011")
    child(assist, 助学资金="500", 发放日期="2011-08-20", 就学阶段="大专以上", 档案类别="困难农民工")
    late = ("--today", "2011-09-01")
    rows = assist(*late, "report", "statistics", "--json").json["rows"]
    (path,) = assist(*late, "form", "statistics", "--json").json["files"]
    lines = [
        list(dict.fromkeys(c.text for c in row.cells)) for t in docx.Document(path).tables for row in t.rows
    ]
    printed = [line[-1] for line in lines if line[-1].replace(".", "").isdecimal()]
    assert printed == [str(row[3]) for row in rows]
    assert "0.05" in printed
    assert "2011年“金秋助学”" in words(path)
    assert "数据截至 2011-09-01" in words(path)
    (past,) = assist(*late, "form", "statistics", "--as-of", "2011-08-10", "--json").json["files"]
    assert "数据截至 2011-08-10" in words(past)
    assert "0.05" not in words(past)


def test_aid_on_record_stands_in_the_approval_form(assist: Assist, student: Student) -> None:
    """R0-25: 在校获资助情况 is what was stated and what was got; what is only applied for is not."""
    student(**A_ONLY, 姓名="李晓明", 在校获资助情况="勤工助学每月300元")
    for aid, state in (("国家助学金", "已获得"), ("勤工助学", "已获得"), ("学费减免", "已申请")):
        assist("record", "aid", "李晓明", aid, state)
    assert "勤工助学每月300元、国家助学金个人申请理由" in text_of(assist, "approval").replace("情况", "")


def test_a_claim_slip_for_each_claim(assist: Assist, student: Student) -> None:
    """Who asked for nothing is left out with that reason."""
    number = student(**A_ONLY)
    student("10800002", **A_ONLY)
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--date", "2013-05-10")
    for amount, receipt in (("300", "0012345"), ("500", "0012346")):
        assist("claim", "add", number, "差旅费", amount, "--receipt", receipt)
    answer = assist("form", "claim-slip", "--json").json
    assert len(answer["files"]) == 2
    assert [entry["reason"] for entry in answer["left_out"]] == ["没有资助申请"]
    text = words(answer["files"][0])
    assert "差旅费" in text
    assert "0012345" in text
    assert "300.00" in text
    assert "元（大写：" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("detail", "10800001"), "不按个案打印"),
        (("detail", "--mode", "彩色"), "电子 或 纸质"),
        (("approval", "--mode", "纸质"), "只用于细化表"),
        (("summary", "--mode", "电子"), "只用于细化表"),
        (("approval", "--as-of", "2013-05-01"), "只用于汇总的表"),
        (("case-file", "10800001", "--college", "机械学院"), "不用 --college"),
        (("approval", "--show-sensitive"), "只用于一人一档"),
        (("approval", "--photos", "."), "没有照片"),
    ],
)
def test_what_a_form_cannot_do_is_refused_not_ignored(
    assist: Assist, student: Student, store: Path, words: tuple[str, ...], said: str
) -> None:
    """A table is not printed for one case; an option that the form does not know is no blank cheque."""
    student(**A_ONLY)
    refused = assist("form", *words, code=2).stderr
    assert said in refused
    assert len(refused.splitlines()) == 1
    assert not (store / "out").exists()


def test_pdf_needs_libreoffice_and_says_so(
    assist: Assist, student: Student, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written; the message says what to do instead."""
    student(**A_ONLY)
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    refused = assist("form", "approval", "--pdf", code=2).stderr
    assert "LibreOffice" in refused
    assert "去掉 --pdf" in refused
    assert not (store / "out").exists()


def test_a_child_without_a_number_is_told_by_the_worker(assist: Assist, union: Union) -> None:
    """Two children may bear one name; a blank column names neither."""
    union("dalian-2011", "2011")
    child(assist, 考取年度="2009")
    answer = assist("form", "approval-new", code=3).stderr
    assert "1 人都略去" in answer
    child(assist, 姓名="乙同学", 职工姓名="王二", 考取年度="2011")
    result = assist("form", "approval-new")
    assert "职工姓名" in result.stdout
    assert "乙同学（王二）" in result.stderr


def test_a_case_named_twice_is_printed_once(assist: Assist, student: Student, tmp_path: Path) -> None:
    """By its number and by its name."""
    number = student(**A_ONLY)
    answer = assist("form", "approval", number, "甲同学", "--out", str(tmp_path / "表"), "--json").json
    assert len(answer["files"]) == 1


@pytest.mark.parametrize("name", ["全部.pdf", "张三.doc", "张三.TXT", "名单.xlsx"])
def test_a_file_that_is_no_word_file_is_not_made_a_folder(
    assist: Assist, student: Student, tmp_path: Path, name: str
) -> None:
    """A folder that is there may be called anything."""
    student(**A_ONLY)
    assert "另加 --pdf" in assist("form", "approval", "--out", str(tmp_path / name), code=2).stderr
    assert not (tmp_path / name).exists()
    (tmp_path / name).mkdir()
    assist("form", "approval", "--out", str(tmp_path / name))


def test_why_a_place_cannot_be_written_is_said_in_chinese(
    assist: Assist, student: Student, tmp_path: Path
) -> None:
    student(**A_ONLY)
    (tmp_path / "文件").write_text("x")
    refused = assist("form", "approval", "--out", str(tmp_path / "文件" / "表"), code=7).stderr
    assert "不是文件夹" in refused
    assert "Not a directory" not in refused


def test_pdf_files_lie_beside_the_word_files(
    assist: Assist, student: Student, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All Word files go to LibreOffice in one call, with time by the number of pages."""
    calls: list[Any] = []

    def convert(office: str, home: Path, sources: list[Path], made: Path, seconds: int) -> None:
        calls.append((len(sources), seconds))
        for source in sources:
            (made / f"{source.stem}.pdf").write_bytes(b"%PDF")

    student("10800001", **A_ONLY)
    student("10800002", **A_ONLY)
    monkeypatch.setattr(pdf, "find_office", lambda: "office")
    monkeypatch.setattr(pdf, "_convert", convert)
    files = assist("form", "approval", "--out", str(tmp_path / "表"), "--pdf", "--json").json["files"]
    assert [Path(path).suffix for path in files] == [".docx", ".docx", ".pdf", ".pdf"]
    assert all(Path(path).is_file() and Path(path).parent == tmp_path / "表" for path in files)
    assert calls == [(2, pdf.SECONDS)]


def test_an_interrupt_leaves_nothing_half_done(
    assist: Assist, student: Student, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 130, and the folder is as it was."""
    student("10800001", **A_ONLY)
    student("10800002", **A_ONLY)
    calls = []

    def fill(*arguments: Any) -> bytes:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return forms.fill.fill(*arguments)

    monkeypatch.setattr("forms.batch.fill", fill)
    assert "已中断" in assist("form", "approval", code=130).stderr
    assert not list((store / "out").iterdir())
