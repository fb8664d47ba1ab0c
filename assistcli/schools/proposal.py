"""Answers that the school lists propose for a child's facts (建议): a person confirms each, or it is nothing.

A proposal is shown where facts are entered and looked at, always with its list; it is stored by nobody but
the person who confirms it, and never stands against what the child's own papers say.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from assistcli.errors import DataRejectedError
from assistcli.fields import catalogue
from assistcli.model import HOUSEHOLD, Case
from assistcli.values import fold_text, format_value

SCHOOL, PROVINCE, CITY, ACADEMY = "就读学校", "学校所在省", "学校所在市", "军队院校"
STAGE, LEVEL = "就学阶段", "所学学历"
FACTS = (SCHOOL, PROVINCE, CITY, ACADEMY, STAGE, LEVEL)
COLLEGES = "大专以上"
MARK = "建议"
CAUTION = {"本科": "本科院校也招专科生，以录取通知书为准"}
"""What is said beside a proposed level: the school's own does not bind the student's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One proposed answer: for which fact, what, and which list says so of which school."""

    field: str
    value: str
    source: str
    school: str

    def record(self) -> dict[str, str]:
        """The proposal as JSON."""
        return {"field": self.field, "value": self.value, "source": self.source}


@cache
def propose_facts(school: str, year: int) -> Mapping[str, Proposal]:
    """Field → proposal that the lists make for the *school* under a notice of *year*; nothing is entered."""
    if not school.strip():
        return {}
    from assistcli.schools.lists import propose_school  # the lists are only read where they may help

    found = propose_school(school, year)
    if found is None:
        return {}
    told = {PROVINCE: found.province, CITY: found.city, STAGE: COLLEGES, LEVEL: found.level}
    if found.military is not None:
        told[ACADEMY] = "是" if found.military else "否"
    return {
        name: Proposal(
            field=name,
            value=_listed_word(name, value),
            source="；".join(filter(None, (found.source, CAUTION.get(value, "")))),
            school=school,
        )
        for name, value in told.items()
        if value
    }


def open_proposals(
    facts: Mapping[str, str], year: int, wanted: Container[str] | None = None
) -> list[Proposal]:
    """Proposals for those facts that *facts* leaves blank; of the *wanted* ones, where only some are."""
    proposed = propose_facts(facts.get(SCHOOL, ""), year)
    return [p for p in proposed.values() if not facts.get(p.field) and (wanted is None or p.field in wanted)]


def propose_answer(name: str, facts: Mapping[str, str], year: int) -> tuple[str, str]:
    """The answer that the lists propose for the fact *name*, and which list; blank where there is none."""
    found = next((p for p in open_proposals(facts, year) if p.field == name), None)
    return (found.value, found.source) if found else ("", "")


def school_contradictions(facts: Mapping[str, str], year: int) -> list[tuple[Proposal, str]]:
    """Where *facts* and the lists differ on place or kind of the school: the list's word, and one's own."""
    proposed = propose_facts(facts.get(SCHOOL, ""), year)
    return [
        (proposed[name], facts[name])
        for name in (PROVINCE, CITY, ACADEMY)
        if name in proposed and facts.get(name) and not _same(name, facts[name], proposed[name].value)
    ]


def _same(name: str, mine: str, listed: str) -> bool:
    one, other = (_listed_word(name, text) for text in (mine, listed))
    return fold_text(one).removesuffix("市") == fold_text(other).removesuffix("市")


def _listed_word(name: str, text: str) -> str:
    from assistcli.intake.codes import canonical_word  # the code tables, too, only where a school was found

    try:
        return canonical_word(catalogue()[name], text)
    except DataRejectedError:  # an older store may hold a word that is none
        return text


def facts_in_words(case: Case) -> dict[str, str]:
    """The facts of *case* that have to do with schools, as text."""
    return {name: format_value(catalogue()[name], case.value(name)) for name in FACTS}


def case_proposals(case: Case, wanted: Container[str] | None = None) -> list[Proposal]:
    """What the lists propose for the facts that *case* lacks; nothing about students of one's own school."""
    if case.subject != HOUSEHOLD or not case.text(SCHOOL):
        return []
    return open_proposals(facts_in_words(case), case.year, wanted)


def proposal_line(proposals: Iterable[Proposal], who: str) -> str:
    """All *proposals* about one case, and how a person confirms them; blank where there are none."""
    listed = list(proposals)
    if not listed:
        return ""
    settings = " ".join(f"--set {p.field}={p.value}" for p in listed)
    sources = "；".join(dict.fromkeys(part for p in listed for part in p.source.split("；")))
    return (
        f"  {MARK}（{sources}；查「{listed[0].school}」，以学生自己的为准，没有登记）：\n"
        f"    核实后：assist edit {who} {settings}"
    )
