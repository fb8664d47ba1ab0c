"""Proof of a pack: every problem in it, and every one of its worked examples tried."""

from dataclasses import dataclass

from assistcli.errors import PackError
from assistcli.policy.entry import PackText, Problem
from assistcli.policy.pack import examine_pack
from assistcli.policy.packremarks import remarks_on
from assistcli.policy.rules import Pack
from assistcli.policy.tablecheck import hopeless_benefits, table_faults
from assistcli.policy.trial import run_example


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A pack, if it can be read at all; its problems; how many examples passed and failed.

    ``remarks`` say what looks odd and keeps nothing from being used.
    """

    pack: Pack | None
    problems: tuple[Problem, ...]
    passed: int
    failed: int
    remarks: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def prove_pack(file: str, text: str) -> Proof:
    """The proof of the pack that *text* states; an unsound pack's examples are not tried."""
    pack, problems = examine_pack(file, text)
    if pack is None or problems:
        return Proof(pack=pack, problems=tuple(problems), passed=0, failed=0)
    source = PackText(file, text)
    for benefit, message in (*table_faults(pack), *hopeless_benefits(pack)):
        source.report(message, f'id = "{benefit}"')
    failed = 0
    for example in pack.examples:
        faults = run_example(pack, example)
        failed += bool(faults)
        for fault in faults:
            source.report(f"例「{example.title}」：{fault}", f'"{example.title}"')
    passed = len(pack.examples) - failed
    odd = PackText(file, text)
    for message, needle in remarks_on(pack, odd):
        odd.report(message, needle)
    return Proof(
        pack=pack,
        problems=tuple(source.problems),
        passed=passed,
        failed=failed,
        remarks=tuple(odd.problems),
    )


def proven_pack(file: str, text: str) -> Pack:
    """The pack that *text* states, sound and true to its examples.

    Raises:
        PackError: it is not; the message names the first problem and how many there are.
    """
    proof = prove_pack(file, text)
    if proof.pack is None or not proof.sound:
        more = f"（共 {len(proof.problems)} 处，assist pack check {file} 全部列出）"
        raise PackError(f"政策包有错：{proof.problems[0]}{more if len(proof.problems) > 1 else ''}")
    return proof.pack
