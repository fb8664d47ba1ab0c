"""One operation of one engine in a process of its own: ``store_child ENGINE OPERATION FOLDER N CASES SIZE``.

Prints seconds of the operation alone and the process's peak memory in kilobytes.
"""

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.memory import peak_memory

KEYS = {"cases": ("student_no", "id_number", "name"), "contacts": ("case",)}
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "明华丽强军洋勇艳杰娟"


def case(number: int) -> tuple[str, dict[str, Any]]:
    """Id and document of an invented student: about 1.4 kB of JSON."""
    name = SURNAMES[number % 10] + GIVEN[number // 10 % 10] + GIVEN[number // 100 % 10]
    facts = {
        field: {"value": f"{field}的内容{number}", "source": "导入", "date": "2026-03-02"}
        for field in (
            "性别",
            "民族",
            "学院",
            "专业",
            "班级",
            "生源地",
            "家庭住址",
            "贫困生等级",
            "就业意愿",
            "手机号码",
            "申请理由",
        )
    }
    document = {
        "student_no": f"{number:010d}",
        "id_number": f"11010119900101{number:08d}",
        "name": name,
        "facts": facts,
    }
    return f"01CASE{number:020d}", document


def contact(number: int, cases: int) -> tuple[str, dict[str, Any]]:
    """Id and document of an invented contact: about 250 bytes."""
    of = number * 7919 % max(cases, 1)
    document = {
        "case": f"01CASE{of:020d}",
        "channel": "电话",
        "kind": "回访",
        "note": f"第{number}次联系，求职意愿不变",
    }
    return f"01CONT{number:020d}", document


class Store:
    """The store of this project."""

    def __init__(self, folder: Path) -> None:
        from store.opening import create_store, is_store, open_store

        path = folder / "store"
        self._store = open_store(path, KEYS) if is_store(path) else create_store(path, KEYS)

    def add(self, table: str, records: Iterator[tuple[str, dict[str, Any]]]) -> None:
        """Write records in one transaction."""
        with self._store.transaction(by="李老师", command="add") as change:
            for record, document in records:
                change.put(table, record, document)

    def look_up(self, number: str) -> int:
        """Number of cases with a student number."""
        return len(self._store.find("cases", "student_no", number))

    def contacts_of(self, record: str) -> int:
        """Number of contacts of a case."""
        return len(self._store.find("contacts", "case", record))

    def scan(self) -> int:
        """Number of cases read."""
        return sum(1 for _ in self._store.scan("cases"))

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()


class Sqlite:
    """SQLite with a JSON column and the same keys indexed."""

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "plain.sqlite")
        self._base.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE IF NOT EXISTS cases(id TEXT PRIMARY KEY, document TEXT);"
            "CREATE TABLE IF NOT EXISTS contacts(id TEXT PRIMARY KEY, document TEXT);"
            "CREATE INDEX IF NOT EXISTS c1 ON cases(document->>'student_no');"
            "CREATE INDEX IF NOT EXISTS c2 ON cases(document->>'id_number');"
            "CREATE INDEX IF NOT EXISTS c3 ON cases(document->>'name');"
            "CREATE INDEX IF NOT EXISTS c4 ON contacts(document->>'case');"
        )

    def add(self, table: str, records: Iterator[tuple[str, dict[str, Any]]]) -> None:
        """Write records in one transaction."""
        sql = {"cases": "INSERT INTO cases VALUES(?,?)", "contacts": "INSERT INTO contacts VALUES(?,?)"}[
            table
        ]
        with self._base:
            self._base.executemany(
                sql, ((record, json.dumps(doc, ensure_ascii=False)) for record, doc in records)
            )

    def look_up(self, number: str) -> int:
        """Number of cases with a student number."""
        sql = "SELECT document FROM cases WHERE document->>'student_no'=?"
        return len([json.loads(row[0]) for row in self._base.execute(sql, (number,))])

    def contacts_of(self, record: str) -> int:
        """Number of contacts of a case."""
        sql = "SELECT document FROM contacts WHERE document->>'case'=?"
        return len([json.loads(row[0]) for row in self._base.execute(sql, (record,))])

    def scan(self) -> int:
        """Number of cases read."""
        return sum(1 for row in self._base.execute("SELECT document FROM cases") if json.loads(row[0]))

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


class Tiny:
    """TinyDB with its own storage."""

    def __init__(self, folder: Path) -> None:
        from tinydb import TinyDB

        self._base = TinyDB(folder / "tiny.json", encoding="utf-8", ensure_ascii=False)

    def add(self, table: str, records: Iterator[tuple[str, dict[str, Any]]]) -> None:
        """Write records in one call."""
        self._base.table(table).insert_multiple({**document, "id": record} for record, document in records)

    def look_up(self, number: str) -> int:
        """Number of cases with a student number."""
        from tinydb import where

        return len(self._base.table("cases").search(where("student_no") == number))

    def contacts_of(self, record: str) -> int:
        """Number of contacts of a case."""
        from tinydb import where

        return len(self._base.table("contacts").search(where("case") == record))

    def scan(self) -> int:
        """Number of cases read."""
        return len(self._base.table("cases").all())

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


class Floor:
    """The least that any engine can do: append the JSON and fsync; read the bytes and parse them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "plain.jsonl"

    def add(self, table: str, records: Iterator[tuple[str, dict[str, Any]]]) -> None:
        """Append lines, one fsync."""
        with self._path.open("ab") as file:
            for record, document in records:
                line = {"table": table, "id": record, "document": document}
                file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def scan(self) -> int:
        """Number of lines read and parsed."""
        with self._path.open("rb") as file:
            return sum(1 for raw in file if json.loads(raw))

    def close(self) -> None:
        """Nothing to let go of."""


ENGINES: dict[str, Callable[[Path], Any]] = {"store": Store, "sqlite": Sqlite, "tinydb": Tiny, "floor": Floor}


def rebuild_index(folder: Path) -> int:
    """Number of cases counted after the index was thrown away."""
    for name in ("index.sqlite", "index.seal"):
        (folder / "store" / name).unlink(missing_ok=True)
    engine = Store(folder)
    engine.close()
    return 0


def read_and_parse(folder: Path) -> int:
    """Lines of the store's own journal, read and parsed without any check."""
    count = 0
    for path in sorted((folder / "store" / "log").iterdir()):
        with path.open("rb") as file:
            count += sum(1 for raw in file if json.loads(raw))
    return count


def run(engine: Any, operation: str, number: int, cases: int, size: int) -> int:
    """Do one operation."""
    if operation == "add":
        engine.add("cases", iter([case(number)]))
    elif operation == "log":
        engine.add("contacts", iter([contact(number, cases)]))
    elif operation == "bulk":
        engine.add("cases", (case(number + index) for index in range(size)))
    elif operation == "contacts":
        engine.add("contacts", (contact(number + index, cases) for index in range(size)))
    elif operation == "look_up":
        return int(engine.look_up(f"{number:010d}"))
    elif operation == "contacts_of":
        return int(engine.contacts_of(f"01CASE{number:020d}"))
    elif operation == "scan":
        return int(engine.scan())
    return 0


def main() -> None:
    """Do what the command line says and print what it took."""
    name, operation, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    number, cases, size = map(int, sys.argv[4:7])
    begin = time.perf_counter()
    if operation == "rebuild":
        rebuild_index(folder)
    elif operation == "parse":
        read_and_parse(folder)
    else:
        engine = ENGINES[name](folder)
        run(engine, operation, number, cases, size)
        engine.close()
    sys.stdout.write(json.dumps([time.perf_counter() - begin, peak_memory() // 1024]))


if __name__ == "__main__":
    main()
