"""What the packaged lists know of a school: a proposal only, and the student's own field always wins.

The lists are those of the Ministry of 2017 and 2025 with the place of the school itself, and the military
academies. A name counts only when it is written out: 南京信息工程大学 is no 信息工程大学, and a branch campus
is no row of the list. A school's level is no admission batch: 一本 and 二本 cannot be told from it.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistcli.values import fold_text

EDITIONS = ("2017", "2025")
ARMY = ("中国人民解放军", "解放军")
UNCLEAR = "unclear"
"""How the list marks a school whose name speaks of troops though it stands among the civil ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """One school as a list has it; blank and ``None`` where the list does not say."""

    name: str
    code: str
    province: str
    city: str
    level: str
    military: bool | None
    edition: str
    now: str = ""


def propose_school(name: str, year: int) -> School | None:
    """What the lists know of the school *name* for a notice of *year*; ``None`` where no list has it."""
    wanted = fold_text(name)
    if academy := _academies().get(_bare(wanted)):
        return academy
    found = {school.edition: school for school in _civil().get(wanted, ())}
    if not found:
        return None
    edition = EDITIONS[0] if year < int(EDITIONS[1]) else EDITIONS[1]
    return found.get(edition) or next(iter(found.values()))


def _bare(name: str) -> str:
    for prefix in ARMY:
        name = name.removeprefix(prefix)
    return name


def _rows(file: str) -> list[dict[str, str]]:
    text = files("assistcli").joinpath("tables", file).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def _academies() -> dict[str, School]:
    known = {}
    for row in _rows("military.csv"):
        if row["military"] == UNCLEAR:
            continue
        school = School(
            name=row["name"], code="", province="", city=row["city"], level="", military=True, edition="2026"
        )
        for name in (row["name"], *filter(None, row["former"].split("|"))):
            known[_bare(fold_text(name))] = school
    return known


@cache
def _civil() -> dict[str, list[School]]:
    rows = _rows("schools.csv")
    unclear = {row["name"] for row in _rows("military.csv") if row["military"] == UNCLEAR}
    latest = {row["code"]: row["name"] for row in rows if row["edition"] == EDITIONS[-1]}
    known: dict[str, list[School]] = {}
    for row in rows:
        now = latest.get(row["code"], "")
        school = School(
            name=row["name"],
            code=row["code"],
            province=row["province"],
            city=row["city"],
            level=row["level"],
            military=None if row["name"] in unclear else False,
            edition=row["edition"],
            now=now if now != row["name"] else "",
        )
        known.setdefault(fold_text(row["name"]), []).append(school)
    return known


def proposals(name: str, year: int) -> dict[str, tuple[str, str]]:
    """Field → (answer, where from) that the lists propose for the school *name*; none of it is entered."""
    school = propose_school(name, year)
    if school is None:
        return {}
    source = f"{school.edition} 年名单"
    found = {"学校所在省": school.province, "学校所在市": school.city}
    if school.military is not None:
        found["军队院校"] = "是" if school.military else "否"
    return {field: (answer, source) for field, answer in found.items() if answer}
