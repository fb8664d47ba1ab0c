"""Reports, forms and the demo through the command line."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from assistcli.policy.pack import load_pack
from tests.conftest import Assist, Founded, set_options

Student = Callable[..., str]
SURE = {"灾害地区": "否", "突发性事件": "否", "学业困难": "否", "身心有缺陷": "否", "民族": "汉族"}
A_ONLY = {**SURE, "就业能力特别弱": "是", "贫困生等级": "特别困难", "单亲家庭": "否"}
NOBODY = {**SURE, "就业能力特别弱": "否", "贫困生等级": "无", "单亲家庭": "否"}
A_B1_B3 = {**A_ONLY, "单亲家庭": "是", "民族": "回族"}


def adopt(assist: Assist, reading: str, option: str) -> None:
    """Adopt a reading on somebody's word."""
    assist("pack", "adopt", reading, option, "--by", "学生处", "--word", "示例")


def row(assist: Assist, college: str) -> list[object]:
    """One row of the summary."""
    rows: list[list[object]] = assist("report", "summary", "--json").json["rows"]
    return next(entry for entry in rows if entry[0] == college)


def test_the_summary_has_the_annex_columns_and_rows(assist: Assist, store: Path) -> None:
    """11 columns; 11 colleges and 合计; an empty college is 0, only an untyped 毕业生数 is blank."""
    answer = assist("report", "summary", "--json").json
    summary = load_pack("zust-2013").summary
    assert summary is not None
    assert answer["columns"] == list(summary.labels)
    assert [entry[0] for entry in answer["rows"]] == [*summary.colleges, "合计"]
    assert all(entry[1:] == [None, 0, 0, 0, 0, 0, 0, 0, 0, None] for entry in answer["rows"])


@pytest.mark.parametrize(
    ("adopted", "expected"),
    [
        ((), [1, 1, 0, 1, 0, 0, 1, 1]),
        ((("A-05", "persons"),), [1, 1, 0, 1, 0, 0, 1, 1]),
        ((("A-05", "entries"),), [1, 1, 0, 1, 0, 0, 2, 3]),
        ((("A-06", "a-only"),), [1, 0, 0, 0, 0, 0, 0, 1]),
        ((("A-06", "both"),), [1, 1, 0, 1, 0, 0, 1, 2]),
        ((("A-05", "entries"), ("A-06", "a-only")), [1, 0, 0, 0, 0, 0, 0, 1]),
    ],
)
def test_one_student_with_a_b1_and_b3(
    assist: Assist, student: Student, adopted: tuple[tuple[str, str], ...], expected: list[int]
) -> None:
    """§9.4: persons are not entries; A-05 and A-06 decide the sums."""
    student(**A_B1_B3)
    for reading, option in adopted:
        adopt(assist, reading, option)
    assert row(assist, "机械学院")[2:10] == expected
    assert row(assist, "合计")[2:10] == expected


def test_what_other_readings_give_is_a_footnote(assist: Assist, student: Student) -> None:
    """Unadopted, the table prints persons and footnotes the other; doubtful ones are counted aside."""
    student(**A_B1_B3)
    student("10800002", 就业能力特别弱="是")
    shown = assist("report", "summary").stdout
    assert "口径 A-05 未定：小计按人 1 人；按项 2 人次" in shown
    assert "口径 A-06 未定" in shown
    assert "另有 1 人待核实、0 人取决于口径" in shown
    adopt(assist, "A-05", "persons")
    later = assist("report", "summary").stdout
    assert "口径 A-05 未定" not in later
    assert "已定口径：A-05 按人（" in later


@pytest.mark.parametrize(
    ("graduates", "ratio"), [("3", "33.3%"), ("173", "0.6%"), ("0", "—"), ("8", "12.5%"), ("2000", "0.1%")]
)
def test_the_ratio_is_of_the_typed_graduates(
    assist: Assist, student: Student, graduates: str, ratio: str
) -> None:
    """合计 ÷ 毕业生数, one decimal half up; of zero 「—」."""
    student(**A_ONLY)
    assist("unit", "set", f"毕业生数={graduates}", "--college", "机械学院")
    assert row(assist, "机械学院")[1] == int(graduates)
    assert row(assist, "机械学院")[10] == ratio
    assert row(assist, "合计")[1] is None


def test_the_ratio_by_listed_persons(assist: Assist, student: Student) -> None:
    """A-30 listed: of all in the store."""
    student(**A_ONLY)
    student("10800002", **NOBODY)
    adopt(assist, "A-30", "listed")
    assert row(assist, "机械学院")[10] == "50.0%"


def test_the_open_denominator_is_told_whoever_has_not_reported(assist: Assist, student: Student) -> None:
    """A-30: what the other denominator gives stands below the table though ten colleges lack 毕业生数."""
    student(**A_ONLY)
    student("10800002", **NOBODY)
    assert "各学院都没有填毕业生数" in assist("report", "summary").stdout
    assist("unit", "set", "毕业生数=8", "--college", "机械学院")
    shown = assist("report", "summary").stdout
    assert "口径 A-30 未定：比例按毕业生数；按信息库人数为 50.0%" in shown
    assert "轻工学院 没有填毕业生数，相应的比例和合计空着" in shown
    adopt(assist, "A-30", "listed")
    later = assist("report", "summary").stdout
    assert "口径 A-30 未定" not in later
    assert "没有填毕业生数" not in later


def test_a_college_outside_the_annex_is_told(assist: Assist, student: Student) -> None:
    """理 学 院 is 理学院; an unlisted one is not dropped silently."""
    student("10800001", 学院="理 学 院", **A_ONLY)
    student("10800002", 学院="海洋学院", **A_ONLY)
    assert row(assist, "理学院")[2] == 1
    assert "1 人学院未填或不在附件所列学院" in assist("report", "summary").stdout


def test_a_number_opens_to_its_people(assist: Assist, student: Student) -> None:
    """--who ROW,COL lists who is counted; a label is no number."""
    student(**A_ONLY)
    assert [who["student_no"] for who in assist("report", "summary", "--who", "1,3", "--json").json] == [
        "10800001"
    ]
    assert assist("report", "summary", "--who", "2,3", "--json").json == []
    assist("report", "summary", "--who", "1,1", code=3)
    assist("report", "summary", "--who", "x", code=2)


def test_a_table_as_a_workbook_holds_no_formula(assist: Assist, student: Student, tmp_path: Path) -> None:
    """Text from data never becomes a formula."""
    from openpyxl import load_workbook

    student(**A_ONLY | {"姓名": "=1+1"})
    assist("report", "detail", "--out", "细化.xlsx")
    sheet = load_workbook(tmp_path / "细化.xlsx").worksheets[0]
    names = [cell for line in sheet.iter_rows() for cell in line if cell.value == "=1+1"]
    assert [cell.data_type for cell in names] == ["s"]
    assist("report", "detail", "--out", "细化.txt", code=2)
    assert "是不是「detail」" in assist("report", "detial", code=3).stderr


def words(path: str | Path) -> str:
    """All text of a Word file, tables included."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_approval_forms_leave_out_only_those_who_are_surely_not(assist: Assist, student: Student) -> None:
    """Eligible and doubtful are printed, not_eligible listed with the reason; a named case is printed."""
    student("10800001", **A_ONLY)
    student("10800002", 就业能力特别弱="是")
    student("10800003", **NOBODY)
    result = assist("form", "approval", "--json")
    assert [Path(path).name for path in result.json["files"]] == [
        "10800001_甲同学_审批表.docx", "10800002_甲同学_审批表.docx",
    ]  # fmt: skip
    (left_out,) = result.json["left_out"]
    assert left_out["reason"].startswith("不符合A类（双困生）：二、1「就业能力特别弱」")
    assert "10800002" in result.stderr
    named = assist("form", "审批表", "10800003", "--json").json
    assert len(named["files"]) == 1
    assert named["left_out"] == []


def test_one_file_holds_all_and_nothing_is_signed(assist: Assist, student: Student, tmp_path: Path) -> None:
    """The name fills the fixed sentence; signature, seal and date blocks stay blank."""
    student("10800001", **A_ONLY | {"姓名": "甲同学"})
    student("10800002", **A_ONLY | {"姓名": "乙同学"})
    files = assist("form", "approval", "--one-file", "--out", str(tmp_path / "表"), "--json").json["files"]
    text = words(files[0])
    assert "建议给予甲同学同学就业A类帮困生资格" in "".join(text.split())
    assert "乙同学" in text
    assert "2013" not in text
    assert "李老师" not in text
    assert Path(files[0]).stat().st_mode & 0o777 == 0o600


def test_the_detail_form_has_an_electronic_and_a_paper_mode(assist: Assist, student: Student) -> None:
    """电子: the helper's name; 纸质: room for the helper's own signature (R0-53)."""
    student(**A_ONLY | {"结对帮扶者": "周老师"})
    (electronic,) = assist("form", "detail", "--json").json["files"]
    assert "签名：" not in words(electronic)
    (paper,) = assist("form", "detail", "--mode", "纸质", "--json").json["files"]
    assert "周老师 签名：" in words(paper), "on one line: the ink has the height of the row"
    assert "浙江科技学院机械学院就业弱势群体帮扶细化表" in words(paper)
    assert paper != electronic


def test_report_and_form_give_the_same_numbers(assist: Assist, student: Student) -> None:
    """One table, two layouts."""
    student(**A_B1_B3)
    assist("unit", "set", "毕业生数=40", "--college", "机械学院")
    (path,) = assist("form", "summary", "--json").json["files"]
    first = next(
        line for line in Document(path).tables[0].rows if "机械" in "".join(line.cells[0].text.split())
    )
    printed = [cell.text.strip() for cell in first.cells][1:]
    assert printed == ["" if cell is None else str(cell) for cell in row(assist, "机械学院")[1:]]


def test_the_case_file_leaves_counselling_out(assist: Assist, student: Student) -> None:
    """一人一档 prints facts, standing and contacts, but no restricted record (R0-42)."""
    number = student(**A_ONLY)
    assist("log", number, "面谈", "心理辅导", "不宜外传")
    assist("log", number, "电话", "岗位推荐", "推荐某公司")
    (path,) = assist("form", "case-file", number, "--json").json["files"]
    assert "推荐某公司" in words(path)
    assert "不宜外传" not in words(path)


def table_rows(path: str, heading: str) -> list[list[str]]:
    """The rows of the table of a case file whose first heading row holds *heading*."""
    found = [[[c.text for c in line.cells] for line in t.rows] for t in Document(path).tables]
    return next(rows[1:] for rows in found if heading in rows[0])


def test_the_case_file_tells_what_was_done_in_order_of_the_days(assist: Assist, student: Student) -> None:
    """Steps, papers, helper, plan and placement; a call that reached nobody is no talk."""
    number = student(**A_ONLY)
    assist("outcome", number, "签就业协议形式就业", "--employer", "示例公司", "--evidence", "协议书",
           "--date", "2013-05-30", "--by", "李老师")  # fmt: skip
    assist("paper", number, "成绩单", "--date", "2013-05-02")
    assist("step", number, "申请", "--date", "2013-05-01", "--by", "李老师")
    assist("form", "filed", number, "approval", "--date", "2013-05-20")
    assist("log", number, "电话", "就业指导", "占线", "--missed")
    (path,) = assist("form", "case-file", number, "--json").json["files"]
    rows = table_rows(path, "事项")
    assert [line[:2] for line in rows] == [
        ["2013-05-01", "审批步骤"], ["2013-05-02", "材料"],
        ["2013-05-20", "签字盖章后交回的表格"], ["2013-05-30", "去向"],
    ]  # fmt: skip
    assert rows[0][2:] == ["申请 同意", "李老师"]
    assert rows[2][2].startswith("审批表")
    assert rows[3][2] == "签就业协议形式就业 示例公司 协议书"
    assert table_rows(path, "方式")[0][3] == "占线；未联系上"


def test_the_case_file_names_what_the_notice_asks_for_and_nobody_recorded(
    assist: Assist, founded: Founded
) -> None:
    """学生基本情况、求职意向、存在困难 (R3-21): an empty section is told, not left out."""
    founded("sicau-horticulture-2023", "2023", unit="示例学院")
    assist("add", *set_options({"姓名": "甲同学", "学号": "1", "存在困难": "缺少面试经验"}), "--json")
    (path,) = assist("form", "case-file", "--json").json["files"]
    facts = dict(table_rows(path, "内容"))
    assert facts["存在困难"] == "缺少面试经验"
    assert facts["就业意愿"] == facts["贫困生等级"] == "（未登记）"


def test_secret_facts_of_a_case_file_are_hidden_in_one_place_as_in_the_other(
    assist: Assist, student: Student
) -> None:
    """身份证号 and 身心有缺陷 under 基本情况 and 依据 alike, until --show-sensitive, which is recorded."""
    number = student(**A_ONLY, 身份证号="52010319910707928X", 手机号码="13800001234")
    veiled = assist("form", "case-file", number, "--one-file", "--json")
    text = words(veiled.json["files"][0])
    assert "身心有缺陷\n***" in text
    assert "身心有缺陷＝***" in text
    assert "52*************28X" in text
    assert "13800001234" in text  # S2: whole in the office's own papers
    assert "1 人有身份证号" in veiled.stderr
    shown = assist("form", "case-file", number, "--one-file", "--show-sensitive", "--json")
    text = words(shown.json["files"][0])
    assert "身心有缺陷\n否" in text
    assert "身心有缺陷＝否" in text
    assert "52010319910707928X" in text
    assert "敏感" not in shown.stderr
    assert "form --show-sensitive" in assist("history").stdout


def test_a_case_file_without_secrets_hides_nothing_and_says_nothing(assist: Assist, student: Student) -> None:
    student()
    assert "敏感" not in assist("form", "case-file", "--json").stderr


def test_the_balance_of_a_claim_that_nobody_approved_is_not_known(assist: Assist, student: Student) -> None:
    """Blank, in the report as on the form: 0.00 would say that all is paid."""
    number = student(**A_ONLY)
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--date", "2013-05-01")
    for receipt, money in (("1", "100"), ("2", "200")):
        assist("claim", "add", number, "差旅费", money, "--receipt", receipt)
    assist("paper", number, "成绩单")
    second = assist("claim", "list", "--json").json[1]["claim"]
    for state in ("上报", "审核", "批准"):
        assist("claim", "advance", second, "--to", state)
    rows = assist("report", "spending", "--json").json["rows"]
    assert [line[-3:] for line in rows] == [[None, None, None], ["200.00", None, "200.00"]]
    (path,) = assist("form", "spending", "--json").json["files"]
    lines = [[cell.text for cell in line.cells] for line in Document(path).tables[0].rows]
    assert [line[-3:] for line in lines[1:]] == [
        ["", "", ""],
        ["200.00", "", "200.00"],
        ["200.00", "", "200.00"],
    ]


def test_an_unknown_form_and_an_empty_list_are_refused(assist: Assist, store: Path) -> None:
    """Exit 3 with what there is."""
    assert "approval（审批表）" in assist("form", "aproval", code=3).stderr
    assert "一条也没有登记" in assist("form", "approval", code=3).stderr


def test_why_there_is_nothing_to_print_is_said(assist: Assist, student: Student) -> None:
    """Nobody asked for money; nobody is poor enough: not one sentence for both."""
    student("10800001", **NOBODY)
    student("10800002", **NOBODY)
    refused = assist("form", "approval", code=3).stderr
    assert "2 人都略去" in refused
    assert "就业能力特别弱＝否" in refused
    assert "没有资助申请（2 人）" in assist("form", "claim-slip", code=3).stderr
    assert "「支出明细」要列的一条也没有登记" in assist("form", "spending", code=3).stderr


def test_the_case_file_names_the_readings_that_are_open(assist: Assist, student: Student) -> None:
    """取决于口径 alone would not say what to ask."""
    number = student(**A_ONLY | {"贫困生等级": "困难"})
    (path,) = assist("form", "case-file", number, "--json").json["files"]
    assert "未定口径：A-31" in words(path)
    adopt(assist, "A-31", "any-grade")
    (path,) = assist("form", "case-file", number, "--json").json["files"]
    assert "未定口径" not in words(path)


def test_the_demo_goes_the_whole_way(assist: Assist, tmp_path: Path) -> None:
    """Store, wrong ID reported, table with reasons, caps, Word files, three things to try; twice over."""
    answer = assist("demo", "--json").json
    assert answer["cases"] >= 60
    assert len(answer["files"]) == 4
    assert all(zipfile.is_zipfile(path) for path in answer["files"])
    shown = assist("demo").stdout
    assert "校验位不对" in shown
    assert "口径 A-31" in shown
    assert "贫困生等级" in shown
    assert "1000.50" in shown
    assert len(shown.rstrip().split("接下来试试：")[1].strip().splitlines()) == 3
    assert (tmp_path / "assist-demo-2").is_dir()
    assert "已经是数据文件夹" in assist("demo", "assist-demo", code=3).stderr


def test_the_sample_covers_every_college() -> None:
    """At least 60 fictional students of the 11 colleges, title row above, header on row 3."""
    from openpyxl import load_workbook

    from tests.sample_workbook import HEADER, TARGET

    lines = list(load_workbook(TARGET).worksheets[0].iter_rows(values_only=True))
    summary = load_pack("zust-2013").summary
    assert summary is not None
    assert lines[2] == HEADER
    people = [line for line in lines[3:] if line[0] is not None]
    assert len(people) >= 60
    assert {line[1] for line in people} == set(summary.colleges)
    assert all(isinstance(line[7], str) for line in people)
