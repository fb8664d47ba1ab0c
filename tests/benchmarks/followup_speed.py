"""`due` and every report beside a plain loop over the same records, in one run.

    python -m tests.benchmarks.followup_speed [cases] [contacts]

Target: each ≤ 3 × a plain loop over the records already in memory, plus reading them; linear; memory ≤ 500 MB
at 100,000 cases and 2,000,000 contacts.
"""

import gc
import random
import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from assistcli.casebook import Casebook, create_casebook
from assistcli.context import Context
from assistcli.desk.duties import Desk
from assistcli.desk.tables import build_table, find_rule, survey, table_rules
from assistcli.model import Case, Contact, Fact, Office
from assistcli.values import Value
from store.backend import Document

TODAY = date(2013, 6, 1)
BATCH = 50_000
CADENCE = 7
COLLEGES = ("机械学院", "建工学院", "理学院")


def make_store(folder: Path, cases: int, contacts: int) -> Casebook:
    """A store of *cases* with *contacts* spread over them."""
    office = Office(unit="示例", year=2013, packs=("zust-2013",), figures={"联系周期": CADENCE})
    book = create_casebook(folder, Context(store=folder, today=TODAY), office, "示例")
    chance = random.Random(1)  # noqa: S311 — the same store every time, nothing secret
    with book.writing("benchmark", "示例") as page:
        for number in range(cases):
            page.put_case(student(number))
    for start in range(0, contacts, BATCH):
        with book.writing("benchmark", "示例") as page:
            for number in range(start, min(start + BATCH, contacts)):
                page.put_event(talk(number, chance.randrange(cases), chance.randint(0, 400)))
    return book


def student(number: int) -> Case:
    """One invented student."""
    stated: dict[str, Value] = {
        "姓名": f"学生{number}", "学号": f"1080{number:06}", "学院": COLLEGES[number % 3],
        "班级": f"{number % 40}班", "毕业年份": 2013, "全日制": True,
        "就业能力特别弱": number % 2 == 0, "贫困生等级": "特别困难",
        "结对帮扶者": f"老师{number % 300}",
    }  # fmt: skip
    facts = {n: Fact(value=v, raw=str(v), source="表", day=TODAY, by="示例") for n, v in stated.items()}
    return Case(id=f"C{number:06}", pack="zust-2013", year=2013, subject="student", opened=TODAY, facts=facts)


def talk(number: int, case: int, ago: int) -> Contact:
    """One invented contact."""
    day = TODAY - timedelta(days=ago)
    return Contact(
        id=f"K{number:08}",
        case=f"C{case:06}",
        day=day,
        channel="电话",
        kind="岗位推荐",
        text="谈话",
        by="示例",
    )


def plain_loop(
    cases: list[tuple[str, dict[str, object]]], contacts: list[tuple[str, dict[str, object]]]
) -> int:
    """How many cases are overdue, by the shortest honest loop over records in memory."""
    latest: dict[object, str] = {}
    counts: dict[object, int] = {}
    for _, record in contacts:
        case, day = record["case"], str(record["day"])
        if day > latest.get(case, ""):
            latest[case] = day
        counts[case] = counts.get(case, 0) + 1
    line = (TODAY - timedelta(days=CADENCE)).isoformat()
    rows = [(record["name"], record["student_no"], latest.get(id), counts.get(id, 0)) for id, record in cases]
    return sum(1 for row in rows if row[2] is None or row[2] < line)


def seconds(work: Callable[[], object]) -> float:
    """Wall time of *work*, after a collection."""
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def measure(book: Casebook) -> list[tuple[str, float]]:
    """(what, seconds) for reading, the plain loop, `due` and each report."""
    kept: dict[str, list[tuple[str, Document]]] = {}

    def read() -> None:
        kept.update({table: list(book.backend.scan(table)) for table in ("cases", "contacts")})

    figures = [("reading", seconds(read))]
    figures.append(("plain loop", seconds(lambda: plain_loop(kept["cases"], kept["contacts"]))))
    kept.clear()
    figures.append(("due", seconds(lambda: Desk(book, TODAY).duties(list(book.cases()), ("zust-2013",)))))
    for rule in table_rules(book.pack("zust-2013")):
        found = find_rule((rule,), rule.name)
        figures.append((rule.name, seconds(lambda found=found: build_table(found, survey(book)))))  # type: ignore[misc]
    return figures


def main(cases: int = 10_000, contacts: int = 200_000) -> None:
    """Print every figure and how it stands to the target."""
    with tempfile.TemporaryDirectory() as folder:
        book = make_store(Path(folder) / "store", cases, contacts)
        figures = measure(book)
        limit = figures[0][1] + 3 * figures[1][1]
        print(f"{cases} cases, {contacts} contacts; limit {limit:.2f} s")
        for what, taken in figures:
            print(f"  {what:<12}{taken:8.2f} s  {taken / limit:6.2f} of the limit")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  peak memory {peak:.0f} MB (with the plain loop's records)")
        book.backend.close()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
