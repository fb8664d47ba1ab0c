"""Which store a command uses, and how to call the next one so that it uses the same."""

from datetime import date
from pathlib import Path

import pytest

from assistcli.context import Context
from tests.conftest import Assist

TODAY = date(2013, 6, 1)


def test_a_store_that_would_be_found_is_not_named(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the environment, or because one stands in it."""
    context = Context(store=store, today=TODAY)
    assert context.spell("add", store) == "assist add"
    monkeypatch.delenv("ASSIST_STORE")
    monkeypatch.chdir(store)
    assert context.spell("add", store) == "assist add"


def test_a_store_that_would_not_be_found_is_named(
    assist: Assist, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is none here, and where another one is."""
    other = tmp_path / "other"
    assist("init", str(other), "--pack", "zust-2013", "--unit", "某学院", "--year", "2013")
    context = Context(store=other, today=TODAY, pack="zust-2013")
    named = f'assist --store "{other}" --pack zust-2013 add'
    assert context.spell("add", other) == named
    monkeypatch.delenv("ASSIST_STORE")
    assert context.spell("add", other) == named
