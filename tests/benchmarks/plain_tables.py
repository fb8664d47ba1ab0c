"""What `due` and the tables say, by plain loops over records in memory: the peer of ``followup_speed``.

No dataclasses, no rules, no reasons with clauses; written for the benchmark's own store and nothing else.
Each gives one number that the program must give too, so that both do the same work.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

Records = list[tuple[str, dict[str, Any]]]
Kept = Mapping[str, Records]  # by table
YEAR, DAY, CADENCE = 2013, "2013-06-01", 7


def due(kept: Kept) -> int:
    """How many cases are overdue; a row for each with reason and command."""
    cases, contacts = kept["cases"], kept["contacts"]
    latest: dict[str, str] = {}
    for _, record in contacts:
        if record["day"] <= DAY and not (record.get("mass") or record.get("missed")):
            latest[record["case"]] = max(latest.get(record["case"], ""), record["day"])
    rows = []
    for id, record in cases:
        last = date.fromisoformat(latest[id] if id in latest else record["opened"])
        day = last + timedelta(days=CADENCE) if id in latest else last
        late = (date.fromisoformat(DAY) - day).days
        reason = f"上次联系 {last}，周期 {CADENCE} 天；逾期 {late} 天"
        rows.append((late, id, record["name"], reason, f"assist log {record.get('student_no') or id}"))
    rows.sort(reverse=True)
    return sum(row[0] > 0 for row in rows)


def value(record: Mapping[str, Any], name: str) -> Any:
    """What a case states for a field."""
    fact = record["facts"].get(name)
    return fact["value"] if isinstance(fact, dict) else fact


def served(contacts: Records) -> dict[str, list[tuple[str, str]]]:
    """Day and kind of every service, by case."""
    found: dict[str, list[tuple[str, str]]] = {}
    for _, record in contacts:
        if record["day"] <= DAY and not (record.get("mass") or record.get("missed")):
            found.setdefault(record["case"], []).append((record["day"], record["kind"]))
    return found


def entitled(cases: Records) -> list[tuple[str, dict[str, Any]]]:
    """The cases of category A."""
    return [
        (id, record)
        for id, record in cases
        if value(record, "就业能力特别弱") and value(record, "贫困生等级") not in (None, "无")
    ]


def summary(kept: Kept) -> int:
    """How many are of category A, per college and in all."""
    counts: dict[str, list[str]] = {}
    for id, record in entitled(kept["cases"]):
        counts.setdefault(value(record, "学院"), []).append(id)
    return sum(len(ids) for ids in counts.values())


def detail(kept: Kept) -> int:
    """How many rows the list of category A has."""
    names = ("学院", "姓名", "性别", "班级", "手机号码", "贫困生等级", "结对帮扶者")
    rows = [[value(record, name) for name in names] for _, record in entitled(kept["cases"])]
    rows.sort(key=lambda row: row[0])
    return len(rows)


def spending(kept: Kept) -> int:
    """How many rows the list of claims has."""
    claims: dict[str, list[dict[str, Any]]] = {}
    for _, record in kept["claims"]:
        claims.setdefault(record["case"], []).append(record)
    rows = [
        (value(record, "学院"), record["name"], claim["item"], claim["asked"])
        for id, record in kept["cases"]
        for claim in claims.get(id, ())
    ]
    rows.sort(key=lambda row: row[0])
    return len(rows)


def indicators(kept: Kept) -> int:
    """How many services were given, with who is surveyed, helped and served."""
    cases, contacts = kept["cases"], kept["contacts"]
    talks = served(contacts)
    kinds: dict[str, int] = {}
    people: dict[str, list[str]] = {"surveyed": [], "helped": [], "served": [], "graduates": []}
    for id, record in cases:
        for _, kind in talks.get(id, ()):
            kinds[kind] = kinds.get(kind, 0) + 1
        for name, holds in (
            ("surveyed", value(record, "排摸日期")),
            ("helped", value(record, "结对帮扶者")),
            ("served", talks.get(id)),
            ("graduates", value(record, "毕业年份")),
        ):
            if holds:
                people[name].append(id)
    return sum(kinds.values())


def ledger(kept: Kept) -> int:
    """How many rows the ledger has, each with what was done and the last day."""
    cases, contacts = kept["cases"], kept["contacts"]
    talks, rows = served(contacts), []
    for id, record in cases:
        kinds: dict[str, int] = {}
        last = ""
        for day, kind in talks.get(id, ()):
            kinds[kind] = kinds.get(kind, 0) + 1
            last = max(last, day)
        done = "；".join(f"{kind}{count}次" for kind, count in kinds.items())
        stated = [value(record, name) for name in ("学号", "姓名", "学院", "班级", "结对帮扶者")]
        rows.append((*stated, done, last))
    return len(rows)


def bulletin(kept: Kept) -> int:
    """How many contacts there were, per college and helper and in all, with the people behind each."""
    cases, contacts = kept["cases"], kept["contacts"]
    talks = served(contacts)
    groups: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for id, record in cases:
        spoken = [id] * len(talks.get(id, ()))
        for name in (("", ""), ("学院", value(record, "学院")), ("帮扶者", value(record, "结对帮扶者"))):
            people, entries = groups.setdefault(name, ([], []))
            people.append(id)
            entries += spoken
    return len(groups["", ""][1])


def classes(kept: Kept) -> int:
    """How many were served, per class and in all."""
    cases, contacts = kept["cases"], kept["contacts"]
    talks = served(contacts)
    rows: dict[tuple[str, str], list[list[str]]] = {}
    for id, record in cases:
        holds = (True, value(record, "排摸日期"), value(record, "贫困生等级"), talks.get(id))
        for group in ((value(record, "学院"), value(record, "班级")), ("合计", "")):
            row = rows.setdefault(group, [[], [], [], []])
            for people, held in zip(row, holds, strict=True):
                if held:
                    people.append(id)
    return len(rows["合计", ""][3])


def statistics(kept: Kept) -> int:
    """How many children were aided this year, with services of graduates by kind."""
    cases, contacts = kept["cases"], kept["contacts"]
    talks = served(contacts)
    aided: list[str] = []
    kinds: dict[str, list[str]] = {}
    stages: dict[tuple[Any, Any], int] = {}
    for id, record in cases:
        paid, on = value(record, "助学资金"), value(record, "发放日期") or ""
        if paid and on[:4] == str(YEAR) and on <= DAY:
            aided.append(id)
            group = (value(record, "就学阶段"), value(record, "档案类别"))
            stages[group] = stages.get(group, 0) + round(float(paid) * 100)
        if (value(record, "毕业年份") or 9999) <= YEAR:
            for day, kind in talks.get(id, ()):
                if day[:4] == str(YEAR):
                    kinds.setdefault(kind, []).append(id)
    return len(aided)


LOOPS: Mapping[str, Callable[[Kept], int]] = {
    "due": due,
    "summary": summary,
    "detail": detail,
    "spending": spending,
    "indicators": indicators,
    "ledger": ledger,
    "bulletin": bulletin,
    "classes": classes,
    "statistics": statistics,
}
