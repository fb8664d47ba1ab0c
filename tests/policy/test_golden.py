"""Every worked example in ``golden/`` and in the packs themselves gives what it says."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from assistcli.policy.entry import Entry, PackText
from assistcli.policy.example import Example, read_example
from assistcli.policy.pack import find_pack, load_pack, packaged_ids
from assistcli.policy.proof import prove_pack
from assistcli.policy.trial import run_example

GOLDEN = Path(__file__).parent / "golden"


def read_golden(path: Path) -> list[tuple[str, Example]]:
    """Pack name and example, for every example in the file."""
    text = path.read_text(encoding="utf-8")
    top = Entry(PackText(path.name, text), tomllib.loads(text, parse_float=Decimal), path.name)
    pack = str((path.parent / top.text("pack")) if top.text("pack").endswith(".toml") else top.text("pack"))
    examples = [read_example(entry) for entry in top.entries("example", "title")]
    top.finish()
    assert not top.source.problems, "\n".join(map(str, top.source.problems))
    return [(pack, example) for example in examples]


EXAMPLES = [pair for path in sorted(GOLDEN.glob("*.toml")) for pair in read_golden(path)]


@pytest.mark.parametrize(("pack", "example"), EXAMPLES, ids=[e.title for _, e in EXAMPLES])
def test_the_worked_example_holds(pack: str, example: Example) -> None:
    assert run_example(load_pack(pack), example) == []


@pytest.mark.parametrize("name", packaged_ids())
def test_a_packaged_notice_is_sound_and_true_to_its_own_examples(name: str) -> None:
    proof = prove_pack(*find_pack(name))
    assert [str(problem) for problem in proof.problems] == []
    assert proof.passed or proof.pack is None or not proof.pack.benefits
