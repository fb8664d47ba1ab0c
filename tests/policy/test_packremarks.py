"""What looks odd in a sound pack is said, and keeps nothing from being used."""

from pathlib import Path

import pytest

from assistcli.policy.pack import find_pack, packaged_ids
from assistcli.policy.proof import Proof, prove_pack

SOUND = (Path(__file__).parent / "sound.toml").read_text(encoding="utf-8")
LONG = "在档困难家庭的应届高校毕业生，家庭人均月收入低于1000元的，可以申请；其他家庭由市教育局另行规定。"
PARAMETER = '[[parameter]]\nname = "空线"\nclause = "第一条"\nvalues = [{ since = 2020, value = "1000" }]\n'
FORMULA = '[[formula]]\nname = "空式"\nclause = "第一条"\nis = "1 加 1"\n'
OPTIONS = 'options = { a = "甲", b = "乙" }\n'
READING = f'[[reading]]\nid = "R-09"\nquestion = "？"\nclause = "第一条"\n{OPTIONS}'


def proof_with(old: str, new: str) -> Proof:
    """The proof of the sound pack with *new* in the place of *old*."""
    assert old in SOUND
    return prove_pack("own.toml", SOUND.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (SOUND[SOUND.index("[[example]]") :], "", "没有例子"),
        ("[clauses]", '[clauses]\n"第九条" = "另有规定。"', "条款「第九条」没有规则用到"),
        ("[[formula]]", f"{PARAMETER}[[formula]]", "参数「空线」没有规则用到"),
        ("[[formula]]", f"{FORMULA}[[formula]]", "公式「空式」没有规则用到"),
        ("[[parameter]]", f"{READING}[[parameter]]", "口径「R-09」没有规则用到"),
        ('value = "1000"', 'value = "1010"', "数字 1010 不在引文「低于1000元」里"),
    ],
)  # fmt: skip
def test_it_is_said_what_to_look_at(old: str, new: str, told: str) -> None:
    proof = proof_with(old, new)
    assert proof.sound, proof.problems
    assert any(told in remark.message for remark in proof.remarks), proof.remarks


def test_a_figure_without_a_quote_from_a_long_clause_is_named() -> None:
    text = SOUND.replace(SOUND.splitlines()[10], f'"第一条" = "{LONG}"').replace('quote = "低于1000元"\n', "")
    assert [r.message.split("：")[0] for r in prove_pack("own.toml", text).remarks] == [
        "「收入线」没有 quote"
    ]


def test_an_amount_that_does_not_stand_in_its_quote_is_named() -> None:
    """3000 is not 300: one of the two was copied wrongly."""
    text = SOUND.replace("本地就读的资助3000元", "本地就读的资助300元")
    assert ["「3000」：数字 3000 不在引文" in r.message for r in prove_pack("own.toml", text).remarks] == [
        True
    ]


def test_a_figure_in_words_is_left_to_people() -> None:
    """五百元 is 500, but the program does not read it."""
    text = SOUND.replace("本地就读的资助3000元", "本地就读的资助三千元")
    assert prove_pack("own.toml", text).remarks == ()


def test_a_sound_pack_gives_no_reason_to_look() -> None:
    assert prove_pack("own.toml", SOUND).remarks == ()


@pytest.mark.parametrize("name", packaged_ids())
def test_the_packaged_packs_have_no_odd_figures(name: str) -> None:
    """Only clauses that stand as background are left over."""
    remarks = prove_pack(*find_pack(name)).remarks
    assert [r.message for r in remarks if not r.message.startswith("条款")] == []


def test_a_condition_without_a_quote_from_a_long_clause_is_named() -> None:
    """Nobody could see which of its sentences the condition rests on."""
    text = SOUND.replace(SOUND.splitlines()[10], f'"第一条" = "{LONG}"')
    text = text.replace('quote = "在档困难家庭"\n', "")
    assert [r.message.split("：")[0] for r in prove_pack("own.toml", text).remarks] == ["「在档」没有 quote"]


def test_where_one_fact_too_many_may_be_asked_for_is_said() -> None:
    """A missing fact times itself is searched for in bounded time only: the bound is named."""
    assert 'if = "' in SOUND
    line = next(line for line in SOUND.splitlines() if line.strip().startswith("if = "))
    text = SOUND.replace(line, 'if = "家庭人口 乘 家庭人口 不高于 1000"', 1)
    told = [remark.message for remark in prove_pack("own.toml", text).remarks]
    assert any("待问可能多列（最多试 300 处）" in message for message in told), told


def test_too_many_comparisons_of_the_same_facts_are_remarked() -> None:
    """Where ten bands of income per head cross, it is not reckoned out which missing fact can matter."""
    line = next(line for line in SOUND.splitlines() if line.strip().startswith("if = "))
    bands = " 且 ".join(f"家庭年度总收入 除以 家庭人口 不为 {n}000" for n in range(1, 10))
    text = SOUND.replace(line, f'if = "{bands}"', 1)
    told = [remark.message for remark in prove_pack("own.toml", text).remarks]
    assert any("几项事实一起算的比较超过 7 处" in message for message in told), told
