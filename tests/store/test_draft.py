"""What every backend must do: transactions."""

import pytest

from store.backend import Backend
from store.errors import StoreError
from tests.store.samples import put


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
