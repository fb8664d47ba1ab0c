"""`due` and every report beside a plain loop over the same records, in one run.

    python -m tests.benchmarks.followup_speed [--cases N] [--contacts N] [--ten-times] [--folder DIR]

CPU time, each in a fresh process. Peers: the loops of ``plain_tables`` over records in memory, plus reading
them: «plain», all lines of the journal by json, unchecked; «checked», the store's own reading of the tables
that the report needs. Target: at most 3 × either. With --ten-times the same again with ten times the records:
time per record stays as it is, memory within 500 MB.
"""

import argparse
import gc
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import Any

from assistcli.book.casebook import Casebook, create_casebook, open_casebook
from assistcli.book.caserecord import facts_of_origin
from assistcli.census.survey import survey
from assistcli.census.tables import build_table, find_rule, table_rules
from assistcli.context import Context
from assistcli.desk.duties import Desk
from assistcli.followup.agenda import CONTACT
from assistcli.model import Case, Claim, Contact, Office, Origin
from assistcli.reports.statistics import StatisticsTable
from assistcli.start import ALLOCATIONS_BETWEEN_WALKS
from assistcli.values import Value
from tests.benchmarks.plain_tables import CADENCE, LOOPS, YEAR
from tests.memory import peak_memory

TODAY = date(2013, 6, 1)
BATCH = 50_000
COLLEGES = ("机械学院", "建工学院", "理学院")
STAGES = ("小学", "初中", "高中", "大专以上")
TABLES = {
    "zust-2013": ("due", "summary", "detail", "spending", "indicators", "ledger", "bulletin", "classes"),
    "dalian-2011": ("statistics",),
}
READ = {"summary": ("cases",), "detail": ("cases",), "spending": ("cases", "claims")}
"""Tables of the store that a report needs, where it is not cases and contacts."""


def make_store(folder: Path, cases: int, contacts: int, pack: str = "zust-2013") -> Casebook:
    """A store of *cases* with *contacts* spread over them."""
    office = Office(unit="示例", year=YEAR, packs=(pack,), figures={"联系周期": CADENCE})
    book = create_casebook(folder, Context(store=folder, today=TODAY), office, "示例")
    chance = random.Random(1)  # noqa: S311 — the same store every time, nothing secret
    with book.writing("benchmark", "示例") as page:
        for number in range(cases):
            page.put_case(person(number, pack))
            if number % 5 == 0 and pack == "zust-2013":
                page.put_event(claim(number))
    for start in range(0, contacts, BATCH):
        with book.writing("benchmark", "示例") as page:
            for number in range(start, min(start + BATCH, contacts)):
                page.put_event(talk(number, chance.randrange(cases), chance.randint(0, 400)))
    return book


def person(number: int, pack: str) -> Case:
    """One invented student, or child of a household."""
    stated: dict[str, Value] = {
        "姓名": f"学生{number}", "学号": f"1080{number:06}", "学院": COLLEGES[number % 3],
        "班级": f"{number % 40}班", "毕业年份": YEAR, "全日制": True,
        "就业能力特别弱": number % 2 == 0, "贫困生等级": "特别困难", "结对帮扶者": f"老师{number % 300}",
    }  # fmt: skip
    if pack != "zust-2013":
        stated |= {
            "职工姓名": f"职工{number}", "就学阶段": STAGES[number % 4], "档案类别": "困难职工",
            "助学资金": 300_000, "发放日期": f"{YEAR}-05-06",
        }  # fmt: skip
    origin = Origin(f"名单.xlsx 第 {number + 2} 行", TODAY, "示例")
    return Case(
        id=f"C{number:06}",
        pack=pack,
        year=YEAR,
        subject="student",
        opened=TODAY,
        facts=facts_of_origin(stated, {}, origin),
        origin=origin,
    )


def talk(number: int, case: int, ago: int) -> Contact:
    """One invented contact."""
    return Contact(
        id=f"K{number:08}",
        case=f"C{case:06}",
        day=TODAY - timedelta(days=ago),
        channel="电话",
        kind="岗位推荐",
        text="谈话",
        by="示例",
    )


def claim(number: int) -> Claim:
    """One invented claim."""
    return Claim(
        id=f"M{number:06}", case=f"C{number:06}", item="差旅费", asked=30_000, day=TODAY, mode="补贴"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """CPU seconds and peak memory in MB of one piece of work, and the number it came to."""

    seconds: float
    memory: float
    number: int


def by_program(book: Casebook, pack: str, name: str) -> int:
    """The number that the plain loop *name* must give as well."""
    if name == "due":
        duties = Desk(book, TODAY).duties(list(book.cases()), (pack,))
        return sum(d.item.kind == CONTACT and (d.item.days_overdue(TODAY) or 0) > 0 for d in duties)
    rule = find_rule(table_rules(book.pack(pack)), name)
    return _NUMBERS[name](build_table(rule, survey(book)))


_NUMBERS: Mapping[str, Callable[[StatisticsTable], int]] = {
    "summary": lambda table: int(table.rows[-1][2] or 0),
    "detail": lambda table: len(table.rows),
    "spending": lambda table: len(table.rows),
    "indicators": lambda table: next(int(row[2] or 0) for row in table.rows if row[0] == "岗位推荐"),
    "ledger": lambda table: len(table.rows),
    "bulletin": lambda table: int(table.rows[0][3] or 0),
    "classes": lambda table: int(table.rows[-1][7] or 0),
    "statistics": lambda table: next(int(row[3] or 0) for row in table.rows if row[2] == "人"),
}


def by_plain_loop(folder: Path, name: str) -> dict[str, float]:
    """CPU seconds of reading the lines and of the loop, and the number that comes out."""
    start = process_time()
    newest: dict[str, dict[str, Any]] = {"cases": {}, "contacts": {}, "claims": {}}
    for path in sorted((folder / "log").iterdir()):
        with path.open("rb") as file:
            for raw in file:
                line = json.loads(raw)
                if line.get("table") in newest:
                    newest[line["table"]][line["id"]] = line["document"]
    read = process_time()
    number = LOOPS[name]({table: list(records.items()) for table, records in newest.items()})
    return {"reading": read - start, "loop": process_time() - read, "number": number}


def store_reading(book: Casebook, name: str) -> int:
    """Number of records that the store read, and checked, for the table *name*."""
    tables = READ.get(name, ("cases", "contacts"))
    return sum(1 for table in tables for _ in book.backend.scan(table))


def child(folder: Path, pack: str, name: str, what: str) -> None:
    """Do one piece of work in this process and print what it cost."""
    gc.set_threshold(ALLOCATIONS_BETWEEN_WALKS)  # as the program does
    if what == "plain":
        print(json.dumps(by_plain_loop(folder, name)))
        return
    book = open_casebook(Context(store=folder, today=TODAY, pack=pack))
    start = process_time()
    number = store_reading(book, name) if what == "store" else by_program(book, pack, name)
    seconds = process_time() - start
    book.backend.close()
    memory = peak_memory() / 1e6
    print(json.dumps({"seconds": seconds, "memory": memory, "number": number}))


def run(folder: Path, pack: str, name: str, what: str) -> Any:
    """What a child process found."""
    command = [sys.executable, "-m", "tests.benchmarks.followup_speed", "--child", what, name, pack]
    done = subprocess.run([*command, str(folder)], capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def measure(folder: Path, pack: str, name: str) -> Cost:
    """Print the line of one table and return its cost."""
    plain, cost = run(folder, pack, name, "plain"), Cost(**run(folder, pack, name, "program"))
    reading = run(folder, pack, name, "store")["seconds"]
    plainly, checked = plain["reading"] + plain["loop"], reading + plain["loop"]
    wrong = "" if cost.number == plain["number"] else f"  NOT {plain['number']:.0f} but {cost.number}"
    print(
        f"  {name:<11}{cost.seconds:8.2f} s {cost.memory:6.0f} MB{cost.seconds / plainly:7.2f} × plain"
        f" ({plain['reading']:.2f} + {plain['loop']:.2f} s){cost.seconds / checked:7.2f} × checked"
        f" ({reading:.2f} + {plain['loop']:.2f} s){wrong}",
        flush=True,
    )
    return cost


def measure_all(parent: Path, cases: int, contacts: int) -> dict[str, Cost]:
    """Every table at one size."""
    print(f"{cases:,} cases, {contacts:,} contacts", flush=True)
    found: dict[str, Cost] = {}
    for pack, names in TABLES.items():
        folder = parent / f"{pack}-{cases}-{contacts}"
        if not folder.exists():
            make_store(folder, cases, contacts, pack).backend.close()
        found |= {name: measure(folder, pack, name) for name in names}
    return found


def main() -> None:
    """Build the stores, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.followup_speed", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--contacts", type=int, default=200_000)
    parser.add_argument("--ten-times", action="store_true", help="ten times the records as well (minutes)")
    parser.add_argument("--folder", type=Path, help="where to keep the stores for the next run")
    parser.add_argument("--child", nargs=4, metavar=("WHAT", "NAME", "PACK", "STORE"), help="internal")
    wanted = parser.parse_args()
    if wanted.child:
        what, name, pack, store = wanted.child
        child(Path(store), pack, name, what)
        return
    with tempfile.TemporaryDirectory() as temporary:
        parent = wanted.folder or Path(temporary)
        small = measure_all(parent, wanted.cases, wanted.contacts)
        if wanted.ten_times:
            large = measure_all(parent, wanted.cases * 10, wanted.contacts * 10)
            print("time per record at ten times the records, over time per record at once")
            for name, cost in large.items():
                print(f"  {name:<11}{cost.seconds / 10 / small[name].seconds:6.2f} ×")


if __name__ == "__main__":
    main()
