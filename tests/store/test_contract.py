"""What every backend must do; a new backend is one more factory in BACKENDS."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store import journal
from store.backend import Backend, Change
from store.errors import StoreConflictError, StoreError, StoreMissingError
from store.memory import MemoryBackend
from store.opening import create_store
from tests.store.conftest import KEYS, fixed_clock
from tests.store.samples import put

Factory = Callable[[Path], Backend]


def _memory(folder: Path) -> Backend:
    return MemoryBackend(KEYS, clock=fixed_clock)


def _journal(folder: Path) -> Backend:
    return create_store(folder, KEYS, clock=fixed_clock)


BACKENDS: dict[str, Factory] = {"memory": _memory, "journal": _journal}
EAGER = "journal, index and segment renewed at every commit"


@pytest.fixture(params=[*BACKENDS, EAGER])
def backend(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Backend]:
    """Each backend in turn, and the journal at the edge of its thresholds."""
    if request.param == EAGER:
        monkeypatch.setattr(journal, "FOLD_BYTES", 0)
        monkeypatch.setattr(journal, "SEGMENT_BYTES", 400)
    made = BACKENDS.get(request.param, _journal)(tmp_path / "s")
    yield made
    made.close()


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


def test_transaction_sees_its_own_puts(backend: Backend) -> None:
    """get, find, scan and count show what the transaction will write; outside nothing shows."""
    put(backend, a={"name": "张三"}, b={"name": "张三"})
    with backend.transaction(by="李老师", command="edit") as change:
        change.put("cases", "a", {"name": "李四"})
        change.put("cases", "c", {"name": "张三"})
        change.delete("cases", "b")
        assert change.get("cases", "a") == {"name": "李四"}
        assert change.get("cases", "b") is None
        assert [id for id, _ in change.find("cases", "name", "张三")] == ["c"]
        assert [id for id, _ in change.scan("cases")] == ["a", "c"]
        assert change.count("cases") == 2
        numbers = [change.number]
    assert [*numbers, change.number] == [None, 2]
    assert [id for id, _ in backend.scan("cases")] == ["a", "c"]


def fail_within(backend: Backend) -> None:
    """Put a record, then break off."""
    with backend.transaction(by="x", command="y") as change:
        change.put("cases", "a", {})
        raise RuntimeError


def test_exception_drops_the_transaction(backend: Backend) -> None:
    """Nothing of a failed command stays, not even a number."""
    with pytest.raises(RuntimeError):
        fail_within(backend)
    assert backend.tables() == []
    assert put(backend, b={}) == 1


def test_empty_transaction_leaves_no_trace(backend: Backend) -> None:
    with backend.transaction(by="x", command="y") as change:
        assert change.get("cases", "a") is None
    assert change.number is None
    assert list(backend.transactions()) == []


def test_transaction_is_over_when_it_is_over(backend: Backend) -> None:
    with backend.transaction(by="x", command="y") as change:
        change.put("cases", "a", {})
    with pytest.raises(StoreError):
        change.put("cases", "b", {})


def test_transactions_do_not_nest(backend: Backend) -> None:
    with backend.transaction(by="x", command="y") as change:
        change.put("cases", "a", {})
        with pytest.raises(StoreError):
            put(backend, b={})
    assert backend.tables() == ["cases"]
    assert backend.get("cases", "b") is None


def test_history_tells_who_when_what(backend: Backend) -> None:
    """All versions of a record, oldest first, deletion and second life included."""
    put(backend, a={"n": 1}, b={})
    put(backend, a={"n": 2})
    put(backend, a=None)
    put(backend, a={"n": 3})
    entries = list(backend.history("cases", "a"))
    assert [entry.document for entry in entries] == [{"n": 1}, {"n": 2}, None, {"n": 3}]
    assert [entry.transaction for entry in entries] == [1, 2, 3, 4]
    assert [entry.before for entry in entries] == [None, 1, 3, 4]
    assert {(entry.at, entry.by, entry.command) for entry in entries} == {
        ("2026-03-02T09:30:00+08:00", "李老师", "add")
    }
    assert [entry.sequence for entry in backend.history()] == [1, 2, 3, 4, 5]
    assert [entry.id for entry in backend.history("cases")] == ["a", "b", "a", "a", "a"]
    assert list(backend.history("cases", "z")) == []


def test_transactions_newest_first_with_their_size(backend: Backend) -> None:
    put(backend, a={}, b={}, c={})
    put(backend, a={"x": 1})
    assert [(record.number, record.size, record.command) for record in backend.transactions()] == [
        (2, 1, "add"),
        (1, 3, "add"),
    ]


def test_entries_and_entry_by_number(backend: Backend) -> None:
    """A transaction's lines and a single version are reached by their numbers."""
    for round_number in range(5):
        put(backend, **{f"c{i}": {"n": round_number} for i in range(round_number + 1)})
    assert [entry.id for entry in backend.entries(3)] == ["c0", "c1", "c2"]
    assert [backend.entry(number).sequence for number in range(1, 16)] == list(range(1, 16))
    for number in (0, 16):
        with pytest.raises(StoreMissingError):
            backend.entry(number)
    with pytest.raises(StoreMissingError):
        list(backend.entries(6))


def test_undo_reverses_one_whole_command(backend: Backend) -> None:
    """Changed, made and deleted records are as before; the history grows."""
    put(backend, a={"n": 1}, b={"n": 1})
    put(backend, a={"n": 2}, b=None, c={"n": 2})
    done = backend.undo(by="王老师")
    assert (done.number, done.undoes, done.by) == (3, 2, "王老师")
    assert dict(backend.scan("cases")) == {"a": {"n": 1}, "b": {"n": 1}}
    assert len(list(backend.history())) == 8


def test_undo_goes_further_back_each_time(backend: Backend) -> None:
    """None means the last one not undone; an undone undo counts again."""
    for number in (1, 2, 3):
        put(backend, a={"n": number})
    backend.undo(by="x")
    backend.undo(by="x")
    assert backend.get("cases", "a") == {"n": 1}
    backend.undo(5, by="x")
    assert backend.get("cases", "a") == {"n": 2}
    assert backend.undo(by="x").undoes == 2
    assert backend.undo(by="x").undoes == 1
    assert backend.get("cases", "a") is None
    with pytest.raises(StoreMissingError):
        backend.undo(by="x")


def test_undo_refuses_to_lose_a_later_change(backend: Backend) -> None:
    """The error names the records; nothing is written."""
    put(backend, a={"n": 1}, b={"n": 1})
    put(backend, b={"n": 2})
    with pytest.raises(StoreConflictError) as caught:
        backend.undo(1, by="x")
    assert caught.value.records == (("cases", "b"),)
    assert "cases/b" in str(caught.value)
    assert len(list(backend.transactions())) == 2
    backend.undo(by="x")
    backend.undo(1, by="x")
    assert backend.tables() == []


def test_undo_twice_is_refused(backend: Backend) -> None:
    put(backend, a={})
    backend.undo(1, by="x")
    with pytest.raises(StoreConflictError):
        backend.undo(1, by="x")
    with pytest.raises(StoreMissingError):
        backend.undo(9, by="x")
