"""Taking a claim in by questions: only what the item needs, and every refusal at its question."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.context import Context
from assistcli.desk.assessment import Assessor
from assistcli.desk.claimdesk import StatedClaim, claim_item, make_claim, result_of
from assistcli.errors import CancelledError, DataRejectedError
from assistcli.interview.answers import Author
from assistcli.interview.claiming import ClaimSetting, ask_claim
from assistcli.interview.dialogue import Move
from assistcli.model import Claim
from assistcli.policy.subsidy import ClaimResult
from tests.conftest import Assist
from tests.interview.scripted import KEEP, ScriptedTerminal

TODAY = date(2013, 6, 1)
AUTHOR = Author(by="李老师", day=TODAY)
Student = Callable[..., str]
TRAVEL = ("差旅", KEEP, "300", KEEP, "2013-05-20", "0012345")
COURSE = ("考证", "1400", KEEP, "", "", "ZS001", "2013-05-20")


@pytest.fixture
def number(assist: Assist, student: Student) -> str:
    """A student of category A whom the school approved on 2013-05-10."""
    number = student(就业能力特别弱="是", 贫困生等级="特别困难")
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--date", "2013-05-10", "--by", f"{step}人")
    return number


def run(
    store: Path, number: str, *replies: str | Move | None, stated: StatedClaim | None = None
) -> tuple[StatedClaim, ScriptedTerminal]:
    """The claim that *replies* come to, and the terminal they were given at."""
    book: Casebook = open_casebook(Context(store=store, today=TODAY))
    assessor, case, terminal = Assessor(book), book.case(number), ScriptedTerminal(*replies)
    taken: list[StatedClaim] = []

    def rule_on(claim: Claim) -> ClaimResult:
        return result_of(claim, assessor, case, book, (claim,))

    def save(claim: StatedClaim) -> tuple[object, ClaimResult]:
        taken.append(claim)
        rule = claim_item(assessor.pack(case), claim.item)
        return case, rule_on(make_claim(claim, case, rule, TODAY, "李老师"))

    setting = ClaimSetting(case=case, pack=assessor.pack(case), author=AUTHOR, rule_on=rule_on)
    try:
        ask_claim(book, terminal, setting, stated or StatedClaim(item="", amount=""), save)  # type: ignore[arg-type]
    finally:
        book.backend.close()
    assert terminal.used_up
    return taken[0], terminal


def test_a_tier_is_picked_from_the_list(store: Path, number: str) -> None:
    """The amount lists the tiers, today is proposed, and the allowed sum is said."""
    claim, terminal = run(store, number, *TRAVEL, "是")
    assert claim == StatedClaim(
        item="差旅费", amount="300.00", mode="补贴", day="2013-06-01", spent="2013-05-20", receipt="0012345"
    )
    assert terminal.prompts[2].choices == ("100.00", "200.00", "300.00", "400.00", "500.00")
    assert "核定：300.00 元（三、5（2）①）" in "\n".join(terminal.said)
    assert "证书编号" not in terminal.asked()


def test_a_certificate_is_asked_only_where_the_item_needs_one(store: Path, number: str) -> None:
    """And no way of paying, for the notice sets no tiers there."""
    claim, terminal = run(store, number, *COURSE, "是")
    assert (claim.certificate, claim.issued, claim.mode) == ("ZS001", "2013-05-20", "")
    assert "方式" not in terminal.asked()
    assert "核定：700.00 元" in "\n".join(terminal.said)


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        (("差旅", KEEP, "150", "300", *TRAVEL[3:]), "150.00 元不是补贴等级"),
        (("差旅", KEEP, "300", "2013-05-09", KEEP, *TRAVEL[4:]), "早于学校批准日 2013-05-10"),
        (("火车票", *TRAVEL), "没有「火车票」"),
        ((*TRAVEL[:4], "2013-06-02", *TRAVEL[4:]), "晚于今天"),
        (("差旅", KEEP, "三百", "300", *TRAVEL[3:]), "不是金额"),
    ],
)
def test_what_cannot_be_paid_is_refused_at_its_question(
    store: Path, number: str, replies: tuple[str, ...], said: str
) -> None:
    """Each time with the reason, and the same question again."""
    claim, terminal = run(store, number, *replies, "是")
    assert claim.amount == "300.00"
    assert said in "\n".join(terminal.said)


def test_what_was_stated_is_not_asked_but_counts(store: Path, number: str) -> None:
    """A stated amount is held against the item that is then picked."""
    stated = StatedClaim(item="差旅费", amount="")
    claim, terminal = run(store, number, *TRAVEL[1:], "是", stated=stated)
    assert (claim.item, claim.amount) == ("差旅费", "300.00")
    assert "申请哪个项目？" not in terminal.asked()


def test_an_item_whose_cap_is_used_up_says_so_in_the_list(store: Path, number: str, assist: Assist) -> None:
    """It is refused when picked; the others can still be had."""
    assist("claim", "add", number, "差旅费", "500")
    _, terminal = run(store, number, "体检", *COURSE, "是")
    assert "已累计500元，达到上限" in terminal.prompts[0].remarks["体检费"]
    assert "已累计500元，达到上限" in terminal.said[0]


def test_who_can_claim_nothing_is_told_before_the_first_question(
    store: Path, student: Student, assist: Assist
) -> None:
    """With the reason and the clause; no question is put."""
    number = student("10800002", 姓名="乙同学", 就业能力特别弱="否")
    assist("pack", "adopt", "A-32", "a-only", "--by", "学生处", "--word", "示例")
    with pytest.raises(DataRejectedError, match="不属于A类"):
        run(store, number)


def test_a_notice_without_items_says_so(assist: Assist, tmp_path: Path) -> None:
    """Nothing can be claimed under it."""
    folder = tmp_path / "other"
    assist("init", str(folder), "--pack", "sicau-horticulture-2023", "--unit", "某学院", "--year", "2023")
    assist("--store", str(folder), "add", "--set", "学号=1", "--set", "姓名=张三")
    with pytest.raises(DataRejectedError, match="未规定资助项目"):
        run(folder, "1")


@pytest.mark.parametrize(
    ("place", "word"), [(0, "三、5（2）③"), (2, "100元、200元"), (5, "差旅费、简历制作费")]
)
def test_why_shows_the_clause(store: Path, number: str, place: int, word: str) -> None:
    """「?」 is understood at each question, in place of the answer."""
    _, terminal = run(store, number, *TRAVEL[:place], Move.WHY, *TRAVEL[place:], "是")
    assert word in "\n".join(terminal.said)


def test_why_is_answered_for_the_item_chosen(store: Path, number: str) -> None:
    """The clauses of other items would only mislead; while an item is to be chosen, every item's count."""
    _, choosing = run(store, number, Move.WHY, *TRAVEL, "是")
    _, chosen = run(store, number, *TRAVEL[:2], Move.WHY, *TRAVEL[2:], "是")
    _, course = run(store, number, *COURSE[:2], Move.WHY, *COURSE[2:], "是")
    told = ["\n".join(terminal.said) for terminal in (choosing, chosen, course)]
    assert [("——求职费用" in text, "——考证培训费" in text) for text in told] == [
        (True, True), (True, False), (False, True),
    ]  # fmt: skip


@pytest.mark.parametrize("count", range(1, len(TRAVEL) + 1))
def test_leaving_at_any_question_keeps_all_answers_so_far(store: Path, number: str, count: int) -> None:
    """The next sitting goes on where it stopped."""
    with pytest.raises(CancelledError, match="claim add 10800001"):
        run(store, number, *TRAVEL[:count], None)
    claim, _ = run(store, number, "是", *TRAVEL[count:], "是")
    assert (claim.item, claim.receipt) == ("差旅费", "0012345")
