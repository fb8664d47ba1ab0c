"""Claims and caps through the command line, by the vectors of REQUIREMENTS §9.2."""

from collections.abc import Callable

import pytest

from tests.conftest import Assist

A_FACTS = {"就业能力特别弱": "是", "贫困生等级": "特别困难"}
CERTIFICATE = ("--certificate", "ZS001", "--issued", "2013-05-20")
STEPS = ("申请", "核对", "学院建议", "学校批准")

Student = Callable[..., str]


@pytest.fixture
def approved(assist: Assist, student: Student) -> str:
    """A student of category A whom the school approved on 2013-05-10."""
    number = student(**A_FACTS)
    for step in STEPS:
        assist("step", number, step, "--date", "2013-05-10", "--by", f"{step}人")
    return number


def claim(assist: Assist, *words: str, code: int = 0) -> dict[str, str | None]:
    """The one claim that `claim add` answers."""
    result = assist("claim", "add", *words, "--json", code=code)
    answer: dict[str, str | None] = result.json[0]
    return answer


def advance(assist: Assist, claim_id: str | None, *states: str) -> None:
    """Move the claim through *states*, with the transcript handed in."""
    for state in states:
        assist("claim", "advance", str(claim_id), "--to", state)


def item(assist: Assist, number: str, name: str) -> dict[str, str | None]:
    """One item of the student's account."""
    items: list[dict[str, str | None]] = assist("cap", number, "--json").json[0]["items"]
    return next(entry for entry in items if entry["item"] == name)


def test_a_tier_is_allowed_whole(assist: Assist, approved: str) -> None:
    """300 元 is one of the five tiers."""
    answer = claim(assist, approved, "差旅费", "300")
    assert {key: answer[key] for key in ("item", "asked", "allowed", "approved", "paid", "state")} == {
        "item": "差旅费",
        "asked": "300.00",
        "allowed": "300.00",
        "approved": None,
        "paid": None,
        "state": "申请",
    }
    assert answer["clause"] == "三、5（2）①"


@pytest.mark.parametrize("amount", ["150", "99.99", "100.01", "600", "237"])
def test_what_is_no_tier_is_refused_naming_the_clause(assist: Assist, approved: str, amount: str) -> None:
    """补贴等级：100元、200元、300元、400元、500元. Nothing is written."""
    result = assist("claim", "add", approved, "差旅费", amount, "--json", code=3)
    assert "三、5（2）①" in result.stderr
    assert "100、200、300、400、500" in result.stderr
    assert assist("claim", "list", "--json").json == []


def test_the_sixth_claim_after_500_is_refused(assist: Assist, approved: str) -> None:
    """累计不超过500元, whichever kinds."""
    for kind in ("差旅费", "简历制作费", "招聘会门票费", "体检费", "其他求职费用"):
        claim(assist, approved, kind, "100")
    result = assist("claim", "add", approved, "差旅费", "100", code=3)
    assert "已累计500元" in result.stderr
    assert "累计不超过500元" in result.stderr


@pytest.mark.parametrize(("option", "allowed"), [("whole", "200.00"), ("per-claim", "300.00"), (None, None)])
def test_a_claim_partly_over_the_cap_is_cut(
    assist: Assist, approved: str, option: str | None, allowed: str | None
) -> None:
    """300 + 300: 200 more under 累计, 300 under each claim, open until A-04 is adopted."""
    if option:
        assist("pack", "adopt", "A-04", option, "--by", "学生处", "--word", "示例")
    claim(assist, approved, "差旅费", "300")
    assert claim(assist, approved, "体检费", "300")["allowed"] == allowed


@pytest.mark.parametrize(
    ("fee", "yes", "no"),
    [("1400", "700.00", "700.00"), ("1401", "700.00", "700.50"), ("0.01", "0.00", "0.00")],
)
def test_half_the_fee_with_a_certificate(assist: Assist, approved: str, fee: str, yes: str, no: str) -> None:
    """300 + 700 = 1000 fits; 300 + 700.50 is 1000 or 1000.50 by A-01; part of a fen is dropped."""
    claim(assist, approved, "差旅费", "300")
    open_answer = claim(assist, approved, "考证培训费", fee, *CERTIFICATE)["allowed"]
    assert open_answer == (yes if yes == no else None)
    for option, allowed in (("yes", yes), ("no", no)):
        assist("pack", "adopt", "A-01", option, "--by", "学生处", "--word", "示例")
        assert item(assist, approved, "考证培训费")["allowed"] == allowed


@pytest.mark.parametrize("certificate", [(), ("--certificate", "ZS001", "--issued", "2013-06-02")])
def test_without_a_certificate_by_then_a_claim_is_held(
    assist: Assist, approved: str, certificate: tuple[str, ...]
) -> None:
    """No certificate, or one dated after the claim: 待证, and it cannot be handed in."""
    answer = claim(assist, approved, "考证培训费", "1400", *certificate)
    assert (answer["state"], answer["allowed"]) == ("待证", "0.00")
    assert "待证" in assist("claim", "advance", str(answer["claim"]), "--to", "上报", code=3).stderr


def test_a_held_claim_is_released_by_its_certificate(assist: Assist, approved: str) -> None:
    """`claim certify` adds what was missing."""
    held = claim(assist, approved, "考证培训费", "1400")
    answer = assist(
        "claim", "certify", str(held["claim"]), "--certificate", "ZS9", "--issued", "2013-05-30", "--json"
    ).json[0]
    assert (answer["state"], answer["allowed"]) == ("申请", "700.00")


@pytest.mark.parametrize(
    ("a01", "a02", "total"),
    [("yes", "yes", "1000"), ("yes", "no", "3000"), ("no", "yes", "1800"), ("no", "no", "3300")],
)
def test_the_total_under_each_reading(assist: Assist, approved: str, a01: str, a02: str, total: str) -> None:
    """§8 A-01: 面试500 + 考证1600×50% + 突发2000."""
    claim(assist, approved, "差旅费", "500")
    claim(assist, approved, "考证培训费", "1600", *CERTIFICATE)
    open_account = assist("cap", approved, "--json")  # before the third: 1000 or 1300 by A-01
    assert open_account.json[0]["depends"] == [
        {"reading": "A-01", "options": {"yes": "1000.00", "no": "1300.00"}}
    ]
    assist("pack", "adopt", "A-02", "no", "--by", "学生处", "--word", "示例")
    claim(assist, approved, "突发性困难补助", "2000")
    for reading, option in (("A-01", a01), ("A-02", a02)):
        assist("pack", "adopt", reading, option, "--by", "学生处", "--word", "示例")
    account = assist("cap", approved, "--json").json[0]
    assert sum(float(entry["allowed"]) for entry in account["items"]) == float(total)
    assert account["depends"] == []


def test_the_screen_says_the_total_under_every_pair_of_readings(assist: Assist, approved: str) -> None:
    """§8 A-01, none adopted: all four sums stand on the screen."""
    claim(assist, approved, "差旅费", "500")
    claim(assist, approved, "考证培训费", "1600", *CERTIFICATE)
    claim(assist, approved, "突发性困难补助", "2000")
    shown = assist("cap", approved).stdout
    for words in (
        "A-01=yes，A-02=yes → 1000.00 元",
        "A-01=yes，A-02=no → 3000.00 元",
        "A-01=no，A-02=yes → 1800.00 元",
        "A-01=no，A-02=no → 3300.00 元",
    ):
        assert words in shown


@pytest.mark.parametrize("kind", ["差旅费", "考证培训费"])
def test_a_b_student_may_not_claim_what_is_for_a(assist: Assist, student: Student, kind: str) -> None:
    """① and ② are for A under either reading of A-32."""
    number = student(就业能力特别弱="是", 贫困生等级="无", 单亲家庭="是")
    for option in (None, "a-only", "any-graduate"):
        if option:
            assist("pack", "adopt", "A-32", option, "--by", "学生处", "--word", "示例")
        result = assist("claim", "add", number, kind, "100", *CERTIFICATE, code=3)
        assert "不属于A类" in result.stderr


def test_a_b_students_emergency_claim_goes_by_reading(assist: Assist, student: Student) -> None:
    """A-32: refused, or to a decision."""
    number = student(就业能力特别弱="是", 贫困生等级="无", 单亲家庭="是")
    assert claim(assist, number, "突发性困难补助", "800")["allowed"] is None
    assist("pack", "adopt", "A-32", "any-graduate", "--by", "学生处", "--word", "示例")
    assert item(assist, number, "突发性困难补助")["allowed"] == "800.00"
    assist("pack", "adopt", "A-32", "a-only", "--by", "学生处", "--word", "示例")
    assert "不属于A类" in assist("claim", "add", number, "突发性困难补助", "800", code=3).stderr


def test_a_claim_needs_an_approval_and_not_a_later_one(assist: Assist, student: Student) -> None:
    """审核批准的A类帮困生: no record refuses, a later one refuses."""
    number = student(**A_FACTS)
    assert "学校批准" in assist("claim", "add", number, "差旅费", "100", code=3).stderr
    for step in STEPS:
        assist("step", number, step, "--date", "2013-05-10")
    early = assist("claim", "add", number, "差旅费", "100", "--date", "2013-05-09", code=3).stderr
    assert "2013-05-09 早于学校批准日 2013-05-10" in early
    assert claim(assist, number, "差旅费", "100", "--date", "2013-05-10")["allowed"] == "100.00"


@pytest.mark.parametrize(("option", "outcome"), [("receipt", "237.00"), ("tier", None), (None, None)])
def test_a_receipt_that_is_no_tier_goes_by_reading(
    assist: Assist, approved: str, option: str | None, outcome: str | None
) -> None:
    """A-03: 237 元 on a receipt is 237, refused, or open."""
    if option:
        assist("pack", "adopt", "A-03", option, "--by", "学生处", "--word", "示例")
    if option == "tier":
        assist("claim", "add", approved, "差旅费", "237", "--as", "报销", code=3)
    else:
        assert claim(assist, approved, "差旅费", "237", "--as", "报销")["allowed"] == outcome


def test_money_moves_step_by_step_and_adds_up(assist: Assist, approved: str) -> None:
    """上报 → 审核 → 批准 → 发放, none skipped; used is what was approved."""
    answer = claim(assist, approved, "差旅费", "300")
    assert "成绩单" in assist("claim", "advance", str(answer["claim"]), "--to", "上报", code=3).stderr
    assist("paper", approved, "成绩单")
    assert "应先「审核」" in assist("claim", "advance", str(answer["claim"]), "--to", "批准", code=3).stderr
    advance(assist, answer["claim"], "上报", "审核")
    over = assist("claim", "advance", str(answer["claim"]), "--to", "批准", "--amount", "300.01", code=3)
    assert "超过可批准的 300.00 元" in over.stderr
    done = assist("claim", "advance", str(answer["claim"]), "--to", "批准", "--amount", "200", "--json").json
    assert (done[0]["approved"], done[0]["state"]) == ("200.00", "批准")
    balance = item(assist, approved, "求职费用")
    assert (balance["cap"], balance["remaining"], balance["approved"]) == ("500.00", "300.00", "200.00")
    advance(assist, answer["claim"], "发放")
    assert "已经发放" in assist("claim", "advance", str(answer["claim"]), "--to", "发放", code=3).stderr
    total = assist("cap", approved, "--json").json[0]["total"]
    assert total == {"cap": "1000.00", "used": "200.00", "remaining": "800.00", "clause": "三、5（2）末"}


def test_a_batch_moves_all_that_wait_and_names_the_rest(assist: Assist, student: Student) -> None:
    """June: every claim that can be handed in is; the one without its paper is named."""
    for number in ("10800001", "10800002"):
        student(number, **A_FACTS)
        for step in STEPS:
            assist("step", number, step, "--date", "2013-05-10")
        claim(assist, number, "差旅费", "100")
    assist("paper", "10800001", "成绩单")
    result = assist("claim", "advance", "--to", "上报", "--json")
    assert len(result.json) == 1
    assert "缺成绩单" in result.stderr


def test_a_batch_of_which_nothing_moves_says_so_and_counts_the_rest(assist: Assist, approved: str) -> None:
    for kind in ("差旅费", "简历制作费", "招聘会门票费", "体检费"):
        claim(assist, approved, kind, "100")
    told = assist("claim", "advance", "--to", "上报", code=3).stderr.strip().splitlines()
    assert len(told) == 3
    assert "还有 2 笔；一笔也没有推进" in told[-1]


def test_whose_amount_hangs_on_a_reading_is_named(assist: Assist, approved: str) -> None:
    """A batch of claims needs more than the clause, and the way to the reading."""
    assist("paper", approved, "成绩单")
    claim(assist, approved, "差旅费", "300")
    claim(assist, approved, "体检费", "300")
    for state in ("上报", "审核"):
        assist("claim", "advance", "--to", state)
    told = assist("claim", "advance", "--to", "批准").stderr
    assert "甲同学 10800001 体检费 300.00 元：金额取决于口径（三、5（2）①）" in told
    assert "assist cap 10800001" in told


def test_a_rejected_claim_gives_its_room_back(assist: Assist, approved: str) -> None:
    """A rejected claim needs a reason and uses up nothing."""
    first = claim(assist, approved, "差旅费", "500")
    assert "理由" in assist("claim", "reject", str(first["claim"]), code=3).stderr
    assist("claim", "reject", str(first["claim"]), "--reason", "票据不符")
    assert claim(assist, approved, "体检费", "500")["allowed"] == "500.00"


@pytest.mark.parametrize("amount", ["0", "-100", "abc", "100.001", "1e400", ""])
def test_what_is_no_amount_is_refused(assist: Assist, approved: str, amount: str) -> None:
    """Exit 3 and nothing written."""
    assist("claim", "add", approved, "突发性困难补助", "--", amount, code=3)
    assert assist("claim", "list", "--json").json == []


def test_an_unknown_item_lists_the_known_ones(assist: Assist, approved: str) -> None:
    """The nearest kind is proposed."""
    assert "是不是「差旅费」" in assist("claim", "add", approved, "差旅", "100", code=3).stderr
