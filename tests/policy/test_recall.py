"""Verdicts recalled are the verdicts judged, on every pack, for facts that recur and facts that do not."""

import random
from collections.abc import Iterator

import pytest

from assistcli.policy import recall
from assistcli.policy.kleene import Facts
from assistcli.policy.pack import load_pack
from assistcli.policy.recall import Recall
from assistcli.policy.rules import Pack
from assistcli.policy.verdict import Judge, Verdict
from assistcli.values import Value

PACKS = ("zust-2013", "yinchuan-2018", "dalian-2011")
CASES = 400


def some_facts(pack: Pack, chance: random.Random) -> Iterator[dict[str, Value]]:
    """Invented facts about all that the rules of *pack* ask, many blank, and a name besides."""
    judge = Judge(pack, {}, 2013)
    asked = sorted(frozenset().union(*(judge.facts_of(benefit) for benefit in pack.benefits)))
    for number in range(CASES):
        found: dict[str, Value] = {"姓名": f"学生{number}"}
        for name in asked:
            field = pack.fields[name]
            values: list[Value | None] = [None, *(field.choices or ())]
            if field.kind == "yesno":
                values += [True, False]
            elif field.kind in {"money", "count", "year"}:
                values += [3, 2013, 840_00]
            if (value := chance.choice(values)) is not None:
                found[name] = value
        yield found


@pytest.mark.parametrize("most", [recall.MOST_RECALLED, 5])
@pytest.mark.parametrize("id", PACKS)
def test_a_recalled_verdict_is_the_judged_one(id: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word, amounts, missing facts, readings and reasons with their facts; also with the memory full."""
    monkeypatch.setattr(recall, "MOST_RECALLED", most)
    pack = load_pack(id)
    judge = Judge(pack, {}, 2013)
    kept = Recall(Judge(pack, {}, 2013))
    facts: list[Facts] = list(some_facts(pack, random.Random(7)))  # noqa: S311 — the same every time
    for given in [*facts, *facts]:
        assert kept.verdicts(given) == judge.verdicts(given)


def test_equal_facts_are_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two students of the same facts, of different names, ask the judge once."""
    judge, asked = Judge(load_pack("zust-2013"), {}, 2013), list[Facts]()
    plainly = judge.verdicts

    def counted(given: Facts) -> list[Verdict]:
        asked.append(given)
        return plainly(given)

    monkeypatch.setattr(judge, "verdicts", counted)
    kept = Recall(judge)
    first = kept.verdicts({"姓名": "甲同学", "全日制": True})
    assert kept.verdicts({"姓名": "乙同学", "全日制": True}) == first
    kept.verdicts({"姓名": "丙同学", "全日制": False})
    assert len(asked) == 2
