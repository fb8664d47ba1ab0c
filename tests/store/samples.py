"""Records to test with; all people are invented."""

from pathlib import Path

from store.backend import Backend, Change
from store.manifest import segment_path


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
