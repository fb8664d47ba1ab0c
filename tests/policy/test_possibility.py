"""What is certain is said, and only what matters is asked: against brute-force completion of the unknown."""

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assistcli.policy.entry import Entry, PackText
from assistcli.policy.packreader import read_pack
from assistcli.policy.rules import Pack
from assistcli.policy.verdict import Judge
from assistcli.values import Value

ANSWERS: dict[str, tuple[Value, ...]] = {
    "全日制": (True, False),
    "单亲家庭": (True, False),
    "学业困难": (True, False),
    "贫困生等级": ("特别困难", "困难", "一般困难", "无"),
    "家庭经济困难认定": (True, False),
    "民族": ("汉族", "回族"),
    "毕业年份": (2012, 2013, 2014),
}
FACTS = ["全日制", "单亲家庭", "学业困难", "家庭经济困难认定", "少数民族", "应届"]
TERMS = [*FACTS, "贫困生等级 为 特别困难", "贫困生等级 属于 [困难, 无]", "毕业年份 高于 2012"]

terms = st.sampled_from(TERMS)
conditions = st.recursive(
    terms,
    lambda inner: st.one_of(
        inner.map(lambda text: f"非 ({text})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) 且 ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) 或 ({pair[1]})"),
    ),
    max_leaves=5,
)


def make_pack(texts: list[tuple[str, str]], subject: str = "student") -> Pack:
    """A pack of one benefit; each condition is read in two ways under a reading of its own."""
    table = {
        "head": {"id": "x", "title": "x", "issuer": "x", "status": "制度", "subject": subject},
        "clauses": {"一": "原文"},
        "reading": [
            {"id": f"R-{n}", "question": "？", "clause": "一", "options": {"a": "甲", "b": "乙"}}
            for n in range(len(texts))
        ],
        "benefit": [
            {
                "id": "X",
                "title": "X",
                "clause": "一",
                "condition": [
                    {"clause": "一", "reading": f"R-{n}", "under": {"a": first, "b": second}}
                    for n, (first, second) in enumerate(texts)
                ],
            }
        ],
    }
    source = PackText("x.toml", "")
    pack = read_pack(Entry(source, table, "政策包"))
    assert not source.problems, source.problems
    return pack


def completions(known: dict[str, Value]) -> Iterator[dict[str, Value]]:
    """Every way to answer what *known* leaves open, without contradictions."""
    names = [name for name in ANSWERS if name not in known]
    for picked in product(*(ANSWERS[name] for name in names)):
        full = known | dict(zip(names, picked, strict=True))
        if full["家庭经济困难认定"] == (full["贫困生等级"] != "无"):
            yield full


def result_under(judge: Judge, facts: dict[str, Value]) -> str:
    return judge.verdicts(facts)[0].verdict


@settings(max_examples=150, deadline=None)
@given(
    texts=st.lists(st.tuples(conditions, conditions), min_size=1, max_size=2),
    known=st.fixed_dictionaries({}, optional={n: st.sampled_from(v) for n, v in ANSWERS.items()}),
    adopted=st.dictionaries(st.sampled_from(["R-0", "R-1"]), st.sampled_from(["a", "b"])),
)
def test_a_certain_answer_is_given_and_only_what_can_matter_is_missing(
    texts: list[tuple[str, str]], known: dict[str, Value], adopted: dict[str, str]
) -> None:
    """Under each combination of readings the verdict is what every completion agrees on, else unknown."""
    full = list(completions(known))
    if not full:
        return  # the known answers contradict each other: an import error, never judged
    pack = make_pack(texts)
    adopted = {name: option for name, option in adopted.items() if name in pack.readings}
    judge = Judge(pack, adopted, 2013)
    free = [name for name in pack.readings if name not in adopted]
    words, needed = set(), set()
    for picked in product("ab", repeat=len(free)):
        sharp = Judge(pack, adopted | dict(zip(free, picked, strict=True)), 2013)
        found = [(facts, result_under(sharp, facts)) for facts in full]
        results = {word for _, word in found}
        words.add(results.pop() if len(results) == 1 else "unknown")
        needed |= matters(found, known)
    verdict = judge.verdicts(known)[0]
    expected = next(iter(words)) if len(words) == 1 else "unknown" if "unknown" in words else "depends"
    assert verdict.verdict == expected
    assert set(verdict.missing) == needed


def matters(found: list[tuple[dict[str, Value], str]], known: dict[str, Value]) -> set[str]:
    """The unknown facts whose answer, alone or with what must follow from it, changes some result."""
    wanted = set()
    for name in ("全日制", "单亲家庭", "学业困难", "民族", "毕业年份"):
        if name not in known and _differs(found, {name}):
            wanted.add(name)
    if "贫困生等级" not in known and _differs(found, {"贫困生等级", "家庭经济困难认定"}):
        wanted.add("贫困生等级")
    elif "家庭经济困难认定" not in known and _differs(found, {"家庭经济困难认定"}):
        wanted.add("家庭经济困难认定")
    return wanted


def _differs(found: list[tuple[dict[str, Value], str]], names: set[str]) -> bool:
    seen: dict[tuple[tuple[str, Value], ...], str] = {}
    for facts, word in found:
        rest = tuple((name, value) for name, value in facts.items() if name not in names)
        if seen.setdefault(rest, word) != word:
            return True
    return False
