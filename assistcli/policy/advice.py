"""What to write instead of words that clerks often write in a condition (常见写法): advice for messages."""

import re

from assistcli.policy.expression import KEYWORDS

LONGEST_WORD = 40
MEANT = {"今年": "年份", "当年": "年份", "本年": "年份", "本年度": "年份", "今日": "今天", "当日": "今天"}
"""Words of notices, and what the language calls them."""
_WORDS = sorted((word for word in KEYWORDS if len(word) > 1), key=lambda word: (-len(word), word))


def advise_on(word: str) -> str:
    """What to write instead of *word*, which names nothing; blank where no usual slip is seen."""
    if len(word) > LONGEST_WORD:
        return ""
    if word in MEANT or (word[:1] in {"!", "！"} and len(word) > 1):
        return f"；这里写「{MEANT.get(word) or f'非 {word[1:]}'}」"
    if match := re.fullmatch(r"(\d{1,3})[%％]", word):
        return f"；百分数写成算式：乘 {match[1]} 除以 100"
    if match := re.fullmatch(r"([\d.]+)(元|人|年|月|天|岁|次)", word):
        return f"；数字后面不写单位，只写 {match[1]}"
    if re.search(r"\d[万千百]", word) or re.fullmatch(r"[一二三四五六七八九十百千万零两]+元?", word):
        return "；数字用阿拉伯数字写，如 10000"
    inside = next((each for each in _WORDS if each in word[1:-1]), "")
    return f"；词与词之间空一格，如「… {inside} …」" if inside else ""
