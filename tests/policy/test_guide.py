"""The guide of ``assist help 政策包``: its pack, built step by step, is sound after every step."""

import re
from importlib.resources import files

import pytest

from assistcli.policy.proof import prove_pack

GUIDE = files("assistcli").joinpath("help", "政策包.md").read_text("utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", GUIDE, flags=re.S)


@pytest.mark.parametrize("steps", range(2, len(BLOCKS) + 1))
def test_the_pack_is_sound_after_each_step(steps: int) -> None:
    proof = prove_pack("guide.toml", "\n".join(BLOCKS[:steps]))
    assert [str(problem) for problem in proof.problems] == []


def test_the_finished_pack_passes_all_its_examples() -> None:
    proof = prove_pack("guide.toml", "\n".join(BLOCKS))
    assert (proof.passed, proof.failed) == (3, 0)


def test_whole_yuan_need_no_fen_in_an_example() -> None:
    """3000 is 3000.00; 3000.01 is not."""
    pack = "\n".join(BLOCKS)
    assert prove_pack("guide.toml", pack.replace('["3000.00"]', '["3000"]')).failed == 0
    assert prove_pack("guide.toml", pack.replace('["3000.00"]', '["3000.01"]')).failed == 1


def test_the_skeleton_is_sound_and_passes_its_example() -> None:
    text = files("assistcli.policy").joinpath("skeleton.toml").read_text("utf-8").replace("{id}", "x-2026")
    proof = prove_pack("x-2026.toml", text)
    assert (list(proof.problems), proof.passed) == ([], 1)


def test_every_operator_is_in_the_help() -> None:
    """The page on conditions names each word of the language."""
    from assistcli.policy.expression import KEYWORDS

    page = files("assistcli").joinpath("help", "规则.md").read_text("utf-8")
    signs = {"≠", "≥", "≤", ">=", "<=", "×", "÷"}
    assert [word for word in KEYWORDS - signs if word not in page] == []


AMOUNTS = files("assistcli").joinpath("help", "金额.md").read_text("utf-8")
PIECES = re.findall(r"```toml\n(.*?)```", AMOUNTS, flags=re.S)


@pytest.mark.parametrize("steps", range(1, len(PIECES) + 1))
def test_the_page_of_amounts_is_sound_after_each_piece(steps: int) -> None:
    proof = prove_pack("amounts.toml", "\n".join(PIECES[:steps]))
    assert [str(problem) for problem in proof.problems] == []


def test_the_page_of_amounts_covers_every_form_with_an_example() -> None:
    """Issue 4 point 9: each form is a benefit of the page, and what it gives stands in an example."""
    proof = prove_pack("amounts.toml", "\n".join(PIECES))
    assert proof.pack is not None
    assert (proof.passed, proof.failed, proof.remarks) == (2, 0, ())
    forms = {
        "定额", "上限", "下限", "幅度", "几个月低保", "叠加", "取最高", "按次", "两次发", "未写金额",
        "到期", "谁来发",
    }  # fmt: skip
    assert {benefit.id for benefit in proof.pack.benefits} == forms
    told = {name for e in proof.pack.examples for part in (e.amounts, e.ranges) for name in part}
    assert told == forms - {"两次发"}
    assert [selection.most for selection in proof.pack.selections] == [20]
    assert {claim.item for claim in proof.pack.claims} == {"先发", "凭票", "培训费"}


def test_a_guide_fits_on_two_pages() -> None:
    """About 60 lines of print each, blank lines and all; the amounts have a page of their own."""
    assert len(GUIDE.splitlines()) <= 180
    assert "assist help 金额" in GUIDE
