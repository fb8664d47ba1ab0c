"""Places (名额) over the whole list of a notice and year: who is within, who ties, and what decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistcli.book.casebook import Casebook
from assistcli.book.caserecord import case_head
from assistcli.derivation import complete_values, facts_of
from assistcli.desk.assessment import Assessor
from assistcli.errors import DataRejectedError
from assistcli.model import Case
from assistcli.output import Table
from assistcli.policy.kleene import Facts
from assistcli.policy.selection import (
    DEPENDS,
    OPEN,
    TIED,
    WAITING,
    WITHIN,
    Placing,
    Rank,
    Selection,
    rank_list,
)
from assistcli.policy.statement import ELIGIBLE, NOT_ELIGIBLE
from assistcli.sheets.packsheet import mark, order_words, quoted
from assistcli.words import UNSTATED

STATUSES = {
    WITHIN: "在名额内",
    TIED: "并列，由人决定",
    WAITING: "名额外",
    OPEN: "缺事实，未定",
    DEPENDS: "取决于口径或进位",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedList:
    """One notice, year and benefit: how many are listed, whose right is open, and the entitled ranked."""

    pack: str
    year: int
    selection: Selection
    listed: int
    undecided: tuple[Case, ...]
    placing: Placing[str]
    cases: Mapping[str, Case]


def ranked_lists(book: Casebook, assessor: Assessor) -> list[RankedList]:
    """Every list that a notice in use sets places for, ranked.

    Raises:
        DataRejectedError: no notice in use does.
    """
    names = [book.context.pack] if book.context.pack else list(book.office().packs)
    packs = [pack for pack in map(book.pack, names) if pack.selections]
    if not packs:
        raise DataRejectedError(f"名额{UNSTATED}：{'、'.join(names)} 没有写明名额；不排先后，由人决定")
    found = []
    for pack in packs:
        cases = list(book.cases(pack.id))
        for year in sorted({case.year for case in cases}) or [book.office().year]:
            mine = [case for case in cases if case.year == year]
            found += [_ranked(selection, mine, assessor, pack.id, year) for selection in pack.selections]
    return found


def _ranked(selection: Selection, cases: list[Case], assessor: Assessor, pack: str, year: int) -> RankedList:
    entitled: dict[str, Facts] = {}
    undecided = []
    adopted: Mapping[str, str] = {}
    for case in cases:
        judge = assessor.judge(case)
        adopted = judge.adopted
        facts = facts_of(case)
        benefit = next(entry for entry in judge.pack.benefits if entry.id == selection.benefit)
        word = judge.word(benefit, facts)
        if word == ELIGIBLE:
            entitled[case.id] = complete_values(facts, year) | judge.complete(facts)
        elif word != NOT_ELIGIBLE:
            undecided.append(case)
    return RankedList(
        pack=pack,
        year=year,
        selection=selection,
        listed=len(cases),
        undecided=tuple(undecided),
        placing=rank_list(selection, entitled, len(cases), adopted),
        cases={case.id: case for case in cases if case.id in entitled},
    )


def places_data(ranked: RankedList) -> dict[str, Any]:
    """A ranked list as JSON."""
    selection, placing = ranked.selection, ranked.placing
    return {
        "pack": ranked.pack,
        "year": ranked.year,
        "benefit": selection.benefit,
        "clause": selection.citation.clause,
        "quote": selection.citation.quote,
        "listed": ranked.listed,
        "entitled": len(placing.positions),
        "places": {"least": placing.least, "most": placing.most},
        "rounding": selection.rounding or None,
        "order": [_rank_data(rank) for rank in selection.ranks],
        "cases": [
            {
                **case_head(ranked.cases[position.who]),
                "status": position.status,
                "ahead": position.ahead,
                "missing": list(position.missing),
                "decides": _rank_data(position.decides) if position.decides else None,
            }
            for position in placing.positions
        ],
        "undecided": [case_head(case) for case in ranked.undecided],
    }


def _rank_data(rank: Rank) -> dict[str, Any]:
    first = "larger" if rank.larger_first else "smaller"
    return {"fact": rank.name, "first": first, "clause": rank.citation.clause, "quote": rank.citation.quote}


def places_page(ranked: RankedList) -> list[str | Table]:
    """A ranked list for the screen."""
    selection, placing = ranked.selection, ranked.placing
    rows = []
    for position in placing.positions:
        case = ranked.cases[position.who]
        rows.append(
            (
                position.ahead + 1,
                case.student_no or case.text("职工姓名"),
                case.name,
                STATUSES[position.status],
                _why(position.decides, position.missing),
            )
        )
    head = f"{selection.benefit}（{ranked.pack}，{ranked.year} 年）{quoted(selection.citation)}"
    counts = f"名单 {ranked.listed} 人，符合 {len(placing.positions)} 人，名额 {_places(ranked)}"
    return [
        head,
        f"{counts}；先后：{order_words(selection)}",
        Table(("名次", "学号/职工", "姓名", "结果", "由哪一条定、还缺什么"), rows),
        *_warnings(ranked),
        "",
    ]


def _places(ranked: RankedList) -> str:
    placing = ranked.placing
    if placing.least == placing.most:
        return str(placing.least)
    return f"{placing.least} 或 {placing.most}（不足一人怎么计，文件未规定）"


def _why(decides: Rank | None, missing: tuple[str, ...]) -> str:
    by = f"{decides.name}{mark(decides.citation)}" if decides else ""
    return "；".join(filter(None, (by, f"缺{'、'.join(missing)}" if missing else "")))


def _warnings(ranked: RankedList) -> Iterator[str]:
    statuses = [position.status for position in ranked.placing.positions]
    if tied := statuses.count(TIED):
        yield f"{tied} 人并列最后的名额，各项先后都相同，再往下{UNSTATED}，由人决定"
    if DEPENDS in statuses:
        yield f"{statuses.count(DEPENDS)} 人在不在名额内取决于口径，或取决于不足一人怎么计，由人决定"
    if OPEN in statuses:
        yield f"{statuses.count(OPEN)} 人因有人缺少排先后的事实而未定；补齐后再排"
    if ranked.undecided:
        names = "、".join(case.name for case in ranked.undecided[:5])
        yield f"另有 {len(ranked.undecided)} 人资格待核实或取决于口径，没有排入；若符合，名次会变：{names}"
