"""The condition language of the packs: text to a syntax tree, in the clerk's own words.

    condition  = sentence { "或" sentence }
    sentence   = term { "且" term }
    term       = "非" term | comparison
    comparison = sum [ relation sum | ("属于"|"不属于") list ]
    relation   = "为" | "不为" | "低于" | "不低于" | "高于" | "不高于"
    sum        = product { ("加"|"减") product }
    product    = atom { ("乘"|"除以") atom }
    atom       = name | number | "quoted" | "是" | "否" | "(" condition ")"
    list       = "[" atom { "," atom } "]"

Full-width punctuation and the signs ``= < > + - * /`` are accepted. Words are separated by blanks or
punctuation. Nothing here runs, opens or fetches anything; size and depth are bounded.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from assistcli.fields import nearest_names
from assistcli.policy.syntax import (
    Arithmetic,
    Comparison,
    ExpressionError,
    Junction,
    Literal,
    Membership,
    Name,
    Negation,
    Node,
)

__all__ = [
    "Arithmetic",
    "Comparison",
    "ExpressionError",
    "Junction",
    "Literal",
    "Membership",
    "Name",
    "Negation",
    "Node",
    "is_one_word",
    "parse_condition",
]

LONGEST_TEXT = 2_000
DEEPEST = 20
MOST_TOKENS = 200
LONGEST_NUMBER = 20
LONGEST_NAME = 40

RELATIONS = {
    "为": "eq", "等于": "eq", "=": "eq",
    "不为": "ne", "不等于": "ne", "≠": "ne",
    "低于": "lt", "小于": "lt", "少于": "lt", "<": "lt",
    "不低于": "ge", "至少": "ge", "≥": "ge", ">=": "ge",
    "高于": "gt", "大于": "gt", "超过": "gt", ">": "gt",
    "不高于": "le", "不超过": "le", "≤": "le", "<=": "le",
}  # fmt: skip
MEMBERSHIPS = {"属于": True, "不属于": False}
SUMS = {"加": "+", "+": "+", "减": "-", "-": "-"}
PRODUCTS = {"乘": "*", "*": "*", "×": "*", "除以": "/", "/": "/", "÷": "/"}
THOUSANDS = "；数字里不写逗号，如 50000"
TRUTHS = {"是": True, "否": False}
KEYWORDS = frozenset({"且", "或", "非", *RELATIONS, *MEMBERSHIPS, *SUMS, *PRODUCTS, *TRUTHS})

_FOLD = str.maketrans("（）【】［］，、：＝＜＞＋－＊／“”「」　", '()[][],,:=<>+-*/"""" ')
_TOKEN = re.compile(
    r"(?P<blank>\s+)|(?P<text>\"[^\"]*\")|(?P<number>\d+(?:\.\d+)?(?![^\s()\[\],=<>+*/×÷≤≥≠-]))"
    r"|(?P<sign>>=|<=|[()\[\],=<>≤≥≠*/×÷+-])|(?P<word>[^\s()\[\],\"=<>≤≥≠*/×÷+-]+)"
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def parse_condition(text: str) -> Node:
    """The syntax tree of *text*.

    Raises:
        ExpressionError: with the column of the first thing that does not fit.
    """
    if len(text) > LONGEST_TEXT:
        raise ExpressionError(f"条件过长（{len(text)} 字，最多 {LONGEST_TEXT} 字）", 1)
    reader = _Reader(_tokens(text))
    node = reader.condition(0)
    reader.expect_end()
    return node


def _tokens(text: str) -> list[_Token]:
    folded, tokens, position = text.translate(_FOLD), [], 0
    while position < len(folded):
        match = _TOKEN.match(folded, position)
        if not match:
            raise ExpressionError(f"看不懂「{text[position]}」", position + 1, text[position])
        if match.lastgroup != "blank":
            tokens.append(_Token(str(match.lastgroup), match[0], position + 1))
        position = match.end()
        if len(tokens) > MOST_TOKENS:
            raise ExpressionError(f"条件过长（最多 {MOST_TOKENS} 个词）", position)
    return [*tokens, _Token("end", "", len(text) + 1)]


class _Reader:
    """Recursive descent over the tokens; one method per line of the grammar above."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.position = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.position]

    def take(self) -> _Token:
        self.position += 1
        return self.tokens[self.position - 1]

    def take_if(self, *texts: str) -> _Token | None:
        return self.take() if self.token.kind in {"word", "sign"} and self.token.text in texts else None

    def expect(self, text: str, after: str) -> None:
        if not self.take_if(text):
            raise ExpressionError(f"{after}缺「{text}」", self.token.column, self.token.text)

    def expect_end(self) -> None:
        if self.token.kind != "end":
            self._demand_own_words()
            raise ExpressionError(self._junk(), self.token.column, self.token.text)

    def _demand_own_words(self) -> None:
        """Let pass what is no operator of another language, here or just before."""
        from assistcli.policy.foreign import meant_by  # only where something does not fit

        near = self.tokens[max(0, self.position - 1) : self.position + 2]
        pairs = [_Token("sign", a.text + b.text, a.column) for a, b in pairwise(near)]
        for token in (*pairs, self.token, near[0]):
            if meant := meant_by(token.text):
                raise ExpressionError(meant, token.column, token.text)

    def _junk(self) -> str:
        """What to say of a word after a whole sentence: a slip of an operator, else a missing 且."""
        word = self.token.text
        if word == "," and self.tokens[self.position - 1].kind == "number":
            return f"「,」多余{THOUSANDS}"
        slip = 1 < len(word) <= LONGEST_NAME and word not in KEYWORDS
        near = nearest_names(word, sorted(KEYWORDS)) if slip else []
        hint = f"；运算词没有「{word}」，是不是「{near[0]}」？" if near else ""
        return f"「{word}」前缺少 且 或 或{hint}"

    def condition(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise ExpressionError(f"括号嵌套过深（最多 {DEEPEST} 层）", self.token.column)
        return self._junction("或", depth)

    def _junction(self, word: str, depth: int) -> Node:
        parts = [self._part(word, depth)]
        while self.take_if(word):
            parts.append(self._part(word, depth))
        return parts[0] if len(parts) == 1 else Junction(word == "且", tuple(parts))

    def _part(self, word: str, depth: int) -> Node:
        return self._junction("且", depth) if word == "或" else self._term(depth)

    def _term(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise ExpressionError(f"非 连用过多（最多 {DEEPEST} 层）", self.token.column)
        return Negation(self._term(depth + 1)) if self.take_if("非") else self._comparison(depth)

    def _comparison(self, depth: int) -> Node:
        left = self._sum(depth)
        if token := self.take_if(*RELATIONS):
            return Comparison(RELATIONS[token.text], left, self._sum(depth), token.column)
        if token := self.take_if(*MEMBERSHIPS):
            return Membership(left, self._list(depth), MEMBERSHIPS[token.text], token.column)
        return left

    def _list(self, depth: int) -> tuple[Node, ...]:
        self.expect("[", "属于 后面")
        items = [self._atom(depth)]
        while self.take_if(","):
            items.append(self._atom(depth))
        self.expect("]", "列表末尾")
        return tuple(items)

    def _sum(self, depth: int) -> Node:
        node = self._product(depth)
        while token := self.take_if(*SUMS):
            node = Arithmetic(SUMS[token.text], node, self._product(depth), token.column)
        return node

    def _product(self, depth: int) -> Node:
        node = self._atom(depth)
        while token := self.take_if(*PRODUCTS):
            node = Arithmetic(PRODUCTS[token.text], node, self._atom(depth), token.column)
        return node

    def _atom(self, depth: int) -> Node:
        token = self.take()
        if token.text == "(" and token.kind == "sign":
            node = self.condition(depth + 1)
            self.expect(")", "括号")
            return node
        if token.kind == "number" and len(token.text) > LONGEST_NUMBER:
            raise ExpressionError(f"数字过长（最多 {LONGEST_NUMBER} 位）", token.column)
        if token.kind == "number" and re.match(r"0\d", token.text):
            raise ExpressionError(f"「{token.text}」前面多了 0{THOUSANDS}", token.column, token.text)
        if token.kind in {"number", "text"}:
            return Literal(token.text.strip('"'), token.kind == "number", token.column)
        if token.text in TRUTHS:
            return Literal(TRUTHS[token.text], False, token.column)
        if token.kind == "word" and token.text not in KEYWORDS:
            return Name(token.text, token.column)
        self.position -= 1
        self._demand_own_words()
        shown = f"「{token.text}」" if token.text else "句尾"
        raise ExpressionError(f"{shown}处应是字段、数字或括号", token.column, token.text)


def is_one_word(text: str) -> bool:
    """Whether *text* can name something: one word, no operator, not too long."""
    try:
        return 0 < len(text) <= LONGEST_NAME and isinstance(parse_condition(text), Name)
    except ExpressionError:
        return False
