"""Signs and words that stand in a condition for an operator but are none, and the clerk's own for them."""

MEANT = {
    "&&": "且", "&": "且", "and": "且", "并且": "且", "而且": "且", "以及": "且", "同时": "且", "和": "且",
    "与": "且",
    "||": "或", "|": "或", "or": "或", "或者": "或",
    "not": "非", "!": "非", "！": "非", "不是": "非",
    "==": "为", "!=": "不为", "！=": "不为", "<>": "不为", "=<": "不高于", "=>": "不低于",
    "in": "属于", "包含于": "属于",
}  # fmt: skip


def meant_by(word: str) -> str:
    """What to write for *word*; blank where it is no operator of another language."""
    meant = MEANT.get(word.casefold(), "")
    return f"运算词没有「{word}」，写「{meant}」" if meant else ""
