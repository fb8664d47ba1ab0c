"""Forms that come back by e-mail: facts with a report per field, or a refusal that says why."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from forms.key import read_key
from tests.commands.test_forms_printing import WORKER, child
from tests.commands.test_forms_templates import union
from tests.commands.test_paperwork import A_ONLY, words
from tests.conftest import Assist
from tests.forms.pictures import jpeg, save

__all__ = ["union"]
Student = Callable[..., str]
Union = Callable[[str, str], Path]


def printed(assist: Assist, form: str, case: str) -> Path:
    """The form of one case, as it is mailed out."""
    (path,) = assist("form", form, case, "--json").json["files"]
    return Path(path)


def fill_in(path: Path, **answers: str) -> Path:
    """The form at *path* with an answer typed behind each label, as a person does in Word."""
    document = docx.Document(str(path))
    for row in document.tables[0].rows:
        cells = list({id(cell._tc): cell for cell in row.cells}.values())
        for label, value in itertools.pairwise(cells):
            words = "".join(label.text.split())
            if words in answers:
                value.text = answers[words]
    document.save(str(path))
    return path


def sheet(path: Path, *rows: tuple[str, ...], lines: tuple[str, ...] = ()) -> Path:
    """A Word file of somebody else: one table, and lines above it."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(place, column).text = text
    document.save(str(path))
    return path


def facts(assist: Assist, case: str) -> dict[str, Any]:
    """What the store knows of a case."""
    found: dict[str, Any] = assist("show", case, "--show-sensitive", "--json").json["facts"]
    return found


def error(assist: Assist, path: Path, *options: str) -> dict[str, Any]:
    """The one error that importing *path* gives; nothing is written."""
    answer = assist("import", str(path), *options, "--json", code=3).json
    assert not answer["written"]
    assert answer["rejected"] == 1
    (found,) = answer["errors"]
    assert found["file"] == path.name
    result: dict[str, Any] = found
    return result


def test_an_untouched_form_of_ours_raises_no_doubts(assist: Assist, union: Union) -> None:
    """Not even by the day of payment, which it prints without its year."""
    union("dalian-2011", "2011")
    paid = {"本单位资助": "是", "助学资金": "2000", "发放日期": "2011-08-20"}
    child(assist, **paid)
    path = printed(assist, "approval-new", "李晓明")
    result = assist("import", str(path))
    assert "请核对" not in result.stdout
    assert "不变 1" in result.stdout
    assist("edit", "李晓明", "--set", "发放日期=2011-08-21")
    assert "「8月20日」没有年份" in assist("import", str(path)).stdout


def test_a_form_comes_back_with_what_the_student_typed(assist: Assist, student: Student) -> None:
    """Full-width digits and paragraphs are read; what did not change is no change."""
    number = student(**A_ONLY)
    form = printed(assist, "approval", number)
    assert assist("import", str(form), "--json").json["unchanged"] == 1
    fill_in(form, 手机号码="１３８００００００００", 生源地="云南省大理州", 个人申请理由="第一段。\n第二段。")
    answer = assist("import", str(form), "--json").json
    assert (answer["read"], answer["changed"], answer["errors"]) == (1, 1, [])
    known = facts(assist, number)
    assert known["手机号码"] == "13800000000"
    assert known["生源地"] == "云南省大理州"
    assert known["申请理由"] == "第一段。\n第二段。"


def test_a_new_student_comes_from_a_form(
    assist: Assist, store: Path, student: Student, tmp_path: Path
) -> None:
    """Many files at once, each a case."""
    blank = printed(assist, "approval", student(**A_ONLY))
    paths = []
    for place in range(1, 8):
        path = tmp_path / f"{place}.docx"
        path.write_bytes(blank.read_bytes())
        paths.append(str(fill_in(path, 姓名=f"新生{place}", 学号=f"1090000{place}", 贫困生等级="特别困难")))
    answer = assist("import", *paths, "--json").json
    assert (answer["read"], answer["added"]) == (7, 7)
    assert "import 1.docx 2.docx 3.docx 4.docx 5.docx 等 7 个文件" in assist("history").stdout
    assert facts(assist, "10900002")["姓名"] == "新生2"


def test_a_blank_form_goes_out_and_a_new_student_comes_back(
    assist: Assist, store: Path, student: Student, tmp_path: Path
) -> None:
    """Nobody's name, number or key is in it, whoever is in the store."""
    student(**A_ONLY)
    answer = assist("form", "approval", "--blank", "--out", str(tmp_path), "--json")
    assert not answer.stderr
    [blank] = answer.json["files"]
    assert Path(blank).name == "空白_审批表.docx"
    assert read_key(Path(blank)) == ""
    assert "甲同学" not in words(blank)
    assert "{{" not in words(blank)
    fill_in(Path(blank), 姓名="乙同学", 学号="10800002", 学院="机械学院")
    assert assist("import", blank, "--json").json["added"] == 1
    assert facts(assist, "10800002")["姓名"] == "乙同学"


@pytest.mark.parametrize(
    "options", [("10800001",), ("--college", "机械学院"), ("--photos", "."), ("--show-sensitive",)]
)
def test_a_blank_form_is_nobodys(assist: Assist, student: Student, options: tuple[str, ...]) -> None:
    student(**A_ONLY)
    assert "空白表，不与" in assist("form", "case-file", "--blank", *options, code=2).stderr


def test_a_folder_of_forms_is_named_by_a_pattern(assist: Assist, student: Student, tmp_path: Path) -> None:
    """Windows expands no stars; what Word leaves beside an open file is passed over and said."""
    form = fill_in(printed(assist, "approval", student(**A_ONLY)), 生源地="云南省")
    folder = tmp_path / "回收"
    folder.mkdir()
    (folder / "甲.docx").write_bytes(form.read_bytes())
    (folder / "~$甲.docx").write_bytes(b"owner")
    shown = assist("import", str(folder / "*.docx")).stdout
    assert "读到 1 行" in shown
    assert "临时文件" in shown
    assert "没有文件" in assist("import", str(folder / "*.xlsx"), code=3).stderr
    (folder / "[1].docx").write_bytes(form.read_bytes())
    assert assist("import", str(folder / "[1].docx"), "--json").json["unchanged"] == 1


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"手机号码": "1380000"}, "", ""),
        ({"手机号码": "电话没有"}, "手机号码", "不是电话号码"),
        ({"贫困生等级": "很困难"}, "贫困生等级", "不在可选项内"),
        ({"学号": "", "姓名": "乙同学"}, "学号", "认不出是谁"),
    ],
)
def test_each_wrong_answer_is_told_by_field(
    assist: Assist, student: Student, typed: dict[str, str], field: str, said: str
) -> None:
    """File, form, field, what would fit, and where it stands."""
    number = student(**A_ONLY)
    form = fill_in(printed(assist, "approval", number), **typed)
    if not field:
        assert assist("import", str(form), "--json").json["errors"] == []
        return
    found = error(assist, form)
    assert found["field"] == field
    assert said in found["message"]
    assert found["sheet"] == "审批表"
    assert found["row"] == 1


def test_two_answers_are_refused_and_several_people_in_one_file(
    assist: Assist, student: Student, tmp_path: Path
) -> None:
    """Never one person's name with another's number."""
    number = student(**A_ONLY)
    form = fill_in(printed(assist, "approval", number), 班级="机械091")
    document: Any = docx.Document(str(form))
    for cell, text in zip(document.tables[0].add_row().cells[:2], ("班级", "机械999"), strict=True):
        cell.text = text
    document.save(str(form))
    assert "2 种答案" in error(assist, form)["message"]
    student("10800002", **A_ONLY | {"姓名": "乙同学"})
    (both,) = assist("form", "approval", "--out", str(tmp_path / "全部.docx"), "--json").json["files"]
    assert "每人一个文件" in error(assist, Path(both))["message"]


def test_merged_cells_are_refused_and_words_beside_the_form_told(assist: Assist, student: Student) -> None:
    number = student(**A_ONLY)
    form = printed(assist, "approval", number)
    document: Any = docx.Document(str(form))
    document.add_paragraph("另：我换了手机。")
    document.save(str(form))
    assert "格子以外有 1 段字" in assist("import", str(form)).stdout
    row = document.tables[0].rows[1]
    row.cells[1].merge(row.cells[-1]).text = f"机械学院 班级 机械091 学号 {number}"
    document.save(str(form))
    assert "学号、班级" in error(assist, form)["message"]


def test_words_crossed_out_boxes_and_pictures_are_told_and_not_read(
    assist: Assist, student: Student, tmp_path: Path
) -> None:
    """A student strikes the old class out, and pastes a photo of the rest."""
    number = student(**A_ONLY)
    form = fill_in(printed(assist, "approval", number), 班级="")
    document: Any = docx.Document(str(form))
    cell = document.tables[0].rows[1].cells[3].paragraphs[0]
    cell.add_run("机械091").font.strike = True
    cell.add_run("机械092")
    document.add_picture(str(save(jpeg(), tmp_path / "手写.jpg")))
    document.save(str(form))
    answer = assist("import", str(form), "--json")
    assert facts(assist, number)["班级"] == "机械092"
    told = answer.stderr + assist("import", str(form)).stdout
    assert "1 处划去的字" in told
    assert "1 张图片，图上的字没有读" in told


def test_a_row_that_is_gone_is_a_warning(assist: Assist, student: Student) -> None:
    """What cannot be found is not read, and said."""
    number = student(**A_ONLY)
    form = fill_in(printed(assist, "approval", number), 生源地="云南省")
    document: Any = docx.Document(str(form))
    row = document.tables[0].rows[2]._tr
    row.getparent().remove(row)
    document.save(str(form))
    shown = assist("import", str(form)).stdout
    assert "表上找不到这一栏" in shown
    assert facts(assist, number)["生源地"] == "云南省"


def test_a_dry_run_and_an_undo(assist: Assist, student: Student) -> None:
    """The same as for a spreadsheet."""
    number = student(**A_ONLY)
    form = fill_in(printed(assist, "approval", number), 生源地="云南省")
    assert assist("import", str(form), "--dry-run", "--json").json["written"] is False
    assert "生源地" not in facts(assist, number)
    assist("import", str(form))
    assist("undo")
    assert "生源地" not in facts(assist, number)


def test_a_form_of_the_offices_own_template_comes_back(assist: Assist, store: Path, student: Student) -> None:
    """Also one that was printed before the template was changed."""
    number = student(**A_ONLY)
    older = printed(assist, "approval", number)
    own = Path(assist("form", "edit", "approval", "--json").json["path"])
    sheet(
        own,
        ("申请人", "{{姓名}}"),
        ("编号（学号）", "{{学号}}"),
        ("从哪里来", "{{生源地}}"),
        lines=("本院自制",),
    )
    newer = printed(assist, "approval", number)
    fill_in(newer, 从哪里来="贵州省")
    assist("import", str(newer))
    assert facts(assist, number)["生源地"] == "贵州省"
    assist("import", str(fill_in(older, 生源地="云南省")))
    assert facts(assist, number)["生源地"] == "云南省"


def test_a_form_nobody_made_with_our_template_is_read_by_its_labels(
    assist: Assist, store: Path, tmp_path: Path
) -> None:
    """Other names for a field are known; unknown columns are nobody's value."""
    path = sheet(
        tmp_path / "登记表.docx",
        ("学生姓名", "张三", "婚姻状况", "未婚"),
        ("学 号：", "10900001", "贫困等级", "困难"),
        ("家庭情况", "务农", "手机", "138-0000-0000"),
        lines=("困难学生登记表", "二级学院：机械学院    班级：机械091"),
    )
    answer = assist("import", str(path), "--json").json
    assert (answer["added"], answer["errors"]) == (1, [])
    known = facts(assist, "10900001")
    assert known["姓名"] == "张三"
    assert known["贫困生等级"] == "困难"
    assert known["手机号码"] == "13800000000"
    assert (known["学院"], known["班级"]) == ("机械学院", "机械091")
    assert "未婚" not in known.values()


def test_two_columns_run_into_one_are_told(assist: Assist, store: Path, tmp_path: Path) -> None:
    """A label that nobody knows is no seam; that something stands there all the same is told."""
    lines = ("学号：10800009 姓名：乙同学", "学院：机械学院", "班级：机械091 宿舍：3号楼")
    told = assist("import", str(sheet(tmp_path / "x.docx", lines=lines))).stdout
    assert facts(assist, "10800009")["姓名"] == "乙同学"
    assert "班级：里面还有冒号" in told


def test_headings_of_a_list_are_no_answers(assist: Assist, store: Path, tmp_path: Path) -> None:
    """A list in Word is no form: it is sent back to be made a spreadsheet."""
    path = sheet(
        tmp_path / "名单.docx",
        ("姓名", "学号", "班级"),
        ("张三", "10900001", "机械091"),
        ("李四", "10900002", "机械091"),
    )
    assert "存成 xlsx" in error(assist, path)["message"]


def test_whose_number_it_is_must_be_clear(assist: Assist, union: Union, tmp_path: Path) -> None:
    """On a form about worker and child a bare 身份证号 may be either's; --map says whose."""
    union("yinchuan-2018", "2018")
    path = sheet(
        tmp_path / "申请表.docx",
        ("职工姓名", "李大勇", "身份证号码", "52010319910707928X"),
        ("子女姓名", "李晓明", "家庭人口", "3"),
    )
    assert "职工的还是子女的" in error(assist, path)["message"]
    answer = assist("import", str(path), "--map", "身份证号码=职工身份证号", "--json").json
    assert answer["added"] == 1
    assert facts(assist, "李晓明")["职工身份证号"] == "52010319910707928X"


def test_a_union_form_comes_back(assist: Assist, union: Union) -> None:
    """Ticks, school with major, the worker's own number; a day without a year is not read."""
    union("dalian-2011", "2011")
    child(assist)
    form = fill_in(printed(assist, "approval-new", "李晓明"), 家庭人口="4", 家庭致困原因="本人下岗。")
    document = docx.Document(str(form))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("档案内□", "档案内☑").replace("农民工□", "农民工√")
    document.save(str(form))
    answer = assist("import", str(form), "--json").json
    assert (answer["changed"], answer["errors"]) == (1, [])
    known = facts(assist, "李晓明")
    assert known["家庭人口"] == 4
    assert known["职工身份证号"] == WORKER["职工身份证号"]
    assert known["就读学校"] == WORKER["就读学校"]
    assert "身份证号" not in known


def test_a_form_nobody_filled_in_changes_nothing(assist: Assist, union: Union) -> None:
    """What it printed because it follows, the worker's birth month, is no answer."""
    union("dalian-2011", "2011")
    child(assist)
    answer = assist("import", str(printed(assist, "approval-new", "李晓明")), "--json").json
    assert (answer["unchanged"], answer["changed"], answer["errors"]) == (1, 0, [])
    assert "职工出生年月" not in facts(assist, "李晓明")


def test_another_notices_form_is_not_taken_for_ones_own(
    assist: Assist, union: Union, student: Student, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    """The worker's number would become the student's."""
    union("dalian-2011", "2011")
    child(assist)
    form = printed(assist, "approval-new", "李晓明")
    monkeypatch.setenv("ASSIST_STORE", str(store))
    assert "另一份文件（dalian-2011）" in error(assist, form)["message"]


def test_what_the_program_printed_for_reading_only_is_refused(assist: Assist, student: Student) -> None:
    """A case file or a table of numbers brings no facts."""
    number = student(**A_ONLY)
    assert "一人一档" in error(assist, printed(assist, "case-file", number))["message"]
    (summary,) = assist("form", "summary", "--json").json["files"]
    assert "认不出是谁" in error(assist, Path(summary))["message"]
    (detail,) = assist("form", "detail", "--json").json["files"]
    assert "认不出是谁" in error(assist, Path(detail))["message"]


def scanned(path: Path) -> Path:
    """A Word file with a picture and no word."""
    import zipfile

    sheet(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/media/image1.png", b"x")
    return path


def written(path: Path, data: bytes) -> Path:
    """A file of these bytes."""
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: scanned(folder / "扫描.docx"), "扫描件"),
        (lambda folder: written(folder / "旧.doc", b"\xd0\xcf\x11\xe0" + b"x" * 600), "另存为 .docx"),
        (lambda folder: written(folder / "坏.docx", b"PK\x03\x04 broken"), "不是完好的 .docx"),
        (lambda folder: written(folder / "空.docx", b""), "不是完好的 .docx"),
        (lambda folder: written(folder / "其实是.docx", b"%PDF-1.7"), "不是完好的 .docx"),
        (lambda folder: sheet(folder / "请假条.docx", lines=("请假条", "今日有事")), "认不出这张表"),
    ],
)
def test_what_is_no_form_is_refused_with_the_reason(
    assist: Assist, store: Path, tmp_path: Path, make: Callable[[Path], Path], said: str
) -> None:
    """Exit 3; with --partial the sound forms go in all the same."""
    bad = make(tmp_path)
    assert said in error(assist, bad)["message"]
    good = sheet(tmp_path / "好.docx", ("姓名", "张三"), ("学号", "10900001"), ("班级", "机械091"))
    assert assist("import", str(bad), str(good), "--json", code=3).json["written"] is False
    answer = assist("import", str(bad), str(good), "--partial", "--json", code=3).json
    assert (answer["added"], answer["rejected"], answer["written"]) == (1, 1, True)


def test_a_form_without_a_number_finds_the_case_it_was_printed_for(assist: Assist, student: Student) -> None:
    """By what the form holds unseen; under another name it is refused."""
    number = student(**A_ONLY)
    form = fill_in(printed(assist, "approval", number), 学号="", 生源地="云南省大理州")
    answer = assist("import", str(form), "--json").json
    assert (answer["changed"], answer["added"], answer["errors"]) == (1, 0, [])
    assert facts(assist, number)["生源地"] == "云南省大理州"
    assert facts(assist, number)["学号"] == number
    assert "认不出是谁" in error(assist, fill_in(form, 姓名="乙同学"))["message"]
