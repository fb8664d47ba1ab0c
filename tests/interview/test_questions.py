"""Which questions a notice asks, and how answers are read."""

import pytest

from assistcli.errors import DataRejectedError
from assistcli.interview.questions import (
    Question,
    case_questions,
    field_questions,
    follow_up,
    follows,
    make_question,
    pick,
    reasons,
)
from assistcli.policy.pack import examine_pack, find_pack, load_pack

PACK = load_pack("zust-2013")
QUESTIONS = {question.name: question for question in case_questions(PACK)}
WOMAN = "330102199102030020"


def test_identity_comes_first_then_the_facts_of_the_notice() -> None:
    """The order is the catalogue's; what the form prints is asked too."""
    names = list(QUESTIONS)
    assert names[:4] == ["学号", "姓名", "身份证号", "性别"]
    assert names[-2:] == ["在校获资助情况", "申请理由"]
    assert {"全日制", "就业能力特别弱", "学业困难", "生源地"} <= QUESTIONS.keys()


@pytest.mark.parametrize(
    ("derived", "source"),
    [("应届", "毕业年份"), ("少数民族", "民族"), ("家庭经济困难认定", "贫困生等级")],
)
def test_the_source_of_a_derived_fact_is_asked_instead(derived: str, source: str) -> None:
    """What follows from another fact is not asked beside it."""
    assert derived not in QUESTIONS
    assert source in QUESTIONS


def test_every_fact_that_a_condition_needs_is_asked_or_follows() -> None:
    """Nobody is left unknown for want of a question."""
    sources = {f.name: f.derivation.source for f in PACK.fields.values() if f.derivation}
    assert {sources.get(name, name) for name in PACK.facts_needed()} <= QUESTIONS.keys()


def test_editing_offers_every_field_of_such_a_case() -> None:
    """Those of a new case come first; the union's fields are not there."""
    names = [question.name for question in field_questions(PACK)]
    assert names[: len(QUESTIONS)] == list(QUESTIONS)
    assert "应届" in names
    assert "职工姓名" not in names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("name", "typed", "settled"),
    [
        ("全日制", "√", "是"),
        ("全日制", "y", "是"),
        ("全日制", "Ｎ", "否"),
        ("全日制", "", ""),
        ("全日制", "不详", ""),
        ("民族", "汉", "汉族"),
        ("民族", "维吾", "维吾尔族"),
        ("贫困生等级", "困难", "困难"),
        ("贫困生等级", "一般", "一般困难"),
        ("贫困生等级", "无", "无"),
        ("学院", "机械", "机械学院"),
        ("毕业年份", "２０１３年", "2013"),
        ("姓名", " 张三\x1a\n", "张三"),
        ("申请理由", "第一行\r\n第二行", "第一行  第二行"),
        ("身份证号", "33010219910203002０", WOMAN),
    ],
)
def test_answers_are_read_generously(name: str, typed: str, settled: str) -> None:
    """Full width, parts of a word, marks and line ends are understood; reading twice changes nothing."""
    assert QUESTIONS[name].settle(typed) == settled
    assert QUESTIONS[name].settle(settled) == settled


@pytest.mark.parametrize(
    ("typed", "settled"),
    [
        ("宁夏回族自治区", "宁夏"),
        ("64", "宁夏"),
        ("nx", "宁夏"),
        ("浙江省", "浙江"),
        ("浙", "浙江"),
        ("", ""),
    ],
)
def test_a_province_is_one_of_the_table(typed: str, settled: str) -> None:
    """By name, code, part or pinyin; what is none is told, and so is what may be several."""
    pack = load_pack("yinchuan-2018")
    question = make_question(pack.fields["学校所在省"], pack)
    assert question.settle(typed) == settled
    for nonsense, reason in (("否", "没有「否」"), ("1", "代码"), ("银川", "如 浙江"), ("宁", "2 项符合")):
        with pytest.raises(DataRejectedError, match=reason):
            question.settle(nonsense)


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("姓名", " ", "不能留空"),
        ("民族", "族", "56 项符合"),
        ("民族", "火星", "没有「火星」"),
        ("学院", "学院", "11 项符合"),
        ("全日制", "也许", "是 或 否"),
        ("手机号码", "139", "电话号码"),
        ("身份证号", "330102199102030011", "校验位"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(name: str, typed: str, reason: str) -> None:
    """The first of several matches is never taken."""
    with pytest.raises(DataRejectedError, match=reason):
        QUESTIONS[name].settle(typed)


def test_a_whole_answer_wins_over_longer_ones_that_hold_it() -> None:
    """「困难」 is an answer although 「一般困难」 holds it."""
    assert pick(["特别困难", "困难", "一般困难"], "困难") == "困难"


@pytest.mark.parametrize(
    ("answers", "derived", "skipped"),
    [
        ({}, "", False),
        ({"身份证号": WOMAN}, "女", True),
        ({"身份证号": WOMAN, "性别": "女"}, "女", True),
        ({"身份证号": WOMAN, "性别": "男"}, "女", False),
    ],
)
def test_the_id_number_answers_the_question_for_sex(
    answers: dict[str, str], derived: str, skipped: bool
) -> None:
    """A contradicting answer keeps the question open, so that it can be mended."""
    assert follow_up(QUESTIONS["性别"].field, answers, 2013) == derived
    assert follows(QUESTIONS["性别"].field, answers, 2013) is skipped


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("民族", "B1"),
        ("毕业年份", "全日制应届毕业生"),
        ("申请理由", "审批表"),
        ("学业困难", "学业困难学生"),
        ("学号", "审批表"),
        ("身份证号", "登记和联系"),
    ],
)
def test_reasons_cite_the_clauses_that_need_the_fact(name: str, word: str) -> None:
    """「?」 shows clause and quoted words, also for the source of a derived fact."""
    assert word in "\n".join(reasons(name, PACK))


def test_hints_say_how_to_answer() -> None:
    """Short lists are shown, long ones filtered, and blank is allowed except for the name."""
    assert QUESTIONS["全日制"].hint == "（是/否；可留空：不详）"
    assert QUESTIONS["民族"].hint == "（输入几个字筛选；可留空：不详）"
    assert QUESTIONS["姓名"].hint == "（必填）"
    assert isinstance(QUESTIONS["姓名"], Question)


def test_a_form_that_asks_for_an_unknown_field_is_a_fault_of_the_pack() -> None:
    """The message names it, so that nobody is asked for nothing."""
    file, text = find_pack("zust-2013")
    _, problems = examine_pack(file, text.replace('asks = ["姓名", ', 'asks = ["姓民", '))
    assert ["姓民" in str(problem) for problem in problems] == [True]
