"""Records to test with; all people are invented."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

from store.backend import Backend, Change
from store.doctor import check_store
from store.manifest import segment_path
from store.repair import Repair, fix_store

CHINA = timezone(timedelta(hours=8))


def fixed_clock() -> datetime:
    """The one moment at which all tests happen."""
    return datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)


def put(backend: Backend, table: str = "cases", /, **documents: object) -> int:
    """Commit one record per keyword; a document of None deletes."""
    changes = [Change(table=table, id=id, document=document) for id, document in documents.items()]  # type: ignore[arg-type]
    return backend.commit(changes, by="李老师", command="add")


def journal(folder: Path, number: int = 1) -> Path:
    """The file of a segment."""
    return segment_path(folder, number)


def damage_line(path: Path, number: int, old: bytes, new: bytes) -> None:
    """Change some bytes of one line, counted from 1."""
    lines = path.read_bytes().splitlines(keepends=True)
    assert old in lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(old, new, 1)
    path.write_bytes(b"".join(lines))


def snapshot(folder: Path) -> dict[Path, bytes]:
    """Every file with its bytes."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fix(folder: Path) -> Repair:
    """Repair, and check what must always hold: whole afterwards, and nothing to do a second time."""
    done = fix_store(folder, by="李老师", clock=fixed_clock)
    assert done.after.flaws == []
    assert check_store(folder).ok
    state = snapshot(folder)
    assert not fix_store(folder, by="李老师", clock=fixed_clock).changed
    after = snapshot(folder)
    assert {path: text for path, text in after.items() if path.name != "writer.json"} == {
        path: text for path, text in state.items() if path.name != "writer.json"
    }
    return done
