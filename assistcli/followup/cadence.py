"""How often a case is to be contacted (联系周期) and how many services it is to get, as adopted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistcli.followup.tally import Tally
from assistcli.model import Adoption, Office
from assistcli.policy.practice import Quota
from assistcli.policy.rules import Pack

CADENCE_FIGURE, AFTERCARE_FIGURE = "联系周期", "跟踪周期"
CADENCE_READING, QUOTA_READING = "周期", "服务次数"
BINDING = "制度"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Days between contacts (``None``: 「未设定周期」) and the services owed, with where each comes from."""

    days: int | None
    clause: str
    aftercare_days: int | None = None
    quotas: tuple[Quota, ...] = ()


def rhythm_of(office: Office, pack: Pack, practices: Mapping[str, Pack]) -> Rhythm:
    """The rhythm for cases under *pack*: as the unit set it, else as the notice states it, else as adopted.

    A notice that says only 定期 states none (R0-21); a 参考做法 counts only once somebody adopted it (R3-32).
    *practices* are the packs from which a cadence or quotas were adopted, by id.
    """
    own, aftercare = office.figures.get(CADENCE_FIGURE), office.figures.get(AFTERCARE_FIGURE)
    stating = [p for p in (pack, *_adopted(office, practices, CADENCE_READING)) if _states(p, pack, office)]
    source = next((p for p in stating if p.contact.cadence_days), None)
    days = source.contact.cadence_days if source else None
    clause = _clause(source or pack)
    return Rhythm(
        days=int(own) if own is not None else days,
        clause="本单位设定" if own is not None else clause,
        aftercare_days=None if aftercare is None else int(aftercare),
        quotas=_quotas(office, pack, practices),
    )


def adopted_practices(adoptions: Iterable[Adoption]) -> list[str]:
    """Ids of the packs from which a cadence or quotas were adopted, the latest first."""
    taken = [a for a in adoptions if a.reading in (CADENCE_READING, QUOTA_READING)]
    return list(dict.fromkeys(a.pack for a in sorted(taken, key=lambda a: a.day, reverse=True)))


def next_due(tally: Tally, days: int | None) -> date | None:
    """The day of the next contact: as appointed, else the last talk plus *days*; ``None`` where neither is.

    A back-dated entry moves nothing: only the latest talk counts (REQUIREMENTS 9.5).
    """
    if tally.appointment:
        return tally.appointment
    if tally.talked is None or days is None:
        return None
    return tally.talked + timedelta(days=days)


def _states(source: Pack, pack: Pack, office: Office) -> bool:
    """Whether the cadence of *source* binds: it is the notice itself and a rule, or it was adopted."""
    if source is pack and pack.status == BINDING:
        return True
    return any(a.pack == source.id and a.reading == CADENCE_READING for a in office.adoptions)


def _adopted(office: Office, practices: Mapping[str, Pack], reading: str) -> list[Pack]:
    names = adopted_practices(a for a in office.adoptions if a.reading == reading)
    return [practices[name] for name in names if name in practices]


def _clause(pack: Pack) -> str:
    citation = pack.contact.citation
    return f"{pack.id} {citation.clause}" if citation else ""


def _quotas(office: Office, pack: Pack, practices: Mapping[str, Pack]) -> tuple[Quota, ...]:
    """The services owed: of the notice where it is a rule, else of the practice adopted last."""
    owing = [p for p in (pack,) if p.status == BINDING] + _adopted(office, practices, QUOTA_READING)
    source = next((p for p in owing if p.quotas), None)
    return tuple(_with_period(quota, source, office) for quota in source.quotas) if source else ()


def _with_period(quota: Quota, pack: Pack, office: Office) -> Quota:
    """*quota* with the words of its period: as adopted, or that the reading is still open (A-19)."""
    if quota.since is None:
        return quota
    (name,) = quota.since.readings
    option = office.adopted(pack.id).get(name, "")
    label = pack.readings[name].options.get(option, f"期间取决于口径 {name}，未定前按全程计")
    return replace(quota, period=label)
