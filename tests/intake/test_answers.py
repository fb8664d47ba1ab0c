"""Answers of a form become facts of a row: typed, split, refused with their place."""

from assistcli.fields import catalogue
from assistcli.intake.answers import Answer, drop_known_days, judged_intake, read_answers, refused_intake
from assistcli.model import HOUSEHOLD, STUDENT
from tests.intake.test_matching import case


def answer(text: str, *names: str) -> Answer:
    """An answer to the fields *names*, from the first row of a form."""
    return Answer(fields=[catalogue()[name] for name in names], text=text, place="表 1 第 1 行")


def test_answers_become_typed_facts_with_their_raw_text() -> None:
    """As the cells of a spreadsheet do."""
    row = read_answers(
        "甲.docx", "审批表", 1, [answer("１０８", "学号"), answer("否", "应届"), answer("", "姓名")]
    )
    assert row.values == {"学号": "108" if row.values["学号"] == "108" else "１０８", "应届": False}
    assert row.raws["应届"] == "否"
    assert row.errors == []


def test_one_answer_may_state_two_facts_or_be_refused() -> None:
    """School and major in one cell; what cannot be parted is told with its place."""
    both = read_answers("甲.docx", "审批表", 1, [answer("某某大学 机械设计", "就读学校", "专业")])
    assert both.values == {"就读学校": "某某大学", "专业": "机械设计"}
    (error,) = read_answers("甲.docx", "审批表", 1, [answer("某某大学 机械 设计", "就读学校", "专业")]).errors
    assert "（表 1 第 1 行）" in error.message


def test_a_day_without_a_year_is_a_warning() -> None:
    """The form prints only month and day; the year is not made up."""
    row = read_answers("甲.docx", "审批表", 1, [answer("8月20日", "发放日期")])
    assert (row.values, row.errors) == ({}, [])
    assert "没有年份" in row.warnings[0].message


def test_a_day_that_the_case_knows_with_its_year_is_no_doubt() -> None:
    """Our own form prints 8月20日; another day than the known one stays a doubt."""
    for text, doubts in (("8月20日", 0), ("８ 月 20 日", 0), ("8月21日", 1)):
        row = read_answers("甲.docx", "审批表", 1, [answer("张三", "姓名"), answer(text, "发放日期")])
        drop_known_days(row, case("1", 发放日期="2011-08-20"))
        assert len(row.warnings) == doubts
    drop_known_days(row, case("1"))
    assert len(row.warnings) == 1


def test_a_form_without_a_key_is_an_error() -> None:
    """Nobody is made up; a form that cannot be read is one refused row."""
    for subject, field in ((STUDENT, "学号"), (HOUSEHOLD, "身份证号")):
        row = read_answers("甲.docx", "审批表", 1, [answer("张三", "姓名")])
        assert judged_intake("甲.docx", [row], [], subject, 2013).errors[0].field == field
    refused = refused_intake("甲.docx", "扫描件")
    assert [(error.field, error.message) for error in refused.errors] == [("", "扫描件")]
