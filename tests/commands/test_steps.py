"""Approval steps, papers, contacts and the unit's figures through the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Assist, Founded, set_options

Student = Callable[..., str]


def test_steps_come_in_order_and_a_skip_is_named(assist: Assist, student: Student) -> None:
    """逐级: the step that is missing stands in the message; nothing is written."""
    number = student()
    refused = assist("step", number, "学校批准", code=3).stderr
    assert "不能跳过步骤：「申请」还没有记录" in refused
    assert assist("show", number, "--json").json["steps"] == []
    answer = assist("step", number, "资格申请", "--date", "2013-05-08", "--json").json
    assert answer == [{"case": answer[0]["case"], "step": "申请", "date": "2013-05-08", "result": "同意"}]


def test_several_cases_take_a_step_together_or_none_does(assist: Assist, student: Student) -> None:
    """All or nothing: one who skipped a step stops the whole command."""
    first, second = student("10800001"), student("10800002")
    assert len(assist("step", first, second, "申请", "--json").json) == 2
    assist("step", first, "核对")
    assist("step", first, second, "学院建议", code=3)
    assert len(assist("show", first, "--json").json["steps"]) == 2


def test_a_step_back_needs_a_reason_and_stops_the_next(assist: Assist, student: Student) -> None:
    """退回 says why; the chain goes on only after 同意."""
    number = student()
    assist("step", number, "申请")
    assert "理由" in assist("step", number, "核对", "--result", "退回", code=3).stderr
    assist("step", number, "核对", "--result", "退回", "--reason", "成绩单缺页")
    assert "「核对」结果为退回" in assist("step", number, "学院建议", code=3).stderr
    assist("step", number, "核对")
    assist("step", number, "学院建议")


def test_a_step_taken_again_needs_a_reason_and_takes_the_later_ones_with_it(
    assist: Assist, student: Student
) -> None:
    """7.5: every step back has a reason; an approval does not outlive the check that it stood on."""
    number = student(就业能力特别弱="是", 贫困生等级="特别困难")
    chain = ("申请", "核对", "学院建议", "学校批准")
    for step in chain:
        assist("step", number, step, "--date", "2013-05-10")
    told = assist("step", number, "核对", code=3).stderr
    assert "「核对」已于 2013-05-10 同意；重办须写明理由：--reason 理由，它后面的步骤都要重办" in told
    assert "重办须写明理由" in assist("step", number, "学校批准", code=3).stderr
    assist("step", number, "核对", "--date", "2013-05-20", "--reason", "家庭情况有变")
    assert "「学院建议」还没有记录" in assist("step", number, "学校批准", code=3).stderr
    assert "还没有「学校批准」" in assist("claim", "add", number, "差旅费", "100", code=3).stderr
    (row,) = assist("due", "--kind", "审批", "--json").json
    assert "等二级学院办「学院建议」" in row["reason"]
    for step in chain[2:]:
        assist("step", number, step, "--date", "2013-05-21")
    assist("claim", "add", number, "差旅费", "100")


def test_after_a_return_the_steps_before_it_may_be_redone_without_another_reason(
    assist: Assist, student: Student
) -> None:
    """The return gave it; what is decided anew is decided again."""
    number = student()
    for step in ("申请", "核对"):
        assist("step", number, step)
    assist("step", number, "学院建议", "--result", "退回", "--reason", "材料不全")
    assist("step", number, "核对")
    assist("step", number, "学院建议", "--result", "不同意")
    assert "「学院建议」已于 2013-06-01 不同意" in assist("step", number, "学院建议", code=3).stderr
    assist("step", number, "学院建议", "--reason", "学生申诉")


def test_one_person_in_two_roles_is_marked(assist: Assist, student: Student) -> None:
    """Recorded, but said aloud (REQUIREMENTS 7.4)."""
    number = student()
    assist("step", number, "申请", "--by", "本人")
    assist("step", number, "核对", "--by", "陈老师")
    assert "经办人同为 陈老师" in assist("step", number, "学院建议", "--by", "陈老师").stderr
    assert "学院建议 同意 陈老师（与核对同一经办人）" in assist("show", number).stdout
    hands = {step["step"]: step["same_hand"] for step in assist("show", number, "--json").json["steps"]}
    assert (hands["核对"], hands["学院建议"]) == (["学院建议"], ["核对"])


def test_a_missing_transcript_is_said_at_the_application(assist: Assist, student: Student) -> None:
    """附教务系统统一打印的成绩单: a warning until it is in."""
    number = student()
    assert "还缺成绩单" in assist("step", number, "申请").stderr
    other = student("10800002")
    assert assist("paper", other, "成绩单", "--date", "2013-05-07", "--json").json["date"] == "2013-05-07"
    assert "还缺" not in assist("step", other, "申请").stderr


def test_an_unknown_step_paper_or_result_is_refused(assist: Assist, student: Student) -> None:
    """Exit 3 with what there is."""
    number = student()
    assert "依次为：申请、核对、学院建议、学校批准" in assist("step", number, "公证", code=3).stderr
    assert "文件要求的有：成绩单" in assist("paper", number, "户口本", code=3).stderr
    assert "只能是" in assist("step", number, "申请", "--result", "可以", code=3).stderr
    assert "请写明个案和步骤" in assist("step", "申请", code=2).stderr


def test_a_contact_in_one_line_and_the_next_due_day(assist: Assist, student: Student) -> None:
    """「定期」 names no days: next due is unknown until the unit sets its cadence."""
    number = student()
    first = assist("log", number, "电话", "岗位推荐", "推荐某公司", "--date", "2013-05-01", "--json").json
    assert first["next_due"] is None
    assert "未设定周期" in assist("log", number, "电话", "岗位推荐").stdout
    assist("unit", "set", "联系周期=7")
    assert assist("log", number, "面谈", "就业指导", "--json").json["next_due"] == "2013-06-08"
    back_dated = assist("log", number, "电话", "岗位推荐", "--date", "2013-04-01", "--json").json
    assert back_dated["next_due"] == "2013-06-08"


def test_an_appointment_sets_the_next_day(assist: Assist, student: Student) -> None:
    """--next wins over the cadence; a day before the contact is refused."""
    number = student()
    assist("unit", "set", "联系周期=7")
    answer = assist("log", number, "电话", "个案咨询", "--next", "2013-06-20", "--json").json
    assert answer["next_due"] == "2013-06-20"
    assert "早于" in assist("log", number, "电话", "个案咨询", "--next", "2013-05-20", code=3).stderr


def test_contacts_are_shown_newest_first_and_counselling_is_hidden(assist: Assist, student: Student) -> None:
    """心理辅导 is a restricted class: its text is shown only on request."""
    number = student()
    assist("log", number, "电话", "岗位推荐", "第一次", "--date", "2013-05-01")
    assist("log", number, "面谈", "心理辅导", "不宜外传", "--date", "2013-05-09")
    shown = assist("show", number, "--json").json["contacts"]
    assert [contact["date"] for contact in shown] == ["2013-05-09", "2013-05-01"]
    assert "不宜外传" not in assist("show", number, "--json").stdout + assist("show", number).stdout
    assert "不宜外传" in assist("show", number, "--show-sensitive").stdout
    assert "show --show-sensitive" in assist("history").stdout


SECRETS = ("不宜外传", "某个话题", "某种结果", "某份记录")


@pytest.mark.parametrize("ways", [(), ("--json",)])
def test_nothing_said_in_counselling_leaves_by_any_list(
    assist: Assist, student: Student, tmp_path: Path, ways: tuple[str, ...]
) -> None:
    """R0-42: topics, result and evidence are as restricted as the text; `show` alone tells, when asked."""
    number = student(手机号码="13800000000")
    text, topic, result, proof = SECRETS
    assist("log", number, "面谈", "心理辅导", text, "--topic", topic, "--result", result, "--evidence", proof)
    for words in [
        ("show", number), ("due", "--all"), ("remind",), ("history",), ("history", number), ("list",),
        ("report", "ledger"), ("report", "bulletin"), ("report", "indicators"), ("check", number),
    ]:  # fmt: skip
        told = assist(*words, *(way for way in ways if words != ("due", "--all"))).stdout
        assert not [secret for secret in SECRETS if secret in told], words
    for words in [("--format", "json", "--show-sensitive"), ("--format", "csv")]:
        assist("export", *words, "--out", str(tmp_path / f"out.{words[1]}"))
        written = (tmp_path / f"out.{words[1]}").read_text("utf-8-sig")
        assert not [secret for secret in SECRETS if secret in written]
    told = assist("show", number, "--show-sensitive", *ways).stdout
    assert [secret for secret in SECRETS if secret in told] == list(SECRETS)


def test_a_number_of_counsellings_does_not_open_to_names(assist: Assist, student: Student) -> None:
    """R0-42: how many there were, and on which day; not whose."""
    number = student()
    assist("log", number, "面谈", "心理辅导", "不宜外传")
    rows = assist("report", "indicators", "--json").json["rows"]
    row = next(n for n, row in enumerate(rows, 1) if row[0] == "心理辅导")
    for words in (("indicators", "--who", f"{row},3"), ("bulletin", "--who", "1,4")):
        told = assist("report", *words).stdout
        assert "受限的记录，不列姓名" in told
        assert "与表中的数一致" in told
        assert number not in told


def test_a_contact_is_shown_with_topics_result_and_evidence(assist: Assist, student: Student) -> None:
    """R0-37: and with what keeps it from counting."""
    number = student()
    about = ("--topic", "简历,面试技巧", "--result", "已改好", "--evidence", "照片")
    assist("log", number, "面谈", "个案咨询", "改简历", *about)
    assist("log", number, "短信", "信息推送", "--mass")
    assist("log", number, "电话", "个案咨询", "--missed")
    shown = assist("show", number).stdout
    assert "面谈 个案咨询 改简历；主题：简历、面试技巧；结果：已改好；证明：照片　李老师" in shown
    assert "短信 信息推送 群发　" in shown
    assert "电话 个案咨询 未联系上　" in shown


def test_a_channel_or_kind_that_the_notice_has_not_is_refused(assist: Assist, student: Student) -> None:
    """The nearest one is proposed; without a terminal nothing is asked."""
    number = student()
    assert "是不是「电话」" in assist("log", number, "电", "岗位推荐", code=3).stderr
    assert "是不是「岗位推荐」" in assist("log", number, "电话", "推荐岗位", code=3).stderr
    assert "请写全渠道和种类" in assist("log", number, code=2).stderr


def test_figures_of_the_unit_and_of_a_college(assist: Assist, store: object) -> None:
    """毕业生数 is typed, per college; an unknown name or college is refused."""
    answer = assist("unit", "set", "毕业生数=320", "--college", "机械学院", "--json").json
    assert answer["colleges"] == {"机械学院": {"毕业生数": 320}}
    assist("unit", "set", "填报人=李老师", "联系电话=057185070000")
    assert assist("unit", "show", "--json").json["figures"]["填报人"] == "李老师"
    assert assist("unit", "set", "填报人=", "--json").json["figures"].get("填报人") is None
    assert "是不是「毕业生数」" in assist("unit", "set", "毕业生=3", code=3).stderr
    assert "没有「机电学院」" in assist("unit", "set", "毕业生数=3", "--college", "机电学院", code=3).stderr
    assert "不是整数" in assist("unit", "set", "毕业生数=三百", code=3).stderr
    assert "名称=值" in assist("unit", "set", "毕业生数", code=2).stderr


def test_what_follows_the_public_list_hears_of_its_end_and_of_objections(
    assist: Assist, founded: Founded
) -> None:
    """R1-26: a person decides on an objection; that the list still hangs is said."""
    founded("yinchuan-2018", "2018", today="2018-08-01")
    assist("add", *set_options({"姓名": "甲子女", "职工姓名": "职工", "职工身份证号": "11010519491231002X"}))
    for step in ("申请", "基层工会签字", "入户走访", "审核"):
        assist("step", "甲子女", step, "--by", step)
    listed = assist("publish", "甲子女", "--take-down", "2018-08-08", "--json").json["publication"]
    assert "公示" not in assist("step", "甲子女", "公示", "--by", "公示人").stderr
    assist("publish", "--objection", listed, "--reason", "有人反映收入不实")
    told = assist("step", "甲子女", "上级工会审核", "--date", "2018-08-07", "--by", "审核人").stderr
    assert "公示「某区总工会公示名单」到 2018-08-08 才撤下" in told
    assert "公示收到异议：有人反映收入不实（2018-08-01）；由人核实" in told
    again = ("--reason", "核实后再审", "--date", "2018-08-08", "--by", "审核人")
    assert "才撤下" not in assist("step", "甲子女", "上级工会审核", *again).stderr
