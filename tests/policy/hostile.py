"""Packs made to hurt: huge, deep, circular, explosive, or of the wrong type everywhere.

``python -m tests.policy.hostile`` tries each and prints one JSON object: the worst time in seconds, the most
memory in bytes, how many were tried, and the names of those that were taken for sound or crashed.
"""

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

from assistcli.policy.proof import prove_pack
from tests.memory import peak_memory

SOUND = (Path(__file__).parent / "sound.toml").read_text(encoding="utf-8")
CONDITION, FORMULA, AMOUNT = 'if = "在档"', 'is = "家庭年度总收入 除以 12 除以 家庭人口"', 'yuan = "3000"'
BOMBS = (
    "9" * 5_000, "9" * 21, "1e999999999", "1E-999999999", "0x" + "f" * 5_000, "∞", "NaN", "-0.0001", "1_000",
)  # fmt: skip
OPERATORS = (
    "且", "或", "非", "低于", "不低于", "属于", "加", "除以", "是", "否", "年份", "今天", "在档", "家庭人口",
    ">", "(", " ",
)  # fmt: skip
CODE = (
    "__import__('os').system('id')", "open('/etc/passwd')", "在档.__class__", "lambda: 1", "{{7*7}}",
    "${HOME}", "在档; import os", "eval(在档)", "file:///etc/passwd", "http://example.com", "(a+)+$", "%s%n",
    "`id`", "$(id)",
)  # fmt: skip
DIVISORS = {
    "zero": "0",
    "difference": "(家庭人口 减 1)",
    "money": "家庭年度总收入",
    "self": "(家庭人口 减 家庭人口)",
}
SIZES = (300, 3_000, 30_000)
WRONG: tuple[tuple[str, str], ...] = (
    ("list", "[[[]]]"),
    ("table", "{ a = { b = { c = 1 } } }"),
    ("true", "true"),
    ("number", "12345678901234567890"),
    ("float", "1e400"),
    ("moment", "2020-01-01T00:00:00Z"),
    ("hour", "23:59:59"),
    ("long", '"' + "长" * 20_000 + '"'),
)


def swapped(old: str, new: str) -> str:
    assert old in SOUND, old
    return SOUND.replace(old, new, 1)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def entry(kind: str, **members: str) -> str:
    """One table of an array, its *members* as they stand in TOML; each cites the first clause."""
    lines = [f"{name} = {value}" for name, value in {"clause": '"第一条"', **members}.items()]
    return "\n".join([f"[[{kind}]]", *lines]) + "\n"


def formula(name: str, words: str) -> str:
    return entry("formula", **{"name": quoted(name), "is": quoted(words)})


def hostile_packs() -> Iterator[tuple[str, str]]:
    """Name and text of every hostile pack; each must be refused."""
    yield from huge_ones()
    yield from deep_ones()
    yield from number_bombs()
    yield from circular_ones()
    yield from explosions()
    yield from shadows()
    yield from runners()
    yield from wrong_types()


def huge_ones() -> Iterator[tuple[str, str]]:
    yield "huge-comment", SOUND + "#" * 2_000_000
    yield "huge-value", SOUND + f'\n[x]\ny = "{"长" * 600_000}"\n'
    for size in SIZES:
        yield f"huge-condition-{size}", swapped(CONDITION, f"if = {quoted('在档' + ' 且 在档' * size)}")
        yield f"huge-sum-{size}", swapped(FORMULA, f"is = {quoted('1' + ' 加 1' * size)}")
        members = ", ".join(["困难职工"] * size)
        yield f"huge-list-{size}", swapped(CONDITION, f"if = {quoted(f'档案类别 属于 [{members}]')}")
        yield f"huge-word-{size}", swapped(CONDITION, f"if = {quoted('档' * size)}")
        yield f"huge-keys-{size}", SOUND + "\n[surplus]\n" + "\n".join(f"k{n} = {n}" for n in range(size))
        tables = "\n".join(f'[[papers]]\nname = "{n}"' for n in range(size))
        yield f"huge-unknown-tables-{size}", SOUND + "\n" + tables
        clauses = "\n".join(f'"{n}" = "字"' for n in range(9 * size))
        yield f"huge-clauses-{size}", SOUND.replace("[clauses]", f"[clauses]\n{clauses}")
        lone = "\n".join(f"[t{n}]" for n in range(8 * size))
        yield f"huge-lone-tables-{size}", SOUND + "\n" + lone
        papers = "\n".join(f'[[paper]]\nname = "P{n}"\nclause = "无"' for n in range(size // 10))
        yield f"huge-papers-{size}", SOUND + "\n" + papers


def deep_ones() -> Iterator[tuple[str, str]]:
    for size in SIZES:
        yield f"deep-brackets-{size}", swapped(CONDITION, f"if = {quoted('(' * size + '在档' + ')' * size)}")
        yield f"deep-not-{size}", swapped(CONDITION, f"if = {quoted('非 ' * size + '在档')}")
        yield f"deep-open-{size}", swapped(CONDITION, f"if = {quoted('(' * size)}")
        yield f"deep-array-{size}", SOUND + "\nx = " + "[" * size + "]" * size
        yield f"deep-inline-{size}", SOUND + "\nx = " + "{ a = " * size + "1" + " }" * size
        yield f"deep-header-{size}", SOUND + "\n[" + ".".join(["a"] * size) + "]\n"
        yield f"deep-minus-{size}", swapped(FORMULA, f"is = {quoted('1 减 (' * size + '1' + ')' * size)}")


def number_bombs() -> Iterator[tuple[str, str]]:
    for number, bomb in enumerate(BOMBS):
        yield f"bomb-parameter-{number}", swapped('value = "1000"', f"value = {quoted(bomb)}")
        yield f"bomb-amount-{number}", swapped(AMOUNT, f"yuan = {quoted('3000 乘 ' + bomb)}")
        yield f"bomb-cap-{number}", swapped('yuan = "500"', f"yuan = {quoted(bomb)}")
        yield f"bomb-condition-{number}", swapped(CONDITION, f"if = {quoted('家庭人口 高于 ' + bomb)}")
        yield (
            f"bomb-number-parameter-{number}",
            swapped('unit = "元"', 'unit = "数"').replace('value = "1000"', f"value = {quoted(bomb)}"),
        )
    yield "bomb-integer", swapped("date = 2020-03-01", "date = " + "9" * 100_000)
    yield "bomb-float", swapped("date = 2020-03-01", "date = 1e" + "9" * 1_000)


def circular_ones() -> Iterator[tuple[str, str]]:
    yield "circle-self", swapped(FORMULA, 'is = "人均月收入"')
    yield "circle-sum", swapped(FORMULA, 'is = "1 加 人均月收入"')
    yield "circle-row", swapped(FORMULA, 'rows = [{ when = "在档", is = "人均月收入" }]')
    yield "circle-when", swapped(FORMULA, 'rows = [{ when = "人均月收入 低于 1", is = "1" }]')
    pair = formula("甲", "乙") + formula("乙", "甲")
    yield "circle-pair", swapped("[[formula]]", pair + "\n[[formula]]")
    for size in (10, 40, 400):
        doubling = chain(size, "甲{0} 加 甲{0}")
        yield f"circle-doubling-{size}", swapped("[[benefit]]", doubling + "\n[[benefit]]")
    yield "circle-long-chain", swapped("[[benefit]]", chain(1_500, "甲{0} 加 1") + "\n[[benefit]]")
    for name, divisor in DIVISORS.items():
        yield f"divide-{name}", swapped(FORMULA, f'is = "家庭年度总收入 除以 {divisor}"')


def chain(size: int, step: str) -> str:
    """Formulas that each build on the one before."""
    steps = (formula(f"甲{n}", step.format(n - 1)) for n in range(1, size))
    return formula("甲0", "1") + "\n".join(steps)


def explosions() -> Iterator[tuple[str, str]]:
    three, benefit = '{ a = "甲", b = "乙", c = "丙" }', entry("benefit", id='"又"', title='"又"')
    for size in (12, 60):
        names = [quoted(f"Q-{n}") for n in range(size)]
        readings = "\n".join(entry("reading", id=name, question='"？"', options=three) for name in names)
        under = '{ a = "在档", b = "是", c = "统招" }'
        conditions = [entry("benefit.condition", reading=name, under=under) for name in names]
        yield f"explode-benefit-{size}", "\n".join([SOUND, readings, benefit, *conditions])
        sums = '{ a = "1", b = "2", c = "3" }'
        formulas = [
            entry("formula", name=quoted(f"乙{n}"), reading=name, under=sums) for n, name in enumerate(names)
        ]
        total = " 加 ".join(f"乙{n}" for n in range(size))
        condition = entry("benefit.condition", **{"if": quoted(f"{total} 高于 1")})
        yield f"explode-formula-{size}", "\n".join([SOUND, readings, *formulas, benefit, condition])
        switch = "{ reading = %s, under = { a = true, b = false, c = true } }"
        claims = [
            entry("claim", item=quoted(f"项{n}"), kinds=f'["种{n}"]', in_total=switch % name)
            for n, name in enumerate(names)
        ]
        yield f"explode-claims-{size}", "\n".join([SOUND, readings, *claims])
    options = ", ".join(f'o{n} = "{n}"' for n in range(5_000))
    yield "explode-options", swapped('{ strict = "只限当年", loose = "包括上一年" }', "{ " + options + " }")
    yield "explode-table", "\n".join([SOUND, *wide_table()])


def wide_table() -> Iterator[str]:
    """A benefit whose amounts hang on eight facts of forty values each."""
    values = "[" + ", ".join(quoted(f"值{m}") for m in range(40)) + "]"
    for n in range(8):
        yield f'[[fact]]\nname = "属性{n}"\nkind = "choice"\nchoices = {values}\n'
    yield entry("benefit", id='"表"', title='"表"')
    yield entry("benefit.condition", **{"if": '"在档"'})
    for m in range(40):
        when = " 且 ".join(f"属性{n} 为 值{m}" for n in range(8))
        yield entry("benefit.amount", when=quoted(when), yuan=quoted(str(m)))


def shadows() -> Iterator[tuple[str, str]]:
    for word in (
        "且",
        "或",
        "非",
        "低于",
        "不低于",
        "属于",
        "加",
        "除以",
        "是",
        "否",
        "年份",
        "今天",
        "在档",
        "家庭人口",
        ">",
        "(",
        " ",
    ):
        yield f"shadow-parameter-{word}", swapped('name = "收入线"', f"name = {quoted(word)}")
        yield f"shadow-fact-{word}", SOUND + f'\n[[fact]]\nname = {quoted(word)}\nkind = "yesno"\n'


def runners() -> Iterator[tuple[str, str]]:
    for number, text in enumerate(CODE):
        yield f"run-condition-{number}", swapped(CONDITION, f"if = {quoted(text)}")
        yield f"run-formula-{number}", swapped(FORMULA, f"is = {quoted(text)}")
    for number, id in enumerate(("../../etc/x", "/etc/x", "a/b", "a\\b", "..", "CON:", "甲", "a" * 300)):
        yield f"run-id-{number}", swapped('id = "example-2020"', f"id = {quoted(id)}")


def wrong_types() -> Iterator[tuple[str, str]]:
    """Every value of the sound pack replaced by one of every wrong type."""
    lines = SOUND.splitlines()
    for number, line in enumerate(lines):
        key, sign, _ = line.partition(" = ")
        if not sign:
            continue
        for name, value in WRONG:
            changed = [*lines[:number], f"{key} = {value}", *lines[number + 1 :]]
            if not harmless(key.strip(), name):
                yield f"type-{number + 1}-{key.strip()}-{name}", "\n".join(changed)


def harmless(key: str, kind: str) -> bool:
    """Whether this is no mistake: a clause may be long, a yes may be a yes."""
    return (kind == "long" and key.startswith('"')) or (kind == "true" and key == "in_total")


def main() -> None:
    """Try every hostile pack and tell how it went."""
    tomllib.loads(SOUND)
    worst, slowest, tried = 0.0, "", 0
    wrong: list[str] = []
    for name, text in hostile_packs():
        tried += 1
        start = process_time()
        try:
            refused: Any = not prove_pack(f"{name}.toml", text).sound
        except Exception as error:
            refused, wrong = True, [*wrong, f"{name}: {error!r}"[:300]]
        took = process_time() - start
        worst, slowest = max((worst, slowest), (took, name))
        wrong += [] if refused else [f"{name}: taken for sound"]
    report = {"tried": tried, "worst": worst, "slowest": slowest, "memory": peak_memory(), "wrong": wrong}
    sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
