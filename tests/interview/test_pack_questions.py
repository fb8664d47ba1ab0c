"""In every store the wizard asks what its notice's forms print, whatever the conditions need."""

import pytest

from assistcli.fields import catalogue
from assistcli.interview.questions import case_questions, make_question, reasons
from assistcli.policy.pack import load_pack, packaged_ids

WORKER = {"职工姓名", "职工性别", "职工出生年月", "工作单位", "职工身份证号", "家庭住址", "职工联系电话"}
HOUSEHOLD = {"家庭人口", "家庭月人均收入", "就业状况", "家庭致困原因"}
PRINTED = {
    "dalian-2011": WORKER | HOUSEHOLD | {"姓名", "就读学校", "专业", "所学学历", "考取年度"},
    "zust-2013": {"姓名", "性别", "生源地", "学院", "班级", "学号", "贫困生等级", "手机号码", "申请理由"},
    "sicau-horticulture-2023": {"就业意愿", "存在困难", "残疾", "建档立卡", "低保", "零就业家庭"},
    "key-groups-2022": {"就业状态", "就业意愿", "毕业年份"},
    "yinchuan-2018": {"在档", "家庭年度总收入", "子女年度学费支出", "工会助学资金", "家庭人口", "招生批次"},
}
"""R2-21, R2-26: 附件1 and 附件2 label by label; R0-43; R3-21; R4-12, R4-16; R1-02, R1-06."""


@pytest.mark.parametrize("name", PRINTED)
def test_what_the_forms_print_is_asked(name: str) -> None:
    asked = {question.name for question in case_questions(load_pack(name))}
    assert asked >= PRINTED[name]


@pytest.mark.parametrize("name", packaged_ids())
def test_every_question_can_say_why_it_is_asked(name: str) -> None:
    pack = load_pack(name)
    for question in case_questions(pack):
        assert reasons(question.name, pack)


def test_the_file_of_a_practice_is_printed_once() -> None:
    """A notice that declares 一人一档 itself has no second one beside it."""
    from assistcli.paper.stationery import form_rules

    for name in packaged_ids():
        names = [rule.name for rule in form_rules(load_pack(name))]
        assert names.count("case-file") == 1, name


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ("群众", "群众"),
        ("03", "共青团员"),
        ("3", "共青团员"),
        ("中国共产党党员", "中共党员"),
        ("共青团", "共青团员"),
    ],
)
def test_the_political_status_is_read_by_the_national_table(answer: str, word: str) -> None:
    """GB/T 4762: code, full and short name all stand for one word."""
    question = make_question(catalogue()["政治面貌"], load_pack("zust-2013"))
    assert question.settle(answer) == word
