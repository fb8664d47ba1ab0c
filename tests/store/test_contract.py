"""What every backend must do: records. Transactions are in test_draft, history and undo in test_undo."""

import pytest

from store.backend import Backend, Change
from store.errors import StoreError, StoreMissingError
from tests.store.samples import put


def test_what_was_put_is_got(backend: Backend) -> None:
    """A document comes back equal, Chinese, nesting, null and all."""
    document = {
        "name": "张三",
        "facts": {"姓名": {"value": "张三", "n": 1, "x": None}},
        "l": [1, "二", 2.5, True],
    }
    put(backend, c1=document)
    assert backend.get("cases", "c1") == document
    assert backend.get("cases", "c2") is None
    assert backend.get("contacts", "c1") is None


def test_documents_are_copies(backend: Backend) -> None:
    """Changing what was put or got does not change the store."""
    document = {"facts": {"姓名": "张三"}}
    put(backend, c1=document)
    document["facts"]["姓名"] = "李四"
    got = backend.get("cases", "c1")
    assert got == {"facts": {"姓名": "张三"}}
    got["facts"] = {}
    assert backend.get("cases", "c1") == {"facts": {"姓名": "张三"}}


def test_transactions_are_counted_from_one(backend: Backend) -> None:
    assert [put(backend, a={}), put(backend, b={}), put(backend, a={"x": 1})] == [1, 2, 3]


def test_scan_keeps_insertion_order_through_changes(backend: Backend) -> None:
    """An edited record stays where it was; one deleted and made again comes last."""
    put(backend, c={}, a={}, b={})
    put(backend, c={"x": 1})
    assert [id for id, _ in backend.scan("cases")] == ["c", "a", "b"]
    put(backend, c=None)
    put(backend, c={"x": 2})
    assert [id for id, _ in backend.scan("cases")] == ["a", "b", "c"]
    assert backend.count("cases") == 3


def test_scan_is_lazy_and_survives_writing(backend: Backend) -> None:
    """Records changed or made during a scan neither break nor double it."""
    put(backend, **{f"c{i:03d}": {"n": i} for i in range(30)})
    seen = []
    for id, _ in backend.scan("cases"):
        seen.append(id)
        if len(seen) == 5:
            put(backend, c001={"n": -1}, new={"n": 99})
    assert seen[:30] == [f"c{i:03d}" for i in range(30)]
    assert len(seen) == len(set(seen))


def test_find_by_text_number_null_and_list(backend: Backend) -> None:
    """Values of different kinds never look alike; each member of a list counts."""
    put(
        backend,
        a={"student_no": "1"},
        b={"student_no": 1},
        c={"student_no": None},
        d={"student_no": ["1", "2"]},
        e={},
    )
    found = {
        value: [id for id, _ in backend.find("cases", "student_no", value)]
        for value in ("1", 1, None, "2", "")
    }
    assert found == {"1": ["a", "d"], 1: ["b"], None: ["c"], "2": ["d"], "": []}


def test_find_forgets_old_values(backend: Backend) -> None:
    """After a change only the new value finds the record, after a deletion none does."""
    put(backend, a={"name": "张三"}, b={"name": "张三"})
    put(backend, a={"name": "李四"})
    assert [id for id, _ in backend.find("cases", "name", "张三")] == ["b"]
    assert backend.find("cases", "name", "李四") == [("a", {"name": "李四"})]
    put(backend, a=None)
    assert backend.find("cases", "name", "李四") == []
    put(backend, a={"name": "张三"})
    assert [id for id, _ in backend.find("cases", "name", "张三")] == ["b", "a"]


@pytest.mark.parametrize(("key", "value"), [("gender", "男"), ("name", {"a": 1}), ("name", ["张三"])])
def test_find_refuses_what_it_has_no_index_for(backend: Backend, key: str, value: object) -> None:
    with pytest.raises(StoreError, match="scan"):
        backend.find("cases", key, value)


def test_find_of_text_that_cannot_be_stored(backend: Backend) -> None:
    with pytest.raises(StoreError):
        backend.find("cases", "name", "\ud800")


@pytest.mark.parametrize("name", ["a\0b", "a\0c", "'; DROP TABLE x; --", "=1", "", " 张三", "张三"])
def test_find_by_awkward_text(backend: Backend, name: str) -> None:
    """Each text is found by itself and by nothing that resembles it."""
    put(backend, mine={"name": name}, other={"name": "a"}, third={"name": "张 三"})
    assert [id for id, _ in backend.find("cases", "name", name)] == ["mine"]


def test_tables_spring_into_being(backend: Backend) -> None:
    """A table is there from its first record on, and gone with its last."""
    assert (backend.tables(), backend.count("x"), list(backend.scan("x"))) == ([], 0, [])
    put(backend, "x", r={})
    put(backend, "中文表", r={})
    assert backend.tables() == ["x", "中文表"]
    put(backend, "x", r=None)
    assert backend.tables() == ["中文表"]


def test_the_newest_version_of_a_table(backend: Backend) -> None:
    """What was put, changed or deleted last counts; other tables do not."""
    assert backend.newest("cases") == 0
    put(backend, a={}, b={})
    put(backend, "contacts", c={})
    assert (backend.newest("cases"), backend.newest("contacts")) == (2, 3)
    put(backend, a={"x": 1})
    assert backend.newest("cases") == 4
    put(backend, b=None)
    assert backend.newest("cases") == 5
    with backend.transaction(by="a", command="c") as transaction:
        transaction.put("cases", "d", {})
        assert transaction.newest("cases") == 6


def test_commit_is_all_or_nothing(backend: Backend) -> None:
    """One bad change among many, and none is written."""
    put(backend, a={"n": 1})
    with pytest.raises(StoreError):
        put(backend, a={"n": 2}, b={"n": float("nan")})
    assert backend.get("cases", "a") == {"n": 1}
    assert backend.count("cases") == 1
    assert len(list(backend.transactions())) == 1


@pytest.mark.parametrize(
    "document",
    [{"x": float("inf")}, {"x": {1, 2}}, {"x": b"y"}, {"x": "\ud800"}, [], "text", {"x": object()}],
)
def test_what_json_cannot_hold_is_refused(backend: Backend, document: object) -> None:
    with pytest.raises(StoreError):
        put(backend, a=document)
    assert backend.tables() == []


@pytest.mark.parametrize(("table", "id"), [("", "a"), ("cases", "")])
def test_names_must_not_be_empty(backend: Backend, table: str, id: str) -> None:
    with pytest.raises(StoreError):
        backend.commit([Change(table=table, id=id, document={})], by="x", command="y")


def test_nothing_to_commit_is_an_error(backend: Backend) -> None:
    with pytest.raises(StoreError):
        backend.commit([], by="x", command="y")


def test_deleting_what_is_not_there_is_an_error(backend: Backend) -> None:
    with pytest.raises(StoreMissingError):
        put(backend, a=None)


@pytest.mark.parametrize(
    "text", ['","document":{"x":1}', "a\nb\r\u2028\x85\x00", "䶮𬭎㛃", '"hash":"0"}', "x" * 200_000]
)
def test_any_text_comes_back(backend: Backend, text: str) -> None:
    """Ids, tables, people and values may hold whatever JSON text can."""
    name = text[:200]
    backend.commit([Change(table=name, id=name, document={"k": text, text: 1})], by=name, command=name)
    assert backend.get(name, name) == {"k": text, text: 1}
    entry = next(backend.history())
    assert (entry.table, entry.id, entry.by, entry.command) == (name, name, name, name)


def test_numbers_are_found_by_their_beginning(backend: Backend) -> None:
    """Sorted and limited, among old records and new; what was changed or deleted is gone."""
    put(
        backend,
        a={"student_no": "1082"},
        b={"student_no": "1081"},
        c={"student_no": "209"},
        d={"student_no": 108},
    )
    assert backend.beginning("cases", "student_no", "108", 9) == ["1081", "1082"]
    put(backend, e={"student_no": "108"}, a={"student_no": "77"}, f={"student_no": "1089"})
    put(backend, f=None)
    assert backend.beginning("cases", "student_no", "108", 9) == ["108", "1081"]
    assert backend.beginning("cases", "student_no", "", 2) == ["108", "1081"]
    assert backend.beginning("cases", "student_no", "9", 9) == []
    assert backend.beginning("cases", "student_no", "1%", 9) == []
