"""What the packaged lists know of a school: a proposal only, and the student's own field always wins.

The lists are those of the Ministry of 2017 and 2025 with the place of the school itself, and the military
academies. A name counts only when it is written out: 南京信息工程大学 is no 信息工程大学, and a branch campus
is no row of the list. A school's level is no admission batch: 一本 and 二本 cannot be told from it.
"""

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistcli.values import fold_text

ARMY = (("中国人民武装警察部队", "武警"), ("武装警察部队", "武警"), ("中国人民解放军", ""), ("解放军", ""))
"""What stands before an academy's name on paper, and what the list has in its place."""
UNCLEAR = "unclear"
"""How the list marks a school whose name speaks of troops though it stands among the civil ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """One school as a list has it; blank and ``None`` where the list does not say.

    ``now`` is the name that the same school bears in the latest list, where that is another; ``elsewhere``
    is the same school in the other list, where its name, place or level differs there.
    """

    name: str
    code: str
    province: str
    city: str
    level: str
    military: bool | None
    edition: str
    now: str = ""
    elsewhere: "School | None" = None

    @property
    def source(self) -> str:
        """Which list says so, for a person: its edition, and what the other edition has instead."""
        if self.military:
            return f"{self.edition} 年军队院校名单"
        other = self.elsewhere
        listed = f"{self.edition} 年名单"
        if other is None:
            return listed
        return (
            f"{listed}；{other.edition} 年名单为「{other.name}」，{other.level}，在{other.city or '何处未写'}"
        )


def propose_school(name: str, year: int) -> School | None:
    """What the lists know of the school *name* for a notice of *year*; ``None`` where no list has it."""
    wanted = fold_text(name)
    if academy := _academies().get(_bare(wanted)):
        return academy
    found = {school.edition: school for school in _civil().get(wanted, ())}
    if not found:
        return None
    return found[max((edition for edition in found if int(edition) <= year), default=min(found))]


def _bare(name: str) -> str:
    for prefix, short in ARMY:
        if name.startswith(prefix):
            return short + name.removeprefix(prefix)
    return name


def table_rows(file: str) -> list[dict[str, str]]:
    """The rows of the packaged table *file*, remarks above its header left out."""
    text = files("assistcli").joinpath("tables", file).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def _academies() -> dict[str, School]:
    known = {}
    provinces = {row["city"]: row["province"] for row in table_rows("schools.csv")}
    for row in table_rows("military.csv"):
        if row["military"] == UNCLEAR:
            continue
        city, place = row["city"], provinces.get(row["city"], "")
        school = School(
            name=row["name"],
            code="",
            province=place,
            city=city,
            level="",
            military=True,
            edition=row["edition"],
        )
        for name in (row["name"], *filter(None, row["former"].split("|"))):
            known[_bare(fold_text(name))] = school
    return known


@cache
def _civil() -> dict[str, list[School]]:
    unclear = {row["name"] for row in table_rows("military.csv") if row["military"] == UNCLEAR}
    by_code: dict[str, list[School]] = {}
    for row in table_rows("schools.csv"):
        school = School(
            name=row["name"],
            code=row["code"],
            province=row["province"],
            city=row["city"],
            level=row["level"],
            military=None if row["name"] in unclear else False,
            edition=row["edition"],
        )
        by_code.setdefault(row["code"], []).append(school)
    known: dict[str, list[School]] = {}
    for same in by_code.values():
        for school in same:
            known.setdefault(fold_text(school.name), []).append(_compared(school, same))
    return known


def _compared(school: School, same: list[School]) -> School:
    """*school* with what the other list has of it; *same* holds it under every edition."""
    other = next((each for each in same if each.edition != school.edition), None)
    if other is None or _told(other) == _told(school):
        return school
    renamed = other.edition > school.edition and other.name != school.name
    return replace(school, now=other.name if renamed else "", elsewhere=other)


def _told(school: School) -> tuple[str, ...]:
    return school.name, school.city, school.level
