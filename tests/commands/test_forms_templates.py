"""Templates that an office owns: taking them, checking them, knowing what they may ask for."""

import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from assistcli.census.tables import GENERAL
from tests.commands.test_paperwork import A_ONLY, words
from tests.conftest import Assist

Student = Callable[..., str]


@pytest.fixture
def union(assist: Assist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Makes a store of a union's notice and uses it."""

    def make(pack: str, year: str) -> Path:
        folder = tmp_path / pack
        assist("init", str(folder), "--pack", pack, "--unit", "某某区总工会", "--year", year)
        monkeypatch.setenv("ASSIST_STORE", str(folder))
        return folder

    return make


def own_template(path: Path, *lines: str) -> Path:
    """A Word file of these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def problems(assist: Assist, target: str | Path, code: int = 0) -> list[dict[str, Any]]:
    """What the check of a template says."""
    answer = assist("form", "lint", str(target), "--json", code=code).json
    assert answer["ok"] is (code == 0)
    found: list[dict[str, Any]] = answer["problems"]
    return found


def test_the_print_word_may_be_left_out_or_written(assist: Assist, student: Student) -> None:
    """`form NAME` and `form print NAME` are one; options may stand first, as ever."""
    student(**A_ONLY)
    for call in (("approval", "--one-file"), ("print", "approval", "--one-file"), ("--one-file", "审批表")):
        assert Path(assist("form", *call, "--json").json["files"][0]).name == "审批表.docx"


def test_a_word_that_is_no_form_is_told_with_those_there_are(assist: Assist, store: Path) -> None:
    """A mistyped subcommand is a form that nobody knows."""
    assert "approval（审批表）" in assist("form", "lnit", code=3).stderr
    assert "缺少「表名」" in assist("form", "print", code=2).stderr


def test_a_template_is_taken_once_and_used_from_then_on(
    assist: Assist, store: Path, student: Student
) -> None:
    """A private copy in templates; what the clerk writes there is printed and never overwritten."""
    student(**A_ONLY)
    answer = assist("form", "edit", "approval", "--json").json
    own = Path(answer["path"])
    assert own == store / "templates" / "approval.docx"
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert (answer["created"], answer["opened"]) == (True, False)
    own_template(own, "{{姓名}}的申请", "{{□单亲家庭}}单亲")
    assert assist("form", "edit", "审批表", "--json").json["created"] is False
    (path,) = assist("form", "approval", "--json").json["files"]
    assert words(path) == "甲同学的申请\n□单亲"
    assert "本单位" in assist("form", "list").stdout


def test_in_a_terminal_the_template_is_opened(
    assist: Assist, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the system's own editor; where there is none, it says where the file is."""
    opened: list[Path] = []

    def open_file(path: Path) -> bool:
        opened.append(path)
        return len(opened) == 1

    monkeypatch.setattr("assistcli.commands.formtemplate.interactive", lambda: True)
    monkeypatch.setattr("assistcli.commands.formtemplate.open_file", open_file)
    shown = assist("form", "edit", "detail").stdout
    assert opened == [store / "templates" / "detail.docx"]
    assert "正在打开" in shown
    assert "请用 Word" not in shown
    assert "请用 Word 或 WPS 打开" in assist("form", "edit", "detail").stdout


@pytest.mark.parametrize(
    ("line", "said", "fatal"),
    [
        ("{{手机号}}", "是不是“手机号码”", True),
        ("{{□生源地}}", "不是是/否字段", True),
        ("{{姓名", "花括号不成对", True),
        ("｛｛姓名｝｝", "全角花括号", False),
    ],
)
def test_a_fault_in_a_template_is_named_with_its_place(
    assist: Assist, store: Path, tmp_path: Path, line: str, said: str, fatal: bool
) -> None:
    """Exit 7 where the form would come out wrong; what can be filled all the same is only told."""
    path = own_template(tmp_path / "我的表.docx", "{{姓名}}", line)
    (found,) = problems(assist, path, code=7 if fatal else 0)
    assert said in found["message"]
    assert found["where"] == "第 2 段"
    assert found["fatal"] is fatal


def test_a_split_placeholder_is_told_and_filled(assist: Assist, store: Path, student: Student) -> None:
    """Word cuts words into runs as it likes."""
    student(**A_ONLY)
    folder = store / "templates"
    folder.mkdir()
    document = docx.Document()
    paragraph = document.add_paragraph("{{姓")
    paragraph.add_run("名}}").bold = True
    document.save(str(folder / "approval.docx"))
    (found,) = problems(assist, "approval")
    assert "几种格式" in found["message"]
    assert words(assist("form", "approval", "--json").json["files"][0]) == "甲同学"


def test_something_executable_is_refused(assist: Assist, store: Path, tmp_path: Path) -> None:
    """No macro comes into the store; a file that is no Word file is refused as well."""
    import zipfile

    path = own_template(tmp_path / "宏.docx", "{{姓名}}")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert problems(assist, path, code=7)
    assert "宏.docx" in assist("form", "edit", "approval", "--from", str(path), code=7).stderr
    assert not (store / "templates").exists()
    (tmp_path / "文字.docx").write_text("x", encoding="utf-8")
    assert problems(assist, tmp_path / "文字.docx", code=7)
    assert "没有文件" in assist("form", "lint", "没有.docx", code=3).stderr


@pytest.mark.parametrize("pack", ["zust-2013", "dalian-2011"])
def test_every_packaged_template_passes_its_own_check(
    assist: Assist, union: Callable[[str, str], Path], pack: str
) -> None:
    """And each of its placeholders is listed with a meaning and an example."""
    union(pack, pack[-4:])
    for form in assist("form", "list", "--json").json:
        assert problems(assist, form["name"]) == []
        listed = assist("form", "fields", form["name"], "--json").json
        assert any(entry["used"] for entry in listed)
        assert all(entry["meaning"] and entry["placeholder"].startswith("{{") for entry in listed)
        unexplained = [e["field"] for e in listed if e["meaning"].startswith("本表的")]
        assert all(re.fullmatch(r"数量\d+", name) for name in unexplained)


def test_the_fields_are_listed_with_meaning_and_example(assist: Assist, store: Path) -> None:
    """Whatever a template may ask for, from the field catalogue."""
    listed = {entry["field"]: entry for entry in assist("form", "fields", "--json").json}
    assert listed["学号"]["placeholder"] == "{{学号}}"
    assert listed["单亲家庭"]["placeholder"] == "{{□单亲家庭}}"
    assert "学生姓名" in listed["姓名"]["meaning"]
    assert listed["姓名"]["example"] == "张三"
    assert listed["开学日期"]["placeholder"] == "{{开学日期|日期}}"
    assert listed["开学日期"]["example"] == "2013年4月15日"
    shown = assist("form", "fields", "approval").stdout
    assert "{{助学资金|大写}}" in shown
    assert "{{在校获资助情况}}" in shown


SLOTS = ["aid-statistics", "employment-statistics", "aid-approval", "aid-list"]


def test_lost_annexes_are_slots_and_never_another_citys_forms(
    assist: Assist, union: Callable[[str, str], Path]
) -> None:
    """Listed by the notice's titles; printing one says that the office brings its own template."""
    folder = union("yinchuan-2018", "2018")
    listed = [form["name"] for form in assist("form", "list", "--json").json]
    assert listed == [*SLOTS, "case-file", "claim-slip"]
    for name in SLOTS:
        refused = assist("form", name, code=7).stderr
        assert "附件没有内容" in refused
        assert f"assist form edit {name} --from" in refused
        assert len(refused.strip().splitlines()) <= 3
        assert "附件没有内容" in assist("form", "edit", name, code=7).stderr
    tables = [table["name"] for table in assist("report", "list", "--json").json]
    assert tables == [*GENERAL]
    assert not (folder / "templates").exists()


def test_a_slot_is_filled_with_the_offices_own_template(
    assist: Assist, union: Callable[[str, str], Path], tmp_path: Path
) -> None:
    """Per child, or as a list of all who may be entitled."""
    folder = union("yinchuan-2018", "2018")
    for name, on_file in (("李晓明", "是"), ("王小红", "否")):
        assist("add", "--set", f"姓名={name}", "--set", f"在档={on_file}",
               "--set", "职工姓名=李大勇", "--set", "职工身份证号=52010319910707928X", "--json")  # fmt: skip
    form = own_template(tmp_path / "审批表.docx", "{{填报单位}}：{{姓名}}，职工{{职工姓名}}")
    assert assist("form", "edit", "aid-approval", "--from", str(form), "--json").json["created"]
    answer = assist("form", "助学审批表", "--json").json
    assert [words(path) for path in answer["files"]] == ["某某区总工会：李晓明，职工李大勇"]
    assert "先建档再申请" in answer["left_out"][0]["reason"] or answer["left_out"][0]["reason"]
    roster = docx.Document()
    table = roster.add_table(rows=2, cols=2)
    for place, text in enumerate(("序号", "姓名", "{{名单.序号}}", "{{名单.姓名}}")):
        table.cell(place // 2, place % 2).text = text
    roster.save(str(tmp_path / "名单.docx"))
    assist("form", "edit", "aid-list", "--from", str(tmp_path / "名单.docx"))
    (path,) = assist("form", "aid-list", "--json").json["files"]
    assert words(path).split() == ["序号", "姓名", "1", "李晓明"]
    again = assist("form", "edit", "aid-list", "--from", str(tmp_path / "名单.docx"), code=3).stderr
    assert "没有覆盖" in again
    assert (folder / "templates" / "aid-list.docx").is_file()


def test_every_field_that_a_form_offers_is_printed(assist: Assist, store: Path, student: Student) -> None:
    """A template of 一人一档 may name any fact of the person, as the list of its fields says."""
    number = student(**A_ONLY | {"手机号码": "13800000001"})
    own_template(store / "x.docx", "{{姓名}} {{手机号码}} {{编号}} {{□困难}}{{□特别困难}}")
    assist("form", "edit", "case-file", "--from", str(store / "x.docx"))
    assert words(assist("form", "case-file", number, "--json").json["files"][0]) == (
        "甲同学 13800000001 10800001 □☑"
    )
