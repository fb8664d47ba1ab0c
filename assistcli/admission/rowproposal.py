"""What the school lists say about rows of a file: proposals for what is blank, doubts where they differ."""

from collections.abc import Iterable, Mapping

from assistcli.fields import catalogue
from assistcli.intake.matching import Added, Changed, RowOutcome
from assistcli.intake.report import RowProposal
from assistcli.intake.rows import ParsedRow
from assistcli.model import HOUSEHOLD
from assistcli.policy.rules import Pack
from assistcli.schools.proposal import (
    FACTS,
    SCHOOL,
    facts_in_words,
    open_proposals,
    school_contradictions,
)
from assistcli.values import format_value


def row_proposals(outcomes: Iterable[RowOutcome], pack: Pack, year: int) -> list[RowProposal]:
    """What the lists propose for facts asked under *pack* that new and changed rows and their cases lack."""
    if pack.subject != HOUSEHOLD:
        return []
    from assistcli.interview.questions import case_questions  # a list of students asks nothing of schools

    wanted = {question.name for question in case_questions(pack)}
    return [
        RowProposal(
            file=outcome.row.file,
            sheet=outcome.row.sheet,
            row=outcome.row.number,
            about=proposal.school,
            field=proposal.field,
            value=proposal.value,
            source=proposal.source,
        )
        for outcome in outcomes
        if isinstance(outcome, Added | Changed) and not outcome.row.errors
        for proposal in open_proposals(_facts(outcome), year, wanted)
    ]


def _facts(outcome: Added | Changed) -> Mapping[str, str]:
    known = facts_in_words(outcome.case) if isinstance(outcome, Changed) else {}
    return {**known, **_stated(outcome.row)}


def _stated(row: ParsedRow) -> Mapping[str, str]:
    return {name: format_value(catalogue()[name], row.values[name]) for name in FACTS if name in row.values}


def doubt_schools(rows: Iterable[ParsedRow], pack: Pack, year: int) -> None:
    """What a row says of its school otherwise than the lists goes in as it stands, and is said aloud."""
    for row in rows if pack.subject == HOUSEHOLD else ():
        for proposal, mine in school_contradictions(_stated(row), year) if SCHOOL in row.values else ():
            listed = f"{proposal.source}里「{proposal.school}」是「{proposal.value}」"
            row.doubt(proposal.field, f"表里写「{mine}」，{listed}；以表里的为准")
