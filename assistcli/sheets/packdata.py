"""A notice as JSON: who, how much, by when, what is unclear."""

from typing import Any

from assistcli.money import format_yuan
from assistcli.policy.citation import Citation
from assistcli.policy.practice import CalendarEvent, Indicator
from assistcli.policy.rules import Benefit, ClaimItem, Condition, Pack
from assistcli.policy.selection import Selection
from assistcli.values import iso_or_none


def sheet_data(pack: Pack) -> dict[str, Any]:
    """The sheet of *pack* as JSON."""
    return _head_data(pack) | _aid_data(pack) | _work_data(pack) | _open_data(pack)


def _head_data(pack: Pack) -> dict[str, Any]:
    return {
        "pack": pack.id,
        "title": pack.title,
        "issuer": pack.issuer,
        "number": pack.number or None,
        "date": iso_or_none(pack.issued),
        "presumed": pack.damage or None,
        "basis": pack.basis or None,
        "sent_to": pack.sent_to or None,
        "unit": pack.unit or None,
        "status": pack.status,
        "subject": pack.subject,
        "source": pack.source or None,
    }


def _aid_data(pack: Pack) -> dict[str, Any]:
    """Who is entitled to what, and to how many places."""
    return {
        "benefits": [_benefit_data(benefit) for benefit in pack.benefits],
        "claims": [_claim_data(item) for item in pack.claims],
        "total": format_yuan(pack.total.fen) if pack.total else None,
        "aids": [{"aid": aid.name, "amount": None} | _cited(aid.citation) for aid in pack.aids],
        "words": [{"kind": w.kind, "words": list(w.words), "clause": w.citation.clause} for w in pack.words],
        "places": [_place_data(selection) for selection in pack.selections],
    }


def _work_data(pack: Pack) -> dict[str, Any]:
    """What is to be done, by whom, how often and by when, and what it is measured by."""
    return {
        "steps": [{"step": s.name, "by": s.by, "clause": s.citation.clause} for s in pack.steps],
        "papers": [{"paper": name} | _cited(citation) for name, citation in pack.papers.items()],
        "duties": [{"duty": name} | _cited(citation) for name, citation in pack.duties.items()],
        "calendar": [_event_data(event) for event in pack.events],
        "cadences": [
            {"name": c.name, "words": c.words, "days": c.days, "per": c.per, "clause": c.citation.clause}
            for c in pack.cadences
        ],
        "quotas": [
            {"kind": q.kind, "least": q.least, "by": q.by, "clause": q.citation.clause} for q in pack.quotas
        ],
        "targets": [
            {"name": t.name, "least": t.least or None, "goal": t.goal or None, "clause": t.citation.clause}
            for t in pack.targets
        ],
        "indicators": [_indicator_data(indicator) for indicator in pack.indicators],
        "roles": [{"role": r.name, "per": r.per, "count": r.count} for r in pack.roles],
    }


def _open_data(pack: Pack) -> dict[str, Any]:
    """What the notice leaves unclear, what of it is damaged, and what is remarked on it."""
    return {
        "readings": [reading_data(pack, name) for name in pack.readings],
        "questions": [
            {
                "reading": q.id,
                "question": q.question,
                "options": list(q.options),
                "clause": q.clause,
                "decides": q.decides,
            }
            for q in pack.questions
        ],
        "damaged": damage_data(pack),
        "notes": list(pack.notes),
    }


def _cited(citation: Citation) -> dict[str, str]:
    return {"clause": citation.clause, "quote": citation.quote}


def _indicator_data(indicator: Indicator) -> dict[str, Any]:
    return {
        "name": indicator.name,
        "counts": indicator.counts,
        "of": dict(indicator.of),
        "reading": indicator.reading or None,
        "flag": indicator.flag or None,
        **_cited(indicator.citation),
    }


def _place_data(selection: Selection) -> dict[str, Any]:
    return {
        "benefit": selection.benefit,
        "most": selection.most,
        "share": list(selection.share) if selection.share else None,
        "of": selection.of or None,
        "rounding": selection.rounding or None,
        "order": [
            {"fact": r.name, "first": "larger" if r.larger_first else "smaller", "clause": r.citation.clause}
            for r in selection.ranks
        ],
        "clause": selection.citation.clause,
    }


def reading_data(pack: Pack, name: str) -> dict[str, Any]:
    """The reading *name* of *pack* as JSON."""
    reading = pack.readings[name]
    return {
        "reading": reading.id,
        "question": reading.question,
        "clause": reading.clause,
        "decides": reading.decides,
        "options": dict(reading.options),
    }


def damage_data(pack: Pack) -> list[dict[str, Any]]:
    """The damaged passages of *pack* as JSON; a reading that nobody can give is null."""
    return [
        {
            "id": d.id,
            "where": d.where,
            "found": d.found,
            "read": d.read or None,
            "basis": d.basis,
            "sure": d.sure,
        }
        for d in pack.damaged
    ]


def _benefit_data(benefit: Benefit) -> dict[str, Any]:
    stated = [row for row in benefit.amounts if row.least or row.most]
    unstated = [row for row in benefit.amounts if not (row.least or row.most)]
    return {
        "benefit": benefit.id,
        "title": benefit.title,
        "clause": benefit.citation.clause,
        "conditions": [_condition_data(condition) for condition in benefit.conditions],
        "amounts": [{"amount": row.text} | _cited(row.citation) for row in stated],
        "unstated": [_cited(row.citation) for row in unstated],
        "papers": list(benefit.papers),
        "portions": [
            {"portion": p.name, "share": list(p.share), "against": p.against or None} | _cited(p.citation)
            for p in benefit.portions
        ],
    }


def _condition_data(condition: Condition) -> dict[str, Any]:
    return {
        "if": sorted({test.text for test in condition.test.under.values()}),
        **_cited(condition.citation),
        "readings": list(condition.test.readings),
    }


def _claim_data(item: ClaimItem) -> dict[str, Any]:
    return {
        "item": item.item,
        "kinds": list(item.kinds),
        "cap": format_yuan(item.cap.fen) if item.cap else None,
        "clause": item.citation.clause,
    }


def _event_data(event: CalendarEvent) -> dict[str, Any]:
    return {
        "when": event.when,
        "start": iso_or_none(event.start),
        "end": iso_or_none(event.end),
        "ends": {",".join(o): day.isoformat() for o, day in event.ends.under.items()} if event.ends else None,
        "what": event.what,
        "who": event.who or None,
        "clause": event.citation.clause,
        "presumed": bool(event.citation.damage),
    }
