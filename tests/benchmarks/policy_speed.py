"""Verdicts timed beside hand-written Python for the same rules: ``python -m tests.benchmarks.policy_speed``.

The hand-written functions do what the engine must do for the same answer: fields from a dict, derived values,
every reading, and a list of (clause, quote, holds, facts). The verdict-alone functions compute integers and
truths only. Both are checked against the engine on every case before anything is timed. The collector keeps
the pace that the program gives it, for both sides.
"""

import gc
import random
import sys
import tomllib
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import product
from math import inf
from time import process_time
from typing import Any

from assistcli.policy.entry import Entry, PackText
from assistcli.policy.pack import find_pack, load_pack
from assistcli.policy.packreader import read_pack
from assistcli.policy.verdict import Judge
from assistcli.start import ALLOCATIONS_BETWEEN_WALKS

Facts = dict[str, Any]
Reason = tuple[str, str, bool | None, Facts]
Reasons = list[Reason]

STUDENTS, HOUSEHOLDS, ROUNDS = 10_000, 10_000, 7
LIMIT_EXPLAINED, LIMIT_BARE, LIMIT_COMPILE_MS = 4.0, 6.0, 10.0
LIMIT_OPEN = 8.0


def every(*values: bool | None) -> bool | None:
    """Kleene's and."""
    if False in values:
        return False
    return None if None in values else True


def some(*values: bool | None) -> bool | None:
    """Kleene's or."""
    if True in values:
        return True
    return None if None in values else False


def agreed(*results: bool | None) -> str:
    """One word for the results under several readings."""
    if len(set(results)) == 1:
        return {True: "eligible", False: "not_eligible", None: "unknown"}[results[0]]
    return "unknown" if None in results else "depends"


def student_by_hand(given: Facts, year: int) -> list[tuple[str, Reasons]]:
    """Verdict and explanation for A and B1 … B5 of one student."""
    facts = dict(given)
    if "应届" not in facts and "毕业年份" in facts:
        facts["应届"] = facts["毕业年份"] == year
    if "少数民族" not in facts and "民族" in facts:
        facts["少数民族"] = facts["民族"] != "汉族"
    if "家庭经济困难认定" not in facts and "贫困生等级" in facts:
        facts["家庭经济困难认定"] = facts["贫困生等级"] != "无"
    current = every(facts.get("全日制"), facts.get("应届"))
    weak = facts.get("就业能力特别弱")
    seen: Facts = {name: facts[name] for name in ("全日制", "应届") if name in facts}
    able: Facts = {"就业能力特别弱": weak} if weak is not None else {}
    first: Reason = ("一", "全日制应届毕业生", current if current else None, seen)
    found = [_double_by_hand(facts, current, weak, [first, ("二、1", "就业能力特别弱", weak, able)])]
    shared: Reasons = [first, ("二、2", "就业能力特别弱", weak, able)]
    for name, quote in SITUATIONS:
        value = facts.get(name)
        own: Facts = {name: value} if value is not None else {}
        word = agreed(every(current, weak, value), every(weak, value))
        found.append((word, [*shared, ("二、2列举", quote, value, own)]))
    narrow = facts.get("灾害地区")
    wide = some(facts.get("突发性事件"), narrow)
    word = agreed(*(every(studies, weak, struck) for studies in (current, True) for struck in (narrow, wide)))
    hit: Facts = {name: facts[name] for name in ("灾害地区", "突发性事件") if name in facts}
    last: Reason = ("二、2列举", "突发性重大自然灾害地区的学生", narrow if narrow is wide else None, hit)
    found.insert(4, (word, [*shared, last]))
    return found


SITUATIONS = (
    ("少数民族", "少数民族学生"),
    ("身心有缺陷", "身心有缺陷学生"),
    ("单亲家庭", "单亲家庭学生"),
    ("学业困难", "学业困难学生"),
)


def _double_by_hand(
    facts: Facts, current: bool | None, weak: bool | None, shared: Reasons
) -> tuple[str, Reasons]:
    grade, poor = facts.get("贫困生等级"), facts.get("家庭经济困难认定")
    top = None if grade is None else grade == "特别困难"
    word = agreed(every(current, weak, poor), every(weak, poor), every(current, weak, top), every(weak, top))
    looked: Facts = {name: facts[name] for name in ("家庭经济困难认定", "贫困生等级") if name in facts}
    quote = "家庭经济特别困难（被学校认定为家庭经济困难学生）"
    return word, [*shared, ("二、1", quote, poor if poor is top else None, looked)]


NEAR, FAR = ("宁夏", "宁夏回族自治区"), ("一本", "二本", "本科一批", "本科二批")
LOW = ("三本", "专科", "高职", "专科批")
UNDERGRADUATE = ("本科", "大学本科", "全日制本科")


def household_bare(facts: Facts, year: int) -> str:
    """The verdict on 金秋助学 of one household with all facts known, in plain integers."""
    if not facts["在档"] or not facts["统招"] or facts["军队院校"]:
        return "not_eligible"
    batch, admitted, near = facts["招生批次"], facts["考取年度"], facts["学校所在省"] in NEAR
    coming = (400_000 if near else 500_000) if admitted == year else (300_000 if near else 400_000)
    net, line = facts["家庭年度总收入"] - facts["子女年度学费支出"], 84_000 * 12 * facts["家庭人口"]
    incomes = (net < line, net + facts["工会助学资金"] < line, net + coming < line)
    batches = (batch not in LOW, batch in FAR)
    earlier = admitted < year and facts["所学学历"] in UNDERGRADUATE
    entries = (admitted == year or (earlier and facts["首次受助年度"] < year), admitted == year or earlier)
    if True in incomes and True in batches and True in entries:
        return "depends" if False in (*incomes, *batches, *entries) else "eligible"
    return "not_eligible"


def household_by_hand(facts: Facts, year: int) -> tuple[str, list[int], Reasons]:
    """Verdict, amounts and explanation for 金秋助学 of one household with all facts known."""
    get = facts.__getitem__
    batch, admitted, near = get("招生批次"), get("考取年度"), get("学校所在省") in NEAR
    amount = (400_000 if near else 500_000) if admitted == year else (300_000 if near else 400_000)
    net, line = get("家庭年度总收入") - get("子女年度学费支出"), 84_000 * 12 * get("家庭人口")
    incomes = (net < line, net + get("工会助学资金") < line, net + amount < line)
    batches = (batch not in LOW, batch in FAR)
    earlier = admitted < year and get("所学学历") in UNDERGRADUATE
    entries = (admitted == year or (earlier and get("首次受助年度") < year), admitted == year or earlier)
    filed, enrolled, civil = get("在档"), get("统招"), not get("军队院校")
    results = [
        filed and enrolled and civil and income and level and entry
        for income in incomes
        for level in batches
        for entry in entries
    ]
    word = agreed(*results)
    names = ("家庭年度总收入", "子女年度学费支出", "家庭人口", "工会助学资金", "考取年度", "学校所在省")
    reasons: Reasons = [
        ("四（四）", "依档帮扶", filed, {"在档": filed}),
        ("一", "国家统招", enrolled, {"统招": enrolled}),
        ("一", "二本以上", batches[0] if batches[0] is batches[1] else None, {"招生批次": batch}),
        ("一", "军队院校除外", civil, {"军队院校": not civil}),
        (
            "一（建档标准）",
            "家庭实际人均月收入低于840元",
            incomes[0] if incomes[0] is incomes[1] is incomes[2] else None,
            {name: facts[name] for name in names},
        ),
        (
            "二（四）2",
            "往年考入高校的受助本科生(仍符合救助条件的)",
            entries[0] if entries[0] is entries[1] else None,
            {name: facts[name] for name in ("考取年度", "所学学历", "首次受助年度")},
        ),
    ]
    return word, [amount] if word in {"eligible", "depends"} else [], reasons


def agreement(values: list[bool | None]) -> bool | None:
    """What all *values* say; ``None`` where they differ."""
    return values[0] if values.count(values[0]) == len(values) else None


def income_by_hand(facts: Facts, grant: int | None) -> bool | None:
    """Whether the income is below the line, whatever of income, tuition, *grant* and people is missing."""
    income, fee, people = facts.get("家庭年度总收入"), facts.get("子女年度学费支出"), facts.get("家庭人口")
    line = 84_000 * 12 * (1 if people is None else people)
    most = (inf if income is None else income) - (fee or 0) + (inf if grant is None else grant)
    least = -inf if fee is None else (income or 0) - fee + (grant or 0)
    if most < line:
        return True
    return False if people is not None and least >= line else None


def entry_by_hand(facts: Facts, admitted: int, year: int, *, aided: bool) -> tuple[bool | None, list[str]]:
    """Whether a student *admitted* then counts, and the facts missing for that."""
    if admitted >= year:
        return admitted == year, []
    degree, first = facts.get("所学学历"), facts.get("首次受助年度")
    taught = None if degree is None else degree in UNDERGRADUATE
    before = True if not aided else None if first is None else first < year
    lacking = ["所学学历"] * (taught is None) + ["首次受助年度"] * (before is None)
    return every(taught, before), lacking


Way = tuple[int, list[tuple[bool | None, list[str]]], tuple[bool | None, ...]]
"""One way to fill in year and place: the amount, entry with and without aid before, incomes by reading."""


def ways_by_hand(facts: Facts, year: int) -> list[Way]:
    """Every way to fill in year of entry and place of the school, on which amount and conditions hang."""
    years = (year - 1, year, year + 1) if "考取年度" not in facts else (facts["考取年度"],)
    nears = (True, False) if "学校所在省" not in facts else (facts["学校所在省"] in NEAR,)
    zero, received = income_by_hand(facts, 0), income_by_hand(facts, facts.get("工会助学资金"))
    ways: list[Way] = []
    for admitted in years:
        entries = [entry_by_hand(facts, admitted, year, aided=aided) for aided in (True, False)]
        for near in nears:
            amount = (400_000 if near else 500_000) if admitted == year else (300_000 if near else 400_000)
            coming = income_by_hand(facts, amount) if admitted <= year else None
            ways.append((amount, entries, (zero, received, coming)))
    return ways


def household_open_by_hand(facts: Facts, year: int) -> tuple[str, list[int], list[str], Reasons]:
    """Verdict, amounts, missing facts that can matter, and explanation for 金秋助学, with facts missing."""
    army, batch = facts.get("军队院校"), facts.get("招生批次")
    fixed = (facts.get("在档"), facts.get("统招"), None if army is None else not army)
    levels = (None, None) if batch is None else (batch not in LOW, batch in FAR)
    ways = ways_by_hand(facts, year)
    always = [name for name in ("在档", "统招", "军队院校", "招生批次", *SHARED) if name not in facts]
    words: set[bool | None] = set()
    amounts: set[int] = set()
    missing: set[str] = set()
    for option, level, aided in product(range(3), levels, range(2)):
        lacking = [name for name in (QUANTITIES, RECEIVED, QUANTITIES)[option] if name not in facts]
        results = []
        for amount, entries, incomes in ways:
            entry, wanted = entries[aided]
            result = every(*fixed, level, entry, incomes[option])
            results.append(result)
            if result is not False:
                amounts.add(amount)
                missing.update(always, wanted, lacking if incomes[option] is None else ())
        words.add(agreement(results))
    return agreed(*words), sorted(amounts), sorted(missing), reasons_by_hand(facts, fixed, levels, ways)


def reasons_by_hand(
    facts: Facts, fixed: tuple[bool | None, ...], levels: tuple[bool | None, ...], ways: list[Way]
) -> Reasons:
    """Every condition with its clause, what all ways to fill in agree on, and the known facts."""
    values = (
        *fixed[:2],
        agreement([*levels]),
        fixed[2],
        agreement([income for _, _, incomes in ways for income in incomes]),
        agreement([entry for _, entries, _ in ways for entry, _ in entries]),
    )
    return [
        (clause, quote, value, {name: facts[name] for name in names if name in facts})
        for (clause, quote, names), value in zip(GROUNDS, values, strict=True)
    ]


SHARED = ("考取年度", "学校所在省")
QUANTITIES = ("家庭年度总收入", "子女年度学费支出", "家庭人口")
RECEIVED = (*QUANTITIES, "工会助学资金")
GROUNDS = (
    ("四（四）", "依档帮扶", ("在档",)),
    ("一", "国家统招", ("统招",)),
    ("一", "二本以上", ("招生批次",)),
    ("一", "军队院校除外", ("军队院校",)),
    ("一（建档标准）", "家庭实际人均月收入低于840元", (*RECEIVED, *SHARED)),
    ("二（四）2", "往年考入高校的受助本科生(仍符合救助条件的)", ("考取年度", "所学学历", "首次受助年度")),
)


def make_students(count: int, blank: float) -> list[Facts]:
    """Fictional students; each answer is missing with probability *blank*."""
    pick = random.Random(4)  # noqa: S311 — the same students every run
    values: dict[str, tuple[Any, ...]] = {
        "全日制": (True, True, True, False),
        "毕业年份": (2013, 2013, 2012),
        "就业能力特别弱": (True, False),
        "贫困生等级": ("特别困难", "困难", "一般困难", "无"),
        "民族": ("汉族", "汉族", "回族", "壮族"),
        "身心有缺陷": (False, False, True),
        "单亲家庭": (False, True),
        "突发性事件": (False, True),
        "灾害地区": (False, True),
        "学业困难": (False, True),
    }
    return [
        {"姓名": f"学生{number}", "学号": str(number)}
        | {name: pick.choice(choices) for name, choices in values.items() if pick.random() >= blank}
        for number in range(count)
    ]


def make_households(count: int) -> list[Facts]:
    """Fictional households around the income line, every fact known."""
    pick = random.Random(5)  # noqa: S311 — the same households every run
    made = []
    for _ in range(count):
        people = pick.randint(2, 6)
        admitted = pick.choice((2018, 2018, 2017, 2016))
        facts = {
            "在档": pick.random() < 0.9,
            "统招": True,
            "招生批次": pick.choice(("一本", "二本", "二本", "专科", "本科提前批")),
            "军队院校": pick.random() < 0.1,
            "家庭年度总收入": 84_000 * 12 * people + pick.randint(-900_000, 1_500_000),
            "子女年度学费支出": pick.choice((440_000, 500_000, 800_000)),
            "工会助学资金": pick.choice((0, 0, 300_000, 400_000)),
            "家庭人口": people,
            "学校所在省": pick.choice(("宁夏", "甘肃", "陕西")),
            "考取年度": admitted,
            "所学学历": pick.choice(("本科", "本科", "专科")),
            "首次受助年度": pick.choice((2016, 2017, 2018)),
            "就业困难": True,
        }
        made.append(facts)
    return made


def with_blanks(homes: list[Facts]) -> list[Facts]:
    """*homes* with a tenth of their facts missing, which ones by chance."""
    pick = random.Random(7)  # noqa: S311 — the same blanks every run
    return [{name: value for name, value in facts.items() if pick.random() >= 0.1} for facts in homes]


def best_time(work: Callable[[], Any]) -> float:
    """Seconds of the fastest of several rounds of *work*."""
    return best_times(work)[0]


def best_times(*works: Callable[[], Any]) -> list[float]:
    """CPU seconds of the fastest round of each of *works*, run in turn: none has the quieter minute."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            gc.collect()
            start = process_time()
            work()
            taken.append(process_time() - start)
    return [min(taken) for taken in times]


def compile_time(name: str) -> float:
    """Milliseconds that the compilation of the parsed pack *name* takes."""
    file, text = find_pack(name)
    table = tomllib.loads(text, parse_float=Decimal)
    return 1000 * best_time(lambda: read_pack(Entry(PackText(file, text), table, "政策包")))


def measured() -> list[tuple[str, float, float]]:
    """Name, measured figure and its limit, for every target."""
    figures: list[tuple[str, float, float]] = []
    zust, yinchuan = load_pack("zust-2013"), load_pack("yinchuan-2018")
    for label, blank in (("全部已知", 0.0), ("10%空缺", 0.1)):
        students = make_students(STUDENTS, blank)
        hand, engine = best_times(
            partial(_by_hand, students), partial(_judge_all, Judge(zust, {}, 2013), students)
        )
        figures.append((f"{STUDENTS} 名学生，{label}：带理由 ÷ 手写", engine / hand, LIMIT_EXPLAINED))
        _compare(zust, students)
    homes = make_households(HOUSEHOLDS)
    for facts in homes[:2000]:
        verdict = Judge(yinchuan, {}, 2018).verdicts(facts)[0]
        word, amounts, _ = household_by_hand(facts, 2018)
        assert (verdict.verdict, list(verdict.amounts)) == (word, amounts)
        assert household_bare(facts, 2018) == word
    judge, benefit, gappy = Judge(yinchuan, {}, 2018), yinchuan.benefits[0], with_blanks(homes)
    for facts in gappy[:2000]:
        verdict = judge.verdict(benefit, facts)
        by_hand = household_open_by_hand(facts, 2018)
        told = verdict.verdict, list(verdict.amounts), list(verdict.missing), verdict.reasons
        assert told[:3] == by_hand[:3], (facts, told[:3], by_hand[:3])
        assert [r.holds for r in told[3]] == [holds for _, _, holds, _ in by_hand[3]], facts
    hand, open_hand, bare, engine, words, gaps = best_times(
        lambda: [household_by_hand(facts, 2018) for facts in homes],
        lambda: [household_open_by_hand(facts, 2018) for facts in gappy],
        lambda: [household_bare(facts, 2018) for facts in homes],
        lambda: [judge.verdict(benefit, facts) for facts in homes],
        lambda: [judge.word(benefit, facts) for facts in homes],
        lambda: _judge_anew(yinchuan, gappy),
    )
    figures.append((f"{HOUSEHOLDS} 户：带理由和金额 ÷ 手写", engine / hand, LIMIT_EXPLAINED))
    figures.append((f"{HOUSEHOLDS} 户：只要结论 ÷ 手写整数", words / bare, LIMIT_BARE))
    figures.append(
        (f"{HOUSEHOLDS} 户，10%空缺：带理由和待问 ÷ 手写（同样带待问）", gaps / open_hand, LIMIT_OPEN)
    )
    figures.append((f"{HOUSEHOLDS} 户，10%空缺：带理由和待问 ÷ 手写（全部已知，无待问）", gaps / hand, inf))
    for name in ("zust-2013", "yinchuan-2018", "dalian-2011"):
        figures.append((f"编译 {name}（毫秒）", compile_time(name), LIMIT_COMPILE_MS))
    return figures


def _by_hand(students: list[Facts]) -> None:
    for facts in students:
        student_by_hand(facts, 2013)


def _judge_anew(pack: Any, homes: list[Facts]) -> None:
    """Judge *homes* by a judge that remembers nothing of them."""
    judge = Judge(pack, {}, 2018)
    for facts in homes:
        judge.verdict(pack.benefits[0], facts)


def _judge_all(judge: Judge, students: list[Facts]) -> None:
    for facts in students:
        for verdict in judge.verdicts(facts):
            for reason in verdict.reasons:
                _ = reason.holds


def _compare(pack: Any, students: list[Facts]) -> None:
    """Same facts, same verdicts: by hand and by the engine (which sees further where facts are missing)."""
    judge = Judge(pack, {}, 2013)
    for facts in students:
        for verdict, (word, _) in zip(judge.verdicts(facts), student_by_hand(facts, 2013), strict=True):
            assert word in {verdict.verdict, "unknown"}, (facts, verdict.verdict, word)


def main() -> int:
    """Print every figure beside its limit; 1 if one is missed."""
    missed = 0
    gc.set_threshold(ALLOCATIONS_BETWEEN_WALKS)
    for name, figure, limit in measured():
        missed += figure > limit
        sys.stdout.write(f"{figure:8.2f}  （上限 {limit:g}）  {name}{'  未达到' if figure > limit else ''}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
