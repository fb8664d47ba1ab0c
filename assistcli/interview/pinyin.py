"""Finding Chinese words by what their pinyin begins with: ``zs``, ``zhs`` and ``zhangsan`` all find 张三.

Every reading of a letter counts: 单 is dan, chan and shan, for nobody is asked which one his name has.
"""

import os
from collections.abc import Callable
from functools import cache

HAN = range(0x3400, 0x40000)


def speller(typed: str) -> Callable[[str], bool]:
    """Whether a word is spelt by *typed*; nothing is unless *typed* is plain Latin letters."""
    if not (typed.isascii() and typed.isalpha()):
        return lambda _word: False
    letters = typed.lower()
    return lambda word: any(_spells(letters, word[start:]) for start in range(len(word)))


def whole_speller(typed: str) -> Callable[[str], bool]:
    """Whether *typed* is all of a word, every syllable written out; ``hanzu`` is 汉族 and not 哈尼族."""
    if not (typed.isascii() and typed.isalpha()):
        return lambda _word: False
    letters = typed.lower()
    return lambda word: _spells_out(letters, word)


def _spells_out(typed: str, word: str) -> bool:
    if not (typed and word) or ord(word[0]) not in HAN:
        return not typed and not word
    heads = [reading for reading in readings(word[0]) if typed.startswith(reading)]
    return any(_spells_out(typed[len(head) :], word[1:]) for head in heads)


def _spells(typed: str, word: str) -> bool:
    """Whether *typed* is a beginning of each syllable of some first letters of *word*."""
    if not typed:
        return True
    if not word or ord(word[0]) not in HAN:
        return False
    heads = {
        reading[:length]
        for reading in readings(word[0])
        for length in range(1, len(reading) + 1)
        if typed.startswith(reading[:length])
    }
    return any(_spells(typed[len(head) :], word[1:]) for head in heads)


@cache
def readings(letter: str) -> frozenset[str]:
    """Every syllable, without tone, that *letter* is read as."""
    # Its phrases would leave one reading of 解放 and take 44 MB; the maintainer's switch for that is this.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin  # 42 ms: only when Latin letters are typed at a list

    found = pinyin(letter, style=Style.NORMAL, heteronym=True)[0]
    return frozenset([*found, *(reading.replace("v", "u") for reading in found)])  # 吕: lv or lu
