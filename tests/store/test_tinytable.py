"""TinyDB's table over a store: the same answers, nothing rewritten."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.operations import increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from store.errors import StoreConflictError, StoreError
from store.journal import JournalBackend
from store.tinytable import StoreTable

PEOPLE = [
    {"name": "张三", "n": 1, "facts": {"民族": "汉族"}},
    {"name": "李四", "n": 2, "tags": ["低保", "单亲"]},
    {"name": "王五", "n": 3},
]


def is_odd(number: Any) -> bool:
    """A condition of one's own."""
    return bool(number % 2)


QUERIES = [
    where("name") == "张三",
    where("n") > 1,
    (where("n") > 1) & ~(where("name") == "王五"),
    where("facts")["民族"] == "汉族",
    where("tags").any(["低保"]),
    where("name").matches("李|王"),
    where("n").test(is_odd),
    where("nothing").exists(),
]


@pytest.fixture
def table(store: JournalBackend) -> StoreTable:
    """A table with three people."""
    counter = itertools.count(1)
    made = StoreTable(store, "cases", by="李老师", command="add", new_id=lambda: f"c{next(counter)}")
    made.insert_multiple(PEOPLE)
    return made


@pytest.mark.parametrize("query", QUERIES)
def test_queries_answer_as_in_tinydb(table: StoreTable, query: object) -> None:
    plain = TinyDB(storage=MemoryStorage).table("cases")
    plain.insert_multiple(PEOPLE)
    assert [dict(found) for found in table.search(query)] == [dict(found) for found in plain.search(query)]  # type: ignore[arg-type]
    assert table.count(query) == plain.count(query)  # type: ignore[arg-type]
    assert table.contains(query) == plain.contains(query)  # type: ignore[arg-type]


def test_documents_carry_text_ids(table: StoreTable) -> None:
    found = table.get(where("name") == "李四")
    assert isinstance(found, Document)
    assert str(found.doc_id) == "c2"
    assert table.get(doc_id="c2") == found
    assert [document.doc_id for document in table.get(doc_ids=["c3", "c1", "zz"])] == ["c3", "c1"]
    assert table.get(doc_id="zz") is None
    assert [str(document.doc_id) for document in table] == ["c1", "c2", "c3"]
    assert (len(table), len(table.all())) == (3, 3)


def test_each_write_is_one_transaction(table: StoreTable, store: JournalBackend) -> None:
    """With who and what; undo takes it back."""
    assert table.update({"n": 9}, where("n") > 1) == ["c2", "c3"]
    add_one: Any = increment("n")
    assert table.update(add_one, doc_ids=["c1", "zz"]) == ["c1"]
    assert table.update_multiple([({"x": 1}, where("n") == 9), ({"y": 1}, where("name") == "王五")]) == [
        "c2",
        "c3",
    ]
    assert table.remove(where("name") == "张三") == ["c1"]
    assert [(record.size, record.by) for record in store.transactions()] == [
        (1, "李老师"),
        (2, "李老师"),
        (1, "李老师"),
        (2, "李老师"),
        (3, "李老师"),
    ]
    store.undo(by="x")
    assert table.get(doc_id="c1") == {"name": "张三", "n": 2, "facts": {"民族": "汉族"}}


def test_upsert(table: StoreTable) -> None:
    assert table.upsert({"n": 7}, where("name") == "张三") == ["c1"]
    assert table.upsert({"name": "赵六"}, where("name") == "赵六") == ["c4"]
    assert table.upsert(Document({"n": 8}, "c1")) == ["c1"]  # type: ignore[arg-type]
    assert table.upsert(Document({"n": 8}, "own")) == ["own"]  # type: ignore[arg-type]
    assert table.get(doc_id="c1") == {"name": "张三", "n": 8, "facts": {"民族": "汉族"}}


def test_taken_ids_are_refused_as_a_whole(table: StoreTable) -> None:
    with pytest.raises(StoreConflictError):
        table.insert_multiple([Document({}, "new"), Document({}, "c1")])  # type: ignore[arg-type]
    with pytest.raises(StoreConflictError):
        table.insert_multiple([Document({}, "new"), Document({}, "new")])  # type: ignore[arg-type]
    assert len(table) == 3


def test_what_would_rewrite_the_table_says_so(table: StoreTable, store: JournalBackend) -> None:
    calls: list[Callable[[], object]] = [
        table.truncate,
        table.remove,
        table._read_table,
        lambda: table.update({"n": 0}),
        lambda: table._update_table(print),
    ]
    for call in calls:
        with pytest.raises(StoreError, match="整张表"):
            call()
    assert len(list(store.transactions())) == 1


def test_questions_without_a_question(table: StoreTable, store: JournalBackend) -> None:
    with pytest.raises(StoreError):
        table.get()
    with pytest.raises(StoreError):
        table.upsert({"n": 1})
    with pytest.raises(StoreError, match="编号"):
        StoreTable(store, "cases", by="x", command="y").insert({"n": 1})


def test_nothing_found_writes_nothing(table: StoreTable, store: JournalBackend) -> None:
    assert table.update({"n": 1}, where("name") == "无人") == []
    assert table.remove(doc_ids=["zz"]) == []
    assert len(list(store.transactions())) == 1


def test_no_answer_is_cached(table: StoreTable, store: JournalBackend) -> None:
    """Another window's change shows at once."""
    query = where("name") == "张三"
    assert table.search(query)
    with store.transaction(by="x", command="y") as change:
        change.delete("cases", "c1")
    assert table.search(query) == []
