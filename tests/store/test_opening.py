"""Opening and making stores."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from store.errors import StoreError, StoreVersionError
from store.journal import JournalBackend
from store.opening import create_store, is_store, open_store
from tests.store.conftest import KEYS
from tests.store.samples import put

CHEAP = """
import json, sys
from store.opening import open_store
store = open_store(sys.argv[1], {"cases": ("name",)})
assert store.get("cases", "a") == {"name": "张三"}
assert store.find("cases", "name", "张三") == [("a", {"name": "张三"})]
store.close()
print(json.dumps(sorted(sys.modules)))
"""
HEAVY = {
    "tinydb",
    "filelock",
    "zipfile",
    "shutil",
    "secrets",
    "tempfile",
    "platformdirs",
    "asyncio",
    "re2",
    "random",
}


def test_reading_imports_next_to_nothing(store: JournalBackend, folder: Path) -> None:
    """One get and one find need neither TinyDB nor the lock."""
    put(store, a={"name": "张三"})
    done = subprocess.run(
        [sys.executable, "-c", CHEAP, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    loaded = set(json.loads(done.stdout))
    assert not loaded & HEAVY
    ours = {name.removeprefix("store.") for name in loaded if name.startswith("store.")}
    assert not ours & {"doctor", "merge", "backup", "compaction", "tinytable"}
    assert not ours & {"append", "draft", "lock", "spool", "undo"}  # what only a writer needs


def test_existing_store_is_not_made_again(store: JournalBackend, folder: Path) -> None:
    put(store, a={})
    with pytest.raises(StoreError, match="已经有"):
        create_store(folder)
    assert store.count("cases") == 1


def test_foreign_files_are_left_alone(folder: Path) -> None:
    """Settings, packs and templates live in the same folder."""
    folder.mkdir()
    (folder / "assist.toml").write_text("x = 1\n")
    (folder / "packs").mkdir()
    (folder / "packs" / "a.toml").write_text("y = 2\n")
    assert not is_store(folder)
    store = create_store(folder, KEYS)
    put(store, a={})
    store.compact(by="x")
    store.close()
    assert (folder / "assist.toml").read_text() == "x = 1\n"
    assert (folder / "packs" / "a.toml").read_text() == "y = 2\n"


@pytest.mark.parametrize(("made", "known"), [(1, 2), (2, 1)])
def test_schema_must_fit(folder: Path, made: int, known: int) -> None:
    """Older and newer documents are both refused, with what to do."""
    create_store(folder, schema=made).close()
    open_store(folder, schema=made).close()
    with pytest.raises(StoreVersionError) as caught:
        open_store(folder, schema=known)
    assert (caught.value.found, caught.value.known) == (made, known)
    assert "升级" in caught.value.advice


def test_keys_may_change(store: JournalBackend, folder: Path) -> None:
    """Other keys just rebuild the index; fewer keys do not even do that."""
    put(store, a={"name": "张三", "class": "一班"})
    again = open_store(folder, {"cases": ("class",)})
    assert [id for id, _ in again.find("cases", "class", "一班")] == ["a"]
    again.close()
    assert [id for id, _ in store.find("cases", "name", "张三")] == ["a"]


def test_closed_store_answers_nothing(store: JournalBackend) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError):
        store.get("cases", "a")
    with pytest.raises(StoreError):
        put(store, a={})
