"""Registering a person by questions: the whole flow, without a terminal."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.context import Context
from assistcli.errors import CancelledError, ConfirmationError, DataRejectedError
from assistcli.interview.answers import Author
from assistcli.interview.dialogue import Move, Prompt
from assistcli.interview.drafts import Draft, DraftFile, kept_drafts
from assistcli.interview.likeness import likeness_of
from assistcli.interview.sitting import register
from assistcli.model import Case
from tests.conftest import Assist
from tests.interview.scripted import KEEP, ScriptedTerminal

WOMAN, MAN = "330102199102030020", "330102199102030012"
AUTHOR = Author(by="李老师", day=date(2013, 6, 1))
FULL = (
    "10800021", "张三", WOMAN, "满", "13800000000", "机械", "1081", "宁波", "是", "2013", "√",
    "特别", "否", "y", "否", "否", "", "国家助学金", "家庭困难",
)  # fmt: skip


@pytest.fixture
def book(store: Path) -> Casebook:
    """The casebook of a fresh store."""
    return open_casebook(Context(store=store, today=AUTHOR.day))


def values(case: Case) -> Mapping[str, object]:
    """The facts of *case* by name."""
    return {name: fact.value for name, fact in case.facts.items()}


def run(book: Casebook, *replies: str | Move | None) -> tuple[Case, ScriptedTerminal]:
    """The case that *replies* make, and the terminal they were given at."""
    terminal = ScriptedTerminal(*replies)
    case = register(book, terminal, AUTHOR, lambda case: case)
    assert terminal.used_up
    return case, terminal


def test_a_whole_sitting_makes_one_case(book: Casebook) -> None:
    """Every answer is a fact; blank is unknown; sex follows from the ID number and is not asked."""
    case, terminal = run(book, *FULL, "是")
    assert values(case) == {
        "学号": "10800021", "姓名": "张三", "身份证号": WOMAN, "民族": "满族", "手机号码": "13800000000",
        "学院": "机械学院", "班级": "1081", "生源地": "宁波", "全日制": True, "毕业年份": 2013,
        "就业能力特别弱": True, "贫困生等级": "特别困难", "身心有缺陷": False, "单亲家庭": True,
        "突发性事件": False, "灾害地区": False, "在校获资助情况": "国家助学金", "申请理由": "家庭困难",
    }  # fmt: skip
    assert [prompt.mark for prompt in terminal.prompts[:4]] == ["(1/20)", "(2/20)", "(3/20)", "(4/19)"]
    assert "性别：女（由身份证号得出）" in "\n".join(terminal.said)


def test_going_back_shows_the_old_answer(book: Casebook) -> None:
    """``<`` returns with what was answered; it can be kept or replaced."""
    case, terminal = run(book, "10800021", "张三", Move.BACK, "李晓明", *FULL[2:], "是")
    assert [prompt.default for prompt in terminal.prompts[:5]] == ["", "", "", "张三", ""]
    assert case.name == "李晓明"


def test_there_is_nothing_before_the_first_question(book: Casebook) -> None:
    """The person is told, and asked again."""
    _, terminal = run(book, Move.BACK, *FULL, "是")
    assert "这是第一题" in "\n".join(terminal.said)


def test_why_shows_the_clause_and_asks_again(book: Casebook) -> None:
    """``?`` changes nothing."""
    case, terminal = run(book, *FULL[:3], Move.WHY, *FULL[3:], "是")
    assert "少数民族学生" in "\n".join(terminal.said)
    assert case.value("民族") == "满族"


def test_going_back_from_the_summary_and_jumping_to_a_number(book: Casebook) -> None:
    """The last question comes again; a number or a name comes back to the summary at once."""
    case, _ = run(book, *FULL, Move.BACK, "另一理由", "7", "1082", "生源地", "绍兴", "是")
    assert (case.value("申请理由"), case.value("班级"), case.value("生源地")) == ("另一理由", "1082", "绍兴")


def test_an_id_number_given_late_hides_the_agreeing_answer(book: Casebook) -> None:
    """Sex was answered, then the ID number: what disagrees is asked at once, and cannot stay as it is."""
    late: list[str | Move] = ["10800021", "张三", "", "男", Move.BACK, Move.BACK, WOMAN]
    case, terminal = run(book, *late, KEEP, "女", *FULL[3:], "是")
    said = "\n".join(terminal.said)
    assert "由身份证号得出：性别 女、出生年月 1991-02" not in said
    assert "性别已填「男」，由身份证号得出「女」" in said
    assert "若是身份证号错了，输入 >身份证号 去改" in said
    assert case.value("性别") is None
    assert case.value("身份证号") == WOMAN


def test_a_wrong_id_number_is_mended_from_the_question_it_contradicts(book: Casebook) -> None:
    """``>身份证号`` goes there; the answer that was right then follows from the new number."""
    late: list[str | Move] = ["10800021", "张三", "", "女", Move.BACK, Move.BACK, MAN, ">身份证号", WOMAN]
    case, terminal = run(book, *late, *FULL[3:], "是")
    assert case.value("身份证号") == WOMAN
    assert "由身份证号得出：性别 女、出生年月 1991-02" in "\n".join(terminal.said)


@pytest.mark.parametrize("jump", [">班级", ">7", "＞班", ">bj"])
def test_any_question_can_be_jumped_to_and_the_row_goes_on_where_it_stood(book: Casebook, jump: str) -> None:
    """By name, number, part of the name or pinyin; ``<`` there comes back without an answer."""
    case, terminal = run(book, *FULL[:8], jump, "1082", *FULL[8:9], jump, Move.BACK, *FULL[9:], "是")
    assert case.value("班级") == "1082"
    assert terminal.asked().count("班级") == 3


def test_a_jump_to_nowhere_lists_what_is_there(book: Casebook) -> None:
    """The numbers stand beside the names."""
    _, terminal = run(book, "10800021", ">", ">99", ">火星", *FULL[1:], "是")
    assert all("3 身份证号、4 性别" in said for said in terminal.said[:2])
    assert "没有「火星」" in terminal.said[2]


def test_what_can_decide_nothing_any_more_is_not_asked_and_said_so(book: Casebook) -> None:
    """Once the answer to A is certain, only what the form prints is asked; a skipped question can be had."""
    weak = (*FULL[:8], ">就业能力特别弱", "否", FULL[11], *FULL[17:])
    case, terminal = run(book, *weak, "单亲家庭", "是", "是")
    said = "\n".join(terminal.said)
    assert "不再问：全日制、毕业年份、身心有缺陷、单亲家庭、突发性事件、灾害地区、学业困难" in said
    assert "未问：全日制、毕业年份" in said
    assert (case.value("就业能力特别弱"), case.value("单亲家庭"), case.value("全日制")) == (False, True, None)
    assert "申请理由" in terminal.asked()


def test_what_matters_again_is_asked_again(book: Casebook) -> None:
    """The answer that settled everything is changed at the end: what was skipped is asked after all."""
    weak = (*FULL[:8], ">就业能力特别弱", "否", FULL[11], *FULL[17:])
    case, _ = run(book, *weak, "就业能力特别弱", "是", *FULL[12:17], *FULL[8:10], "是")
    assert (case.value("全日制"), case.value("毕业年份"), case.value("单亲家庭")) == (True, 2013, True)


def test_a_taken_number_is_refused_at_its_question(book: Casebook, assist: Assist) -> None:
    """Not only after the last question."""
    assist("add", "--set", "学号=10800021", "--set", "姓名=甲同学")
    case, terminal = run(book, "10800021", "10800022", *FULL[1:], "是")
    assert "已登记给 甲同学" in terminal.said[0]
    assert case.student_no == "10800022"


def test_without_a_key_the_summary_says_what_is_missing(book: Casebook) -> None:
    """The person mends it there."""
    blanks = [""] * 18
    case, terminal = run(book, "", "张三", *blanks, "是", "学号", "10800021", "是")
    assert "缺学号" in "\n".join(terminal.said)
    assert values(case) == {"学号": "10800021", "姓名": "张三"}


@pytest.mark.parametrize("count", range(1, len(FULL) + 1))
def test_leaving_at_any_question_keeps_all_answers_so_far(book: Casebook, count: int) -> None:
    """Ctrl-C keeps the draft; the next sitting goes on where it stopped, with nothing lost."""
    with pytest.raises(CancelledError, match="草稿"):
        run(book, *FULL[:count], None)
    case, terminal = run(book, "是", *FULL[count:], "是")
    assert case.value("申请理由") == "家庭困难"
    assert len(values(case)) == 18
    assert "继续上次未完成的登记吗" in terminal.asked()[0]


def test_leaving_before_the_first_answer_leaves_nothing(book: Casebook) -> None:
    """There is no draft to go on with."""
    with pytest.raises(CancelledError, match="没有写入"):
        run(book, None)
    _, terminal = run(book, *FULL, "是")
    assert terminal.asked()[0] == "学号"


def test_a_draft_that_is_not_gone_on_with_waits_beside_the_new_one(book: Casebook) -> None:
    """否 starts anew with blank questions and loses nothing."""
    with pytest.raises(CancelledError):
        run(book, "10800021", "张三", None)
    case, terminal = run(book, "否", "10800022", "李晓明", *FULL[2:], "是")
    assert terminal.prompts[1].default == ""
    assert case.name == "李晓明"
    assert run(book, "是", *FULL[2:], "是")[0].name == "张三"
    assert not list(kept_drafts(book.folder))


def test_of_several_drafts_one_is_chosen(book: Casebook, assist: Assist) -> None:
    """By number or name; each is listed, kept and finished for itself."""
    with pytest.raises(CancelledError):
        run(book, "10800021", "张三", None)
    with pytest.raises(CancelledError):
        run(book, "否", "10800022", "李晓明", FULL[2], None)
    listed = assist("draft", "list", "--json").json
    assert [(entry["draft"], entry["name"], entry["answered"]) for entry in listed] == [
        ("add.zust-2013", "张三", 2), ("add.zust-2013~2", "李晓明", 3),
    ]  # fmt: skip
    assert {entry["command"] for entry in listed} == {"assist add"}
    case, terminal = run(book, "李晓明", *FULL[3:], "是")
    assert terminal.prompts[0].choices == ("1 张三，已答 2 项", "2 李晓明，已答 3 项", "另开一份")
    assert (case.name, case.value("身份证号")) == ("李晓明", FULL[2])
    assert [file.name for file in kept_drafts(book.folder)] == ["add.zust-2013"]
    with pytest.raises(CancelledError):
        run(book, "否", "10800023", None)
    with pytest.raises(CancelledError):
        run(book, "另开", "10800024", None)
    assert run(book, "1", *FULL[2:], "是")[0].name == "张三"
    names = [file.name for file in kept_drafts(book.folder)]
    assert names == ["add.zust-2013~2", "add.zust-2013~3"]


def test_saying_no_at_the_end_keeps_the_draft(book: Casebook) -> None:
    """Nothing is written, nothing is lost."""
    with pytest.raises(ConfirmationError, match="没有保存"):
        run(book, *FULL, "否")
    case, terminal = run(book, "是", "是")
    assert case.name == "张三"
    assert len(terminal.prompts) == 2


def test_saving_removes_the_draft(book: Casebook) -> None:
    """The next sitting starts without a question about the last."""
    run(book, *FULL, "是")
    assert not DraftFile(book.folder, "add.zust-2013").exists()


def test_a_locked_store_is_said_and_saving_tried_again(book: Casebook) -> None:
    """What `save` refuses brings the person back to the summary."""
    terminal, tries = ScriptedTerminal(*FULL, "是", "是"), [DataRejectedError("正被另一程序写入")]

    def save(case: Case) -> Case:
        if tries:
            raise tries.pop()
        return case

    assert register(book, terminal, AUTHOR, save).name == "张三"
    assert "正被另一程序写入" in "\n".join(terminal.said)


def test_no_lock_is_held_while_questions_are_asked(book: Casebook, assist: Assist) -> None:
    """Somebody else writes between two answers."""
    terminal = ScriptedTerminal(*FULL, "是")

    def write(prompt: Prompt) -> None:
        if prompt.words == "班级":
            assist("add", "--set", "学号=1", "--set", "姓名=乙")

    terminal.before = write
    assert register(book, terminal, AUTHOR, lambda case: case).name == "张三"


def test_what_a_classmate_shares_is_shown_kept_and_open_to_change(book: Casebook, assist: Assist) -> None:
    """Not asked in turn; marked in the summary; changed by a jump; secret facts of others stay theirs."""
    shared = ("学院=机械学院", "班级=1081", "专业=机械", "全日制=是", "毕业年份=2013", "手机号码=13800000000")
    settings = ("学号=9", "姓名=甲同学", *shared)
    assist("add", *(word for setting in settings for word in ("--set", setting)))
    alone = (*FULL[:5], FULL[7], *FULL[10:])
    terminal = ScriptedTerminal(*alone[:4], ">班级", "1082", *alone[4:], "是")
    case = register(book, terminal, AUTHOR, lambda case: case, likeness_of(book, "9"))
    assert terminal.used_up
    assert terminal.said[0].startswith("沿用 甲同学 9：")
    assert not {"学院", "专业", "是全日制学生吗？"} & set(terminal.asked())
    assert (case.value("学院"), case.value("班级"), case.value("专业")) == ("机械学院", "1082", "机械")
    assert case.facts["学院"].source == "沿用 甲同学 9"
    assert case.facts["班级"].source == "问答"
    assert any("学院：机械学院（沿用）" in said for said in terminal.said)


def test_what_was_taken_over_survives_leaving(book: Casebook, assist: Assist) -> None:
    """The draft knows what was taken over and from whom."""
    assist("add", "--set", "学号=9", "--set", "姓名=甲同学", "--set", "学院=机械学院")
    with pytest.raises(CancelledError):
        register(book, ScriptedTerminal("1", None), AUTHOR, lambda case: case, likeness_of(book, "9"))
    terminal = ScriptedTerminal("是", *FULL[1:5], *FULL[6:], "是")
    case = register(book, terminal, AUTHOR, lambda case: case)
    assert case.facts["学院"].source == "沿用 甲同学 9"


def test_a_draft_of_an_older_catalogue_is_asked_again_where_it_no_longer_fits(book: Casebook) -> None:
    """An answer that is none any more is no answer; a question that is gone is gone."""
    file = DraftFile(book.folder, "add.zust-2013")
    file.keep(Draft(answers={"学号": "10800021", "姓名": "张三", "民族": "火星族", "旧题": "x"}, at="旧题"))
    case, _ = run(book, "是", *FULL[2:], "是")
    assert case.name == "张三"
    assert case.value("民族") == "满族"
