"""Where a text that goes on over the page is torn: behind a clause, never inside a number or a word."""

import re
import unicodedata

_REACH = 30  # characters that the page before may stay shorter for a better seam
_CLAUSE_ENDS = "。！？；，、：;!?\n"
_NO_START = frozenset("。！？；，、：.,;:!?…—·）)】]》〉」』”’％%‰℃")
_NO_END = frozenset("（(【[《〈「『“‘￥¥$")
# Amounts, dates and numbers in figures or Chinese characters, with their units; Latin words.
_CHINESE = "零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟元角分年月日号"
_WORD = re.compile(f"[0-9０-９A-Za-z.．,%{_CHINESE}]")


def find_seam(text: str, most: int) -> int:
    """Index at which to tear *text* so that at most *most* characters stand before it."""
    nearest = most - min(_REACH, most // 2)
    places = range(most, nearest, -1)
    behind_clause = (at for at in places if text[at - 1] in _CLAUSE_ENDS and not _holds(text, at))
    between_words = (at for at in places if not _holds(text, at))
    found = next(behind_clause, None) or next(between_words, most)
    while found and _belongs_to_previous(text[found : found + 1]):
        found -= 1
    return found


def _holds(text: str, at: int) -> bool:
    """Whether the characters before and after *at* belong together."""
    before, after = text[at - 1], text[at : at + 1]
    if after in _NO_START or before in _NO_END or _belongs_to_previous(after):
        return True
    if before in _CLAUSE_ENDS:  # 12，345 is one number
        return text[at - 2 : at - 1].isdigit() and after.isdigit()
    return bool(_WORD.match(before) and _WORD.match(after))


def _belongs_to_previous(character: str) -> bool:
    return bool(character) and (unicodedata.combining(character) > 0 or character in "\u200d\ufe0e\ufe0f")
