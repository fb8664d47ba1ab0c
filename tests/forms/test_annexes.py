"""The templates against the annexes: the same words in the same order, and nothing else."""

import re
from pathlib import Path

import pytest

from forms.fill import fill
from forms.layout import HOME
from forms.template import Template, load_template
from tests.forms.annexes import ANNEXES, squeezed
from tests.forms.documents import W, part, texts
from tests.forms.people import PERSON, SUMMARY, detail_row


def template(name: str) -> Template:
    """The packaged template *name*."""
    return load_template(Path(str(HOME)) / f"templates/{name}.docx")


def words(data: bytes) -> str:
    """All words of *data* without blanks, merged label cells as one."""
    return squeezed("".join(texts(data)))


@pytest.mark.parametrize("name", ANNEXES)
def test_labels_stand_word_for_word_and_in_order(name: str) -> None:
    """The blank form reads exactly as the annex does: no word more, none less."""
    blank = {"名单": [{"序号": " "}] * 15, "年度": "2011"}
    assert words(fill(template(name), blank)) == "".join(map(squeezed, ANNEXES[name]))


def test_the_approval_form_prints_each_value_behind_its_label() -> None:
    said = words(fill(template("zust-2013/approval"), PERSON))
    at = 0
    for label in ("姓名", "性别", "生源地", "学院", "班级", "学号", "贫困生等级", "手机号码"):
        at = said.index(label + str(PERSON[label]), at)
    assert f"在校获资助情况{PERSON['在校获资助情况']}" in said
    assert f"个人申请理由{PERSON['申请理由']}本人签名:" in said
    assert "经研究决定,建议给予张三同学就业A类帮困生资格！" in said
    assert "同意给予张三同学就业A类帮困生资格。" in said


def test_a_blank_form_leaves_room_for_the_name_in_ink() -> None:
    """As the annex does between 给予 and 同学, and before 学院 in the title of 附件3."""
    said = texts(fill(template("zust-2013/approval"), {}))
    assert "经研究决定,建议给予" + "\u3000" * 3 in said
    assert any("同意给予" + "\u3000" * 5 + "同学" in text for text in said)
    title = next(text for text in texts(fill(template("zust-2013/detail"), {})) if "细化表" in text)
    assert "科技学院" + "\u3000" * 3 + "学院" in title


def test_signature_seal_and_date_blocks_stay_blank() -> None:
    """Nothing follows where ink goes, whatever the record brings."""
    record = {**PERSON, **dict.fromkeys(("辅导员", "签字", "日期", "盖章", "本人签名"), "张三")}
    said = words(fill(template("zust-2013/approval"), record))
    assert "本人签名:困难信息核对辅导员签字：年月日二级学院意见" in said
    assert "签字（盖章）年月日学校意见" in said
    assert "签字：学生处（盖章）年月日备注" in said


def test_the_approval_form_keeps_the_merged_cells_of_the_annex() -> None:
    """Seven rows as printed, the reason over two, its label standing upright."""
    rows = [
        [int(span.get(f"{{{W}}}val", "1")) if span is not None else 1 for span in spans]
        for spans in (
            [cell.find(f"{{{W}}}tcPr/{{{W}}}gridSpan") for cell in row.iter(f"{{{W}}}tc")]
            for row in part(fill(template("zust-2013/approval"), PERSON)).iter(f"{{{W}}}tr")
        )
    ]
    assert [len(row) for row in rows] == [6, 6, 4, 2, 2, 2, 2, 4]
    assert all(sum(row) == 8 for row in rows)
    assert [
        text for text in texts(fill(template("zust-2013/approval"), {})) if text in "个人申请理由" and text
    ]


def test_the_summary_has_eleven_rows_of_ten_values_and_their_sum() -> None:
    root = part(fill(template("zust-2013/summary"), SUMMARY))
    rows = [
        ["".join(map(str, cell.itertext())) for cell in row.iter(f"{{{W}}}tc")]
        for row in root.iter(f"{{{W}}}tr")
    ]
    assert [len(row) for row in rows] == [5, 11, *[11] * 12]
    assert rows[2] == ["机械学院", "300", "0", "1", "2", "3", "4", "5", "15", "15", "5.00%"]
    assert rows[11][0] == "理学院"
    assert rows[-1][:2] == ["合  计", "3355"]
    assert all(cell for row in rows[2:] for cell in row)


def test_a_twelfth_college_is_one_more_row() -> None:
    more = {**SUMMARY, "学院们": [*SUMMARY["学院们"], {"学院": "新学院"}]}
    assert "新学院" in words(fill(template("zust-2013/summary"), more))


def test_the_detail_sheet_names_the_college_and_numbers_fifteen_rows_a_page() -> None:
    record = {"学院": "理", "名单": [detail_row(number) for number in range(17)]}
    said = texts(fill(template("zust-2013/detail"), record))
    assert said[1] == "浙江科技学院理学院就业弱势群体帮扶细化表"
    assert [text for text in said if text.isdigit() and len(text) < 3] == [str(n) for n in range(1, 31)]
    assert said.count("最终单位落实情况") == 2


def test_the_spending_list_says_that_it_is_our_own() -> None:
    said = words(fill(template("zust-2013/spending"), {}))
    assert "文件未附表样，本表自制" in said
    assert "序号学号姓名项目申请金额核定金额批准金额已发放余额" in said


def test_the_second_union_form_has_no_remarks_and_two_people_below() -> None:
    """附件2 of 大工办发[2011] 25号 is a form of its own: the first one's 备注 is not copied into it."""
    said = words(fill(template("dalian-2011/approval-continuing"), {}))
    assert "备注" not in said
    assert "困难农民工" not in said
    assert said.endswith("企事业单位、街道工会审查人：区市县总工会、产业工会审核人：")


def test_the_union_form_prints_child_worker_and_a_payment_on_record() -> None:
    record = {
        "姓名": "李晓明",
        "就读学校": "某某大学",
        "专业": "机械",
        "在档": "是",
        "困难农民工": False,
        "本单位资助": True,
        "助学资金": "2000",
        "发放日期": "2011-08-20",
    }
    said = words(fill(template("dalian-2011/approval-new"), record))
    assert "考上大学子女姓名李晓明考入学校名称及专业某某大学机械" in said
    assert "困难职工档案内☑其中困难农民工□" in said
    assert "本单位资助的对象☑助学资金2000元，于8月20日发放。" in said


def test_the_statistics_form_has_its_42_value_cells_each_behind_its_item() -> None:
    values = {f"数量{number}": f"〔{number}〕" for number in range(1, 43)}
    said = words(fill(template("dalian-2011/statistics"), {**values, "年度": "2011"}))
    assert [int(found) for found in re.findall(r"〔(\d+)〕", said)] == list(range(1, 43))
    assert "提供小额担保贷款（元）〔36〕" in said
    assert "往届未就业的困难职工家庭高校毕业生（人）〔42〕" in said
