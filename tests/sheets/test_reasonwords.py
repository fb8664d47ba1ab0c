"""Who is left out is told which condition is not met, and by which fact: nobody may read the opposite."""

from collections.abc import Callable

from tests.conftest import Assist


def test_the_left_out_list_says_which_condition_is_not_met_and_what_is_on_record(
    assist: Assist, student: Callable[..., str]
) -> None:
    """「不符合…：就业能力特别弱」 was read as a finding that the student is weak."""
    student("10800001", 就业能力特别弱="否", 贫困生等级="特别困难")
    student("10800002", 就业能力特别弱="是", 贫困生等级="特别困难")
    [left] = assist("form", "approval", "--json").json["left_out"]
    assert left["reason"] == (
        "不符合A类（双困生）：二、1「就业能力特别弱」这一条没有满足（就业能力特别弱＝否）"
    )


def test_what_lists_must_hide_stays_hidden(assist: Assist, student: Callable[..., str]) -> None:
    """残疾 is secret: that the condition fails is told, the fact is not."""
    from assistcli.fields import catalogue
    from assistcli.policy.pack import load_pack
    from assistcli.policy.verdict import Judge
    from assistcli.sheets.reasonwords import unmet_words

    pack = load_pack("zust-2013")
    verdict = Judge(pack, {}, 2013).verdicts({"就业能力特别弱": False})[0]
    [reason] = [reason for reason in verdict.reasons if reason.holds is False]
    secret = reason._replace(looked_at=("残疾",), facts={"残疾": True})
    assert "残疾" in catalogue()
    assert "（残疾＝***）" in unmet_words(secret, pack)
    assert "（残疾＝未知）" in unmet_words(secret._replace(facts={}), pack)
