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
