"""What a person is asked about a case under one notice, in which order, and why. Pure.

Which facts are asked stands in the field catalogue (``asked``) and in the notice: its conditions and
what its forms print (``asks``). A fact that follows from another is not asked beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as member

from assistcli.derivation import derived_value
from assistcli.errors import DataRejectedError
from assistcli.fields import Field, catalogue
from assistcli.intake.codes import canonical_word, spellings_for
from assistcli.interview.pinyin import speller, whole_speller
from assistcli.policy.rules import Pack
from assistcli.values import clean_text, fold_text, format_value, parse_value

COLLEGE = "学院"
YES_NO = ("是", "否")
SHOWN_MATCHES = 6

_FORMATS = {
    "id": "18 位",
    "month": "如 1991-02",
    "date": "如 2013-05-06",
    "year": "四位数字",
    "money": "元",
    "count": "整数",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: the fact it asks for, the answers it lists, and whether only these are taken.

    ``remarks`` stand beside the listed answers; ``blank`` says what no answer means.
    """

    field: Field
    choices: tuple[str, ...] = ()
    closed: bool = False
    remarks: Mapping[str, str] = member(default_factory=dict)
    blank: str = "可留空：不详"

    @property
    def name(self) -> str:
        """The name of the fact."""
        return self.field.name

    @property
    def words(self) -> str:
        """What is asked."""
        return self.field.question or self.field.name

    @property
    def hint(self) -> str:
        """How to answer, in brackets."""
        blank = "必填" if self.field.required else self.blank
        return f"（{'；'.join(filter(None, (self._how(), blank)))}）"

    def _how(self) -> str:
        if not self.choices:
            return _FORMATS.get(self.field.kind, "")
        return "/".join(self.choices) if len(self.choices) < SHOWN_MATCHES else "输入几个字筛选"

    def settle(self, text: str) -> str:
        """The plain form of the answer *text*; blank where it says nothing.

        Raises:
            DataRejectedError: it does not fit; the message says what would.
        """
        shown = clean_text(text.replace("\r", "\n").replace("\n", " "))
        try:
            settled = self._read(shown)
        except DataRejectedError:
            if not (self.closed and matching(self.choices, shown)):
                raise
            return pick(self.choices, shown)
        if settled and self.closed and settled not in self.choices:
            return pick(self.choices, shown)
        if not settled and self.field.required:
            raise DataRejectedError(f"{self.name}不能留空")
        return settled

    def _read(self, shown: str) -> str:
        return format_value(self.field, parse_value(self.field, canonical_word(self.field, shown)))


def pick(choices: Iterable[str], text: str) -> str:
    """The one of *choices* that *text* is, or is a part of.

    Raises:
        DataRejectedError: none is, or several are; never the first of several.
    """
    known = list(choices)
    exact = [choice for choice in known if fold_text(choice) == fold_text(text)]
    whole = whole_speller(fold_text(text))
    found = exact or [choice for choice in known if whole(choice)] or matching(known, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise DataRejectedError(f"没有「{text}」；可选：{_listed(known)}")
    raise DataRejectedError(f"「{text}」有 {len(found)} 项符合：{_listed(found)}。请再输入几个字，或用 ↑↓ 选")


def matching(choices: Iterable[str], text: str, remarks: Mapping[str, str] | None = None) -> list[str]:
    """The *choices* that hold *text*, in themselves or in their remarks, or that it spells in pinyin."""
    typed, known = fold_text(text), remarks or {}
    spelt = speller(typed)
    return [
        choice
        for choice in choices
        if typed in fold_text(choice) or typed in fold_text(known.get(choice, "")) or spelt(choice)
    ]


def _listed(choices: list[str]) -> str:
    more = "……" if len(choices) > SHOWN_MATCHES else ""
    return "、".join(choices[:SHOWN_MATCHES]) + more


def case_questions(pack: Pack, extra: frozenset[str] = frozenset()) -> list[Question]:
    """The questions about a new case under *pack* and on the *extra* fields, in the order they are asked."""
    own = _own_fields(pack)
    asked = _usual_names(pack) | extra | {source_name(own, name) for name in pack.facts_needed()}
    order = sorted((own[name] for name in own if name in asked), key=lambda field: field.asked or len(own))
    return [make_question(field, pack) for field in order]


def ruled_names(pack: Pack) -> frozenset[str]:
    """Names of the questions that only rules look at: no form prints them, and not every case is asked."""
    own = _own_fields(pack)
    return frozenset(source_name(own, name) for name in pack.facts_needed()) - _usual_names(pack)


def _usual_names(pack: Pack) -> frozenset[str]:
    """What every case is asked, and what some form prints."""
    own = _own_fields(pack)
    usual = {name for name, field in own.items() if field.asked and pack.subject in field.asked_of}
    return frozenset(usual | {source_name(own, name) for form in pack.forms for name in form.asks})


def _own_fields(pack: Pack) -> dict[str, Field]:
    return {name: field for name, field in pack.fields.items() if pack.subject in field.of}


def field_questions(pack: Pack) -> list[Question]:
    """A question for every field that a case under *pack* may have, those of a new case first."""
    first = case_questions(pack)
    named = {question.name for question in first}
    others = (f for f in pack.fields.values() if pack.subject in f.of and f.name not in named)
    return [*first, *(make_question(field, pack) for field in others)]


def source_name(fields: Mapping[str, Field], name: str) -> str:
    """The fact to ask for *name*: the one it follows from, unless that is only a part of an ID number."""
    field = fields.get(name)
    rule = field.derivation if field else None
    return rule.source if rule and not rule.part and rule.source in fields else name


def make_question(field: Field, pack: Pack) -> Question:
    """The question for *field*, with the answers that the catalogue, a code table or the notice list."""
    if field.kind == "yesno":
        return Question(field=field, choices=YES_NO, closed=True)
    if field.choices:
        return Question(field=field, choices=field.choices, closed=True)
    if field.name == COLLEGE and pack.summary and pack.summary.colleges:
        return Question(field=field, choices=pack.summary.colleges, closed=True)
    words = tuple(dict.fromkeys(spellings_for(field.name).values()))
    return Question(field=field, choices=words, closed=bool(field.table))


def follows(field: Field, answers: Mapping[str, str], year: int) -> bool:
    """Whether *answers* settle *field* already, and its own answer, if any, does not contradict."""
    derived = follow_up(field, answers, year)
    return bool(derived) and answers.get(field.name, "") in {"", derived}


def follow_up(field: Field, answers: Mapping[str, str], year: int) -> str:
    """The value of *field* that follows from the other *answers*; blank if none does."""
    rule = field.derivation
    known = parse_value(catalogue()[rule.source], answers.get(rule.source, "")) if rule else None
    if rule is None or known is None:
        return ""
    return format_value(field, derived_value(rule, known, year))


def reasons(name: str, pack: Pack) -> list[str]:
    """Lines that say which clauses of *pack* need fact *name*, and which forms print it."""
    found = [
        f"{condition.citation.in_full}——用于判断{benefit.title}"
        for benefit in pack.benefits
        for condition in benefit.conditions
        for test in condition.test.under.values()
        if name in {source_name(pack.fields, fact) for fact in test.facts}
    ]
    found += [f"{form.citation.clause}《{form.title}》要填" for form in pack.forms if name in form.asks]
    return list(dict.fromkeys(found)) or ["用于登记和联系，文件没有专门规定"]
