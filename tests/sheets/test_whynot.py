"""Where no change of one or two facts is enough, the next step is named, and nothing untrue is said."""

import pytest

from assistcli.policy.pack import load_pack
from assistcli.policy.verdict import Judge
from assistcli.sheets.whynot import change_lines
from assistcli.values import Value


def lines(benefit: str, facts: dict[str, Value]) -> list[str]:
    judge = Judge(load_pack("zust-2013"), {}, 2013)
    verdict = next(v for v in judge.verdicts(facts) if v.benefit.id == benefit)
    return change_lines(judge, verdict, facts)


STUDENT: dict[str, Value] = {"全日制": True, "贫困生等级": "特别困难"}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (STUDENT, "  还缺 就业能力特别弱、毕业年份：先答明，再看差什么"),
        (
            {"全日制": False, "毕业年份": 2013, "就业能力特别弱": True, "单亲家庭": False},
            "  若要符合：可以如实改变的事实里，没有哪一项或哪两项改变就够",
        ),
    ],
)
def test_the_next_step_is_named_where_no_change_is_enough(facts: dict[str, Value], said: str) -> None:
    assert lines("A" if "贫困生等级" in facts else "B3", facts) == [said]


def test_an_open_reading_is_asked_for_first() -> None:
    facts = {**STUDENT, "全日制": False, "毕业年份": 2013, "就业能力特别弱": True}
    assert lines("A", facts) == [
        "  若要符合：先问清口径 A-35；可以如实改变的事实里，没有哪一项或哪两项改变就够"
    ]
